"""What a thread weighs is learned from labels: where words fail, what is above tells."""

from __future__ import annotations

import numpy as np

from app.domain.stance import LABELS
from app.mining.iterative_weights import ACCOUNT, ACTORS
from app.mining.neighbours import Thread
from app.mining.tendencies import Naming
from models.training.iterative import (
    SWEEPS,
    Labelled,
    Rows,
    account_of,
    attribution_of,
    fit,
    fit_weights,
    judge,
)

SUPPORT, DENY, _, COMMENT = range(len(LABELS))
UNSURE = (0.2, 0.2, 0.05, 0.55)


def threads(many: int, seed: int) -> list[Labelled]:
    """Return threads of one actor: a comment that is clear, and nine answers that only react.

    Agreement takes the side of the first, objection the other; accounts are as clear as actors.
    """
    chance = np.random.default_rng(seed)
    made = []
    for number in range(many):
        first, other = chance.permutation(2)
        agrees = chance.integers(2, size=9).astype(bool)
        gold = np.asarray([first, *np.where(agrees, first, other)])
        clear = np.full(len(LABELS), 0.04)
        clear[first] = 0.88
        shares = np.asarray([clear, *[UNSURE] * 9])
        replies = np.full((10, len(LABELS)), 0.04)
        replies[np.arange(1, 10), np.where(agrees, SUPPORT, DENY)] = 0.88
        thread = Thread(
            own=shares[:, None],
            above=np.asarray([-1] + [0] * 9),
            linked=np.ones(10, bool),
            replies=replies,
            accounts=shares,
            namings=np.asarray([[Naming.ACTOR]] + [[Naming.NOBODY]] * 9),
            places=np.zeros(1, int),
            writers=np.arange(10),
        )
        made.append(Labelled(thread, gold[:, None], gold, "ab"[number % 2], "made"))
    return made


def test_what_is_above_is_learned_to_count():
    """New threads are read rightly where words alone say nothing, accounts too."""
    actors, account = fit_weights(threads(40, 0))
    assert len(actors) == SWEEPS
    new = threads(20, 1)
    alone = [(own, own.thread.own, own.thread.accounts) for own in new]
    judged = [(own, *judge(own, actors, account)) for own in new]
    assert attribution_of(alone) < 0.3
    assert attribution_of(judged) > 0.9
    assert account_of(judged) > account_of(alone)


def test_weights_are_those_that_labels_were_drawn_by():
    """Up to what a small penalty takes from them."""
    chance = np.random.default_rng(0)
    many = 20_000
    logs = np.log(chance.dirichlet(np.ones(4), (many, 2)))
    numbers = chance.integers(2, size=(many, 1)).astype(float)
    kinds = chance.integers(2, size=many)
    true = np.asarray([[0.6, 0.3], [1.0, 0.0]])
    logits = np.einsum("nik,ni->nk", logs, true[kinds])
    logits[:, DENY] += numbers[:, 0]
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    gold = (odds.cumsum(-1) > chance.random((many, 1))).argmax(-1)
    fitted = fit(Rows(logs, numbers, kinds, gold))
    assert np.allclose(fitted.logs, true, atol=0.1)
    assert np.allclose(fitted.biases, 0.0, atol=0.15)
    assert np.allclose(fitted.numbers, [[0.0, 1.0, 0.0]], atol=0.15)


def test_the_tables_in_use_have_the_shapes_that_are_fitted():
    """Six logarithms and nine numbers for actors, four and eight for the account."""
    for table, kinds, logs, numbers in (
        *((own, len(Naming), 6, 9) for own in ACTORS),
        (ACCOUNT, 1, 4, 8),
    ):
        assert np.shape(table.logs) == (kinds, logs)
        assert np.shape(table.biases) == (kinds, COMMENT)
        assert np.shape(table.numbers) == (numbers, COMMENT)
    assert len(ACTORS) == SWEEPS
