"""The other subcommands, and what all share: codes, one-line errors, help, quiet pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from app.cli.entry import make_command
from app.cli.screen import plain
from app.config import PREFIX, Settings
from app.errors import ConfigInvalid


def test_help_names_the_commands(run):
    """Help lists every subcommand."""
    done = run("--help")

    assert done.exit_code == 0
    for name in ("serve", "mine", "export", "db", "config"):
        assert name in done.stdout


def test_unknown_command_is_misuse(run):
    """An unknown subcommand exits with 2."""
    assert run("frobnicate").exit_code == 2


def test_version(run):
    """The version is that of the distribution."""
    assert run("--version").stdout.startswith("fingerpost 0.")


def test_config_lists_every_variable(run):
    """In a pipe the settings are JSON, on demand a table."""
    listed = json.loads(run("config").stdout)
    table = run("config", "--format", "table").stdout

    assert [each["name"] for each in listed] == [
        PREFIX + name.upper() for name in Settings.model_fields
    ]
    assert "FINGERPOST_MODEL" in table


def test_config_hides_the_password(run, monkeypatch):
    """The password in a database's URL is never shown."""
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", "postgresql://me:hunter2@localhost/db")

    for form in ("json", "table"):
        done = run("config", "--format", form)
        assert "hunter2" not in done.output
        assert "***" in done.output


def test_config_tells_slips_of_the_pen(run, monkeypatch):
    """A variable that is no setting is told on standard error."""
    monkeypatch.setenv("FINGERPOST_PROT", "8000")

    assert "FINGERPOST_PROT" in run("config").stderr


def test_wrong_setting_is_one_line(run, monkeypatch, page_file):
    """A wrong setting is misuse, said in one line, unless the whole story is asked for."""
    monkeypatch.setenv("FINGERPOST_PORT", "eighty")

    done = run("mine", page_file)
    story = run("--debug", "mine", page_file)

    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "fingerpost: FINGERPOST_PORT: expected a whole number from 0 to 65535, got 'eighty'"
    ]
    assert isinstance(story.exception, ConfigInvalid)


def test_database_goes_up_and_down(run):
    """The schema goes up, down and up again, and `current` says where it is."""
    before = run("db", "current")
    run("db", "upgrade")
    after = run("db", "current")
    down = run("db", "downgrade", "base")
    again = run("db", "current")
    up = run("db", "upgrade")

    assert (before.stdout, before.exit_code) == ("none\n", 1)
    assert after.exit_code == down.exit_code == up.exit_code == 0
    assert after.stdout.strip() not in {"", "none"}
    assert again.stdout == "none\n"


def test_unknown_revision_is_one_line(run):
    """A revision that does not exist fails in one line."""
    done = run("db", "upgrade", "nowhere")

    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1


def test_server_out_of_reach_is_one_line(run, monkeypatch, page_file):
    """A database that does not answer fails in one line, without its password."""
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/db")

    done = run("mine", page_file)

    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "hunter2" not in done.stderr


def test_export_names_what_is_not_there(run, page_file):
    """Pages that exist come out, the others are named, and the code is 1."""
    page_id = json.loads(run("mine", page_file).stdout)["id"]

    done = run("export", "pnone", page_id, "--format", "graph")

    assert done.exit_code == 1
    assert {"nodes", "edges"} <= json.loads(done.stdout).keys()
    assert "pnone" in done.stderr


def test_absent_model_is_one_line(environment, page_file):
    """Without a model the command fails in one line that names the setting."""
    del environment
    done = _fingerpost("mine", "--no-store", page_file, FINGERPOST_MODEL="absent")

    assert done.returncode == 1
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 1
    assert b"FINGERPOST_MODEL" in done.stderr


def test_closed_pipe_is_quiet(environment):
    """A reader that closes the pipe early meets no traceback."""
    del environment
    reading, writing = os.pipe()
    os.close(reading)
    done = _fingerpost("config", out=writing)
    os.close(writing)

    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_help_loads_neither_model_nor_database():
    """Help is quick because torch, SQLAlchemy and the web stay unloaded."""
    code = (
        "import sys; import app.cli; app.cli.entry.make_command();"
        "print(sorted({'torch', 'sqlalchemy', 'fastapi', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60
    )

    assert done.stdout.strip() == b"[]"


def test_command_is_made_anew():
    """Nothing is shared between commands."""
    assert make_command() is not make_command()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\n two\tthree ", "one two three"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("\ud800", "\ufffd"),
        ("naïve 火事 👍🏽", "naïve 火事 👍🏽"),
    ],
)
def test_plain_text_moves_nothing(text, shown):
    """Plain text is one line without controls, directions or halves of characters."""
    assert plain(text) == shown


def test_plain_text_is_cut():
    """A long text ends in an ellipsis within the limit."""
    assert plain("word " * 50, limit=12) == "word word w…"


def _fingerpost(
    *arguments: str, out: int = subprocess.PIPE, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", "from app.cli import main; main()", *arguments],
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
        env=os.environ | variables,
        timeout=60,
    )
