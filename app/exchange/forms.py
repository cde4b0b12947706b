"""The forms that an argument graph can take, how each is written, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict

from app.exchange.aif import graph_as_aif
from app.exchange.argdown import graph_as_argdown
from app.exchange.contract import graph_as_json
from app.exchange.csv_table import graph_as_csv
from app.exchange.dot import graph_as_dot
from app.exchange.graphml import graph_as_graphml
from app.exchange.losses import Loss, LossJson, LossTally, losses_as_json
from app.exchange.xaif import graph_as_xaif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.graph import ArgumentGraph


class Form(StrEnum):
    """The forms in which a graph can be had; ConvoKit's holds the mined page instead of it."""

    JSON = "json"
    AIF = "aif"
    XAIF = "xaif"
    DOT = "dot"
    GRAPHML = "graphml"
    ARGDOWN = "argdown"
    CSV = "csv"
    CONVOKIT = "convokit"


@dataclass(frozen=True, slots=True)
class Traits:
    """How a form is named to other programs."""

    media_type: str
    suffix: str


TRAITS: Mapping[Form, Traits] = {
    Form.JSON: Traits("application/json", "graph.json"),
    Form.AIF: Traits("application/json", "aif.json"),
    Form.XAIF: Traits("application/json", "xaif.json"),
    Form.DOT: Traits("text/vnd.graphviz; charset=utf-8", "dot"),
    Form.GRAPHML: Traits("application/xml", "graphml"),
    Form.ARGDOWN: Traits("text/plain; charset=utf-8", "argdown"),
    Form.CSV: Traits("text/csv; charset=utf-8", "csv"),
    Form.CONVOKIT: Traits("application/zip", "convokit.zip"),
}
"""Media types are IANA's; GraphML and Argdown have none of their own."""

JSON_FORMS: Mapping[Form, Callable[[ArgumentGraph], object]] = {
    Form.JSON: graph_as_json,
    Form.AIF: graph_as_aif,
    Form.XAIF: graph_as_xaif,
}
"""Forms that are JSON; they hold every graph whole."""

BYTE_FORMS: Mapping[Form, Callable[[ArgumentGraph, LossTally | None], bytes]] = {
    Form.DOT: graph_as_dot,
    Form.GRAPHML: graph_as_graphml,
    Form.ARGDOWN: graph_as_argdown,
    Form.CSV: graph_as_csv,
}


@dataclass(frozen=True, slots=True)
class Export:
    """Something written in a form: bytes, or for JSON what is to be encoded; and what got lost."""

    form: Form
    content: object
    losses: tuple[Loss, ...] = ()


class LossReportJson(TypedDict):
    """What a form could not hold, in JSON."""

    format: str
    losses: list[LossJson]


def graph_in(form: Form, graph: ArgumentGraph) -> Export:
    """Return the graph in that form, which is any but ConvoKit's."""
    if form in JSON_FORMS:
        return Export(form, JSON_FORMS[form](graph))
    tally = LossTally()
    content = BYTE_FORMS[form](graph, tally)
    return Export(form, content, tally.report())


def losses_of(export: Export) -> LossReportJson:
    """Return what got lost, as JSON."""
    return LossReportJson(format=export.form.value, losses=losses_as_json(export.losses))
