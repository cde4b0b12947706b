"""A model as the evaluation reads with it: a shipped folder, or one of a stage of training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from app.inference.calibration import PLAIN, Calibration, read_calibration
from app.inference.folder import CALIBRATION
from app.inference.weights import load_model
from models.training.scored import score_examples
from models.training.stages import WEIGHTS, caching_encoder, load_start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.inference.encode import TextEncoder
    from app.inference.network import StanceNetwork
    from models.training.examples import Example
    from models.training.metrics import Floats, Ints
    from models.training.scored import Scored


@dataclass(frozen=True, slots=True)
class Reader:
    """A network with its encoder of texts and its calibration, on one device."""

    name: str
    network: StanceNetwork
    encoder: TextEncoder
    calibration: Calibration
    device: torch.device

    def score(self, examples: Sequence[Example]) -> Scored:
        """Return the raw logits of every query of the examples."""
        return score_examples(self.network, self.encoder, self.device, examples)

    def probabilities(self, scored: Scored) -> Floats:
        """Return the calibrated probabilities [N, 4] of the queries."""
        return self.calibration.decide(scored.kinds, scored.named, scored.label)[0]

    def labels(self, scored: Scored) -> Ints:
        """Return the labels [N] that the service would give to the queries."""
        return self.calibration.decide(scored.kinds, scored.named, scored.label)[1]


def load_reader(folder: Path) -> Reader:
    """Return the reader of a folder; one without a calibration is read uncalibrated."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if (folder / WEIGHTS).exists():
        network = load_start(folder).eval()
        path = folder / CALIBRATION
        calibration = read_calibration(path) if path.exists() else PLAIN
    else:
        model = load_model(folder)
        network, calibration = model.network, model.folder.calibration
    return Reader(folder.name, network.to(device), caching_encoder(folder), calibration, device)
