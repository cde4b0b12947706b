"""What is shown while a run works: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import io

import pytest

from app.batch.progress import RunProgress


class Terminal(io.StringIO):
    """A screen as far as anybody asks."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


class Clock:
    """Tells the time that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock():
    """Return a clock at 0."""
    return Clock()


def test_a_log_has_a_line_every_half_minute(clock):
    """With how much is done, the rate, and how long it will take."""
    log = io.StringIO()
    with RunProgress(stream=log, clock=clock) as progress:
        progress.begin(1_000)
        clock.now = 31
        progress.read(250)
        progress.scored(100, 0.1)
        clock.now = 71
        progress.scored(2_000, 0.3)
        clock.now = 72
        progress.scored(1, 0.31)

    assert log.getvalue() == (
        "fingerpost: 0%, reading, 25% of the input so far\n"
        "fingerpost: 30%, 2,100 comments, 50 a second, about 2 min left\n"
    )


def test_what_was_there_counts_but_does_not_make_the_rate(clock):
    """A run gone on with promises nothing that the machine cannot keep."""
    progress = RunProgress(stream=io.StringIO(), clock=clock)
    progress.found(10_000, 0.5)
    progress.scored(100, 0.5)
    clock.now = 10
    progress.scored(100, 0.501)

    assert progress.describe().startswith("10,200 comments, 10 a second, about ")


def test_the_first_seconds_promise_nothing(clock):
    """No rate is told before there is one."""
    progress = RunProgress(stream=io.StringIO(), clock=clock)
    progress.scored(100, 0.5)
    clock.now = 1
    progress.scored(100, 0.6)

    assert progress.describe() == "200 comments"


def test_a_terminal_has_a_bar(clock):
    """It shows the share of the archive and what the lines say."""
    screen = Terminal()
    with RunProgress(stream=screen, clock=clock) as progress:
        progress.scored(100, 0.5)

    assert "50%" in screen.getvalue()
    assert "100 comments" in screen.getvalue()
