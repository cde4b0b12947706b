"""Windows, sequences and passes of unlike length to padded batches, on the CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from app.inference.network import MarkerBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.inference.encode import ArticlePass, Window


def stack_windows(windows: Sequence[Window]) -> MarkerBatch:
    """Return the windows padded to one batch, on the CPU."""
    rows = len(windows)
    length = max(len(window.ids) for window in windows)
    markers = max(len(window.markers) for window in windows)
    ids = np.zeros((rows, length), np.int64)
    types = np.zeros((rows, length), np.int64)
    attended = np.zeros((rows, length), np.bool_)
    places = np.zeros((4, rows, markers), np.int64)
    weights = np.zeros((2, rows, markers, length), np.float32)
    for row, window in enumerate(windows):
        own = len(window.ids)
        ids[row, :own] = window.ids
        types[row, :own] = window.types
        attended[row, :own] = True
        for column, marker in enumerate(window.markers):
            places[:, row, column] = (
                marker.target_row,
                marker.kind,
                marker.place,
                marker.position,
            )
            for which, named in enumerate((marker.mention, marker.context_mention)):
                if named:
                    weights[which, row, column, list(named)] = 1.0 / len(named)
    numbers = torch.from_numpy(places)
    shares = torch.from_numpy(weights)
    return MarkerBatch(
        ids=torch.from_numpy(ids),
        types=torch.from_numpy(types),
        attended=torch.from_numpy(attended),
        target_rows=numbers[0],
        kinds=numbers[1],
        places=numbers[2],
        positions=numbers[3],
        mention_weights=shares[0],
        context_weights=shares[1],
    )


def stack_ids(sequences: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the sequences padded to ids [B, L] int64, and which of them are real, bool."""
    length = max(len(sequence) for sequence in sequences)
    ids = np.zeros((len(sequences), length), np.int64)
    attended = np.zeros((len(sequences), length), np.bool_)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        attended[row, : len(sequence)] = True
    return torch.from_numpy(ids), torch.from_numpy(attended)


def stack_places(passes: Sequence[ArticlePass], length: int) -> torch.Tensor:
    """Return weights [B, S, L] float32 that average each sentence's tokens."""
    most = max(len(own.places) for own in passes)
    weights = np.zeros((len(passes), most, length), np.float32)
    for row, own in enumerate(passes):
        for sentence, (start, end) in enumerate(own.places):
            weights[row, sentence, start:end] = 1.0 / max(1, end - start)
    return torch.from_numpy(weights)
