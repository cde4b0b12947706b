"""Annotated threads: the clauses of every text with their gold label, and the gold relations.

The threads of CMV-modes come without a development part; every fifth thread by the checksum of
its id is one here, whole threads, so that no author argues on both sides of the line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from app.domain.argument import Bearing, UnitKind, UnitPair
from app.mining.units import cut_clauses
from models.training.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.domain.page import Span

_HELD_OUT = 5
TITLE = "title"
"""The id of the post that a thread begins with: what it is about."""

_SPOKEN = {
    "support": Bearing.SUPPORTS,
    "attack": Bearing.ATTACKS,
    "rephrase": Bearing.RESTATES,
}


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated unit: where it stands in its text, and what it is."""

    id: str
    start: int
    end: int
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Post:
    """A text of a thread, its clauses, and the label that most of each clause has."""

    id: str
    author: str | None
    text: str
    reply_to: str | None
    clauses: tuple[Span, ...]
    kinds: tuple[UnitKind, ...]
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class Thread:
    """Posts in order, the title first, and relations as (source, target, label) of gold ids."""

    id: str
    posts: list[Post] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def held_out(self) -> bool:
        """Whether the thread is only measured on."""
        return _is_held_out(self.id)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A pair of utterances of a debate that are related."""

    pair: UnitPair
    bearing: Bearing
    held_out: bool


def read_threads(folder: Path) -> list[Thread]:
    """Return the threads of CMV-modes in `folder` (data/arguments)."""
    units: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    threads: dict[str, Thread] = {}
    for row in read_rows(folder / "cmv_modes_v2_units.jsonl"):
        units[str(row["thread_id"]), str(row["comment_id"])].append(row)
    for row in read_rows(folder / "cmv_modes_v2_comments.jsonl"):
        key = str(row["thread_id"])
        thread = threads.setdefault(key, Thread(key))
        if not thread.posts:
            thread.posts += _title_of(units[key, TITLE])
        thread.posts.append(_post(row, str(row["comment_id"]), units[key, str(row["comment_id"])]))
    for row in read_rows(folder / "cmv_modes_v2_relations.jsonl"):
        relation = (str(row["source"]), str(row["target"]), str(row["coarse"]))
        threads[str(row["thread_id"])].relations.append(relation)
    return list(threads.values())


def read_spoken(folder: Path, most: int) -> Iterator[Spoken]:
    """Yield pairs of QT30's training relations, `most` of a kind: the only ones that restate."""
    units = {str(row["unit_id"]): row for row in read_rows(folder / "qt30_dialam_units.jsonl")}
    seen: Counter[Bearing] = Counter()
    for row in read_rows(folder / "qt30_dialam_relations.jsonl"):
        sources, bearing = row["sources"], _SPOKEN[str(row["coarse"])]
        if row["split"] != "train" or not isinstance(sources, list) or len(sources) != 1:
            continue
        source, target = units.get(str(sources[0])), units.get(str(row["target"]))
        if source is None or target is None or seen[bearing] >= most:
            continue
        seen[bearing] += 1
        same = source.get("speaker") == target.get("speaker")
        pair = UnitPair(
            str(source["text"]),
            str(target["text"]),
            UnitKind.CLAIM,
            UnitKind.CLAIM,
            same_comment=same,
            same_author=same,
            answers=not same,
            quoted=False,
            apart=int(same),
        )
        yield Spoken(pair, bearing, held_out=_is_held_out(str(row["thread_id"])))


def _title_of(units: list[dict[str, object]]) -> Iterator[Post]:
    for row in units[:1]:
        yield _post({**row, "reply_to": None, "start": 0}, TITLE, units)


def _post(row: Mapping[str, object], key: str, units: list[dict[str, object]]) -> Post:
    text, offset = str(row["text"]), int(str(row["start"]))
    gold = []
    for unit in units:
        words = str(unit["text"]).strip()
        start = _nearest(text, words, int(str(unit["start"])) - offset)
        if start >= 0:
            kind = UnitKind.PREMISE if unit["label"] == "premise" else UnitKind.CLAIM
            gold.append(Gold(str(unit["unit_id"]), start, start + len(words), kind))
    clauses = cut_clauses(text)
    author, reply_to = row.get("author"), row.get("reply_to")
    return Post(
        key,
        None if author is None else str(author),
        text,
        None if reply_to is None else str(reply_to),
        clauses,
        tuple(kind_of(clause, gold) for clause in clauses),
        tuple(gold),
    )


def kind_of(clause: Span, gold: list[Gold]) -> UnitKind:
    """Return what most characters of a clause are."""
    shares: Counter[UnitKind] = Counter()
    for unit in gold:
        shares[unit.kind] += max(0, min(clause.end, unit.end) - max(clause.start, unit.start))
    shares[UnitKind.NONE] = clause.end - clause.start - sum(shares.values())
    return shares.most_common(1)[0][0]


def _nearest(text: str, words: str, near: int) -> int:
    """Return where `words` stand in `text` nearest to a place: the corpus counts otherwise."""
    best, at = -1, text.find(words)
    while at >= 0:
        if best < 0 or abs(at - near) < abs(best - near):
            best = at
        at = text.find(words, at + 1)
    return best


def _is_held_out(thread: str) -> bool:
    return blake2b(thread.encode()).digest()[0] % _HELD_OUT == 0
