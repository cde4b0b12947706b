"""Reads the dialogue in an xAIF document as a page, and writes its stances into the document.

Nothing of the document is changed: all that is found stands under one key beside what came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.graph import NodeKind
from app.domain.page import Article, Comment, Page, ReplyLink
from app.exchange.contract import mined_as_json
from app.exchange.fields import load_json
from app.exchange.xaif_reader import read_xaif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.graph import ArgumentGraph, Node
    from app.domain.mined import MinedPage
    from app.exchange.xaif_reader import Xaif

STANCES = "fingerpost_stances"
"""The key under which stances stand; `fingerpost` is what our exports say of nodes."""


def add_stances(data: bytes, mine: Callable[[Page], MinedPage]) -> dict[str, object]:
    """Return the document with the stances of its locutions, by nodeID, as `mine` finds them.

    Each locution is a comment that answers the one from which a transition leads to it.

    Raises:
        UnreadablePage: the document is not xAIF.
        IllegalGraph: it contradicts itself.
    """
    document = read_xaif(load_json(data))
    mined = mined_as_json(None, mine(_page_of(document)))
    return {
        **document.content,
        STANCES: {
            "model": mined["model"],
            "actors": mined["actors"],
            "hypotheses": mined["hypotheses"],
            "nodes": {
                said["id"]: {
                    "reply_to": said["reply_to"],
                    "reply_stance": said["reply_stance"],
                    "attributions": said["attributions"],
                    "claimed_perpetrators": said["claimed_perpetrators"],
                    "cautions": said["cautions"],
                }
                for said in mined["comments"]
            },
        },
    }


def _page_of(document: Xaif) -> Page:
    numbers = {id_: number for number, id_ in document.ids.items()}
    answered = _answered(document.graph)
    return Page(
        article=Article(),
        comments=tuple(
            _comment_of(node, numbers, answered)
            for node in document.graph.nodes
            if node.kind is NodeKind.LOCUTION
        ),
        language="en",
    )


def _comment_of(node: Node, numbers: Mapping[str, str], answered: Mapping[str, str]) -> Comment:
    parent = answered.get(node.id)
    return Comment(
        id=numbers[node.id],
        text=node.text.removeprefix(f"{node.author} : ") if node.author else node.text,
        author=node.author,
        reply_to=None if parent is None else numbers[parent],
        reply_link=None if parent is None else ReplyLink.GIVEN,
        created_at=node.created_at,
    )


def _answered(graph: ArgumentGraph) -> dict[str, str]:
    """Return which locution each locution answers; of several, the last that the document names."""
    kinds = {node.id: node.kind for node in graph.nodes}
    before = {
        edge.to_id: edge.from_id
        for edge in graph.edges
        if (kinds[edge.from_id], kinds[edge.to_id]) == (NodeKind.LOCUTION, NodeKind.TRANSITION)
    }
    return {
        edge.to_id: before[edge.from_id]
        for edge in graph.edges
        if kinds[edge.from_id] is NodeKind.TRANSITION
        and kinds[edge.to_id] is NodeKind.LOCUTION
        and edge.from_id in before
    }
