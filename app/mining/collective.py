"""Reads the comments of a thread together: what is said around a comment bears on what it says.

A model reads each comment by itself, and of "No he didn't" or "Then ask who paid for it" it cannot
tell whom they speak of. What the comment above says of each actor, and how this one stands to it
and to the article's account, mostly tells. Collective classification (Sen et al. 2008,
"Collective classification in network data") with one step up the thread: what the model says and
what the surroundings say are pooled by their logarithms (Genest and Zidek 1986, "Combining
probability distributions"). So it is with actors that mining found, passers-by among them; where a
page came with its actors, `iterative` takes in more of what stands around.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS, Label, Stance
from app.mining.iterative import read_given
from app.mining.neighbours import (
    ACCOUNT_TABLE,
    ANSWER_TABLE,
    FLOOR,
    SIDE_TABLE,
    USUAL_ACCOUNT_TABLE,
    USUAL_ANSWER_TABLE,
)
from app.mining.readings import NO_STANCE
from app.mining.tendencies import Naming, naming_of, place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import numpy.typing as npt

    from app.domain.page import Comment
    from app.domain.reading import TargetScore
    from app.mining.readings import Claims, CommentScores

    Ints = npt.NDArray[np.int64]
    Shares = npt.NDArray[np.float64]

ABOVE_UNNAMED = 0.7
"""Weight of the comment above against the model's own reading of an actor that is not named."""

ABOVE_NAMED = 0.4
"""Weight of what the comment above makes likelier or less likely of an actor that is named: of
that the words here say most."""

FROM_ACCOUNT = 0.7
"""Weight of the stance to the account, of a comment that names nobody. All three were chosen on
the tuning pages, where .5 to .85, .3 to .5 and .5 to 1 make no difference that could be told."""

ABOVE_ACCOUNT = 0.6
"""Weight of the comment above against the model's own reading of a stance to the account; .5 to
.7 do as well there."""

ACCOUNT_BAR = 0.48
"""How likely the three sides together must be for a stance to the account."""

FROM_PROMINENCE = 0.5
"""Weight of how likely it is that anybody weighs an actor that was found; chosen on the tuning
pages, where .35 to .65 do as well."""

FOUND = {True: (0.69, 0.72), False: (0.7, 0.64)}
"""Of actors that mining finds many are passers-by, and asked about those the model errs more, by
what it has learned of actors that are weighed: `softmax(scale * logarithms, comment + bias)` by
whether the comment names the actor, `FROM_PROMINENCE` beside it. `python -m models.training.found`
fits it on the tuning pages; on domains that were held out the calibration error of rows falls from
.204 to .075."""

GIVEN_BARS = {True: 0.4, False: 0.5}
"""How likely the three sides together must be for a row about an actor that was given, by whether
the comment names it. On the tuning pages, by weights of other domains, .35 to .5 and .43 to .57
make no difference of half a point."""

BARS = {True: 0.34, False: 0.5}
"""How likely the three sides together must be for a row, by whether the comment names the actor.
F1 on the tuning pages is the same within a point from .28 to .4, and from .48 to .62."""

_CERTAIN_FROM = 0.5
_COMMENT = LABELS.index(Label.COMMENT)


def read_together(
    comments: Iterable[Comment], claims: Claims, scores: Mapping[str, CommentScores]
) -> dict[str, CommentScores]:
    """Return the scores with each stance to a hypothesis as the thread around it makes it.

    `scores` are those of the page's comments, each read by itself; stances to other comments stay
    as they are, and roles. Stances to the account are read in the thread too.
    """
    listed = list(comments)
    given = read_given(listed, claims, scores) if claims.are_given else {}
    return {
        own.id: _as_given(own, claims, scores[own.id], *given[own.id])
        if own.id in given
        else _as_found(own, claims, scores)
        for own in listed
    }


def _as_given(
    comment: Comment, claims: Claims, own: CommentScores, actors: Shares, account: Shares
) -> CommentScores:
    if own.account != NO_STANCE:
        stance = _stance(account, own.account_certainty, bar=ACCOUNT_BAR)
        own = replace(own, account=stance)
    return _with_stances(own, actors, claims.named_in(comment), GIVEN_BARS)


def _as_found(
    comment: Comment, claims: Claims, scores: Mapping[str, CommentScores]
) -> CommentScores:
    own = scores[comment.id]
    above = None if comment.reply_to is None else scores[comment.reply_to]
    # A comment without a link mostly answers the article: only its words say how it stands.
    account = _account_of(own, None if comment.id in claims.presumed else above)
    if own.actors:
        shares = read_found(comment, claims, scores)
        own = _with_stances(own, shares, claims.named_in(comment), BARS)
    return replace(own, account=account)


def _with_stances(
    own: CommentScores, shares: Shares, named: Collection[str], bars: Mapping[bool, float]
) -> CommentScores:
    actors = {
        actor: replace(score, stance=_stance(share, score.certainty, bar=bars[actor in named]))
        for (actor, score), share in zip(own.actors.items(), shares, strict=True)
    }
    return replace(own, actors=actors)


