"""Argdown: claims and relations come back, what it cannot hold is told, no text means anything."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.errors import UnreadablePage
from app.exchange.argdown import SYMBOLS, graph_as_argdown, title_of
from app.exchange.argdown_reader import read_argdown
from app.exchange.losses import UNWRITABLE, LossTally
from tests.exchange.drawn import ANY_TEXTS, GRAPH, HOSTILE, TEXTS, graphs


def claims_of(graph):
    """Return the graph's claims as far as Argdown holds them, by id."""
    return {
        node.id: node._replace(
            text=held(node.text, spaces=False),
            scheme=held(node.scheme),
            ref=held(node.ref),
            author=held(node.author),
            role=held(node.role),
        )
        for node in graph.nodes
        if node.kind is NodeKind.INFORMATION
    }


def held(text, *, spaces=True):
    """Return the text with the characters that can be written, and single spaces if so asked."""
    if text is None:
        return None
    text = UNWRITABLE.sub("\ufffd", text)
    return text if spaces else " ".join(text.split())


def relations_of(graph):
    """Return how often each claim supports or attacks which."""
    kinds = {node.id: node.kind for node in graph.nodes}
    before, after = {}, {}
    for edge in graph.edges:
        if kinds[edge.to_id] in SYMBOLS and kinds[edge.from_id] is NodeKind.INFORMATION:
            before.setdefault(edge.to_id, []).append(edge.from_id)
        if kinds[edge.from_id] in SYMBOLS:
            after.setdefault(edge.from_id, []).append(edge.to_id)
    return Counter(
        (premise, kinds[relation], conclusion)
        for relation, conclusions in after.items()
        for conclusion in conclusions
        for premise in before[relation]
    )


@given(graphs(TEXTS | ANY_TEXTS))
@settings(max_examples=80)
def test_claims_and_relations_come_back(graph):
    """Every claim with its attributes, and every support and attack, is read back as written."""
    back = read_argdown(graph_as_argdown(graph))

    assert claims_of(back) == claims_of(graph)
    assert relations_of(back) == relations_of(graph)


@given(graphs())
@settings(max_examples=40)
def test_every_node_that_changes_is_told(graph):
    """Each node that is no claim is named in the report, or counted beyond its limit."""
    tally = LossTally()
    graph_as_argdown(graph, tally)

    named = {place for loss in tally.report() for place in loss.places}
    assert {node.id for node in graph.nodes if node.kind is not NodeKind.INFORMATION} <= named


def test_losses_say_what_is_lost():
    """The report names reply, question, probability and the like, each with its node."""
    tally = LossTally()
    graph_as_argdown(GRAPH, tally)

    assert {loss.what: loss.places for loss in tally.report()} == {
        "a locution that asserts no claim, or not as its first": ("article",),
        "a locution's own words and id, beside what it asserts": ("c1",),
        "the id of an assertion": ("c1/says",),
        "a reply: who answers whom": ("c1/to",),
        "the id of a relation": ("c1/x",),
        "ref of a relation": ("c1/x",),
        "probability of a relation": ("c1/x",),
        "certain of a relation": ("c1/x",),
        "role of a relation": ("c1/x",),
        "an illocution: Arguing": ("c1/anchor",),
        "an illocution: Pure Questioning": ("c1/asks",),
    }


def test_the_speaker_stands_in_the_data():
    """Who said a claim, and when, goes with it."""
    written = graph_as_argdown(GRAPH).decode()

    assert '[c1/text]: It was X. {"about": "comment", "ref": "c1", "said_by": "Ann Lee"' in written
    assert "\n  + [c1/text]\n" in written


def test_premises_that_belong_together_are_told():
    """Two premises of one argument become two relations, which is told."""
    other = GRAPH.nodes[3]._replace(id="c2/text")
    graph = ArgumentGraph((*GRAPH.nodes, other), (*GRAPH.edges, Edge("c2/text", "c1/x")))
    tally = LossTally()

    assert graph_as_argdown(graph, tally).decode().count("\n  + [") == 2
    assert "that premises belong together: each is a relation now" in {
        loss.what for loss in tally.report()
    }


@given(st.text(st.characters(exclude_categories=[]), min_size=1, max_size=10))
def test_titles_are_one_word_without_signs(node_id):
    """No id ends a title, begins another one or breaks the line."""
    assert set("[]<>{}:#*\\ \n\r\u2028@") & set(title_of(node_id)) == set()


@pytest.fixture(scope="module")
def argdown(consumers_folder):
    """Return a runner of Argdown's own parser, or skip."""
    node = shutil.which("node")
    if node is None or not (consumers_folder / "node_modules" / "@argdown" / "core").is_dir():
        pytest.skip("needs @argdown/core and Node.js: make consumers found no npm")
    script = Path(__file__).parent / "consumers" / "load_argdown.js"

    def run(file: Path) -> dict:
        done = subprocess.run(  # noqa: S603 - a script of ours
            [node, script, consumers_folder.resolve(), file],
            capture_output=True,
            check=True,
            timeout=120,
        )
        return json.loads(done.stdout)

    return run


