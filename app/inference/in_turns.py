"""A runner for many threads: each batch waits for its turn, and takes others' along that fit.

A batch of one text costs more for each token than one of several: what other threads wait with is
read together, as far as it is of like length, and each thread gets its own rows.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol

from app.inference.joined import join, join_stacks
from app.inference.schedule import TOGETHER_ON_CPU, Packing, is_dense

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.inference.layout import Bools, Floats32, Ints, Stack
    from app.inference.runner import Runner
    from app.inference.spreading import Spread


class _Question(Enum):
    """The methods of a `Runner`."""

    TARGETS = auto()
    MARKERS = auto()
    TAGS = auto()
    SENTENCES = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One batch of one thread; `outputs` is how many of its outputs' second axis are its own."""

    question: _Question
    arguments: tuple[Any, ...]
    attended: Bools
    markers: int = 0
    outputs: int | None = None

    @property
    def rows(self) -> int:
        """How many texts it has."""
        return len(self.attended)

    @property
    def tokens(self) -> int:
        """How many tokens and markers it has without padding."""
        return int(self.attended.sum()) + self.rows * self.markers


class Turn(Protocol):
    """Gives threads their turns, in each of which one batch runs."""

    def share(self, asked: Asked, together: RunnerInTurns) -> Floats32:
        """Return what `together` answers, in a turn of this thread or along with another's."""
        ...

    @property
    def spread(self) -> Spread:
        """What goes through the batches of one call, each of which takes a turn."""
        ...


class RunnerInTurns:
    """A `Runner` whose batches are run by `runner` while a turn is held, and by nothing else.

    `load_beside` returns the runner for a batch that runs while others do: one of fewer threads,
    since batches that share their threads wait for each other at every product (19 ms of the
    processor for a text in place of 16). It is called once, when that first happens, and nobody
    waits for it: until it is there, and where it fails, `runner` serves. Without a turn nobody
    else is there. `together` bounds what several threads' batches make as one.
    """

    def __init__(
        self,
        runner: Runner,
        turn: Turn | None,
        *,
        load_beside: Callable[[], Runner] | None = None,
        together: Packing = TOGETHER_ON_CPU,
    ) -> None:
        self._runner = runner
        self._together = together
        self._turn = turn
        self._load_beside = load_beside
        self._beside: Runner | None = None
        self._loading = Lock()

    def encode_targets(self, ids: Ints, attended: Bools) -> Floats32:
        """Return one vector a target [T, H]."""
        return self._ask(Asked(_Question.TARGETS, (ids, attended), attended))

    def score_markers(self, stack: Stack, targets: Floats32) -> Floats32:
        """Return the raw outputs of every marker [B, M, 9]."""
        many = stack.kinds.shape[1]
        return self._ask(Asked(_Question.MARKERS, (stack, targets), stack.attended, many, many))

    def tag(self, ids: Ints, attended: Bools) -> Floats32:
        """Return tag logits [B, L, 3]."""
        return self._ask(Asked(_Question.TAGS, (ids, attended), attended, outputs=ids.shape[1]))

    def score_sentences(self, ids: Ints, attended: Bools, weights: Floats32) -> Floats32:
        """Return (account, event) logits [B, S, 2]."""
        arguments = (ids, attended, weights)
        return self._ask(Asked(_Question.SENTENCES, arguments, attended, outputs=weights.shape[1]))

    def fits(self, there: Sequence[Asked], more: Asked) -> bool:
        """Return whether one more of the same kind makes a batch with those, little padding."""
        together = [*there, more]
        longest = max(own.attended.shape[1] for own in together)
        markers = max(own.markers for own in together)
        return there[0].question is more.question and is_dense(
            sum(own.rows for own in together),
            longest + markers,
            sum(own.tokens for own in together),
            self._together,
        )

    def answer(self, asked: Sequence[Asked], *, alone: bool) -> list[Floats32]:
        """Return the outputs of several batches of the same kind, run as one."""
        outputs = _run(self._runner if alone else self._runner_beside(), asked)
        parts, start = [], 0
        for own in asked:
            part = outputs[start : start + own.rows]
            parts.append(part if own.outputs is None else part[:, : own.outputs])
            start += own.rows
        return parts

    def _ask(self, asked: Asked) -> Floats32:
        if self._turn is None:
            (answer,) = self.answer([asked], alone=True)
            return answer
        return self._turn.share(asked, self)

    def _runner_beside(self) -> Runner:
        with self._loading:
            load, self._load_beside = self._load_beside, None
        if load is not None:
            Thread(target=self._take_beside, args=(load,), daemon=True).start()
        return self._beside or self._runner

    def _take_beside(self, load: Callable[[], Runner]) -> None:
        with suppress(Exception):  # it only saves time: there is a runner that serves
            self._beside = load()


def _run(runner: Runner, asked: Sequence[Asked]) -> Floats32:
    arguments = list(zip(*(own.arguments for own in asked), strict=True))
    if asked[0].question is _Question.MARKERS:
        return runner.score_markers(*join_stacks(*arguments))
    arrays = [join(own) for own in arguments]
    if asked[0].question is _Question.TARGETS:
        return runner.encode_targets(*arrays)
    if asked[0].question is _Question.TAGS:
        return runner.tag(*arrays)
    return runner.score_sentences(*arrays)
