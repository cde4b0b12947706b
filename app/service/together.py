"""What several threads ask at once, answered together; each hears of its own failure only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AskedT_contra = TypeVar("AskedT_contra", contravariant=True)
AnswerT_co = TypeVar("AnswerT_co", covariant=True)


class Together(Protocol[AskedT_contra, AnswerT_co]):
    """Answers several questions at once."""

    def fits(self, there: Sequence[AskedT_contra], more: AskedT_contra) -> bool:
        """Return whether that one more makes a good batch with those."""
        ...

    def answer(self, asked: Sequence[AskedT_contra], *, alone: bool) -> Sequence[AnswerT_co]:
        """Return one answer a question; `alone` says that nothing else is answered meanwhile."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one question, or what went wrong with it."""

    answer: Any = None
    error: Exception | None = None

    def open(self) -> Any:
        """Return the answer, or raise what went wrong."""
        if self.error is not None:
            raise self.error
        return self.answer


def answer_each(
    answer: Callable[[Sequence[Any]], Sequence[Any]], asked: Sequence[Any]
) -> list[Outcome]:
    """Return one outcome a question; what fails together is asked again one by one."""
    try:
        return [Outcome(own) for own in answer(asked)]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it was asked
        if len(asked) == 1:
            return [Outcome(error=error)]
    return [answer_each(answer, [own])[0] for own in asked]
