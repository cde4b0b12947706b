"""Labels of hypotheses where each comment is read in its thread."""

from __future__ import annotations

import numpy as np

from app.domain.stance import LABELS, Label, TargetKind
from models.training.pages import page_examples
from models.training.scored import Scored
from models.training.tasks.threads import read_in_threads

SUPPORT, DENY, COMMENT = (LABELS.index(own) for own in (Label.SUPPORT, Label.DENY, Label.COMMENT))

TOLD = {
    ("c1", "league"): SUPPORT,
    ("c1", "owner"): COMMENT,
    ("c2", None): DENY,
    ("c2", "owner"): COMMENT,
    ("c3", "league"): COMMENT,
    ("c3", "owner"): COMMENT,
    ("c4", "league"): COMMENT,
    ("c4", "owner"): COMMENT,
}
"""All but what the second comment says of the league."""


def test_a_contradiction_that_names_nobody_clears_whom_the_comment_above_blames(reader, page):
    """The model alone has no idea; the labels come in the order of the hypotheses."""
    contradict(page)
    examples = page_examples(page)
    scored = answers_of(examples, TOLD)
    found, roles = read_in_threads(reader, [page], examples, scored)
    assert len(roles) == len(found)
    assert found.tolist() == [SUPPORT, COMMENT, DENY, COMMENT, COMMENT, COMMENT]


def test_answers_may_come_in_any_order_of_the_examples(reader, page):
    """Networks read short examples first; labels follow the answers."""
    contradict(page)
    other = page | {"comments": page["comments"][:1]}
    examples = [*page_examples(page), *page_examples(other)]
    scored = answers_of(examples, TOLD)
    labels, _ = read_in_threads(reader, [page, other], examples, scored)
    assert labels.tolist() == [SUPPORT, COMMENT, DENY, *[COMMENT] * 5]
    shuffled = np.argsort(-scored.rows, kind="stable")
    turned = Scored(
        [scored.kinds[row] for row in shuffled],
        *(getattr(scored, key)[shuffled] for key in Scored.__slots__[1:]),
    )
    labels, _ = read_in_threads(reader, [page, other], examples, turned)
    assert labels.tolist() == [*[COMMENT] * 4, DENY, COMMENT, SUPPORT, COMMENT]


def contradict(page):
    """Have another reader answer the first comment without a name."""
    page["comments"][1] |= {"text": "No, that's a lie.", "author": "bob", "attributions": []}
    page["comments"][2]["author"] = "cy"


def answers_of(examples, told) -> Scored:
    """Return sure answers to what is told of, under comment and actor, and unsure ones to the rest.

    The stance to the comment above stands under no actor.
    """
    label, kinds, named, rows = [], [], [], []
    for row, example in enumerate(examples):
        for query in example.reading.queries:
            kind = query.target.kind
            key = (f"c{row + 1}", query.target.actor)
            is_told = key in told and kind is not TargetKind.ACCOUNT
            logits = np.zeros(len(LABELS))
            logits[told[key] if is_told else COMMENT] = 5.0 if is_told else 1.0
            label.append(logits)
            kinds.append(kind)
            named.append(bool(query.mentions))
            rows.append(row)
    many = len(kinds)
    return Scored(
        kinds,
        np.asarray(label),
        np.zeros(many),
        np.zeros((many, 3)),
        np.zeros(many),
        np.full((many, 4), -1),
        np.asarray(named),
        np.asarray(rows),
    )
