"""How a stage is trained, beside what its parts test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.training.train import STEPS, decay_of, main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("steps", [1, 5, 20, 110, *STEPS.values()])
def test_averaged_weights_forget_where_the_stage_began(steps: int) -> None:
    """However short a stage is, less than a hundredth of its start is left at the end."""
    assert decay_of(steps) ** steps < 0.01


def test_averaged_weights_look_back_over_some_steps() -> None:
    """A sixth of the stage of pages, and of a longer stage no more steps than that."""
    assert decay_of(600) == pytest.approx(0.99)
    assert decay_of(1400) == pytest.approx(0.99)
    assert decay_of(60) == pytest.approx(0.9)


def test_a_fold_of_pages_is_left_out_of_the_stage_of_pages_alone(
    tmp_path: Path, monkeypatch, capsys
) -> None:
    """Whoever asks it of the corpora is told, and nothing is written."""
    out = tmp_path / "out"
    words = [
        "train",
        "stance",
        "--data",
        "x",
        "--start",
        "x",
        "--page-fold",
        "1",
        "--out",
        str(out),
    ]
    monkeypatch.setattr("sys.argv", words)

    with pytest.raises(SystemExit):
        main()

    assert "expected --page-fold with the stage of pages" in capsys.readouterr().err
    assert not out.exists()
