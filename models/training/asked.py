"""What fits beside a network are asked on the command line: a model, and the training folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.bootstrap import build_service
from app.config import Settings
from models.training.data import read_json
from models.training.pages import split_pages

if TYPE_CHECKING:
    from app.mining.scorer import Scorer
    from models.training.pages import Parts


class Asked(NamedTuple):
    """The model that reads, the labelled pages in their parts, and the training folder."""

    scorer: Scorer
    parts: Parts
    data: Path


def read_asked(description: str | None) -> Asked:
    """Return what `--model` and `--data` name; the model as a service would load it."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    parts = split_pages(read_json(args.data / "pages.json.gz"))
    return Asked(load_served(args.model), parts, args.data)


def load_served(model: str) -> Scorer:
    """Return a model as a service would load it."""
    return build_service(Settings(model=model, database_url="sqlite://")).load_model()
