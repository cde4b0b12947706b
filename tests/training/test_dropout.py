"""Dropout that a processor draws fast drops as the usual one does."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from models.training.dropout import ByteDropout, drop_by_bytes


@pytest.fixture
def generator() -> np.random.Generator:
    """Return a generator of masks."""
    return np.random.default_rng(5)


def test_a_share_is_dropped_and_the_rest_is_scaled(generator: np.random.Generator) -> None:
    """One in ten is 0, and the mean stays."""
    states = torch.ones(400, 500)
    dropped = ByteDropout(0.1, generator)(states)
    assert float((dropped == 0).float().mean()) == pytest.approx(0.1, abs=0.005)
    assert float(dropped.mean()) == pytest.approx(1.0, abs=0.005)
    assert len(dropped.unique()) == 2


def test_the_gradient_is_of_what_was_kept(generator: np.random.Generator) -> None:
    """What was dropped gets none."""
    states = torch.randn(40, 50, requires_grad=True)
    dropped = ByteDropout(0.5, generator)(states)
    dropped.sum().backward()
    assert states.grad is not None
    torch.testing.assert_close(states.grad * states.detach(), dropped.detach())


def test_each_mask_is_another(generator: np.random.Generator) -> None:
    """A second pass drops others."""
    dropout, states = ByteDropout(0.5, generator), torch.ones(1000)
    assert not torch.equal(dropout(states), dropout(states))


def test_nothing_is_dropped_outside_training(generator: np.random.Generator) -> None:
    """Evaluation reads all."""
    states = torch.randn(30)
    assert torch.equal(ByteDropout(0.5, generator).eval()(states), states)


def test_a_network_drops_by_bytes_and_nothing_of_attention(reader) -> None:
    """All dropout of states is drawn fast, that of attention's weights is off; weights stay."""
    network = type(reader.network)(reader.network.encoder.config)
    names = list(network.state_dict())
    drop_by_bytes(network, seed=1)
    shares = [own.p for own in network.modules() if isinstance(own, nn.Dropout)]
    assert shares == [0.0] * network.encoder.config.num_hidden_layers
    assert sum(isinstance(own, ByteDropout) for own in network.modules()) == 2 + 2 * len(shares)
    assert list(network.state_dict()) == names
