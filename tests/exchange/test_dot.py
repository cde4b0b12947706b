"""DOT: Graphviz draws it, the whole graph comes back, no text breaks out of its quotes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from lxml import etree

from app.domain.graph import ArgumentGraph
from app.errors import IllegalGraph, UnreadablePage
from app.exchange.attributes import attributes_of, text_of
from app.exchange.dot import graph_as_dot
from app.exchange.dot_reader import read_dot
from app.exchange.losses import CHARACTERS, LossTally
from tests.exchange.drawn import ANY_TEXTS, GRAPH, HOSTILE, graphs


@pytest.fixture(scope="module")
def graphviz():
    """Return a runner of Graphviz, or skip."""
    program = shutil.which("dot")
    if program is None:
        pytest.skip("needs Graphviz: no program dot")

    def run(data: bytes, form: str) -> bytes:
        done = subprocess.run(  # noqa: S603 - the program that was just found
            [program, f"-T{form}"], input=data, capture_output=True, check=True, timeout=60
        )
        assert done.stderr == b""
        return done.stdout

    return run


@given(graphs())
@settings(max_examples=60)
def test_a_graph_comes_back_whole(graph):
    """Whatever is written is read back equal, and nothing is reported lost."""
    tally = LossTally()

    assert read_dot(graph_as_dot(graph, tally), tally) == graph
    assert tally.report() == ()


@given(graphs(ANY_TEXTS))
@settings(max_examples=40)
def test_characters_that_cannot_be_held_are_told(graph):
    """With any characters it is UTF-8; what changed is in the report, and only then."""
    tally = LossTally()
    written = graph_as_dot(graph, tally)

    try:
        back = read_dot(written)
    except IllegalGraph:  # two ids fell into one
        back = None
    assert (back == graph) == (not tally.report())
    assert {loss.what for loss in tally.report()} <= {CHARACTERS}


def hostile_graph() -> ArgumentGraph:
    """Return a graph of nodes alone, one for each hostile text."""
    claim = GRAPH.nodes[3]
    texts = [*HOSTILE, *(text * 40 for text in HOSTILE)]
    return ArgumentGraph(
        tuple(claim._replace(id=f"{at} {text}", text=text) for at, text in enumerate(texts)), ()
    )


@pytest.mark.parametrize("graph", [GRAPH, hostile_graph()], ids=["plain", "hostile"])
def test_graphviz_reads_what_is_meant(graphviz, graph):
    """Graphviz finds the same nodes, edges and attributes, backslashes still doubled."""
    found = json.loads(graphviz(graph_as_dot(graph), "dot_json"))

    assert len(found.get("edges", [])) == len(graph.edges)
    drawn = {each["name"]: each for each in found["objects"]}
    for at, node in enumerate(graph.nodes):
        for name, value in attributes_of(node).items():
            assert drawn[f"n{at}"].get(name, "").replace("\\\\", "\\") == text_of(value), name


@pytest.mark.parametrize("graph", [GRAPH, hostile_graph()], ids=["plain", "hostile"])
def test_graphviz_draws_it(graphviz, graph):
    """The drawing is well-formed SVG with every node, and the labels are texts, not markup."""
    svg = etree.fromstring(graphviz(graph_as_dot(graph), "svg"))

    shown = {
        group.findtext("{*}title"): "".join(text.text or "" for text in group.iter("{*}text"))
        for group in svg.iter("{*}g")
        if group.get("class") == "node"
    }
    assert len(shown) == len(graph.nodes)
    for at, node in enumerate(graph.nodes):
        bare = re.sub(r"\s", "", shown[f"n{at}"]).removesuffix("…")
        assert re.sub(r"\s", "", node.text).startswith(bare)


def test_graphviz_gives_back_what_it_read(graphviz):
    """The graph is still read after Graphviz has written it anew with places and sizes."""
    back = read_dot(graphviz(graph_as_dot(GRAPH), "dot"))

    assert set(back.nodes) == set(GRAPH.nodes)
    assert set(back.edges) == set(GRAPH.edges)


def test_what_another_program_adds_is_told():
    """Attributes of another make are passed over and named; looks are not worth a word."""
    text = """
# a file of another program
    strict digraph "x" { rankdir=LR; node [shape=box]; // defaults
      a [kind=I, about="comment", text="x"; mood="good"] [color=red] /* two
      lists */ r [kind=RA about=relation];
      a -> r -> a [weight=2]
    }
    """
    tally = LossTally()

    graph = read_dot(text.encode(), tally)

    assert [node.id for node in graph.nodes] == ["a", "r"]
    assert len(graph.edges) == 2
    assert [(loss.what, loss.places) for loss in tally.report()] == [
        ("the attribute mood", ("a",)),
        ("the attribute weight of an edge", ("a",)),
    ]


@pytest.mark.parametrize(
    ("text", "error", "named"),
    [
        ("", UnreadablePage, "digraph"),
        ("graph {}", UnreadablePage, "digraph"),
        ("digraph {", UnreadablePage, "end of the file"),
        ("digraph {} digraph {}", UnreadablePage, "one graph"),
        ('digraph { a [kind="I] }', UnreadablePage, "line 1"),
        ("digraph {\n a [label=<<b>x</b>>] }", UnreadablePage, "line 2"),
        ("digraph { subgraph x { a } }", UnreadablePage, "subgraph"),
        ("digraph { { a } }", UnreadablePage, "a name"),
        ("digraph { " + "{" * 100_000, UnreadablePage, "a name"),
        ("digraph { a -- b }", UnreadablePage, "--"),
        ("digraph { a:n -> b }", UnreadablePage, ":"),
        ("digraph { a [kind=I", UnreadablePage, "name"),
        ("digraph { a }", UnreadablePage, "kind"),
        ("digraph { a [kind=I about=comment] a [kind=I about=comment] }", UnreadablePage, "once"),
        (f"digraph {{ {'a' * 5000} [kind=I] }}", UnreadablePage, "at most"),
        ("digraph { a [kind=I about=comment] a -> b }", IllegalGraph, "'b'"),
        ("digraph { a [kind=I about=comment] a -> a }", IllegalGraph, "I -> I"),
        ("digraph { /* " * 1000, UnreadablePage, "line 1"),
    ],
)
def test_other_graphs_are_refused(text, error, named):
    """What is no such graph is refused with the line or the name that is wrong."""
    with pytest.raises(error, match=re.escape(named)) as caught:
        read_dot(text.encode())
    assert len(str(caught.value)) < 300


def test_bytes_of_another_charset_are_refused():
    """Only UTF-8 is read."""
    with pytest.raises(UnreadablePage, match="UTF-8"):
        read_dot(b"\xff\xfe")
