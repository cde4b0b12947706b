"""Compiles a calibrated model: encoder.onnx in eight bits and heads.safetensors beside its weights.

    python -m models.training.export --model models/small --data runs/data

The encoder's matrices get eight bits and a scale a column. What is multiplied with them gets eight
bits and one scale, that of the widest range which mining some training pages leads to, narrowed
where that brings the states nearer: were it scaled by its own range, an answer would depend on what
else is read with it. The heads stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
import torch
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_dynamic,
    quantize_static,
)
from safetensors.numpy import load_file
from safetensors.torch import save_file
from torch import Tensor, nn

from app.inference.checksums import SUMS
from app.inference.compiled_scorer import ENCODER, HEADS, CompiledRunner, open_session
from app.inference.folder import open_folder
from app.inference.scorer import ModelScorer
from app.inference.weights import load_model
from app.mining.mine import mine
from app.parsing.page import parse_page
from models.training.candidates import page_as_json
from models.training.data import read_json
from models.training.narrowing import narrow_ranges
from models.training.pages import split_pages
from models.training.report import FLOORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onnxruntime import InferenceSession

    from app.inference.network import StanceNetwork

    Feed = dict[str, Any]

OPSET = 17
"""ONNX operators of 2022: LayerNormalization is one since then, and every runtime has them."""

PAGES = 30
"""About so many training pages are mined for the ranges, each a dozen calls or two."""

NARROWED_ON = 40
"""Calls that the ranges are narrowed on, some 6,000 tokens: on others the error falls as much."""

_READ = {".json", ".onnx", ".safetensors"}
_FOR_PEOPLE = {FLOORS, "thresholds.json"}
"""Figures that stand beside a model and are not read with it."""

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
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    network = load_model(args.model).network
    heads = {
        key: value.half().contiguous()
        for key, value in network.state_dict().items()
        if not key.startswith(("encoder.", "name_head."))
    }
    save_file(heads, args.model / HEADS)
    training, _, _ = split_pages(read_json(args.data / "pages.json.gz"))
    pages = [page_as_json(page) for page in training[:: max(1, len(training) // PAGES)]]
    export_encoder(network, args.model, pages)
    write_sums(args.model)
    for name in (ENCODER, HEADS):
        print(f"{name}: {(args.model / name).stat().st_size / 1e6:.1f} MB")


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file that is read when the model is loaded."""
    known = (path for path in folder.iterdir() if path.suffix in _READ)
    read = sorted(path for path in known if path.name not in _FOR_PEOPLE)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in read]
    (folder / SUMS).write_text("".join(sums), "utf-8")


def export_encoder(network: StanceNetwork, folder: Path, pages: Sequence[bytes]) -> None:
    """Write the network's encoder in eight bits into its folder, which has all else.

    `pages` are mined for the ranges.
    """
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        # The tracer warns of every Python number that it takes for a constant; the tests show
        # that other shapes give what torch gives.
        warnings.simplefilter("ignore")
        whole, fewer = Path(place) / ENCODER, Path(place) / "fewer.onnx"
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
            folder / ENCODER,
            _Feeds(_feeds_of(folder, whole, pages)),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=_products_of_activations(fewer),
            extra_options={
                # Else what is added to the products is rounded as well.
                "DedicatedQDQPair": True,
                "OpTypesToExcludeOutputQuantization": ["MatMul"],
            },
        )
        feeds = list(_feeds_of(folder, whole, pages[:: max(1, len(pages) // 6)]))
        step = max(1, len(feeds) // NARROWED_ON)
        before, after = narrow_ranges(folder / ENCODER, whole, feeds[::step])
        print(f"error of the states, before and after narrowing: {before:.3f}, {after:.3f}")


def _products_of_activations(path: Path) -> list[str]:
    """Return the names of the products without weights, those of attention."""
    graph = onnx.load(path).graph
    weights = {weight.name for weight in graph.initializer}
    return [
        node.name
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] not in weights
    ]


def _feeds_of(folder: Path, encoder: Path, pages: Sequence[bytes]) -> Iterator[Feed]:
    """Yield what the encoder is given while pages are mined with it."""
    session = _Listening(open_session(encoder))
    runner = CompiledRunner(session, load_file(folder / HEADS))
    scorer = ModelScorer(runner, open_folder(folder, [folder / HEADS]))
    for page in pages:
        mine(parse_page(page, content_type="application/json"), scorer, now=datetime.now(UTC))
        yield from session.feeds
        session.feeds.clear()


class _Listening:
    """A session that remembers what it was given."""

    def __init__(self, session: InferenceSession) -> None:
        self._session = session
        self.feeds: list[Feed] = []

    def run(self, names: Sequence[str] | None, feed: Feed) -> Any:
        """Return what the session inside does."""
        self.feeds.append(feed)
        return self._session.run(names, feed)


class _Feeds(CalibrationDataReader):  # type: ignore[misc]  # its package has no types
    """Gives ONNX Runtime's calibrator one feed after another."""

    def __init__(self, feeds: Iterator[Feed]) -> None:
        self._feeds = feeds

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


if __name__ == "__main__":
    main()
