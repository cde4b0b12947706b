"""The stance corpora as examples: every scheme mapped to support, deny, query or comment.

Each corpus is one entry of `CORPORA`: its file, the kind of its targets, its label names.
Texts that also stand in a development set are left out of training.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.asking import mentions_of, target_of
from app.domain.reading import Query, Reading
from app.domain.stance import LABELS, Label, Target, TargetKind
from models.training.examples import UNKNOWN, Example, Gold
from models.training.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

FAVOR = {"favor": Label.SUPPORT, "against": Label.DENY, "none": Label.COMMENT}
SDQC = {label.value: label for label in LABELS}
AGREE = {"agree": Label.SUPPORT, "disagree": Label.DENY, "neutral": Label.COMMENT}


@dataclass(frozen=True, slots=True)
class Corpus:
    """One file of labelled pairs; `share` is how many of its rows an epoch sees."""

    name: str
    kind: TargetKind
    labels: Mapping[str, Label]
    share: float = 1.0
    weight: float = 1.0


CORPORA: tuple[Corpus, ...] = (
    Corpus("vast_train", TargetKind.SENTENCE, FAVOR),
    Corpus("arc_claims", TargetKind.SENTENCE, FAVOR),
    # Three quarters of ARC are "unrelated": an eighth of them balances the rest.
    Corpus("arc_train", TargetKind.SENTENCE, {**FAVOR, "unrelated": Label.COMMENT}, share=0.3),
    Corpus("mtcsd_train", TargetKind.SENTENCE, FAVOR),
    Corpus("mtsd_train", TargetKind.SENTENCE, FAVOR, share=0.5),
    Corpus("perspectrum_train", TargetKind.SENTENCE, FAVOR),
    Corpus("ibm_argkp_train", TargetKind.SENTENCE, FAVOR, share=0.5),
    Corpus("covid19_train", TargetKind.SENTENCE, FAVOR, share=0.5),
    Corpus("sem16_train", TargetKind.SENTENCE, FAVOR),
    Corpus("rumors_qazvinian", TargetKind.ACCOUNT, {**SDQC, "unrelated": Label.COMMENT}, share=0.5),
    Corpus("rumoureval2019_train", TargetKind.ACCOUNT, SDQC, weight=2.0),
    # PHEME's posts are RumourEval's again: read for their certainty, half as often.
    Corpus("pheme_certainty", TargetKind.ACCOUNT, SDQC, share=0.5),
    Corpus("debagreement_train", TargetKind.COMMENT, AGREE),
    Corpus("subreddit_agree", TargetKind.COMMENT, AGREE),
)

DEVELOPMENT: tuple[Corpus, ...] = (
    Corpus("vast_dev", TargetKind.SENTENCE, FAVOR),
    Corpus("rumoureval2019_dev", TargetKind.ACCOUNT, SDQC),
    Corpus("mtcsd_dev", TargetKind.SENTENCE, FAVOR),
    Corpus("mtsd_dev", TargetKind.SENTENCE, FAVOR),
    Corpus("sem16_trial", TargetKind.SENTENCE, FAVOR),
    Corpus("ibm_argkp_dev", TargetKind.SENTENCE, FAVOR),
    Corpus("perspectrum_dev", TargetKind.SENTENCE, FAVOR),
)

_CERTAINTY = {"certain": 1, "somewhat-certain": 0, "uncertain": 0}


def read_corpus(
    folder: Path, corpus: Corpus, *, skip: frozenset[str] = frozenset()
) -> list[Example]:
    """Return a corpus's rows as examples of one query, without texts whose key is in `skip`."""
    path = folder / f"{corpus.name}.jsonl"
    return [
        pair_example(row, corpus)
        for row in read_rows(path)
        if row["label"] in corpus.labels
        and row["text"].strip()
        and text_key(row["text"]) not in skip
    ]


def development_keys(folder: Path) -> frozenset[str]:
    """Return the keys of all texts in the development sets."""
    return frozenset(
        text_key(row["text"])
        for corpus in DEVELOPMENT
        for row in read_rows(folder / f"{corpus.name}.jsonl")
    )


def text_key(text: str) -> str:
    """Return what two copies of a text have in common: its first 120 characters, folded."""
    return " ".join(text.lower().split())[:120]


def pair_example(row: Mapping[str, Any], corpus: Corpus) -> Example:
    """Return a row (text, context, target, label, source) as the example that training reads."""
    label = corpus.labels[row["label"]]
    context = row["context"].split("|||")[-1].strip() or None
    words = context if corpus.kind is TargetKind.COMMENT and context else row["target"]
    words = words.strip("` ") or words
    by_caller = corpus.kind is TargetKind.SENTENCE
    target = target_of(words) if by_caller else Target(corpus.kind, words)
    mentions = mentions_of(row["text"], target.text)
    certain = UNKNOWN
    if corpus.name == "pheme_certainty" and label in {Label.SUPPORT, Label.DENY}:
        fields = dict(part.split("=", 1) for part in row["source"].split(";") if "=" in part)
        certain = _CERTAINTY.get(fields.get("certainty", ""), UNKNOWN)
    # A target asked alone is read beside the text, as the service does.
    beside = None if corpus.kind is TargetKind.COMMENT else target.text
    query = Query(target, mentions=mentions)
    reading = Reading(row["text"], (query,), context=context, background=beside)
    gold = Gold(label=LABELS.index(label), certain=certain)
    return Example(reading, (gold,), corpus.name, corpus.weight)
