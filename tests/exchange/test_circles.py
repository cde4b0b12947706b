"""Circles: of replies they are refused in every form, of arguments they are read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.errors import IllegalGraph
from app.exchange.circles import without_reply_circle
from app.exchange.forms import BYTE_FORMS, JSON_FORMS, Form
from app.service.exports import SourceForm, convert
from tests.exchange.drawn import GRAPH


def conversation(replies):
    """Return a graph of locutions of which each pair's second answers the first."""
    said = {name for pair in replies for name in pair}
    nodes = [Node(name, NodeKind.LOCUTION, name, About.COMMENT) for name in sorted(said)]
    edges = []
    for at, (start, end) in enumerate(replies):
        nodes.append(Node(f"t{at}", NodeKind.TRANSITION, "Default Transition", About.RELATION))
        edges += [Edge(start, f"t{at}"), Edge(f"t{at}", end)]
    return ArgumentGraph(tuple(nodes), tuple(edges))


def written(form, graph):
    """Return the graph as bytes of that form."""
    if form in JSON_FORMS:
        return json.dumps(JSON_FORMS[form](graph)).encode()
    return BYTE_FORMS[form](graph, None)


@pytest.mark.parametrize("form", ["json", "aif", "xaif", "dot", "graphml", "csv"])
@pytest.mark.parametrize("replies", [["aa"], ["ab", "ba"], ["xa", "ab", "bc", "ca"]])
def test_a_circle_of_replies_is_refused_in_every_form(form, replies):
    """Nobody answers what answers them, at once or by way of others."""
    data = written(Form(form), conversation(replies))

    with pytest.raises(IllegalGraph, match="circle"):
        convert(data, SourceForm(form), Form.JSON)


@pytest.mark.parametrize("form", ["json", "aif", "xaif", "dot", "graphml", "csv"])
def test_a_circle_of_arguments_is_read_in_every_form(form):
    """Two claims that support each other are legal in AIF."""
    back = GRAPH.nodes[6]._replace(id="back")
    circle = ArgumentGraph(
        (GRAPH.nodes[3], GRAPH.nodes[4], GRAPH.nodes[6], back),
        (*GRAPH.edges[4:6], Edge("x", "back"), Edge("back", "c1/text")),
    )

    export, lost = convert(written(Form(form), circle), SourceForm(form), Form.CSV)

    assert lost == export.losses == ()
    assert export.content == written(Form.CSV, circle)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=20))
@settings(max_examples=60)
def test_replies_that_go_forward_are_no_circle(pairs):
    """A conversation in time is never refused; with its first reply turned around it is."""
    forward = [tuple(sorted((a, b + 100))) for a, b in pairs]
    replies = [(f"{start:03}", f"{end:03}") for start, end in forward]

    assert without_reply_circle(conversation(replies))
    with pytest.raises(IllegalGraph):
        without_reply_circle(conversation([*replies, replies[0][::-1]]))


def test_a_long_conversation_ends_soon():
    """A chain of many replies is followed without recursion."""
    chain = [(f"{at:06}", f"{at + 1:06}") for at in range(20_000)]

    assert without_reply_circle(conversation(chain))
