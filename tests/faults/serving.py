"""Real services as processes of their own, with word rules for a model, to be ill-treated."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

ALL = os.environ.get("FAULTS") == "all"
"""Whether what takes long is tested too: `make faults` asks for it."""

PATIENCE_S = 240
"""How long anything may take on a machine that is busy with other tests."""

SERVE = """
import time
from app.cli.entry import make_command
from tests.fakes import FakeScorer
{before}
make_command()(['serve', '--port', '0'], obj=lambda: FakeScorer(on_call=lambda: {on_call}))
"""


@dataclass
class Serving:
    """A service that runs: its process, where it listens, and what it has logged by now."""

    process: subprocess.Popen[bytes]
    url: str = ""
    log: list[dict[str, Any]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    reader: Thread | None = None

    def wait_until_listening(self) -> None:
        """Return once the service says where it listens."""
        deadline = time.monotonic() + PATIENCE_S
        while not (said := [line for line in self.log if line["event"] == "listening"]):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"expected a service that listens, got {self.words}")
            time.sleep(0.01)
        self.url = said[0]["url"]

    def read_log(self) -> None:
        """Take what the process writes, so that it never waits for a reader; runs in a thread."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.words.append(line.decode())
            if line.startswith(b"{"):
                self.log.append(json.loads(line))

    def ask(
        self, path: str, body: object = None, *, method: str | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Return the status and the JSON of an answer; OSError where there is none."""
        request = urllib.request.Request(  # noqa: S310 - our own service
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - ours
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
        except http.client.HTTPException as error:  # it died within an answer
            raise OSError("expected a whole answer") from error

    def wait_for_job(self, job_id: str) -> dict[str, Any]:
        """Return the job once it is over."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            _, job = self.ask(f"/v1/jobs/{job_id}")
            if job["state"] not in {"queued", "running"}:
                return job
            time.sleep(0.05)
        raise AssertionError(f"expected a job that ends, got {job}")

    def wait_for(self, path: str, status: int) -> dict[str, Any]:
        """Return the answer once it has that status."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                got, answer = self.ask(path)
            except OSError:
                got, answer = 0, {}
            if got == status:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"expected {path} to answer {status}, got {got}")

    def end(self) -> None:
        """Kill the process if it is still there."""
        self.process.kill()
        self.wait()

    def wait(self) -> int:
        """Return the exit code once the process has ended and all it wrote is read."""
        code = self.process.wait(PATIENCE_S)
        if self.reader is not None:
            self.reader.join(PATIENCE_S)
        if self.process.stderr is not None:
            self.process.stderr.close()
        return code


def environment(**changes: str) -> dict[str, str]:
    """Return this environment without settings of Fingerpost but for those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FINGERPOST_")}
    return kept | {"PYTHONPATH": str(ROOT)} | changes


def start(
    folder: Path, *, on_call: str = "time.sleep(0.005)", before: str = "", **variables: str
) -> Serving:
    """Start a service in that folder; `on_call` is what its model does besides, in Python."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", SERVE.format(before=before, on_call=on_call)],
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(**variables),
    )
    serving = Serving(process)
    serving.reader = Thread(target=serving.read_log, daemon=True)
    serving.reader.start()
    return serving


def page(name: str, comments: int = 2) -> dict[str, Any]:
    """Return a page that is told from others by its name."""
    return {
        "title": f"Fire {name}",
        "article": "Eleven buses burned.",
        "comments": [
            {"text": f"Veltra Transit did {name}, number {number}."} for number in range(comments)
        ],
    }
