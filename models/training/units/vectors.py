"""Vectors of clauses from a frozen encoder, as the served model makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.inference.compiled_scorer import load_compiled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt


def encode_texts(folder: Path, texts: Iterable[str]) -> dict[str, npt.NDArray[np.float32]]:
    """Return a vector of each different text, from the compiled encoder of a model's folder."""
    distinct = sorted(set(texts))
    vectors = load_compiled(folder, threads=1).encode(distinct)
    return {text: np.asarray(vector) for text, vector in zip(distinct, vectors, strict=True)}
