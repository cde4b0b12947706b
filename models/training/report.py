"""Figures in a table, and `floors.json` beside a model: what a check will not let fall."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from statistics import fmean, stdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from models.training.metrics import Bin, Interval

FLOORS = "floors.json"

SLACK = 0.005
"""How far a figure may fall below what was measured: half a point, as the compiled form may."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one model; `floors` are what rules without a model reach.

    `low` says that less is better (an error, a shift). `note` says what the number is not; one
    that is not `held` is no measure of the model, and no floor is made of it.
    """

    name: str
    value: float
    interval: Interval | None = None
    floors: Mapping[str, float] = field(default_factory=dict)
    low: bool = False
    note: str = ""
    held: bool = True


def table_lines(figures: Mapping[str, Sequence[Figure]]) -> Iterator[str]:
    """Yield one line a figure: its mean and spread over the models, then every model's own."""
    by_name: dict[str, list[Figure]] = {}
    for own in figures.values():
        for figure in own:
            by_name.setdefault(figure.name, []).append(figure)
    width = max((len(name) for name in by_name), default=0)
    for name, own in by_name.items():
        values = [figure.value for figure in own]
        spread = f" ±{stdev(values):.3f} over {len(values)}" if len(values) > 1 else ""
        each = "  ".join(_value_with_interval(figure) for figure in own)
        floors = ", ".join(f"{key} {value:.3f}" for key, value in own[0].floors.items())
        parts = [f"{name:{width}}  {fmean(values):.3f}{spread}", each]
        parts += [f"floors: {floors}"] if floors else []
        parts += [f"({own[0].note})"] if own[0].note else []
        yield "  ".join(parts)


def _value_with_interval(figure: Figure) -> str:
    if figure.interval is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.interval.low:.3f}, {figure.interval.high:.3f}]"


def reliability_lines(name: str, table: Sequence[Bin]) -> Iterator[str]:
    """Yield a reliability table as rows of Markdown."""
    yield f"| {name}: sure | right | answers |"
    yield "| --- | --- | --- |"
    for own in table:
        yield f"| {own.sure:.2f} | {own.right:.2f} | {own.many} |"


def as_json(figures: Mapping[str, Sequence[Figure]]) -> dict[str, Any]:
    """Return every model's figures as plain values."""
    return {
        model: {
            own.name: {
                "value": round(own.value, 4),
                **({"interval": [round(end, 4) for end in own.interval]} if own.interval else {}),
                **(
                    {"floors": {k: round(v, 4) for k, v in own.floors.items()}}
                    if own.floors
                    else {}
                ),
            }
            for own in many
        }
        for model, many in figures.items()
    }


def write_floors(folder: Path, figures: Sequence[Figure]) -> None:
    """Write what a model reached, less the slack, as what it must go on reaching.

    Figures that were written before and are not among these stay as they are.
    """
    path = folder / FLOORS
    floors = json.loads(path.read_text("utf-8")) if path.exists() else {"least": {}, "most": {}}
    for own in (figure for figure in figures if figure.held):
        side, slack = ("most", SLACK) if own.low else ("least", -SLACK)
        floors[side][own.name] = round(own.value + slack, 4)
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")


def fallen(folder: Path, figures: Sequence[Figure]) -> list[str]:
    """Return a sentence for each figure that fell below (or rose above) what it must reach."""
    floors = json.loads((folder / FLOORS).read_text("utf-8"))
    failures = []
    for own in figures:
        bound = floors["most" if own.low else "least"].get(own.name)
        if bound is not None and (own.value > bound if own.low else own.value < bound):
            side = "at most" if own.low else "at least"
            failures.append(f"{own.name}: expected {side} {bound:.4f}, got {own.value:.4f}")
    return failures
