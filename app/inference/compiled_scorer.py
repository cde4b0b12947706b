"""Runs the network on ONNX Runtime: the encoder compiled, its small heads in NumPy.

Neither torch nor transformers is imported, so that a process starts in a fraction of the time and
memory. models/training/export.py writes what is read here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from threadpoolctl import threadpool_limits

from app.errors import ModelUnusable
from app.inference.folder import open_folder
from app.inference.in_turns import RunnerInTurns
from app.inference.layout import see
from app.inference.scorer import ModelScorer
from app.inference.session import open_session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import onnxruntime

    from app.inference.in_turns import Turn
    from app.inference.layout import Bools, Floats32, Ints, Stack

ENCODER, HEADS = "encoder.onnx", "heads.safetensors"

ENCODER_WEIGHTS = "encoder-*.data"
"""Files that hold the matrices of an encoder that is too large for one."""

COMPILED_CALIBRATION = "calibration-compiled.json"
"""Eight bits blunt the logits a little: scales and thresholds are fitted to them anew."""

NORM_EPSILON = 1e-5
"""What torch's LayerNorm adds to a variance, which the heads were trained with."""


def load_compiled(
    folder: Path,
    *,
    threads: int | None = None,
    turn: Turn | None = None,
    threads_beside: int | None = None,
) -> ModelScorer:
    """Return a scorer over the compiled model of a folder; `threads` bounds the runtime's own.

    Each batch waits for its `turn`, and those of one call are spread over turns that are free. One
    that runs while others do has `threads_beside` threads, where that is given. NumPy keeps to one
    thread from then on.

    Raises:
        ModelUnusable: the folder does not hold a compiled model of this network.
    """
    runner = load_runner(folder, threads=threads)
    files = [folder / ENCODER, folder / HEADS, *sorted(folder.glob(ENCODER_WEIGHTS))]
    model = open_folder(folder, files, calibration=COMPILED_CALIBRATION)
    load_beside = None if threads_beside is None else _later(folder, runner, threads_beside)
    in_turns = RunnerInTurns(runner, turn, load_beside=load_beside)
    return ModelScorer(in_turns, model, spread=turn.spread if turn else None)


def load_runner(folder: Path, *, threads: int | None = None) -> CompiledRunner:
    """Return the compiled network of a folder; NumPy keeps to one thread from then on.

    Raises:
        ModelUnusable: the folder does not hold one.
    """
    # The heads are small: one thread takes 4 ms where OpenBLAS's, which spin for each other, took
    # 400 ms beside a busy neighbour, more than the encoder itself.
    threadpool_limits(1, user_api="blas")
    try:
        session = open_session(folder / ENCODER, threads=threads)
        return CompiledRunner(session, load_file(folder / HEADS))
    except (SafetensorError, KeyError, OSError) as error:
        raise ModelUnusable(f"expected heads of this network in {folder}, got {error!r}") from error
    except Exception as error:
        # ONNX Runtime has no public base class for what it raises.
        first = str(error).strip().splitlines()[0][:200]
        raise ModelUnusable(f"expected a compiled encoder in {folder}, got: {first}") from error


def _later(folder: Path, runner: CompiledRunner, threads: int) -> Callable[[], CompiledRunner]:
    """Return what loads the same network again with other threads, when that is needed."""
    made = _made(folder / ENCODER)

    def load() -> CompiledRunner:
        # Whoever has put another model there in the meantime gets no mixture of both.
        if _made(folder / ENCODER) != made:
            return runner
        return runner.on(open_session(folder / ENCODER, threads=threads))

    return load


