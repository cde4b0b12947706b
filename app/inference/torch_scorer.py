"""Runs the network on torch: the reference for every other runtime, and what a GPU uses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from app.errors import ModelUnusable
from app.inference.backbones import attend_without_plans
from app.inference.in_turns import RunnerInTurns
from app.inference.schedule import ON_GPU
from app.inference.scorer import ModelScorer
from app.inference.stack import as_tensors
from app.inference.weights import load_model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from app.inference.in_turns import Turn
    from app.inference.layout import Bools, Floats32, Ints, Stack
    from app.inference.network import StanceNetwork


def load_scorer(
    folder: Path,
    *,
    threads: int | None = None,
    turn: Turn | None = None,
    device: str = "cpu",
) -> ModelScorer:
    """Return a scorer over the weights of a folder; `threads` bounds torch's own threads.

    Each batch waits for its `turn`. On "cuda" it is read in bfloat16, in batches of thousands of
    tokens.

    Raises:
        ModelUnusable: the folder does not hold a model of this network, or there is no GPU that
            torch can use.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    if device == "cpu":
        model = load_model(folder)
        return ModelScorer(RunnerInTurns(TorchRunner(model.network), turn), model.folder)
    if not torch.cuda.is_available():
        raise ModelUnusable(f"expected a GPU for FINGERPOST_DEVICE={device}, torch finds none here")
    attend_without_plans()
    model = load_model(folder)
    runner = TorchRunner(model.network.to(device), device=device, in_bfloat16=True)
    return ModelScorer(RunnerInTurns(runner, turn, together=ON_GPU), model.folder, packing=ON_GPU)


class TorchRunner:
    """A network as a `Runner` on a device, in single precision or in bfloat16 where that pays."""

    def __init__(
        self, network: StanceNetwork, *, device: str = "cpu", in_bfloat16: bool = False
    ) -> None:
        self._network = network
        self._device = torch.device(device)
        self._precision = partial(
            torch.autocast, self._device.type, torch.bfloat16, enabled=in_bfloat16
        )

    @torch.inference_mode()
    def encode_targets(self, ids: Ints, attended: Bools) -> Floats32:
        """Return one vector a target [T, H]."""
        with self._precision():
            return _array(self._network.encode_targets(*self._there(ids, attended)))

    @torch.inference_mode()
    def score_markers(self, stack: Stack, targets: Floats32) -> Floats32:
        """Return the raw outputs of every marker [B, M, 9]."""
        with self._precision():
            batch = as_tensors(stack).to(self._device)
            logits = self._network.score_markers(batch, *self._there(targets))
        certain, reported = logits.certain[..., None], logits.reported[..., None]
        return _array(torch.cat((logits.label, certain, logits.role, reported), dim=-1))

    @torch.inference_mode()
    def tag(self, ids: Ints, attended: Bools) -> Floats32:
        """Return tag logits [B, L, 3]."""
        with self._precision():
            tags, _ = self._network.tag(*self._there(ids, attended))
        return _array(tags)

    @torch.inference_mode()
    def score_sentences(self, ids: Ints, attended: Bools, weights: Floats32) -> Floats32:
        """Return (account, event) logits [B, S, 2]."""
        with self._precision():
            logits = self._network.score_sentences(*self._there(ids, attended, weights))
        return _array(logits)

    def _there(self, *arrays: NDArray[Any]) -> tuple[torch.Tensor, ...]:
        return tuple(torch.from_numpy(own).to(self._device) for own in arrays)


def _array(values: torch.Tensor) -> Floats32:
    array: Floats32 = values.float().cpu().numpy()
    return array
