"""Reads the stances of a thread to actors that its page came with, from all that stands around.

Iterative classification (Neville and Jensen 2000, "Iterative classification in relational data"):
a comment's stance to an actor is judged from the model's reading of it and from what is held, so
far, of the comments around it; then all are judged anew from that. A log-linear model weighs both
(Berger et al. 1996, "A maximum entropy approach to natural language processing"). Everything here
is of C comments that were read and A actors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS, Label
from app.mining.iterative_weights import ACCOUNT, ACTORS
from app.mining.neighbours import Thread, around_account, around_actors
from app.mining.readings import NO_STANCE
from app.mining.tendencies import naming_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from app.domain.page import Comment
    from app.mining.iterative_weights import Weights
    from app.mining.neighbours import Surroundings
    from app.mining.readings import Claims, CommentScores

    Ints = npt.NDArray[np.int64]
    Shares = npt.NDArray[np.float64]

_COMMENT = LABELS.index(Label.COMMENT)


def read_given(
    comments: Iterable[Comment], claims: Claims, scores: Mapping[str, CommentScores]
) -> dict[str, tuple[Shares, Shares]]:
    """Return the shares of every comment that was read: of its actors [A, 4] and the account [4].

    Actors are in the order that the scores have them.
    """
    speaking = [own for own in comments if scores[own.id].actors]
    if not speaking:
        return {}
    thread = thread_of(speaking, claims, scores)
    actors = judge_actors(thread, ACTORS)
    pairs = zip(actors, judge_accounts(thread, actors, ACCOUNT), strict=True)
    return dict(zip((own.id for own in speaking), pairs, strict=True))


def judge_actors(thread: Thread, sweeps: Sequence[Weights]) -> Shares:
    """Return the shares [C, A, 4] of the stances to actors after all sweeps."""
    shares = thread.own
    for weights in sweeps:
        shares = weigh(around_actors(thread, shares), thread.namings, weights)
    return shares


def judge_accounts(thread: Thread, actors: Shares, weights: Weights) -> Shares:
    """Return the shares [C, 4] of the stances to the account, where those to actors are settled."""
    kinds = np.zeros((len(actors), 1), np.int64)
    return weigh(around_account(thread, actors), kinds, weights)[:, 0]


def weigh(around: Surroundings, kinds: Ints, weights: Weights) -> Shares:
    """Return the shares [C, A, 4] that surroundings make of queries of those `kinds` [C, A]."""
    of_logs, biases, of_numbers = (np.asarray(own) for own in weights)
    logits = np.zeros_like(around.logs[0])
    for place, logs in enumerate(around.logs):
        logits += of_logs[kinds, place, None] * logs
    logits[..., :_COMMENT] += biases[kinds] + around.numbers @ of_numbers
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Shares = odds / odds.sum(-1, keepdims=True)
    return shares


def thread_of(
    speaking: Sequence[Comment], claims: Claims, scores: Mapping[str, CommentScores]
) -> Thread:
    """Return the thread of comments that have scores of actors, all of the same ones."""
    places = {own.id: place for place, own in enumerate(speaking)}
    actors = list(scores[speaking[0].id].actors)
    namings = []
    for comment in speaking:
        named = claims.named_in(comment).keys()
        namings.append([naming_of(actor, named) for actor in actors])
    # Who gives no name is nobody else: each such comment has a writer of its own.
    writers: dict[str | int, int] = {}
    accounts = [scores[own.id].account for own in speaking]
    replies = [scores[own.id].reply or NO_STANCE for own in speaking]
    return Thread(
        np.asarray(
            [
                [score.stance.probabilities for score in scores[own.id].actors.values()]
                for own in speaking
            ]
        ),
        np.asarray([places.get(own.reply_to or "", -1) for own in speaking]),
        np.asarray([own.id not in claims.presumed for own in speaking]),
        np.asarray([own.probabilities for own in replies]),
        np.asarray([(0.0,) * 4 if own == NO_STANCE else own.probabilities for own in accounts]),
        np.asarray(namings),
        np.asarray([place_of(actor, claims.named_in_account) for actor in actors]),
        np.asarray(
            [
                writers.setdefault(own.author or place, len(writers))
                for place, own in enumerate(speaking)
            ]
        ),
    )
