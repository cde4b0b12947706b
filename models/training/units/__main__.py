"""Fits the heads that read arguments, measures them beside their floors, and writes them.

    python -m models.training.units FOLDER --data data/arguments [--seeds 3] [--report FILE]

FOLDER is a model with its compiled encoder, which stays as it is; `arguments.safetensors` is
written beside it, from the first seed. Figures are the mean over seeds with the spread.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.numpy import save_file

from app.domain.argument import BEARINGS, UNIT_KINDS, Bearing
from app.inference.arguing import HEADS, pair_inputs, run_head, settle_sides, unit_inputs
from app.inference.calibration import softmax
from app.mining.arguments import choose_relations
from models.training.units.heads import fit_head
from models.training.units.measures import (
    bearings_of,
    kinds_of,
    macro_f1,
    measure_relations,
    measure_units,
)
from models.training.units.pairs import ask_thread
from models.training.units.threads import read_spoken, read_threads
from models.training.units.vectors import encode_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from app.domain.argument import UnitPair
    from models.training.units.threads import Post

    Floats = npt.NDArray[np.float32]
    Shares = npt.NDArray[np.float64]

UNRELATED_KEPT = 0.25
"""Share of the unrelated pairs that is trained on: there are twenty to each related one."""

SPOKEN_A_KIND = 700
"""Pairs of the debates of each kind: as many as the threads have of the rarer side."""


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--report", type=Path, help="where the figures are written as JSON")
    options = parser.parse_args()
    torch.set_num_threads(1)
    corpus = Corpus(options.folder, options.data)
    figures: dict[str, list[float]] = {}
    for seed in range(options.seeds):
        heads = corpus.fit(seed)
        if seed == 0:
            save_file(heads, options.folder / HEADS)
        for name, figure in corpus.measure(heads).items():
            figures.setdefault(name, []).append(figure)
    for name, found in figures.items():
        spread = max(found) - min(found)
        print(
            f"{name:70} {statistics.mean(found):.3f}" + (f" ± {spread / 2:.3f}" if spread else "")
        )
    if options.report:
        options.report.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


class Corpus:
    """The annotated threads as the heads see them."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.threads = read_threads(data)
        self.spoken = list(read_spoken(data, SPOKEN_A_KIND))
        self.asked = [ask_thread(thread) for thread in self.threads]
        texts = [
            span.text_of(post.text)
            for thread in self.threads
            for post in thread.posts
            for span in post.clauses
        ]
        ends = [own for each in self.spoken for own in (each.pair.source, each.pair.target)]
        self.vectors = encode_texts(folder, [*texts, *ends])

    def fit(self, seed: int) -> dict[str, Floats]:
        """Return the heads fitted on the threads that are not held out."""
        training = [thread for thread in self.threads if not thread.held_out]
        posts = [post for thread in training for post in thread.posts if post.clauses]
        kinds = [UNIT_KINDS.index(kind) for post in posts for kind in post.kinds]
        units = fit_head(
            np.concatenate([self._units(post) for post in posts]),
            np.array(kinds),
            classes=len(UNIT_KINDS),
            seed=seed,
        )
        pairs: list[UnitPair] = []
        bearings: list[int] = []
        chance = random.Random(seed)  # noqa: S311 - nothing here is secret
        for thread, asked in zip(self.threads, self.asked, strict=True):
            for candidate, bearing in zip(asked.candidates, asked.bearings, strict=True):
                kept = bearing is not Bearing.NONE or chance.random() < UNRELATED_KEPT
                if kept and not thread.held_out:
                    pairs.append(candidate.pair)
                    bearings.append(BEARINGS.index(bearing))
        said = [one for one in self.spoken if not one.held_out]
        pairs += [one.pair for one in said]
        bearings += [BEARINGS.index(one.bearing) for one in said]
        related = fit_head(self._pairs(pairs), np.array(bearings), classes=len(BEARINGS), seed=seed)
        return {f"units.{key}": np.ascontiguousarray(value) for key, value in units.items()} | {
            f"pairs.{key}": np.ascontiguousarray(value) for key, value in related.items()
        }

    def measure(self, heads: dict[str, Floats]) -> dict[str, float]:
        """Return the figures of heads on the threads that are held out."""
        posts, asked = [], []
        for thread, own in zip(self.threads, self.asked, strict=True):
            if thread.held_out:
                posts += thread.posts
                asked.append(own)
        told = [
            kinds_of(run_head(heads, "units", self._units(post))) if post.clauses else []
            for post in posts
        ]
        shares = [
            self._tell(heads, [each.pair for each in one.candidates])
            if one.candidates
            else np.zeros((0, len(BEARINGS)))
            for one in asked
        ]
        chosen = [
            {
                (relation.source, relation.target): relation.bearing
                for relation in choose_relations(one.candidates, own.tolist())
            }
            for one, own in zip(asked, shares, strict=True)
        ]
        said = [one for one in self.spoken if one.held_out]
        spoken = run_head(heads, "pairs", self._pairs([one.pair for one in said]))
        return {
            **measure_units(posts, told),
            **measure_relations(asked, shares, chosen),
            "supports/attacks/restates in debates, head alone, macro-F1": macro_f1(
                [one.bearing for one in said], bearings_of(spoken[:, :-1]), BEARINGS[:-1]
            ),
        }

    def _tell(self, heads: dict[str, Floats], pairs: Sequence[UnitPair]) -> Shares:
        told = run_head(heads, "pairs", self._pairs(pairs)).astype(np.float64)
        return settle_sides(pairs, softmax(told))

    def _units(self, post: Post) -> Floats:
        words = [span.text_of(post.text) for span in post.clauses]
        return unit_inputs(words, [self.vectors[own] for own in words])

    def _pairs(self, pairs: Sequence[UnitPair]) -> Floats:
        return pair_inputs(
            pairs,
            np.stack([self.vectors[pair.source] for pair in pairs]),
            np.stack([self.vectors[pair.target] for pair in pairs]),
        )


if __name__ == "__main__":
    main()
