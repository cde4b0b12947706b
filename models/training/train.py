"""Trains one stage of a network: `stance` on the corpora, then `pages` on labelled pages.

    python -m models.training.train stance --data runs/data --start ENCODER --out runs/stance
    python -m models.training.train pages --data runs/data --start runs/stance --out runs/small-0

Resumable, on CPU or GPU: checkpoint.pt is written now and then, and a run started again goes on
from it. log.jsonl holds the losses; at the end weights.safetensors (averaged, fp16) and
figures.json (development data, after the pages) are written.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader
from transformers import BertConfig, BertModel

from app.inference.encode import TextEncoder
from app.inference.network import StanceNetwork
from models.training.batches import PAGES, REPLAY_ROWS, Material, Steps
from models.training.data import read_examples, read_json
from models.training.evaluate import evaluate_network
from models.training.losses import article_loss, stance_losses, tag_loss
from models.training.pages import split_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.inference.encode import Tokens
    from models.training.batches import Step

WEIGHTS = "weights.safetensors"

WARM_UP = 0.06
"""Share of the steps over which the learning rate rises; BERT's own recipe has 0.01 to 0.1."""

EMA_DECAY = 0.99
"""The averaged weights look back about 100 steps, a fifth of the page stage."""

STEPS = {"stance": 1000, "pages": 500}
"""About five passes over the corpora's shares, and fifteen over the training pages."""

RATES = {"stance": 2e-4, "pages": 1e-4}
"""Peak learning rates of the encoder: chosen by judgement, not by search."""


def main() -> None:
    """Train one stage as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=sorted(STEPS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="an encoder or a stage's folder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--pages-a-step", type=int, default=PAGES)
    parser.add_argument("--replay-rows", type=int, default=REPLAY_ROWS)
    parser.add_argument("--chunks", type=int, default=1)
    parser.add_argument("--tags-every", type=int, default=1)
    parser.add_argument("--ema", type=float, default=EMA_DECAY)
    parser.add_argument("--limit-s", type=float, default=1e9, help="ends sooner, rate and all")
    parser.add_argument("--unscored", action="store_true", help="leave the figures for later")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--every", type=int, default=200, help="steps between checkpoints")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    args.steps = args.steps or STEPS[args.stage]
    args.rate = args.rate or RATES[args.stage]
    run(args)


def run(args: argparse.Namespace) -> None:
    """Train, checkpoint, average, evaluate and write the weights."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(args.seed)
    encoder = CachingEncoder(Tokenizer.from_file(str(args.start / "tokenizer.json")))
    network = load_start(args.start).to(device)
    training, tuning, report = split_pages(read_json(args.data / "pages.json.gz"))
    material = Material(
        stance=read_examples(args.data / "stance.jsonl.gz"),
        names=read_json(args.data / "names.json.gz"),
        pages=training if args.stage == "pages" else (),
        articles=read_json(args.data / "articles.json.gz"),
        pages_a_step=args.pages_a_step,
        replay_rows=args.replay_rows,
        tags_every=args.tags_every,
        chunks=args.chunks,
    )
    optimizer = _optimizer(network, args.rate, device)
    full_rates = [group["lr"] for group in optimizer.param_groups]
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(args.ema))
    parts = (network, average, optimizer)
    order = range(_resume(args.out / "checkpoint.pt", *parts), args.steps)
    loader = DataLoader(
        Steps(material, encoder, seed=args.seed, steps=args.steps),
        batch_size=None,
        sampler=order,
        num_workers=args.workers,
        prefetch_factor=4 if args.workers else None,
    )
    began = time.monotonic()
    with (args.out / "log.jsonl").open("a", encoding="utf-8") as log:
        for number, step in zip(order, loader, strict=True):
            now = time.monotonic()
            progress = max(number / args.steps, (now - began) / args.limit_s)
            if progress >= 1:
                break
            for group, full in zip(optimizer.param_groups, full_rates, strict=True):
                group["lr"] = full * _rate_share(progress)
            network.train()
            losses = _step_losses(network, step, device)
            loss = torch.stack(list(losses.values())).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            average.update_parameters(network)
            if number % 10 == 0:
                row = {key: round(float(value), 4) for key, value in losses.items()}
                row |= {"step": number, "step_s": round(time.monotonic() - now, 3)}
                row |= {"seconds": round(time.monotonic() - began, 1)}
                log.write(json.dumps(row) + "\n")
                log.flush()
            if number and number % args.every == 0:
                _checkpoint(args.out / "checkpoint.pt", number + 1, *parts)
    averaged = average.module
    assert isinstance(averaged, StanceNetwork)  # noqa: S101 - what was put in
    averaged.eval()
    _write(args.start, args.out, averaged)
    if args.stage == "stance" or args.unscored:
        return
    held = read_examples(args.data / "development.jsonl.gz")
    figures = evaluate_network(averaged, encoder, device, held, {"tune": tuning, "report": report})
    figures["seconds"] = round(time.monotonic() - began, 1)
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print(json.dumps(figures))


