"""A service that listens, with a scorer of word rules, and Chromium to look at it.

Without Playwright or a Chromium these tests are skipped. FINGERPOST_CHROMIUM names one that is not
on the path; in the folder FINGERPOST_SCREENSHOTS each view is left as a picture.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import structlog
import uvicorn

from app.bootstrap import build_service
from app.config import Settings
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from app.web.app import create_app
from tests.fakes import FakeScorer

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STARTS_WITHIN_S = 120
ANSWERS_WITHIN_MS = 60_000
"""Long, since nothing waits so long unless it fails, and machines may be busy."""


def find_chromium() -> str | None:
    """Return the path of a Chromium, the one that is named or the first on the path."""
    given = os.environ.get("FINGERPOST_CHROMIUM")
    return given or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def _drop(*_: object) -> None:
    raise structlog.DropEvent


def silent_logger():
    """Return a logger that says nothing."""
    return structlog.wrap_logger(None, [_drop])


@pytest.fixture(scope="module")
def chromium():
    """Return a browser, or skip.

    Not for the whole session: Playwright keeps an event loop in this thread while it runs, in
    which other tests could start none of their own.
    """
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="needs Playwright: pip install 'fingerpost[browser]'"
    )
    path = find_chromium()
    if path is None:
        pytest.skip("needs Chromium, none is on the path: FINGERPOST_CHROMIUM may name one")
    with playwright.sync_playwright() as started:
        # Chromium's sandbox does not run as root, as which CI's containers do.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = started.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Listening:
    """A service that listens on a free port of this machine."""

    def __init__(self, settings: Settings) -> None:
        engine = open_engine(settings.database_url)
        upgrade(engine)
        engine.dispose()
        self.service = build_service(settings, load_scorer=FakeScorer)
        app = create_app(self.service, settings, logger=silent_logger())
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> None:
        """Return when it listens."""
        self._thread.start()
        until = time.monotonic() + STARTS_WITHIN_S
        while not self._server.started:
            assert time.monotonic() < until, "the service did not start"
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"

    def add(self, page: dict) -> str:
        """Mine a page and return its id."""
        read = self.service.parse(json.dumps(page).encode(), content_type="application/json")
        return self.service.add_page(read).id

    def stop(self) -> None:
        """Return when it has stopped."""
        self._server.should_exit = True
        self._thread.join(STARTS_WITHIN_S)
        self.service.close()


@pytest.fixture
def listening(tmp_path):
    """Return a service that listens, with nothing in it."""
    service = Listening(Settings(database_url=f"sqlite:///{tmp_path}/fingerpost.sqlite3"))
    service.start()
    yield service
    service.stop()


@pytest.fixture
def open_tab(chromium, listening):
    """Return an opener of tabs, which must stay on this service and run nothing they should not.

    At the end no request has gone anywhere else, and no script was refused or broke.
    """
    contexts, trouble = [], []
    host = urlsplit(listening.address).netloc

    def watch(request) -> None:
        if (
            urlsplit(request.url).scheme not in {"data", "blob"}
            and urlsplit(request.url).netloc != host
        ):
            trouble.append(f"asked {request.url}")

    def make(path: str = "/", **options):
        context = chromium.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(ANSWERS_WITHIN_MS)
        tab.on("request", watch)
        tab.on("pageerror", lambda error: trouble.append(f"broke: {error}"))
        tab.on(
            "console",
            lambda said: trouble.append(f"said: {said.text}") if said.type == "error" else None,
        )
        tab.on("dialog", lambda dialog: (trouble.append("opened a dialog"), dialog.dismiss()))
        tab.goto(listening.address + path)
        return tab

    yield make
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture(scope="session")
def keep_picture():
    """Return a keeper of pictures of a view, where a folder for them is named."""
    named = os.environ.get("FINGERPOST_SCREENSHOTS")
    folder = Path(named) if named else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)

    def keep(tab, name: str) -> None:
        if folder is not None:
            tab.screenshot(path=folder / f"{name}.png")

    return keep