def _account_of(own: CommentScores, above: CommentScores | None) -> Stance:
    """Return the stance to the account; a page without one, or a text unread, keeps none."""
    shares = np.asarray(own.account.probabilities)
    if own.account == NO_STANCE:
        return own.account
    if above is not None and own.reply is not None and above.account != NO_STANCE:
        reply, there = np.asarray(own.reply.probabilities), above.account.probabilities
        follows = np.einsum("r,l,rlk->k", reply, np.asarray(there), SIDE_TABLE)
        shares = _shares((1.0 - ABOVE_ACCOUNT) * _log(shares) + ABOVE_ACCOUNT * _log(follows))
    return _stance(shares, own.account_certainty, bar=ACCOUNT_BAR)


def read_found(comment: Comment, claims: Claims, scores: Mapping[str, CommentScores]) -> Shares:
    """Return the shares [A, 4] of a comment's stances to actors that mining found."""
    namings, shares = surrounded(comment, claims, scores)
    prominence = np.asarray([claims.prominence[actor] for actor in scores[comment.id].actors])
    return as_found(shares, namings == Naming.ACTOR, prominence)


def surrounded(
    comment: Comment, claims: Claims, scores: Mapping[str, CommentScores]
) -> tuple[Ints, Shares]:
    """Return whom a comment names, seen from each actor [A], and the shares [A, 4].

    They are as the comment above and the stance to the account make them, whoever the actors are.
    """
    own = scores[comment.id]
    above = None if comment.reply_to is None else scores[comment.reply_to]
    named = claims.named_in(comment).keys()
    namings = np.asarray([naming_of(actor, named) for actor in own.actors])
    alone = _of_all(own.actors.values())
    logs = untouched = _log(alone)
    if above is not None and above.actors and own.reply is not None:
        said = _of_all(above.actors[actor] for actor in own.actors)
        logs = _with_above(logs, namings, np.asarray(own.reply.probabilities), said)
    if not named and claims.account:
        places = np.asarray([place_of(actor, claims.named_in_account) for actor in own.actors])
        logs = _with_account(logs, places, own.account, answers=comment.reply_to is not None)
    return namings, alone if logs is untouched else _shares(logs)


def _with_above(logs: Shares, namings: Shares, reply: Shares, said: Shares) -> Shares:
    """Pool the model's shares with what follows from the comment above.

    `logs` and `said` [N, 4] are of the actors here and above, `reply` [4] the stance to it.
    """
    follows = _log(np.einsum("r,nl,nrlk->nk", reply, said, ANSWER_TABLE[namings]))
    usual = _log(USUAL_ANSWER_TABLE[namings])
    pooled = (1.0 - ABOVE_UNNAMED) * logs + ABOVE_UNNAMED * follows
    moved = logs + ABOVE_NAMED * (follows - usual)
    chosen: Shares = np.where((namings == Naming.ACTOR)[:, None], moved, pooled)
    return chosen


def _with_account(logs: Shares, places: Shares, account: Stance, *, answers: bool) -> Shares:
    """Add what follows from the stance to the account, at the actors' places [N] in it."""
    stance = np.asarray(account.probabilities)
    follows = np.einsum("s,nsk->nk", stance, ACCOUNT_TABLE[int(answers)][places])
    usual = USUAL_ACCOUNT_TABLE[int(answers)][places]
    moved: Shares = logs + FROM_ACCOUNT * (_log(follows) - _log(usual))
    return moved


def as_found(
    shares: Shares,
    named: npt.NDArray[np.bool_],
    prominence: Shares,
    fits: Mapping[bool, tuple[float, float]] = FOUND,
) -> Shares:
    """Return shares [N, 4] as they are to be read of actors that were found.

    `named` [N] says whether the comment names the actor, `prominence` [N] how likely anybody weighs
    it, `fits` what is made of either case.
    """
    scales, biases = np.asarray([fits[own] for own in named.tolist()]).T
    scaled: Shares = scales[:, None] * _log(shares)
    scaled[:, _COMMENT] += biases - FROM_PROMINENCE * prominence
    return _shares(scaled)


def _of_all(scores: Iterable[TargetScore]) -> Shares:
    return np.asarray([score.stance.probabilities for score in scores])


def _log(shares: Shares) -> Shares:
    logs: Shares = np.log(shares + FLOOR)
    return logs


def _shares(logs: Shares) -> Shares:
    odds = np.exp(logs - logs.max(-1, keepdims=True))
    shares: Shares = odds / odds.sum(-1, keepdims=True)
    return shares


def _stance(shares: Shares, certainty: float, *, bar: float) -> Stance:
    """Return the stance with those shares [4], and the label that they make."""
    takes_side = 1.0 - shares[_COMMENT] >= bar
    label = LABELS[int(shares[:_COMMENT].argmax())] if takes_side else Label.COMMENT
    certain = label in {Label.SUPPORT, Label.DENY} and certainty >= _CERTAIN_FROM
    support, deny, query, comment = shares.tolist()
    return Stance(label, certain, (support, deny, query, comment))