def _made(path: Path) -> tuple[int, int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


class CompiledRunner:
    """A compiled encoder with heads, as a `Runner`; a session may be shared by threads."""

    def __init__(
        self, session: onnxruntime.InferenceSession, heads: Mapping[str, Floats32]
    ) -> None:
        self._session = session
        self._heads = {key: value.astype(np.float32) for key, value in heads.items()}
        self._width = self._heads["target_projection.weight"].shape[0]
        self._trunk_parts = np.split(self._heads["trunk.0.weight"].T, 4)

    def on(self, session: onnxruntime.InferenceSession) -> CompiledRunner:
        """Return a runner of the same heads on another session of the same encoder."""
        return CompiledRunner(session, self._heads)

    def encode_targets(self, ids: Ints, attended: Bools) -> Floats32:
        """Return one vector a target [T, H]: the mean state of its tokens."""
        states = self._states(ids, attended)
        weights = attended[..., None].astype(np.float32)
        mean: Floats32 = (states * weights).sum(1) / np.maximum(weights.sum(1), 1.0)
        return mean

    def score_markers(self, stack: Stack, targets: Floats32) -> Floats32:
        """Return the raw outputs of every marker [B, M, 9]."""
        length, many = stack.ids.shape[1], stack.kinds.shape[1]
        vectors = (
            self._linear("target_projection", targets)[stack.target_rows]
            + self._heads["kind_embedding.weight"][stack.kinds]
            + self._heads["place_embedding.weight"][stack.places]
        )
        own_positions = np.broadcast_to(np.arange(length), stack.ids.shape)
        states = self._run(
            stack.ids,
            np.concatenate([stack.types, np.zeros_like(stack.kinds)], axis=1),
            np.concatenate([own_positions, stack.positions], axis=1),
            see(stack.attended, many),
            vectors,
        )
        trunk = self._trunk(stack, states[:, :length], states[:, length:])
        parts = ("label_head", "certain_head", "role_head", "reported_head")
        outputs: Floats32 = np.concatenate([self._linear(key, trunk) for key in parts], axis=-1)
        return outputs

    def tag(self, ids: Ints, attended: Bools) -> Floats32:
        """Return tag logits [B, L, 3]."""
        return self._linear("tag_head", self._states(ids, attended))

    def score_sentences(self, ids: Ints, attended: Bools, weights: Floats32) -> Floats32:
        """Return (account, event) logits [B, S, 2]."""
        return self._linear("sentence_head", weights @ self._states(ids, attended))

    def _states(self, ids: Ints, attended: Bools) -> Floats32:
        # Without markers: one that nobody sees would be a token more in every row.
        rows = len(ids)
        positions = np.broadcast_to(np.arange(ids.shape[1]), ids.shape)
        vectors = np.zeros((rows, 0, self._width), np.float32)
        return self._run(ids, np.zeros_like(ids), positions, see(attended, 0), vectors)

    def _run(
        self, ids: Ints, types: Ints, positions: Ints, seen: Bools, vectors: Floats32
    ) -> Floats32:
        states: Floats32
        (states,) = self._session.run(
            None,
            {
                "ids": ids,
                "types": types,
                "positions": np.ascontiguousarray(positions, np.int64),
                "seen": seen,
                "vectors": vectors,
            },
        )
        return states

    def _trunk(self, stack: Stack, own: Floats32, marker: Floats32) -> Floats32:
        """Return what the heads read of every marker [B, M, H].

        The first layer reads a marker's state, its mentions' here and before, and the text's first:
        a part of its weights each, and of what most markers lack nothing is multiplied.
        """
        of_marker, of_named, of_before, of_start = self._trunk_parts
        hidden = _product(marker, of_marker) + _product(own[:, :1], of_start)
        hidden += self._heads["trunk.0.bias"]
        for weights, part in (
            (stack.mention_weights, of_named),
            (stack.context_weights, of_before),
        ):
            there = weights.any(-1)
            if there.any():
                hidden[there] += _product((weights @ own)[there], part)
        hidden = _gelu(hidden)
        mean = hidden.mean(-1, keepdims=True)
        variance = hidden.var(-1, keepdims=True)
        scaled = (hidden - mean) / np.sqrt(variance + NORM_EPSILON)
        normed: Floats32 = scaled * self._heads["trunk.3.weight"] + self._heads["trunk.3.bias"]
        return normed

    def _linear(self, key: str, values: Floats32) -> Floats32:
        result: Floats32 = (
            _product(values, self._heads[f"{key}.weight"].T) + self._heads[f"{key}.bias"]
        )
        return result


def _product(values: Floats32, matrix: Floats32) -> Floats32:
    # As one product of all rows: NumPy multiplies a stack of matrices one by one.
    result: Floats32 = (values.reshape(-1, values.shape[-1]) @ matrix).reshape(
        *values.shape[:-1], -1
    )
    return result


def _gelu(values: Floats32) -> Floats32:
    """Return x · Φ(x), to the sixth digit by Abramowitz and Stegun 1964, formula 7.1.26."""
    scaled = np.abs(values) / math.sqrt(2)
    part = 1 / (1 + 0.3275911 * scaled)
    series = part * (
        0.254829592
        + part * (-0.284496736 + part * (1.421413741 + part * (-1.453152027 + part * 1.061405429)))
    )
    erf = np.sign(values) * (1 - series * np.exp(-(scaled**2)))
    result: Floats32 = (0.5 * values * (1 + erf)).astype(np.float32)
    return result
