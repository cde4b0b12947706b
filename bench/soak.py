"""Soaks a real service: mixed traffic at a share of its capacity for long, then a burst.

It says of each phase what was answered and how soon, how memory went, and after how many seconds
answers were quick again. `python bench/soak.py [--minutes 60] [--share 0.8]`. Exits 1 where
anything but success and 429 was answered, or memory grew by more than a tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread

BURST = 10
"""Times the capacity that a burst sends."""

CLIENTS = 160
"""Threads that send; twice what the service reads and lets wait, so that a burst gets its 429."""

CLOSED_LOOP = 4
"""Threads that send one request after the other while the capacity is measured."""

GROWTH_ALLOWED = 1.1
_TIMEOUT_S = 120


@dataclass
class Phase:
    """What was answered: statuses, and the seconds that each success took."""

    name: str
    statuses: Counter[int] = field(default_factory=Counter)
    took_s: list[float] = field(default_factory=list)

    def note(self, status: int, took_s: float) -> None:
        """Count one answer; status 0 is none at all."""
        self.statuses[status] += 1
        if status < 300:  # noqa: PLR2004 - a success
            self.took_s.append(took_s)

    def line(self) -> str:
        """Return a row of a table."""
        cuts = quantiles(self.took_s or [0.0, 0.0], n=100)
        shown = ", ".join(f"{status}: {many}" for status, many in sorted(self.statuses.items()))
        times = " | ".join(f"{1000 * cuts[at]:.0f}" for at in (49, 94, 98))
        return f"| {self.name} | {sum(self.statuses.values())} | {shown} | {times} |"


class Traffic:
    """Requests of a stated mixture, each of its own; six in ten are stances of one text."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count()

    def send(self, phase: Phase) -> None:
        """Send the next request and note its answer."""
        number = next(self._numbers)
        path, body = self._next(number, random.Random(number).random())  # noqa: S311 - a mixture
        begun = time.perf_counter()
        phase.note(self._ask(path, body), time.perf_counter() - begun)

    def _next(self, number: int, drawn: float) -> tuple[str, object]:
        said = f"Veltra Transit is behind fire {number}, I say."
        if drawn < 0.6:  # noqa: PLR2004 - the mixture, here and below
            return "/v1/stance", {"text": said, "targets": ["Veltra Transit did it."]}
        page = {
            "title": f"Fire {number}",
            "article": "Eleven buses burned at the depot.",
            "comments": [{"text": f"{said} {place}"} for place in range(5)],
        }
        if drawn < 0.85:  # noqa: PLR2004
            return "/v1/pages", page
        return ("/v1/pages?wait=false", page) if drawn < 0.9 else ("/v1/pages", None)  # noqa: PLR2004

    def _ask(self, path: str, body: object) -> int:
        request = urllib.request.Request(  # noqa: S310 - our own service
            self._url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310 - ours
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0


def measure_capacity(traffic: Traffic, seconds: float) -> float:
    """Return the requests a second that a few clients get answered, each after the other."""
    phase, over = Phase("capacity"), time.monotonic() + seconds

    def keep_on(_: int) -> None:
        while time.monotonic() < over:
            traffic.send(phase)

    with ThreadPoolExecutor(CLOSED_LOOP) as threads:
        list(threads.map(keep_on, range(CLOSED_LOOP)))
    return sum(phase.statuses.values()) / seconds


def send_at(traffic: Traffic, phase: Phase, *, rate: float, seconds: float) -> None:
    """Send so many requests a second, at random moments, whether or not they are answered."""
    moments, over = random.Random(1), time.monotonic() + seconds  # noqa: S311 - arrivals
    with ThreadPoolExecutor(CLIENTS) as threads:
        at = time.monotonic()
        while (at := at + moments.expovariate(rate)) < over:
            time.sleep(max(0.0, at - time.monotonic()))
            threads.submit(traffic.send, phase)


def seconds_to_recover(traffic: Traffic, usual_s: float) -> float:
    """Return after how many seconds an answer takes no more than twice as long as usual."""
    begun = time.monotonic()
    while time.monotonic() - begun < _TIMEOUT_S:
        phase = Phase("one")
        traffic.send(phase)
        if phase.took_s and phase.took_s[0] <= 2 * usual_s:
            break
    return time.monotonic() - begun


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def watch_memory(pid: int, over: Event, seen: list[float]) -> None:
    """Note the memory of a process each second."""
    while not over.wait(1.0):
        seen.append(memory_mb(pid))


def start(folder: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start a service with the model that the environment chooses; return it and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        env=os.environ
        | {
            "FINGERPOST_DATABASE_URL": f"sqlite:///{folder}/soak.sqlite3",
            "FINGERPOST_LOG_LEVEL": "info",
        },
    )
    assert process.stderr is not None  # noqa: S101 - a pipe was asked for
    for line in process.stderr:
        if b'"listening"' in line:
            Thread(target=process.stderr.read, daemon=True).start()
            return process, str(json.loads(line)["url"])
    raise SystemExit("expected a service that listens, it ended")


def main() -> int:
    """Soak a service and print how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--share", type=float, default=0.8)
    asked = parser.parse_args()
    seconds = asked.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        process, url = start(folder)
        try:
            return soak(process.pid, Traffic(url), seconds=seconds, share=asked.share)
        finally:
            process.terminate()
            process.wait()


def soak(pid: int, traffic: Traffic, *, seconds: float, share: float) -> int:
    """Run the phases on a service and print them; return the exit code."""
    capacity = measure_capacity(traffic, max(10.0, seconds / 20))
    before, seen, over = memory_mb(pid), list[float](), Event()
    Thread(target=watch_memory, args=(pid, over, seen), daemon=True).start()
    steady, burst = Phase(f"{share:.0%} of capacity"), Phase(f"burst of {BURST} times")
    send_at(traffic, steady, rate=share * capacity, seconds=seconds)
    usual_s = median(steady.took_s or [1.0])
    after_steady = memory_mb(pid)
    send_at(traffic, burst, rate=BURST * capacity, seconds=max(5.0, seconds / 60))
    recovered_s = seconds_to_recover(traffic, usual_s)
    over.set()
    print(f"capacity {capacity:.1f} requests/s, {seconds / 60:.1f} minutes\n")
    print("| phase | requests | answered | p50 ms | p95 ms | p99 ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(steady.line())
    print(burst.line())
    half = seen[len(seen) // 2] if seen else before
    print(
        f"\nmemory {before:.0f} MB at first, {half:.0f} half-way, {after_steady:.0f} after, "
        f"{max(seen, default=before):.0f} at most; quick again after {recovered_s:.1f} s"
    )
    wrong = {
        status
        for phase in (steady, burst)
        for status in phase.statuses
        if (status >= 300 and status != 429) or status == 0  # noqa: PLR2004 - success and Busy
    }
    return int(bool(wrong) or after_steady > GROWTH_ALLOWED * half)


if __name__ == "__main__":
    sys.exit(main())
