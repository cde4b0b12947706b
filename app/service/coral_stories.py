"""What Coral knows of the stories that it names: title, summary and parent, asked for beforehand.

Coral waits a fifth of a second for an answer and sends ids alone. What is not known yet is asked
for in the background, of the one address that the operator set, and is there for the next comment.
It is kept in memory for some minutes, and nowhere else.

Source: https://docs.coralproject.net/api/overview, whose queries these are.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from queue import Full, Queue
from threading import Lock, Thread
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request

import structlog

from app import parsing
from app.service.outgoing import make_opener

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.config import Settings
    from app.service.moderation import Place

TIMEOUT_S = 5.0
_MOST_BYTES = 1_000_000
_MOST_WAITING = 256
"""Stories asked for at a time; more are asked for when a later comment names them."""

_MOST_KEPT = 5_000
"""Of one comment's length each: some ten megabytes."""

_KEPT_S = 600.0
_UNKNOWN_KEPT_S = 60.0
"""How long Coral is not asked again about what it did not know."""

_STORY = "story(url: $url) { metadata { title description } }"
_ALONE = f"query Story($url: String!) {{ {_STORY} }}"
_WITH_PARENT = (
    f"query Story($url: String!, $parent: ID!) {{ {_STORY} comment(id: $parent) {{ body }} }}"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What Coral tells of a place: texts without markup."""

    title: str | None = None
    summary: str = ""
    parent: str | None = None


class CoralStories:
    """Remembers what Coral told, and asks for what it did not tell yet."""

    def __init__(
        self, url: str, token: str | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = url
        self._token = token
        self._clock = clock
        self._opener = make_opener()
        self._known: OrderedDict[Place, tuple[float, Told | None]] = OrderedDict()
        self._waiting: Queue[Place] = Queue(_MOST_WAITING)
        self._lock = Lock()
        self._thread: Thread | None = None

    def find(self, place: Place) -> Told | None:
        """Return at once what is known; what is not is asked for in the background."""
        with self._lock:
            until, told = self._known.get(place, (0.0, None))
            if self._clock() < until:
                return told
            self._remember(place, None)  # so that it is asked for once
            with suppress(Full):
                self._waiting.put_nowait(place)
            if self._thread is None:
                self._thread = Thread(target=self._keep_asking, name="coral", daemon=True)
                self._thread.start()
        return None

    def wait(self) -> None:
        """Return when everything is asked for that was to be."""
        self._waiting.join()

    def _keep_asking(self) -> None:
        while True:
            place = self._waiting.get()
            try:
                told = self._ask(place)
                with self._lock:
                    self._remember(place, told)
            except (OSError, ValueError, HTTPException, RecursionError) as error:
                if isinstance(error, HTTPError):
                    error.close()
                structlog.get_logger().warning("coral did not tell", error=type(error).__name__)
            finally:
                self._waiting.task_done()

    def _remember(self, place: Place, told: Told | None) -> None:
        kept_s = _UNKNOWN_KEPT_S if told is None else _KEPT_S
        self._known[place] = (self._clock() + kept_s, told)
        self._known.move_to_end(place)
        while len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)

    def _ask(self, place: Place) -> Told | None:
        variables = {"url": place.url}
        if place.parent_id is not None:
            variables["parent"] = place.parent_id
        query = _ALONE if place.parent_id is None else _WITH_PARENT
        body = json.dumps({"query": query, "variables": variables}).encode()
        headers = {"content-type": "application/json"}
        if self._token is not None:
            headers["authorization"] = f"Bearer {self._token}"
        request = Request(self._url, data=body, headers=headers, method="POST")  # noqa: S310 - the operator's
        with self._opener.open(request, timeout=TIMEOUT_S) as answer:
            content = json.loads(answer.read(_MOST_BYTES))
        return _read(content)


def coral_stories_of(settings: Settings) -> CoralStories | None:
    """Return the stories of the Coral that the settings name, None where they name none."""
    if settings.coral_graphql_url is None:
        return None
    token = settings.coral_token
    return CoralStories(
        settings.coral_graphql_url, None if token is None else token.get_secret_value()
    )


def _read(content: object) -> Told | None:
    data = _object(content, "data")
    metadata = _object(_object(data, "story"), "metadata")
    told = Told(
        title=_text(metadata, "title"),
        summary=_text(metadata, "description") or "",
        parent=parsing.archives.fragments.comment_text(
            _text(_object(data, "comment"), "body") or ""
        )
        or None,
    )
    return None if told == Told() else told


def _object(value: object, name: str) -> Mapping[str, object]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: Mapping[str, object], name: str) -> str | None:
    found = value.get(name)
    return found if isinstance(found, str) and found.strip() else None
