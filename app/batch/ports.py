"""What a run asks of those around it: who watches it, and who scores its units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.batch.units import Unit
    from app.batch.worker import Done, WorkerTask
    from app.domain.mined import ModelIdentity


class Watcher(Protocol):
    """Hears how far a run has come."""

    def begin(self, total_bytes: int) -> None:
        """The archive has so many bytes as it is stored."""

    def read(self, count: int) -> None:
        """`count` more bytes of the archive were read."""

    def found(self, comments: int, share: float) -> None:
        """`comments` more were there from before; so much of the archive is done."""

    def scored(self, comments: int, share: float) -> None:
        """`comments` more were scored; so much of the archive is done."""


class Pool(Protocol):
    """Whoever scores units: processes of this machine, or others that do the same."""

    @property
    def has_room(self) -> bool:
        """Whether a unit can be sent."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being scored."""

    def send(self, unit: Unit) -> None:
        """Have a unit scored, and its results written to the task's folder."""

    def take(self, timeout_s: float | None) -> list[Done]:
        """Return which units are done; wait for one, `timeout_s` seconds at most."""

    def close(self) -> None:
        """End when all is done."""

    def kill(self) -> None:
        """End at once; nothing happens where it has ended."""


class StartPool(Protocol):
    """Starts a pool of so many workers; `WorkerPool` says more."""

    def __call__(
        self,
        count: int,
        task: WorkerTask,
        *,
        on_ready: Callable[[ModelIdentity], None],
        on_lost: Callable[[Unit], None],
    ) -> Pool:
        """Return the pool."""
