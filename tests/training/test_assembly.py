"""The encoder in eight bits, put together of other operators, says what the quantizer's says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest
import torch
from transformers import BertConfig

from app.inference.layout import see
from app.inference.network import StanceNetwork
from app.inference.session import open_session
from models.training.assembly import assemble
from models.training.eight_bits import write_exact, write_rounded

if TYPE_CHECKING:
    from pathlib import Path

WORDS, WIDTH, MARKERS = 60, 64, 2
CONFIG = BertConfig(
    vocab_size=WORDS,
    hidden_size=WIDTH,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=96,
    max_position_embeddings=40,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return where one encoder lies: exact, as the quantizer rounds it, and put together anew."""
    place = tmp_path_factory.mktemp("encoders")
    write_exact(some_network(), place / "exact.onnx")
    write_rounded(place / "exact.onnx", place / "rounded.onnx", [feed(seed) for seed in range(8)])
    assemble(place / "rounded.onnx", place / "assembled.onnx", CONFIG)
    return place


def some_network() -> StanceNetwork:
    """Return a network with biases and norms as training leaves them: none like another."""
    torch.manual_seed(1)
    network = StanceNetwork(CONFIG).eval()
    with torch.no_grad():
        for own in network.parameters():
            own.add_(torch.randn_like(own) / 20)
    return network


def feed(seed: int, *, length: int = 9, padding: int = 3) -> dict[str, Any]:
    """Return two texts with markers, the second with padding."""
    numbers = np.random.default_rng(seed)
    attended = np.ones((2, length), bool)
    attended[1, length - padding :] = False
    return {
        "ids": numbers.integers(0, WORDS, (2, length)),
        "types": numbers.integers(0, 2, (2, length + MARKERS)),
        "positions": np.tile(np.arange(length + MARKERS), (2, 1)),
        "seen": see(attended, MARKERS),
        "vectors": numbers.normal(size=(2, MARKERS, WIDTH)).astype(np.float32) / 20,
    }


def states_of(path: Path, asked: dict[str, Any]) -> Any:
    """Return the states of all tokens and markers that are not padding [N, H]."""
    states = open_session(path, threads=1).run(None, asked)[0]
    return states[asked["seen"].diagonal(axis1=1, axis2=2)]


def error_of(path: Path, exact: Path, asked: dict[str, Any]) -> float:
    """Return the mean squared distance from the exact states."""
    return float(np.square(states_of(path, asked) - states_of(exact, asked)).sum(-1).mean())


def test_states_are_nearer_to_the_exact_ones_than_the_quantizer_s(folder):
    """The same numbers are multiplied, and what is added past a product is not rounded."""
    asked = feed(101)
    errors = [
        error_of(folder / name, folder / "exact.onnx", asked)
        for name in ("assembled.onnx", "rounded.onnx")
    ]

    assert errors[0] < errors[1]
    assert errors[0] < 0.01 * np.square(states_of(folder / "exact.onnx", asked)).sum(-1).mean()


@pytest.mark.parametrize(("length", "padding"), [(1, 0), (30, 12)])
def test_other_lengths_are_read_as_well(folder, length, padding):
    """Nothing of the example's shape is in the graph."""
    asked = feed(7, length=length, padding=padding)

    error = error_of(folder / "assembled.onnx", folder / "exact.onnx", asked)

    assert error < 0.01 * np.square(states_of(folder / "exact.onnx", asked)).sum(-1).mean()


def test_a_layer_has_four_products_with_weights(folder):
    """Queries, keys and values are one product, whose bias is part of it like the others'."""
    nodes = onnx.load(folder / "assembled.onnx").graph.node
    products = [node for node in nodes if node.op_type == "MatMulIntegerToFloat"]

    assert len(products) == 4 * CONFIG.num_hidden_layers
    assert all(node.input[6].endswith("_bias") for node in products)


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"num_hidden_layers": 3}, r"expected \(18, 7\) products and norms of BERT"),
        ({"hidden_act": "relu"}, "expected the activation gelu, got relu"),
    ],
)
def test_another_network_s_encoder_is_refused(folder, tmp_path, other, problem):
    """Nothing is written where layers are missing or too many, or are others."""
    config = BertConfig(**{**CONFIG.to_dict(), **other})

    with pytest.raises(ValueError, match=problem):
        assemble(folder / "rounded.onnx", tmp_path / "encoder.onnx", config)

    assert not list(tmp_path.iterdir())
