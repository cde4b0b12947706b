"""How far `mine` has come: a bar on standard error where that is a terminal, else nothing."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from app.cli.screen import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME_CHARS = 40


class Progress:
    """Bars that count files, where there are several, and the comments of the present one."""

    def __init__(self, files: int) -> None:
        self._bars = Bars(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, markup=False, emoji=False, highlight=False),
            transient=True,
            # Results go to standard output themselves; taken over, they would end up here.
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._shown = sys.stderr.isatty()
        self._files = self._bars.add_task("files", total=files, visible=files > 1)
        self._comments: TaskID | None = None
        self._left = 0

    def __enter__(self) -> Self:
        self._show()
        return self

    def __exit__(self, *_: object) -> None:
        self._hide()

    @contextmanager
    def file(self, name: str) -> Iterator[None]:
        """Show a file while it is mined, and count it when that ends, well or not."""
        self._comments = self._bars.add_task(plain(name, limit=_NAME_CHARS), total=None)
        try:
            yield
        finally:
            self._bars.remove_task(self._comments)
            self._bars.advance(self._files)

    def expect_comments(self, total: int) -> None:
        """Say how many comments the present file has."""
        self._left = total
        if self._comments is not None:
            self._bars.update(self._comments, total=total)

    def count_comments(self, more: int) -> None:
        """Count comments of the present file that have been read; sentences read again are none."""
        own = min(more, self._left)
        self._left -= own
        if self._comments is not None:
            self._bars.advance(self._comments, own)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bars off the screen while something else is written to it."""
        self._hide()
        try:
            yield
        finally:
            self._show()

    def _show(self) -> None:
        if self._shown:
            self._bars.start()

    def _hide(self) -> None:
        if self._shown:
            self._bars.stop()
