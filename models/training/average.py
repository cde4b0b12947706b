"""Averages the weights of runs of one stage that began from the same weights.

    python -m models.training.average runs/small-1 runs/small-2 --out runs/small

The folder that is written is that of a stage. Runs with different seeds from one start lie in one
basin, where the mean does as well as the better and varies less.
Source: Wortsman et al. 2022, "Model soups".
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from models.training.stages import load_start, write_stage

if TYPE_CHECKING:
    from collections.abc import Sequence


def main() -> None:
    """Average the folders that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    average(args.runs, args.out)


def average(runs: Sequence[Path], out: Path) -> None:
    """Write the mean of the runs' weights, with the tokenizer and configuration of the first.

    Raises:
        RuntimeError: the runs are not of one network.
    """
    network = load_start(runs[0])
    states = [load_start(run).state_dict() for run in runs]
    network.load_state_dict(
        {key: torch.stack([own[key].float() for own in states]).mean(0) for key in states[0]}
    )
    out.mkdir(parents=True, exist_ok=True)
    write_stage(runs[0], out, network)


if __name__ == "__main__":
    main()
