"""Reads GraphML that describes an argument graph by the keys that `app.exchange.graphml` writes.

Other keys are named as lost. A document type is refused, as it has no use here but harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from app.domain.graph import ArgumentGraph, Edge
from app.errors import UnreadablePage
from app.exchange.attributes import ATTRIBUTES, checked_id, node_of_texts
from app.exchange.circles import without_reply_circle
from app.exchange.graphml import NAMESPACE
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID = "id"


def read_graphml(data: bytes, tally: LossTally | None = None) -> ArgumentGraph:
    """Return the graph of a GraphML document in UTF-8; `tally` hears of what is passed over.

    Raises:
        UnreadablePage: it is no GraphML, has a document type, or lacks what a node needs.
        IllegalGraph: an edge leads nowhere, or between kinds that AIF does not connect, or
            replies go in a circle.
    """
    tally = tally or LossTally()
    root = _root_of(data)
    if _local(root) != "graphml":
        raise UnreadablePage(f"expected an element graphml, got {_local(root)!r:.100}")
    graphs = [child for child in root if _local(child) == "graph"]
    if len(graphs) != 1:
        raise UnreadablePage(f"expected one graph in the document, got {len(graphs)}")
    if graphs[0].get("edgedefault") != "directed":
        raise UnreadablePage("expected a directed graph, got one that is not")
    keys = {
        child.get("id", ""): child.get("attr.name", "") for child in root if _local(child) == "key"
    }
    ids: dict[str, str] = {}
    nodes = []
    for at, element in enumerate(child for child in graphs[0] if _local(child) == "node"):
        name = checked_id(element.get("id"), f"node {at}")
        if name in ids:
            raise UnreadablePage(f"expected each node once, got {name!r:.100} again")
        texts = _texts_of(element, keys, name, tally)
        node = node_of_texts(texts.get(_ID, name), texts, f"node {name:.100}")
        ids[name] = node.id
        nodes.append(node)
    edges = tuple(
        _edge(element, ids, at, tally)
        for at, element in enumerate(child for child in graphs[0] if _local(child) == "edge")
    )
    return without_reply_circle(ArgumentGraph(tuple(nodes), edges))


def _root_of(data: bytes) -> etree._Element:
    # UTF-8 alone, so that no other encoding can hide what is looked for here.
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePage("expected GraphML in UTF-8, got other bytes") from error
    if "<!DOCTYPE" in text:
        raise UnreadablePage("expected GraphML without a document type, got one that declares it")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePage(f"expected GraphML, got no XML: {error!s:.100}") from error


def _texts_of(
    element: etree._Element, keys: Mapping[str, str], name: str, tally: LossTally
) -> dict[str, str]:
    texts: dict[str, str] = {}
    for child in element:
        if _local(child) == "data":
            attribute = keys.get(child.get("key", ""), "")
            if attribute == _ID or attribute in ATTRIBUTES:
                texts[attribute] = child.text or ""
            else:
                tally.add(f"data of the key {attribute or child.get('key')!r:.60}", name)
        elif isinstance(child.tag, str):
            tally.add(f"the element {_local(child)!r:.60} in a node", name)
    return texts


def _edge(element: etree._Element, ids: Mapping[str, str], at: int, tally: LossTally) -> Edge:
    for child in element:
        if isinstance(child.tag, str):
            tally.add("data of an edge", element.get("id", f"edge {at}"))
    ends = [checked_id(element.get(end), f"edge {at}.{end}") for end in ("source", "target")]
    # An end that is no node keeps its name, and the graph refuses it by that name.
    from_id, to_id = (ids.get(end, end) for end in ends)
    return Edge(from_id, to_id)


def _local(element: etree._Element) -> str:
    if not isinstance(element.tag, str):  # a comment or an instruction
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace in {NAMESPACE, None} else ""
