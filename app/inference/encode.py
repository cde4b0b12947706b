"""Texts to windows: long texts in several, with what they are understood from, asked targets.

Nothing is cut from a text: one longer than a window is read in overlapping windows. A background
(what the conversation is about) and a context (what a comment answers) are only there to be
understood from, and are read up to a stated length.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from app.inference.markers import WindowParts, in_order, mark
from app.inference.tokens import NO_TOKENS, Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tokenizers import Tokenizer

    from app.domain.reading import Reading
    from app.inference.markers import Marker

WINDOW_TOKENS = 256
"""Text tokens a window: 100.0 % of the comments in pages/train fit one."""

LONG_TEXT_TOKENS = 184
"""Text tokens a window at most, of a text that does not fit one: two such windows make a batch, and
attention costs less in them. 5,000 words take a twentieth less than in windows of 256."""

WINDOW_OVERLAP = 32
"""Tokens at least that a window shares with the next: five in six sentences have no more."""

BACKGROUND_TOKENS = 64
"""Background tokens a window: a headline and a sentence that tells what happened."""

CONTEXT_TOKENS = 96
"""Context tokens a window: whole for 94 % of answered comments in pages/train."""

TARGET_TOKENS = 96
"""Tokens of a target's wording that its vector is made from."""

ARTICLE_TOKENS = 480
"""Tokens of one pass over an article, within the encoder's 512 positions."""


@dataclass(frozen=True, slots=True)
class Around:
    """The tokens of what a text is understood from; empty where there is none."""

    background: Tokens = NO_TOKENS
    context: Tokens = NO_TOKENS


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


_START, _END = itemgetter(0), itemgetter(1)
"""Of the library's offsets, of which every token has a pair."""


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
                tuple(map(_START, offsets)),
                tuple(map(_END, offsets)),
            )
            for encoding in encodings
            for offsets in (encoding.offsets,)
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
        queries = [in_order(query) for query in reading.queries]
        if not self._reads_background:
            around = _around_title(reading, around)
        background = around.background.cut(0, BACKGROUND_TOKENS)
        context = around.context.cut(0, CONTEXT_TOKENS)
        for own_tokens in window_ranges(len(text)):
            part = text.cut(own_tokens.start, own_tokens.stop)
            ids = self.enclose(part.ids)
            own = len(ids)
            starts = []
            for other in (background, context):
                starts.append(len(ids))
                if len(other):
                    ids += (*other.ids, self._sep)
            types = (0,) * own + (1,) * (len(ids) - own)
            parts = WindowParts(part, background, context, starts[0], starts[1])
            markers = tuple(mark(query, parts, target_rows) for query in queries)
            windows.append(Window(ids, types, markers))
        return windows


def window_ranges(tokens: int) -> list[range]:
    """Return the windows over a text of `tokens` tokens: as few as go, all of one length."""
    if tokens <= WINDOW_TOKENS:
        return [range(tokens)]
    many = math.ceil((tokens - WINDOW_OVERLAP) / (LONG_TEXT_TOKENS - WINDOW_OVERLAP))
    length = math.ceil((tokens - WINDOW_OVERLAP) / many) + WINDOW_OVERLAP
    starts = (min(own * (length - WINDOW_OVERLAP), tokens - length) for own in range(many))
    return [range(start, start + length) for start in starts]


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


def _special(tokenizer: Tokenizer, *names: str) -> int:
    """Return the number of a special token, which BERT and MPNet call by different names."""
    numbers = [number for name in names if (number := tokenizer.token_to_id(name)) is not None]
    if not numbers:
        raise ValueError(f"expected a tokenizer that knows {' or '.join(names)}")
    return numbers[-1]
