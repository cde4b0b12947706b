"""GraphML: networkx reads it, the whole graph comes back, hostile documents are refused."""

from __future__ import annotations

import io

import networkx as nx
import pytest
from hypothesis import given, settings
from lxml import etree

from app.domain.graph import ArgumentGraph
from app.errors import IllegalGraph, UnreadablePage
from app.exchange.graphml import NAMESPACE, graph_as_graphml
from app.exchange.graphml_reader import read_graphml
from app.exchange.losses import CHARACTERS, LossTally
from tests.exchange.drawn import ANY_TEXTS, GRAPH, graphs


@given(graphs())
@settings(max_examples=60)
def test_a_graph_comes_back_whole(graph):
    """Whatever is written is read back equal, and nothing is reported lost."""
    tally = LossTally()

    assert read_graphml(graph_as_graphml(graph, tally), tally) == graph
    assert tally.report() == ()


@given(graphs(ANY_TEXTS))
@settings(max_examples=60)
def test_characters_that_xml_lacks_are_told(graph):
    """With any characters it is well-formed; what changed is in the report, and only then."""
    tally = LossTally()
    written = graph_as_graphml(graph, tally)

    try:
        back = read_graphml(written)
    except IllegalGraph:  # two ids fell into one
        back = None
    assert (back == graph) == (not tally.report())
    assert {loss.what for loss in tally.report()} <= {CHARACTERS}


@given(graphs())
@settings(max_examples=20)
def test_networkx_reads_it(graph):
    """The library networkx finds every node with its typed attributes, and every edge."""
    drawn = nx.read_graphml(io.BytesIO(graph_as_graphml(graph)))

    by_id = nx.relabel_nodes(drawn, nx.get_node_attributes(drawn, "id"))
    assert set(by_id.nodes) == {node.id for node in graph.nodes}
    assert set(by_id.edges) == {(edge.from_id, edge.to_id) for edge in graph.edges}
    assert by_id.is_directed()
    for node in graph.nodes:
        assert by_id.nodes[node.id].get("probability") == node.probability
        assert by_id.nodes[node.id].get("certain") == node.certain


def test_ids_of_elements_are_names():
    """Ids in the document are names as XML has them, whatever the ids of the graph are."""
    root = etree.fromstring(graph_as_graphml(GRAPH))

    names = [node.get("id") for node in root.iter(f"{{{NAMESPACE}}}node")]
    assert names == [f"n{at}" for at in range(len(GRAPH.nodes))]


def test_what_another_program_adds_is_told():
    """Keys of another make are passed over and named."""
    document = (
        graph_as_graphml(ArgumentGraph(GRAPH.nodes[3:4], ()))
        .replace(b"<graph ", b'<key id="d9" for="node" attr.name="x" attr.type="double"/><graph ')
        .replace(b"</node>", b'<data key="d9">7</data><port name="p"/></node>')
    )
    tally = LossTally()

    assert read_graphml(document, tally).nodes == GRAPH.nodes[3:4]
    assert [loss.places for loss in tally.report()] == [("n0",), ("n0",)]


BOMB = b'<!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
NODE = '<node id="n0"><data key="kind">I</data><data key="about">comment</data></node>'
KEYS = '<key id="kind" attr.name="kind"/><key id="about" attr.name="about"/>'


def document(inside, *, keys=KEYS, before=b""):
    """Return a GraphML document with that graph inside."""
    return (
        before
        + f'<graphml xmlns="{NAMESPACE}">{keys}<graph edgedefault="directed">{inside}</graph>'
        "</graphml>".encode()
    )


@pytest.mark.parametrize(
    ("data", "error", "named"),
    [
        (b"", UnreadablePage, "GraphML"),
        (b"<graphml", UnreadablePage, "no XML"),
        (b"\xff\xfe<\x00", UnreadablePage, "UTF-8"),
        (document(NODE).decode().encode("utf-16"), UnreadablePage, "UTF-8"),
        (document("&b;", before=BOMB), UnreadablePage, "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><graphml/>', UnreadablePage, "document type"),
        (b"<html/>", UnreadablePage, "graphml"),
        (document(NODE) * 2, UnreadablePage, "no XML"),
        (document(NODE + NODE), UnreadablePage, "once"),
        (document('<node id="n0"/>'), UnreadablePage, "kind"),
        (document("<node/>"), UnreadablePage, "id"),
        (document(f'<node id="{"n" * 5000}"/>'), UnreadablePage, "at most"),
        (document(NODE + '<edge source="n0" target="n9"/>'), IllegalGraph, "n9"),
        (document(NODE + '<edge source="n0" target="n0"/>'), IllegalGraph, "I -> I"),
        (document(NODE + '<edge source="n0"/>'), UnreadablePage, "target"),
        (
            document(NODE).replace(b"directed", b"undirected"),
            UnreadablePage,
            "directed",
        ),
    ],
)
def test_hostile_documents_are_refused(data, error, named):
    """What is no graph in GraphML is refused in one sentence that says why."""
    with pytest.raises(error, match=named) as caught:
        read_graphml(data)
    assert len(str(caught.value)) < 300


def test_a_circle_of_arguments_is_read():
    """Two claims that support each other are legal in AIF, and end no reader."""
    nodes = (GRAPH.nodes[3], GRAPH.nodes[4], GRAPH.nodes[6], GRAPH.nodes[6]._replace(id="back"))
    edges = (
        GRAPH.edges[4],
        GRAPH.edges[5],
        GRAPH.edges[4]._replace(from_id="x", to_id="back"),
        GRAPH.edges[5]._replace(from_id="back", to_id="c1/text"),
    )
    circle = ArgumentGraph(nodes, edges)

    assert read_graphml(graph_as_graphml(circle)) == circle
