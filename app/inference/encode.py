"""Text to tokens: windows over long texts, contexts, and the markers of targets.

Nothing is cut from a text: one longer than a window is read in overlapping windows. A background
(what the conversation is about) and a context (what a comment answers) are only there to be
understood from, and are read up to a stated length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.page import Span
from app.domain.stance import TargetKind
from app.inference.layout import NO_MENTION_POSITION, PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tokenizers import Tokenizer

    from app.domain.reading import Query, Reading

WINDOW_TOKENS = 256
"""Text tokens a window: 100.0 % of the comments in pages/train fit one."""

WINDOW_STRIDE = 192
"""Tokens from one window's start to the next: a quarter overlaps, longer than most sentences."""

BACKGROUND_TOKENS = 64
"""Background tokens a window: a headline and a sentence that tells what happened."""

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
        """Return the indices of the tokens that overlap any of `spans`: apart, and in order."""
        if not spans or not self.ids:
            return []
        # A long text names somebody thousands of times, most of them outside of this window.
        first = bisect_right(spans, self.starts[0], key=lambda span: span.end)
        last = bisect_left(spans, self.ends[-1], key=lambda span: span.start)
        found: set[int] = set()
        for span in spans[first:last]:
            begin, end = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
            found.update(range(begin, end))
        return sorted(found)


NO_TOKENS = Tokens((), (), ())


@dataclass(frozen=True, slots=True)
class Around:
    """The tokens of what a text is understood from; empty where there is none."""

    background: Tokens = NO_TOKENS
    context: Tokens = NO_TOKENS


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
    """A stretch of a text and its markers: `[CLS] text [SEP] background [SEP] context [SEP]`."""

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
    """Turns texts into tokens and readings into windows; holds the tokenizer, nothing else.

    A network that was trained without backgrounds (`reads_background` false) reads a text that
    answers nothing after its page's title, and no other part of a background.
    """

    def __init__(self, tokenizer: Tokenizer, *, reads_background: bool = True) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._reads_background = reads_background
        self._cls = _special(tokenizer, "[CLS]", "<s>")
        self._sep = _special(tokenizer, "[SEP]", "</s>")

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
        around: Around,
        target_rows: Mapping[str, int],
    ) -> list[Window]:
        """Return the windows of one reading, in the text's order; each asks every query."""
        windows = []
        queries = [_in_order(query) for query in reading.queries]
        if not self._reads_background:
            around = _around_title(reading, around)
        background = around.background.cut(0, BACKGROUND_TOKENS)
        context = around.context.cut(0, CONTEXT_TOKENS)
        for start in window_starts(len(text)):
            part = text.cut(start, start + WINDOW_TOKENS)
            ids = self.enclose(part.ids)
            own = len(ids)
            starts = []
            for other in (background, context):
                starts.append(len(ids))
                if len(other):
                    ids += (*other.ids, self._sep)
            types = (0,) * own + (1,) * (len(ids) - own)
            read = _Read(part, background, context, starts[0], starts[1])
            markers = tuple(_marker(query, read, target_rows) for query in queries)
            windows.append(Window(ids, types, markers))
        return windows


def window_starts(tokens: int) -> list[int]:
    """Return where the windows over a text of `tokens` tokens begin; the last reaches its end."""
    if tokens <= WINDOW_TOKENS:
        return [0]
    starts = list(range(0, tokens - WINDOW_TOKENS, WINDOW_STRIDE))
    return [*starts, tokens - WINDOW_TOKENS]


def _around_title(reading: Reading, around: Around) -> Around:
    """Return what a network without backgrounds reads: the context, or else the page's title."""
    background = reading.background or ""
    title = background.partition("\n")[0]
    # A target asked alone may stand in for the background: it is no title.
    of_target = [query.target.text for query in reading.queries] == [background]
    if reading.context or not title or of_target:
        return Around(context=around.context)
    tokens = int(np.searchsorted(around.background.starts, len(title)))
    return Around(context=around.background.cut(0, tokens))


@dataclass(frozen=True, slots=True)
class _Read:
    """The parts of one window, and where background and context begin in it."""

    text: Tokens
    background: Tokens
    context: Tokens
    background_at: int
    context_at: int


def _marker(query: Query, read: _Read, target_rows: Mapping[str, int]) -> Marker:
    mention = tuple(index + 1 for index in read.text.inside(query.mentions))
    in_context = tuple(
        index + read.context_at for index in read.context.inside(query.context_mentions)
    )
    in_background = tuple(
        index + read.background_at for index in read.background.inside(query.background_mentions)
    )
    if mention:
        place, position = "text", mention[0]
    elif in_context:
        place, position = "context", in_context[0]
    elif in_background:
        place, position = "background", in_background[0]
    else:
        place, position = "nowhere", NO_MENTION_POSITION
    return Marker(
        target_row=target_rows[query.target.text],
        kind=KINDS.index(query.target.kind),
        place=PLACES.index(place),
        position=position,
        mention=mention,
        context_mention=in_context or in_background,
    )


def _in_order(query: Query) -> Query:
    return replace(
        query,
        mentions=_apart(query.mentions),
        context_mentions=_apart(query.context_mentions),
        background_mentions=_apart(query.background_mentions),
    )


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that overlap as one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)


def _special(tokenizer: Tokenizer, *names: str) -> int:
    """Return the number of a special token, which BERT and MPNet call by different names."""
    numbers = [number for name in names if (number := tokenizer.token_to_id(name)) is not None]
    if not numbers:
        raise ValueError(f"expected a tokenizer that knows {' or '.join(names)}")
    return numbers[-1]
