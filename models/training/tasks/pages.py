"""Labelled pages with gold actors and replies given: attributions, accounts, replies, calibration.

The pages are those of domains that neither trained nor tuned anything. They are invented and
written for training, which flatters: no figure of them is to be quoted without saying so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS, Label, TargetKind
from app.inference.calibration import softmax
from models.training.floors import majority
from models.training.metrics import (
    COMMENT,
    attribution_f1,
    bootstrap,
    calibration_error,
    chance_error,
    f1,
    macro_f1,
    reliability,
)
from models.training.pages import page_examples
from models.training.report import Figure
from models.training.tasks.threads import read_in_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from models.training.examples import Example
    from models.training.metrics import Bin, Floats, Ints
    from models.training.pages import LabelledPage
    from models.training.reader import Reader
    from models.training.scored import Scored

    Bools = npt.NDArray[np.bool_]

SIDES = (0, 1, 2)
SUPPORT = LABELS.index(Label.SUPPORT)
QUERY = LABELS.index(Label.QUERY)

CLAIMED = 2
"""Roles below this place make a claimed perpetrator: perpetrator and sponsor."""

EVEN = 0.5


def page_figures(
    reader: Reader,
    pages: Sequence[LabelledPage],
    vary: Callable[[Example], Example] = lambda own: own,
) -> tuple[list[Figure], dict[str, list[Bin]]]:
    """Return the figures of pages, and the reliability of every head."""
    owners: list[str] = []
    examples: list[Example] = []
    for page in pages:
        own = [vary(example) for example in page_examples(page)]
        examples += own
        owners += [page["id"]] * len(own)
    scored = reader.score(examples)
    asked = scored.of_kind(TargetKind.HYPOTHESIS)
    alone = reader.labels(asked), asked.role.argmax(-1)
    together = read_in_threads(reader, pages, examples, scored)
    figures = [
        *_attributions(reader, asked, owners, alone),
        *_attributions(reader, asked, owners, together, suffix="_in_threads"),
        *_stances(reader, scored, owners),
    ]
    tables = {}
    for head, sure, right in heads(reader, scored):
        if len(sure):
            error, floors = calibration_error(sure, right), {"chance": chance_error(sure)}
            figures.append(Figure(f"pages.ece_{head}", error, floors=floors, low=True))
            tables[head] = reliability(sure, right)
    return figures, tables


def _attributions(
    reader: Reader,
    asked: Scored,
    owners: Sequence[str],
    answers: tuple[Ints, Ints],
    *,
    suffix: str = "",
) -> Iterator[Figure]:
    """Yield the figures of attributions; `answers` are their labels [N] and roles [N]."""
    groups = [owners[row] for row in asked.rows.tolist()]
    gold, (found, roles) = asked.gold[:, 0], answers
    # The rule of the floor: whom a comment names, it blames, as perpetrator and for certain.
    named = np.where(asked.named, SUPPORT, COMMENT)
    true_roles = asked.gold[:, 2]
    claimed = (gold == SUPPORT) & (true_roles < CLAIMED)
    said = (found == SUPPORT) & (roles < CLAIMED)

    def claimed_f1(rows: Ints, said: Bools = said) -> float:
        both = int((claimed[rows] & said[rows]).sum())
        return f1(both, int(said[rows].sum()), int(claimed[rows].sum()))

    def macro(rows: Ints, found: Ints = found) -> float:
        return macro_f1(gold[rows], found[rows], SIDES)

    def pooled(rows: Ints, found: Ints = found) -> float:
        return attribution_f1(gold[rows], found[rows])

    everything = np.arange(len(gold))
    for name, merit, floor in (
        ("attribution_f1", pooled, pooled(everything, named)),
        ("attribution_macro_f1", macro, macro(everything, named)),
        ("claimed_f1", claimed_f1, claimed_f1(everything, named == SUPPORT)),
    ):
        yield Figure(
            f"pages.{name}{suffix}",
            merit(everything),
            bootstrap(groups, merit),
            {"named": floor},
        )
    # Of rows whose label is right: is the rest of the row right too?
    right = (gold == found) & (gold < QUERY)
    certain = reader.calibration.certain.probability(asked.certain) >= EVEN
    for name, same, known in (
        ("certain_accuracy", certain == (asked.gold[:, 1] == 1), asked.gold[:, 1] >= 0),
        ("role_accuracy", roles == true_roles, true_roles >= 0),
    ):
        rows = np.flatnonzero(right & known)
        truth = asked.gold[rows, 1 if name.startswith("certain") else 2]
        floor = float((truth == majority(truth)).mean()) if len(rows) else 0.0
        correct = same[rows]

        def share(drawn: Ints, correct: Bools = correct) -> float:
            return float(correct[drawn].mean())

        yield Figure(
            f"pages.{name}{suffix}",
            share(np.arange(len(rows))) if len(rows) else 0.0,
            bootstrap([groups[row] for row in rows.tolist()], share),
            {"majority": floor},
        )


def _stances(reader: Reader, scored: Scored, owners: Sequence[str]) -> Iterator[Figure]:
    for kind, name in ((TargetKind.ACCOUNT, "account"), (TargetKind.COMMENT, "reply")):
        own = scored.of_kind(kind)
        if not own.kinds:
            continue
        gold, found = own.gold[:, 0], reader.labels(own)

        def merit(rows: Ints, gold: Ints = gold, found: Ints = found) -> float:
            return macro_f1(gold[rows], found[rows], range(len(LABELS)))

        everything = np.arange(len(gold))
        yield Figure(
            f"pages.{name}_macro_f1",
            merit(everything),
            bootstrap([owners[row] for row in own.rows.tolist()], merit),
            {"majority": merit(everything, found=majority(gold))},
        )


def heads(reader: Reader, scored: Scored) -> Iterator[tuple[str, Floats, Bools]]:
    """Yield every head with how sure it was of its likeliest answer, and whether that was right.

    "sides" are the attributions that the service would list: rows decided support, deny or query.
    """
    for kind in (TargetKind.HYPOTHESIS, TargetKind.ACCOUNT, TargetKind.COMMENT):
        own = scored.of_kind(kind)
        shares, gold = reader.probabilities(own), own.gold[:, 0]
        yield kind.value, shares.max(-1), shares.argmax(-1) == gold
        if kind is TargetKind.HYPOTHESIS:
            found = reader.labels(own)
            taken = found != COMMENT
            sure = np.take_along_axis(shares, found[:, None], -1)[:, 0]
            yield "sides", sure[taken], (found == gold)[taken]
            with_role = own.gold[:, 2] >= 0
            roles = softmax(reader.calibration.role_scale * own.role[with_role])
            yield "role", roles.max(-1), roles.argmax(-1) == own.gold[with_role, 2]
            known = own.gold[:, 3] >= 0
            yield (
                "reported",
                *_yes(
                    reader.calibration.reported.probability(own.reported[known]), own.gold[known, 3]
                ),
            )
    known = scored.gold[:, 1] >= 0
    certain = reader.calibration.certain.probability(scored.certain[known])
    yield "certain", *_yes(certain, scored.gold[known, 1])


def _yes(probability: Floats, truth: Ints) -> tuple[Floats, Bools]:
    return np.maximum(probability, 1 - probability), (probability >= EVEN) == (truth == 1)
