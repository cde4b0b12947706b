"""AIF: what AIFdb's readers expect, and the whole graph back again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from app.domain.graph import Edge
from app.errors import IllegalGraph, UnreadablePage
from app.exchange.aif import graph_as_aif
from app.exchange.aif_reader import read_aif
from tests.exchange.drawn import ANY_TEXTS, GRAPH, TEXTS, graphs


def test_nodes_and_edges_are_written_as_aifdb_writes_them():
    """Ids are numerals in text, schemes come with AIFdb's ids, times to the second in UTC."""
    written = graph_as_aif(GRAPH)

    assert written["nodes"][0] == {"nodeID": "1", "text": "Bomb", "type": "L"}
    assert written["nodes"][1]["timestamp"] == "2026-01-02 12:00:00"
    assert written["nodes"][6] == {
        "nodeID": "7",
        "text": "Default Inference",
        "type": "RA",
        "scheme": "Default Inference",
        "schemeID": "72",
    }
    assert written["nodes"][8]["schemeID"] == "91"
    assert written["edges"][0] == {"edgeID": "1", "fromID": "2", "toID": "3", "formEdgeID": None}
    assert {"nodeID": "7", "schemeID": "72"} in written["schemefulfillments"]
    assert len(written["schemefulfillments"]) == 5
    assert written["descriptorfulfillments"] is None


def test_locutions_lead_to_participants():
    """Who said a locution is a participant with a first name and a surname."""
    written = graph_as_aif(GRAPH)

    assert written["participants"] == [{"participantID": "1", "firstname": "Ann", "surname": "Lee"}]
    assert [(said["nodeID"], said["personID"]) for said in written["locutions"]] == [("2", "1")]


def test_stances_stand_under_our_own_key():
    """Probability, certainty and role stand by nodeID under one extra key, and nowhere else."""
    written = graph_as_aif(GRAPH)

    stance = written["fingerpost"]["7"]
    assert (stance["probability"], stance["certain"], stance["role"]) == (0.75, True, "sponsor")
    assert set(written) == set(
        "nodes edges schemefulfillments descriptorfulfillments participants locutions "
        "fingerpost".split()
    )


def test_the_same_graph_is_written_the_same():
    """Writing twice gives the same JSON."""
    assert json.dumps(graph_as_aif(GRAPH)) == json.dumps(graph_as_aif(GRAPH))


@given(graphs(TEXTS | ANY_TEXTS))
@settings(max_examples=60)
def test_a_graph_comes_back_whole(graph):
    """Whatever is written is read back equal, through JSON."""
    assert read_aif(json.loads(json.dumps(graph_as_aif(graph)))) == graph


def test_a_nodeset_of_another_make_is_read():
    """A nodeset with numbers for ids, inside an AIF wrapper and without our key, gives a graph."""
    nodeset = {
        "AIF": {
            "nodes": [
                {"nodeID": 1, "text": "Rain.", "type": "I"},
                {"nodeID": "2", "text": "Default Inference", "type": "RA"},
                {"nodeID": 3, "text": "Wet.", "type": "I"},
                {"nodeID": 4, "text": "Bob : Rain.", "type": "L"},
            ],
            "edges": [
                {"edgeID": 0, "fromID": "1", "toID": 2},
                {"edgeID": 1, "fromID": 2, "toID": "3"},
            ],
            "locutions": [{"nodeID": 4, "personID": 7}],
            "participants": [{"participantID": "7", "firstname": "Bob", "surname": "None"}],
            "schemefulfillments": None,
        },
        "dialog": True,
    }

    graph = read_aif(nodeset)

    assert graph.edges == (Edge("1", "2"), Edge("2", "3"))
    assert graph.nodes[1].scheme == "Default Inference"
    assert graph.nodes[3].author == "Bob"


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ([], "nodeset"),
        ({}, "nodes"),
        ({"nodes": [1], "edges": []}, r"nodes\[0\]"),
        ({"nodes": [{"nodeID": True, "text": "", "type": "I"}], "edges": []}, "nodeID"),
        ({"nodes": [{"nodeID": 1, "text": None, "type": "I"}], "edges": []}, "text"),
        ({"nodes": [{"nodeID": 1, "text": "", "type": "XX"}], "edges": []}, "type"),
        ({"nodes": [], "edges": [{"fromID": None, "toID": 1}]}, "fromID"),
        (
            {
                "nodes": [{"nodeID": 1, "text": "", "type": "I"}],
                "edges": [],
                "fingerpost": {"1": {"id": "a", "about": "comment", "probability": 10**400}},
            },
            "probability",
        ),
        (
            {
                "nodes": [{"nodeID": 1, "text": "", "type": "I"}],
                "edges": [],
                "fingerpost": {"1": {"id": "a", "about": "comment", "created_at": "noon"}},
            },
            "created_at",
        ),
    ],
)
def test_what_is_no_nodeset_is_refused_by_field(value, named):
    """A field of the wrong type is named in the refusal."""
    with pytest.raises(UnreadablePage, match=named):
        read_aif(value)


def test_an_edge_to_nothing_is_an_illegal_graph():
    """An edge whose end is no node is refused by the graph itself."""
    nodeset = {
        "nodes": [{"nodeID": 1, "text": "", "type": "L"}],
        "edges": [{"edgeID": 1, "fromID": 1, "toID": 9}],
    }

    with pytest.raises(IllegalGraph, match="9"):
        read_aif(nodeset)
