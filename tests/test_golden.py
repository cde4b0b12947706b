"""Whole pages through every room and the bundled model: bytes in, stored graph out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import build_service
from app.config import Settings
from app.domain.asking import StanceQuestion
from app.domain.graph import About, NodeKind
from app.domain.page import CommentKind, ReplyLink
from app.domain.stance import Label
from app.exchange.aif import graph_as_aif
from app.exchange.aif_reader import read_aif

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
MODEL = Path(__file__).resolve().parents[1] / "models" / "small"
TYPES = {".txt": "text/plain", ".html": "text/html", ".json": "application/json"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """Return a service on an SQLite file, with the bundled model."""
    folder = tmp_path_factory.mktemp("golden")
    settings = Settings(database_url=f"sqlite:///{folder}/fingerpost.sqlite3")
    own = build_service(settings, migrate=True)
    yield own
    own.close()


def added(service, path):
    """Mine and store a page file; return its id and the mined page."""
    page = service.parse(path.read_bytes(), content_type=TYPES[path.suffix], url=None)
    one = service.add_page(page)
    return one.id, one.mined


def blamed_in(mined, comment_id):
    """Return the names that a comment supports."""
    names = {actor.id: actor.name for actor in mined.actors}
    rows = mined.comment_by_id()[comment_id].attributions
    return {names[row.actor] for row in rows if row.label is Label.SUPPORT}


@pytest.mark.parametrize(
    ("name", "comments", "pingbacks"),
    [
        ("missing-rifles.txt", 18, 1),
        ("okribo-oil-spill.html", 22, 1),
        ("exchange-collapse.json", 19, 0),
    ],
)
def test_an_example_becomes_a_stored_graph(service, name, comments, pingbacks):
    """Each bundled example is read whole, mined, stored and read back, graph and all."""
    key, mined = added(service, EXAMPLES / name)
    kinds = [own.comment.kind for own in mined.comments]
    assert (len(kinds), kinds.count(CommentKind.PINGBACK)) == (comments, pingbacks)
    assert service.page(key) == mined
    graph = service.graph(key)
    said = [node for node in graph.nodes if node.kind is NodeKind.LOCUTION]
    assert len([node for node in said if node.about is About.COMMENT]) == comments
    assert read_aif(graph_as_aif(graph)) == graph
    assert mined.hypotheses[0].support > 0
    assert [own.rank for own in mined.hypotheses] == list(range(1, len(mined.hypotheses) + 1))


def test_a_plain_accusation_is_found(service):
    """Who blames the Marlanders outright is read so, and evidence is the comment's own words."""
    _, mined = added(service, EXAMPLES / "missing-rifles.txt")
    assert any("Marland" in name for name in blamed_in(mined, "c1"))
    for own in mined.comments:
        for row in own.attributions:
            assert row.evidence.text_of(own.comment.text).strip()


def test_agreement_below_an_accusation_inherits_it(service):
    """A bare "yep this" takes over what it answers, and says from where."""
    _, mined = added(service, EXAMPLES / "exchange-collapse.json")
    source, heir = mined.comment_by_id()["c11"], mined.comment_by_id()["c12"]
    assert heir.comment.text == "yep this"
    assert heir.comment.reply_link is ReplyLink.GIVEN
    assert [(row.actor, row.label) for row in heir.attributions] == [
        (row.actor, row.label) for row in source.attributions
    ]
    assert {row.inherited_from for row in heir.attributions} == {"c11"}


def test_doubt_about_the_account_is_a_query(service):
    """Who asks for evidence queries the account and blames nobody."""
    _, mined = added(service, EXAMPLES / "exchange-collapse.json")
    doubt = mined.comment_by_id()["c14"]
    assert doubt.comment.text.startswith("Is there any evidence")
    assert doubt.account_stance.label is Label.QUERY
    assert not doubt.claimed_perpetrators


def test_the_sample_page_is_read_as_a_person_reads_it(service, shared):
    """Nine comments, their authors, one pingback, a reply inferred, both suspects named."""
    _, mined = added(service, shared / "pages" / "amarah.txt")
    assert [own.comment.author for own in mined.comments] == [
        "LT Nixon",
        "Drew White",
        "Teflon Don",
        "anand",
        "Hamidreza",
        "Neo",
        "David M",
        "Teflon Don",
        "Marlin",
    ]
    assert mined.comments[6].comment.kind is CommentKind.PINGBACK
    white = mined.comments[1].comment
    assert (white.reply_to, white.reply_link) == ("c1", ReplyLink.INFERRED)
    names = {actor.name: set(actor.aliases) for actor in mined.actors}
    assert {"AQI", "Qaeda"} <= names["al Qaeda in Iraq"]
    assert {"Quds", "Quds force"} <= names["Qods Force"]
    assert "Qods Force" in blamed_in(mined, "c2")


@pytest.mark.parametrize(
    ("text", "context", "target", "label"),
    [
        (
            "The council knew about the cracks for years.",
            None,
            "The council knew of the cracks in the dam.",
            Label.SUPPORT,
        ),
        (
            "Do we know that they opened it at all?",
            None,
            "The harbour board opened the gate on purpose.",
            Label.QUERY,
        ),
        (
            "Nice weather today.",
            None,
            "The harbour board opened the gate on purpose.",
            Label.COMMENT,
        ),
        ("Keep your hands off my guns.", None, "gun control", Label.DENY),
        (
            "Stop lying, no shots were fired.",
            "Breaking: shots fired at Parliament",
            "Breaking: shots fired at Parliament",
            Label.DENY,
        ),
        ("Is this confirmed?", "Shots fired.", "Shots fired.", Label.QUERY),
    ],
)
def test_a_plain_stance_to_a_callers_target_is_found(service, text, context, target, label):
    """Claims, topics and what is answered are told from each other, and read as people mean them.

    No fit to one population of texts may turn what is said outright into a mere comment.
    """
    (answer,) = service.score_stances([StanceQuestion(text, (target,), context)])
    (stance,) = answer.stances

    assert stance.label is label
