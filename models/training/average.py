"""Averages the weights of runs of one stage that began from the same weights.

    python -m models.training.average runs/small-1 runs/small-2 --out runs/small
    python -m models.training.average runs/new models/small --shares 0.7 0.3 --out runs/small

The folder that is written is that of a stage; read are such folders and shipped ones. Runs with
different seeds from one start lie in one basin, where the mean does as well as the better and
varies less; so does a run with what it began from.
Source: Wortsman et al. 2022, "Model soups".
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from app.inference.weights import load_model
from models.training.stages import WEIGHTS, load_start, write_stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.inference.network import StanceNetwork


def main() -> None:
    """Average the folders that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--shares", type=float, nargs="+", help="of each run; alike if left out")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    shares = args.shares or [1 / len(args.runs)] * len(args.runs)
    if len(shares) != len(args.runs) or not math.isclose(sum(shares), 1, abs_tol=1e-6):
        parser.error(f"expected a share of each of {len(args.runs)} runs, together 1, got {shares}")
    average(args.runs, shares, args.out)


def average(runs: Sequence[Path], shares: Sequence[float], out: Path) -> None:
    """Write the runs' weights by their shares, with the tokenizer and configuration of the first.

    Raises:
        RuntimeError: the runs are not of one network.
    """
    network, *others = (_network(run) for run in runs)
    states = [own.state_dict() for own in (network, *others)]
    parts = torch.tensor(shares)
    network.load_state_dict(
        {
            key: torch.tensordot(parts, torch.stack([own[key].float() for own in states]), dims=1)
            for key in states[0]
        }
    )
    out.mkdir(parents=True, exist_ok=True)
    write_stage(runs[0], out, network)


def _network(run: Path) -> StanceNetwork:
    return load_start(run) if (run / WEIGHTS).exists() else load_model(run).network


if __name__ == "__main__":
    main()
