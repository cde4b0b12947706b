"""Examples, tagged texts and articles to padded batches with their true answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from app.domain.stance import LABELS
from app.inference.encode import Around
from app.inference.layout import NAME_KINDS
from app.inference.stack import stack_ids, stack_places, stack_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from app.domain.page import Span
    from app.inference.encode import TextEncoder, Window
    from app.inference.network import MarkerBatch
    from models.training.examples import Example

SHORT_TARGET = 40
"""Tokens of a short target: hypotheses and accounts, as against the comments that are answered."""

MAX_TAG_TOKENS = 192
"""Tokens of a tagged text that training reads; longer ones teach nothing more about names."""

_LABEL_WEIGHTS: Mapping[str, tuple[float, float, float, float]] = {
    # Most candidate actors of a comment are not at issue in it: rare labels weigh more, by
    # judgement and not by search.
    "pages": (1.0, 1.3, 1.5, 0.6),
    "rumoureval2019_train": (1.3, 2.5, 2.0, 0.5),
    "pheme_certainty": (1.3, 2.5, 2.0, 0.5),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """True answers of markers [B, M] int64, -1 unknown; `weights` [B, M, 4] of each label."""

    label: torch.Tensor
    certain: torch.Tensor
    role: torch.Tensor
    reported: torch.Tensor
    weights: torch.Tensor


@dataclass(frozen=True, slots=True)
class StancePart:
    """Windows of like length and the answers of their markers."""

    markers: MarkerBatch
    answers: Answers


@dataclass(frozen=True, slots=True)
class StanceBatch:
    """Windows in parts, all about the targets of one table.

    `targets` are the tokens [T, L] of the table's rows and which of them are real, in one piece or
    in two, short wordings first: padding a dozen words to the length of a comment costs. `taught`
    are the same examples in the same parts as a teacher reads them.
    """

    parts: tuple[StancePart, ...]
    targets: tuple[tuple[torch.Tensor, torch.Tensor], ...]
    taught: StanceBatch | None = None


@dataclass(frozen=True, slots=True)
class TagBatch:
    """Texts [B, L] with what every token names, -100 where it does not count.

    `tags` are those of mentions of actors, `names` those of named entities.
    """

    ids: torch.Tensor
    attended: torch.Tensor
    tags: torch.Tensor
    names: torch.Tensor


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text with its mentions of actors and its named entities; None where nobody marked them."""

    text: str
    actors: tuple[Span, ...] | None = None
    names: tuple[tuple[Span, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class ArticleBatch:
    """Articles [B, L], weights of their sentences [B, S, L], shares [B, 2, S]; rows may be 0."""

    ids: torch.Tensor
    attended: torch.Tensor
    weights: torch.Tensor
    shares: torch.Tensor


def stance_batch(
    examples: Sequence[Example],
    encoder: TextEncoder,
    *,
    part_tokens: int | None = None,
    teacher: TextEncoder | None = None,
) -> StanceBatch:
    """Return the examples as one batch, each text read in its first window only.

    Without `part_tokens` the batch is one part in the examples' order; with it, parts of like
    length whose padded windows hold about that many tokens. `teacher` reads for a network that
    teaches, which may see more of each example: what is beside a text, say.
    """
    windows, targets = _windows(examples, encoder)
    order: list[list[int]] = [list(range(len(examples)))]
    if part_tokens is not None:
        order = _in_parts(windows, part_tokens)
    answers = [_answers([examples[place] for place in part]) for part in order]
    batch = StanceBatch(_stacked(windows, order, answers), targets)
    if teacher is None:
        return batch
    windows, targets = _windows(examples, teacher)
    return replace(batch, taught=StanceBatch(_stacked(windows, order, answers), targets))


def _windows(
    examples: Sequence[Example], encoder: TextEncoder
) -> tuple[list[Window], tuple[tuple[torch.Tensor, torch.Tensor], ...]]:
    """Return each text's first window, and the wordings of all targets as in a `StanceBatch`."""
    texts = encoder.tokenize([own.reading.text for own in examples])
    backgrounds = encoder.tokenize([own.reading.background or "" for own in examples])
    contexts = encoder.tokenize([own.reading.context or "" for own in examples])
    wordings = sorted({query.target.text for own in examples for query in own.reading.queries})
    tokens = sorted(zip(encoder.target_ids(wordings), wordings, strict=True), key=_tokens_of_first)
    rows = {words: row for row, (_, words) in enumerate(tokens)}
    windows = [
        encoder.windows(own.reading, text, around, rows)[0]
        for own, text, around in zip(
            examples, texts, map(Around, backgrounds, contexts), strict=True
        )
    ]
    short = sum(len(ids) <= SHORT_TARGET for ids, _ in tokens)
    pieces = [piece for piece in (tokens[:short], tokens[short:]) if piece]
    return windows, tuple(stack_ids([ids for ids, _ in piece]) for piece in pieces)


def _stacked(
    windows: Sequence[Window], order: Iterable[Sequence[int]], answers: Iterable[Answers]
) -> tuple[StancePart, ...]:
    return tuple(
        StancePart(stack_windows([windows[place] for place in part]), own)
        for part, own in zip(order, answers, strict=True)
    )


def _in_parts(windows: Sequence[Window], part_tokens: int) -> list[list[int]]:
    parts: list[list[int]] = []
    for place in sorted(range(len(windows)), key=lambda own: windows[own].tokens, reverse=True):
        # The first window of a part is its longest: the others are padded to it.
        if not parts or (len(parts[-1]) + 1) * windows[parts[-1][0]].tokens > part_tokens:
            parts.append([])
        parts[-1].append(place)
    return parts


def _tokens_of_first(own: tuple[Sequence[int], str]) -> int:
    return len(own[0])


def _answers(examples: Sequence[Example]) -> Answers:
    columns = max(len(own.golds) for own in examples)
    numbers = np.full((4, len(examples), columns), -1, np.int64)
    weights = np.zeros((len(examples), columns, len(LABELS)), np.float32)
    for row, own in enumerate(examples):
        scale = own.weight * np.asarray(_LABEL_WEIGHTS.get(own.source, (1.0, 1.0, 1.0, 1.0)))
        for column, gold in enumerate(own.golds):
            numbers[:, row, column] = (gold.label, gold.certain, gold.role, gold.reported)
            weights[row, column] = scale
            if own.source == "pages" and column == 0:
                # The account is one target of a dozen: it must not drown among the actors.
                weights[row, column] *= 2.0
    label, certain, role, reported = torch.from_numpy(numbers)
    return Answers(label, certain, role, reported, torch.from_numpy(weights))


def tag_batch(rows: Sequence[Tagged], encoder: TextEncoder) -> TagBatch:
    """Return tagged texts as one batch."""
    tokens = [own.cut(0, MAX_TAG_TOKENS) for own in encoder.tokenize([own.text for own in rows])]
    ids, attended = stack_ids([encoder.enclose(own.ids) for own in tokens])
    tags = np.full((2, *ids.shape), -100, np.int64)
    for row, (read, own) in enumerate(zip(tokens, rows, strict=True)):
        marks = [[(span, (1, 2)) for span in own.actors or ()]]
        marks.append([(span, name_tags(kind)) for span, kind in own.names or ()])
        for which, known in enumerate((own.actors, own.names)):
            if known is None:
                continue
            tags[which, row, 1 : 1 + len(read)] = 0
            for span, (begin, inside) in marks[which]:
                named = [index + 1 for index in read.inside([span])]
                if named:
                    tags[which, row, named] = inside
                    tags[which, row, named[0]] = begin
    return TagBatch(ids, attended, *torch.from_numpy(tags))


def tag_batches(rows: Sequence[Tagged], encoder: TextEncoder) -> tuple[TagBatch, ...]:
    """Return tagged texts as batches of like length: comments are short and paragraphs long."""
    rows = sorted(rows, key=_length_of_text)
    cut = len(rows) * 2 // 3
    return tuple(tag_batch(part, encoder) for part in (rows[:cut], rows[cut:]) if part)


def _length_of_text(own: Tagged) -> int:
    return len(own.text)


def name_tags(kind: str) -> tuple[int, int]:
    """Return the tags that begin and go on a name; -100 for kinds that a corpus does not tell."""
    if kind not in NAME_KINDS:
        return -100, -100
    place = 1 + 2 * NAME_KINDS.index(kind)
    return place, place + 1


def article_batch(rows: Sequence[Mapping[str, Any]], encoder: TextEncoder) -> ArticleBatch:
    """Return each article's first pass as one batch, with the shares of its sentences."""
    passes = [encoder.article_passes(row["title"], row["sentences"])[0] for row in rows]
    ids, attended = stack_ids([own.ids for own in passes])
    weights = stack_places(passes, ids.shape[1])
    shares = np.zeros((len(rows), 2, weights.shape[1]), np.float32)
    for number, (row, own) in enumerate(zip(rows, passes, strict=True)):
        for which, key in enumerate(("account", "event")):
            if key in row:
                shares[number, which, : len(own.places)] = row[key][: len(own.places)]
    return ArticleBatch(ids, attended, weights, torch.from_numpy(shares))
