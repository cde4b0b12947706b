"""A run scores an archive into parts of fixed content, and goes on where it was ended."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from app.batch.choices import OutputFormat
from app.batch.ledger import Ledger
from app.batch.schema import TABLES
from app.bootstrap import build_service
from app.config import Settings
from app.domain.listing import PageFilter
from app.errors import InvalidRequest, ModelUnusable, RunChanged, UnreadableArchive
from tests.batch.conftest import read_rows
from tests.fakes import FakeScorer


class StopsAtFive(FakeScorer):
    """Has the machine fail at the sixth page, as far as anybody can tell."""

    def score_sentences(self, title, sentences):
        """Say that nothing can be scored any more."""
        if title == "Fire 5":
            raise ModelUnusable("expected a machine that works")
        return super().score_sentences(title, sentences)


class StumblesAtFive(FakeScorer):
    """Has a bug with one page."""

    def score_sentences(self, title, sentences):
        """Fail as code does that nobody has thought through."""
        if title == "Fire 5":
            raise KeyError("five")
        return super().score_sentences(title, sentences)


class DiesAtFive(FakeScorer):
    """Takes its process down with one page."""

    def score_sentences(self, title, sentences):
        """End the process as a lack of memory does."""
        if title == "Fire 5":
            os._exit(9)
        return super().score_sentences(title, sentences)


class OfAnotherRevision(FakeScorer):
    """Says that it is another model."""

    def __init__(self) -> None:
        super().__init__()
        self.identity = type(self.identity)("fake", "2")


def dies_at_once():
    """End the process before any model is there."""
    os._exit(9)


def test_every_page_and_comment_has_its_rows(score, archive, environment):
    """All tables have the documented columns, and refer to each other by page, comment, actor."""
    outcome, watcher = score(archive)

    rows = {
        name: [row for row in own if "part" not in row]
        for name, own in read_rows(environment / "out").items()
    }
    assert [row["page_id"] for row in rows["pages"]] == list(range(1, 13))
    assert [row["title"] for row in rows["pages"]] == [f"Fire {n}" for n in range(12)]
    assert rows["pages"][5]["position"] == "line 7"
    assert len(rows["comments"]) == 36
    assert {row["page_id"] for row in rows["attributions"]} == set(range(1, 13))
    first = next(row for row in rows["attributions"] if row["page_id"] == 1)
    assert (first["comment_id"], first["actor_name"], first["label"]) == (
        "c1",
        "Veltra Transit",
        "support",
    )
    assert rows["failures"] == [
        {
            "file": "archive.jsonl",
            "position": "line 6",
            "kind": "InvalidPage",
            "problem": "comments: expected a list, got a number",
        }
    ]
    for name, schema in TABLES.items():
        part = pq.read_schema(environment / "out" / name / "part-00000.parquet")
        assert part.remove_metadata().equals(schema.remove_metadata())
        assert all(column.metadata[b"description"] for column in part)
    totals = outcome.totals
    assert (totals.pages, totals.comments, totals.passed_over, totals.failed) == (12, 36, 1, 1)
    assert dict(totals.claimed)["Veltra Transit"] == 12
    assert watcher.comments_scored == 36
    assert watcher.shares[-1] == pytest.approx(1)


def test_how_many_work_changes_nothing(score, archive, environment):
    """Two processes write the same rows into the same parts as this one alone."""
    score(archive, "one")
    score(archive, "two", workers=2)

    assert read_rows(environment / "one") == read_rows(environment / "two")
    assert len(list((environment / "one" / "pages").iterdir())) > 2


def test_a_run_that_was_ended_goes_on(score, archive, environment):
    """What was scored is not scored again, and the rows are those of a run left alone."""
    score(archive, "alone")
    with pytest.raises(ModelUnusable, match="a machine that works"):
        score(archive, load_scorer=StopsAtFive)
    before = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*.parquet")}

    outcome, watcher = score(archive)

    assert before
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    assert watcher.comments_found > 0
    assert watcher.comments_found + watcher.comments_scored == 36
    assert read_rows(environment / "out") == read_rows(environment / "alone")
    assert dict(outcome.totals.claimed)["Veltra Transit"] == 12


def test_a_finished_run_has_nothing_left_to_do(score, archive, environment):
    """The same command says what it came to, and loads no model for it."""
    first, _ = score(archive)

    second, watcher = score(archive, load_scorer=None)

    assert (first.was_finished, second.was_finished) == (False, True)
    assert second.totals == first.totals
    assert watcher.shares == []
    assert not (environment / "out" / "_run" / "units").exists()


def test_another_input_or_other_options_are_refused(score, archive, environment):
    """Nobody's rows are mixed with another's, and the message names what has changed."""
    score(archive)

    with pytest.raises(RunChanged, match="sizes"):
        score(archive, unit_tokens=301)
    with pytest.raises(RunChanged, match="output format"):
        score(archive, output_format=OutputFormat.JSONL)
    with (environment / archive).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    with pytest.raises(RunChanged, match="input"):
        score(archive)


def test_another_model_is_refused(score, archive):
    """A page scored by one model does not stand beside one scored by the next."""
    with pytest.raises(ModelUnusable):
        score(archive, load_scorer=StopsAtFive)

    with pytest.raises(RunChanged, match="model"):
        score(archive, load_scorer=OfAnotherRevision)


def test_a_folder_of_something_else_is_refused(score, archive, environment):
    """Nothing is written among files that this command did not make."""
    (environment / "out").mkdir()
    (environment / "out" / "letter.txt").write_text("Dear", encoding="utf-8")

    with pytest.raises(InvalidRequest, match="empty"):
        score(archive)
    with pytest.raises(UnreadableArchive, match="nowhere"):
        score("nowhere.jsonl", "other")


def test_two_runs_do_not_write_to_one_folder(score, archive, environment):
    """The second is told that there is another."""
    run = environment / "out" / "_run"
    run.mkdir(parents=True)
    held = Ledger(run / "ledger.sqlite3")

    with pytest.raises(RunChanged, match="another run"):
        score(archive)

    held.close()


def test_a_page_with_a_bug_is_a_failure_like_others(score, archive):
    """Its name and place are reported; the other pages are there."""
    outcome, _ = score(archive, load_scorer=StumblesAtFive)

    assert outcome.totals.pages == 11
    kinds = {each.kind: each.examples for each in outcome.totals.failures}
    assert kinds["KeyError"] == (("archive.jsonl", "line 7", "'five'"),)


def test_a_page_that_kills_workers_does_not_end_the_run(score, archive):
    """After two deaths the pages of its unit are given up, and only they."""
    outcome, _ = score(archive, load_scorer=DiesAtFive, workers=2)

    lost = {each.kind: each.count for each in outcome.totals.failures}["WorkerLost"]
    assert 1 <= lost <= 3
    assert outcome.totals.pages == 12 - lost


def test_workers_that_never_come_up_end_the_run(score, archive):
    """A machine with too little memory is told so instead of being tried for ever."""
    with pytest.raises(ModelUnusable, match="memory"):
        score(archive, load_scorer=dies_at_once, workers=2)


def test_what_a_worker_refuses_ends_the_run_in_its_words(score, archive):
    """A model that is not there is not tried for every page."""
    with pytest.raises(ModelUnusable, match="a machine that works"):
        score(archive, load_scorer=StopsAtFive, workers=1)


def test_lines_of_json_are_the_contracts(score, archive, environment):
    """Each is a mined page under its number, with file and position before it."""
    score(archive, output_format=OutputFormat.JSONL)

    lines = [
        json.loads(line)
        for path in sorted((environment / "out" / "mined").iterdir())
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert [line["id"] for line in lines] == [str(n) for n in range(1, 13)]
    assert lines[0]["file"] == "archive.jsonl"
    assert lines[0]["mined_at"] == "2024-05-17T08:30:00Z"
    assert len(lines[0]["comments"]) == 3


def test_the_database_has_every_page_once(score, archive):
    """Also where a run was ended and gone on with."""
    service = build_service(Settings(), migrate=True)
    with pytest.raises(ModelUnusable):
        score(archive, output_format=OutputFormat.DATABASE, load_scorer=StopsAtFive)

    score(archive, output_format=OutputFormat.DATABASE)

    titles = sorted(page.title for page in service.list_pages(PageFilter()).items)
    service.close()
    assert titles == sorted(f"Fire {n}" for n in range(12))


def test_an_archive_of_nothing_has_empty_tables(score, environment):
    """Whoever reads the output finds the columns, and no rows."""
    (environment / "empty.jsonl").write_text("\n", encoding="utf-8")

    outcome, _ = score("empty.jsonl", input_format="jsonl")

    assert outcome.totals.pages == 0
    for name in TABLES:
        assert pq.read_table(environment / "out" / name / "part-00000.parquet").num_rows == 0
