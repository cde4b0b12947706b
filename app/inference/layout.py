"""What a network takes and gives, as plain arrays: no runtime is needed to make or to read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from app.inference.encode import ArticlePass, Window

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]
    Floats32 = npt.NDArray[np.float32]

PLACES = ("text", "context", "background", "nowhere")
"""Where a target's actor is named: in the text itself, else in what it answers, else in what the
conversation is about, or in none of these."""

TAGS = ("outside", "begin", "inside")
"""The tags of a token in a mention of an actor."""

NAME_KINDS = ("person", "location", "corporation", "group", "creative-work", "product")
"""The kinds of named entities, as WNUT-17 has them; a tag of each begins or goes on."""

NO_MENTION_POSITION = 511
"""Position of a marker without a mention: the encoder's last, which no window reaches."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Padded windows and the markers over them; B windows, L tokens, M markers.

    `ids`, `types` [B, L] and `attended` [B, L] describe the windows. `target_rows` [B, M] picks
    each marker's row of the target table; `kinds`, `places`, `positions` [B, M] say what it is and
    where it stands. `mention_weights` and `context_weights` [B, M, L] average the tokens that name
    the marker's actor (each row sums to 1, or to 0 where there is none).
    """

    ids: Ints
    types: Ints
    attended: Bools
    target_rows: Ints
    kinds: Ints
    places: Ints
    positions: Ints
    mention_weights: Floats32
    context_weights: Floats32


def lay_windows(windows: Sequence[Window]) -> Stack:
    """Return the windows padded to one batch."""
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
    return Stack(ids, types, attended, *places, *weights)


def lay_ids(sequences: Sequence[Sequence[int]]) -> tuple[Ints, Bools]:
    """Return the sequences padded to ids [B, L], and which of them are real."""
    length = max(len(sequence) for sequence in sequences)
    ids = np.zeros((len(sequences), length), np.int64)
    attended = np.zeros((len(sequences), length), np.bool_)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        attended[row, : len(sequence)] = True
    return ids, attended


def lay_places(passes: Sequence[ArticlePass], length: int) -> Floats32:
    """Return weights [B, S, L] that average each sentence's tokens."""
    most = max(len(own.places) for own in passes)
    weights = np.zeros((len(passes), most, length), np.float32)
    for row, own in enumerate(passes):
        for sentence, (start, end) in enumerate(own.places):
            weights[row, sentence, start:end] = 1.0 / max(1, end - start)
    return weights


def see(attended: Bools, markers: int) -> Bools:
    """Return who sees whom, [B, L + M, L + M]: all see the text, a marker itself too."""
    rows, length = attended.shape
    seen = np.zeros((rows, length + markers, length + markers), np.bool_)
    seen[:, :, :length] = attended[:, None, :]
    own = np.arange(length, length + markers)
    seen[:, own, own] = True
    return seen
