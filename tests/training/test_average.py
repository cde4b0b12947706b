"""Runs of one stage, averaged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import torch
from safetensors.torch import save_file

from app.inference.backbones import read_config
from app.inference.network import StanceNetwork
from models.training.average import average
from models.training.stages import WEIGHTS, load_start

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = {
    "model_type": "bert",
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "vocab_size": 40,
}


def write_run(folder: Path, value: float) -> Path:
    """Write a run whose weights are all of one value."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    network = StanceNetwork(read_config(CONFIG))
    weights = {key: torch.full_like(own, value) for key, own in network.state_dict().items()}
    save_file(weights, folder / WEIGHTS)
    return folder


def test_the_mean_of_two_runs_is_a_stage_again(tmp_path) -> None:
    """Every weight is half way, and the folder starts what a stage's folder starts."""
    runs = [write_run(tmp_path / "one", 1.0), write_run(tmp_path / "two", 2.0)]

    average(runs, [0.5, 0.5], tmp_path / "out")

    weights = load_start(tmp_path / "out").state_dict()
    assert all(bool((own == 1.5).all()) for own in weights.values())
    assert (tmp_path / "out" / "tokenizer.json").read_text("utf-8") == "{}"


def test_a_run_may_count_for_more(tmp_path) -> None:
    """Three quarters of one and a quarter of another are a quarter of the way."""
    runs = [write_run(tmp_path / "one", 1.0), write_run(tmp_path / "two", 2.0)]

    average(runs, [0.75, 0.25], tmp_path / "out")

    weights = load_start(tmp_path / "out").state_dict()
    assert all(bool((own == 1.25).all()) for own in weights.values())
