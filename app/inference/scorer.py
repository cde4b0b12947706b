"""Scores readings with a network, and tags mentions; one pass a text, all targets in it.

Safe to call from several threads: nothing changes but a bounded cache of target vectors.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from app.domain.page import Span
from app.domain.reading import ActorMention, SentenceScore
from app.domain.stance import OF_CALLERS
from app.inference.calibration import softmax
from app.inference.encode import Around, window_ranges
from app.inference.folder import encoder_of
from app.inference.layout import TAGS, lay_ids, lay_places, lay_windows
from app.inference.schedule import ON_CPU, Packing, cut_by_tokens
from app.inference.spans import decode_mentions
from app.inference.spreading import one_by_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from app.domain.mined import ModelIdentity
    from app.domain.reading import Reading, TargetScore
    from app.domain.stance import TargetKind
    from app.inference.folder import ModelFolder
    from app.inference.layout import Floats32
    from app.inference.runner import Runner
    from app.inference.spreading import Spread
    from app.inference.tokens import Tokens

    Floats = npt.NDArray[np.float64]

MAX_CACHED_TARGETS = 2048
"""Target vectors kept: a page has a dozen and its replies some more; 3 MB when full."""


class ModelScorer:
    """A network on a runtime, with its tokenizer and calibration, as mining asks for it.

    Texts are read in batches of that `packing`; `spread` gives what a function makes of each batch,
    in order, and may run it in several threads.
    """

    def __init__(
        self,
        runner: Runner,
        model: ModelFolder,
        *,
        packing: Packing = ON_CPU,
        spread: Spread | None = None,
    ) -> None:
        self._runner = runner
        self._packing = packing
        self._spread = spread or one_by_one
        self._encoder = encoder_of(model)
        self._calibration = model.calibration
        self._identity = model.identity
        self._targets: dict[str, Floats32] = {}
        self._guard = threading.Lock()

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        return self._identity

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading.

        A text of several windows takes each target's stance from the window that is likeliest to
        take a side on it.
        """
        asked = [_beside(own) for own in readings if own.queries]
        wordings = sorted({query.target.text for own in asked for query in own.queries})
        if not wordings:
            return [() for _ in readings]
        vectors = self._target_vectors(wordings)
        rows = {words: row for row, words in enumerate(wordings)}
        tokens = self._tokens(asked)
        windows, owners = [], []
        for owner, reading in enumerate(asked):
            around = Around(tokens[reading.background or ""], tokens[reading.context or ""])
            own = self._encoder.windows(reading, tokens[reading.text], around, rows)
            windows += own
            owners += [owner] * len(own)
        raw: list[list[Floats]] = [[] for _ in asked]

        def read(batch: Sequence[int]) -> Floats32:
            stack = lay_windows([windows[index] for index in batch])
            return self._runner.score_markers(stack, vectors)

        batches = list(cut_by_tokens([window.tokens for window in windows], self._packing))
        for batch, outputs in zip(batches, self._spread(read, batches), strict=True):
            for row, index in enumerate(batch):
                raw[owners[index]].append(outputs[row].astype(np.float64))
        scores = iter(self._scores(asked, raw))
        return [tuple(islice(scores, len(own.queries))) for own in readings]

    def _tokens(self, readings: Sequence[Reading]) -> dict[str, Tokens]:
        """Return the tokens of each text, background and context, each of which many may share."""
        texts = {
            text for own in readings for text in (own.text, own.background or "", own.context or "")
        }
        listed = list(texts)
        return dict(zip(listed, self._encoder.tokenize(listed), strict=True))

    def _scores(
        self, readings: Sequence[Reading], raw: Sequence[Sequence[Floats]]
    ) -> list[TargetScore]:
        """Return the scores of all readings' queries, in turn.

        `raw` has the outputs [markers, 9] of each window of each reading, padding behind them.
        """
        kinds, named, outputs = [], [], []
        for reading, windows in zip(readings, raw, strict=True):
            own = [query.target.kind for query in reading.queries]
            outputs.append(self._likeliest(own, [window[: len(own)] for window in windows]))
            kinds += own
            named += [bool(query.mentions) for query in reading.queries]
        return self._calibration.scores(kinds, np.asarray(named), np.concatenate(outputs))

    def _likeliest(self, kinds: Sequence[TargetKind], windows: Sequence[Floats]) -> Floats:
        """Return each marker's outputs [M, 9] in the window likeliest to take a side on it."""
        if len(windows) == 1:
            return windows[0]
        sides = np.stack([self._calibration.sides(kinds, window) for window in windows])
        likeliest: Floats = np.stack(windows)[sides.argmax(0), np.arange(len(kinds))]
        return likeliest

    def _target_vectors(self, wordings: Sequence[str]) -> Floats32:
        """Return the vectors [T, H] of targets, from the cache where they are known."""
        with self._guard:
            known = {words: self._targets[words] for words in wordings if words in self._targets}
        new = [words for words in wordings if words not in known]
        known.update(zip(new, self.encode(new), strict=True))
        with self._guard:
            self._targets.update((words, known[words].copy()) for words in new)
            while len(self._targets) > MAX_CACHED_TARGETS:
                del self._targets[next(iter(self._targets))]
        return np.stack([known[words] for words in wordings])

    def encode(self, texts: Sequence[str]) -> list[Floats32]:
        """Return a vector [H] of each text: the mean of its states, of a long one's beginning."""
        ids = self._encoder.target_ids(texts)
        vectors: dict[int, Floats32] = {}

        def read(batch: Sequence[int]) -> Floats32:
            return self._runner.encode_targets(*lay_ids([ids[index] for index in batch]))

        batches = list(cut_by_tokens([len(own) for own in ids], self._packing))
        for batch, means in zip(batches, self._spread(read, batches), strict=True):
            vectors.update(zip(batch, means, strict=True))
        return [vectors[index] for index in range(len(ids))]

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the mentions of each text, read line by line as in training.

        A token of two windows has the mean of its outputs.
        """
        lines = [(owner, span) for owner, text in enumerate(texts) for span in _lines(text)]
        tokens = self._encoder.tokenize([span.text_of(texts[owner]) for owner, span in lines])
        pieces = [
            (own, part)
            for own, line in enumerate(tokens)
            if len(line)
            for part in window_ranges(len(line))
        ]
        ids = [
            self._encoder.enclose(tokens[own].ids[part.start : part.stop]) for own, part in pieces
        ]
        sums = [np.zeros((len(line), len(TAGS))) for line in tokens]

        def tag(batch: Sequence[int]) -> Floats32:
            return self._runner.tag(*lay_ids([ids[index] for index in batch]))

        batches = list(cut_by_tokens([len(own) for own in ids], self._packing))
        for batch, logits in zip(batches, self._spread(tag, batches), strict=True):
            for row, index in enumerate(batch):
                own, part = pieces[index]
                inside = logits[row, 1 : 1 + len(part)].astype(np.float64)
                sums[own][part.start : part.stop] += softmax(inside)
        mentions: list[list[ActorMention]] = [[] for _ in texts]
        threshold = self._calibration.mention_threshold
        for (owner, line), read, shares in zip(lines, tokens, sums, strict=True):
            words = line.text_of(texts[owner])
            for start, end, probability in decode_mentions(words, read, shares, threshold):
                span = Span(line.start + start, line.start + end)
                mentions[owner].append(ActorMention(span, probability))
        return [tuple(own) for own in mentions]

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return the account and event logits of each sentence, comparable within the article."""
        scores = []
        for own in self._encoder.article_passes(title or "", sentences):
            ids, attended = lay_ids([own.ids])
            (logits,) = self._runner.score_sentences(ids, attended, lay_places([own], ids.shape[1]))
            scores += [SentenceScore(float(account), float(event)) for account, event in logits]
        return scores


def _beside(reading: Reading) -> Reading:
    """Return a reading of a caller's sentence asked alone with that sentence beside the text.

    That tells more than its vector; several sentences share one reading of the text.
    """
    (query, *others) = reading.queries
    if others or reading.background or query.target.kind not in OF_CALLERS:
        return reading
    return replace(reading, background=query.target.text)


def _lines(text: str) -> list[Span]:
    """Return the lines of a text that hold more than white space."""
    return [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
