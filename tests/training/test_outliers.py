"""Channels that are far longer than all others stay exact where the rest has eight bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from app.inference.session import open_session
from models.training.eight_bits import write_rounded
from models.training.outliers import APART, set_apart

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

WIDTH, OUT = 16, 8
LONG = 5


def feed_of(longest: float) -> dict[str, npt.NDArray[np.generic]]:
    """Return a hundred tokens, one channel of which reaches `longest`; the last is padding."""
    chance = np.random.default_rng(3)
    states = chance.uniform(-1, 1, (1, 100, WIDTH)).astype(np.float32)
    states[..., LONG] *= longest
    states[0, -1] = 1e4
    seen = np.ones((1, 100, 100), np.bool_)
    seen[:, -1, -1] = False
    return {"x": states, "seen": seen}


@pytest.fixture
def exact(tmp_path: Path) -> Path:
    """Return a network of one product, whose input is added to nothing but read twice."""
    weights = np.random.default_rng(1).normal(size=(WIDTH, OUT)).astype(np.float32)
    nodes = [
        helper.make_node("Identity", ["x"], ["read"], name="read"),
        helper.make_node("MatMul", ["read", "weights"], ["product"], name="product"),
        helper.make_node("ReduceSum", ["read", "last"], ["total"], name="total"),
        helper.make_node("Add", ["product", "total"], ["states"], name="states"),
    ]
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", "all", WIDTH]),
        helper.make_tensor_value_info("seen", TensorProto.BOOL, ["rows", "all", "all"]),
    ]
    output = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["rows", "all", OUT])
    constants = [
        numpy_helper.from_array(weights, "weights"),
        numpy_helper.from_array(np.array([-1]), "last"),
    ]
    graph = helper.make_graph(nodes, "network", inputs, [output], constants)
    path = tmp_path / "exact.onnx"
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)
    return path


def states_of(path: Path, feed: dict[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float32]:
    """Return what the network makes of all tokens but the padding."""
    found: npt.NDArray[np.float32] = open_session(path, threads=1).run(None, feed)[0][:, :-1]
    return found


def test_what_is_apart_adds_up_to_the_same(exact: Path, tmp_path: Path) -> None:
    """And the range that is left is that of the other channels, padding aside."""
    feed, apart = feed_of(60.0), tmp_path / "apart.onnx"

    ranges = set_apart(exact, apart, [feed], channels=2)

    np.testing.assert_allclose(states_of(apart, feed), states_of(exact, feed), atol=1e-4)
    (least, most) = ranges["read"]
    assert -1 <= least < 0 < most <= 1
    assert any(node.name.endswith(APART) for node in onnx.load(apart).graph.node)


def test_channels_of_like_length_stay_together(exact: Path, tmp_path: Path) -> None:
    """Nothing would be gained: the graph is as it was, and the range is the whole."""
    apart = tmp_path / "apart.onnx"

    ranges = set_apart(exact, apart, [feed_of(1.5)], channels=2)

    assert len(onnx.load(apart).graph.node) == len(onnx.load(exact).graph.node)
    assert ranges["read"][1] == pytest.approx(1.5, abs=0.1)


def test_eight_bits_lose_little_beside_a_long_channel(exact: Path, tmp_path: Path) -> None:
    """A tenth of what they lose without; who else reads the states, reads them whole."""
    feed = feed_of(60.0)
    true = states_of(exact, feed)

    def error_with(channels: int) -> float:
        path = tmp_path / f"{channels}.onnx"
        write_rounded(exact, path, [feed], channels_apart=channels)
        return float(np.abs(states_of(path, feed) - true).mean())

    assert error_with(2) < error_with(0) / 10
