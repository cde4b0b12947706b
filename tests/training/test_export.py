"""How a compiled encoder is written into a model's folder."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
import torch
from transformers import MPNetConfig

from app.inference.network import StanceNetwork
from app.inference.session import open_session
from models.training.eight_bits import write_exact, write_rounded
from models.training.export import save_encoder


@pytest.fixture(scope="module")
def graph(reader, tmp_path_factory):
    """Return a small encoder's graph; most of it are its matrices."""
    path = tmp_path_factory.mktemp("graph") / "exact.onnx"
    write_exact(reader.network, path)
    return path


def feed() -> dict[str, np.ndarray]:
    """Return a call of the encoder: four tokens and a marker."""
    return {
        "ids": np.array([[101, 2054, 2003, 102]]),
        "types": np.zeros((1, 5), np.int64),
        "positions": np.arange(5)[None],
        "seen": np.ones((1, 5, 5), bool),
        "vectors": np.ones((1, 1, 32), np.float32),
    }


def run(path) -> np.ndarray:
    """Return the states that a graph makes of the call."""
    return open_session(path, threads=1).run(None, feed())[0]


def test_mpnet_is_called_as_bert_is(tmp_path) -> None:
    """It reads no types of tokens; its graph takes them all the same, in eight bits too."""
    torch.manual_seed(1)
    config = MPNetConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64
    )
    exact, rounded = tmp_path / "exact.onnx", tmp_path / "rounded.onnx"
    write_exact(StanceNetwork(config).eval(), exact)
    write_rounded(exact, rounded, [feed()] * 3)

    for path in (exact, rounded):
        assert {own.name for own in open_session(path).get_inputs()} == set(feed())
    assert np.abs(run(rounded) - run(exact)).max() < 0.2


def test_a_large_encoder_is_cut_and_says_the_same(graph, tmp_path) -> None:
    """No file is larger than is said, none is left from before, and every number is the same."""
    most = 4_000_000
    (tmp_path / "encoder-00009.data").write_bytes(b"of an older one")

    save_encoder(graph, tmp_path, most)

    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sorted(sizes) == ["encoder-00001.data", "encoder-00002.data", "encoder.onnx"]
    assert max(sizes.values()) <= most
    np.testing.assert_array_equal(run(tmp_path / "encoder.onnx"), run(graph))


def test_a_small_encoder_is_one_file(graph, tmp_path) -> None:
    """As long as it fits."""
    save_encoder(graph, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["encoder.onnx"]
    assert len(onnx.load(tmp_path / "encoder.onnx").graph.node) == len(onnx.load(graph).graph.node)