class CachingEncoder(TextEncoder):
    """Tokenizes each text once a process: the corpora are read many times over."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__(tokenizer)
        self._known: dict[str, Tokens] = {}

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, super().tokenize(new), strict=True))
        return [self._known[text] for text in texts]


def load_start(folder: Path) -> StanceNetwork:
    """Return the network of a stage's folder, or one with new heads on a folder's encoder."""
    network = StanceNetwork(BertConfig.from_pretrained(folder))
    weights = folder / WEIGHTS
    if weights.exists():
        network.load_state_dict(
            {key: value.float() for key, value in load_file(weights).items()}, strict=True
        )
    else:
        network.encoder = BertModel.from_pretrained(
            folder, add_pooling_layer=False, dtype=torch.float32
        )
    return network


def _write(start: Path, out: Path, network: StanceNetwork) -> None:
    """Write what the next stage and the export read: weights, tokenizer and configuration."""
    save_file(
        {key: value.half().contiguous().cpu() for key, value in network.state_dict().items()},
        out / WEIGHTS,
    )
    for name in ("tokenizer.json", "config.json"):
        (out / name).write_bytes((start / name).read_bytes())


def _optimizer(network: StanceNetwork, rate: float, device: torch.device) -> torch.optim.Optimizer:
    """Return AdamW: new heads learn five times faster, norms and biases do not decay."""
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        old, decays = name.startswith("encoder."), parameter.ndim > 1
        groups.setdefault((old, decays), []).append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "lr": rate if old else 5 * rate,
                "weight_decay": 0.01 if decays else 0.0,
            }
            for (old, decays), parameters in groups.items()
        ],
        fused=device.type == "cuda",
    )


def _rate_share(progress: float) -> float:
    """Return the share of the full rate at a point of the run, 0 … 1: a rise, then a cosine."""
    if progress < WARM_UP:
        return progress / WARM_UP + 1e-3
    return 0.5 * (1 + math.cos(math.pi * progress))


def _step_losses(
    network: StanceNetwork, step: Step, device: torch.device
) -> dict[str, torch.Tensor]:
    # bfloat16 pays on processors with AVX-512; the GPU is fastest in TF32, a small network
    # being bound by its launches, which autocast doubles.
    low = device.type == "cpu" and "AVX512" in torch.backends.cpu.get_cpu_capability()
    with torch.autocast(device.type, torch.bfloat16, enabled=low):
        parts = [stance_losses(network, batch, device) for batch in step.stance]
        losses = {key: torch.stack([own[key] for own in parts]).mean() for key in parts[0]}
        if step.tags is not None:
            losses["tags"] = 0.5 * tag_loss(network, step.tags, device)
        if step.articles is not None:
            losses["articles"] = 0.2 * article_loss(network, step.articles, device)
    return losses


def _checkpoint(path: Path, step: int, *parts: object) -> None:
    states = [part.state_dict() for part in parts]  # type: ignore[attr-defined]  # all have one
    torch.save({"step": step, "states": states}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resume(path: Path, *parts: object) -> int:
    if not path.exists():
        return 0
    saved = torch.load(path, map_location="cpu", weights_only=True)
    for part, state in zip(parts, saved["states"], strict=True):
        part.load_state_dict(state)  # type: ignore[attr-defined]  # all have one
    return int(saved["step"])


if __name__ == "__main__":
    main()
