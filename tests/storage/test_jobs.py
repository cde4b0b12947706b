"""The queue of jobs: each is run by one worker, and none is lost to a crash."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from app.domain.job import ArchiveTally, ClaimedJob, FailedRecords, Job, JobKind, JobState
from app.errors import Conflict, NotFound
from app.storage.engine import open_session
from app.storage.jobs import MAX_ATTEMPTS, JobStore
from app.storage.notices import MAX_TRIES, NoticeStore
from app.storage.tables import JobRow
from app.storage.tables.job import JobUploadRow
from app.storage.uploads import UploadStore

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)

NUL_TWICE = "\0 and \\u0000"
"""The character, and the six that a broken line of JSON has for it."""


class Clock:
    """Tells the time that it was set to."""

    def __init__(self):
        self.time = NOW

    def tell(self):
        """Return that time."""
        return self.time


@pytest.fixture
def clock():
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def jobs(session, clock):
    """An empty queue."""
    return JobStore(session, now=clock.tell)


def add(jobs, job_id, payload=b"{}"):
    """Queue a job of two comments."""
    return jobs.add(job_id, payload, remine=False, total=2)


def payload_of(session, job_id):
    """Return what of the sent page is still stored with a job."""
    return session.scalar(select(JobRow.payload).where(JobRow.id == job_id))


def test_a_job_is_queued_run_and_done(session, jobs):
    """A job tells how far it is, then which page it made, and keeps nothing of what was sent."""
    queued = jobs.add("j1", b"\x00\xffpage", remine=True, total=2)
    assert queued == Job("j1", JobState.QUEUED, 0, 2, NOW)

    claimed = jobs.claim()
    assert claimed == ClaimedJob("j1", b"\x00\xffpage", remine=True, total=2)
    assert jobs.progress(claimed, 1)
    assert jobs.load("j1") == Job("j1", JobState.RUNNING, 1, 2, NOW)

    assert jobs.finish(claimed, "p1")
    assert jobs.load("j1") == Job("j1", JobState.DONE, 2, 2, NOW, result="p1")
    assert payload_of(session, "j1") is None


def test_jobs_are_claimed_in_the_order_they_came(jobs):
    """The oldest job is next; where none waits there is none."""
    for job_id in ("z", "a", "m"):
        add(jobs, job_id)
    claimed = [jobs.claim() for _ in range(4)]
    assert [job and job.id for job in claimed] == ["z", "a", "m", None]


def test_workers_take_what_they_ask_for(jobs):
    """A worker for archives leaves pages to others."""
    add(jobs, "page")
    jobs.add("archive", b"{}", remine=False, total=0, kind=JobKind.ARCHIVE)

    assert jobs.claim([JobKind.ARCHIVE]).id == "archive"
    assert jobs.claim([JobKind.ARCHIVE]) is None
    assert jobs.claim([JobKind.PAGE]).id == "page"


def test_a_failed_job_says_why(jobs):
    """The problem is kept in one sentence, whatever characters it came with."""
    add(jobs, "j1")
    assert jobs.fail(jobs.claim(), "InvalidPage", "expected\0 this \ud800" + "x" * 9000)
    failed = jobs.load("j1")
    assert (failed.state, failed.problem_kind) == (JobState.FAILED, "InvalidPage")
    assert failed.problem.startswith("expected? this ?xxx")
    assert len(failed.problem) == 500


def test_a_failed_job_can_be_tried_again(jobs):
    """It waits again as it was sent, with nothing done, and no longer says why it failed."""
    add(jobs, "j1", b"page")
    claimed = jobs.claim()
    jobs.progress(claimed, 1)
    jobs.fail(claimed, "ModelUnusable", "no weights")

    assert jobs.retry("j1") == Job("j1", JobState.QUEUED, 0, 2, NOW)
    assert jobs.claim().payload == b"page"


def test_only_a_failed_job_can_be_tried_again(jobs, clock):
    """One that waits, runs or is done cannot, nor one whose text was forgotten."""
    add(jobs, "j1")
    with pytest.raises(Conflict, match="queued"):
        jobs.retry("j1")
    claimed = jobs.claim()
    with pytest.raises(Conflict, match="running"):
        jobs.retry("j1")
    jobs.fail(claimed, "InvalidPage", "no")
    clock.time += timedelta(days=8)
    jobs.forget_failed(untouched_since=clock.time)
    with pytest.raises(Conflict, match="too long ago"):
        jobs.retry("j1")


def test_a_cancelled_job_is_not_finished(session, jobs):
    """Cancelling stops a job at its next sign of progress, and its outcome no longer counts."""
    add(jobs, "j1")
    claimed = jobs.claim()

    assert jobs.cancel("j1").state is JobState.CANCELLED

    assert not jobs.touch(claimed)
    assert not jobs.progress(claimed, 1)
    assert not jobs.finish(claimed, "p1")
    assert not jobs.fail(claimed, "InvalidPage", "no")
    assert not jobs.release(claimed)
    assert jobs.load("j1").state is JobState.CANCELLED
    assert payload_of(session, "j1") is None


def test_a_cancelled_job_is_not_claimed(jobs):
    """A job that was cancelled while it waited never runs."""
    add(jobs, "j1")
    jobs.cancel("j1")
    assert jobs.claim() is None


def test_a_job_that_is_over_stays_as_it_is(jobs):
    """Cancelling or claiming again changes nothing about a job that is done."""
    add(jobs, "j1")
    claimed = jobs.claim()
    jobs.finish(claimed, "p1")
    assert jobs.cancel("j1").state is JobState.DONE
    assert jobs.requeue_running() == 0
    assert not jobs.progress(claimed, 1)


def test_what_a_crash_left_running_is_queued_again(jobs):
    """After a crash a running job waits again, from the beginning; the others are left alone."""
    for job_id in ("j1", "j2", "j3"):
        add(jobs, job_id)
    jobs.progress(jobs.claim(), 1)
    jobs.finish(jobs.claim(), "p2")

    assert jobs.requeue_running() == 1

    assert jobs.load("j1") == Job("j1", JobState.QUEUED, 0, 2, NOW)
    assert jobs.load("j2").state is JobState.DONE
    assert jobs.claim().id == "j1"


def test_an_archive_goes_on_where_it_was(jobs):
    """What has come of an archive outlives its worker, and whoever takes it next hears of it."""
    jobs.add("j1", b"{}", remine=False, total=0, kind=JobKind.ARCHIVE)
    failures = (FailedRecords("InvalidPage", 1, (("a.jsonl", "line 3", NUL_TWICE),)),)
    tally = ArchiveTally(records=3, pages=2, comments=9, failures=failures)
    jobs.progress(jobs.claim(), 9, total=20, tally=tally)

    jobs.requeue_running()

    job, claimed = jobs.load("j1"), jobs.claim()
    assert (job.done, job.total, claimed.attempt) == (9, 20, 2)
    assert claimed.tally == job.tally
    assert job.tally.pages == 2
    assert job.tally.failures[0].examples == (("a.jsonl", "line 3", NUL_TWICE),)


def test_jobs_that_show_life_are_not_queued_again(jobs, clock):
    """With a time given, only jobs that were silent since are taken from their workers."""
    add(jobs, "silent")
    add(jobs, "alive")
    jobs.claim()
    alive = jobs.claim()
    clock.time += timedelta(minutes=5)
    jobs.touch(alive)

    assert jobs.requeue_running(untouched_since=NOW + timedelta(minutes=1)) == 1

    assert jobs.load("silent").state is JobState.QUEUED
    assert jobs.load("alive").state is JobState.RUNNING


def test_a_worker_that_lost_its_job_is_not_heard(jobs):
    """A worker that comes back after another took its job changes nothing about it."""
    add(jobs, "j1")
    first = jobs.claim()
    jobs.requeue_running()
    second = jobs.claim()

    assert not jobs.touch(first)
    assert not jobs.finish(first, "p1")
    assert not jobs.release(first)
    assert jobs.finish(second, "p2")
    assert jobs.load("j1").result == "p2"


def test_a_job_that_kills_its_workers_fails_in_the_end(jobs):
    """A job is begun a few times at most; a release in good order is no attempt."""
    add(jobs, "j1")
    for _ in range(5):
        assert jobs.release(jobs.claim())
    for _ in range(MAX_ATTEMPTS - 1):
        jobs.claim()
        assert jobs.requeue_running() == 1
    jobs.claim()
    assert jobs.requeue_running() == 0
    assert jobs.load("j1").state is JobState.FAILED


def test_an_upload_lives_as_long_as_its_job(session, jobs):
    """What was sent comes back as it was, and is gone when the job is done or cancelled."""
    sent = bytes(range(256)) * 5000
    uploads = UploadStore(session)
    for job_id in ("done", "cancelled"):
        jobs.add(job_id, b"{}", remine=False, total=0, kind=JobKind.ARCHIVE)
        uploads.add(job_id, BytesIO(sent))
    claimed = jobs.claim()
    assert b"".join(uploads.pieces("done")) == sent

    jobs.finish(claimed, None)
    jobs.cancel("cancelled")

    assert list(session.scalars(select(JobUploadRow.position))) == []
    assert list(uploads.pieces("done")) == []


def test_notices_are_left_until_somebody_heard(session, clock):
    """Each end of a job is told; what nobody heard comes again later, and not for ever."""
    jobs = JobStore(session, notifies=True, now=clock.tell)
    notices = NoticeStore(session, now=clock.tell)
    add(jobs, "heard")
    add(jobs, "unheard")
    jobs.finish(jobs.claim(), "p1")
    assert notices.take().job.id == "heard"
    notices.settle("heard")
    assert notices.take() is None

    jobs.cancel("unheard")
    tries = []
    for _ in range(20):
        notice = notices.take()
        tries += [notice.tries] if notice else []
        assert notices.take() is None
        clock.time += timedelta(days=30)

    assert tries == list(range(1, MAX_TRIES + 1))


@pytest.mark.parametrize("job_id", ["j9", "", "\0", "\ud800"])
def test_an_id_of_no_job_is_not_found(jobs, job_id):
    """Whatever stands for an id, a job that is not there is said to be not there."""
    with pytest.raises(NotFound):
        jobs.load(job_id)
    with pytest.raises(NotFound):
        jobs.cancel(job_id)


def test_waiting_jobs_are_counted(jobs):
    """Only queued jobs wait."""
    add(jobs, "j1")
    add(jobs, "j2")
    jobs.claim()
    assert jobs.count_waiting() == 1


def test_several_workers_never_take_the_same_job(engine):
    """Workers that claim at the same moment share the jobs out, each job once."""
    with open_session(engine) as session, session.begin():
        for n in range(12):
            add(JobStore(session), f"j{n}")
    together = Barrier(4)
    taken = []

    def work():
        together.wait()
        while True:
            with open_session(engine) as session, session.begin():
                claimed = JobStore(session).claim()
            if claimed is None:
                return
            taken.append(claimed.id)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == sorted(f"j{n}" for n in range(12))


def test_a_worker_passes_over_what_another_is_taking(engine):
    """On PostgreSQL a claim that is not yet committed keeps nobody waiting."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    with open_session(engine) as session, session.begin():
        add(JobStore(session), "j1")
        add(JobStore(session), "j2")
    with open_session(engine) as first, open_session(engine) as second:
        assert JobStore(first).claim().id == "j1"
        assert JobStore(second).claim().id == "j2"
