"""Tables of figures and the floors that they may not fall below."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.training.metrics import Interval
from models.training.report import Figure, as_json, fallen, table_lines, write_floors

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_has_mean_and_spread_over_models() -> None:
    """Two seeds give a mean, a deviation and their own values with intervals and floors."""
    figures = {
        "a": [Figure("x.f1", 0.5, Interval(0.4, 0.6), {"majority": 0.2})],
        "b": [Figure("x.f1", 0.7, Interval(0.6, 0.8))],
    }
    (line,) = table_lines(figures)
    assert line == (
        "x.f1  0.600 ±0.141 over 2  0.500 [0.400, 0.600]  0.700 [0.600, 0.800]"
        "  floors: majority 0.200"
    )


def test_what_was_measured_is_not_fallen(tmp_path: Path) -> None:
    """A figure within the slack of its floor passes, one beyond it is named."""
    write_floors(tmp_path, [Figure("f1", 0.5), Figure("ece", 0.04, low=True)])
    assert fallen(tmp_path, [Figure("f1", 0.496), Figure("ece", 0.044, low=True)]) == []
    assert fallen(tmp_path, [Figure("f1", 0.49), Figure("ece", 0.05, low=True)]) == [
        "f1: expected at least 0.4950, got 0.4900",
        "ece: expected at most 0.0450, got 0.0500",
    ]


def test_floors_that_were_not_measured_stay(tmp_path: Path) -> None:
    """Writing one task's floors leaves the others' as they are."""
    write_floors(tmp_path, [Figure("a", 0.5)])
    write_floors(tmp_path, [Figure("b", 0.6)])
    floors = json.loads((tmp_path / "floors.json").read_text("utf-8"))
    assert floors == {"least": {"a": 0.495, "b": 0.595}, "most": {}}


def test_figures_become_plain_values() -> None:
    """Every model's figures stand under its name."""
    figure = Figure("a", 0.12345, Interval(0.1, 0.2), {"majority": 0.05})
    assert as_json({"m": [figure]}) == {
        "m": {"a": {"value": 0.1235, "interval": [0.1, 0.2], "floors": {"majority": 0.05}}}
    }


def test_what_is_no_measure_makes_no_floor(tmp_path) -> None:
    """A fitted threshold is printed with the figures and never held against a model."""
    write_floors(tmp_path, [Figure("a.f1", 0.5), Figure("a.threshold", 0.3, held=False)])
    assert set(json.loads((tmp_path / "floors.json").read_text())["least"]) == {"a.f1"}
