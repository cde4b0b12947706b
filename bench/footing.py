"""What a service costs that does little: start to its first prediction, and memory as it works.

python bench/footing.py [--pages N] [--starts N] [--stand-in] [--json FILE]

Starts `fingerpost serve` on a free port of the loopback with a database of its own, which the first
start makes and the others find, asks it at once for a stance, then has it mine pages of 500 short
comments, all unlike, and reads from /proc how much memory it holds after each. Start is by the
clock and by the processor's time, which a busy neighbour does not stretch as much. `--stand-in` has
a scorer that answers at once in the model's place: what all else holds after a million comments
(--pages 2000), which the model would read for hours.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from goals import Row, write_rows
from rounds import spread
from texts import ROOT, written_comments

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENTS = 500
"""Comments a page; each is cut to some words, so that many pages are mined in minutes."""

CHARS = 40
EARLY = 10_000
"""Comments after which memory is to grow no more; half of them all where they are fewer."""

START_S, PEAK_MB, FLAT = 1.5, 400.0, 1.05
TIMEOUT_S = 180
TICKS = os.sysconf("SC_CLK_TCK")
WITH_STAND_IN = """
import sys
from stand_ins import TimedScorer
from app.cli.entry import make_command
make_command()(sys.argv[1:], obj=lambda: TimedScorer(0))
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A service that runs: where it answers, and its process."""

    url: str
    pid: int
    began_s: float

    def post(self, path: str, body: object) -> bytes:
        """Send JSON and return the answer."""
        request = urllib.request.Request(  # noqa: S310 - our own service's address
            self.url + path,
            json.dumps(body).encode(),
            {"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - as above
            return bytes(answer.read())

    def mine(self, body: object) -> None:
        """Have a page mined, which a long one is as a job, and wait for it."""
        job = json.loads(self.post("/v1/pages?wait=false", body))
        while job["state"] in {"queued", "running"}:
            time.sleep(0.2)
            with urllib.request.urlopen(f"{self.url}/v1/jobs/{job['id']}") as answer:  # noqa: S310 - as above
                job = json.load(answer)
        if job["state"] != "done":
            raise RuntimeError(f"expected a page to be mined, its job is {job['state']}")

    def memory_mb(self, key: str) -> float:
        """Return VmRSS (what it holds) or VmHWM (the most it held), in millions of bytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines():
            if line.startswith(key):
                return int(line.split()[1]) * 1024 / 1e6
        raise RuntimeError(f"expected {key} of process {self.pid}")

    def cpu_s(self) -> float:
        """Return the processor's seconds so far, its threads' together."""
        parts = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / TICKS


def main() -> None:
    """Start, ask, mine, and print or write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--stand-in", action="store_true")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    walls, busy, idle_mb = [], [], []
    with TemporaryDirectory() as folder:
        for _ in range(1 + args.starts):
            with served(Path(folder), stand_in=args.stand_in) as service:
                first_answer(service)
                walls.append(time.perf_counter() - service.began_s)
                busy.append(service.cpu_s())
                idle_mb.append(service.memory_mb("VmRSS"))
        with served(Path(folder), stand_in=args.stand_in) as service:
            first_answer(service)
            held = []
            for number in range(args.pages):
                service.mine(page(number))
                held.append(service.memory_mb("VmRSS"))
            peak = service.memory_mb("VmHWM")
    new_s, *walls = walls
    early = min((args.pages - 1) // 2, EARLY // COMMENTS - 1)
    start, flat = spread(walls), held[-1] / held[early]
    mined = f"after {COMMENTS * args.pages:,} comments"
    shown = ", ".join(f"{held[at]:.0f}" for at in range(0, args.pages, 1 + args.pages // 12))
    write_rows(
        args.json,
        [
            Row(
                "7",
                "start of `fingerpost serve` to its first prediction, by the clock",
                "at most 1.5 s",
                f"{start} s",
                start.median <= START_S,
            ),
            Row("", "the same, processor's time", "", f"{spread(busy[1:])} s"),
            Row("", "the very first start, which makes the database", "", f"{new_s:.2f} s"),
            Row("", "memory after the first prediction", "", f"{spread(idle_mb)} MB"),
            Row(
                "7",
                f"peak memory of the service {mined}",
                "at most 400 MB",
                f"{peak:.0f} MB",
                peak <= PEAK_MB,
            ),
            Row(
                "7",
                f"memory flat: {mined} against {COMMENTS * (early + 1):,}",
                "at most 1.05 times",
                f"{flat:.3f} times ({shown} MB on the way)",
                flat <= FLAT,
            ),
        ],
    )


def first_answer(service: Served) -> None:
    """Ask for a stance until the service gives one."""
    body = {"text": "The harbour board opened the gate.", "targets": ["The board is to blame."]}
    for _ in range(10 * TIMEOUT_S):
        try:
            service.post("/v1/stance", body)
        except urllib.error.HTTPError as error:
            if error.code != 503:  # noqa: PLR2004 - the model is being loaded
                raise
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("expected an answer from the service")


def page(number: int) -> dict[str, object]:
    """Return a page whose comments stand on no other."""
    texts = written_comments()
    comments = [
        {"text": f"{number}-{place} {texts[place % len(texts)][:CHARS]}"}
        for place in range(COMMENTS)
    ]
    return {"title": f"Page {number}", "article": "The dam was opened.", "comments": comments}


@contextmanager
def served(folder: Path, *, stand_in: bool = False) -> Iterator[Served]:
    """Serve on the loopback with the database of a folder, until the end."""
    command = WITH_STAND_IN if stand_in else "from app.cli import main; main()"
    with (folder / "log").open("w+", encoding="utf-8") as log:
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", command, "serve", "--port", "0"],
            cwd=ROOT,
            env={
                **os.environ,
                "FINGERPOST_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
                "PYTHONPATH": str(Path(__file__).parent),
            },
            stderr=log,
        )
        try:
            yield Served(_address(folder / "log", process), process.pid, began)
        finally:
            process.terminate()
            process.wait(TIMEOUT_S)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Return where the service listens, once it says so."""
    for _ in range(50 * TIMEOUT_S):
        for line in log.read_text("utf-8").splitlines():
            if '"listening"' in line:
                return str(json.loads(line)["url"])
        if process.poll() is not None:
            raise RuntimeError(f"expected the service to start, it ended: {log.read_text()[-500:]}")
        time.sleep(0.02)
    raise RuntimeError("expected the service to start")


if __name__ == "__main__":
    main()
