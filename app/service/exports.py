"""Pages out in any form, and graphs in others' forms in: where a form is chosen by its name."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import InvalidRequest
from app.exchange.argdown_reader import read_argdown
from app.exchange.convokit import pages_as_convokit
from app.exchange.convokit_reader import read_convokit
from app.exchange.csv_table import read_csv
from app.exchange.dot_reader import read_dot
from app.exchange.fields import load_json
from app.exchange.forms import Export, Form, graph_in
from app.exchange.graph_reader import read_graph
from app.exchange.graphml_reader import read_graphml
from app.exchange.kialo import read_kialo
from app.exchange.losses import Loss, LossTally
from app.exchange.xaif_reader import read_xaif
from app.mining.graph import build_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.domain.graph import ArgumentGraph
    from app.domain.mined import MinedPage
    from app.service.use_cases import Service


class SourceForm(StrEnum):
    """The forms from which a graph is read."""

    JSON = "json"
    AIF = "aif"
    XAIF = "xaif"
    DOT = "dot"
    GRAPHML = "graphml"
    ARGDOWN = "argdown"
    CSV = "csv"
    CONVOKIT = "convokit"
    KIALO = "kialo"


def export_page(service: Service, page_id: str, form: Form) -> Export:
    """Return a stored page in that form.

    Raises:
        NotFound: there is no page of that id.
    """
    if form is Form.CONVOKIT:
        return export_pages([(page_id, service.page(page_id))])
    return graph_in(form, service.graph(page_id))


def export_pages(pages: Iterable[tuple[str | None, MinedPage]]) -> Export:
    """Return pages with their ids as one ConvoKit corpus, the form that holds several."""
    return Export(Form.CONVOKIT, pages_as_convokit(pages))


def convert(data: bytes, source: SourceForm, target: Form) -> tuple[Export, tuple[Loss, ...]]:
    """Return a graph in another form, and what was lost in reading it.

    An xAIF document that becomes xAIF passes through as it came.

    Raises:
        InputError: the bytes are not in the form they are said to be in.
        IllegalGraph: the graph contradicts itself.
        InvalidRequest: the form asked for holds more than a graph has.
    """
    if target is Form.CONVOKIT:
        raise InvalidRequest("expected a form of graphs, got convokit: it takes mined pages")
    tally = LossTally()
    if source is SourceForm.XAIF and target is Form.XAIF:
        return Export(target, read_xaif(load_json(data), tally).content), ()
    graph = _READERS[source](data, tally)
    return graph_in(target, graph), tally.report()


def _read_corpus(data: bytes, tally: LossTally) -> ArgumentGraph:
    pages = read_convokit(data, tally)
    if len(pages) != 1:
        raise InvalidRequest(f"expected a corpus of one page, got {len(pages)}")
    return build_graph(pages[0][1])


def _read_json(data: bytes, _: LossTally) -> ArgumentGraph:
    return read_graph(load_json(data))


def _read_nodeset(data: bytes, tally: LossTally) -> ArgumentGraph:
    return read_xaif(load_json(data), tally).graph


_READERS: Mapping[SourceForm, Callable[[bytes, LossTally], ArgumentGraph]] = {
    SourceForm.JSON: _read_json,
    SourceForm.AIF: _read_nodeset,
    SourceForm.XAIF: _read_nodeset,
    SourceForm.DOT: read_dot,
    SourceForm.GRAPHML: read_graphml,
    SourceForm.ARGDOWN: read_argdown,
    SourceForm.CSV: read_csv,
    SourceForm.CONVOKIT: _read_corpus,
    SourceForm.KIALO: read_kialo,
}
