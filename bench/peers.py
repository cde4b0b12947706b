"""Fingerpost beside what others would run, on the same encoder, texts and thread: ratios of time.

python bench/peers.py [--rounds N] [--infinity PYTHON] [--json FILE]

Needs `pip install 'fingerpost[bench]'`. Infinity wants older versions of our packages, hence an
environment of its own, whose Python `--infinity` names (`make bench` makes one where it can).
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import onnxruntime
import torch
from contenders import Infinity, cross_encoder, our_pairs, ours, padded, write_classifier, zero_shot
from goals import Row, write_rows
from rounds import rate, ratio, take_turns
from safetensors.numpy import load_file
from texts import MODEL, hypotheses, some, written_comments

from app.inference.compiled_scorer import ENCODER, HEADS, CompiledRunner, load_compiled
from app.inference.folder import encoder_of, open_folder
from app.inference.torch_scorer import load_scorer

if TYPE_CHECKING:
    from rounds import Contender

MANY = 512
"""Comments that quick contenders read a round: sixteen batches of 32, so that what padding costs is
what it costs in all 10,236 comments (66 %; in 64 of them it was 59). Slow contenders read some of
all lengths among them."""

LENGTHS = (64, 128)
"""Tokens of the comments that 15 targets are asked of, beside comments as they come."""

NEAR = 6
"""Tokens by which they may be longer or shorter."""

FEW = 4
HYPOTHESES = (1, 10, 30)
OVER_ZERO_SHOT = 2.5
OVER_ZERO_SHOT_FP32 = 0.8
OVER_PAIRS = 20.0
FIFTEEN = 1.3
OVER_PADDED = 8.0
OVER_INFINITY = 1.3
OVER_FP32 = 2.5


def main() -> None:
    """Measure all, and print or write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--infinity", type=Path, help="a Python that has infinity-emb")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    with TemporaryDirectory() as folder:
        write_classifier(MODEL, Path(folder))
        infinity = None
        if args.infinity is not None:
            infinity = Infinity(
                args.infinity, Path(__file__).with_name("infinity_peer.py"), Path(folder)
            )
        try:
            seconds = take_turns(gather(Path(folder), infinity), args.rounds)
        finally:
            if infinity is not None:
                infinity.close()
    write_rows(args.json, judge(seconds))


def gather(folder: Path, infinity: Infinity | None) -> list[Contender]:
    """Return everybody who takes part."""
    texts = some(written_comments(), MANY)
    few = some(sorted(texts, key=len), FEW)
    fewer = some(sorted(texts, key=len), 2 * FEW)
    eight_bits, exact = load_compiled(MODEL, threads=1), load_scorer(MODEL, threads=1)
    session = onnxruntime.InferenceSession(str(MODEL / ENCODER), _one_thread())
    runner = CompiledRunner(session, load_file(MODEL / HEADS))
    contenders = [padded(folder, texts)]
    for many in HYPOTHESES:
        targets = hypotheses(many)
        contenders += [
            ours(f"int8, {many}", eight_bits, texts, targets),
            ours(f"fp32, {many}", exact, texts, targets),
            zero_shot(folder, few, targets),
        ]
    contenders.append(ours("int8, 15", eight_bits, texts, hypotheses(15)))
    for length in LENGTHS:
        alike = of_length(length)
        for many in (1, 15):
            name = f"int8, {many}, {length} tokens"
            contenders.append(ours(name, eight_bits, alike, hypotheses(many)))
    contenders.append(cross_encoder(folder, fewer, hypotheses(10)))
    contenders.append(our_pairs("int8 pairs, 10", runner, MODEL, fewer, hypotheses(10)))
    # The same few comments for what is compared with pairs: they have their lengths.
    contenders.append(ours("int8, 10, the same few", eight_bits, fewer, hypotheses(10)))
    if infinity is not None:
        contenders.append(infinity.contender(texts))
    return contenders


def of_length(tokens: int) -> list[str]:
    """Return comments of about that many tokens, those around them included."""
    texts = written_comments()
    encoder = encoder_of(open_folder(MODEL, [MODEL / ENCODER, MODEL / HEADS]))
    lengths = [len(own) + 2 for own in encoder.tokenize(texts)]
    alike = [
        text for text, length in zip(texts, lengths, strict=True) if abs(length - tokens) <= NEAR
    ]
    return some(alike, FEW * 8)


def judge(seconds: dict[str, list[float]]) -> list[Row]:
    """Return the goals beside what was found."""
    rows = []

    def compare(goal: str, what: str, pair: tuple[str, str], wanted: float) -> None:
        found = ratio(seconds, *pair)
        met = found.median >= wanted
        rows.append(Row(goal, what, f"at least {wanted:g} times", f"{found} times", met))

    for many in HYPOTHESES:
        slow = f"zero-shot pipeline, {many} hypotheses"
        compare("1", f"int8 against the {slow}", (slow, f"int8, {many}"), OVER_ZERO_SHOT * many)
        least = OVER_ZERO_SHOT_FP32 * many
        compare("1", f"fp32 against the {slow}", (slow, f"fp32, {many}"), least)
    pairs = ("int8 pairs, 10", "int8, 10, the same few")
    compare("2", "one pass against pairs on our own engine, 10 targets", pairs, OVER_PAIRS)
    lengths = {"as they come": "", **{f"of {own} tokens": f", {own} tokens" for own in LENGTHS}}
    for comments, suffix in lengths.items():
        found = ratio(seconds, f"int8, 15{suffix}", f"int8, 1{suffix}")
        what, wanted = f"15 targets, comments {comments}", f"at most {FIFTEEN:g} times one"
        rows.append(Row("3", what, wanted, f"{found} times", found.median <= FIFTEEN))
    compare("5", "int8 against our fp32 on torch, 1 target", ("fp32, 1", "int8, 1"), OVER_FP32)
    compare(
        "6",
        "int8 against torch eager, padded batches of 32",
        ("torch, padded batches of 32", "int8, 1"),
        OVER_PADDED,
    )
    if "Infinity" in seconds:
        compare("6", "int8 against Infinity", ("Infinity", "int8, 1"), OVER_INFINITY)
    found = ratio(seconds, "CrossEncoder, 10 hypotheses", "int8, 10, the same few")
    rows.append(Row("", "int8 against CrossEncoder, 10 hypotheses", "", f"{found} times"))
    rows += [
        Row("", f"{name}: comments a second of a core", "", str(rate(seconds, name)))
        for name in seconds
    ]
    return rows


def _one_thread() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return options


if __name__ == "__main__":
    main()
