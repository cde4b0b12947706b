"""Labelled pages as examples: every comment against its account, its parent and all actors.

Also cuts the pages by domain into training, tuning and report parts.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from app.domain.naming import NameFinder, background_of, hypothesis
from app.domain.reading import Query, Reading
from app.domain.stance import LABELS, ROLES, Label, Role, Target, TargetKind
from models.training.bystanders import draw_bystanders
from models.training.examples import UNKNOWN, Example, Gold
from models.training.groups import drawn_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from app.domain.page import Span

# Domains in the order of the SHA-256 of "fingerpost:LETTER": the first four report, the next two
# tune thresholds and temperatures, the rest trains. Whole domains, so that figures travel.
REPORT_DOMAINS = "snca"
TUNE_DOMAINS = "kd"

UNREAD = ("be-", "fe-", "ge-", "he-")
"""How ids of the pages begin that no weights are trained on, so that what is fitted to a network's
answers and needs more rows than the tuning pages have can be fitted there."""

LabelledPage = dict[str, "Any"]


@dataclass(frozen=True, slots=True)
class Variation:
    """How far a page is varied each time training reads it; zeros leave it as it is."""

    lost_reply: float = 0.0
    title_as_account: float = 0.0
    other_event: float = 0.0
    strangers: int = 0
    bystanders: int = 0
    candidates: int = 0
    lost_background: float = 0.0
    renamed: float = 0.0


PLAIN = Variation()
# Replies are inferred with errors when mining a flat page, accounts and events are chosen, and
# candidate actors include bystanders: training meets each of these now and then.
VARIED = Variation(
    lost_reply=0.2,
    title_as_account=0.2,
    other_event=0.5,
    strangers=1,
    bystanders=3,
    candidates=5,
    lost_background=0.1,
    renamed=0.35,
)
MINED = replace(VARIED, strangers=0, bystanders=1, candidates=0, renamed=0.0)
"""As mining finds it a page has its passers-by already, who are told from actors by their names."""


def read_pages(folder: Path) -> list[LabelledPage]:
    """Return the labelled pages of a folder in order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


class Parts(NamedTuple):
    """The labelled pages by what they are for, whole domains in one part."""

    training: list[LabelledPage]
    tuning: list[LabelledPage]
    report: list[LabelledPage]

    @property
    def read(self) -> list[LabelledPage]:
        """The training pages that weights are trained on."""
        return [page for page in self.training if not page["id"].startswith(UNREAD)]

    @property
    def unread(self) -> list[LabelledPage]:
        """The others: what is fitted to a network's answers is fitted on these."""
        return [page for page in self.training if page["id"].startswith(UNREAD)]


def split_pages(pages: Sequence[LabelledPage]) -> Parts:
    """Return the pages in their parts."""
    parts = Parts([], [], [])
    for page in pages:
        domain = page["id"][0]
        parts[2 if domain in REPORT_DOMAINS else 1 if domain in TUNE_DOMAINS else 0].append(page)
    return parts


def labels_of(page: LabelledPage) -> dict[tuple[str, str], Label]:
    """Return the label of each row by comment and actor; what has no row is a comment."""
    return {
        (comment["id"], row["actor"]): Label(row["label"])
        for comment in page["comments"]
        for row in comment["attributions"]
    }


