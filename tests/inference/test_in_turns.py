"""A runner in turns: each batch holds a turn, and threads that wait are read together."""

from __future__ import annotations

import time
from threading import Event, Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inference.in_turns import RunnerInTurns
from app.inference.layout import Stack
from app.inference.schedule import MAX_TOKENS_TOGETHER
from app.service.turns import Turns

WIDTH = 4
SHAPES = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(1, 4)), max_size=4)
"""Rows, tokens and markers of some batches."""


class Summing:
    """A runner whose every output is a sum over its own row, so that a mix-up would show."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, int]] = []

    def encode_targets(self, ids, attended):
        """Return the sum of each row's tokens, in each number of its vector."""
        self.ran.append(("encode_targets", len(ids)))
        return np.repeat((ids * attended).sum(1)[:, None], WIDTH, 1).astype(np.float32)

    def score_markers(self, stack, targets):
        """Return of each marker its target's first number and the sum of its row's tokens."""
        self.ran.append(("score_markers", len(stack.ids)))
        picked = targets[stack.target_rows, :1]
        sums = (stack.ids * stack.attended).sum(1)[:, None, None]
        named = stack.mention_weights.sum(-1, keepdims=True)
        return np.concatenate([picked, np.broadcast_to(sums, picked.shape), named], axis=-1)

    def tag(self, ids, attended):
        """Return each token, thrice."""
        self.ran.append(("tag", len(ids)))
        return np.repeat((ids * attended)[..., None], 3, axis=-1).astype(np.float32)

    def score_sentences(self, ids, attended, weights):
        """Return of each sentence the weighted sum of its tokens, twice."""
        self.ran.append(("score_sentences", len(ids)))
        means = (weights @ (ids * attended)[..., None]).astype(np.float32)
        return np.repeat(means, 2, axis=-1)


def texts(rows: int, tokens: int, seed: int = 1):
    """Return token ids of some texts, the first of which is as long as can be."""
    numbers = np.random.default_rng(seed)
    ids = numbers.integers(1, 1000, (rows, tokens))
    lengths = numbers.integers(1, tokens + 1, rows)
    lengths[0] = tokens
    attended = np.arange(tokens) < lengths[:, None]
    return ids * attended, attended


def stack_of(rows: int, tokens: int, markers: int, seed: int = 1):
    """Return a stack over such texts, and its own table of targets."""
    numbers = np.random.default_rng(seed)
    ids, attended = texts(rows, tokens, seed)
    nothing = np.zeros((rows, markers), np.int64)
    picks = numbers.integers(0, markers, (rows, markers))
    weights = numbers.random((rows, markers, tokens), np.float32)
    table = numbers.random((markers, WIDTH), np.float32)
    types = np.zeros_like(ids)
    return Stack(ids, types, attended, picks, nothing, nothing, nothing, weights, weights), table


def ask_at_once(runner: RunnerInTurns, turns: Turns, asks) -> list:
    """Have each asked in a thread of its own, all of them waiting when the turn becomes free."""
    answers: list = [None] * len(asks)

    def ask(place: int, name: str, arguments) -> None:
        answers[place] = getattr(runner, name)(*arguments)

    threads = [Thread(target=ask, args=(place, *own)) for place, own in enumerate(asks)]
    with turns:
        for waiting, thread in enumerate(threads):
            thread.start()
            while turns.waiting == waiting:
                Event().wait(0.0005)
    for thread in threads:
        thread.join(10)
    return answers


@given(SHAPES)
def test_each_gets_its_own_rows(shapes):
    """Whatever is read together, each thread's answers are those it gets alone."""
    asks = []
    for seed, (rows, tokens, markers) in enumerate(shapes):
        ids, attended = texts(rows, tokens, seed)
        weights = np.random.default_rng(seed).random((rows, markers, tokens), np.float32)
        asks += [
            ("score_markers", stack_of(rows, tokens, markers, seed)),
            ("encode_targets", (ids, attended)),
            ("tag", (ids, attended)),
            ("score_sentences", (ids, attended, weights)),
        ]
    alone = [getattr(Summing(), name)(*arguments) for name, arguments in asks]
    turns = Turns()

    together = ask_at_once(RunnerInTurns(Summing(), turns), turns, asks)

    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose(other, one, rtol=1e-6)


def test_texts_of_like_length_are_read_together():
    """Of those who wait, what is of like length is one batch; nothing else goes with it."""
    summing, turns = Summing(), Turns()
    asks = [
        ("tag", texts(1, 50)),
        ("tag", texts(1, 90)),
        ("tag", texts(1, 49)),
        ("encode_targets", texts(1, 50)),
        ("tag", texts(1, 51)),
    ]

    ask_at_once(RunnerInTurns(summing, turns), turns, asks)

    assert summing.ran == [("tag", 3), ("tag", 1), ("encode_targets", 1)]


def test_a_batch_stays_small():
    """However many wait, who goes along with others waits no longer than for a batch of its own."""
    summing, turns = Summing(), Turns()

    ask_at_once(RunnerInTurns(summing, turns), turns, [("tag", texts(1, 50))] * 10)

    assert max(rows for _, rows in summing.ran) * 50 <= MAX_TOKENS_TOGETHER
    assert sum(rows for _, rows in summing.ran) == 10


def test_batches_beside_others_have_a_runner_of_their_own():
    """What runs while others do goes to the runner of few threads, once that is loaded."""
    wide, narrow, turns = Summing(), Summing(), Turns(at_once=2)
    begun, may_end, ended = Event(), Event(), Event()

    def load():
        begun.set()
        may_end.wait()
        ended.set()
        return narrow

    runner = RunnerInTurns(wide, turns, load_beside=load)
    runner.tag(*texts(1, 4))
    begun_before = begun.is_set()
    with turns:
        runner.tag(*texts(1, 4))  # nobody waits for what is being loaded
        assert begun.wait(10)
        runner.tag(*texts(1, 4))
        may_end.set()
        assert ended.wait(10)
        until = time.monotonic() + 10
        while not narrow.ran:
            assert time.monotonic() < until
            runner.tag(*texts(1, 4))
        runner.tag(*texts(1, 4))
    runner.tag(*texts(1, 4))

    assert not begun_before
    assert len(wide.ran) >= 4
    assert len(narrow.ran) == 2


def test_without_a_runner_beside_others_all_go_to_the_one():
    """Where the second cannot be loaded the first goes on alone, and it is not tried again."""
    wide, turns, tried = Summing(), Turns(at_once=2), Event()

    def load():
        assert not tried.is_set()
        tried.set()
        raise MemoryError

    runner = RunnerInTurns(wide, turns, load_beside=load)
    with turns:
        runner.tag(*texts(1, 4))
        assert tried.wait(10)
        runner.tag(*texts(1, 4))

    assert len(wide.ran) == 2


@pytest.mark.parametrize("turns", [None, Turns(at_once=2)])
def test_who_is_alone_just_runs(turns):
    """Where nobody else asks there is nothing to wait for, and nothing more is loaded."""
    summing = Summing()

    answer = RunnerInTurns(summing, turns).tag(*texts(2, 5))

    assert answer.shape == (2, 5, 3)
    assert summing.ran == [("tag", 2)]
