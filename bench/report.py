"""Runs the benches of speed and memory and writes what they found into docs/benchmarks.md.

python bench/report.py [--infinity PYTHON] [--only NAME …] [--rounds N] [--from FOLDER]

The figures stand between two marks of that file, those that miss their goal first; what is written
around them stays. Each bench leaves its rows in build/bench/NAME.json; with `--from` rows are read
from a folder and nothing is run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from goals import read_rows
from texts import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goals import Row

BENCHES = ("peers", "roofline", "runtimes", "rounding", "curves", "footing")
IN_ROUNDS = frozenset(BENCHES) - {"footing", "rounding"}
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures: bench/report.py -->", "<!-- end of figures -->"


def main() -> None:
    """Run, read and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--infinity", type=Path, help="a Python that has infinity-emb")
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=BENCHES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--from", dest="folder", type=Path)
    args = parser.parse_args()
    folder = args.folder or ROOT / "build" / "bench"
    if args.folder is None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in args.only:
            run(name, folder, args.rounds, args.infinity)
    files = [folder / f"{name}.json" for name in BENCHES]
    found = [read_rows(path) for path in files if path.exists()]
    if not found:
        raise SystemExit(f"expected rows of {', '.join(BENCHES)} in {folder}, there are none")
    machines = sorted({f"{machine}, {when}" for machine, when, _ in found})
    lines = [f"Machine and date: {'; '.join(machines)}.", ""]
    lines += table([row for _, _, rows in found for row in rows])
    before, begin, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"expected {BEGIN} and {END} in {DOCUMENT}")
    DOCUMENT.write_text("\n".join([before + BEGIN, *lines, END + after]), "utf-8")


def run(name: str, folder: Path, rounds: int, infinity: Path | None) -> None:
    """Run one bench; it leaves its rows in the folder."""
    print(f"== {name}", flush=True)
    program = [sys.executable, str(Path(__file__).with_name(f"{name}.py"))]
    program += ["--json", str(folder / f"{name}.json")]
    if name in IN_ROUNDS:
        program += ["--rounds", str(rounds)]
    if name == "peers" and infinity is not None:
        program += ["--infinity", str(infinity)]
    subprocess.run(program, check=True, cwd=ROOT)  # noqa: S603 - our own programs


def table(rows: Sequence[Row]) -> list[str]:
    """Return the rows as tables of Markdown: missed, met, and without a goal."""
    lines = []
    for title, met in (("Falls short", False), ("Met", True), ("Figures without a goal", None)):
        own = sorted((row for row in rows if row.met is met), key=lambda row: row.goal)
        if not own:
            continue
        lines += [f"### {title}", ""]
        if met is None:
            lines += ["| what | found |", "| --- | --- |"]
            lines += [f"| {row.what} | {row.found} |" for row in own]
        else:
            lines += ["| goal | what | wanted | found |", "| --- | --- | --- | --- |"]
            lines += [f"| {row.goal} | {row.what} | {row.wanted} | {row.found} |" for row in own]
        lines.append("")
    return lines


if __name__ == "__main__":
    main()
