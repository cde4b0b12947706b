"""Settings: every variable read, explained, and refused in one line where it is wrong."""

from __future__ import annotations

import pytest

from app.config import PREFIX, Settings, find_unknown, hide_password, list_variables, load_settings
from app.errors import ConfigInvalid


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def test_defaults_need_no_environment():
    """With nothing set, Fingerpost serves on this machine alone from an SQLite file."""
    settings = load_settings()

    assert settings.host == "127.0.0.1"
    assert settings.database_url.startswith("sqlite:///")


def test_environment_wins(monkeypatch):
    """A variable replaces the default and is read as its type."""
    monkeypatch.setenv("FINGERPOST_PORT", "9001")
    monkeypatch.setenv("FINGERPOST_THREADS", "2")

    settings = load_settings()

    assert (settings.port, settings.threads) == (9001, 2)


def test_empty_variable_counts_as_not_set(monkeypatch):
    """An empty variable leaves the default in force."""
    monkeypatch.setenv("FINGERPOST_PORT", "")

    assert load_settings().port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("THREADS", "0"),
        ("LOG_FORMAT", "xml"),
        ("DATABASE_URL", "mysql://x/y"),
        ("MAX_COMMENTS", "-1"),
    ],
)
def test_wrong_value_is_named_in_one_line(monkeypatch, name, value):
    """A wrong value is refused in one line with variable, value and expectation."""
    monkeypatch.setenv(PREFIX + name, value)

    with pytest.raises(ConfigInvalid) as refused:
        load_settings()

    message = str(refused.value)
    assert message.startswith(f"{PREFIX}{name}: expected ")
    assert value in message
    assert "\n" not in message


def test_wrong_value_is_cut_and_its_password_hidden(monkeypatch):
    """An error repeats neither a password nor a whole long value nor a control character."""
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", "mysql://me:hunter2@host/\x1b[31m" + "x" * 500)

    with pytest.raises(ConfigInvalid) as refused:
        load_settings()

    message = str(refused.value)
    assert "hunter2" not in message
    assert "\x1b" not in message
    assert len(message) < 300


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:hunter2@host:5432/db", "postgresql://me:***@host:5432/db"),
        ("postgresql://me:p@ss:w/rd@host/db", "postgresql://me:***@host/db"),
        ("postgresql://me@host/db", "postgresql://me@host/db"),
        (
            "postgresql://host/db?user=me&password=hunter2",
            "postgresql://host/db?user=me&password=***",
        ),
        ("sqlite:///var/fingerpost.sqlite3", "sqlite:///var/fingerpost.sqlite3"),
    ],
)
def test_password_is_hidden(url, shown):
    """A URL is shown whole but for its password."""
    assert hide_password(url) == shown


def test_settings_do_not_show_the_password(monkeypatch):
    """Neither the list nor the representation of the settings holds the password."""
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", "postgresql+psycopg://me:hunter2@host/db")

    settings = load_settings()

    assert "hunter2" not in repr(settings)
    assert "hunter2" not in repr(list_variables(settings))


def test_every_variable_is_explained():
    """Every field is listed under its variable with a meaning."""
    listed = list_variables(load_settings())

    assert [each.name for each in listed] == [
        PREFIX + name.upper() for name in Settings.model_fields
    ]
    assert all(each.meaning for each in listed)


def test_slips_of_the_pen_are_found():
    """A variable that begins like ours and is none is told."""
    assert find_unknown(["FINGERPOST_PORT", "FINGERPOST_PROT", "PATH"]) == ("FINGERPOST_PROT",)


def test_secrets_are_not_shown(monkeypatch):
    """Neither the list, nor the representation, nor an error holds the webhook's secret."""
    monkeypatch.setenv("FINGERPOST_WEBHOOK_SECRET", "sixteen letters and more")
    settings = load_settings()
    listed = repr(list_variables(settings))
    monkeypatch.setenv("FINGERPOST_WEBHOOK_SECRET", "hunter2")
    with pytest.raises(ConfigInvalid) as caught:
        load_settings()

    assert "sixteen" not in listed + repr(settings)
    assert "hunter2" not in str(caught.value)
