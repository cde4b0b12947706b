"""Pages a second and peak memory of parsing, beside trafilatura with comments on the same pages.

python bench/parse.py [PATH] [--rounds N]

PATH is a saved page or a folder of them; without HTML under it the bundled examples are read.
Each page is read in turn by ours and by theirs, and of N rounds the quickest counts. trafilatura
is measured as it comes (metadata wanted, since ours gives title, author and date as well), and
once more without its search for dates in all of a page's text, which ours does not ask for either.
Peak memory is that of a process of its own for each, above what its imports take. In the end
written pages of growing size show that time and memory grow as the page does, and no faster.
"""

from __future__ import annotations

import argparse
import math
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trafilatura
from trafilatura.meta import reset_caches
from trafilatura.settings import Document

from app.errors import FingerpostError
from app.parsing import parse_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[1]
SIZES = (625, 1_250, 2_500, 5_000, 10_000)
SENTENCES = 4
"""Sentences a comment: some 60 words, about the mean of the saved pages with comments."""


def read_ours(data: bytes) -> int:
    """Return how many comments Fingerpost finds."""
    try:
        return len(parse_page(data).comments)
    except FingerpostError:
        return 0


def read_theirs(data: bytes) -> int:
    """Return how many characters of comments trafilatura finds, as it comes."""
    document = trafilatura.bare_extraction(data, include_comments=True, with_metadata=True)
    return len(_comments_of(document))


def read_quick_dates(data: bytes) -> int:
    """Return the same, found without searching all the text for dates."""
    quick = {"original_date": True, "extensive_search": False}
    document = trafilatura.bare_extraction(
        data, include_comments=True, with_metadata=True, date_extraction_params=quick
    )
    return len(_comments_of(document))


def _comments_of(document: Document | dict[str, Any] | None) -> str:
    return document.comments or "" if isinstance(document, Document) else ""


READERS: dict[str, Callable[[bytes], int]] = {
    "fingerpost": read_ours,
    "trafilatura": read_theirs,
    "trafilatura, quick dates": read_quick_dates,
}


def find_pages(path: Path) -> list[Path]:
    """Return the saved pages at or under `path`."""
    return [path] if path.is_file() else sorted(path.rglob("*.htm*"))


def time_once(read: Callable[[bytes], int], data: bytes) -> float:
    """Return the seconds of one processor that one reading takes; waiting does not count."""
    begin = time.process_time()
    read(data)
    return time.process_time() - begin


def measure_speed(pages: Sequence[bytes], rounds: int) -> dict[str, list[float]]:
    """Return each reader's quickest seconds for each page, the readers taking turns."""
    for read in READERS.values():  # models and tables are loaded at first use
        read(pages[0])
    return {
        name: [min(column) for column in zip(*runs, strict=True)]
        for name, runs in _take_turns(pages, rounds).items()
    }


def _take_turns(pages: Sequence[bytes], rounds: int) -> dict[str, list[list[float]]]:
    runs: dict[str, list[list[float]]] = {name: [] for name in READERS}
    for _ in range(rounds):
        for name in READERS:
            runs[name].append([])
        reset_caches()  # it remembers what it has seen, and would seem quicker the second time
        for data in pages:
            for name, read in READERS.items():
                runs[name][-1].append(time_once(read, data))
    return runs


def print_speed(seconds: dict[str, list[float]], megabytes: float) -> None:
    """Print pages and megabytes a second, and how many times as fast ours is."""
    ours = seconds["fingerpost"]
    print(f"{'':26} {'pages/s':>8} {'MB/s':>6} {'slowest':>9}   times as fast: all, median page")
    for name, each in seconds.items():
        ratios = [theirs / own for theirs, own in zip(each, ours, strict=True)]
        print(
            f"{name:26} {len(each) / sum(each):8.1f} {megabytes / sum(each):6.2f}"
            f" {1000 * max(each):6.0f} ms   {sum(each) / sum(ours):.2f}, "
            f"{statistics.median(ratios):.2f}"
        )


