"""Named entities in user text: the name head's spans against WNUT-17's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from app.domain.page import Span
from app.inference.layout import NAME_KINDS
from app.inference.stack import stack_ids
from models.training.metrics import (
    bootstrap,
    f1_of_counts,
    matched_names,
    names_of_tags,
)
from models.training.report import Figure
from models.training.scored import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.training.formats.wnut17 import TaggedText
    from models.training.metrics import Ints
    from models.training.reader import Reader

MAX_TOKENS = 500
"""Tokens of a text that are read at once; the encoder has 512 positions, and no text has more."""

TAG_NAMES = ("O", *(f"{place}-{kind}" for kind in NAME_KINDS for place in "BI"))


@torch.inference_mode()
def tags_of_words(reader: Reader, texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the tag of each word: that of its first token."""
    joined = [" ".join(words) for words in texts]
    tokens = reader.encoder.tokenize(joined)
    order = sorted(range(len(texts)), key=lambda own: len(tokens[own]))
    found: list[list[str]] = [[] for _ in texts]
    for start in range(0, len(order), ROWS):
        places = order[start : start + ROWS]
        ids, attended = stack_ids(
            [reader.encoder.enclose(tokens[own].ids[:MAX_TOKENS]) for own in places]
        )
        _, names = reader.network.tag(ids.to(reader.device), attended.to(reader.device))
        best = names.float().cpu().numpy().argmax(-1)
        for row, own in enumerate(places):
            read = tokens[own].cut(0, MAX_TOKENS)
            for span in _word_spans(texts[own]):
                inside = read.inside([span])
                found[own].append(TAG_NAMES[best[row, inside[0] + 1]] if inside else "O")
    return found


def _word_spans(words: Sequence[str]) -> Iterator[Span]:
    start = 0
    for word in words:
        yield Span(start, start + max(1, len(word)))
        start += len(word) + 1


def name_figures(
    reader: Reader, texts: Sequence[TaggedText], train: Sequence[TaggedText]
) -> list[Figure]:
    """Return the entity F1 with its interval, and the F1 of each kind."""
    found = tags_of_words(reader, [own.tokens for own in texts])
    counts = _counts(texts, found)
    floors = {"capitals": f1_of_counts(_counts(texts, [_by_capitals(own.tokens) for own in texts]))}
    if train:
        # Nought on the official parts: their names were chosen to be new.
        listed = _by_list(texts, train)
        floors["names of the training texts"] = f1_of_counts(_counts(texts, listed))

    def merit(rows: Ints) -> float:
        return f1_of_counts(counts[rows])

    figures = [
        Figure(
            "wnut17.entity_f1",
            f1_of_counts(counts),
            bootstrap(range(len(texts)), merit),
            floors,
        )
    ]
    for kind in NAME_KINDS:
        gold_of = [_of_kind(own.tags, kind) for own in texts]
        found_of = [_of_kind(own, kind) for own in found]
        own_counts = np.asarray(
            [matched_names(gold, own) for gold, own in zip(gold_of, found_of, strict=True)]
        )
        figures.append(Figure(f"wnut17.f1_{kind}", f1_of_counts(own_counts)))
    return figures


def _of_kind(tags: Sequence[str], kind: str) -> list[str]:
    return [tag if tag.partition("-")[2] == kind else "O" for tag in tags]


def _counts(texts: Sequence[TaggedText], found: Sequence[Sequence[str]]) -> Ints:
    return np.asarray(
        [matched_names(own.tags, tags) for own, tags in zip(texts, found, strict=True)], np.int64
    )


def _by_capitals(words: Sequence[str]) -> list[str]:
    """Return tags that take every run of capitalised words for a person, the commonest kind.

    A text's first word, which is capitalised anyway, begins none.
    """
    tags = ["O"] * len(words)
    for place, word in enumerate(words):
        if place and word[:1].isupper() and word[1:].islower():
            tags[place] = "B-person" if tags[place - 1] == "O" else "I-person"
    return tags


def _by_list(texts: Sequence[TaggedText], train: Sequence[TaggedText]) -> list[list[str]]:
    """Return tags that mark the names of the training texts wherever they stand."""
    known = {
        tuple(own.tokens[start:end]): kind
        for own in train
        for start, end, kind in names_of_tags(own.tags)
    }
    longest = max(map(len, known), default=0)
    tagged = []
    for own in texts:
        tags = ["O"] * len(own.tokens)
        place = 0
        while place < len(tags):
            for many in range(min(longest, len(tags) - place), 0, -1):
                kind = known.get(own.tokens[place : place + many])
                if kind is not None:
                    tags[place : place + many] = [f"B-{kind}", *[f"I-{kind}"] * (many - 1)]
                    place += many - 1
                    break
            place += 1
        tagged.append(tags)
    return tagged
