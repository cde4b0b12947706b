"""What stands around each comment of a thread: above it, below it, and elsewhere on the page.

Everything here is of C comments that were read and A actors; what follows from a neighbour's stance
is told by the shares that `tendencies` counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.domain.stance import LABELS, Label
from app.mining.tendencies import (
    ACCOUNTS,
    ANSWERS,
    SIDES,
    USUAL_ACCOUNTS,
    USUAL_ANSWERS,
    Naming,
    Place,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    Shares = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

FLOOR = 1e-4
"""Added to shares before their logarithms are taken: none is beyond recall."""

MOST_ANSWERS = 3
"""What more answers than these say of a comment counts as much as that many would."""

MOST_NAMING = 2
"""Answers that name an actor, counted up to here."""

_USUAL = np.asarray((0.06, 0.05, 0.01, 0.88))
"""Shares of the labels of any comment to any actor: a page counts as having `_SMOOTHED` more of
such comments, so that two or three are not taken for what all say."""

_SMOOTHED = 16.0
_LESS = 0.7
"""How far less than usual others are heard to take a side, in logarithms: as far as in a thread
of some twenty comments, longer ones too."""

_USUAL_SIDES = np.asarray((0.17, 0.11, 0.03, 0.69))
"""Shares of the labels of any comment to the account."""

_STEEP = 10.0
"""Shares of sides count by log(1 + this share)."""

_EITHER_WAY = 1e-3
"""Odds never fall to nothing, whatever has not been seen."""

ANSWER_TABLE = np.asarray(ANSWERS).reshape(len(Naming), len(LABELS), len(LABELS), len(LABELS))
ACCOUNT_TABLE = np.asarray(ACCOUNTS).reshape(2, len(Place), len(LABELS), len(LABELS))
SIDE_TABLE = np.asarray(SIDES).reshape(len(LABELS), len(LABELS), len(LABELS))
USUAL_ANSWER_TABLE = np.asarray(USUAL_ANSWERS)
USUAL_ACCOUNT_TABLE = np.asarray(USUAL_ACCOUNTS).reshape(2, len(Place), len(LABELS))
"""The tables of `tendencies`, an axis for each thing that they go by, the labels last."""

_COMMENT = LABELS.index(Label.COMMENT)


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of a page that were read, and how they stand to each other.

    `own` [C, A, 4] is what the model says of each actor in each comment by itself; `above` [C] the
    place of the comment that one answers, -1 where none was read, and `linked` [C] whether it is
    more than presumed that it does; `replies` [C, 4] the shares of the stance to it, `accounts`
    [C, 4] those to the account (zeros where there is none); `namings` [C, A] and `places` [A] as in
    `tendencies`; `writers` [C] a number for each author.
    """

    own: Shares
    above: Ints
    linked: npt.NDArray[np.bool_]
    replies: Shares
    accounts: Shares
    namings: Ints
    places: Ints
    writers: Ints


class Surroundings(NamedTuple):
    """What stands around: L logarithms of shares, each [C, A, 4], and plain numbers [C, A, N].

    The logarithms are the model's own, and how much likelier than usual each label is made by what
    is known otherwise. For stances to the account A is 1.
    """

    logs: tuple[Shares, ...]
    numbers: Shares


def around_actors(thread: Thread, held: Shares) -> Surroundings:
    """Return what stands around the stances to actors, of which `held` [C, A, 4] is held so far.

    The logarithms are the model's own, what follows from the comment above, what the answers let
    expect, what the same author says elsewhere, how seldom others take sides, and what follows from
    the stance to the account. The numbers are how far the comment takes each side on its likeliest
    other actor; whether it answers another; whether that one names this actor, or others; whether
    the account names the actor alone, or among others; and how many answers name it.
    """
    above, below = _links(thread, held)
    logs = (
        _log(thread.own),
        above,
        below,
        _elsewhere(thread, held),
        _of_others(held),
        _from_account(thread),
    )
    return Surroundings(logs, _numbers_of_actors(thread, held))


def around_account(thread: Thread, held: Shares) -> Surroundings:
    """Return what stands around the stances to the account, `held` [C, A, 4] those to actors.

    The logarithms are the first four that actors have. The numbers are how far the comment takes
    each side on the likeliest actor that the account names, and on the likeliest other; whether it
    answers another; and whether it names any actor.
    """
    own = thread.accounts[:, None]
    above, below = _links_of_accounts(thread)
    logs = (_log(own), above, below, _elsewhere(thread, own))
    told = thread.places != Place.NOWHERE
    numbers = np.concatenate(
        [
            *(_steep(held[:, rows, :_COMMENT].max(1, initial=0.0)) for rows in (told, ~told)),
            (thread.above >= 0)[:, None],
            (thread.namings == Naming.ACTOR).any(1)[:, None],
        ],
        axis=1,
    )
    return Surroundings(logs, numbers[:, None])


def _links(thread: Thread, held: Shares) -> tuple[Shares, Shares]:
    """Return what follows from the comment above and what the answers let expect, [C, A, 4]."""
    above = np.zeros_like(held)
    answering = np.flatnonzero(thread.above >= 0)
    parents, replies = thread.above[answering], thread.replies[answering]
    said, says, namings = held[parents], held[answering], thread.namings[answering]
    expected = np.zeros_like(says)
    for naming in Naming:
        usual = USUAL_ANSWER_TABLE[naming]
        of_reply = np.einsum("cr,rlk->clk", replies, ANSWER_TABLE[naming])
        here = namings == naming
        follows = _log(np.einsum("cal,clk->cak", said, of_reply)) - _log(usual)
        odds = np.einsum("cak,clk->cal", says, of_reply / (usual + _EITHER_WAY))
        above[answering] += np.where(here[..., None], follows, 0.0)
        expected += np.where(here[..., None], np.log(odds + _EITHER_WAY), 0.0)
    return above, _gathered(expected, parents, len(held))


