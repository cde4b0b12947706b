"""Batches of several callers as one: laid one below the other, padded to the longest."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from app.inference.layout import Stack

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from app.inference.layout import Floats32

ScalarT = TypeVar("ScalarT", bound=np.generic)


def join(arrays: Sequence[npt.NDArray[ScalarT]]) -> npt.NDArray[ScalarT]:
    """Return arrays of any rows [B, …] as one, each padded with zeros behind its end."""
    (first, *others) = arrays
    if not others:
        return first
    sizes = np.max([array.shape[1:] for array in arrays], axis=0)
    rows = sum(len(array) for array in arrays)
    joined = np.zeros((rows, *sizes), first.dtype)
    start = 0
    for array in arrays:
        end = start + len(array)
        joined[(slice(start, end), *(slice(size) for size in array.shape[1:]))] = array
        start = end
    return joined


def join_stacks(stacks: Sequence[Stack], tables: Sequence[Floats32]) -> tuple[Stack, Floats32]:
    """Return stacks, and the tables [T, H] of targets that each of them picks from, as one."""
    arrays = {own.name: [getattr(stack, own.name) for stack in stacks] for own in fields(Stack)}
    starts = np.cumsum([0, *(len(table) for table in tables[:-1])])
    arrays["target_rows"] = [
        rows + start for rows, start in zip(arrays["target_rows"], starts, strict=True)
    ]
    return Stack(**{name: join(several) for name, several in arrays.items()}), join(tables)
