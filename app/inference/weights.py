"""A model's weights: model-*.safetensors beside what `folder` reads.

Weights stand in half precision or in eight bits a number with a scale for every 64, cut into
shards that a repository can hold; they are safetensors and nothing else, so that loading a model
never runs code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from app.errors import ModelUnusable
from app.inference.backbones import read_config
from app.inference.folder import ModelFolder, open_folder
from app.inference.network import StanceNetwork

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

MAX_SHARD_BYTES = 40_000_000
"""Bytes of weights a shard holds; repositories refuse files much above 45 MB."""

SCALE = ".scale"
"""What the name of a packed matrix's scales ends in."""

GROUP = 64
"""Numbers of a row that share a scale. With one scale a row a single long number costs all others
their precision, and MPNet has such."""

MAX_UNPACKED = 20_000
"""Numbers of a matrix that is left as it is: heads are small, and err more for being rounded."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """Everything that a model's folder holds, ready to run in single precision."""

    network: StanceNetwork
    folder: ModelFolder


def load_model(folder: Path) -> LoadedModel:
    """Return the model of a folder.

    Raises:
        ModelUnusable: a file is missing, broken, or not of this network.
    """
    shards = sorted(folder.glob("model-*.safetensors"))
    if not shards:
        raise ModelUnusable(f"expected a model in {folder}, model-*.safetensors is not there")
    model = open_folder(folder, shards)
    try:
        network = StanceNetwork(read_config(model.config))
        weights: dict[str, Tensor] = {}
        for shard in shards:
            weights.update(load_file(shard))
        network.load_state_dict(unpacked(weights), strict=True)
    except (SafetensorError, RuntimeError, ValueError, KeyError, OSError) as error:
        first = str(error).strip().splitlines()[0][:200]
        raise ModelUnusable(
            f"expected weights of this network in {folder}, got: {first}"
        ) from error
    network.eval()
    return LoadedModel(network, model)


def unpacked(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return weights in single precision; those of eight bits have their scales beside them."""
    return {
        key: _unpacked(value, weights[key + SCALE]) if value.dtype == torch.int8 else value.float()
        for key, value in weights.items()
        if not key.endswith(SCALE)
    }


def _unpacked(numbers: Tensor, scales: Tensor) -> Tensor:
    rows, groups = scales.shape
    return (numbers.float().view(rows, groups, -1) * scales.float()[..., None]).view_as(numbers)


def packed(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return weights whose large matrices have eight bits and scales [rows, groups], others 16."""
    small: dict[str, Tensor] = {}
    for key, value in weights.items():
        if value.ndim == 2 and value.numel() > MAX_UNPACKED:  # noqa: PLR2004 - a matrix
            rows, width = value.shape
            groups = value.float().reshape(rows, -1, GROUP if width % GROUP == 0 else width)
            scales = (groups.abs().amax(-1) / 127).clamp_min(1e-7).half()
            numbers = torch.round(groups / scales.float()[..., None]).clamp(-127, 127)
            small[key] = numbers.to(torch.int8).view(rows, width)
            small[key + SCALE] = scales
        else:
            small[key] = value.half()
    return small


def save_weights(folder: Path, weights: dict[str, Tensor]) -> list[Path]:
    """Write `weights` as they are, in shards of `MAX_SHARD_BYTES`; return the files."""
    shards: list[dict[str, Tensor]] = [{}]
    filled = 0
    for key, value in weights.items():
        own = value.detach().contiguous().cpu()
        size = own.numel() * own.element_size()
        if shards[-1] and filled + size > MAX_SHARD_BYTES:
            shards.append({})
            filled = 0
        shards[-1][key] = own
        filled += size
    paths = []
    for number, shard in enumerate(shards, start=1):
        path = folder / f"model-{number:05}-of-{len(shards):05}.safetensors"
        save_file(shard, path)
        paths.append(path)
    return paths
