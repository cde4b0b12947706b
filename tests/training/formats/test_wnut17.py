"""WNUT-17's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.training.formats.wnut17 import TaggedText, read

if TYPE_CHECKING:
    from pathlib import Path


def test_texts_end_at_blank_lines(tmp_path: Path) -> None:
    """Two texts, the second ended by the file's end."""
    path = tmp_path / "emerging.dev.conll"
    path.write_text("Ann\tB-person\nran\tO\n\t\n\nOslo\tB-location\n", "utf-8")
    assert read(path) == [
        TaggedText(("Ann", "ran"), ("B-person", "O")),
        TaggedText(("Oslo",), ("B-location",)),
    ]


def test_a_line_without_a_tag_is_refused(tmp_path: Path) -> None:
    """The message names the line."""
    path = tmp_path / "x.conll"
    path.write_text("Ann\tB-person\nran\n", "utf-8")
    with pytest.raises(ValueError, match="in line 2 of"):
        read(path)


def test_our_rows_are_read_too(tmp_path: Path) -> None:
    """Tokens and tags stand in one row."""
    path = tmp_path / "x.jsonl"
    path.write_text('{"tokens": ["Ann"], "tags": ["B-person"]}\n', "utf-8")
    assert read(path) == [TaggedText(("Ann",), ("B-person",))]
