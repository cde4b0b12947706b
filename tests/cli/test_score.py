"""`fingerpost score`: archives in, tables out, a summary on standard error."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from app.cli.score import _FORMATS
from app.parsing.archives import ArchiveFormat
from tests.cli.conftest import PAGE


@pytest.fixture
def archive(environment) -> str:
    """Return the name of an archive of two pages."""
    line = json.dumps(PAGE) + "\n"
    (environment / "archive.jsonl").write_text(2 * line, encoding="utf-8")
    return "archive.jsonl"


def test_an_archive_is_scored_into_a_folder(run, archive, environment):
    """What was found is said on standard error, and nothing on standard output."""
    result = run("score", archive, "--out", "out", "--workers", "1")

    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "2 pages with 6 comments scored" in result.stderr
    assert "Veltra Transit" in result.stderr
    assert pq.read_table(environment / "out" / "comments").num_rows == 6

    again = run("score", archive, "--out", "out")

    assert again.exit_code == 0
    assert "nothing was left to do" in again.stderr


def test_standard_input_is_an_archive_too(run, environment):
    """Several records, one broken: it is named, and the exit code says so."""
    data = json.dumps(PAGE).encode() + b"\n{}}\n"

    result = run("score", "-", "--out", "out", "--format", "jsonl", "--workers", "1", data=data)

    assert result.exit_code == 1
    assert "line 2" in result.stderr
    (part,) = (environment / "out" / "mined").iterdir()
    assert len(part.read_text(encoding="utf-8").splitlines()) == 1


def test_the_formats_in_the_help_are_those_that_are_read(run):
    """Each can be said, and what is none is refused as a wrong use of the command."""
    assert set(_FORMATS.replace(" or ", ", ").split(", ")) == {each.value for each in ArchiveFormat}

    result = run("score", "x", "--out", "out", "--input-format", "telex")

    assert result.exit_code == 2
    assert "telex" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("nowhere", "--out", "out"), "nowhere"), (("archive.jsonl", "--out", "."), "empty")],
)
@pytest.mark.usefixtures("archive")
def test_what_cannot_be_done_is_said_in_a_line(run, arguments, said):
    """A missing archive, and a folder that holds something else."""
    result = run("score", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_address_needs_a_cluster(run):
    """Where processes of this machine score, an address is misuse."""
    done = run("score", "none.jsonl", "--out", "out", "--address", "ray://nowhere")

    assert done.exit_code == 2
    assert "--engine ray" in done.stderr
