"""A model's folder is read whole or refused with the reason."""

from __future__ import annotations

import json
import shutil

import pytest
import torch

from app.errors import ModelUnusable
from app.inference.weights import load_model, packed, save_weights, unpacked
from tests.inference.conftest import MODELS


def test_packed_weights_err_by_half_a_step_of_their_group():
    """A long number costs the 63 beside it their precision, and no other; heads stay."""
    torch.manual_seed(2)
    weights = {
        "wide": torch.randn(400, 128),
        "odd": torch.randn(300, 100),
        "head": torch.ones(4, 8),
    }
    weights["wide"][0, 0] = 100.0
    small = packed(weights)
    assert small["wide"].dtype == torch.int8
    assert small["head"].dtype == torch.float16

    back = unpacked(small)

    assert back.keys() == weights.keys()
    apart = (back["wide"] - weights["wide"]).abs()
    assert apart[0, :64].max() < 0.5 * 100 / 127 + 0.01
    assert apart[0, 64:].max() < 0.03
    assert apart[1:].max() < 0.03
    assert (back["odd"] - weights["odd"]).abs().max() < 0.03
    assert all(torch.equal(value, packed(back)[key]) for key, value in small.items())


def test_a_folder_of_packed_weights_is_read(copied):
    """Eight bits a number take little more than half the bytes for about the same numbers."""
    first = load_model(copied).network.state_dict()
    before = sum(path.stat().st_size for path in copied.glob("model-*.safetensors"))
    for path in copied.glob("model-*.safetensors"):
        path.unlink()
    paths = save_weights(copied, packed(first))
    assert sum(path.stat().st_size for path in paths) < 0.6 * before

    again = load_model(copied).network.state_dict()

    for key, value in first.items():
        assert (again[key] - value).norm() <= 0.02 * value.norm()


def test_packed_weights_without_their_scales_are_refused(copied):
    """Numbers of eight bits mean nothing alone."""
    weights = packed(load_model(copied).network.state_dict())
    for path in copied.glob("model-*.safetensors"):
        path.unlink()
    save_weights(copied, {key: own for key, own in weights.items() if not key.endswith(".scale")})
    with pytest.raises(ModelUnusable, match="expected weights of this network"):
        load_model(copied)


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
