"""The packages convokit, arguebuf and xaif load what is written here, and find what was meant."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest

from app.domain.graph import ArgumentGraph, Edge, NodeKind
from app.exchange.aif import graph_as_aif
from app.exchange.contract import mined_as_json
from app.exchange.convokit import FOLDER, pages_as_convokit
from app.exchange.convokit_reader import read_convokit
from app.exchange.xaif import graph_as_xaif
from app.exchange.xaif_reader import read_xaif
from app.exchange.xaif_update import document_with_graph
from tests.exchange.drawn import GRAPH, HOSTILE
from tests.exchange.drawn_pages import mined_page


def hostile_page():
    """Return a page of which every text means something to some program."""
    page = mined_page()
    comments = tuple(
        replace(
            page.comments[0],
            comment=replace(
                page.comments[0].comment, id=f"h{at}", text=text or "x", author=text or None
            ),
        )
        for at, text in enumerate(HOSTILE)
    )
    return replace(page, comments=(*page.comments, *comments))


def test_convokit_loads_the_corpus(consumer, tmp_path):
    """ConvoKit finds every utterance with its text, speaker and metadata, in whole trees."""
    pages = [("p1", mined_page()), ("p2", hostile_page())]
    with zipfile.ZipFile(io.BytesIO(pages_as_convokit(pages))) as archive:
        archive.extractall(tmp_path)

    found = consumer("load_corpus.py", tmp_path / FOLDER, tmp_path / "again")

    assert found["whole"]
    assert found["conversations"] == ["p1", "p2"]
    assert len(found["utterances"]) == sum(1 + len(page.comments) for _, page in pages)
    for page_id, page in pages:
        for comment in mined_as_json(page_id, page)["comments"]:
            utterance = found["utterances"][f"{page_id}/{comment['id']}"]
            assert utterance["text"] == comment["text"]
            assert utterance["speaker"] == (comment["author"] or "[no name]")
            assert utterance["meta"]["attributions"] == comment["attributions"]
            assert utterance["same_after_dump"]


def test_what_convokit_dumps_is_read_back(consumer, tmp_path):
    """A corpus that ConvoKit has loaded and dumped holds the same pages."""
    pages = (("p1", mined_page()), ("p2", hostile_page()))
    with zipfile.ZipFile(io.BytesIO(pages_as_convokit(pages))) as archive:
        archive.extractall(tmp_path)
    consumer("load_corpus.py", tmp_path / FOLDER, tmp_path / "again")

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for file in (tmp_path / "again").iterdir():
            archive.write(file, f"again/{file.name}")

    assert read_convokit(stream.getvalue()) == pages


@pytest.mark.parametrize(("form", "write"), [("aif", graph_as_aif), ("xaif", graph_as_xaif)])
def test_arguebuf_loads_the_graph(consumer, tmp_path, form, write):
    """The claims, the relations between them and their kinds arrive in arguebuf."""
    claim = GRAPH.nodes[3]
    more = tuple(claim._replace(id=f"h{at}", text=text) for at, text in enumerate(HOSTILE))
    graph = ArgumentGraph((*GRAPH.nodes, *more), GRAPH.edges)
    file = tmp_path / f"graph.{form}.json"
    file.write_text(json.dumps(write(graph)), encoding="utf-8")

    found = consumer("load_graph.py", form, file)

    said = [node.text for node in graph.nodes if node.kind is NodeKind.INFORMATION]
    assert list(found["atoms"].values()) == said
    assert found["schemes"] == {"7": "Support"}
    assert found["edges"] == [["4", "7"], ["7", "5"]]


def test_xaif_reads_the_document_and_its_change_is_read(consumer, tmp_path):
    """The package xaif finds the relation; one that it adds arrives here, the rest unchanged."""
    file = tmp_path / "graph.xaif.json"
    file.write_text(json.dumps(graph_as_xaif(GRAPH)), encoding="utf-8")

    found = consumer("load_xaif.py", file, "CA", "5", "4")

    assert found["valid"]
    assert found["dialog"]
    related = {
        (row["proposition1_id"], row["proposition2_id"], row["relation"])
        for row in found["relations"]
    }
    assert ("4", "5", "Default Inference") in related
    changed = read_xaif(found["document"])
    assert set(changed.graph.nodes) > set(GRAPH.nodes)
    assert set(changed.graph.edges) > set(GRAPH.edges)
    assert {Edge("x", "10"), Edge("10", "c1/text")} <= set(changed.graph.edges)
    assert document_with_graph(changed, changed.graph) == found["document"]
