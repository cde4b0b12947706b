"""Jobs: run in the background, kept through failures, crashes and stops."""

from __future__ import annotations

import json
from threading import Event

import pytest

from app.bootstrap import build_service
from app.config import Settings
from app.domain.job import JobState
from app.errors import ModelUnusable, NotFound
from app.jobs import JobRunner
from app.parsing.page import parse_page
from tests.fakes import FakeScorer

PATIENCE_S = 10
"""How long a test waits for what takes some milliseconds, before it fails."""


@pytest.fixture
def make_service(tmp_path):
    """Return a maker of services on the same database, each as after a restart."""
    services = []

    def make(scorer: FakeScorer | None = None):
        service = build_service(
            Settings(database_url=f"sqlite:///{tmp_path}/jobs.sqlite3", job_lease_s=1),
            load_scorer=lambda: scorer or FakeScorer(),
            migrate=True,
        )
        services.append(service)
        return service

    yield make
    for service in services:
        service.close()


def test_job_mines_the_page(make_service):
    """A submitted page is mined when the job runs, and the job names it."""
    service = make_service()
    page = _page(3)

    job = service.jobs.submit_page(page)
    ran = service.jobs.run_next()

    done = service.jobs.load(job.id)
    assert (job.state, job.total, ran) == (JobState.QUEUED, 3, True)
    assert (done.state, done.done) == (JobState.DONE, 3)
    assert service.page(done.result or "").url == page.url
    assert service.add_page(page).id == done.result


def test_no_job_no_run(make_service):
    """Where nothing waits, nothing runs."""
    assert make_service().jobs.run_next() is False


def test_jobs_run_in_order(make_service):
    """The job that waits longest runs first."""
    service = make_service()
    first, second = service.jobs.submit_page(_page(1)), service.jobs.submit_page(_page(2))

    service.jobs.run_next()

    assert service.jobs.load(first.id).state is JobState.DONE
    assert service.jobs.load(second.id).state is JobState.QUEUED


def test_failure_keeps_kind_and_problem(make_service):
    """A job that fails says why, and the next one runs."""

    def fail() -> None:
        raise ModelUnusable("expected weights, got none")

    service = make_service(FakeScorer(on_call=fail))
    job = service.jobs.submit_page(_page(1))

    service.jobs.run_next()

    failed = service.jobs.load(job.id)
    assert failed.state is JobState.FAILED
    assert (failed.problem_kind, failed.problem) == ("ModelUnusable", "expected weights, got none")


def test_bug_fails_the_job_without_its_words(make_service):
    """What nobody expected fails the job alone, and its message, maybe of comments, is not kept."""

    def fail() -> None:
        raise RuntimeError("secret words of a comment")

    service = make_service(FakeScorer(on_call=fail))
    job = service.jobs.submit_page(_page(1))

    service.jobs.run_next()

    failed = service.jobs.load(job.id)
    assert failed.state is JobState.FAILED
    assert "secret" not in (failed.problem or "")


def test_crash_is_made_good(make_service):
    """A job that was running when its process died runs again after the next start."""

    class Crash(BaseException):
        """The process dies."""

    def die() -> None:
        raise Crash

    dying = make_service(FakeScorer(on_call=die))
    job = dying.jobs.submit_page(_page(2))
    with pytest.raises(Crash):
        dying.jobs.run_next()
    assert dying.jobs.load(job.id).state is JobState.RUNNING

    service = make_service()
    runner = JobRunner(service, poll_s=0.01, tend_s=0.1)
    runner.start()
    _wait_for(service, job.id, JobState.DONE)
    runner.stop()


def test_a_job_that_shows_life_is_left_alone(make_service):
    """However long a call of the model takes, no other process takes the job meanwhile."""
    reading, go_on = Event(), Event()

    def hold() -> None:
        reading.set()
        go_on.wait(PATIENCE_S)

    service, other = make_service(FakeScorer(on_call=hold)), make_service()
    job = service.jobs.submit_page(_page(2))
    runner = JobRunner(service, poll_s=0.01)
    runner.start()
    assert reading.wait(PATIENCE_S)
    Event().wait(1.5)  # longer than the lease

    other.jobs.requeue()
    state = other.jobs.load(job.id).state
    go_on.set()
    _wait_for(other, job.id, JobState.DONE)
    runner.stop()

    assert state is JobState.RUNNING


