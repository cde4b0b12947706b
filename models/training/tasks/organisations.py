"""Organisations of a report of MUC-4, and how likely the network takes each to be blamed.

Candidates are those that the training keys name and whatever the network marks as an actor or as
the name of a group or firm. Each stretch of a report is asked of those that it names, worded as
in training; the likeliest stretch counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from app.domain.naming import NameFinder, fold, hypothesis, without_article
from app.domain.reading import Query, Reading
from app.domain.stance import LABELS, Label
from app.inference.calibration import softmax
from app.inference.spans import decode_mentions
from app.inference.stack import stack_ids
from models.training.blame import paragraphs
from models.training.examples import Example, Gold
from models.training.scored import ROWS
from models.training.tasks.names import MAX_TOKENS, TAG_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.training.formats.muc4 import Report
    from models.training.metrics import Entity
    from models.training.reader import Reader

SUPPORT = LABELS.index(Label.SUPPORT)

MENTION_THRESHOLD = 0.5
"""An even chance that a token is in a mention: the answers weigh what is marked too much."""

_ORGANISATION = ("group", "corporation")
_BESIDE = re.compile(r"\s*[(\[]\s*")
_LONGEST_NAME = 8
"""Words of a marked name; longer marks are descriptions."""

MOSTLY = 0.5
"""Share of a name's entities that must have a commoner name too, to be that organisation's."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names of organisations that training keys blame: key to names, commonest first."""

    names: Mapping[str, tuple[str, ...]]


def lexicon_of(reports: Sequence[Report]) -> Lexicon:
    """Return the organisations of the reports' keys, names that mostly are one's joined.

    A name goes to the commoner one that at least half of the entities with it have too, and to one
    alone: by whatever keys ever put side by side, an army and its enemies were one organisation.
    """
    many = Counter(name for own in reports for entity in own.organisations for name in entity)
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for own in reports:
        for entity in own.organisations:
            for name in entity:
                beside[name].update(other for other in entity if other != name)
    groups: dict[str, list[str]] = {}
    of: dict[str, str] = {}
    for name, count in many.most_common():
        # `of` holds the commoner names by now, the commonest first.
        nearest = max(of, key=beside[name].__getitem__, default=name)
        of[name] = of[nearest] if beside[name][nearest] >= MOSTLY * count else name
        groups.setdefault(of[name], []).append(name)
    return Lexicon({own[0]: tuple(own) for own in groups.values()})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation of a report: the names that stand there, and how likely it is to blame."""

    names: Entity
    probability: float
    key: str = ""


def weigh(reader: Reader, reports: Sequence[Report], lexicon: Lexicon) -> list[list[Candidate]]:
    """Return every report's candidates with how likely each is to blame in its likeliest stretch.

    A candidate has one name, the one that stands in the report and that keys give most often: a
    further one that is not the key's would cost the whole entity.
    """
    listed = NameFinder(lexicon.names)
    stretches = [
        (number, " ".join(report.text[start:end].split()))
        for number, report in enumerate(reports)
        for start, end in paragraphs(report.text)
    ]
    marked: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for (number, _), names in zip(
        stretches, marked_names(reader, [text for _, text in stretches]), strict=True
    ):
        for name in names:
            if not listed.find(name[0]):
                marked[number].setdefault(fold(without_article(name[0])), name)
    examples, keys = [], []
    for number, text in stretches:
        known = {**lexicon.names, **marked[number]}
        found = NameFinder(known).find(text) if known else {}
        if found:
            queries = [
                Query(hypothesis(key, known[key][0].lower(), None), spans)
                for key, spans in found.items()
            ]
            reading = Reading(text, tuple(queries))
            examples.append(Example(reading, (Gold(),) * len(queries), "blame"))
            keys.append([(number, key) for key in found])
    likeliest: dict[tuple[int, str], float] = {}
    if examples:
        scored = reader.score(examples)
        shares = reader.probabilities(scored)[:, SUPPORT]
        seen: Counter[int] = Counter()
        for row, share in zip(scored.rows.tolist(), shares.tolist(), strict=True):
            key = keys[row][seen[row]]
            seen[row] += 1
            likeliest[key] = max(share, likeliest.get(key, 0.0))
    weighed: list[list[Candidate]] = [[] for _ in reports]
    for (number, key), share in likeliest.items():
        here = named_here(lexicon.names.get(key) or marked[number][key], reports[number])
        weighed[number].append(Candidate(here, share, key))
    return weighed


def named_here(names: Sequence[str], report: Report) -> Entity:
    """Return the first of `names` that stands in the report, or the first of all."""
    words = " ".join(report.text.lower().split())
    return (next((name for name in names if name.lower() in words), names[0]),)


@torch.inference_mode()
def marked_names(reader: Reader, texts: Sequence[str]) -> list[list[tuple[str, ...]]]:
    """Return what the network marks in each text, a name with the short one in brackets behind."""
    tokens = [own.cut(0, MAX_TOKENS) for own in reader.encoder.tokenize(list(texts))]
    order = sorted(range(len(texts)), key=lambda own: len(tokens[own]))
    names: list[list[tuple[str, ...]]] = [[] for _ in texts]
    for start in range(0, len(order), ROWS):
        places = order[start : start + ROWS]
        ids, attended = stack_ids([reader.encoder.enclose(tokens[own].ids) for own in places])
        logits = reader.network.tag(ids.to(reader.device), attended.to(reader.device))
        actors, kinds = (softmax(own.float().cpu().numpy().astype(np.float64)) for own in logits)
        for row, own in enumerate(places):
            inside = slice(1, 1 + len(tokens[own]))
            spans = {
                (begin, end)
                for shares in (actors[row, inside], _organisations(kinds[row, inside]))
                for begin, end, _ in decode_mentions(
                    texts[own], tokens[own], shares, MENTION_THRESHOLD
                )
            }
            names[own] = _joined(texts[own], sorted(spans))
    return names


def _organisations(shares: np.ndarray) -> np.ndarray:
    """Return outside, begin and inside [tokens, 3] of the kinds that may be organisations."""
    columns = {
        place: [
            column
            for column, tag in enumerate(TAG_NAMES)
            if tag[0] == place and tag.partition("-")[2] in _ORGANISATION
        ]
        for place in "BI"
    }
    begin, inside = shares[:, columns["B"]].sum(-1), shares[:, columns["I"]].sum(-1)
    return np.stack([1 - begin - inside, begin, inside], axis=-1)


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
    names: list[tuple[str, ...]] = []
    end_before = -1
    for start, end in spans:
        name = text[start:end].strip(" ,.;:\"'()[]")
        if not re.search(r"\w", name) or len(name.split()) > _LONGEST_NAME:
            continue
        if names and end_before >= 0 and _BESIDE.fullmatch(text[end_before:start]):
            names[-1] = (*names[-1], name)
        else:
            names.append((name,))
        end_before = end
    return names
