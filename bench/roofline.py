"""How near we come to the machine's limit: texts a second beside its multiplications alone.

python bench/roofline.py [--rounds N] [--json FILE]

The limit is the time of the encoder's matrix products and nothing else: of its layers' matrices,
each measured in this run on the same runtime as a graph of one product, on one thread, at the rows
that a batch of ours has. In eight bits that is `MatMulInteger`; what makes eight bits of floats,
attention's products, norms and activations are not in the limit.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import torch
from goals import Row, write_rows
from onnx import TensorProto, helper
from rounds import Contender, spread, take_turns
from texts import MODEL, hypotheses, readings, some, written_comments

from app.inference.compiled_scorer import load_compiled
from app.inference.folder import encoder_of, open_folder
from app.inference.schedule import MAX_PADDED_TOKENS, cut_by_tokens
from app.inference.torch_scorer import load_scorer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.inference.encode import TextEncoder
    from app.inference.scorer import ModelScorer

LENGTHS = (16, 32, 64, 128, 256)
OF_FP32, OF_INT8, OF_EQUAL = 0.75, 0.6, 0.8
MIXED = 128
PART = 64
"""Texts that the service reads at a time, and that are sorted together."""

TIMES = 20


def main() -> None:
    """Measure products and texts in turn, and print or write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    config = json.loads((MODEL / "config.json").read_text("utf-8"))
    scorers = {
        "fp32": load_scorer(MODEL, threads=1),
        "int8": load_compiled(MODEL, threads=1),
    }
    encoder = encoder_of(open_folder(MODEL, [MODEL / "config.json"]))
    products = {"fp32": torch_products(config), "int8": integer_products(config)}
    rows = []
    mixed = some(written_comments(), MIXED)
    tokens = sum(len(own) + 2 for own in encoder.tokenize(mixed))
    for kind, wanted in (("fp32", OF_FP32), ("int8", OF_INT8)):
        contenders = [Contender("limit", TIMES * MAX_PADDED_TOKENS, products[kind])]
        for length in LENGTHS:
            texts = [equal_text(encoder, length)] * (2 * MAX_PADDED_TOKENS // length)
            contenders.append(encode(str(length), scorers[kind], texts, length * len(texts)))
        contenders.append(encode("mixed", scorers[kind], mixed, tokens))
        seconds = take_turns(contenders, args.rounds)
        for name in (*map(str, LENGTHS), "mixed"):
            share = spread(
                [one / other for one, other in zip(seconds["limit"], seconds[name], strict=True)]
            )
            needed = wanted * OF_EQUAL if name == "mixed" else wanted
            what = "mixed lengths" if name == "mixed" else f"texts of {name} tokens"
            rows.append(
                Row(
                    "4",
                    f"{kind}, {what}: share of the products' limit",
                    f"at least {needed:.2f}",
                    str(share),
                    share.median >= needed,
                )
            )
        a_token = spread([1000 * own for own in seconds["limit"]])
        rows.append(Row("", f"{kind}: products alone, ms a token of a core", "", str(a_token)))
    rows += padding_rows(encoder)
    write_rows(args.json, rows)


def torch_products(config: dict[str, int]) -> Callable[[], None]:
    """Return what multiplies all of the encoder's matrices in single precision, `TIMES` times."""
    pairs = [
        (torch.randn(MAX_PADDED_TOKENS, inner), torch.randn(outer, inner))
        for inner, outer in _shapes(config)
    ]

    @torch.inference_mode()
    def run() -> None:
        for _ in range(TIMES * config["num_hidden_layers"]):
            for states, weights in pairs:
                torch.nn.functional.linear(states, weights)

    return run


def integer_products(config: dict[str, int]) -> Callable[[], None]:
    """Return what multiplies all of the encoder's matrices in eight bits, `TIMES` times."""
    generator = np.random.default_rng(1)
    sessions = []
    for inner, outer in _shapes(config):
        weights = generator.integers(-127, 127, (inner, outer), np.int8)
        graph = helper.make_graph(
            [helper.make_node("MatMulInteger", ["states", "weights"], ["sums"])],
            "product",
            [helper.make_tensor_value_info("states", TensorProto.UINT8, [None, inner])],
            [helper.make_tensor_value_info("sums", TensorProto.INT32, [None, outer])],
            [onnx.numpy_helper.from_array(weights, "weights")],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
        model.ir_version = 10
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        states = generator.integers(0, 255, (MAX_PADDED_TOKENS, inner), np.uint8)
        sessions.append((session, states))

    def run() -> None:
        for _ in range(TIMES * config["num_hidden_layers"]):
            for session, states in sessions:
                session.run(None, {"states": states})

    return run


def encode(name: str, scorer: ModelScorer, texts: Sequence[str], tokens: int) -> Contender:
    """Return a pass over texts with one target each, counted in the texts' tokens."""
    asked = readings(texts, hypotheses(1))

    def run() -> None:
        scorer.score(asked)

    return Contender(name, tokens, run)


def equal_text(encoder: TextEncoder, tokens: int) -> str:
    """Return a text of that many tokens, those around it included."""
    text = " ".join(["water"] * (tokens - 2))
    if len(encoder.tokenize([text])[0]) != tokens - 2:
        raise ValueError("expected a word of one token")
    return text


def padding_rows(encoder: TextEncoder) -> list[Row]:
    """Return how much of the batches of comments is padding, and how long a batch takes."""
    texts = written_comments()
    lengths = [len(own) + 2 for own in encoder.tokenize(texts)]
    padded = 0
    for at in range(0, len(lengths), PART):
        part = lengths[at : at + PART]
        padded += sum(
            max(part[index] for index in batch) * len(batch) for batch in cut_by_tokens(part)
        )
    share = 1 - sum(lengths) / padded
    what = f"padding of {len(texts)} comments, read {PART} at a time"
    rows = [Row("4", what, "at most 10 %", f"{100 * share:.1f} %", share <= 0.1)]  # noqa: PLR2004
    scorer = load_compiled(MODEL)
    longest = readings([equal_text(encoder, 63)] * (MAX_PADDED_TOKENS // 64), hypotheses(1))
    walls = []
    for _ in range(9):
        began = time.perf_counter()
        scorer.score(longest)
        walls.append(1000 * (time.perf_counter() - began))
    own = spread(walls)
    found = f"{own} ms by the clock, of all cores"
    rows.append(Row("", "one slice of bulk work", "at most 50 ms", found, own.median <= 50))  # noqa: PLR2004
    return rows


def _shapes(config: dict[str, int]) -> list[tuple[int, int]]:
    """Return the matrices of a layer, as the numbers of what goes in and comes out."""
    width, inner = config["hidden_size"], config["intermediate_size"]
    return [(width, width)] * 4 + [(width, inner), (inner, width)]


if __name__ == "__main__":
    main()
