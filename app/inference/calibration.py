"""Raw logits to probabilities that mean frequencies, and probabilities to decisions.

Every number here is fitted on development pages by models/training/calibrate.py and stands in
the model's calibration.json.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.domain.reading import TargetScore
from app.domain.stance import LABELS, ROLES, Label, Stance, TargetKind
from app.errors import ModelUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]

COMMENT = LABELS.index(Label.COMMENT)
_SUPPORT, _DENY = LABELS.index(Label.SUPPORT), LABELS.index(Label.DENY)


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

    def decide(self, probabilities: Floats, named: Bools) -> Ints:
        """Return the place in `LABELS` [N] of each row's label; `named` [N] as in `scores`."""
        threshold = np.where(named, self.side_threshold, self.unnamed_threshold)
        takes_side = 1.0 - probabilities[:, COMMENT] >= threshold
        return np.where(takes_side, probabilities[:, :COMMENT].argmax(-1), COMMENT)


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

    def sides(self, kinds: Sequence[TargetKind], outputs: Floats) -> Floats:
        """Return how likely rows of raw outputs [N, 9] are to take a side [N]."""
        shares = np.empty(len(kinds))
        for kind, rows in _by_kind(kinds):
            shares[rows] = 1.0 - self.labels[kind].probabilities(outputs[rows, :4])[:, COMMENT]
        return shares

    def decide(
        self, kinds: Sequence[TargetKind], named: Bools, logits: Floats
    ) -> tuple[Floats, Ints]:
        """Return the probabilities [N, 4] and labels [N] of rows of logits [N, 4]."""
        probabilities = np.empty((len(kinds), 4))
        labels = np.empty(len(kinds), np.int64)
        for kind, rows in _by_kind(kinds):
            fitted = self.labels[kind]
            probabilities[rows] = fitted.probabilities(logits[rows])
            labels[rows] = fitted.decide(probabilities[rows], named[rows])
        return probabilities, labels

    def scores(
        self, kinds: Sequence[TargetKind], named: Bools, outputs: Floats
    ) -> list[TargetScore]:
        """Return what rows of raw outputs [N, 9] stand for, those of all texts at once.

        A row is a text's for one target: four logits of the label, one of certainty, three of the
        role, one of being reported. `named` [N] says whether the text names the target's actor.
        """
        probabilities, labels = self.decide(kinds, named, outputs[:, :4])
        certainty = self.certain.probability(outputs[:, 4])
        is_certain = certainty >= 0.5  # noqa: PLR2004 - an even chance
        is_certain &= (labels == _SUPPORT) | (labels == _DENY)
        roles = softmax(self.role_scale * outputs[:, 5:8])
        return [
            TargetScore(
                Stance(LABELS[label], certain, tuple(shares)), ROLES[role], tuple(of), told, commits
            )
            for label, certain, shares, role, of, told, commits in zip(
                labels.tolist(),
                is_certain.tolist(),
                probabilities.tolist(),
                roles.argmax(-1).tolist(),
                roles.tolist(),
                self.reported.probability(outputs[:, 8]).tolist(),
                certainty.tolist(),
                strict=True,
            )
        ]


def _by_kind(kinds: Sequence[TargetKind]) -> Iterator[tuple[TargetKind, Ints]]:
    """Yield each kind with the rows that are of it."""
    rows: dict[TargetKind, list[int]] = {}
    for row, kind in enumerate(kinds):
        rows.setdefault(kind, []).append(row)
    for kind, own in rows.items():
        yield kind, np.asarray(own)


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
            labels=_label_calibrations(value["labels"]),
            certain=YesCalibration(**value["certain"]),
            reported=YesCalibration(**value["reported"]),
            role_scale=float(value["role_scale"]),
            mention_threshold=float(value["mention_threshold"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(f"expected a calibration in {path}, got {error!r}") from error


def _label_calibrations(values: Mapping[str, Any]) -> dict[TargetKind, LabelCalibration]:
    """Return the calibration of each kind; files from before topics were told apart have four."""
    values = {TargetKind.TOPIC.value: values[TargetKind.SENTENCE], **values}
    return {kind: _label_calibration(values[kind]) for kind in TargetKind}


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
