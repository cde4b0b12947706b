"""How far a run has come, on standard error: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bars

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

LINE_SECONDS = 30.0
"""Between two lines of a log: a day's run makes three thousand, a coffee break's a few."""

_STEADY_SECONDS = 5.0
"""Before that a rate says more about the first unit's length than about the archive."""

_MINUTE_S, _HOUR_S = 60, 3600


class RunProgress:
    """Watches a run."""

    def __init__(
        self,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream or sys.stderr
        self._clock = clock
        self._total_bytes = 1
        self._bytes = 0
        self._found = self._scored = 0
        self._share = 0.0
        self._first: tuple[float, int, float] | None = None
        self._last_line = clock()
        self._shown = self._stream.isatty()
        self._bars = Bars(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(file=self._stream, markup=False, emoji=False, highlight=False),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not self._shown,
        )
        self._task = self._bars.add_task("reading", total=1.0)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def begin(self, total_bytes: int) -> None:
        """Say how large the archive is, as it is stored."""
        self._total_bytes = max(1, total_bytes)

    def read(self, count: int) -> None:
        """Count bytes of the archive."""
        self._bytes += count
        if not self._scored and not self._found:
            self._show()

    def found(self, comments: int, share: float) -> None:
        """Count comments that an earlier run has scored."""
        self._found += comments
        self._share = max(self._share, share)
        self._show()

    def scored(self, comments: int, share: float) -> None:
        """Count comments that were scored now."""
        self._scored += comments
        self._share = max(self._share, share)
        if self._first is None:  # before it, the model was being loaded
            self._first = (self._clock(), self._scored, self._share)
        self._show()

    def describe(self) -> str:
        """Return where the run stands, in a line."""
        if not self._scored and not self._found:
            return f"reading, {min(1.0, self._bytes / self._total_bytes):.0%} of the input so far"
        words = [f"{self._found + self._scored:,} comments"]
        began, scored, share = self._first or (self._clock(), 0, 0.0)
        elapsed = self._clock() - began
        if elapsed >= _STEADY_SECONDS:
            words.append(f"{(self._scored - scored) / elapsed:,.0f} a second")
            if self._share > share:
                left = elapsed * (1.0 - self._share) / (self._share - share)
                words.append(f"about {_duration(left)} left")
        return ", ".join(words)

    def _show(self) -> None:
        if self._shown:
            self._bars.update(self._task, completed=self._share, description=self.describe())
            return
        now = self._clock()
        if now - self._last_line >= LINE_SECONDS:
            self._last_line = now
            self._stream.write(f"fingerpost: {self._share:.0%}, {self.describe()}\n")
            self._stream.flush()


def _duration(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    return f"{seconds / _HOUR_S:.1f} h"
