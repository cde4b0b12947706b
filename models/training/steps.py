"""The steps of training: what each reads, drawn anew from the corpora and the labelled pages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from torch.utils.data import Dataset

from app.domain.page import Span
from app.domain.stance import TargetKind
from models.training.batches import Tagged, article_batch, stance_batch, tag_batches
from models.training.corpora import CORPORA
from models.training.mined import as_mined
from models.training.pages import MINED, VARIED, actor_names, named_spans, page_examples, renamed
from models.training.untold import Topics, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    import torch

    from app.inference.encode import TextEncoder
    from models.training.batches import ArticleBatch, StanceBatch, TagBatch
    from models.training.examples import Example
    from models.training.pages import LabelledPage, Variation

STANCE_ROWS = 256
"""Pairs a step of the stance stage."""

PAGES = 8
"""Pages a step of the page stage: about 150 comments with ten targets each."""

REPLAY_ROWS = 8
"""Pairs of the corpora beside each page of a step, so that they are not forgotten."""

REPLAY_TAGGED = 4
"""Tagged sentences of the corpora of names beside each page of a step, and half as many of the
texts that mark whom they blame."""

PAIRED = 0.6
"""Share of the corpora's pairs whose target is read beside the text too, as of one asked alone."""

PART_TOKENS = 16_384
"""Padded tokens of a part of a step: fewer cost a GPU its launches, more cost padding.

With parts of 8,192 a step of the larger network took 1.1 s on an H100, of this size one of the
smaller 0.5 s, the card 15 % busy: what is idle there goes to further runs at no cost to the first.
"""

PROCESSOR_PART_TOKENS = 4_096
"""The same on a processor, where what fits its caches is read faster."""


def part_tokens_of(device: torch.device) -> int:
    """Return the padded tokens of a part of a step that are read fastest on a device."""
    return PROCESSOR_PART_TOKENS if device.type == "cpu" else PART_TOKENS


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of training reads."""

    stance: StanceBatch
    tags: tuple[TagBatch, ...] | None
    articles: ArticleBatch | None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a stage draws from; `pages` is empty in the stage of the stance corpora.

    Tags and articles are read in every step, or in one of `tags_every` where time is short; a
    step's texts are read in parts of about `part_tokens` tokens. With `untold` a teacher is there
    to answer what nobody labelled: that share of the comments is read in part too, and of the
    corpora's pairs against another topic. `mined_share` of the pages are read under the actors that
    mining found; `lost_background` of them without what stands beside a comment, where it is said.
    """

    stance: Sequence[Example]
    names: Sequence[Mapping[str, Any]]
    pages: Sequence[LabelledPage] = ()
    articles: Sequence[Mapping[str, Any]] = ()
    candidates: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    agents: Sequence[Mapping[str, Any]] = ()
    mined: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    mined_share: float = 0.0
    stance_rows: int = STANCE_ROWS
    pages_a_step: int = PAGES
    replay_rows: int = REPLAY_ROWS
    tags_every: int = 1
    part_tokens: int = PART_TOKENS
    untold: float = 0.0
    lost_background: float | None = None


