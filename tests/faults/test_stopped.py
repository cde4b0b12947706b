"""Told to stop in the middle of work, a service ends what it can, keeps the rest, and leaves."""

from __future__ import annotations

import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from tests.faults.serving import page

GRACE_S = 3
SLOW, SLOWER = "time.sleep(0.3)", "time.sleep(2)"
"""What a model does besides each time that it is asked something."""


def test_requests_are_answered_and_jobs_kept(serve, tmp_path):
    """A page under way is answered, a job goes back to those that wait, and the exit code is 0."""
    serving = serve(f"sqlite:///{tmp_path}/fingerpost.sqlite3", on_call=SLOW)
    job = serving.ask("/v1/pages?wait=false", page("job", 2_000))[1]
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(serving.ask, "/v1/pages", page("asked"))
        time.sleep(0.5)  # by now the request has arrived
        serving.process.send_signal(signal.SIGTERM)
        status, answer = asked.result()
        code = serving.wait()

    assert (status, len(answer["comments"])) == (201, 2)
    assert code == 0
    with closing(sqlite3.connect(tmp_path / "fingerpost.sqlite3")) as database:
        states = database.execute("SELECT id, state FROM jobs").fetchall()
    assert states == [(job["id"], "queued")]
    assert "Traceback" not in "".join(serving.words)


def test_no_work_holds_up_the_end(serve, tmp_path):
    """A request that would take minutes is broken off when its time is over; nothing is stored."""
    url = f"sqlite:///{tmp_path}/fingerpost.sqlite3"
    serving = serve(url, on_call=SLOWER, FINGERPOST_GRACE_S=str(GRACE_S))
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(_ask_in_vain, serving, page("endless", 200))
        time.sleep(0.5)
        begun = time.monotonic()
        serving.process.send_signal(signal.SIGTERM)
        code = serving.wait()
        took_s = time.monotonic() - begun
        asked.result()

    assert code == 0
    assert GRACE_S - 1 <= took_s < 10 * GRACE_S
    with closing(sqlite3.connect(tmp_path / "fingerpost.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM pages").fetchone() == (0,)


def _ask_in_vain(serving, sent) -> None:
    try:
        status, _ = serving.ask("/v1/pages", sent)
    except (OSError, ValueError):
        return
    assert status >= 500
