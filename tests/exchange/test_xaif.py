"""xAIF: whole graphs come back, others' documents pass through unchanged, changes keep the rest."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.errors import IllegalGraph, UnreadablePage
from app.exchange.fields import load_json
from app.exchange.losses import LossTally
from app.exchange.xaif import graph_as_xaif
from app.exchange.xaif_reader import read_xaif
from app.exchange.xaif_update import document_with_graph
from tests.exchange.drawn import ANY_TEXTS, GRAPH, TEXTS, graphs

TURNINATOR = {
    "AIF": {
        "nodes": [
            {"nodeID": 0, "text": "We should leave now.", "type": "L"},
            {"nodeID": 1, "text": "Why so early?", "type": "L"},
        ],
        "edges": [],
        "locutions": [{"nodeID": 0, "personID": 0}, {"nodeID": 1, "personID": 1}],
        "participants": [
            {"participantID": 0, "firstname": "Ada", "surname": "None"},
            {"participantID": 1, "firstname": "Ben", "surname": "None"},
        ],
        "schemefulfillments": None,
        "descriptorfulfillments": None,
    },
    "text": {
        "txt": ' Ada <span class="highlighted" id="0">We should leave now.</span>.<br><br>'
        ' Ben <span class="highlighted" id="1">Why so early?</span>.<br><br>'
    },
    "dialog": True,
    "OVA": [],
}

MIXED = {
    "AIF": {
        "nodes": [
            {"nodeID": 1, "text": "Rain.", "type": "I", "mood": "grey"},
            {"nodeID": "2", "text": "Default Inference", "type": "RA", "schemeID": "72"},
            {"nodeID": 3, "text": "Wet.", "type": "I", "timestamp": "2020-01-01 00:00:00"},
            {"nodeID": "4", "text": "Rain.", "type": "L", "scheme": None},
            {"nodeID": 5, "text": "Asserting", "type": "YA"},
        ],
        "edges": [
            {"edgeID": 0, "fromID": "1", "toID": 2},
            {"edgeID": "1", "fromID": 2, "toID": "3", "formEdgeID": None},
            {"edgeID": 2, "fromID": 4, "toID": 5},
            {"edgeID": 3, "fromID": "5", "toID": 1},
        ],
        "locutions": [
            {
                "nodeID": "4",
                "personID": 7,
                "timestamp": "t",
                "start": "0",
                "end": "5",
                "source": "s",
            }
        ],
        "participants": [{"participantID": "7", "firstname": "Bo", "surname": "Li", "age": 3}],
        "schemefulfillments": [{"nodeID": 2, "schemeID": "72"}],
        "descriptorfulfillments": None,
    },
    "text": "<p>Rain.</p>",
    "dialog": False,
    "ova": {"nodes": [{"nodeID": 1, "x": 3, "y": 4}]},
    "probabilities": {"1": 0.5},
}

BARE = MIXED["AIF"]
I_NODE = {"nodeID": 1, "text": "", "type": "I"}


@pytest.mark.parametrize("document", [TURNINATOR, MIXED, BARE], ids=["turns", "mixed", "bare"])
def test_documents_pass_through_unchanged(document):
    """A document whose graph is put back is what it was, to the key and the type."""
    came = deepcopy(document)

    read = read_xaif(document)

    back = document_with_graph(read, read.graph)
    assert json.dumps(back) == json.dumps(came)


def test_a_locution_of_nobody_has_no_author():
    """A person that is null, or no participant, is nobody."""
    locutions = [{"nodeID": 0, "personID": None}, {"nodeID": 1, "personID": 9}]
    document = {**TURNINATOR, "AIF": {**TURNINATOR["AIF"], "locutions": locutions}}

    assert [node.author for node in read_xaif(document).graph.nodes] == [None, None]


def test_speakers_are_read():
    """Locutions know who said them, also where the surname is "None" and ids change their type."""
    assert [node.author for node in read_xaif(TURNINATOR).graph.nodes] == ["Ada", "Ben"]
    assert read_xaif(MIXED).graph.node_by_id()["4"].author == "Bo Li"


@given(graphs(TEXTS | ANY_TEXTS))
@settings(max_examples=60)
def test_a_graph_comes_back_whole(graph):
    """Whatever is written is read back equal, through JSON, and nothing is reported lost."""
    tally = LossTally()

    assert read_xaif(json.loads(json.dumps(graph_as_xaif(graph))), tally).graph == graph
    assert tally.report() == ()


class Spans(HTMLParser):
    """Gathers the marked spans of a document's text by id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.tags: set[str] = set()
        self._id: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note the tag, and whether a span begins."""
        self.tags.add(tag)
        if tag == "span":
            self._id = dict(attrs)["id"]
            self.texts[self._id] = ""

    def handle_endtag(self, tag):
        """Note that a span ends."""
        if tag == "span":
            self._id = None

    def handle_data(self, data):
        """Add text to the span it stands in."""
        if self._id is not None:
            self.texts[self._id] += data


def test_locutions_are_marked_in_the_text():
    """Each locution is a span whose id is its nodeID, without the speaker's name."""
    document = graph_as_xaif(GRAPH)

    assert Spans(document["text"]["txt"]).texts == {"1": "Bomb", "2": "It was X."}
    assert "Ann Lee : <span" in document["text"]["txt"]
    assert document["AIF"]["participants"][0]["surname"] == "Lee"


