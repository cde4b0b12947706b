"""One pass with a marker a target against a pass a pair with the target read beside the text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import TargetKind
from models.training.ablation import as_pairs, beside_text, marker_alone
from models.training.formats.pairs import as_examples
from models.training.metrics import attribution_f1, macro_f1
from models.training.pages import page_examples
from models.training.report import Figure
from models.training.tasks.pairs import answer_examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.formats.pairs import Pair
    from models.training.pages import LabelledPage
    from models.training.reader import Reader
    from models.training.tasks.pairs import PairTask


def pair_comparison(reader: Reader, task: PairTask, pairs: Sequence[Pair]) -> list[Figure]:
    """Return a corpus's figure with targets beside the text, and by their markers alone."""
    examples = as_examples(pairs, task.kind)
    figures = []
    for name, form in (("beside", beside_text), ("marker", marker_alone)):
        answers = answer_examples(reader, task, [form(own) for own in examples])
        value = task.merit(answers.gold, answers.found)
        figures.append(Figure(f"onepass.{task.name}_{name}", value))
    return figures


def page_comparison(reader: Reader, pages: Sequence[LabelledPage]) -> list[Figure]:
    """Return the figures of pages both ways, and how much longer the pairs take."""
    examples = [own for page in pages for own in page_examples(page)]
    reader.score(examples[: min(8, len(examples))])  # the first pass of a process is slow
    figures, seconds = [], []
    for name, own in (
        ("onepass", examples),
        ("pairs", [pair for example in examples for pair in as_pairs(example)]),
    ):
        began = time.perf_counter()
        scored = reader.score(own)
        seconds.append(time.perf_counter() - began)
        asked = scored.of_kind(TargetKind.HYPOTHESIS)
        found = reader.labels(asked)
        figures.append(
            Figure(f"onepass.attribution_f1_{name}", attribution_f1(asked.gold[:, 0], found))
        )
        account = scored.of_kind(TargetKind.ACCOUNT)
        value = macro_f1(account.gold[:, 0], reader.labels(account), range(4))
        figures.append(Figure(f"onepass.account_macro_f1_{name}", value))
    asked_each = float(np.mean([len(own.golds) for own in examples]))
    note = f"times as long, {asked_each:.1f} targets a comment"
    return [*figures, Figure("onepass.speed_ratio", seconds[1] / seconds[0], note=note, held=False)]
