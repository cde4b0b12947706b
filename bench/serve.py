"""How long a moderation tool waits for a running service: idle, with 32 callers, beside a page.

python bench/serve.py [PAGES_DIR] [--url URL] [--seconds N] [--callers N]

The callers are those of `wrk` where it is installed (Debian has it): a client in Python takes as
much of the processor as the service's own HTTP does. It counts answers other than 2xx; that each is
its own request's is seen with the callers of this program, which come after.

Starts `fingerpost serve` on a free port of the loopback with a database of its own (or asks the
one at URL), and sends a comment of some fifty tokens with three targets to POST /v1/stance; each
request is another comment. A page of 500 comments is made of PAGES_DIR's comments, or of the one
comment where there is none. Prints each figure beside its goal, whether every request was answered
once and by its own answer, and the machine's load, without which no figure means anything.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx2

from app.bootstrap import build_service
from app.config import Settings
from app.domain.asking import StanceQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WRK = """
local asked = 0
request = function()
  asked = asked + 1
  local body = [==[BEFORE]==] .. (asked * STEP + os.time() * 1000) .. [==[AFTER]==]
  return wrk.format("POST", nil, {["content-type"] = "application/json"}, body)
end
done = function(summary, latency)
  print("figures", summary.requests / summary.duration * 1e6, latency:percentile(95) / 1e3,
    summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout)