def print_memory(path: Path) -> None:
    """Print what each reader's process took at its peak."""
    print(f"\n{'':26} {'peak memory':>12} {'above imports':>14}")
    for name in READERS:
        done = subprocess.run(  # noqa: S603 - this program itself
            [sys.executable, __file__, str(path), "--peak-of", name],
            capture_output=True,
            text=True,
            check=True,
        )
        idle, peak = map(float, done.stdout.split())
        print(f"{name:26} {peak:9.0f} MB {peak - idle:11.0f} MB")


def peak_megabytes() -> float:
    """Return the most memory that this process has had."""
    status = Path("/proc/self/status")
    if status.is_file():  # on Linux getrusage counts the parent's memory for its children, too
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
        return int(found[1]) / 1024 if found else math.nan
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)  # bytes there, or kilobytes


def write_html(comments: int) -> bytes:
    """Return a page of HTML with so many comments, every third a reply."""
    rows = "".join(
        f"<li class='comment depth-1' id='comment-{at}'><div class='comment-author'>"
        f"<cite class='fn'>Reader {at}</cite> <span class='says'>says:</span></div>"
        f"<div class='comment-meta'>May {1 + at % 28}, 2014 at 10:{at % 60:02}</div>"
        f"<div class='comment-content'><p>{_text(at)}</p></div></li>"
        for at in range(comments)
    )
    return (
        "<!doctype html><html lang='en'><head><title>The bridge</title></head><body><article>"
        f"<h1>The bridge</h1><p>{_text(0) * 3}</p></article><ol class='commentlist'>{rows}</ol>"
        "</body></html>"
    ).encode()


def write_text(comments: int) -> bytes:
    """Return a page of text with so many comments."""
    rows = "".join(
        f"Reader {10_000 + at} wrote on {1 + at % 28} May 2014:\n{_text(at)}\n\n"
        for at in range(comments)
    )
    return f"The bridge\n\n{_text(0) * 3}\n\n\n{comments} comments\n\n{rows}".encode()


def write_markdown(comments: int) -> bytes:
    """Return a page of Markdown with so many comments."""
    rows = "".join(
        f"- **Reader {at}** (2014-05-{1 + at % 28:02}): {_text(at)} See [this](http://a.example).\n"
        for at in range(comments)
    )
    return f"# The bridge\n\n{_text(0) * 3}\n\n## Comments\n\n{rows}".encode()


def _text(at: int) -> str:
    return (
        f"Nobody had looked at bolt {10_000 + at} since spring, "
        "and the “office” knew all too well. "
    ) * SENTENCES


def print_growth() -> None:
    """Print time a comment at growing sizes, and the power of the size by which time grows."""
    print(f"\n{'comments':26} " + " ".join(f"{size:>9}" for size in SIZES) + "   grows as size^")
    for name, write in (("HTML", write_html), ("text", write_text), ("Markdown", write_markdown)):
        pages = [write(size) for size in SIZES]
        seconds = [min(time_once(read_ours, page) for _ in range(2)) for page in pages]
        found = read_ours(pages[-1])
        power = math.log(seconds[-1] / seconds[-3]) / math.log(SIZES[-1] / SIZES[-3])
        each = " ".join(
            f"{1e6 * took / size:6.0f} us" for took, size in zip(seconds, SIZES, strict=True)
        )
        print(f"{name + ', a comment':26} {each}   {power:.2f}   ({found} of {SIZES[-1]} found)")


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("path", nargs="?", type=Path, default=ROOT / "examples")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--peak-of", choices=READERS, help=argparse.SUPPRESS)
    given = options.parse_args()
    found = find_pages(given.path) or find_pages(ROOT / "examples")
    if given.peak_of:
        idle = peak_megabytes()
        for page in found:
            READERS[given.peak_of](page.read_bytes())
        print(idle, peak_megabytes())
        return
    pages = [page.read_bytes() for page in found]
    megabytes = sum(map(len, pages)) / 1e6
    print(f"{len(pages)} saved pages, {megabytes:.1f} MB, from {found[0].parent.name}/\n")
    print_speed(measure_speed(pages, given.rounds), megabytes)
    print_memory(given.path)
    print_growth()


if __name__ == "__main__":
    main()
