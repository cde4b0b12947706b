"""The two heads: what a clause is, and how one unit bears on another; fitted on fixed numbers.

Each is a perceptron with one hidden layer. They are small enough to be run in NumPy, and are
written as safetensors that app/inference/arguing.py reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

HIDDEN = 64
DROPOUT = 0.5
EPOCHS = 20
RATE, DECAY = 1e-3, 1e-2
BATCH = 256
"""Set beforehand and not tuned: four thousand clauses are too few to choose much by."""


def fit_head(
    inputs: Floats, labels: npt.NDArray[np.int64], *, classes: int, seed: int
) -> dict[str, Floats]:
    """Return the weights of a head fitted to inputs [N, F] and labels [N].

    Labels weigh by the square root of how rare they are; inputs are scaled to one spread, which
    the weights of the first layer take in.
    """
    torch.manual_seed(seed)
    mean, spread = inputs.mean(0), inputs.std(0) + 1e-3
    rows = torch.from_numpy((inputs - mean) / spread)
    wanted = torch.from_numpy(labels)
    counts = np.bincount(labels, minlength=classes)
    rarity = np.sqrt(len(labels) / np.maximum(counts, 1) / classes)
    loss = nn.CrossEntropyLoss(torch.from_numpy(rarity.astype(np.float32)))
    inner, outer = nn.Linear(inputs.shape[1], HIDDEN), nn.Linear(HIDDEN, classes)
    network = nn.Sequential(nn.Dropout(DROPOUT / 2), inner, nn.ReLU(), nn.Dropout(DROPOUT), outer)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE * 3, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(rows)).split(BATCH):
            optimizer.zero_grad()
            loss(network(rows[batch]), wanted[batch]).backward()
            optimizer.step()
            schedule.step()
    first = inner.weight.detach().numpy()
    return {
        "first.weight": first / spread,
        "first.bias": inner.bias.detach().numpy() - (first * (mean / spread)).sum(1),
        "last.weight": outer.weight.detach().numpy(),
        "last.bias": outer.bias.detach().numpy(),
    }
