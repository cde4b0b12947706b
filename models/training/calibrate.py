"""Fits the calibration on the tuning domains and writes the folder that is shipped.

    python -m models.training.calibrate --data runs/data --start runs/small-0 --out models/small
    python -m models.training.calibrate --data runs/data --start runs/base --out models/base \
        --packed
    python -m models.training.calibrate --data runs/data --exact models/small
    python -m models.training.calibrate --data runs/data --compiled models/small

Scales and biases minimise the log loss, thresholds maximise F1, both on the tuning domains alone.
Of replies and roles these have 310 and 399: for them the pages that no weights have read count too.
Topics and sentences that callers send are fitted on the development pairs of the corpora, each
corpus counting alike: how many texts take which side differs from one to the other.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import load_file
from torch.nn import functional

from app.domain.stance import TargetKind
from app.inference.calibration import (
    COMMENT,
    Calibration,
    LabelCalibration,
    YesCalibration,
    calibration_as_json,
)
from app.inference.compiled_scorer import COMPILED_CALIBRATION
from app.inference.folder import CALIBRATION, CONFIG, TOKENIZER
from app.inference.weights import packed, save_weights, unpacked
from models.training.compiled import load_compiled_network
from models.training.data import read_examples, read_json
from models.training.export import write_sums
from models.training.formats.pairs import as_asked
from models.training.metrics import attribution_f1, macro_f1
from models.training.pages import page_examples, split_pages
from models.training.reader import load_reader
from models.training.scored import score_examples
from models.training.stages import WEIGHTS, caching_encoder, load_start

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.inference.encode import TextEncoder
    from models.training.examples import Example
    from models.training.metrics import Floats, Ints
    from models.training.scored import MarkerNetwork, Scored

THRESHOLDS = np.linspace(0.15, 0.75, 61)

MENTION_THRESHOLD = 0.2
"""Mentions are wanted early and weighed later: at 0.2 tokens of the tuning articles are found with
recall 0.80 and precision 0.53, at 0.5 with 0.58 and 0.70. Mining adds up the probabilities."""

ALIKE = 0.01
"""Macro-F1 that a threshold may cost: on the tuning pages a few comments make as much."""

FEW = TargetKind.COMMENT
"""The kind of targets that the tuning pages have too few of to be fitted on alone."""

TOPICS = ("vast_dev", "mtcsd_dev", "mtsd_dev", "sem16_trial")
ASKED = {
    TargetKind.TOPIC: TOPICS,
    TargetKind.SENTENCE: (*TOPICS, "rumoureval2019_dev", "ibm_argkp_dev", "perspectrum_dev"),
}
"""The kinds of targets that callers send, and the corpora that each is fitted on.

Nobody knows what texts a sentence will be asked of: four in five posts under a rumour take no side,
of arguments every one does. On RumourEval and the two corpora of arguments alone, "The council knew
for years" was no support of "The council knew"."""


def main() -> None:
    """Fit and write as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--packed", action="store_true", help="write weights of eight bits")
    parser.add_argument("--exact", type=Path, help="fit the weights of this folder anew")
    parser.add_argument("--compiled", type=Path, help="fit the compiled form of this folder")
    parser.add_argument("--rows", type=int, help="of each corpus, drawn evenly; all if left out")
    args = parser.parse_args()
    if args.compiled is not None:
        _fit_compiled(args.data, args.compiled, args.rows)
    elif args.exact is not None:
        _fit_exact(args.data, args.exact, args.rows)
    elif args.start is None or args.out is None:
        parser.error("expected --start and --out, --exact or --compiled")
    else:
        _fit_stage(args)


def _fit_compiled(data: Path, folder: Path, rows: int | None) -> None:
    """Write the calibration of a folder's compiled form, and the folder's sums."""
    network = load_compiled_network(folder)
    device = torch.device("cpu")
    calibration = _fit_on(data, network, caching_encoder(folder), device, rows)
    _write(calibration, folder / COMPILED_CALIBRATION)
    write_sums(folder)


def _fit_exact(data: Path, folder: Path, rows: int | None) -> None:
    """Write the calibration of a shipped folder's weights, and the folder's sums."""
    reader = load_reader(folder)
    calibration = _fit_on(data, reader.network, reader.encoder, reader.device, rows)
    _write(calibration, folder / CALIBRATION)
    write_sums(folder)


def _fit_stage(args: argparse.Namespace) -> None:
    """Write the folder of a trained stage with its calibration."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    weights = load_file(args.start / WEIGHTS)
    network = load_start(args.start).eval().to(device)
    if args.packed:
        weights = packed(weights)
        network.load_state_dict(unpacked(weights))
    calibration = _fit_on(args.data, network, caching_encoder(args.start), device, args.rows)
    args.out.mkdir(parents=True, exist_ok=True)
    for old in args.out.glob("model-*.safetensors"):
        old.unlink()
    save_weights(args.out, weights)
    for name in (CONFIG, TOKENIZER):
        (args.out / name).write_bytes((args.start / name).read_bytes())
    _write(calibration, args.out / CALIBRATION)


def _fit_on(
    data: Path,
    network: MarkerNetwork,
    encoder: TextEncoder,
    device: torch.device,
    rows: int | None,
) -> Calibration:
    parts = split_pages(read_json(data / "pages.json.gz"))
    examples = [own for page in parts.tuning for own in page_examples(page)]
    unread = [own for page in parts.unread for own in page_examples(page)]
    pairs = fewer(read_examples(data / "development.jsonl.gz"), rows)
    more = score_examples(network, encoder, device, examples + unread)
    pages = more.where(more.rows < len(examples))
    alone = [own for own in map(as_asked, pairs) if own.reading.queries[0].target.kind in ASKED]
    scored = score_examples(network, encoder, device, alone)
    sources = np.asarray([alone[row].source for row in scored.rows.tolist()])
    many = Counter(sources.tolist())
    counted = np.asarray([1 / many[source] for source in sources.tolist()])
    asked = {}
    for kind, corpora in ASKED.items():
        own = np.isin(sources, corpora)
        asked[kind] = scored.where(own), counted[own]
    return fit(pages, more, asked)


