"""Sums of a model's files: what differs is named, what is whole passes."""

from __future__ import annotations

import hashlib

import pytest

from app.errors import ModelUnusable
from app.inference.checksums import SUMS, check_sums


@pytest.fixture
def folder(tmp_path):
    """Return a folder of two files with their sums."""
    lines = []
    for name in ("config.json", "model.safetensors"):
        content = name.encode() * 1000
        (tmp_path / name).write_bytes(content)
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
    (tmp_path / SUMS).write_text("\n".join(lines) + "\n")
    return tmp_path


def test_whole_files_pass(folder):
    """A folder as it was summed up is taken, and so is one without sums."""
    check_sums(folder)
    (folder / SUMS).unlink()
    check_sums(folder)


def test_a_file_cut_short_is_named(folder):
    """A file of which the end is missing is refused by its name."""
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(ModelUnusable, match=r"model\.safetensors with SHA-256"):
        check_sums(folder)


def test_a_missing_file_is_named(folder):
    """A file that the sums name and that is not there is refused by its name."""
    (folder / "config.json").unlink()

    with pytest.raises(ModelUnusable, match=r"expected config\.json"):
        check_sums(folder)


@pytest.mark.parametrize("line", ["", "abc", "abc  ../secret", "abc  /etc/passwd", "\x00 \x00"])
def test_broken_sums_are_refused(folder, line):
    """Sums that are none, or lead out of the folder, are refused."""
    (folder / SUMS).write_text(f"{line}\n")

    with pytest.raises(ModelUnusable):
        check_sums(folder)
