"""The other pages: each is there, says what it should, and lets nobody else write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.decision import DecisionFilter
from app.domain.key import Scope
from app.web.gate import KEY_COOKIE
from app.web.site.examples import find_example
from tests.fakes import FakeScorer
from tests.web.samples import page, page_of

COPIED = "Everybody who was there that night knows that Veltra Transit is behind this fire."


def send(browser, path, **fields):
    """Send a form and return the answer, wherever it leads."""
    return browser.post(path, data=fields, follow_redirects=False)


def give(browser, *, file=None, **fields):
    """Send the form of the first page."""
    parts = {name: (None, value) for name, value in fields.items()}
    if file is not None:
        parts["file"] = file
    return browser.post("/pages", files=parts, follow_redirects=False)


PAGES = (
    "/",
    "/claims",
    "/claims?actor=Veltra+Transit&label=deny&role=perpetrator&certain=true&since=2025-03-01",
    "/actors?name=Veltra+Transit",
    "/actors?name=nobody&label=deny",
    "/search",
    "/search?q=behind",
    "/campaigns",
    "/campaigns?pages=2",
    "/moderation",
    "/moderation?sort=surest&label=any",
    "/jobs",
    "/sign-in",
)


def test_every_page_is_there_with_its_policy(browser, mined):
    """Each is HTML that may load from here alone, and run nothing that stands in it."""
    for path in (*PAGES, f"/pages/{mined}", f"/moderation?page={mined}&label=any"):
        answer = browser.get(path)

        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "style=" not in answer.text, path
        assert "<script>" not in answer.text, path


def test_what_is_asked_wrongly_is_said_on_a_page(browser):
    """A parameter out of its range is no bare error."""
    for path in ("/moderation?sort=best", "/claims?since=yesterday", "/actors?name="):
        answer = browser.get(path)

        assert answer.status_code == 422, path
        assert answer.headers["content-type"].startswith("text/html"), path


def test_a_pasted_text_becomes_a_page(browser):
    """Pasting leads to the page; pasting the same again to the same one."""
    text = "Fire\n\nIt burned.\n\nComments\n\nInes says:\nVeltra Transit is behind this.\n"

    first, again = give(browser, text=text), give(browser, text=text)

    assert first.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert "Veltra Transit" in browser.get(first.headers["location"]).text


def test_a_dropped_file_becomes_a_page_and_an_archive_a_job(browser):
    """What the file is decides where it leads."""
    saved = find_example("missing-rifles.txt").read()
    archive = b'{"comments": [{"text": "Veltra Transit is behind this."}]}\n' * 2

    page_answer = give(browser, file=("fire.txt", saved, "text/plain"))
    job_answer = give(browser, file=("all.jsonl", archive, "application/octet-stream"))

    assert page_answer.headers["location"].startswith("/pages/")
    assert job_answer.headers["location"].startswith("/jobs/")
    shown = browser.get(job_answer.headers["location"])
    assert "Waiting to be read" in shown.text
    assert job_answer.headers["location"] in browser.get("/").text


def test_nothing_is_no_page(browser):
    """An empty form is refused in words, and so is what is too much or no form at all."""
    answer = give(browser, text=" ")

    assert answer.status_code == 422
    assert "got neither" in answer.text
    assert give(browser, text="x" * 1_000_001).status_code == 413
    assert give(browser, text="x", url="javascript:alert(1)").status_code == 422
    assert send(browser, "/pages", text="x").status_code == 422
    large = ("page.txt", b"x" * 1_000_001, "text/plain")
    assert give(browser, file=large, kind="page").status_code == 413


def test_a_job_can_be_cancelled_and_leads_to_its_page(browser):
    """A long page is read in the background; cancelled, it says so."""
    job = browser.post("/v1/pages", json=page_of(30)).json()["id"]
    send(browser, f"/jobs/{job}/cancel")
    assert "Cancelled" in browser.get(f"/jobs/{job}").text
    as_json = browser.get(f"/jobs/{job}", headers={"accept": "application/json"}).json()
    assert (as_json["state"], as_json["over"]) == ("cancelled", True)


def test_an_example_is_one_click(browser):
    """Each example is mined when it is asked for."""
    answer = send(browser, "/examples/missing-rifles.txt")

    assert "412 rifles" in browser.get(answer.headers["location"]).text
    assert send(browser, "/examples/..%2Fpyproject.toml").status_code == 404


def test_campaigns_lead_to_their_comments(browser):
    """A text that two have is a campaign, with both."""
    browser.post(
        "/v1/pages",
        json=page(comments=[{"author": "A", "text": COPIED}, {"author": "B", "text": COPIED}]),
    )
    found = browser.get("/campaigns").text
    path = "/campaigns/" + found.partition('href="/campaigns/g')[2].partition('"')[0]

    assert "2 comments" in found
    assert browser.get(path.replace("/campaigns/", "/campaigns/g", 1)).text.count(COPIED) == 2


def test_a_decision_is_taken_in_the_ledger_and_taken_back(browser, mined):
    """A rejected comment leaves page and queue; undone, it is back in both."""
    assert "Veltra Transit is behind this." in text_of_queue(browser)
    sent = send(
        browser,
        "/moderation/decide",
        page=mined,
        comment="c1",
        action="reject",
        reason="no grounds",
        decided_by="Mo",
    )
    assert (sent.status_code, sent.headers["location"]) == (303, "/moderation")
    assert len(browser.get(f"/v1/pages/{mined}").json()["comments"]) == 2
    (decision,) = browser.get("/v1/decisions").json()["items"]
    assert (decision["reason"], decision["decided_by"]) == ("no grounds", "Mo")
    assert "no grounds" in browser.get("/moderation").text

    send(browser, "/moderation/undo", decision=decision["id"], decided_by="Mo")
    assert len(browser.get(f"/v1/pages/{mined}").json()["comments"]) == 3
    assert "Veltra Transit is behind this." in text_of_queue(browser)


def text_of_queue(browser) -> str:
    """Return the queue's part of the page."""
    return browser.get("/moderation").text.partition('class="queue"')[2].partition("<aside")[0]