def fewer(pairs: Sequence[Example], rows: int | None) -> list[Example]:
    """Return about so many pairs of each corpus, evenly from its first to its last; or all."""
    if rows is None:
        return list(pairs)
    by_source: dict[str, list[Example]] = {}
    for own in pairs:
        by_source.setdefault(own.source, []).append(own)
    return [own for many in by_source.values() for own in many[:: -(-len(many) // rows)]]


def _write(calibration: Calibration, path: Path) -> None:
    value = json.dumps(calibration_as_json(calibration), indent=1)
    path.write_text(value + "\n", "utf-8")
    print(value)


def fit(
    pages: Scored, more: Scored, asked: Mapping[TargetKind, tuple[Scored, Floats]]
) -> Calibration:
    """Return the calibration that fits the scored tuning pages and development pairs.

    Of replies and roles the tuning pages have few: `more` are these pages and others. `asked` has
    the pairs of a caller's kinds of targets, and how much each pair counts [N].
    """
    labels = {
        kind: _fit_labels(*asked[kind], kind)
        if kind in asked
        else _fit_labels((more if kind is FEW else pages).of_kind(kind), None, kind)
        for kind in TargetKind
    }
    blamed = pages.of_kind(TargetKind.HYPOTHESIS)
    told = more.of_kind(TargetKind.HYPOTHESIS)
    with_role = told.gold[:, 2] >= 0
    return Calibration(
        labels=labels,
        certain=_fit_yes(pages.certain, pages.gold[:, 1]),
        reported=_fit_yes(blamed.reported, blamed.gold[:, 3]),
        role_scale=_fit_scale(told.role[with_role], told.gold[with_role, 2]),
        mention_threshold=MENTION_THRESHOLD,
    )


def _merit(kind: TargetKind) -> Callable[[Ints, Ints], float]:
    if kind is TargetKind.HYPOTHESIS:
        return attribution_f1
    return lambda gold, found: macro_f1(gold, found, range(4))


def _fit_labels(own: Scored, shares: Floats | None, kind: TargetKind) -> LabelCalibration:
    """Fit one kind of target; actors that a text does not name have a threshold of their own."""
    gold, merit = own.gold[:, 0], _merit(kind)
    scale, (support, deny, query, comment) = _minimise(own.label, gold, biased=True, shares=shares)
    fitted = LabelCalibration(scale, (support, deny, query, comment))
    probabilities = fitted.probabilities(own.label)
    sides, side = 1 - probabilities[:, COMMENT], probabilities[:, :COMMENT].argmax(-1)

    def merit_of(named: float, unnamed: float) -> float:
        threshold = np.where(own.named, named, unnamed)
        return merit(gold, np.where(sides < threshold, COMMENT, side).astype(int))

    merits = {at: merit_of(at, at) for at in THRESHOLDS.tolist()}
    if kind is TargetKind.HYPOTHESIS:
        # Of about equally good thresholds the highest: a page brings more candidates than its
        # labels, and to be taken for blamed wrongly is worse than to be overlooked.
        named = max(merits, key=lambda at: (round(merits[at], 2), at))
        unnamed = max(THRESHOLDS.tolist(), key=lambda at: (round(merit_of(named, at), 2), at))
    else:
        # Of about equally good ones the nearest to an even chance; of sentences the highest, as
        # most texts that a sentence is asked of take no side, which the corpora have too few of.
        good = [at for at in merits if merits[at] >= max(merits.values()) - ALIKE]
        even = kind is not TargetKind.SENTENCE
        named = unnamed = min(good, key=lambda at: abs(at - 0.5)) if even else max(good)
    return LabelCalibration(fitted.scale, fitted.bias, round(named, 3), round(unnamed, 3))


def _fit_scale(logits: Floats, gold: Ints) -> float:
    return _minimise(logits, gold, biased=False)[0]


def _fit_yes(logits: Floats, gold: Ints) -> YesCalibration:
    known = gold >= 0
    pair = np.stack([np.zeros(known.sum()), logits[known]], axis=-1)
    scale, bias = _minimise(pair, gold[known], biased=True)
    return YesCalibration(scale, bias[1] - bias[0])


def _minimise(
    logits: Floats, gold: Ints, *, biased: bool, shares: Floats | None = None
) -> tuple[float, list[float]]:
    """Return the scale and biases with the least log loss, a little pulled towards none.

    `shares` [N] is how much each of the N rows counts, all alike where there are none.
    """
    raw, truth = torch.from_numpy(logits.copy()), torch.from_numpy(gold)
    counted = torch.ones(len(gold)).double() if shares is None else torch.from_numpy(shares)
    counted = counted / counted.sum()
    log_scale = torch.zeros((), dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(logits.shape[-1], dtype=torch.float64, requires_grad=biased)
    optimizer = torch.optim.LBFGS([log_scale, bias] if biased else [log_scale], max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = functional.cross_entropy(log_scale.exp() * raw + bias, truth, reduction="none")
        loss = (loss * counted).sum()
        # A label that the tuning pages hardly have must not run away.
        loss = loss + 1e-3 * (bias.square().sum() + log_scale.square())
        loss.backward()
        return loss

    optimizer.step(closure)
    centred = (bias - bias.mean()).detach()
    return round(float(log_scale.detach().exp()), 4), [round(own, 4) for own in centred.tolist()]


if __name__ == "__main__":
    main()
