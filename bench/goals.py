"""What a bench found beside what was wanted, as rows that other programs read."""

from __future__ import annotations

import json
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CPUINFO = Path("/proc/cpuinfo")
WIDE = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")
"""What decides how fast eight bits are multiplied; VNNI makes about three times."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: `goal` is its number in docs/benchmarks.md, or empty where none was set."""

    goal: str
    what: str
    wanted: str
    found: str
    met: bool | None = None


def write_rows(path: Path | None, rows: Sequence[Row]) -> None:
    """Print the rows, and write them as JSON where a path is given."""
    for row in rows:
        verdict = {None: "", True: "  met", False: "  NOT MET"}[row.met]
        wanted = f"  wanted {row.wanted}" if row.wanted else ""
        print(f"{row.goal or '-':>3}  {row.what}: {row.found}{wanted}{verdict}")
    if path is not None:
        told = {
            "machine": machine(),
            "when": time.strftime("%Y-%m-%d", time.gmtime()),
            "rows": [asdict(row) for row in rows],
        }
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_rows(path: Path) -> tuple[str, str, list[Row]]:
    """Return the machine, the day and the rows of a file."""
    told = json.loads(path.read_text("utf-8"))
    return told["machine"], told["when"], [Row(**row) for row in told["rows"]]


def machine() -> str:
    """Return the processor's name and what it can do for eight bits."""
    if not CPUINFO.exists():
        return platform.processor() or platform.machine()
    lines = [line.partition(":") for line in CPUINFO.read_text("utf-8").splitlines()]
    known = {key.strip(): value.strip() for key, _, value in lines}
    cores = sum(key.strip() == "processor" for key, _, _ in lines)
    wide = [flag for flag in WIDE if flag in known.get("flags", "").split()]
    name = known.get("model name", platform.machine())
    family = f"family {known.get('cpu family', '?')} model {known.get('model', '?')}"
    return f"{cores} cores, {name} ({family}), {', '.join(wide) or 'no wide registers'}"
