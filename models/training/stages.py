"""The folder of a trained stage: what the next stage, the calibration and the evaluation read.

It holds the network's weights in half precision, its tokenizer and its configuration; the folder
of an encoder alone starts a first stage.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from app.inference.backbones import read_config
from app.inference.encode import TextEncoder
from app.inference.folder import CONFIG, TOKENIZER, reads_background
from app.inference.network import StanceNetwork
from app.inference.weights import unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.inference.tokens import Tokens

WEIGHTS = "weights.safetensors"


class CachingEncoder(TextEncoder):
    """Tokenizes each text once a process: the corpora are read many times over."""

    def __init__(self, tokenizer: Tokenizer, *, reads_background: bool = True) -> None:
        super().__init__(tokenizer, reads_background=reads_background)
        self._known: dict[str, Tokens] = {}

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, super().tokenize(new), strict=True))
        return [self._known[text] for text in texts]


def caching_encoder(folder: Path) -> CachingEncoder:
    """Return the encoder of texts of a folder, reading as its network does or will."""
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    return CachingEncoder(tokenizer, reads_background=reads_background(config))


def load_start(folder: Path) -> StanceNetwork:
    """Return the network of a stage's folder, or one with new heads on a folder's encoder."""
    network = StanceNetwork(read_config(json.loads((folder / CONFIG).read_text("utf-8"))))
    if (folder / WEIGHTS).exists():
        network.load_state_dict(unpacked(load_file(folder / WEIGHTS)), strict=True)
        return network
    weights = unpacked(load_file(folder / "model.safetensors"))
    # The pooler stays behind: nothing here reads it.
    expected = network.encoder.state_dict()
    known = {key: value for key, value in weights.items() if key in expected}
    network.encoder.load_state_dict(known, strict=True)
    return network


def write_stage(start: Path, out: Path, network: StanceNetwork) -> None:
    """Write what the next stage and the export read: weights, tokenizer and configuration."""
    save_file(
        {key: value.half().contiguous().cpu() for key, value in network.state_dict().items()},
        out / WEIGHTS,
    )
    for name in (TOKENIZER, CONFIG):
        (out / name).write_bytes((start / name).read_bytes())
