"""A model's folder is read whole or refused with the reason."""

from __future__ import annotations

import json
import shutil

import pytest

from app.errors import ModelUnusable
from app.inference.weights import load_model
from tests.inference.conftest import MODELS


@pytest.fixture
def copied(tmp_path):
    """Return a copy of the bundled model's folder."""
    return shutil.copytree(MODELS / "small", tmp_path / "small")


def test_a_missing_folder_is_refused(tmp_path):
    """A folder that is not there is an unusable model, named in the message."""
    with pytest.raises(ModelUnusable, match="nothing"):
        load_model(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "calibration.json"])
def test_a_missing_file_is_named(copied, name):
    """Whichever file is missing, the message names it."""
    (copied / name).unlink()
    with pytest.raises(ModelUnusable, match=name):
        load_model(copied)


def test_a_missing_shard_is_refused(copied):
    """Half of the weights are no model."""
    next(iter(sorted(copied.glob("model-*.safetensors")))).unlink()
    with pytest.raises(ModelUnusable, match="expected weights"):
        load_model(copied)


@pytest.mark.parametrize("name", ["model-00001-of-00002.safetensors", "tokenizer.json"])
def test_a_broken_file_is_refused(copied, name):
    """Bytes that are not what they claim to be are refused, not crashed on."""
    (copied / name).write_bytes(b"\x00broken\xff" * 9)
    with pytest.raises(ModelUnusable):
        load_model(copied)


def test_the_revision_changes_with_a_threshold(copied):
    """A model with another threshold is another revision, and the same files are the same."""
    first = load_model(copied).folder.identity
    assert load_model(copied).folder.identity == first
    path = copied / "calibration.json"
    value = json.loads(path.read_text())
    value["labels"]["account"]["side_threshold"] += 0.01
    path.write_text(json.dumps(value))
    assert load_model(copied).folder.identity.revision != first.revision
