"""Text to tokens: windows over long texts, contexts, and the markers of targets.

Nothing is cut from a text: one longer than a window is read in overlapping windows. A context
(what a comment answers) is only there to be understood from, and is read up to a stated length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import TargetKind
from app.inference.network import NO_MENTION_POSITION, PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tokenizers import Tokenizer

    from app.domain.page import Span
    from app.domain.reading import Query, Reading

WINDOW_TOKENS = 256
"""Text tokens a window: 100.0 % of the comments in pages/train fit one."""

WINDOW_STRIDE = 192
"""Tokens from one window's start to the next: a quarter overlaps, longer than most sentences."""

CONTEXT_TOKENS = 96
"""Context tokens a window: whole for 94 % of answered comments in pages/train."""

TARGET_TOKENS = 96
"""Tokens of a target's wording that its vector is made from."""

ARTICLE_TOKENS = 480
"""Tokens of one pass over an article, within the encoder's 512 positions."""

KINDS: tuple[TargetKind, ...] = tuple(TargetKind)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of a text without special tokens; `starts` and `ends` are its code points."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, start: int, end: int) -> Tokens:
        """Return the tokens `[start, end)`."""
        return Tokens(self.ids[start:end], self.starts[start:end], self.ends[start:end])

    def inside(self, spans: Sequence[Span]) -> list[int]:
        """Return the indices of the tokens that overlap any of `spans`."""
        found: set[int] = set()
        if not spans:
            return []
        starts, ends = np.asarray(self.starts), np.asarray(self.ends)
        for span in spans:
            found.update(np.flatnonzero((starts < span.end) & (ends > span.start)).tolist())
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Marker:
    """One target over one window: its row of the target table and the tokens that name it."""

    target_row: int
    kind: int
    place: int
    position: int
    mention: tuple[int, ...]
    context_mention: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text in its context, `[CLS] text [SEP] context [SEP]`, and its markers."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    markers: tuple[Marker, ...]

    @property
    def tokens(self) -> int:
        """How many positions the window takes, markers included."""
        return len(self.ids) + len(self.markers)


@dataclass(frozen=True, slots=True)
class ArticlePass:
    """One pass over sentences of an article: token ids, and each sentence's place in them."""

    ids: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


class TextEncoder:
    """Turns texts into tokens and readings into windows; holds the tokenizer, nothing else."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._cls = _special(tokenizer, "[CLS]")
        self._sep = _special(tokenizer, "[SEP]")

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [
            Tokens(
                tuple(encoding.ids),
                tuple(start for start, _ in encoding.offsets),
                tuple(end for _, end in encoding.offsets),
            )
            for encoding in encodings
        ]

    def target_ids(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """Return each target's tokens between [CLS] and [SEP]."""
        return [self.enclose(tokens.ids[:TARGET_TOKENS]) for tokens in self.tokenize(texts)]

    def enclose(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Return `ids` between [CLS] and [SEP]."""
        return (self._cls, *ids, self._sep)

    def article_passes(self, title: str, sentences: Sequence[str]) -> list[ArticlePass]:
        """Return the passes over an article: `[CLS] title [SEP] sentences [SEP]`, none left out.

        An article longer than `ARTICLE_TOKENS` takes several; of a single sentence longer than
        that the beginning is read.
        """
        head, *parts = self.tokenize([title, *sentences])
        opening = self.enclose(head.ids[:TARGET_TOKENS])
        passes: list[ArticlePass] = []
        places: list[tuple[int, int]] = []
        ids = list(opening)
        for part in parts:
            read = part.ids[: ARTICLE_TOKENS - len(opening) - 1]
            if places and len(ids) + len(read) >= ARTICLE_TOKENS:
                passes.append(ArticlePass((*ids, self._sep), tuple(places)))
                ids, places = list(opening), []
            places.append((len(ids), len(ids) + len(read)))
            ids += read
        if places:
            passes.append(ArticlePass((*ids, self._sep), tuple(places)))
        return passes

    def windows(
        self,
        reading: Reading,
        text: Tokens,
        context: Tokens | None,
        target_rows: Mapping[str, int],
    ) -> list[Window]:
        """Return the windows of one reading, in the text's order; each asks every query."""
        windows = []
        before = context.cut(0, CONTEXT_TOKENS) if context is not None else None
        for start in window_starts(len(text)):
            part = text.cut(start, start + WINDOW_TOKENS)
            ids = self.enclose(part.ids)
            types = (0,) * len(ids)
            context_at = len(ids)
            if before is not None and len(before):
                ids += (*before.ids, self._sep)
                types += (1,) * (len(before) + 1)
            markers = tuple(
                _marker(query, part, before, context_at, target_rows) for query in reading.queries
            )
            windows.append(Window(ids, types, markers))
        return windows


def window_starts(tokens: int) -> list[int]:
    """Return where the windows over a text of `tokens` tokens begin; the last reaches its end."""
    if tokens <= WINDOW_TOKENS:
        return [0]
    starts = list(range(0, tokens - WINDOW_TOKENS, WINDOW_STRIDE))
    return [*starts, tokens - WINDOW_TOKENS]


def _marker(
    query: Query,
    part: Tokens,
    before: Tokens | None,
    context_at: int,
    target_rows: Mapping[str, int],
) -> Marker:
    target = query.target
    mention = tuple(index + 1 for index in part.inside(query.mentions))
    context_mention: tuple[int, ...] = ()
    if before is not None:
        context_mention = tuple(
            index + context_at for index in before.inside(query.context_mentions)
        )
    if mention:
        place, position = "text", mention[0]
    elif context_mention:
        place, position = "context", context_mention[0]
    else:
        place, position = "nowhere", NO_MENTION_POSITION
    return Marker(
        target_row=target_rows[target.text],
        kind=KINDS.index(target.kind),
        place=PLACES.index(place),
        position=position,
        mention=mention,
        context_mention=context_mention,
    )


def _special(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"expected a tokenizer that knows {token}")
    return int(number)
