"""A unit's results in one file: a line of JSON about them, then the rows, section by section."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from app.batch.durable import write_durably
from app.parsing.archives import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUFFIX = ".unit"


@dataclass(slots=True)
class UnitResult:
    """What became of a unit; `claimed` counts the comments that claim an actor a perpetrator."""

    number: int
    pages: int = 0
    comments: int = 0
    attributions: int = 0
    passed_over: int = 0
    failures: list[Failure] = field(default_factory=list)
    claimed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A unit's results with the sections of its rows, as bytes that the sink understands."""

    result: UnitResult
    sections: Mapping[str, bytes]


def unit_path(folder: Path, number: int) -> Path:
    """Return where a unit's results stand."""
    return folder / f"{number:08}{SUFFIX}"


def write_unit(folder: Path, unit: UnitFile) -> None:
    """Write a unit's results durably."""
    sizes = {name: len(data) for name, data in unit.sections.items()}
    head = json.dumps({"result": asdict(unit.result), "sizes": sizes})
    with write_durably(unit_path(folder, unit.result.number)) as stream:
        stream.write(head.encode() + b"\n")
        for data in unit.sections.values():
            stream.write(data)


def read_unit(folder: Path, number: int) -> UnitFile:
    """Return a unit's results."""
    with unit_path(folder, number).open("rb") as stream:
        head = json.loads(stream.readline())
        sections = {name: stream.read(size) for name, size in head["sizes"].items()}
    fields = head["result"]
    fields["failures"] = [Failure(**each) for each in fields["failures"]]
    return UnitFile(UnitResult(**fields), sections)
