"""The command line on a database of its own, with a scorer of word rules for its model."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from app.cli.entry import make_command
from app.config import PREFIX, Settings
from tests.fakes import FakeScorer

if TYPE_CHECKING:
    from pathlib import Path

PAGE = {
    "url": "https://news.example/depot-fire",
    "title": "Fire at the bus depot",
    "article": "Eleven buses burned at the Northgate depot on Sunday night. Nobody was hurt.",
    "comments": [
        {"author": "Ines", "text": "Veltra Transit is behind this."},
        {"author": "Tom", "text": "Exactly.", "reply_to": "c1"},
        {"author": "Åsa", "text": "Not Veltra Transit. Maybe Harbour Union did it."},
    ],
}


@pytest.fixture
def environment(tmp_path, monkeypatch) -> Path:
    """Let the command see only this folder and no settings but the database; return the folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", f"sqlite:///{tmp_path}/fingerpost.sqlite3")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def page_file(environment) -> str:
    """Return the name of a file with a page of three comments."""
    return write_page(environment / "page.json")


@pytest.fixture
def run(environment):
    """Return a runner of the command: arguments in, exit code and both outputs back.

    A command that sets up logs writes them to an output that is gone after the test: so is what
    it set up.
    """
    del environment
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def invoke(*arguments: str, data: bytes = b""):
        return CliRunner().invoke(make_command(), arguments, obj=FakeScorer, input=data)

    yield invoke
    root.handlers[:] = handlers
    root.setLevel(level)


def write_page(path: Path, **changes) -> str:
    """Write the page with changes to a file, and return the file's name."""
    path.write_text(json.dumps(PAGE | changes), encoding="utf-8")
    return path.name
