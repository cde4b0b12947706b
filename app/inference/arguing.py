"""Reads arguments: what clauses are, and how units bear on each other, by two small heads.

The encoder is the one that reads stances, asked for a vector of each clause; the heads stand in
a file of their own beside it, and a model without that file reads no arguments.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from app.domain.argument import BEARINGS, Bearing
from app.domain.cues import agrees, clause_cues, pair_cues
from app.errors import ModelUnusable
from app.inference.calibration import softmax

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from app.domain.argument import UnitPair
    from app.domain.mined import ModelIdentity
    from app.domain.reading import ActorMention, Reading, SentenceScore, TargetScore
    from app.inference.calibration import Floats
    from app.inference.layout import Floats32
    from app.inference.scorer import ModelScorer

HEADS = "arguments.safetensors"
"""The file of the heads in a model's folder."""

PARTS = ("first.weight", "first.bias", "last.weight", "last.bias")
"""The arrays of a head."""

MAX_CACHED_CLAUSES = 8_000
"""Vectors kept: those of a page of some 3,000 comments, 12 MB when full. The clauses of a longer
page are read a second time for its pairs."""

_SAME_AUTHOR, _AGREEING, _ANOTHER = 0.03, 0.27, 0.75
"""Share of attacks among related pairs: of one author, of another who agrees, of any other.

Counted on the threads that the heads are trained on. Of the head's own guess, which these stand
in place of, macro-F1 on the threads held out was below that of "another author attacks".
"""

_AT_ONCE = 1024
"""Pairs whose numbers are laid out together: some seven megabytes."""


def unit_inputs(clauses: Sequence[str], vectors: Sequence[Floats32]) -> Floats32:
    """Return what the head of units reads of the clauses of one text [C, F].

    A clause's own vector, those before and after it, their mean, and what can be seen of it.
    """
    own = np.stack(vectors)
    nothing = np.zeros_like(own[:1])
    before, after = np.concatenate([nothing, own[:-1]]), np.concatenate([own[1:], nothing])
    whole = np.broadcast_to(own.mean(0), own.shape)
    seen = np.array([clause_cues(clauses, place) for place in range(len(clauses))], np.float32)
    return np.concatenate([own, before, after, whole, seen], axis=1)


def pair_inputs(pairs: Sequence[UnitPair], sources: Floats32, targets: Floats32) -> Floats32:
    """Return what the head of relations reads of pairs [P, F]; vectors of their ends [P, H]."""
    seen = np.array([pair_cues(pair) for pair in pairs], np.float32)
    near = _cosine(sources, targets)[:, None]
    both = [sources, targets, sources * targets, np.abs(sources - targets), near, seen]
    return np.concatenate(both, axis=1)


def settle_sides(pairs: Sequence[UnitPair], shares: Floats) -> Floats:
    """Return the probabilities of `BEARINGS` of pairs [P, 4] with support told from attack anew.

    How likely a pair is related, or restates, is the head's; what speaks for and what against
    is told by who speaks, and whether they agree.
    """
    supports, attacks = BEARINGS.index(Bearing.SUPPORTS), BEARINGS.index(Bearing.ATTACKS)
    taken = shares[:, supports] + shares[:, attacks]
    attacked = taken * np.array([_share_of_attacks(pair) for pair in pairs])
    told = shares.copy()
    told[:, supports], told[:, attacks] = taken - attacked, attacked
    return told


def _share_of_attacks(pair: UnitPair) -> float:
    if pair.same_author:
        return _SAME_AUTHOR
    return _AGREEING if agrees(pair.source) else _ANOTHER


class ArguingScorer:
    """A scorer that reads arguments as well, and answers all else as the one inside."""

    def __init__(self, scorer: ModelScorer, heads: Mapping[str, Floats32], revision: str) -> None:
        self._scorer = scorer
        self._reader = HeadReader(scorer.encode, heads)
        self._identity = replace(scorer.identity, revision=revision)

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is, heads included."""
        return self._identity

    @property
    def argument_reader(self) -> HeadReader:
        """What reads arguments."""
        return self._reader

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading."""
        return self._scorer.score(readings)

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the mentions of each text."""
        return self._scorer.tag_actors(texts)

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return one score a sentence of an article."""
        return self._scorer.score_sentences(title, sentences)


