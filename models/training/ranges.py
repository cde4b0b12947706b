"""Fits the ranges of a network in eight bits to where its states come nearest to the exact ones.

A range that holds the widest number ever seen leaves few steps to all others. Cutting off a few
outliers costs less than rounding everything coarsely (Nagel et al. 2021, "A white paper on neural
network quantization", section 3.1).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import numpy_helper

from app.inference.session import open_session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Feed = dict[str, Any]

PASSES = ((0.85, 0.7, 0.55, 0.4), (1.12, 1.25), (0.93, 0.86))
"""Shares of a range that are tried, until one is worse than that before. What suits one range
depends on the others: once all are narrow some are better wide, and then finer steps tell. On calls
that nothing was fitted on, the second and third pass take another fourteenth off the error."""


def fit_ranges(
    path: Path, exact: Path, feeds: Sequence[Feed], passes: Sequence[Sequence[float]] = PASSES
) -> tuple[float, float]:
    """Fit the ranges of the network at `path`, one by one; return its error before and after.

    The error is the mean squared distance of a token's or marker's states from those of the
    network at `exact`, over `feeds`, padding aside.
    """
    session = open_session(exact)
    true = [session.run(None, feed)[0] for feed in feeds]
    model = onnx.load(path)
    constants = {own.name: own for own in model.graph.initializer}
    scales = dict.fromkeys(
        node.input[1]
        for node in model.graph.node
        if node.op_type == "QuantizeLinear" and node.input[0] not in constants
    )
    before = least = _error(path, feeds, true)
    for shares, name in product(passes, scales):
        whole = numpy_helper.to_array(constants[name])
        best = whole
        for share in shares:
            _write(model, constants[name], whole * np.float32(share), path)
            error = _error(path, feeds, true)
            if error >= least:
                break
            least, best = error, whole * np.float32(share)
        _write(model, constants[name], best, path)
    return before, least


def _write(model: onnx.ModelProto, constant: onnx.TensorProto, value: Any, path: Path) -> None:
    constant.CopyFrom(numpy_helper.from_array(value, constant.name))
    onnx.save(model, path)


def _error(path: Path, feeds: Sequence[Feed], true: Sequence[Any]) -> float:
    session = open_session(path)
    far, many = 0.0, 0
    for feed, states in zip(feeds, true, strict=True):
        real = feed["seen"].diagonal(axis1=1, axis2=2)
        distances = np.square(session.run(None, feed)[0] - states).sum(-1)[real]
        far, many = far + float(distances.sum()), many + distances.size
    return far / many