end
"""
"""Each request is another comment, as with the callers of this program."""

STEP = 7919
NUMBERS = count(1_000 * int(time.time()), STEP)
"""What makes each comment another: of as many digits, and so tokens, whoever reads it."""

WARM_UP = 20
IDLE_REQUESTS = 150
OFFLINE_COMMENTS = 1_000
ROUNDS = 3
"""Times that offline and callers take turns: machines are faster in one minute than the next."""
START_TIMEOUT_S = 300
PAGE_COMMENTS = 500
TARGETS = (
    "The council left the valve open.",
    "The contractor is responsible for the flood.",
    "The flood was an accident that nobody could foresee.",
)
COMMENT = (
    "Come on, number {number}, the contractor had signed off that valve twice and was paid for "
    "three inspections; my brother works there and says nobody went down into the shaft at all, so "
    "do not tell me that the council could have known any better."
)


@dataclass(slots=True)
class Seen:
    """What came of requests: seconds of each that was answered, and what went wrong."""

    took_s: list[float] = field(default_factory=list)
    sent: int = 0
    refused: int = 0
    wrong: int = 0

    def take_over(self, more: Seen) -> None:
        """Add what came of further requests, numbered on from these."""
        self.took_s += more.took_s
        self.sent = more.sent
        self.refused += more.refused
        self.wrong += more.wrong

    def share(self, quantile: float) -> float:
        """Return that quantile of the times, in milliseconds."""
        ordered = sorted(self.took_s) or [float("nan")]
        return 1000 * ordered[min(len(ordered) - 1, int(quantile * len(ordered)))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, nargs="?", default=Path("none"))
    parser.add_argument("--url", help="A service that runs, without keys; none is started then.")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--callers", type=int, default=32)
    args = parser.parse_args()
    page = make_page(args.pages)
    print(f"load before: {_load()} on {os.cpu_count()} cores")
    with offline_reader() as offline_rate:
        if args.url:
            asyncio.run(measure(args.url, page, offline_rate, args.seconds, args.callers))
        else:
            with served() as url:
                asyncio.run(measure(url, page, offline_rate, args.seconds, args.callers))
    print(f"load after: {_load()}")


@contextmanager
def offline_reader() -> Iterator[Callable[[], float]]:
    """Yield what tells how many of the comments a second the model reads here, many at once."""
    service = build_service(Settings(database_url="sqlite://"))
    readings = [
        StanceQuestion(COMMENT.format(number=number), TARGETS).as_reading()
        for number in islice(NUMBERS, OFFLINE_COMMENTS)
    ]
    scorer = service.load_model()

    def rate() -> float:
        began = time.perf_counter()
        scorer.score(readings)
        return len(readings) / (time.perf_counter() - began)

    rate()  # by its end all that is loaded when it is first needed is there
    yield rate
    service.close()


async def measure(
    url: str, page: bytes, offline_rate: Callable[[], float], seconds: float, callers: int
) -> None:
    """Ask in turn as one caller, as many, and as one beside a page."""
    limits = httpx2.Limits(max_connections=callers + 8, max_keepalive_connections=callers + 8)
    async with httpx2.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
        await ask(client, WARM_UP, Seen())
        idle = Seen()
        await ask(client, IDLE_REQUESTS, idle)
        print(f"idle            p50 {idle.share(0.5):6.1f} ms (goal 20)")
        print(f"                p95 {idle.share(0.95):6.1f} ms (goal 60)")
        await crowd(client, seconds, callers, offline_rate)
        await beside(client, page, idle)


async def crowd(
    client: httpx2.AsyncClient, seconds: float, callers: int, offline_rate: Callable[[], float]
) -> None:
    """Print throughput and times with that many callers at once, beside the rate offline."""
    if shutil.which("wrk"):
        found = Crowd(f"{callers} of wrk", callers)
        for _ in range(ROUNDS):
            offline = await asyncio.to_thread(offline_rate)
            rate, p95_ms, others = await asyncio.to_thread(
                run_wrk, str(client.base_url).rstrip("/"), seconds, callers
            )
            found.add(offline, rate, p95_ms)
            print(f"                {others} answers other than 2xx")
        found.show()
    found = Crowd(f"{callers} in Python", callers)
    many = Seen()
    for _ in range(ROUNDS):
        offline = await asyncio.to_thread(offline_rate)
        own = Seen(sent=many.sent)
        began = time.perf_counter()
        await asyncio.gather(*(ask_until(client, began + seconds, own) for _ in range(callers)))
        found.add(offline, len(own.took_s) / (time.perf_counter() - began), own.share(0.95))
        many.take_over(own)
    found.show()
    print(
        f"                {many.sent} sent, {len(many.took_s)} answered, {many.refused} refused, "
        f"{many.wrong} answered wrongly"
    )


@dataclass(slots=True)
class Crowd:
    """What many callers reached, round after round, each beside what was read offline before it."""

    who: str
    callers: int
    rounds: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, offline: float, rate: float, p95_ms: float) -> None:
        """Count a round: rates a second, offline and of the callers, and their 95th percentile."""
        self.rounds.append((offline, rate, p95_ms))

    def show(self) -> None:
        """Print the median of the rounds, with the least and the most, beside the goals."""
        shares = [rate / offline for offline, rate, _ in self.rounds]
        waits = [p95 * offline / (1000 * self.callers) for offline, _, p95 in self.rounds]
        offline, rate, p95_ms = (median(own) for own in zip(*self.rounds, strict=True))
        print(f"offline         {offline:6.1f} comments a second")
        print(f"{self.who:15} {rate:6.1f} a second, {_spread(shares)} of offline (goal 0.9)")
        print(
            f"                p95 {p95_ms:6.1f} ms, "
            f"{_spread(waits)} of {self.callers} service times (goal 1.3)"
        )


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def run_wrk(url: str, seconds: float, callers: int) -> tuple[float, float, int]:
    """Return wrk's answers a second, the 95th percentile in ms, and answers other than 2xx."""
    body = json.dumps({"text": COMMENT, "targets": TARGETS})
    before, after = body.split("{number}")
    with TemporaryDirectory() as folder:
        script = Path(folder) / "ask.lua"
        words = WRK.replace("BEFORE", before).replace("AFTER", after).replace("STEP", str(STEP))
        script.write_text(words, "utf-8")
        told = subprocess.run(  # noqa: S603 - our own program and our own words
            ["wrk", "-t1", f"-c{callers}", f"-d{seconds:.0f}s", "-s", script, f"{url}/v1/stance"],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    rate, p95_ms, others = told.rsplit("figures", 1)[1].split()
    return float(rate), float(p95_ms), int(others)


async def beside(client: httpx2.AsyncClient, page: bytes, idle: Seen) -> None:
    """Print the times of a lone comment while a page is mined."""
    headers = {"content-type": "application/json"}
    sent = await client.post("/v1/pages?wait=false", content=page, headers=headers)
    sent.raise_for_status()
    job = sent.headers["location"]
    lone = Seen()
    began = time.perf_counter()
    while True:
        await ask(client, 5, lone)
        state = (await client.get(job)).json()["state"]
        if state not in {"queued", "running"}:
            break
    took_s = time.perf_counter() - began
    print(f"beside a page   p50 {lone.share(0.5):6.1f} ms")
    print(
        f"                p95 {lone.share(0.95):6.1f} ms, "
        f"{lone.share(0.95) / idle.share(0.95):.1f} times idle (goal 3, and 150 ms)"
    )
    print(f"                {lone.sent} sent meanwhile; the page: {state} in {took_s:.1f} s")


async def ask(client: httpx2.AsyncClient, times: int, seen: Seen) -> None:
    """Send comments one after another."""
    for _ in range(times):
        await ask_once(client, seen)


async def ask_until(client: httpx2.AsyncClient, end: float, seen: Seen) -> None:
    """Send comments one after another until that time."""
    while time.perf_counter() < end:
        await ask_once(client, seen)


async def ask_once(client: httpx2.AsyncClient, seen: Seen) -> None:
    """Send one comment that nobody sent before; one that is refused is sent again in time."""
    seen.sent += 1
    name = f"bench-{seen.sent}"
    body = {"text": COMMENT.format(number=next(NUMBERS)), "targets": TARGETS}
    began = time.perf_counter()
    while True:
        answer = await client.post("/v1/stance", json=body, headers={"x-request-id": name})
        if answer.status_code != httpx2.codes.TOO_MANY_REQUESTS:
            break
        seen.refused += 1
        await asyncio.sleep(float(answer.headers["retry-after"]))
    seen.took_s.append(time.perf_counter() - began)
    stances = answer.json().get("stances", ())
    is_own = answer.headers.get("x-request-id") == name and len(stances) == len(TARGETS)
    seen.wrong += not is_own


def make_page(folder: Path) -> bytes:
    """Return a page of 500 comments as JSON."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    pages = [json.loads(file.read_text("utf-8")) for file in files[:60]]
    texts = [row["text"] for page in pages for row in page["comments"]]
    texts = texts or [COMMENT.format(number=number) for number in range(PAGE_COMMENTS)]
    article = pages[0]["article"] if pages else "A valve was left open and the town was flooded."
    comments = [{"text": texts[number % len(texts)]} for number in range(PAGE_COMMENTS)]
    return json.dumps(
        {"title": f"Bench {time.time_ns()}", "article": article, "comments": comments}
    ).encode()


@contextmanager
def served(database_url: str | None = None) -> Iterator[str]:
    """Serve that database, or one of its own, on the loopback; yield the address."""
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", "0"],
            cwd=Path(__file__).resolve().parents[1],
            env={
                **os.environ,
                "FINGERPOST_DATABASE_URL": database_url or f"sqlite:///{folder}/bench.sqlite3",
            },
            stderr=log,
        )
        try:
            yield _address(Path(folder) / "log", process)
        finally:
            process.terminate()
            process.wait(START_TIMEOUT_S)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Return where the service listens, once it says so."""
    for _ in range(10 * START_TIMEOUT_S):
        for line in log.read_text("utf-8").splitlines():
            if '"listening"' in line:
                return str(json.loads(line)["url"])
        if process.poll() is not None:
            raise RuntimeError(f"expected the service to start, it ended: {log.read_text()[-500:]}")
        time.sleep(0.1)
    raise RuntimeError("expected the service to start")


def _load() -> str:
    return " ".join(f"{share:.1f}" for share in os.getloadavg())


if __name__ == "__main__":
    main()
