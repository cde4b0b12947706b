"""Compiles a calibrated model: encoder.onnx in eight bits and heads.safetensors beside its weights.

    python -m models.training.export --model models/small

The encoder's matrices get eight bits and a scale a column, activations a scale a call; the heads
stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file
from torch import Tensor, nn

from app.inference.checksums import SUMS
from app.inference.compiled_scorer import ENCODER, HEADS
from app.inference.weights import load_model
from models.training.report import FLOORS

if TYPE_CHECKING:
    from app.inference.network import StanceNetwork

OPSET = 17
"""ONNX operators of 2022: LayerNormalization is one since then, and every runtime has them."""

_READ = {".json", ".onnx", ".safetensors"}

_SHAPES = {
    "ids": {0: "rows", 1: "tokens"},
    "types": {0: "rows", 1: "all"},
    "positions": {0: "rows", 1: "all"},
    "seen": {0: "rows", 1: "all", 2: "all"},
    "vectors": {0: "rows", 1: "markers"},
    "states": {0: "rows", 1: "all"},
}


def main() -> None:
    """Compile the model of a folder into that folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    network = load_model(args.model).network
    export_encoder(network, args.model / ENCODER)
    heads = {
        key: value.half().contiguous()
        for key, value in network.state_dict().items()
        if not key.startswith(("encoder.", "name_head."))
    }
    save_file(heads, args.model / HEADS)
    write_sums(args.model)
    for name in (ENCODER, HEADS):
        print(f"{name}: {(args.model / name).stat().st_size / 1e6:.1f} MB")


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file that is read when the model is loaded."""
    known = (path for path in folder.iterdir() if path.suffix in _READ)
    read = sorted(path for path in known if path.name != FLOORS)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in read]
    (folder / SUMS).write_text("".join(sums), "utf-8")


def export_encoder(network: StanceNetwork, path: Path) -> None:
    """Write the network's encoder in eight bits."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The tracer warns of every Python number that it takes for a constant; the tests show
        # that other shapes give what torch gives.
        warnings.simplefilter("ignore")
        whole = Path(folder) / ENCODER
        encoder = _Encoder(network).eval()
        torch.onnx.export(
            encoder,
            encoder.example(),
            str(whole),
            input_names=list(_SHAPES)[:-1],
            output_names=["states"],
            dynamic_axes=_SHAPES,
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )


class _Encoder(nn.Module):
    """The encoder from token ids and marker vectors to states, as a graph of its own."""

    def __init__(self, network: StanceNetwork) -> None:
        super().__init__()
        self.encoder = network.encoder

    def forward(
        self, ids: Tensor, types: Tensor, positions: Tensor, seen: Tensor, vectors: Tensor
    ) -> Tensor:
        """Return the states [B, L + M, H]."""
        words = torch.cat([self.encoder.embed(ids), vectors], dim=1)
        return self.encoder.read(words, types, positions, seen.unsqueeze(1))

    def example(self) -> tuple[Tensor, ...]:
        """Return arguments of unlike sizes, so that no two axes are taken for one."""
        rows, length, markers = 2, 7, 3
        every = length + markers
        return (
            torch.zeros(rows, length, dtype=torch.long),
            torch.zeros(rows, every, dtype=torch.long),
            torch.arange(every).repeat(rows, 1),
            torch.ones(rows, every, every, dtype=torch.bool),
            torch.zeros(rows, markers, self.encoder.config.hidden_size),
        )


if __name__ == "__main__":
    main()
