"""The bundled model, loaded once, and a tiny network that needs no weights."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig

from app.inference.encode import TextEncoder
from app.inference.network import StanceNetwork
from app.inference.torch_scorer import load_scorer

MODELS = Path(__file__).resolve().parents[2] / "models"


@pytest.fixture(scope="session")
def bundled():
    """Return the scorer over the bundled weights."""
    return load_scorer(MODELS / "small")


@pytest.fixture(scope="session")
def encoder():
    """Return the bundled model's encoder of texts."""
    return TextEncoder(Tokenizer.from_file(str(MODELS / "small" / "tokenizer.json")))


@pytest.fixture(scope="session")
def tiny():
    """Return a network of random weights, small enough to run in milliseconds."""
    torch.manual_seed(1)
    config = BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64
    )
    network = StanceNetwork(config)
    # Embeddings of markers start near zero: make them count, so that a leak would show.
    torch.nn.init.normal_(network.kind_embedding.weight)
    return network.eval()
