"""Stances to hypotheses and roles as mining gives them: comments read in their threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.domain.mined import Actor, Mention
from app.domain.page import Article, Comment
from app.domain.stance import LABELS, ROLES, TargetKind
from app.mining.collective import read_together
from app.mining.readings import Claims, CommentScores
from app.mining.roles import pool_roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.domain.reading import TargetScore
    from models.training.examples import Example
    from models.training.metrics import Ints
    from models.training.pages import LabelledPage
    from models.training.reader import Reader
    from models.training.scored import Scored


def read_in_threads(
    reader: Reader, pages: Sequence[LabelledPage], examples: Sequence[Example], scored: Scored
) -> tuple[Ints, Ints]:
    """Return labels [N] and roles [N] of the hypotheses, in their order in `scored`.

    `examples` are those of the pages' comments, in order, actors and replies given, and `scored`
    what the reader says of them.
    """
    outputs = np.column_stack([scored.label, scored.certain, scored.role, scored.reported])
    answers = reader.calibration.scores(scored.kinds, scored.named, outputs)
    # Rows come as they were read, the short examples first; those of one example in its order.
    order = np.argsort(scored.rows, kind="stable")
    in_order = iter([answers[row] for row in order.tolist()])
    told = [tuple(next(in_order) for _ in example.reading.queries) for example in examples]
    found: list[TargetScore] = []
    first = 0
    for page in pages:
        last = first + len(page["comments"])
        found += _read_page(page, examples[first:last], told[first:last])
        first = last
    hypotheses = np.asarray([kind is TargetKind.HYPOTHESIS for kind in scored.kinds])
    places = np.argsort(order[hypotheses[order]])
    labels = np.asarray([LABELS.index(score.stance.label) for score in found], np.int64)
    roles = np.asarray([ROLES.index(score.role) for score in found], np.int64)
    return labels[places], roles[places]


def _read_page(
    page: LabelledPage, examples: Sequence[Example], told: Sequence[Sequence[TargetScore]]
) -> Iterator[TargetScore]:
    comments = {
        own["id"]: Comment(own["id"], own["text"], own["author"], reply_to=own["reply_to"])
        for own in page["comments"]
    }
    scores = {
        key: _scores_of(example, answers)
        for key, example, answers in zip(comments, examples, told, strict=True)
    }
    claims = Claims(
        Article(page["title"], page["article"]),
        comments,
        page["account"] or page["title"],
        page["event"],
        tuple(_actors_of(page, dict(zip(comments, examples, strict=True)))),
        are_given=True,
    )
    pooled = pool_roles(scores, claims.actors, claims.named_in_account)
    for own in read_together(comments.values(), claims, pooled).values():
        yield from own.actors.values()


def _actors_of(page: LabelledPage, examples: Mapping[str, Example]) -> Iterator[Actor]:
    for actor in page["actors"]:
        mentions = tuple(
            Mention(key, span, span.text_of(example.reading.text))
            for key, example in examples.items()
            for query in example.reading.queries
            if query.target.actor == actor["id"]
            for span in query.mentions
        )
        yield Actor(actor["id"], actor["name"], tuple(actor["aliases"]), mentions)


def _scores_of(example: Example, answers: Sequence[TargetScore]) -> CommentScores:
    pairs = list(zip((query.target for query in example.reading.queries), answers, strict=True))
    by_kind = {target.kind: score for target, score in pairs}
    account, above = by_kind[TargetKind.ACCOUNT], by_kind.get(TargetKind.COMMENT)
    return CommentScores(
        account=account.stance,
        account_certainty=account.certainty,
        reply=None if above is None else above.stance,
        actors={target.actor: score for target, score in pairs if target.actor is not None},
    )
