"""Compiles a calibrated model: encoder.onnx in eight bits and heads.safetensors beside its weights.

    python -m models.training.export --model models/small --data runs/data

What is multiplied with the encoder's matrices gets one scale, that of the widest range which mining
some training pages leads to, fitted to where the states come nearest to the exact ones: were it
scaled by its own range, an answer would depend on what else is read with it. An encoder of BERT is
put together anew of fewer and faster operators. The heads stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors.numpy import load_file
from safetensors.torch import save_file
from transformers import BertConfig

from app.inference.checksums import SUMS
from app.inference.compiled_scorer import ENCODER, HEADS, CompiledRunner
from app.inference.folder import open_folder
from app.inference.scorer import ModelScorer
from app.inference.session import open_session
from app.inference.weights import load_model
from app.mining.mine import mine
from app.parsing.page import parse_page
from models.training.assembly import assemble
from models.training.candidates import page_as_json
from models.training.data import read_json
from models.training.eight_bits import write_exact, write_rounded
from models.training.pages import split_pages
from models.training.ranges import fit_ranges
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

_READ = {".json", ".onnx", ".safetensors"}
_FOR_PEOPLE = {FLOORS, "thresholds.json"}
"""Figures that stand beside a model and are not read with it."""


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
    config = network.encoder.config
    with tempfile.TemporaryDirectory() as place:
        whole, rounded = Path(place) / ENCODER, Path(place) / "rounded.onnx"
        write_exact(network, whole)
        write_rounded(whole, rounded, _feeds_of(folder, whole, pages))
        if isinstance(config, BertConfig):
            assemble(rounded, folder / ENCODER, config)
        else:
            shutil.copyfile(rounded, folder / ENCODER)
        feeds = list(_feeds_of(folder, whole, pages[:: max(1, len(pages) // 6)]))
        step = max(1, len(feeds) // FITTED_ON)
        before, after = fit_ranges(folder / ENCODER, whole, feeds[::step])
        print(f"error of the states, with the widest ranges and fitted: {before:.3f}, {after:.3f}")


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