def test_a_script_is_answered_in_json(browser, mined):
    """The queue's own script hears what was decided, or what is wrong, without a page."""
    headers = {"accept": "application/json"}
    fields = {"page": mined, "comment": "c1", "action": "reject", "decided_by": "Mo"}

    refused = browser.post("/moderation/decide", data=fields, headers=headers)
    taken = browser.post(
        "/moderation/decide", data={**fields, "reason": "no grounds"}, headers=headers
    )

    assert (refused.status_code, taken.status_code) == (422, 201)
    assert refused.headers["content-type"] == "application/problem+json"
    assert taken.json()["action"] == "reject"


OF_OTHERS = (
    {},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9000"},
    {"origin": "https://evil.example"},
)


def test_forms_of_others_change_nothing(client):
    """A form that is not known to be ours is refused before it is read."""
    mined = client.post("/v1/pages", json=page()).json()["id"]
    fields = {"page": mined, "comment": "c1", "action": "reject", "reason": "x", "decided_by": "x"}

    for headers in OF_OTHERS:
        answer = client.post("/moderation/decide", data=fields, headers=headers)
        assert answer.status_code == 403, headers

    assert client.get("/v1/decisions").json()["items"] == []


def test_an_origin_of_ours_is_enough(client):
    """Browsers without Sec-Fetch-Site send the origin."""
    headers = {"origin": "http://127.0.0.1:8000"}

    answer = client.post("/examples/missing-rifles.txt", headers=headers, follow_redirects=False)

    assert answer.status_code == 303


@pytest.fixture
def guarded(settings, make_client):
    """Return a maker of keys and a browser of a service that asks for one."""
    with make_client(FakeScorer()) as client:
        parts = client.app.state.parts
        client.app.state.parts = replace(
            parts, settings=settings.model_copy(update={"require_keys": True})
        )
        client.headers.update({"sec-fetch-site": "same-origin", "accept": "text/html"})
        yield client


def test_a_browser_signs_in_with_a_key(guarded):
    """Without a key every page leads to the form; with it, to where one came from."""
    key = guarded.app.state.parts.service.keys.make("Mo", [Scope.READ]).secret
    away = guarded.get("/claims?label=deny", follow_redirects=False)
    assert away.headers["location"] == "/sign-in?next=%2Fclaims%3Flabel%3Ddeny"
    assert send(guarded, "/sign-in", key="fp-wrong").status_code == 401

    answer = send(guarded, "/sign-in", key=key, next="/claims?label=deny")

    cookie = answer.headers["set-cookie"].lower()
    assert answer.headers["location"] == "/claims?label=deny"
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "Sign out" in guarded.get("/").text
    send(guarded, "/sign-out")
    assert guarded.get("/", follow_redirects=False).status_code == 303


def test_the_cookie_has_the_scope_of_its_key_and_no_more(guarded):
    """To read is not to decide, and the cookie counts on no route but the pages'."""
    keys = guarded.app.state.parts.service.keys
    guarded.cookies.set(KEY_COOKIE, keys.make("reader", [Scope.READ]).secret)

    assert guarded.get("/").status_code == 200
    assert send(guarded, "/examples/missing-rifles.txt").status_code == 403
    assert guarded.get("/v1/pages").status_code == 401


def test_whoever_signed_in_decides_under_the_key_s_name(guarded):
    """Nobody decides as another."""
    service = guarded.app.state.parts.service
    guarded.cookies.set(KEY_COOKIE, service.keys.make("Mo", [Scope.READ, Scope.MINE]).secret)
    location = send(guarded, "/examples/missing-rifles.txt").headers["location"]
    page_id = location.rpartition("/")[2]

    send(
        guarded,
        "/moderation/decide",
        page=page_id,
        comment=service.page(page_id).comments[0].comment.id,
        action="approve",
        decided_by="somebody else",
    )

    (decision,) = service.ledger.walk(DecisionFilter())
    assert decision.decided_by == "Mo"


def test_signing_in_leads_nowhere_else(guarded):
    """Where to go next is a path of this service."""
    key = guarded.app.state.parts.service.keys.make("Mo", [Scope.READ]).secret

    for goal in ("//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\r\nb: c"):
        assert send(guarded, "/sign-in", key=key, next=goal).headers["location"] == "/", goal


def test_files_are_kept_by_browsers(client):
    """A style sheet may be kept for good: its address names its content."""
    home = client.get("/").text
    address = home.partition('rel="stylesheet" href="')[2].partition('"')[0]

    answer = client.get(address)

    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/x/nothing.css").status_code == 404
