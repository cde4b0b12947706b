"""A model's folder without its weights: configuration, tokenizer, calibration, identity.

Reading these needs no runtime, so that a compiled model is served without loading torch.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from app.domain.mined import ModelIdentity
from app.errors import ModelUnusable
from app.inference.calibration import Calibration, read_calibration
from app.inference.encode import TextEncoder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

READS_BACKGROUND = "reads_background"
"""Key of a configuration: whether the network was trained to read backgrounds; true if left out."""

CONFIG, TOKENIZER, CALIBRATION = "config.json", "tokenizer.json", "calibration.json"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What every runtime needs of a model beside its weights."""

    config: Mapping[str, Any]
    tokenizer: Tokenizer
    calibration: Calibration
    identity: ModelIdentity


def open_folder(
    folder: Path, weights: Sequence[Path], *, calibration: str = CALIBRATION
) -> ModelFolder:
    """Return what a folder holds; `weights` are the files that a runtime reads beside it.

    `calibration` names the runtime's own.

    Raises:
        ModelUnusable: a file is missing or broken.
    """
    needed = [folder / CONFIG, folder / TOKENIZER, folder / calibration, *weights]
    missing = [path.name for path in needed if not path.is_file()]
    if missing or not weights:
        lacking = ", ".join(missing or ["weights"])
        raise ModelUnusable(f"expected a model in {folder}, {lacking} is not there")
    fitted = read_calibration(folder / calibration)
    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
    except ValueError as error:
        raise ModelUnusable(f"expected JSON in {folder / CONFIG}, got: {error}") from error
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:
        # tokenizers raises bare Exception for a file it cannot read.
        raise ModelUnusable(f"expected a tokenizer in {folder}, got: {error}") from error
    identity = ModelIdentity(folder.name, _revision(needed))
    return ModelFolder(config, tokenizer, fitted, identity)


def encoder_of(model: ModelFolder) -> TextEncoder:
    """Return the encoder of texts that reads as the network of a folder was trained to."""
    return TextEncoder(model.tokenizer, reads_background=reads_background(model.config))


def reads_background(config: Mapping[str, Any]) -> bool:
    """Return whether the network of a configuration reads backgrounds."""
    return bool(config.get(READS_BACKGROUND, True))


def _revision(paths: Sequence[Path]) -> str:
    """Return twelve hexadecimal digits that change with any byte of any file of the model."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
