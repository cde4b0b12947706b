"""Labelled pages with gold actors and replies given: attributions, accounts, replies, calibration.

The pages are of domains that neither trained nor tuned the network that reads them. They are
invented and written for training, which flatters: no figure of them is to be quoted without saying
so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
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
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

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


@dataclass(frozen=True, slots=True)
class StanceAnswers:
    """Stances to one kind of target: the page of each row, true labels [N] and found ones [N]."""

    owners: Sequence[str]
    gold: Ints
    found: Ints


@dataclass(frozen=True, slots=True)
class PageAnswers:
    """What one reader says of pages, beside what is true.

    Of the N hypotheses `owners` are their pages, `gold` [N, 4] their true label, certainty, role
    and report, `named` [N] whether the comment names the actor, `certain` [N] whether the reader is
    sure; `alone` and `together` its labels [N] and roles [N], comments read one by one and in
    their threads. `heads` holds, by head, how sure the likeliest answers were, and which are right.
    """

    owners: Sequence[str]
    gold: Ints
    named: Bools
    certain: Bools
    alone: tuple[Ints, Ints]
    together: tuple[Ints, Ints]
    account: StanceAnswers
    reply: StanceAnswers
    heads: Mapping[str, tuple[Floats, Bools]]


def page_figures(
    reader: Reader,
    pages: Sequence[LabelledPage],
    vary: Callable[[Example], Example] = lambda own: own,
) -> tuple[list[Figure], dict[str, list[Bin]]]:
    """Return the figures of pages, and the reliability of every head."""
    return figures_of_page_answers("pages", answer_pages(reader, pages, vary))


def answer_pages(
    reader: Reader,
    pages: Sequence[LabelledPage],
    vary: Callable[[Example], Example] = lambda own: own,
) -> PageAnswers:
    """Return what a reader says of pages, actors and replies given."""
    owners: list[str] = []
    examples: list[Example] = []
    for page in pages:
        own = [vary(example) for example in page_examples(page)]
        examples += own
        owners += [page["id"]] * len(own)
    scored = reader.score(examples)
    asked = scored.of_kind(TargetKind.HYPOTHESIS)
    return PageAnswers(
        owners=_owners_of(asked, owners),
        gold=asked.gold,
        named=asked.named,
        certain=reader.calibration.certain.probability(asked.certain) >= EVEN,
        alone=(reader.labels(asked), asked.role.argmax(-1)),
        together=read_in_threads(reader, pages, examples, scored),
        account=_stances(reader, scored.of_kind(TargetKind.ACCOUNT), owners),
        reply=_stances(reader, scored.of_kind(TargetKind.COMMENT), owners),
        heads={name: (sure, right) for name, sure, right in heads(reader, scored)},
    )


def _owners_of(scored: Scored, owners: Sequence[str]) -> list[str]:
    return [owners[row] for row in scored.rows.tolist()]


def _stances(reader: Reader, scored: Scored, owners: Sequence[str]) -> StanceAnswers:
    return StanceAnswers(_owners_of(scored, owners), scored.gold[:, 0], reader.labels(scored))


def pool_answers(parts: Sequence[PageAnswers]) -> PageAnswers:
    """Return the answers of several readers, each of pages of its own, as one's."""

    def joined(of: Callable[[PageAnswers], Any]) -> Any:
        return np.concatenate([of(own) for own in parts])

    def stances(of: Callable[[PageAnswers], StanceAnswers]) -> StanceAnswers:
        return StanceAnswers(
            list(chain.from_iterable(of(own).owners for own in parts)),
            joined(lambda own: of(own).gold),
            joined(lambda own: of(own).found),
        )

    def both(head: str) -> tuple[Floats, Bools]:
        return joined(lambda own: own.heads[head][0]), joined(lambda own: own.heads[head][1])

    return PageAnswers(
        owners=list(chain.from_iterable(own.owners for own in parts)),
        gold=joined(attrgetter("gold")),
        named=joined(attrgetter("named")),
        certain=joined(attrgetter("certain")),
        alone=(joined(lambda own: own.alone[0]), joined(lambda own: own.alone[1])),
        together=(joined(lambda own: own.together[0]), joined(lambda own: own.together[1])),
        account=stances(attrgetter("account")),
        reply=stances(attrgetter("reply")),
        heads={name: both(name) for name in parts[0].heads},
    )


