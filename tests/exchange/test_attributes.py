"""The table of a node's attributes: it is whole, and texts of it come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.domain.graph import Node
from app.errors import UnreadablePage
from app.exchange.attributes import (
    ATTRIBUTES,
    MAX_ID_CHARS,
    attributes_of,
    node_of_texts,
    text_of,
)
from tests.exchange.drawn import GRAPH, graphs


def test_the_table_holds_every_field_of_a_node():
    """A field that is added to the node has to be added here, or exports would drop it."""
    assert {"id", *ATTRIBUTES} == set(Node._fields)
    assert {name for node in GRAPH.nodes for name in attributes_of(node)} == set(ATTRIBUTES)


@given(graphs())
@settings(max_examples=30)
def test_texts_of_attributes_come_back(graph):
    """A node written as texts is read back equal."""
    for node in graph.nodes:
        texts = {name: text_of(value) for name, value in attributes_of(node).items()}
        assert node_of_texts(node.id, texts, "node") == node


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"kind": "X"}, "kind"),
        ({"about": "moon"}, "about"),
        ({"probability": "much"}, "probability"),
        ({"probability": "nan"}, "probability"),
        ({"probability": "inf"}, "probability"),
        ({"certain": "maybe"}, "certain"),
        ({"created_at": "noon"}, "created_at"),
    ],
)
def test_values_of_another_type_are_refused_by_name(changes, named):
    """What is not of its attribute's type is refused, and the attribute named."""
    texts = {"kind": "I", "about": "comment"} | changes

    with pytest.raises(UnreadablePage, match=f"here.{named}"):
        node_of_texts("n", texts, "here")


def test_a_huge_id_is_refused():
    """An id longer than any that is made here is refused without being repeated."""
    with pytest.raises(UnreadablePage, match=str(MAX_ID_CHARS)) as caught:
        node_of_texts("x" * 10**6, {"kind": "I", "about": "comment"}, "here")
    assert len(str(caught.value)) < 200


def test_ids_that_can_be_made_here_are_short_enough():
    """The longest ids of a comment and an actor, every character escaped, still fit."""
    longest = f"comment/{'%2F' * 100}/actor/{'%2F' * 100}/anchor"

    node = GRAPH.nodes[0]._replace(id=longest)
    assert node_of_texts(longest, {"kind": "L", "about": "article"}, "here").id == node.id