class Steps(Dataset[Step]):
    """The steps of one stage, each drawn by its own number and the seed: any worker can make any.

    Without pages a step reads `STANCE_ROWS` pairs of the corpora and tagged sentences; with them
    `PAGES` whole pages, and `REPLAY_ROWS` pairs for each, so that the corpora are not forgotten.
    `teacher` reads the same for a network that teaches.
    """

    def __init__(
        self,
        material: Material,
        encoder: TextEncoder,
        *,
        seed: int,
        steps: int,
        teacher: TextEncoder | None = None,
    ) -> None:
        self._encoder, self._teacher = encoder, teacher
        self._material = material
        self._seed, self._length = seed, steps
        shares = {"blame": 1.0, **{corpus.name: corpus.share for corpus in CORPORA}}
        self._shares = np.cumsum([shares[own.source] for own in material.stance])
        self._articles = {row["id"]: row for row in material.articles}
        self._actors = actor_names(material.pages)
        self._topics = Topics(material.stance if material.untold else ())

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, number: int) -> Step:
        if number >= self._length:
            raise IndexError(number)
        chance = random.Random(f"{self._seed}:{number}")  # noqa: S311 - nothing secret is drawn
        tagged = number % self._material.tags_every == 0
        if self._material.pages:
            return self._page_step(chance, tagged=tagged)
        many = self._material.stance_rows
        if not tagged:
            return Step(self._batch(self._draw(chance, many)), None, None)
        rows = chance.choices(self._material.names, k=many // 4)
        named = [_named(row, actors=True) for row in rows]
        named += map(_blamed, chance.sample(self._material.agents, many // 16))
        pairs = self._draw(chance, many)
        return Step(self._batch(pairs), tag_batches(named, self._encoder), None)

    def _page_step(self, chance: random.Random, *, tagged: bool) -> Step:
        pages, examples = [], []
        for drawn in chance.sample(self._material.pages, self._material.pages_a_step):
            page, own = self._read(drawn, chance)
            pages.append(page)
            examples += own
        examples += list(parts_of(examples, self._material.untold, chance))
        examples += self._draw(chance, self._material.replay_rows * len(pages))
        stances = self._batch(examples)
        if not tagged:
            return Step(stances, None, None)
        rows = [Tagged(text, actors) for page in pages for text, actors in named_spans(page)]
        many = REPLAY_TAGGED * len(pages)
        rows += [_named(row, actors=False) for row in chance.choices(self._material.names, k=many)]
        rows += map(_blamed, chance.sample(self._material.agents, many // 2))
        articles = article_batch([self._articles[page["id"]] for page in pages], self._encoder)
        return Step(stances, tag_batches(rows, self._encoder), articles)

    def _read(
        self, page: LabelledPage, chance: random.Random
    ) -> tuple[LabelledPage, list[Example]]:
        """Return a page as it is read this time, and its examples."""
        material = self._material
        found = material.mined.get(page["id"])
        if found and chance.random() < material.mined_share:
            return page, page_examples(as_mined(page, found), self._vary(MINED), chance=chance)
        if chance.random() < VARIED.renamed:
            page = renamed(page, self._actors, chance)
        candidates = material.candidates.get(page["id"], ())
        return page, page_examples(
            page, self._vary(VARIED), chance=chance, names=self._actors, candidates=candidates
        )

    def _vary(self, variation: Variation) -> Variation:
        lost = self._material.lost_background
        return variation if lost is None else replace(variation, lost_background=lost)

    def _batch(self, examples: list[Example]) -> StanceBatch:
        return stance_batch(
            examples,
            self._encoder,
            part_tokens=self._material.part_tokens,
            teacher=self._teacher,
        )

    def _draw(self, chance: random.Random, rows: int) -> list[Example]:
        """Draw examples by their corpora's shares; of a long pool, those of like length."""
        if not rows:
            return []
        points = [chance.random() * self._shares[-1] for _ in range(4 * rows)]
        pool = [
            self._material.stance[int(place)] for place in np.searchsorted(self._shares, points)
        ]
        pool.sort(key=lambda own: len(own.reading.text))
        start = rows * chance.randrange(4)
        drawn = pool[start : start + rows]
        drawn += [
            other
            for own in drawn
            if chance.random() < self._material.untold
            if (other := self._topics.another(own, chance)) is not None
        ]
        return [varied(own, chance) for own in drawn]


def named_rows(rows: Iterable[Mapping[str, Any]]) -> list[Tagged]:
    """Return the sentences of the corpora of names, with their named entities."""
    return [_named(row, actors=False) for row in rows]


def _named(row: Mapping[str, Any], *, actors: bool) -> Tagged:
    """Return a sentence of a corpus of names; all but works and products may be actors."""
    names = tuple((Span(start, end), kind) for start, end, kind in row["spans"])
    if not actors:
        return Tagged(row["text"], names=names)
    who = tuple(span for span, kind in names if kind not in {"creative-work", "product"})
    return Tagged(row["text"], who, names)


def _blamed(row: Mapping[str, Any]) -> Tagged:
    return Tagged(row["text"], tuple(Span(*span) for span in row["spans"]))


def varied(example: Example, chance: random.Random) -> Example:
    """Return the example, perhaps with its target not beside the text, or asked as another kind.

    The caller's own sentence, an account and a hypothesis differ in kind but not in logic.
    """
    reading = example.reading
    if reading.background is not None and chance.random() > PAIRED:
        reading = replace(reading, background=None)
        example = replace(example, reading=reading)
    if example.source == "blame" or chance.random() > 0.2:  # noqa: PLR2004 - one in five
        return example
    if any(query.target.kind is TargetKind.COMMENT for query in reading.queries):
        return example
    kind = chance.choice([TargetKind.ACCOUNT, TargetKind.HYPOTHESIS, TargetKind.SENTENCE])
    queries = tuple(
        replace(query, target=replace(query.target, kind=kind)) for query in reading.queries
    )
    return replace(example, reading=replace(reading, queries=queries))
