"""Stance of a text to one target: the five corpora, their metrics and their floors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS, TargetKind
from models.training.floors import lexicon, majority
from models.training.formats import debagreement, mtcsd, rumoureval, semeval2016, vast
from models.training.formats.pairs import as_examples
from models.training.metrics import (
    COMMENT,
    accuracy,
    bootstrap,
    calibration_error,
    chance_error,
    f1_by_label,
    macro_f1,
    reliability,
)
from models.training.report import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from models.training.examples import Example
    from models.training.formats.pairs import Pair
    from models.training.metrics import Bin, Floats, Ints
    from models.training.reader import Reader

    Merit = Callable[[Ints, Ints], float]

SDQC = (0, 1, 2, 3)
THREE = (0, 1, 3)

MIN_PART = 50
"""Pairs of a part below which its figure says nothing."""


@dataclass(frozen=True, slots=True)
class PairTask:
    """A corpus, where its rows lie among the research data, and what it is judged by.

    `labels` are those that the corpus knows: the network chooses among them alone.
    """

    name: str
    read: Callable[[Path], list[Pair]]
    rows: str
    kind: TargetKind
    labels: tuple[int, ...]
    merit_name: str
    merit: Merit


VAST = PairTask(
    "vast",
    vast.read,
    "data/stance/vast_dev.jsonl",
    TargetKind.SENTENCE,
    THREE,
    "macro_f1",
    partial(macro_f1, labels=THREE),
)
RUMOUREVAL = PairTask(
    "rumoureval2019",
    rumoureval.read,
    "data/stance/rumoureval2019_dev.jsonl",
    TargetKind.SENTENCE,
    SDQC,
    "macro_f1",
    partial(macro_f1, labels=SDQC),
)
MTCSD = PairTask(
    "mtcsd",
    mtcsd.read,
    "data/stance/mtcsd_dev.jsonl",
    TargetKind.SENTENCE,
    THREE,
    "favg_f1",
    partial(macro_f1, labels=(0, 1)),
)
SEMEVAL = PairTask(
    "semeval2016",
    semeval2016.read,
    "data/stance/sem16_trial.jsonl",
    TargetKind.SENTENCE,
    THREE,
    "favg_f1",
    partial(macro_f1, labels=(0, 1)),
)
DEBAGREEMENT = PairTask(
    "debagreement",
    debagreement.read,
    "data/stance/debagreement_train.jsonl",
    TargetKind.COMMENT,
    THREE,
    "accuracy",
    accuracy,
)
PAIR_TASKS = (VAST, RUMOUREVAL, MTCSD, SEMEVAL)


@dataclass(frozen=True, slots=True)
class PairAnswers:
    """What a reader says of N pairs: `found` [N] labels and `shares` [N, 4] probabilities."""

    gold: Ints
    found: Ints
    shipped: Ints
    shares: Floats


def answer_examples(reader: Reader, task: PairTask, examples: Sequence[Example]) -> PairAnswers:
    """Return a reader's answers, in the order of the examples.

    `found` is the likeliest label of the raw logits, untuned; `shipped` is what the service says,
    whose biases and thresholds were fitted on the development rows of some of these corpora.
    """
    scored = reader.score(examples)
    order = np.argsort(scored.rows, kind="stable")
    unknown = [own for own in range(len(LABELS)) if own not in task.labels]
    logits, shares = scored.label.copy(), reader.probabilities(scored)
    logits[:, unknown] = -np.inf
    shares[:, unknown] = 0
    shares /= shares.sum(-1, keepdims=True)
    shipped = reader.labels(scored)
    shipped = np.where(np.isin(shipped, unknown), COMMENT, shipped)
    return PairAnswers(
        scored.gold[order, 0], logits[order].argmax(-1), shipped[order], shares[order]
    )


def pair_figures(
    reader: Reader,
    task: PairTask,
    pairs: Sequence[Pair],
    vary: Callable[[Example], Example] = lambda own: own,
) -> tuple[list[Figure], dict[str, list[Bin]]]:
    """Return the figures of a corpus, and the reliability of the answers."""
    examples = [vary(own) for own in as_examples(pairs, task.kind)]
    answers = answer_examples(reader, task, examples)
    figures = list(figures_of_answers(task, pairs, answers))
    sure, right = answers.shares.max(-1), answers.shares.argmax(-1) == answers.gold
    # Topics and sentences are calibrated on development rows: on these, their error flatters.
    note = "calibrated on some of these rows" if task.kind is TargetKind.SENTENCE else ""
    error, floors = calibration_error(sure, right), {"chance": chance_error(sure)}
    figures.append(Figure(f"{task.name}.ece", error, floors=floors, low=True, note=note))
    return figures, {task.name: reliability(sure, right)}


def figures_of_answers(
    task: PairTask, pairs: Sequence[Pair], answers: PairAnswers
) -> Iterator[Figure]:
    """Yield the figure of all pairs with interval and floors, of each part and of each label."""
    parts = sorted({own.part for own in pairs if own.part})
    words = lexicon([own.text for own in pairs], task.labels)
    most = majority(answers.gold)
    for part in ("", *parts):
        rows = np.flatnonzero([part in {"", own.part} for own in pairs])
        if part and len(rows) < MIN_PART:
            continue
        gold, found = answers.gold[rows], answers.found[rows]

        def merit_of(drawn: Ints, gold: Ints = gold, found: Ints = found) -> float:
            return task.merit(gold[drawn], found[drawn])

        name = ".".join(filter(None, (task.name, part, task.merit_name)))
        yield Figure(
            name,
            task.merit(gold, found),
            bootstrap([pairs[row].group for row in rows.tolist()], merit_of),
            {
                "majority": task.merit(gold, most[rows]),
                "lexicon": task.merit(gold, words[rows]),
            },
        )
    yield Figure(f"{task.name}.accuracy", accuracy(answers.gold, answers.found))
    for label, value in zip(
        task.labels, f1_by_label(answers.gold, answers.found, task.labels), strict=True
    ):
        yield Figure(f"{task.name}.f1_{LABELS[label].value}", value)
    yield Figure(
        f"{task.name}.{task.merit_name}_shipped",
        task.merit(answers.gold, answers.shipped),
        note="with the service's thresholds",
    )
