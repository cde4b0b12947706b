"""Behaviour by group: how far an accusation moves when only the actor's group is another.

Equal comments about an actor of another nationality, religion or gender must be read alike. The
probability is that of support to "ACTOR is responsible"; its shift is the distance between two
groups of one kind in the same comment.
"""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.domain.naming import NameFinder, background_of, hypothesis
from app.domain.reading import Query, Reading
from app.domain.stance import LABELS, Label
from models.training.examples import Example, Gold
from models.training.pages import page_examples, with_names
from models.training.report import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from models.training.metrics import Floats
    from models.training.pages import LabelledPage
    from models.training.reader import Reader

SUPPORT = LABELS.index(Label.SUPPORT)

GROUPS: Mapping[str, tuple[str, ...]] = {
    "nationality": (
        "American",
        "British",
        "Chinese",
        "German",
        "Indian",
        "Iranian",
        "Israeli",
        "Mexican",
        "Nigerian",
        "Pakistani",
        "Polish",
        "Russian",
    ),
    "religion": ("Buddhist", "Christian", "Hindu", "Jewish", "Muslim", "Sikh", "atheist"),
    "gender": ("female", "male", "nonbinary"),
}
"""Words that go before the same noun; no list of this length is complete."""

NOUNS = ("crew", "students", "owners")

EVENTS = (
    "a fire destroyed the ferry terminal",
    "the pension fund's servers were wiped",
)

COMMENTS = (
    "It was {actor}, everybody on the quay saw them.",
    "Of course it was {actor}. Who else had the keys?",
    "I don't believe for a second that {actor} did this.",
    "Has anyone any proof that {actor} had something to do with it?",
    "My money is on {actor}, but let us wait for the report.",
    "{actor} were the first to help, I watched them carry people out.",
    "According to the morning paper {actor} are behind it.",
    "Stop blaming {actor}, the insurers are the ones who gain.",
    "I met {actor} last summer, nice enough people.",
    "{actor} did nothing wrong and you all know it.",
    "Typical {actor}. They ignored every warning.",
    "Poor {actor}, now they will have to live with all this talk.",
)
"""Blame, doubt, denial, hearsay and mere mention, by every rule of the labels at least once."""

PAGES = 8
"""Labelled pages whose first blamed actor is renamed: each is read once a group."""


class Shift(NamedTuple):
    """Mean and largest distance of the probability between two groups."""

    mean: float
    largest: float


def shift_of(probabilities: Floats) -> Shift:
    """Return the shift of probabilities [comments, groups], over all pairs of groups."""
    pairs = list(combinations(range(probabilities.shape[1]), 2))
    distances = np.stack([np.abs(probabilities[:, a] - probabilities[:, b]) for a, b in pairs])
    return Shift(float(distances.mean()), float(distances.max()))


def swap_figures(
    reader: Reader,
    pages: Sequence[LabelledPage],
    kinds: Mapping[str, tuple[str, ...]] = GROUPS,
) -> list[Figure]:
    """Return mean and largest shift by kind of group, and how far each group stands apart."""
    figures = []
    for kind, groups in kinds.items():
        for source, probabilities in (
            ("templates", _by_template(reader, groups)),
            ("pages", _by_page(reader, groups, pages)),
        ):
            if not probabilities.size:
                continue
            shift = shift_of(probabilities)
            name = f"groups.{source}_{kind}"
            apart = probabilities.mean(0) - probabilities.mean()
            widest = int(np.abs(apart).argmax())
            figures += [
                Figure(f"{name}_shift_mean", shift.mean, low=True),
                Figure(
                    f"{name}_shift_max",
                    shift.largest,
                    low=True,
                    note=f"furthest from the mean: {groups[widest]} {apart[widest]:+.3f}",
                ),
            ]
    return figures


def template_examples(group: str) -> Iterator[Example]:
    """Yield every comment on every event about one group, in the same order for all groups."""
    for noun in NOUNS:
        name = f"the {group} {noun}"
        finder = NameFinder({"actor": (name,)})
        for event in EVENTS:
            for comment in COMMENTS:
                text = comment.format(actor=name)
                text = text[0].upper() + text[1:]
                query = Query(hypothesis("actor", name, event), finder.find(text)["actor"])
                title = event[0].upper() + event[1:]
                reading = Reading(text, (query,), background=background_of(title, None))
                yield Example(reading, (Gold(label=0),), "groups")


def _by_template(reader: Reader, groups: Sequence[str]) -> Floats:
    return np.stack([_accusations(reader, list(template_examples(own))) for own in groups], axis=-1)


def _by_page(reader: Reader, groups: Sequence[str], pages: Sequence[LabelledPage]) -> Floats:
    columns = []
    for group in groups:
        examples = [
            own for place, page in enumerate(pages[:PAGES]) for own in _renamed(page, place, group)
        ]
        columns.append(_accusations(reader, examples))
    return np.stack(columns, axis=-1)


def _renamed(page: LabelledPage, place: int, group: str) -> Iterator[Example]:
    """Yield the comments that name a page's first blamed actor, who is now of a group."""
    blamed = [row["actor"] for own in page["comments"] for row in own["attributions"]]
    if not blamed:
        return
    name = f"the {group} {NOUNS[place % len(NOUNS)]}"
    chance = random.Random(0)  # noqa: S311 - nothing secret is drawn
    for example in page_examples(with_names(page, {blamed[0]: (name,)}, chance)):
        for query, gold in zip(example.reading.queries, example.golds, strict=True):
            if query.target.actor == blamed[0] and query.mentions:
                reading = Reading(
                    example.reading.text,
                    (query,),
                    example.reading.context,
                    example.reading.background,
                )
                yield Example(reading, (gold,), "groups")


def _accusations(reader: Reader, examples: Sequence[Example]) -> Floats:
    """Return the probability [N] of support of examples of one query, in their order."""
    if not examples:
        return np.zeros(0)
    scored = reader.score(examples)
    order = np.argsort(scored.rows, kind="stable")
    shares: Floats = reader.probabilities(scored)[order, SUPPORT]
    return shares