def figures_of_page_answers(
    task: str, answers: PageAnswers
) -> tuple[list[Figure], dict[str, list[Bin]]]:
    """Return the figures of what was said of pages, and the reliability of every head."""
    figures = [
        *_attributions(task, answers, answers.alone),
        *_attributions(task, answers, answers.together, suffix="_in_threads"),
        *_account_and_replies(task, answers),
    ]
    tables = {}
    for head, (sure, right) in answers.heads.items():
        if len(sure):
            error, floors = calibration_error(sure, right), {"chance": chance_error(sure)}
            figures.append(Figure(f"{task}.ece_{head}", error, floors=floors, low=True))
            tables[head] = reliability(sure, right)
    return figures, tables


def domain_figures(task: str, answers: PageAnswers) -> Iterator[Figure]:
    """Yield the attribution F1 in threads of each domain, the first letter of its pages' ids."""
    domains = np.asarray([own[0] for own in answers.owners])
    for domain in sorted(set(domains.tolist())):
        rows = domains == domain
        value = attribution_f1(answers.gold[rows, 0], answers.together[0][rows])
        yield Figure(f"{task}.attribution_f1_in_threads.{domain}", value, held=False)


def _attributions(
    task: str, answers: PageAnswers, told: tuple[Ints, Ints], *, suffix: str = ""
) -> Iterator[Figure]:
    """Yield the figures of attributions; `told` are labels [N] and roles [N]."""
    groups = answers.owners
    gold, (found, roles) = answers.gold[:, 0], told
    # The rule of the floor: whom a comment names, it blames, as perpetrator and for certain.
    named = np.where(answers.named, SUPPORT, COMMENT)
    true_certain, true_roles = answers.gold[:, 1], answers.gold[:, 2]
    claimed = (gold == SUPPORT) & (true_roles < CLAIMED)
    said = (found == SUPPORT) & (roles < CLAIMED)

    def claimed_f1(rows: Ints, said: Bools = said) -> float:
        both = int((claimed[rows] & said[rows]).sum())
        return f1(both, int(said[rows].sum()), int(claimed[rows].sum()))

    def macro(rows: Ints, found: Ints = found) -> float:
        return macro_f1(gold[rows], found[rows], SIDES)

    def merit(rows: Ints, found: Ints = found) -> float:
        return attribution_f1(gold[rows], found[rows])

    everything = np.arange(len(gold))
    for name, value_of, floor in (
        ("attribution_f1", merit, merit(everything, named)),
        ("attribution_macro_f1", macro, macro(everything, named)),
        ("claimed_f1", claimed_f1, claimed_f1(everything, named == SUPPORT)),
    ):
        yield Figure(
            f"{task}.{name}{suffix}",
            value_of(everything),
            bootstrap(groups, value_of),
            {"named": floor},
        )
    # Of rows whose label is right: is the rest of the row right too?
    right = (gold == found) & (gold < QUERY)
    for name, same, truth in (
        ("certain_accuracy", answers.certain == (true_certain == 1), true_certain),
        ("role_accuracy", roles == true_roles, true_roles),
    ):
        rows = np.flatnonzero(right & (truth >= 0))
        known = truth[rows]
        floor = float((known == majority(known)).mean()) if len(rows) else 0.0
        correct = same[rows]

        def share(drawn: Ints, correct: Bools = correct) -> float:
            return float(correct[drawn].mean())

        yield Figure(
            f"{task}.{name}{suffix}",
            share(np.arange(len(rows))) if len(rows) else 0.0,
            bootstrap([groups[row] for row in rows.tolist()], share),
            {"majority": floor},
        )


def _account_and_replies(task: str, answers: PageAnswers) -> Iterator[Figure]:
    for own, name in ((answers.account, "account"), (answers.reply, "reply")):
        if not own.owners:
            continue
        gold, found = own.gold, own.found

        def merit(rows: Ints, gold: Ints = gold, found: Ints = found) -> float:
            return macro_f1(gold[rows], found[rows], range(len(LABELS)))

        everything = np.arange(len(gold))
        yield Figure(
            f"{task}.{name}_macro_f1",
            merit(everything),
            bootstrap(own.owners, merit),
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