def test_argdown_reads_what_is_meant(argdown, tmp_path):
    """Argdown's own parser finds each hostile text as one claim of just that text."""
    texts = [*HOSTILE, *(f"x {text} y" for text in HOSTILE), *(text * 3 for text in HOSTILE)]
    more = tuple(
        GRAPH.nodes[3]._replace(id=f"h{at}", text=text, author=text)
        for at, text in enumerate(texts)
    )
    graph = ArgumentGraph((*GRAPH.nodes, *more), GRAPH.edges)
    file = tmp_path / "graph.argdown"
    file.write_bytes(graph_as_argdown(graph))

    found = argdown(file)

    assert found["errors"] == []
    assert found["arguments"] == []
    assert found["relations"] == [["c1/text", "support", "x"]]
    claims = claims_of(graph)
    assert set(found["statements"]) == set(claims)
    for title, statement in found["statements"].items():
        want = claims[title].text
        assert [text.strip() for text in statement["texts"]] == ([want] if want else [])
        assert statement["data"].get("author") == claims[title].author


FOREIGN = """\
===
title: A debate
===

# Heading

[Thesis]: We should
  go now. // not later
  + <Because>: It is late. {weight: 3}
    - [Not late]: It is /* still */ early \\#soon.
  <- [Rain]
  >< [Stay]
  +> [Leave]: Leave.
  _ [Odd]

* an item

Untitled claim. {"author": "Cy", "mood": 1}
"""


def test_argdown_of_another_make_is_read():
    """Nested relations, both directions, arguments and comments are understood, the rest told."""
    tally = LossTally()

    graph = read_argdown(FOREIGN.encode(), tally)

    texts = {node.id: node.text for node in claims_of(graph).values()}
    assert texts["Thesis"] == "We should go now."
    assert texts["<Because>"] == "It is late."
    assert texts["Not late"] == "It is early #soon."
    assert texts["Rain"] == ""
    assert graph.node_by_id()["untitled/18"].author == "Cy"
    support, attack = NodeKind.INFERENCE, NodeKind.CONFLICT
    assert relations_of(graph) == Counter(
        {
            ("<Because>", support, "Thesis"): 1,
            ("Not late", attack, "<Because>"): 1,
            ("Rain", attack, "Thesis"): 1,
            ("Thesis", attack, "Stay"): 1,
            ("Stay", attack, "Thesis"): 1,
            ("Thesis", support, "Leave"): 1,
        }
    )
    assert [loss.what for loss in tally.report()] == [
        "the front matter",
        "a heading",
        "data that are no JSON",
        "that it is an argument, read as a claim",
        "an undercut",
        "an item of a list",
        "the data mood",
    ]


def test_a_title_that_looks_like_a_relation_does_no_harm():
    """Relations get ids that no claim has."""
    graph = read_argdown(b"[relation/1]: A.\n  + [B]: B.\n")

    assert [node.id for node in graph.nodes] == ["relation/1", "B", "relation/2"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"\xff", "UTF-8"),
        (b"  + [x]: nothing before", "line 1: expected a claim before"),
        (b"[a]: A.\n\n(1) B.\n(2) C.\n----\n(3) D.\n", "line 3: .* premises and conclusions"),
        (b"[" + b"x" * 5000 + b"]: long", "at most"),
        (b'[a]: A. {"certain": "maybe"}', "certain"),
        (b'[a]: A. {"probability": "much"}', "probability"),
    ],
)
def test_what_cannot_be_read_is_refused(text, named):
    """Other bytes, orphans, reconstructions and wrong data are refused with their line."""
    with pytest.raises(UnreadablePage, match=named):
        read_argdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 50_000,
        "=" * 50_000,
        "<!--" * 50_000,
        "/*" * 50_000,
        "{" * 50_000,
        '{"a":' * 50_000,
        "\\" * 50_001,
        "[" * 50_000,
        "<" * 50_000,
        "[a]: A.\n" + "".join(f"{' ' * at}+ [c{at}]\n" for at in range(1, 300)),
        "[a]: A.\n" + "  + [a]\n" * 20_000,
    ],
)
def test_hostile_files_end_soon(text):
    """Nothing nests or repeats so that reading takes long or fails in any other way."""
    assert read_argdown(text.encode()) is not None


def test_a_circle_is_read():
    """Two claims that attack each other are two relations."""
    graph = read_argdown(b"[a]: A.\n  - [b]: B.\n    - [a]\n")

    assert sum(relations_of(graph).values()) == 2
    assert Node("a", NodeKind.INFORMATION, "A.", About.COMMENT) in graph.nodes