@given(st.lists(TEXTS, max_size=3), TEXTS)
@settings(max_examples=30)
def test_texts_bring_no_markup(texts, author):
    """No comment and no name adds a tag to the text."""
    nodes = tuple(
        Node(f"n{at}", NodeKind.LOCUTION, text, About.COMMENT, author=author)
        for at, text in enumerate(texts)
    )

    assert Spans(graph_as_xaif(ArgumentGraph(nodes, ()))["text"]["txt"]).tags <= {"span", "br"}


@given(graphs(), graphs())
@settings(max_examples=40)
def test_a_changed_graph_goes_into_the_document(before, after):
    """Any graph put into any document is what is read from it."""
    document = read_xaif(json.loads(json.dumps(graph_as_xaif(before))))

    graph = read_xaif(json.loads(json.dumps(document_with_graph(document, after)))).graph

    assert set(graph.nodes) == set(after.nodes)
    assert set(graph.edges) == set(after.edges)


@given(graphs())
@settings(max_examples=30)
def test_a_graph_goes_into_a_document_of_another_make(graph):
    """Nodes are added to a foreign document; all that was in it stays as it came."""
    document = read_xaif(MIXED)
    both = ArgumentGraph(
        (*document.graph.nodes, *(node._replace(id=f"new {node.id}") for node in graph.nodes)),
        (
            *document.graph.edges,
            *(Edge(f"new {edge.from_id}", f"new {edge.to_id}") for edge in graph.edges),
        ),
    )

    written = document_with_graph(document, both)

    assert set(read_xaif(json.loads(json.dumps(written))).graph.nodes) == set(both.nodes)
    assert written["ova"] == MIXED["ova"]
    assert written["text"] == MIXED["text"]
    for name in ("nodes", "edges", "locutions", "participants", "schemefulfillments"):
        there = MIXED["AIF"][name]
        assert written["AIF"][name][: len(there)] == there


def test_new_ids_have_the_type_of_those_there():
    """In a document of numbers new nodes, edges and people are numbers, else they are text."""
    read = read_xaif(TURNINATOR)
    reply = Node("answers", NodeKind.TRANSITION, "Default Transition", About.RELATION)
    said = Node("x", NodeKind.LOCUTION, "Cy : So.", About.COMMENT, author="Cy")
    graph = ArgumentGraph(
        (*read.graph.nodes, reply, said), (Edge("0", "answers"), Edge("answers", "x"))
    )

    written = document_with_graph(read, graph)["AIF"]

    assert [node["nodeID"] for node in written["nodes"]] == [0, 1, 2, 3]
    assert [(edge["fromID"], edge["toID"]) for edge in written["edges"]] == [(0, 2), (2, 3)]
    assert written["participants"][2] == {"participantID": 2, "firstname": "Cy", "surname": ""}
    assert written["locutions"][2]["personID"] == 2
    mixed = document_with_graph(read_xaif(MIXED), graph_with(read_xaif(MIXED).graph, said))["AIF"]
    assert mixed["nodes"][-1]["nodeID"] == "6"


def graph_with(graph, *nodes):
    """Return the graph with more nodes."""
    return ArgumentGraph((*graph.nodes, *nodes), graph.edges)


def test_names_that_are_no_texts_are_nobodys():
    """A participant whose name is a list keeps it, and is taken for nobody."""
    odd = {"participantID": 0, "firstname": ["x"], "surname": {}}
    nodeset = {**TURNINATOR["AIF"], "participants": [odd]}
    read = read_xaif({**TURNINATOR, "AIF": nodeset})
    said = Node("x", NodeKind.LOCUTION, "Cy : So.", About.COMMENT, author="Cy")

    written = document_with_graph(read, graph_with(read.graph, said))["AIF"]

    assert [person["firstname"] for person in written["participants"]] == [["x"], "Cy"]
    assert read.graph.nodes[0].author is None


def test_a_time_without_a_zone_is_in_utc():
    """What our own key says without a zone is read as UTC, and so stays the same from then on."""
    own = {"1": {"id": "a", "about": "comment", "created_at": "2026-01-01"}}
    document = {"nodes": [I_NODE], "edges": [], "fingerpost": own}

    (node,) = read_xaif(document).graph.nodes

    assert node.created_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_removed_node_takes_along_what_belonged_to_it():
    """Edges, locution and scheme of a node go with it; the others stay as they came."""
    read = read_xaif(MIXED)
    left = ArgumentGraph(read.graph.nodes[:1] + read.graph.nodes[2:3], ())

    written = document_with_graph(read, left)["AIF"]

    assert written["nodes"] == [MIXED["AIF"]["nodes"][0], MIXED["AIF"]["nodes"][2]]
    assert written["edges"] == []
    assert written["locutions"] == []
    assert written["schemefulfillments"] == []
    assert written["participants"] == MIXED["AIF"]["participants"]


