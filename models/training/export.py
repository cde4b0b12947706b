"""Compiles a calibrated model: encoder.onnx in eight bits and heads.safetensors beside its weights.

    python -m models.training.export --model models/small --data runs/data

What is multiplied with the encoder's matrices gets one scale, that of the widest range which mining
some training pages leads to, fitted to where the states come nearest to the exact ones: were it
scaled by its own range, an answer would depend on what else is read with it. An encoder of BERT is
put together anew of fewer and faster operators; of MPNet, a few channels that are far longer than
the others stay exact. The heads stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
from onnx.external_data_helper import set_external_data
from safetensors.numpy import load_file
from safetensors.torch import save_file
from transformers import BertConfig

from app.inference.checksums import SUMS
from app.inference.compiled_scorer import ENCODER, ENCODER_WEIGHTS, HEADS, CompiledRunner
from app.inference.folder import open_folder
from app.inference.scorer import ModelScorer
from app.inference.session import open_session
from app.inference.weights import MAX_SHARD_BYTES, load_model
from app.mining.mine import mine
from app.parsing.page import parse_page
from models.training.assembly import assemble
from models.training.candidates import page_as_json
from models.training.data import read_json
from models.training.eight_bits import write_exact, write_rounded
from models.training.outliers import CHANNELS
from models.training.pages import split_pages
from models.training.ranges import PASSES, fit_ranges
from models.training.report import FLOORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onnxruntime import InferenceSession

    from app.inference.network import StanceNetwork

    Feed = dict[str, Any]

PAGES = 30
"""About so many training pages are mined for the ranges, each a dozen calls or two."""

FITTED_ON = 40
"""Calls that the ranges are fitted on, some 6,000 tokens: on others the error falls as much."""

SMALL = 4096
"""Bytes of a constant that stays in the graph however large that is."""

_READ = {".json", ".onnx", ".safetensors", ".data"}
_FOR_PEOPLE = {FLOORS, "thresholds.json"}
"""Figures that stand beside a model and are not read with it."""


def main() -> None:
    """Compile the model of a folder into that folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--calls", type=int, default=FITTED_ON, help="that the ranges are fitted on"
    )
    parser.add_argument("--passes", type=int, default=len(PASSES), help="over the ranges")
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
    export_encoder(network, args.model, pages, calls=args.calls, passes=args.passes)
    write_sums(args.model)
    for path in (args.model / ENCODER, args.model / HEADS, *args.model.glob(ENCODER_WEIGHTS)):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file that is read when the model is loaded."""
    known = (path for path in folder.iterdir() if path.suffix in _READ)
    read = sorted(path for path in known if path.name not in _FOR_PEOPLE)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in read]
    (folder / SUMS).write_text("".join(sums), "utf-8")


def export_encoder(
    network: StanceNetwork,
    folder: Path,
    pages: Sequence[bytes],
    *,
    calls: int = FITTED_ON,
    passes: int = len(PASSES),
) -> None:
    """Write the network's encoder in eight bits into its folder, which has all else.

    `pages` are mined for the ranges, which are fitted on so many `calls` in so many `passes`.
    """
    config = network.encoder.config
    with tempfile.TemporaryDirectory() as place:
        whole, rounded, fitted = (
            Path(place) / name for name in (ENCODER, "rounded.onnx", "fitted.onnx")
        )
        write_exact(network, whole)
        feeds = list(_feeds_of(folder, whole, pages))
        if isinstance(config, BertConfig):
            write_rounded(whole, rounded, feeds)
            assemble(rounded, fitted, config)
        else:
            write_rounded(whole, fitted, feeds, channels_apart=CHANNELS)
        step = max(1, len(feeds) // calls)
        before, after = fit_ranges(fitted, whole, feeds[::step], PASSES[:passes])
        save_encoder(fitted, folder)
        print(f"error of the states, with the widest ranges and fitted: {before:.3f}, {after:.3f}")


def save_encoder(path: Path, folder: Path, most: int = MAX_SHARD_BYTES) -> None:
    """Write the graph at `path` into a model's folder, in one file or cut as a repository can hold.

    Of a graph of more than `most` bytes the matrices go into files of at most so many beside it,
    which a runtime finds by their names in the graph.
    """
    for old in folder.glob(ENCODER_WEIGHTS):
        old.unlink()
    model = onnx.load(path)
    parts: list[bytearray] = []
    if path.stat().st_size > most:
        for tensor in model.graph.initializer:
            raw = tensor.raw_data
            if len(raw) < SMALL:
                continue
            if not parts or len(parts[-1]) + len(raw) > most:
                parts.append(bytearray())
            name = ENCODER_WEIGHTS.replace("*", f"{len(parts):05}")
            set_external_data(tensor, name, offset=len(parts[-1]), length=len(raw))
            tensor.ClearField("raw_data")
            parts[-1] += raw
    for number, part in enumerate(parts, start=1):
        (folder / ENCODER_WEIGHTS.replace("*", f"{number:05}")).write_bytes(part)
    (folder / ENCODER).write_bytes(model.SerializeToString())


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


if __name__ == "__main__":
    main()
