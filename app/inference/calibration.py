"""Raw logits to probabilities that mean frequencies, and probabilities to decisions.

Every number here is fitted on development pages by models/training/calibrate.py and stands in
the model's calibration.json.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS, Label, Stance, TargetKind
from app.errors import ModelUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

COMMENT = LABELS.index(Label.COMMENT)


@dataclass(frozen=True, slots=True)
class LabelCalibration:
    """`softmax(scale * logits + bias)`, and how likely a side must be to be taken.

    A text takes a side (support, deny or query: the likeliest of them) where the three together
    reach `side_threshold`, or `unnamed_threshold` where it does not name the target's actor;
    below that the label is comment.
    Source: vector scaling, Guo et al. 2017, "On calibration of modern neural networks".
    """

    scale: float = 1.0
    bias: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    side_threshold: float = 0.5
    unnamed_threshold: float = 0.5

    def probabilities(self, logits: Floats) -> Floats:
        """Return probabilities [..., 4] in the order of `LABELS`."""
        return softmax(self.scale * logits + np.asarray(self.bias))

    def decide(self, probabilities: Floats, *, named: bool) -> Label:
        """Return the label of one row of probabilities [4]."""
        threshold = self.side_threshold if named else self.unnamed_threshold
        if 1.0 - probabilities[COMMENT] < threshold:
            return Label.COMMENT
        return LABELS[int(np.argmax(probabilities[:COMMENT]))]


@dataclass(frozen=True, slots=True)
class YesCalibration:
    """`sigmoid(scale * logit + bias)` for a head that says yes or no."""

    scale: float = 1.0
    bias: float = 0.0

    def probability(self, logits: Floats) -> Floats:
        """Return the probability of yes."""
        return 1.0 / (1.0 + np.exp(-np.clip(self.scale * logits + self.bias, -30.0, 30.0)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """All that turns a network's raw outputs into what a scorer returns."""

    labels: Mapping[TargetKind, LabelCalibration]
    certain: YesCalibration
    reported: YesCalibration
    role_scale: float
    mention_threshold: float

    def stance(
        self, kind: TargetKind, logits: Floats, certain_logit: float, *, named: bool
    ) -> Stance:
        """Return the stance that one row of label logits [4] stands for.

        `named` says whether the text names the target's actor.
        """
        calibration = self.labels[kind]
        probabilities = calibration.probabilities(logits)
        label = calibration.decide(probabilities, named=named)
        takes_side = label in {Label.SUPPORT, Label.DENY}
        certain = takes_side and self.certain.probability(np.asarray(certain_logit)) >= 0.5  # noqa: PLR2004 - an even chance
        support, deny, query, comment = (float(own) for own in probabilities)
        return Stance(label, bool(certain), (support, deny, query, comment))


PLAIN = Calibration(
    labels=dict.fromkeys(TargetKind, LabelCalibration()),
    certain=YesCalibration(),
    reported=YesCalibration(),
    role_scale=1.0,
    mention_threshold=0.5,
)
"""Raw outputs as they are: where fitting starts."""


def read_calibration(path: Path) -> Calibration:
    """Return the calibration that a file holds.

    Raises:
        ModelUnusable: the file is missing, or not what `write_calibration` writes.
    """
    try:
        value = json.loads(path.read_text("utf-8"))
        return Calibration(
            labels={kind: _label_calibration(value["labels"][kind]) for kind in TargetKind},
            certain=YesCalibration(**value["certain"]),
            reported=YesCalibration(**value["reported"]),
            role_scale=float(value["role_scale"]),
            mention_threshold=float(value["mention_threshold"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(f"expected a calibration in {path}, got {error!r}") from error


def _label_calibration(value: Mapping[str, Any]) -> LabelCalibration:
    support, deny, query, comment = map(float, value["bias"])
    return LabelCalibration(
        scale=float(value["scale"]),
        bias=(support, deny, query, comment),
        side_threshold=float(value["side_threshold"]),
        unnamed_threshold=float(value["unnamed_threshold"]),
    )


def calibration_as_json(calibration: Calibration) -> dict[str, object]:
    """Return the form that `read_calibration` reads."""
    return {
        "labels": {
            kind.value: {
                "scale": own.scale,
                "bias": list(own.bias),
                "side_threshold": own.side_threshold,
                "unnamed_threshold": own.unnamed_threshold,
            }
            for kind, own in calibration.labels.items()
        },
        "certain": {"scale": calibration.certain.scale, "bias": calibration.certain.bias},
        "reported": {"scale": calibration.reported.scale, "bias": calibration.reported.bias},
        "role_scale": calibration.role_scale,
        "mention_threshold": calibration.mention_threshold,
    }


def softmax(logits: Floats) -> Floats:
    """Return the softmax over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return shares
