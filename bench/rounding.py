"""What eight bits cost in macro-F1: the compiled encoder beside torch on development sets.

python bench/rounding.py [--shared FOLDER] [--limit N] [--json FILE]

Reads at most N rows of each corpus, from all over it, from FOLDER (`../shared`); says so and ends
where that is absent. What is served runs in ONNX Runtime's precise mode where sums would overflow
else. Its usual one is measured too: on processors without VNNI that adds two products in sixteen
bits.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import torch
from goals import Row, write_rows
from safetensors.numpy import load_file
from texts import MODEL, ROOT, some
from threadpoolctl import threadpool_limits

from app.domain.stance import LABELS
from app.inference.compiled_scorer import ENCODER, HEADS, CompiledRunner
from app.inference.folder import open_folder
from app.inference.scorer import ModelScorer
from app.inference.session import open_session
from app.inference.torch_scorer import load_scorer
from models.training.formats.pairs import as_examples
from models.training.metrics import macro_f1
from models.training.tasks.pairs import PAIR_TASKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.training.formats.pairs import Pair
    from models.training.tasks.pairs import PairTask

TORCH, SERVED, USUAL = "torch, fp32", "int8", "int8, usual mode"
MAY_LOSE = 0.005
RESAMPLED = 500


def main() -> None:
    """Measure, and print or write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--limit", type=int, default=400)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if not args.shared.is_dir():
        print(f"no development sets in {args.shared}: nothing measured")
        return
    scorers = {
        TORCH: load_scorer(MODEL),
        SERVED: scorer_on(open_session(MODEL / ENCODER)),
        USUAL: scorer_on(onnxruntime.InferenceSession(str(MODEL / ENCODER))),
    }
    rows = []
    for task in PAIR_TASKS:
        pairs = some(task.read(args.shared / task.rows), args.limit)
        rows += compare(task, pairs, scorers)
    write_rows(args.json, rows)


def scorer_on(session: onnxruntime.InferenceSession) -> ModelScorer:
    """Return the compiled model on a session of its encoder."""
    model = open_folder(MODEL, [MODEL / ENCODER, MODEL / HEADS])
    return ModelScorer(CompiledRunner(session, load_file(MODEL / HEADS)), model)


def compare(task: PairTask, pairs: Sequence[Pair], scorers: dict[str, ModelScorer]) -> list[Row]:
    """Return what each form loses against torch, with the interval that chance leaves."""
    gold = np.array([LABELS.index(own.label) for own in pairs])
    asked = [own.reading for own in as_examples(pairs, task.kind)]
    found, took = {}, {}
    for name, scorer in scorers.items():
        began = time.process_time()
        scores = scorer.score(asked)
        took[name] = time.process_time() - began
        shares = np.array([own.stance.probabilities for (own,) in scores])
        found[name] = np.array(task.labels)[shares[:, list(task.labels)].argmax(1)]
    generator = np.random.default_rng(1)
    draws = generator.integers(0, len(gold), (RESAMPLED, len(gold)))
    exact = merit(task, gold, found[TORCH])
    rows = []
    for name in (SERVED, USUAL):
        loss = exact - merit(task, gold, found[name])
        lost = [
            merit(task, gold[draw], found[TORCH][draw]) - merit(task, gold[draw], found[name][draw])
            for draw in draws
        ]
        low, high = np.quantile(lost, (0.025, 0.975))
        agreed = (found[name] == found[TORCH]).mean()
        told = (
            f"{100 * loss:+.1f} points of {100 * exact:.1f} ({100 * low:+.1f} to {100 * high:+.1f} "
            f"by chance), {100 * agreed:.1f} % of labels as torch's; "
            f"{took[TORCH] / took[name]:.2f} times as fast as torch"
        )
        what = f"{name}: macro-F1 lost on {len(gold)} rows of {task.name}'s development set"
        if name == SERVED:
            rows.append(Row("5", what, "at most 0.5 points", told, bool(loss <= MAY_LOSE)))
        else:
            rows.append(Row("", what, "", told))
    return rows


def merit(task: PairTask, gold: npt.NDArray[np.int64], found: npt.NDArray[np.int64]) -> float:
    """Return the macro-F1 of the corpus's labels."""
    return macro_f1(gold, found, task.labels)


if __name__ == "__main__":
    torch.set_num_threads(1)
    threadpool_limits(1, user_api="blas")  # as where the model is served
    main()
