"""The argument graph refuses what AIF does not allow, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.graph import ALLOWED_EDGES, About, ArgumentGraph, Edge, Edges, Node, NodeKind
from app.errors import IllegalGraph

ANY_KIND = st.sampled_from(list(NodeKind))
TIES = {
    NodeKind.INFERENCE: NodeKind.INFORMATION,
    NodeKind.CONFLICT: NodeKind.INFORMATION,
    NodeKind.REPHRASE: NodeKind.INFORMATION,
    NodeKind.TRANSITION: NodeKind.LOCUTION,
}
"""The kinds that need a node before and after them, and the kind of those nodes."""


def node(key, kind):
    """Return a node of that kind."""
    return Node(key, kind, key, About.COMMENT)


def with_ends(start, end):
    """Return nodes a and b of these kinds and the edge a -> b, with whatever else they need."""
    nodes, edges = [node("a", start), node("b", end)], [Edge("a", "b")]
    for key, kind in (("a", start), ("b", end)):
        if kind in TIES:
            for side in ("before", "after"):
                other = f"{key} {side}"
                nodes.append(node(other, TIES[kind]))
                edges.append(Edge(other, key) if side == "before" else Edge(key, other))
    return nodes, edges


@given(ANY_KIND, ANY_KIND)
def test_an_edge_is_accepted_exactly_where_aif_allows_it(start, end):
    """Of all pairs of kinds, those that occur in AIF are accepted and all others refused."""
    nodes, edges = with_ends(start, end)

    if (start, end) in ALLOWED_EDGES:
        assert ArgumentGraph(tuple(nodes), tuple(edges)).edges[0] == Edge("a", "b")
    else:
        with pytest.raises(IllegalGraph, match="kinds that AIF connects"):
            ArgumentGraph(tuple(nodes), tuple(edges))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (NodeKind.INFORMATION, NodeKind.INFORMATION),
        (NodeKind.LOCUTION, NodeKind.LOCUTION),
        (NodeKind.LOCUTION, NodeKind.INFORMATION),
        (NodeKind.INFERENCE, NodeKind.CONFLICT),
        (NodeKind.INFORMATION, NodeKind.LOCUTION),
        (NodeKind.TRANSITION, NodeKind.INFERENCE),
    ],
)
def test_edges_that_aif_never_has_are_not_allowed(start, end):
    """Claims, locutions and schemes are never tied directly to each other."""
    assert (start, end) not in ALLOWED_EDGES


@pytest.mark.parametrize("kind", list(TIES))
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_tie_needs_both_ends(kind, side):
    """A relation or transition with one end only is refused, and named."""
    end = node("end", TIES[kind])
    edge = Edge("end", "tie") if side == "before" else Edge("tie", "end")

    with pytest.raises(IllegalGraph, match="'tie' to have a node before and after"):
        ArgumentGraph((node("tie", kind), end), (edge,))


def test_an_anchor_is_no_premise():
    """An illocution that points at a relation does not count as the node before it."""
    nodes = (
        node("ra", NodeKind.INFERENCE),
        node("ya", NodeKind.ILLOCUTION),
        node("i", NodeKind.INFORMATION),
    )

    with pytest.raises(IllegalGraph, match="'ra'"):
        ArgumentGraph(nodes, (Edge("ya", "ra"), Edge("ra", "i")))


def test_linked_premises_are_allowed():
    """One inference may have several premises."""
    nodes = (*(node(key, NodeKind.INFORMATION) for key in "abc"), node("ra", NodeKind.INFERENCE))

    graph = ArgumentGraph(nodes, (Edge("a", "ra"), Edge("b", "ra"), Edge("ra", "c")))

    assert len(graph.edges) == 3


def test_ids_edges_and_ends_are_checked():
    """A node id twice, an edge twice and an edge to nothing are each refused by name."""
    says, asserts = node("l", NodeKind.LOCUTION), node("y", NodeKind.ILLOCUTION)
    edge = Edge("l", "y")

    with pytest.raises(IllegalGraph, match="'l' more often"):
        ArgumentGraph((says, says), ())
    with pytest.raises(IllegalGraph, match="each edge once"):
        ArgumentGraph((says, asserts), (edge, edge))
    with pytest.raises(IllegalGraph, match="'y' is none"):
        ArgumentGraph((says,), (edge,))


@given(st.lists(st.builds(Edge, st.text(max_size=2), st.text(max_size=2))), st.data())
def test_edges_in_columns_are_the_tuple_of_them(edges, data):
    """Edges kept as two columns are equal to their tuple, and count, hash and slice as it does."""
    plain = tuple(edges)
    columns = Edges([edge.from_id for edge in edges], [edge.to_id for edge in edges])
    part = slice(*data.draw(st.tuples(st.integers(-3, 3), st.integers(-3, 3))))

    assert columns == plain
    assert plain == columns
    assert columns == Edges(columns.from_ids, columns.to_ids)
    assert columns != (*plain, Edge("one", "more"))
    assert (hash(columns), len(columns), repr(columns)) == (hash(plain), len(plain), repr(plain))
    assert columns[part] == plain[part]
    assert [columns[at] for at in range(len(plain))] == list(columns) == edges


def test_columns_of_edges_are_of_one_length():
    """An id without another end is refused."""
    with pytest.raises(ValueError, match="got 2 and 1"):
        Edges(["a", "b"], ["c"])


def test_edges_in_columns_are_checked_like_others():
    """An edge twice, to nothing or of wrong kinds is refused by name in columns too."""
    nodes = (node("l", NodeKind.LOCUTION), node("y", NodeKind.ILLOCUTION))

    with pytest.raises(IllegalGraph, match="each edge once, got Edge"):
        ArgumentGraph(nodes, Edges("ll", "yy"))
    with pytest.raises(IllegalGraph, match=r"both ends of Edge.*'z' is none"):
        ArgumentGraph(nodes, Edges("ll", "yz"))
    with pytest.raises(IllegalGraph, match=r"YA -> L: Edge.from_id='y'"):
        ArgumentGraph(nodes, Edges("ly", "yl"))


def test_an_empty_graph_is_a_graph():
    """Nothing is illegal about nothing."""
    assert ArgumentGraph((), ()).node_by_id() == {}