def _links_of_accounts(thread: Thread) -> tuple[Shares, Shares]:
    """Return the same of stances to the account, [C, 1, 4], along links that are not presumed."""
    accounts = thread.accounts
    above = np.zeros_like(accounts)
    answering = np.flatnonzero((thread.above >= 0) & thread.linked)
    parents = thread.above[answering]
    of_reply = np.einsum("cr,rlk->clk", thread.replies[answering], SIDE_TABLE)
    follows = np.einsum("cl,clk->ck", accounts[parents], of_reply)
    above[answering] = _log(follows) - _log(_USUAL_SIDES)
    odds = np.einsum("ck,clk->cl", accounts[answering], of_reply / (_USUAL_SIDES + _EITHER_WAY))
    below = _gathered(np.log(odds + _EITHER_WAY), parents, len(accounts))
    return above[:, None], below[:, None]


def _gathered(expected: Shares, parents: Ints, comments: int) -> Shares:
    """Return what answers let expect of those above them, summed up; many count as a few."""
    sums = np.zeros((comments, *expected.shape[1:]))
    np.add.at(sums, parents, expected)
    many = np.maximum(np.bincount(parents, minlength=comments), 1)
    fewer = np.minimum(1.0, MOST_ANSWERS / many)
    return sums * fewer.reshape(-1, *(1,) * (sums.ndim - 1))


def _elsewhere(thread: Thread, held: Shares) -> Shares:
    """Return what other comments of the same author say beside what all say, [C, A, 4]."""
    sums = np.zeros((thread.writers.max() + 1, *held.shape[1:]))
    np.add.at(sums, thread.writers, held)
    others = np.bincount(thread.writers)[thread.writers] - 1
    mean = (sums[thread.writers] - held) / np.maximum(others, 1)[:, None, None]
    beside: Shares = _log(np.maximum(mean, 0.0)) - _log(held.mean(0))
    return np.where(others[:, None, None] > 0, beside, 0.0)


def _of_others(held: Shares) -> Shares:
    """Return how much less than usual all other comments take each side, [C, A, 4].

    More than usual counts as usual: threads that are made up for training are never of one mind,
    and weights that are learned of them would pull apart a page whose comments all blame the same.
    """
    others = np.maximum(held.sum(0) - held, 0.0) + _SMOOTHED * _USUAL
    beside = _log(others / (len(held) - 1 + _SMOOTHED)) - _log(_USUAL)
    beside[..., :_COMMENT] = np.clip(beside[..., :_COMMENT], -_LESS, 0.0)
    beside[..., _COMMENT] = np.maximum(beside[..., _COMMENT], 0.0)
    return beside


def _from_account(thread: Thread) -> Shares:
    """Return what follows from the stance to the account, [C, A, 4]; nothing without one."""
    answers = (thread.above >= 0).astype(np.int64)
    by_place = np.zeros((len(Place), *thread.accounts.shape))
    told = np.flatnonzero(thread.accounts.any(-1))
    for place in Place:
        tables = ACCOUNT_TABLE[answers[told], place]
        follows = _log(np.einsum("cs,csk->ck", thread.accounts[told], tables))
        by_place[place, told] = follows - _log(USUAL_ACCOUNT_TABLE[answers[told], place])
    return by_place[thread.places].swapaxes(0, 1)


def _numbers_of_actors(thread: Thread, held: Shares) -> Shares:
    """Return what is no share of labels, [C, A, 9]."""
    comments, actors = thread.namings.shape
    answers = thread.above >= 0
    naming_above = np.where(answers[:, None], thread.namings[thread.above], -1)
    naming = np.zeros((comments, actors))
    np.add.at(
        naming, thread.above[answers], (thread.namings[answers] == Naming.ACTOR).astype(float)
    )
    plain = [
        np.broadcast_to(answers[:, None], naming.shape),
        naming_above == Naming.ACTOR,
        naming_above == Naming.OTHERS,
        np.broadcast_to(thread.places == Place.ALONE, naming.shape),
        np.broadcast_to(thread.places == Place.AMONG_OTHERS, naming.shape),
        np.minimum(naming, MOST_NAMING),
    ]
    others = _steep(_likeliest_other(held[..., :_COMMENT]))
    return np.concatenate([others, np.stack(plain, axis=-1).astype(float)], axis=-1)


def _likeliest_other(sides: Shares) -> Shares:
    """Return the greatest of the other actors' shares of each side, [C, A, 3]."""
    if sides.shape[1] == 1:
        return np.zeros_like(sides)
    second, first = np.moveaxis(np.sort(sides, axis=1)[:, -2:], 1, 0)
    leads = np.asarray(sides == first[:, None])
    others: Shares = np.where(leads, second[:, None], first[:, None])
    return others


def _steep(shares: Shares) -> Shares:
    steep: Shares = np.log1p(_STEEP * shares)
    return steep


def _log(shares: Shares) -> Shares:
    logs: Shares = np.log(shares + FLOOR)
    return logs