class HeadReader:
    """Reads arguments by heads over the vectors of clauses, which `encode` makes.

    Vectors are kept for a while: a page's clauses are asked about once alone, then in pairs.
    """

    def __init__(
        self, encode: Callable[[Sequence[str]], list[Floats32]], heads: Mapping[str, Floats32]
    ) -> None:
        self._encode = encode
        self._heads = heads
        self._known: dict[str, Floats32] = {}
        self._guard = threading.Lock()

    def score_clauses(self, texts: Sequence[Sequence[str]]) -> list[Sequence[Sequence[float]]]:
        """Return for each clause of each text the probabilities of `UNIT_KINDS`."""
        vectors = self._vectors([clause for clauses in texts for clause in clauses])
        return [
            self._run("units", unit_inputs(clauses, [vectors[own] for own in clauses])).tolist()
            if clauses
            else []
            for clauses in texts
        ]

    def score_pairs(self, pairs: Sequence[UnitPair]) -> Sequence[Sequence[float]]:
        """Return for each pair the probabilities of `BEARINGS`."""
        vectors = self._vectors([text for pair in pairs for text in (pair.source, pair.target)])
        found: list[list[float]] = []
        for at in range(0, len(pairs), _AT_ONCE):
            some = pairs[at : at + _AT_ONCE]
            sources = np.stack([vectors[pair.source] for pair in some])
            targets = np.stack([vectors[pair.target] for pair in some])
            told = self._run("pairs", pair_inputs(some, sources, targets))
            found += settle_sides(some, told).tolist()
        return found

    def _vectors(self, texts: Sequence[str]) -> dict[str, Floats32]:
        with self._guard:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        found.update(zip(new, self._encode(new), strict=True))
        with self._guard:
            self._known.update((text, found[text].copy()) for text in new)
            while len(self._known) > MAX_CACHED_CLAUSES:
                del self._known[next(iter(self._known))]
        return found

    def _run(self, head: str, inputs: Floats32) -> Floats:
        return softmax(run_head(self._heads, head, inputs).astype(np.float64))


def run_head(heads: Mapping[str, Floats32], name: str, inputs: Floats32) -> Floats32:
    """Return the raw outputs of a head [N, classes] for its inputs [N, F]."""
    hidden = inputs @ heads[f"{name}.first.weight"].T + heads[f"{name}.first.bias"]
    outputs: Floats32 = (
        np.maximum(hidden, 0.0) @ heads[f"{name}.last.weight"].T + heads[f"{name}.last.bias"]
    )
    return outputs


def with_arguments(scorer: ModelScorer, folder: Path) -> ModelScorer | ArguingScorer:
    """Return the scorer of a folder with the heads that read arguments, where it has them.

    Raises:
        ModelUnusable: the file of the heads is broken.
    """
    path = folder / HEADS
    if not path.is_file():
        return scorer
    try:
        heads = {key: value.astype(np.float32) for key, value in load_file(path).items()}
    except (SafetensorError, OSError) as error:
        raise ModelUnusable(f"expected heads in {path}, got: {str(error)[:200]}") from error
    missing = {f"{head}.{part}" for head in ("units", "pairs") for part in PARTS} - heads.keys()
    if missing:
        raise ModelUnusable(f"expected heads in {path}, {min(missing)} is not there")
    digest = hashlib.sha256(scorer.identity.revision.encode() + path.read_bytes())
    return ArguingScorer(scorer, heads, digest.hexdigest()[:12])


def _cosine(one: Floats32, other: Floats32) -> Floats32:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    near: Floats32 = (one * other).sum(1) / np.maximum(lengths, 1e-6)
    return near
