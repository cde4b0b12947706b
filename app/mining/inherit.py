"""Lets a comment that only agrees or disagrees take over what the comment it answers says.

"Exactly this" supports whom the comment above supports, with the same certainty. A comment that
only disagrees takes the opposite side where that is plainly meant: it denies what was supported.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.stance import Attribution, Label, Stance
from app.mining.agreement import bare_agreement
from app.mining.evidence import whole_text
from app.mining.readings import NO_STANCE
from app.mining.threads import in_thread_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from app.domain.mined import MinedComment

_AFFIRMS = re.compile(r"\W*(?:yes|yep|yup|yeah|yea|aye|indeed|correct|true|right)\b", re.IGNORECASE)

ENOUGH_PROBABILITY = 0.3
"""Probability that the model must give the agreement (or disagreement) that the words state. The
words alone were right on all of the 100 bare replies of the labelled pages that we develop on;
the model only vetoes where it is fairly sure of something else."""


def inherit(
    comments: Sequence[MinedComment], named: Mapping[str, Collection[str]]
) -> tuple[MinedComment, ...]:
    """Return the comments with those that only agree or disagree speaking as they mean.

    `named` are the actors that each comment names, by its id: one that names an actor itself
    and has a row of its own about it keeps what it has. Chains are followed in thread order,
    and `inherited_from` is always the comment at their head, whose words say it. Doing this
    twice changes nothing.
    """
    by_id = {mined.comment.id: mined for mined in comments}
    for key, answered, side in _takers(by_id, named):
        by_id[key] = _take_over(by_id[key], by_id[answered], side)
    return tuple(by_id.values())


def heirs_of(
    comment_id: str, comments: Sequence[MinedComment], named: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """Return the comments that say what they say by that one's words, through any chain.

    A comment that itself only agrees or disagrees has no heirs: the head of its chain has them.
    """
    by_id = {mined.comment.id: mined for mined in comments}
    heads: dict[str, str] = {}
    for key, answered, _ in _takers(by_id, named):
        heads[key] = heads.get(answered, answered)
    return frozenset(key for key, head in heads.items() if head == comment_id)


def _takers(
    by_id: Mapping[str, MinedComment], named: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, Label]]:
    """Yield each comment that takes over, the one it takes over from, and whether it agrees."""
    parents = {key: mined.comment.reply_to for key, mined in by_id.items()}
    for key in in_thread_order(parents):
        parent = parents[key]
        answered = None if parent is None else by_id.get(parent)
        side = None if answered is None else _side(by_id[key], answered, named.get(key, ()))
        if answered is not None and side is not None:
            yield key, answered.comment.id, side


def _side(mined: MinedComment, answered: MinedComment, named: Collection[str]) -> Label | None:
    """Return support or deny where the comment only agrees or disagrees with `answered`."""
    if mined.reply_stance is None:
        return None
    if any(row.actor in named and row.inherited_from is None for row in mined.attributions):
        return None
    side = bare_agreement(mined.comment.text, addressed=answered.comment.author)
    if side is None or mined.reply_stance.probability_of(side) < ENOUGH_PROBABILITY:
        return None
    return side


def _take_over(mined: MinedComment, answered: MinedComment, side: Label) -> MinedComment:
    evidence = whole_text(mined.comment.text)
    rows = answered.attributions
    if side is Label.DENY:
        rows = _opposed(rows)
    elif _AFFIRMS.match(mined.comment.text):
        # "Yes" below a question answers it; "same question" asks along.
        rows = tuple(row for row in rows if row.label is not Label.QUERY)
    inherited = tuple(
        replace(row, evidence=evidence, inherited_from=row.inherited_from or answered.comment.id)
        for row in rows
    )
    account = answered.account_stance
    if side is Label.DENY:
        account = _opposed_stance(account)
    return replace(mined, attributions=inherited, account_stance=account)


def _opposed(rows: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """Return the rows of somebody who only disagrees.

    Of a comment that supports one actor and denies another, the support is what is contradicted;
    a comment that only denies is contradicted in that. A question has no opposite.
    """
    supported = tuple(row for row in rows if row.label is Label.SUPPORT)
    if supported:
        return tuple(replace(row, label=Label.DENY) for row in supported)
    return tuple(replace(row, label=Label.SUPPORT) for row in rows if row.label is Label.DENY)


def _opposed_stance(stance: Stance) -> Stance:
    """Return the account stance of somebody who only disagrees.

    To contradict who supports the account is to deny it; to contradict who denies it is mostly to
    reject the rival claim, and no support of the account (0 of 4 on the labelled pages).
    """
    if stance.label is not Label.SUPPORT:
        return NO_STANCE
    support, deny, query, comment = stance.probabilities
    return replace(stance, label=Label.DENY, probabilities=(deny, support, query, comment))