def page_examples(
    page: LabelledPage,
    variation: Variation = PLAIN,
    *,
    chance: random.Random | None = None,
    names: Sequence[tuple[str, ...]] = (),
    candidates: Sequence[Sequence[str]] = (),
) -> list[Example]:
    """Return one example a comment.

    `names` are other pages' actors, to draw strangers from; `candidates` those that mining found
    on this page and nobody weighs.
    """
    chance = chance or random.Random(0)  # noqa: S311 - nothing secret is drawn
    known = {actor["id"]: (actor["name"], *actor["aliases"]) for actor in page["actors"]}
    strangers = {
        f"stranger-{number}": chance.choice(names)
        for number in range(variation.strangers if names else 0)
    }
    comments = [comment["text"] for comment in page["comments"]]
    passing = draw_bystanders(comments, known, variation.bystanders, chance)
    bystanders = {f"bystander-{number}": (name,) for number, name in enumerate(passing)}
    drawn = chance.sample(list(candidates), min(variation.candidates, len(candidates)))
    unweighed = {f"candidate-{number}": tuple(own) for number, own in enumerate(drawn)}
    everybody = {**known, **strangers, **bystanders, **unweighed}
    finder = NameFinder(everybody)
    account = page["account"] or page["title"]
    if chance.random() < variation.title_as_account:
        account = page["title"]
    event = page["event"]
    if chance.random() < variation.other_event:
        event = chance.choice([page["title"], None])
    background = background_of(page["title"], account)
    if chance.random() < variation.lost_background:
        background = None
    asked = _Asked(
        account=account,
        background=background,
        behind=finder.find(background or ""),
        texts={comment["id"]: comment["text"] for comment in page["comments"]},
        found={own["id"]: finder.find(own["text"]) for own in page["comments"]},
        targets={actor: hypothesis(actor, own[0], event) for actor, own in everybody.items()},
    )
    examples = []
    for place, comment in enumerate(page["comments"]):
        parent = comment["reply_to"]
        if chance.random() < variation.lost_reply:
            above = page["comments"][place - 1]["id"] if place else None
            parent = chance.choice([None, above])
        examples.append(_example(comment, parent, asked))
    return examples


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every comment of a page is asked, and where each actor is named in it."""

    account: str
    background: str | None
    behind: Mapping[str, tuple[Span, ...]]
    texts: Mapping[str, str]
    found: Mapping[str, Mapping[str, tuple[Span, ...]]]
    targets: Mapping[str, Target]


def _example(comment: Mapping[str, Any], parent: str | None, asked: _Asked) -> Example:
    queries = [Query(Target(TargetKind.ACCOUNT, asked.account))]
    golds = [_gold(comment["account_stance"])]
    if parent is not None:
        queries.append(Query(Target(TargetKind.COMMENT, asked.texts[parent])))
        true_parent = parent == comment["reply_to"]
        golds.append(_gold({"label": comment["reply_stance"]}) if true_parent else Gold())
    rows = {row["actor"]: row for row in comment["attributions"]}
    here, before = asked.found[comment["id"]], asked.found.get(parent or "", {})
    for actor, target in asked.targets.items():
        queries.append(
            Query(
                target,
                mentions=here.get(actor, ()),
                context_mentions=before.get(actor, ()),
                background_mentions=asked.behind.get(actor, ()),
            )
        )
        golds.append(_gold(rows.get(actor, {"label": "comment"})))
    context = None if parent is None else asked.texts[parent]
    reading = Reading(comment["text"], tuple(queries), context, asked.background)
    return Example(reading, tuple(golds), "pages")


def _gold(row: Mapping[str, Any]) -> Gold:
    if row["label"] is None:
        return Gold()
    label = Label(row["label"])
    takes_side = label in {Label.SUPPORT, Label.DENY}
    role = row.get("role")
    return Gold(
        label=LABELS.index(label),
        certain=int(row["certain"]) if takes_side and "certain" in row else UNKNOWN,
        role=ROLES.index(Role(role)) if role else UNKNOWN,
        reported=int(row["reported"]) if takes_side and "reported" in row else UNKNOWN,
    )


def actor_names(pages: Sequence[LabelledPage]) -> list[tuple[str, ...]]:
    """Return the names of every actor of the pages, canonical name first."""
    return [(actor["name"], *actor["aliases"]) for page in pages for actor in page["actors"]]


def renamed(
    page: LabelledPage, names: Sequence[tuple[str, ...]], chance: random.Random
) -> LabelledPage:
    """Return the page with every actor under another page's actor's names, consistently.

    So nothing can be learnt by heart about who tends to be blamed. Grammar may suffer a little.
    """
    actors = page["actors"]
    drawn = drawn_names(names, len(actors), chance)
    return with_names(
        page, {actor["id"]: drawn[place] for place, actor in enumerate(actors)}, chance
    )


def with_names(
    page: LabelledPage, new: Mapping[str, tuple[str, ...]], chance: random.Random
) -> LabelledPage:
    """Return the page with the actors of `new` under these names, canonical one first."""
    actors = page["actors"]
    finder = NameFinder(
        {actor["id"]: (actor["name"], *actor["aliases"]) for actor in actors if actor["id"] in new}
    )

    def rewrite(text: str) -> str:
        places = sorted(
            (span, actor) for actor, spans in finder.find(text).items() for span in spans
        )
        pieces, end = [], 0
        for span, actor in places:
            if span.start < end:
                continue
            pieces += [text[end : span.start], chance.choice(new[actor])]
            end = span.end
        return "".join([*pieces, text[end:]])

    return {
        **page,
        "title": rewrite(page["title"]),
        "event": rewrite(page["event"]) if page["event"] else None,
        "account": rewrite(page["account"]) if page["account"] else None,
        "article": rewrite(page["article"]),
        "actors": [
            {"id": actor["id"], "name": own[0], "aliases": list(own[1:])}
            if (own := new.get(actor["id"]))
            else actor
            for actor in actors
        ],
        "comments": [{**comment, "text": rewrite(comment["text"])} for comment in page["comments"]],
    }


def named_spans(page: LabelledPage) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield the title, each paragraph of the article and each comment with the places of actors."""
    finder = NameFinder(
        {actor["id"]: (actor["name"], *actor["aliases"]) for actor in page["actors"]}
    )
    paragraphs = [part for part in page["article"].split("\n") if part.strip()]
    for text in [page["title"], *paragraphs, *(own["text"] for own in page["comments"])]:
        spans = sorted(span for own in finder.find(text).values() for span in own)
        yield text, tuple(spans)
