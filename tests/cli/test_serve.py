"""`serve`: a real process that listens, answers, and stops when told to."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from app.bootstrap import build_service
from app.cli.serve import _finish_start
from app.config import Settings
from tests.fakes import FakeScorer

CHECKOUT = Path(__file__).resolve().parents[2]
SERVE = (
    "from app.cli.entry import make_command; from tests.fakes import FakeScorer;"
    "make_command()(['serve', '--port', '0'], obj=FakeScorer)"
)


def start_service() -> subprocess.Popen[bytes]:
    """Return a process that serves with a stand-in for the model, its log in a pipe."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", SERVE],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_told_to_stop(environment, number):
    """It says where it listens, answers there, and ends well on either signal."""
    del environment
    process = start_service()
    with process:
        assert process.stderr is not None
        try:
            url = next(
                line["url"]
                for line in map(json.loads, process.stderr)
                if line["event"] == "listening"
            )
            with urllib.request.urlopen(f"{url}/ready", timeout=30) as answer:  # noqa: S310 - our own
                ready = json.load(answer)
        finally:
            process.send_signal(number)
        rest = process.stderr.read()
        process.wait(timeout=30)

    assert ready["model"]["name"] == "fake"
    assert b"Traceback" not in rest
    assert process.returncode == 0


def test_a_stop_right_after_the_start_is_not_lost(environment):
    """Whoever is told to stop before it hears requests stops as well, and says nothing bad."""
    del environment
    process = start_service()
    with process:
        assert process.stderr is not None
        try:
            next(line for line in process.stderr if b'"listening"' in line)
            process.send_signal(signal.SIGTERM)
            _, rest = process.communicate(timeout=30)
        finally:
            process.kill()

    assert b"Traceback" not in rest
    assert process.returncode == 0


def test_port_in_use_is_one_line(run):
    """A port that somebody else has is misuse, said in one line."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = run("serve", "--port", str(other.getsockname()[1]))

    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert "in use" in done.stderr


def test_host_of_nobody_is_one_line(run):
    """An address that is not of this machine is misuse, said in one line."""
    done = run("serve", "--host", "203.0.113.1")

    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_port_out_of_range_is_misuse(run):
    """A port beyond the last one is refused as misuse."""
    assert run("serve", "--port", "70000").exit_code == 2


def test_what_is_loaded_is_left_out_of_garbage_collection():
    """Else requests wait for it to be looked through; what comes later is collected again."""
    service = build_service(Settings(database_url="sqlite://"), load_scorer=FakeScorer)
    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        _finish_start(service)

        assert gc.get_freeze_count() > frozen
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
