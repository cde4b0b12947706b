"""What Coral tells of its stories: asked for in the background, of one address, kept in memory."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pydantic import SecretStr

from app.service.coral_stories import CoralStories, Told
from app.service.moderation import Place, Question

URL = "https://news.example/depot-fire"
STORY = {"metadata": {"title": "Fire at the depot", "description": "Eleven buses burned."}}
PARENT = {"body": "<div>Veltra&nbsp;Transit is <b>behind</b> this.</div>"}


class Coral(ThreadingHTTPServer):
    """A Coral that gives one answer, and remembers what it was asked."""

    def __init__(self, answer: bytes, *, status: int, location: str | None) -> None:
        self.answer, self.status, self.location = answer, status, location
        self.asked: list[tuple[str, str | None, dict]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}/api/graphql"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, self.headers["authorization"], body["variables"]))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("location", self.server.location)
        self.send_header("content-length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    do_GET = do_POST  # noqa: N815 - its name; what a followed redirect would ask

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def coral():
    """Return a maker of Corals that answer with some data."""
    running = []

    def make(data: object = None, *, raw: bytes | None = None, status=200, location=None) -> Coral:
        answer = json.dumps({"data": data}).encode() if raw is None else raw
        server = Coral(answer, status=status, location=location)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread))
        return server

    yield make
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def test_what_is_asked_for_is_there_the_next_time(coral):
    """The first comment waits for nothing, the next one has title, summary and parent."""
    server = coral({"story": STORY, "comment": PARENT})
    stories = CoralStories(server.url, "a token")
    place = Place(URL, "c1")

    assert stories.find(place) is None
    stories.wait()
    told = stories.find(place)

    assert told == Told(
        "Fire at the depot", "Eleven buses burned.", "Veltra Transit is behind this."
    )
    assert server.asked == [
        ("/api/graphql", "Bearer a token", {"url": URL, "parent": "c1"}),
    ]


def test_coral_is_asked_again_after_some_minutes(coral):
    """What was told is believed for a while only, and what was not known is asked for again."""
    now = [0.0]
    server = coral({"story": None})
    stories = CoralStories(server.url, None, clock=lambda: now[0])
    for then in (0.0, 30.0, 61.0):
        now[0] = then
        assert stories.find(Place(URL)) is None
        stories.wait()

    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"raw": b""},
        {"raw": b"[" * 100_000},
        {"raw": b"[1, 2]"},
        {"raw": b'{"errors": [{"message": "no"}], "data": null}'},
        {"data": {"story": {"metadata": 7}, "comment": []}},
        {"status": 500, "raw": b"no"},
    ],
)
def test_nonsense_is_nothing(coral, answer):
    """Whatever Coral answers, nothing breaks and nothing is believed."""
    stories = CoralStories(coral(**answer).url, None)

    for _ in range(2):
        assert stories.find(Place(URL)) is None
        stories.wait()


def test_a_redirect_is_not_followed(coral):
    """Only the address that the operator set is ever asked."""
    other = coral({"story": STORY})
    server = coral(raw=b"", status=302, location=other.url)
    stories = CoralStories(server.url, "a token")

    stories.find(Place("http://127.0.0.1:1/elsewhere"))
    stories.wait()

    assert len(server.asked) == 1
    assert other.asked == []


def test_comments_are_judged_under_what_coral_told(coral, make_service):
    """Agreement is an accusation once the parent is known, and stands to the parent."""
    server = coral({"story": STORY, "comment": PARENT})
    service = make_service(coral_graphql_url=server.url, coral_token=SecretStr("a token"))
    place = Place(URL, "c1")

    first = service.moderation.judge(Question("I agree."), place)
    service.moderation._stories.wait()  # noqa: SLF001 - the background's end
    second = service.moderation.judge(Question("I agree."), place)

    assert first.reply_stance is None
    assert first.accusation == 0
    assert second.reply_stance.label == "support"
    assert second.accusation > 0.5
