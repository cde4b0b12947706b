"""A runner in turns: each batch holds the turn, nothing else does."""

from __future__ import annotations

import numpy as np

from app.inference.in_turns import RunnerInTurns

IDS = np.zeros((1, 4), np.int64)
SEEN = np.ones((1, 4), bool)
VECTORS = np.zeros((1, 8), np.float32)


class Watched:
    """A runner that notes whether the turn was held when it ran."""

    def __init__(self) -> None:
        self.is_held = False
        self.ran: list[tuple[str, bool]] = []

    def __getattr__(self, name: str):
        def run(*_):
            self.ran.append((name, self.is_held))
            return VECTORS

        return run


class Turn:
    """The watched runner's turn, which can be taken again and again."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched

    def __enter__(self) -> None:
        assert not self._watched.is_held
        self._watched.is_held = True

    def __exit__(self, *_) -> None:
        self._watched.is_held = False


def test_every_batch_holds_the_turn():
    """Whatever is asked, the runner inside runs while the turn is held, and answers."""
    watched = Watched()
    runner = RunnerInTurns(watched, Turn(watched))

    answers = [
        runner.encode_targets(IDS, SEEN),
        runner.score_markers(None, VECTORS),
        runner.tag(IDS, SEEN),
        runner.score_sentences(IDS, SEEN, VECTORS),
    ]

    assert watched.ran == [
        ("encode_targets", True),
        ("score_markers", True),
        ("tag", True),
        ("score_sentences", True),
    ]
    assert all(answer is VECTORS for answer in answers)
    assert not watched.is_held


def test_without_a_turn_it_just_runs():
    """Where nobody shares the machine there is nothing to wait for."""
    watched = Watched()

    RunnerInTurns(watched, None).tag(IDS, SEEN)

    assert watched.ran == [("tag", False)]
