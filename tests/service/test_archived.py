"""Archives as jobs: mined page by page, gone on with after a stop, and told what failed."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from app.domain.job import JobState
from app.domain.listing import PageFilter
from app.errors import InvalidRequest, ModelUnusable, NotFound
from tests.fakes import FakeScorer


def lines(pages=4, *, bad=True):
    """Return an archive of JSON lines: pages of two comments, one without, one bad line."""
    rows = [
        json.dumps(
            {
                "title": f"Fire {number}",
                "article": "Eleven buses burned.",
                "comments": [{"text": f"Veltra Transit did number {number}."}, {"text": "Why?"}],
            }
        )
        for number in range(pages)
    ]
    if bad:
        rows.insert(1, '{"comments": 7}')
        rows.insert(3, '{"title": "Silence", "comments": []}')
    return ("\n".join(rows) + "\n").encode()


def titles(service):
    """Return the titles of all stored pages, in the order in which they were stored."""
    return [page.title for page in service.list_pages(PageFilter(), limit=100).items][::-1]


def zipped(data):
    """Return a zip file of one archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("export.jsonl", data)
    return stream.getvalue()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zipped])
@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_an_archive_that_was_sent_is_mined(make_service, pack):
    """Its pages are stored in their order, and the job says what came of it."""
    service = make_service()

    job = service.archives.submit_upload(io.BytesIO(pack(lines())), None)
    service.jobs.run_next()

    done = service.jobs.load(job.id)
    assert done.state is JobState.DONE
    assert (done.done, done.total) == (8, 8)
    assert (done.tally.pages, done.tally.comments, done.tally.passed_over) == (4, 8, 1)
    assert [(each.kind, each.count) for each in done.tally.failures] == [("InvalidPage", 1)]
    assert titles(service) == [f"Fire {number}" for number in range(4)]


def test_an_archive_goes_on_where_it_was_stopped(make_service):
    """What was stored before is not read by the model again, nor stored twice."""
    stopping = []
    scorer = FakeScorer(on_call=lambda: stopping.append(1))
    first = make_service(scorer)
    job = first.archives.submit_upload(io.BytesIO(lines(10)), None)
    first.jobs.run_next(stopping=lambda: len(stopping) > 20)
    assert first.jobs.load(job.id).state is JobState.QUEUED
    before = titles(first)
    assert 0 < len(before) < 10

    again = FakeScorer()
    second = make_service(again)
    second.jobs.run_next()

    assert second.jobs.load(job.id).tally.pages == 10
    assert titles(second) == [f"Fire {number}" for number in range(10)]
    read = {reading.text for reading in again.readings}
    assert not any(f"number {title.split()[1]}." in text for title in before for text in read)


def test_a_failed_archive_is_tried_again_from_there(make_service):
    """Where the model cannot be had the job fails; tried again it goes on."""
    calls = []

    def fail_later() -> None:
        calls.append(1)
        if len(calls) > 20:
            raise ModelUnusable("expected memory, got none")

    broken = make_service(FakeScorer(on_call=fail_later))
    job = broken.archives.submit_upload(io.BytesIO(lines(10)), "jsonl")
    broken.jobs.run_next()
    failed = broken.jobs.load(job.id)
    assert (failed.state, failed.problem_kind) == (JobState.FAILED, "ModelUnusable")

    mended = make_service()
    mended.jobs.retry(job.id)
    mended.jobs.run_next()

    assert mended.jobs.load(job.id).state is JobState.DONE
    assert len(titles(mended)) == 10


def test_a_bug_in_a_page_is_one_failure(make_service):
    """Where a page meets a bug the others are stored, and its words are not in the job."""

    def fail_once() -> None:
        if not calls:
            calls.append(1)
            raise RuntimeError("secret words")

    calls = []
    service = make_service(FakeScorer(on_call=fail_once))
    job = service.archives.submit_upload(io.BytesIO(lines(3, bad=False)), None)
    service.jobs.run_next()

    (failed,) = service.jobs.load(job.id).tally.failures
    assert (failed.kind, failed.count) == ("InternalError", 1)
    assert "secret" not in failed.examples[0][2]
    assert len(titles(service)) == 2


def test_a_cancelled_archive_keeps_what_it_stored(make_service):
    """Cancelling stops it between passes of the model."""
    service = make_service(
        FakeScorer(on_call=lambda: len(titles(service)) == 2 and service.jobs.cancel(job.id))
    )
    job = service.archives.submit_upload(io.BytesIO(lines(10)), None)
    service.jobs.run_next()

    assert service.jobs.load(job.id).state is JobState.CANCELLED
    assert len(titles(service)) == 2


def test_an_archive_in_the_folder_is_mined_by_name(make_service, tmp_path):
    """What the operator put there can be named, and what was there when the job began is mined."""
    (tmp_path / "archives" / "2024").mkdir(parents=True)
    (tmp_path / "archives" / "2024" / "a.jsonl").write_bytes(lines(2))
    service = make_service(archives_folder=str(tmp_path / "archives"))

    job = service.archives.submit_reference("2024/a.jsonl", None)
    service.jobs.run_next()

    done = service.jobs.load(job.id)
    assert done.tally.pages == 2
    assert str(tmp_path) not in repr(done)

    other = service.archives.submit_reference("2024/a.jsonl", None)
    (tmp_path / "archives" / "2024" / "a.jsonl").write_bytes(lines(3))
    service.jobs.run_next()
    assert service.jobs.load(other.id).problem_kind == "RunChanged"


@pytest.mark.parametrize(
    "name", ["../secret.jsonl", "/etc/passwd", "link.jsonl", ".", "none", "a\0b", "\ud800"]
)
def test_nothing_outside_of_the_folder_can_be_named(make_service, tmp_path, name):
    """Neither by a way up, nor from the root, nor through a link."""
    (tmp_path / "secret.jsonl").write_bytes(lines(1))
    folder = tmp_path / "archives"
    folder.mkdir()
    (folder / "link.jsonl").symlink_to(tmp_path / "secret.jsonl")
    service = make_service(archives_folder=str(folder))

    with pytest.raises(NotFound):
        service.archives.submit_reference(name, None)


def test_what_cannot_be_an_archive_is_refused(make_service):
    """A format that is none, an empty body, and a name where there is no folder."""
    archives = make_service().archives
    with pytest.raises(InvalidRequest, match="expected one of"):
        archives.submit_upload(io.BytesIO(b"x"), "parquet")
    with pytest.raises(InvalidRequest, match="got nothing"):
        archives.submit_upload(io.BytesIO(), None)
    with pytest.raises(InvalidRequest, match="no folder"):
        archives.submit_reference("a.jsonl", None)
