"""Reads bytes as an archive of one file, as the command would."""

from __future__ import annotations

import pytest

from app.parsing.archives import Archive, ArchiveFormat, Entry, Failure


@pytest.fixture
def read_archive(tmp_path):
    """Return a function from the contents of files to the pages and the failures in them."""
    made = 0

    def read(*contents: bytes, form=None) -> tuple[list[Entry], list[Failure]]:
        nonlocal made
        names = []
        for content in contents:
            made += 1
            path = tmp_path / f"archive{made}"
            path.write_bytes(content)
            names.append(str(path))
        records = list(
            Archive(names, form=form and ArchiveFormat(form), spill_folder=tmp_path).records()
        )
        return (
            [each for each in records if isinstance(each, Entry)],
            [each for each in records if isinstance(each, Failure)],
        )

    return read
