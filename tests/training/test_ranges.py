"""Ranges of a network in eight bits, fitted to what is multiplied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from models.training.ranges import fit_ranges

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 4


def write_network(path: Path, *, widest: float | None) -> Path:
    """Write a product of states and the identity; with `widest`, of states in eight bits so far."""
    weights = [numpy_helper.from_array(np.eye(WIDTH, dtype=np.float32), "weights")]
    nodes, name = [], "x"
    if widest is not None:
        weights += [
            numpy_helper.from_array(np.asarray(2 * widest / 255, np.float32), "scale"),
            numpy_helper.from_array(np.asarray(128, np.uint8), "zero"),
        ]
        nodes = [
            helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["eight"]),
            helper.make_node("DequantizeLinear", ["eight", "scale", "zero"], ["rounded"]),
        ]
        name = "rounded"
    nodes.append(helper.make_node("MatMul", [name, "weights"], ["states"]))
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", "all", WIDTH]),
        helper.make_tensor_value_info("seen", TensorProto.BOOL, ["rows", "all", "all"]),
    ]
    output = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["rows", "all", WIDTH])
    graph = helper.make_graph(nodes, "network", inputs, [output], weights)
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)
    return path


def feed_of(outlier: float) -> dict[str, np.ndarray]:
    """Return three hundred tokens of ordinary states, one of which has an outlier."""
    states = np.random.default_rng(0).uniform(-1, 1, (1, 300, WIDTH)).astype(np.float32)
    states[0, 0, 0] = outlier
    return {"x": states, "seen": np.ones((1, 300, 300), np.bool_)}


def scale_of(path: Path) -> float:
    """Return the step of a network's eight bits."""
    (own,) = [own for own in onnx.load(path).graph.initializer if own.name == "scale"]
    return float(numpy_helper.to_array(own))


def test_a_range_far_wider_than_what_comes_is_narrowed(tmp_path) -> None:
    """The error falls, and the file holds the range that it fell with."""
    exact = write_network(tmp_path / "exact.onnx", widest=None)
    path = write_network(tmp_path / "eight.onnx", widest=4.0)

    before, after = fit_ranges(path, exact, [feed_of(1.0)])

    assert after < before / 2
    assert scale_of(path) < 8.0 / 255 / 2


def test_a_range_that_fits_stays(tmp_path) -> None:
    """What would be cut off weighs more than finer steps bring."""
    exact = write_network(tmp_path / "exact.onnx", widest=None)
    path = write_network(tmp_path / "eight.onnx", widest=1.0)

    before, after = fit_ranges(path, exact, [feed_of(1.0)])

    assert after == before
    assert scale_of(path) == pytest.approx(2.0 / 255)


def test_padding_tells_nothing(tmp_path) -> None:
    """States that nobody sees may be cut off."""
    exact = write_network(tmp_path / "exact.onnx", widest=None)
    path = write_network(tmp_path / "eight.onnx", widest=4.0)
    feed = feed_of(4.0)
    feed["seen"][:, 0, 0] = False

    before, after = fit_ranges(path, exact, [feed])

    assert after < before / 2
