"""Writes a network's encoder as a graph, and rounds what it multiplies to eight bits.

The encoder's matrices get eight bits and a scale a column, the words' vectors eight bits. What is
multiplied with the matrices gets eight bits and one scale, that of the widest range which the calls
it is measured on lead to; few channels that are far longer than all others may be set apart.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_dynamic,
    quantize_static,
)
from torch import Tensor, nn

from models.training.outliers import APART, set_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.inference.network import StanceNetwork

    Feed = dict[str, Any]

OPSET = 17
"""ONNX operators of 2022: LayerNormalization is one since then, and every runtime has them."""

_SHAPES = {
    "ids": {0: "rows", 1: "tokens"},
    "types": {0: "rows", 1: "all"},
    "positions": {0: "rows", 1: "all"},
    "seen": {0: "rows", 1: "all", 2: "all"},
    "vectors": {0: "rows", 1: "markers"},
    "states": {0: "rows", 1: "all"},
}


def write_exact(network: StanceNetwork, path: Path) -> None:
    """Write the network's encoder in single precision."""
    encoder = _Encoder(network).eval()
    with warnings.catch_warnings():
        # The tracer warns of every Python number that it takes for a constant; the tests show
        # that other shapes give what torch gives.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            encoder,
            encoder.example(),
            str(path),
            input_names=list(_SHAPES)[:-1],
            output_names=["states"],
            dynamic_axes=_SHAPES,
            opset_version=OPSET,
            dynamo=False,
        )
    _keep_inputs(path)


def _keep_inputs(path: Path) -> None:
    """Give the graph every input, so that all are called alike: MPNet reads no types of tokens."""
    model = onnx.load(path)
    given = {own.name: own for own in model.graph.input}
    missing = [name for name in list(_SHAPES)[:-1] if name not in given]
    for name in missing:
        axes = _SHAPES[name]
        shape = [axes[place] for place in range(len(axes))]
        own = onnx.helper.make_tensor_value_info(name, onnx.TensorProto.INT64, shape)
        model.graph.input.append(own)
    if missing:
        onnx.save(model, path)


def write_rounded(
    exact: Path, path: Path, feeds: Sequence[Feed], *, channels_apart: int = 0
) -> None:
    """Write the encoder at `exact` in eight bits; `feeds` are calls that the ranges come from.

    So many channels of what is multiplied are set apart where those are far longer than the rest.
    """
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fewer, whole, ranges = Path(place) / "fewer.onnx", exact, {}
        if channels_apart:
            whole = Path(place) / "apart.onnx"
            ranges = set_apart(exact, whole, feeds, channels_apart)
            feeds = feeds[:1]  # The quantizer has every range now, and wants a call all the same.
        # The words' vectors, which are looked up and not multiplied.
        quantize_dynamic(
            whole,
            fewer,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["Gather"],
        )
        quantize_static(
            fewer,
            path,
            _Feeds(feeds),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=_exact_products(fewer),
            extra_options={
                "TensorQuantOverrides": {
                    name: [{"rmin": np.float32(least), "rmax": np.float32(most)}]
                    for name, (least, most) in ranges.items()
                },
                # Else what is added to the products is rounded as well.
                "DedicatedQDQPair": True,
                "OpTypesToExcludeOutputQuantization": ["MatMul"],
            },
        )
        if channels_apart:
            _take_unrounded(path)


def _exact_products(path: Path) -> list[str]:
    """Return the names of the products that stay exact: those of attention, and what is apart."""
    graph = onnx.load(path).graph
    weights = {weight.name for weight in graph.initializer}
    return [
        node.name
        for node in graph.node
        if node.op_type == "MatMul" and (node.input[1] not in weights or node.name.endswith(APART))
    ]


def _take_unrounded(path: Path) -> None:
    """Have all but products take what was rounded for a product as it was before.

    Where one product alone takes it, the quantizer rounds it for everybody, and what is set apart
    would be cut off.
    """
    model = onnx.load(path)
    makers = {output: node for node in model.graph.node for output in node.output}
    for node in model.graph.node:
        if node.op_type == "MatMul" and not node.name.endswith(APART):
            continue
        for place, name in enumerate(node.input):
            widened = makers.get(name)
            if widened is None or widened.op_type != "DequantizeLinear":
                continue
            rounded = makers.get(widened.input[0])
            if rounded is not None and rounded.op_type == "QuantizeLinear":
                node.input[place] = rounded.input[0]
    onnx.save(model, path)


class _Feeds(CalibrationDataReader):  # type: ignore[misc]  # its package has no types
    """Gives ONNX Runtime's calibrator one feed after another."""

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self._feeds = iter(feeds)

    def get_next(self) -> Feed | None:
        """Return the next feed; null after the last."""
        return next(self._feeds, None)


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
