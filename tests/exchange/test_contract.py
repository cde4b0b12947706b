"""The contract's JSON: exact fields, RFC 3339 times, and nothing lost on the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.domain.page import Article, Comment, CommentKind, NamedActor, Page, ReplyLink
from app.exchange.contract import graph_as_json, mined_as_json, page_as_json, stance_as_json
from app.parsing.page import parse_page
from tests.exchange.drawn_pages import SUPPORT, mined_page


def test_a_stance_names_its_label_and_every_probability():
    """A stance has the four fields of the contract, with all four probabilities by name."""
    assert stance_as_json(SUPPORT) == {
        "label": "support",
        "certain": True,
        "probability": 0.7,
        "probabilities": {"support": 0.7, "deny": 0.1, "query": 0.1, "comment": 0.1},
    }


def test_a_mined_page_has_exactly_the_fields_of_the_contract():
    """Every object has the contract's fields, a claim what it rests on, a comment its cautions."""
    written = mined_as_json("p1", mined_page())

    assert set(written) == set(
        "id url title article published_at language event account actors comments hypotheses model "
        "mined_at".split()
    )
    assert set(written["actors"][0]) == {"id", "name", "aliases", "mentions"}
    assert written["actors"][0]["mentions"] == [
        {"in": "c1", "start": 4, "end": 11, "text": "council"}
    ]
    assert set(written["comments"][0]) == set(
        "id author text created_at kind reply_to reply_link reply_stance account_stance "
        "attributions claimed_perpetrators cautions".split()
    )
    assert written["comments"][0]["attributions"] == [
        {
            "actor": "council",
            "label": "support",
            "certain": True,
            "role": "perpetrator",
            "reported": False,
            "probability": 0.7,
            "evidence": {"start": 0, "end": 19, "text": "The council did it."},
            "inherited_from": None,
            "premises": None,
            "unsupported": None,
        }
    ]
    assert written["comments"][0]["reply_stance"] is None
    assert written["comments"][1]["reply_stance"] == stance_as_json(SUPPORT)
    assert written["comments"][1]["reply_link"] == "inferred"
    assert set(written["hypotheses"][0]) == set(
        "actor rank strength support deny query authors".split()
    )
    assert written["model"] == {"name": "tiny", "revision": "r1"}


def test_times_are_rfc_3339_in_utc():
    """A time in another zone, and one without any, come out in UTC with a Z."""
    east = datetime(2026, 1, 2, 5, 0, 0, tzinfo=timezone(timedelta(hours=2)))
    bare = datetime(2026, 1, 2, 5, 0, 0)  # noqa: DTZ001 - a time without a zone is the case
    page = Page(
        Article(published_at=east),
        (Comment("c1", "hello", created_at=bare),),
    )

    written = page_as_json(page)

    assert written["published_at"] == "2026-01-02T03:00:00Z"
    assert written["comments"][0]["created_at"] == "2026-01-02T05:00:00Z"


def test_a_time_at_the_end_of_the_calendar_does_not_crash():
    """A time that has no equal in UTC within the calendar keeps its own zone."""
    first_day = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))

    written = page_as_json(Page(Article(published_at=first_day)))

    assert written["published_at"] == "0001-01-01T00:00:00+14:00"


def test_a_page_tells_no_list_of_actors_from_an_empty_one():
    """The key `actors` is absent where the caller gave no list, and empty where it was empty."""
    assert "actors" not in page_as_json(Page(Article()))
    assert page_as_json(Page(Article(), actors=()))["actors"] == []


def test_a_page_keeps_kind_link_and_actors():
    """Kinds, reply links and named actors are written, so that a page can be read back."""
    page = Page(
        Article("Fire", "It burned.", author="Desk"),
        (
            Comment("a", "one"),
            Comment("b", "two", reply_to="a", reply_link=ReplyLink.MARKUP),
            Comment("c", "linked here", kind=CommentKind.PINGBACK),
        ),
        actors=(NamedActor("x", "X Corp", ("X",)),),
    )

    written = page_as_json(page)

    assert [comment["reply_link"] for comment in written["comments"]] == [None, "markup", None]
    assert written["comments"][2]["kind"] == "pingback"
    assert written["actors"] == [{"id": "x", "name": "X Corp", "aliases": ["X"]}]
    assert written["author"] == "Desk"


def test_a_graph_is_written_field_by_field():
    """Each node and edge of a graph has the fields of its value, and JSON can hold them."""
    graph = ArgumentGraph(
        nodes=(
            Node("l1", NodeKind.LOCUTION, "Ann: yes", About.COMMENT, ref="c1", author="Ann"),
            Node("y1", NodeKind.ILLOCUTION, "Asserting", About.RELATION, scheme="Asserting"),
            Node("i1", NodeKind.INFORMATION, "yes", About.COMMENT, ref="c1"),
        ),
        edges=(Edge("l1", "y1"), Edge("y1", "i1")),
    )

    written = graph_as_json(graph)

    assert json.loads(json.dumps(written)) == written
    assert written["edges"] == [
        {"from_id": "l1", "to_id": "y1"},
        {"from_id": "y1", "to_id": "i1"},
    ]
    assert set(written["nodes"][0]) == set(
        "id kind text about scheme ref author created_at probability certain role".split()
    )
    assert written["nodes"][0]["kind"] == "L"


def test_a_page_is_read_back_as_it_was():
    """A page that is written comes back equal from the reader of pages."""
    page = Page(
        Article("Fire", "It burned.", author="Desk", published_at=datetime(2026, 1, 1, tzinfo=UTC)),
        (
            Comment("a", "one", author="Ann", created_at=datetime(2026, 1, 1, 5, tzinfo=UTC)),
            Comment("b", "two", reply_to="a", reply_link=ReplyLink.INFERRED),
            Comment("c", "three", reply_to="a", reply_link=ReplyLink.MARKUP),
            Comment("d", "linked here", kind=CommentKind.PINGBACK),
        ),
        url="https://example.org/fire",
        language="en",
        account="It burned.",
        event="a fire",
        actors=(NamedActor("x", "X Corp", ("X",)),),
    )

    body = json.dumps(page_as_json(page)).encode()

    assert parse_page(body, content_type="application/json") == page
