"""Texts outside of our pages that say who did it, as examples of hypotheses about actors.

MUC-4's news (perpetrators, with how sure the text is), Reddit comments and Telegram messages with
marked agents and victims, news with villains. Victims, targets and heroes are actors of whom a text
says nothing; whoever else is named stays unasked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.naming import NameFinder, fold, hypothesis, without_article
from app.domain.reading import Query, Reading
from app.domain.stance import LABELS, Label
from models.training.examples import UNKNOWN, Example, Gold
from models.training.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

BLAME_FILES = ("muc4_train", "psycomark", "pan24_oppositional", "entity_framing")

WEIGHT = 0.5
"""Beside our own pages, whose labels follow our own rules, these count half."""

PARAGRAPH_WORDS = 160
"""Words of a stretch of news that is read at once: it fits a window with its markers."""

_BLAMED = frozenset({"Actor", "AGENT", "FACILITATOR", "Antagonist"})
_SPARED = frozenset({"Victim", "VICTIM", "CAMPAIGNER", "Protagonist", "Innocent"})
_STAND_INS = frozenset(
    "i you he she it we they me him us them who this that these those people someone somebody "
    "everyone everybody one ones his her their our your my its".split()
)
_HEDGED = ("SUSPECTED", "POSSIBLE")


def blame_examples(folder: Path) -> list[Example]:
    """Return the examples of all these corpora; `folder` is that of the actors' data."""
    return [
        *(own for row in read_rows(folder / "muc4_train.jsonl") for own in _of_news(row)),
        *(own for row in marked_texts(folder) if (own := _of_marked(row)) is not None),
    ]


def agent_rows(folder: Path) -> list[dict[str, Any]]:
    """Return texts with the spans of those that they blame, as rows of tags."""
    return [
        {"text": text, "spans": [[start, end] for start, end, role in spans if role in _BLAMED]}
        for text, spans in marked_texts(folder)
        if any(role in _BLAMED for *_, role in spans)
    ]


def marked_texts(folder: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Yield texts with (start, end, role) of whoever is marked in them.

    Of Reddit's only those that do tell of a conspiracy: the rest marks whom others suspect.
    """
    for row in read_rows(folder / "psycomark.jsonl"):
        if row["conspiracy"] == "Yes":
            yield row["text"], [(own["start"], own["end"], own["label"]) for own in row["spans"]]
    for row in read_rows(folder / "pan24_oppositional.jsonl"):
        yield row["text"], [(own["start"], own["end"], own["label"]) for own in row["spans"]]
    for row in read_rows(folder / "entity_framing.jsonl"):
        # Ends are of the last character there, not behind it.
        marks = [(own["start"], own["end"] + 1, own["main"]) for own in row["mentions"]]
        for start, end in paragraphs(row["text"]):
            inside = [(a - start, b - start, role) for a, b, role in marks if start <= a < b <= end]
            if inside:
                yield row["text"][start:end], inside


def _of_marked(row: tuple[str, Sequence[tuple[int, int, str]]]) -> Example | None:
    text, marks = row
    labels: dict[str, Label | None] = {}
    names: dict[str, str] = {}
    for start, end, role in marks:
        name = text[start:end].strip(" ,.;:!?\"'()")
        key = fold(without_article(name))
        if role not in _BLAMED | _SPARED or not _is_name(key):
            continue
        label = Label.SUPPORT if role in _BLAMED else Label.COMMENT
        # Whom one mark blames and another spares is left out.
        labels[key] = label if labels.get(key, label) is label else None
        names.setdefault(key, name)
    found = NameFinder({key: (names[key],) for key in names}).find(text)
    asked = {
        key: (hypothesis(key, names[key], None), label)
        for key, label in labels.items()
        if label is not None and key in found
    }
    if not asked:
        return None
    queries = tuple(Query(target, found[key]) for key, (target, _) in asked.items())
    golds = tuple(Gold(label=LABELS.index(label)) for _, label in asked.values())
    return Example(Reading(text, queries), golds, "blame", WEIGHT)


def _is_name(key: str) -> bool:
    words = re.findall(r"\w+", key)
    return bool(words) and len(words) <= 6 and not set(words) <= _STAND_INS  # noqa: PLR2004 - longer ones are clauses


def _of_news(row: Mapping[str, Any]) -> Iterator[Example]:
    """Yield one example a stretch of a report; nobody is blamed where no victim or target stands.

    A report is upper case throughout, which an uncased encoder does not see.
    """
    names, blamed = _news_actors(row["templates"])
    if not names:
        return
    finder = NameFinder(names)
    for start, end in paragraphs(row["text"]):
        text = " ".join(row["text"][start:end].split())
        found = finder.find(text)
        queries, golds = [], []
        for key in found:
            label, certain = LABELS.index(Label.COMMENT), UNKNOWN
            if key in blamed:
                template, certain = blamed[key]
                beside = set(_harmed(template)) & set(found)
                label = LABELS.index(Label.SUPPORT) if beside else UNKNOWN
                certain = certain if beside else UNKNOWN
            queries.append(Query(hypothesis(key, names[key][0].lower(), None), found[key]))
            golds.append(Gold(label=label, certain=certain))
        if any(gold.label != UNKNOWN for gold in golds):
            yield Example(Reading(text, tuple(queries)), tuple(golds), "blame", WEIGHT)


def _news_actors(
    templates: Sequence[Mapping[str, Any]],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[Mapping[str, Any], int]]]:
    """Return everybody's names, and of the blamed their template and certainty, 1, 0 or -1."""
    names: dict[str, tuple[str, ...]] = {}
    blamed: dict[str, tuple[Mapping[str, Any], int]] = {}
    for template in templates:
        sure = template["org_confidence"]
        for number, aliases in enumerate(template["perp_orgs"]):
            said = sure[number] if number < len(sure) else []
            hedged = any(own.startswith(_HEDGED) for own in said)
            key = aliases[0]
            names[key] = tuple(aliases)
            blamed[key] = (template, UNKNOWN if not said else 0 if hedged else 1)
        for aliases in template["perp_individuals"]:
            names.setdefault(aliases[0], tuple(aliases))
            blamed.setdefault(aliases[0], (template, UNKNOWN))
        for name in _harmed(template):
            names.setdefault(name, (name,))
    return names, blamed


def _harmed(template: Mapping[str, Any]) -> list[str]:
    """Return how a report names victims and targets, without whom it also blames."""
    parts: list[str] = [own[0] for own in template["targets"] if own]
    for field in ("victim_names", "victim_descriptions"):
        for own in template[field]:
            parts += own["strings"] if isinstance(own, dict) else own
    guilty = {
        alias for key in ("perp_orgs", "perp_individuals") for own in template[key] for alias in own
    }
    return [name for name in parts if name not in guilty]


def paragraphs(text: str) -> Iterable[tuple[int, int]]:
    """Yield the stretches of a text: whole paragraphs, together up to `PARAGRAPH_WORDS` words."""
    start = end = words = 0
    for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        own = len(match.group().split())
        if words and words + own > PARAGRAPH_WORDS:
            yield start, end
            start, words = match.start(), 0
        if not words:
            start = match.start()
        words, end = words + own, match.end()
    if words:
        yield start, end
