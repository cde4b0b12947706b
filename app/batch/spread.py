"""Spreads the model's work on one long page over all workers; scores are those of one alone.

What a page asks of the model comes in lists whose items do not depend on each other. They are cut
into slices that whoever has least to do answers, so that a thread of 50,000 comments at the end of
an archive leaves nobody idle.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, Any

from app.errors import FingerpostError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.mined import ModelIdentity
    from app.domain.reading import ActorMention, Reading, SentenceScore, TargetScore
    from app.mining.scorer import Scorer

SPREAD_FROM = 1_000
"""Comments from which a page is spread: ten units' work, half a minute and more of one core."""

SLICE_INPUTS = 64
"""About half a unit's work: enough that sending it, a millisecond, does not count."""

_SLICE_PAIRS = 1_024
"""Pairs of a text's clauses cost a hundredth of reading it."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Inputs of one method of the scorer; `number` is its asker's, and later the pool's own."""

    number: int
    method: str
    inputs: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the method returned, or why it did not."""

    number: int
    outputs: Sequence[Any] = ()
    problem: str | None = None


def answer_slice(slice_: Slice, scorer: Scorer) -> Answer:
    """Return what the scorer says to a slice."""
    try:
        outputs = attrgetter(slice_.method)(scorer)(slice_.inputs)
        return Answer(slice_.number, list(outputs))
    except Exception as error:  # noqa: BLE001 - whoever asked has to hear of it
        return Answer(slice_.number, problem=f"{type(error).__name__}: {str(error)[:100]}")


class Spreader:
    """Asks whoever `send` leads to; `hear` is told their answers, in any order."""

    def __init__(self, send: Callable[[Slice], None]) -> None:
        self._send = send
        self._numbers = count()
        self._asked: dict[int, Future[Sequence[Any]]] = {}
        self._lock = Lock()

    def ask(self, method: str, inputs: Sequence[Any]) -> list[Any]:
        """Return the method's outputs for all inputs, in their order."""
        waiting: list[Future[Sequence[Any]]] = []
        size = _SLICE_PAIRS if method.endswith("pairs") else SLICE_INPUTS
        for start in range(0, len(inputs), size):
            future: Future[Sequence[Any]] = Future()
            with self._lock:
                number = next(self._numbers)
                self._asked[number] = future
            waiting.append(future)
            self._send(Slice(number, method, list(inputs[start : start + size])))
        return [output for future in waiting for output in future.result()]

    def hear(self, answer: Answer) -> None:
        """Take an answer."""
        with self._lock:
            future = self._asked.pop(answer.number)
        if answer.problem is None:
            future.set_result(answer.outputs)
        else:
            future.set_exception(FingerpostError(answer.problem))


class SpreadScorer:
    """A scorer whose long lists are answered by all workers."""

    def __init__(self, own: Scorer, spreader: Spreader) -> None:
        self._own = own
        self._spreader = spreader

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        return self._own.identity

    @property
    def argument_reader(self) -> _SpreadReader | None:
        """What reads arguments, where the model can."""
        has = getattr(self._own, "argument_reader", None) is not None
        return _SpreadReader(self._spreader) if has else None

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading, in the same order."""
        return self._spreader.ask("score", readings)

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the mentions of each text."""
        return self._spreader.ask("tag_actors", texts)

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return one score a sentence; an article is read here."""
        return self._own.score_sentences(title, sentences)


class _SpreadReader:
    """Reads arguments as `mining.scorer.ArgumentReader` says, all workers together."""

    def __init__(self, spreader: Spreader) -> None:
        self._spreader = spreader

    def score_clauses(self, texts: Sequence[Sequence[str]]) -> list[Sequence[Sequence[float]]]:
        """Return the probabilities of kinds for each clause of each text."""
        return self._spreader.ask("argument_reader.score_clauses", texts)

    def score_pairs(self, pairs: Sequence[Any]) -> Sequence[Sequence[float]]:
        """Return the probabilities of bearings for each pair."""
        return self._spreader.ask("argument_reader.score_pairs", pairs)