def test_a_changed_node_keeps_its_unknown_keys():
    """A node that gets a probability keeps its id, its layout and its other keys."""
    read = read_xaif(MIXED)
    surer = read.graph.nodes[0]._replace(probability=0.9)

    written = document_with_graph(
        read, ArgumentGraph((surer, *read.graph.nodes[1:]), read.graph.edges)
    )

    assert written["AIF"]["nodes"][0] == MIXED["AIF"]["nodes"][0]
    assert written["AIF"]["locutions"] == MIXED["AIF"]["locutions"]
    assert written["fingerpost"]["1"]["probability"] == 0.9


def test_what_aif_lacks_is_told_and_passed_on():
    """Direct edges, loose relations and unknown types leave the graph, but not the document."""
    document = {
        "AIF": {
            "nodes": [
                {"nodeID": "a", "text": "A.", "type": "I"},
                {"nodeID": "b", "text": "B.", "type": "I"},
                {"nodeID": "r", "text": "Default Inference", "type": "RA"},
                {"nodeID": "p", "text": "Default Preference", "type": "PA"},
            ],
            "edges": [
                {"edgeID": 1, "fromID": "a", "toID": "b"},
                {"edgeID": 2, "fromID": "a", "toID": "r"},
                {"edgeID": 3, "fromID": "a", "toID": "r"},
                {"edgeID": 4, "fromID": "a", "toID": "p"},
            ],
        }
    }
    tally = LossTally()

    read = read_xaif(document, tally)

    assert [node.id for node in read.graph.nodes] == ["a", "b"]
    assert read.graph.edges == ()
    assert {loss.what: loss.places for loss in tally.report()} == {
        "a node of the type 'PA'": ("p",),
        "an edge I -> I, which AIF lacks": ("a -> b",),
        "an edge that is there already": ("a -> r",),
        "an edge I -> PA, which AIF lacks": ("a -> p",),
        "a node RA without a node before and after it": ("r",),
    }
    more = graph_with(read.graph, Node("c", NodeKind.INFORMATION, "C.", About.COMMENT))
    written = document_with_graph(read, more)["AIF"]
    assert written["nodes"][:4] == document["AIF"]["nodes"]
    assert written["edges"] == document["AIF"]["edges"]


@pytest.mark.parametrize(
    ("value", "error", "named"),
    [
        ([], UnreadablePage, "nodeset"),
        ({"AIF": 3}, UnreadablePage, "AIF"),
        ({"AIF": {"nodes": [I_NODE]}}, UnreadablePage, "edges"),
        ({"nodes": [I_NODE | {"type": 3}], "edges": []}, UnreadablePage, "type"),
        ({"nodes": [I_NODE | {"nodeID": "x" * 9999}], "edges": []}, UnreadablePage, "at most"),
        ({"nodes": [I_NODE | {"nodeID": 10**4200}], "edges": []}, UnreadablePage, "at most"),
        ({"nodes": [I_NODE, I_NODE | {"nodeID": "1"}], "edges": []}, IllegalGraph, "once"),
        ({"nodes": [I_NODE], "edges": [{"fromID": 1, "toID": 2}]}, IllegalGraph, "'2'"),
        ({"nodes": [I_NODE], "edges": [{"fromID": 1}]}, UnreadablePage, "toID"),
        ({"nodes": [I_NODE], "edges": [], "locutions": {}}, None, ""),
        ({"nodes": [I_NODE], "edges": [], "locutions": [{}]}, UnreadablePage, "nodeID"),
        (
            {"nodes": [I_NODE], "edges": [], "locutions": [{"nodeID": 1, "personID": []}]},
            UnreadablePage,
            "personID",
        ),
        ({"nodes": [I_NODE], "edges": [], "fingerpost": {"1": []}}, UnreadablePage, "fingerpost"),
    ],
)
def test_what_contradicts_itself_is_refused(value, error, named):
    """Wrong types, ids twice and dangling ends are refused by field; an empty list may be any."""
    if error is None:
        assert read_xaif(value).graph.nodes
        return
    with pytest.raises(error, match=named) as caught:
        read_xaif(value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"{",
        b'{"a": NaN}',
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
def test_bytes_that_are_no_json_are_refused(data):
    """No bytes end in anything but a refusal."""
    with pytest.raises(UnreadablePage, match="expected JSON"):
        load_json(data)


@pytest.mark.parametrize("value", ["1e999", "true", '"1"'])
def test_a_probability_is_a_number(value):
    """Infinity, truth values and text are no probabilities."""
    data = (
        '{"nodes": [{"nodeID": 1, "text": "", "type": "I"}], "edges": [], "fingerpost": '
        f'{{"1": {{"id": "a", "about": "comment", "probability": {value}}}}}}}'
    )

    with pytest.raises(UnreadablePage, match="probability"):
        read_xaif(load_json(data.encode()))