def test_stop_breaks_off_between_turns(make_service):
    """A stop does not wait for a long page: its job waits again, for the next start."""
    reading, go_on = Event(), Event()

    def hold() -> None:
        reading.set()
        go_on.wait(PATIENCE_S)

    service = make_service(FakeScorer(on_call=hold))
    job = service.jobs.submit_page(_page(200))
    runner = JobRunner(service, poll_s=0.01)
    runner.start()
    assert reading.wait(PATIENCE_S)
    runner.ask_to_stop()
    go_on.set()
    runner.stop()

    assert service.jobs.load(job.id).state is JobState.QUEUED
    again = make_service()
    again.jobs.run_next()
    assert again.jobs.load(job.id).state is JobState.DONE


def test_runner_stops_when_idle_or_never_started(make_service):
    """Stopping needs neither work nor a start."""
    service = make_service()
    JobRunner(service).stop()
    runner = JobRunner(service)
    runner.start()
    runner.stop()


def test_runner_outlives_the_database(make_service):
    """A database that fails for a while only pauses the runner."""
    service = make_service()
    flaky = _Flaky(service)
    job = service.jobs.submit_page(_page(1))
    runner = JobRunner(flaky, poll_s=0.01, tend_s=0.01, pause_s=0.01)  # type: ignore[arg-type]
    runner.start()
    _wait_for(service, job.id, JobState.DONE)
    runner.stop()

    assert flaky.failures == 0


def test_a_webhook_that_does_not_hear_holds_nothing_up(make_service):
    """However many ends there are to tell of, what dead processes left is looked for between."""
    deaf = _Deaf(make_service())
    runner = JobRunner(deaf, tend_s=0.01)  # type: ignore[arg-type]
    runner.start()
    looked_again = deaf.looked_again.wait(PATIENCE_S)
    runner.stop()

    assert looked_again


def test_same_content_finishes_with_the_page_there(make_service):
    """A job for content that is there is done at once, with that page."""
    service = make_service()
    added = service.add_page(_page(2))

    job = service.jobs.submit_page(_page(2))
    service.jobs.run_next()

    done = service.jobs.load(job.id)
    assert (done.state, done.result, done.done) == (JobState.DONE, added.id, 2)


def test_unknown_job_is_not_found(make_service):
    """An unknown id is said to be unknown."""
    with pytest.raises(NotFound):
        make_service().jobs.load("jnone")


class _Flaky:
    """Jobs of a service whose database fails the first three times."""

    def __init__(self, service) -> None:
        self._jobs = service.jobs
        self.retention = service.retention
        self.failures = 3

    @property
    def jobs(self) -> _Flaky:
        return self

    def requeue(self) -> None:
        self._jobs.requeue()

    def tell_of_next(self) -> bool:
        return False

    def run_next(self, *, stopping, kinds) -> bool:
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        return self._jobs.run_next(stopping=stopping, kinds=kinds)


class _Deaf:
    """Jobs of a service whose webhook is always to be told of one more."""

    def __init__(self, service) -> None:
        self.jobs = self
        self.retention = service.retention
        self.looked_again = Event()
        self._told = False

    def requeue(self) -> None:
        if self._told:
            self.looked_again.set()

    def tell_of_next(self) -> bool:
        self._told = True
        Event().wait(0.01)
        return True

    def run_next(self, *, stopping, kinds) -> bool:
        del stopping, kinds
        return False


def _page(comments: int):
    sent = {
        "url": f"https://news.example/{comments}",
        "title": "Fire at the bus depot",
        "article": "Eleven buses burned on Sunday night.",
        "comments": [{"text": f"Veltra Transit did number {n}."} for n in range(comments)],
    }
    return parse_page(json.dumps(sent).encode(), content_type="application/json")


def _wait_for(service, job_id: str, state: JobState) -> None:
    pause = Event()
    for _ in range(PATIENCE_S * 100):
        if service.jobs.load(job_id).state is state:
            return
        pause.wait(0.01)
    pytest.fail(f"job is {service.jobs.load(job_id).state} and not {state}")
