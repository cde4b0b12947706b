"""Trains one network: first the stance corpora, then labelled pages; resumable, on CPU or GPU.

    python -m models.training.train --data runs/data --encoder FOLDER --out runs/small-0 --seed 0

Writes checkpoint.pt now and then (a run started again goes on from it), log.jsonl, and at the
end weights/ (the averaged weights, fp16 safetensors) and figures.json on development data.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader
from transformers import BertConfig, BertModel

from app.inference.encode import TextEncoder
from app.inference.network import StanceNetwork
from models.training.batches import Steps
from models.training.data import read_examples, read_json
from models.training.evaluate import evaluate_network
from models.training.pages import split_pages

if TYPE_CHECKING:
    from models.training.batches import ArticleBatch, StanceBatch, Step, TagBatch

WARM_UP = 0.06
"""Share of the steps over which the learning rate rises; BERT's own recipe has 0.01 to 0.1."""

EMA_DECAY = 0.998
"""The averaged weights look back about 500 steps; tuned on the tuning domains, 0.995 to 0.999."""


def main() -> None:
    """Train one network as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stance-steps", type=int, default=2400)
    parser.add_argument("--page-steps", type=int, default=1400)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--every", type=int, default=400, help="steps between checkpoints")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    run(args)


def run(args: argparse.Namespace) -> None:
    """Train, checkpoint, average, evaluate and write the weights."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(args.seed)
    encoder = TextEncoder(Tokenizer.from_file(str(args.encoder / "tokenizer.json")))
    network = load_start(args.encoder).to(device)
    pages, tuning, report = split_pages(read_json(args.data / "pages.json.gz"))
    steps = Steps(
        encoder=encoder,
        stance=read_examples(args.data / "stance.jsonl.gz"),
        pages=pages,
        articles=read_json(args.data / "articles.json.gz"),
        names=read_json(args.data / "names.json.gz"),
        seed=args.seed,
        stance_steps=args.stance_steps,
        page_steps=args.page_steps,
    )
    optimizer = _optimizer(network, args.rate)
    total = len(steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate_share(step, args.stance_steps, total)
    )
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(EMA_DECAY))
    first = _resume(args.out / "checkpoint.pt", network, average, optimizer, schedule)
    order = list(range(first, total))
    loader = DataLoader(
        steps,
        batch_size=None,
        sampler=order,
        num_workers=args.workers,
        prefetch_factor=8 if args.workers else None,
    )
    began = time.monotonic()
    with (args.out / "log.jsonl").open("a", encoding="utf-8") as log:
        for number, step in zip(order, loader, strict=True):
            network.train()
            losses = _step_losses(network, step, device)
            loss = torch.stack(list(losses.values())).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(network)
            if number % 50 == 0:
                row = {key: round(float(value), 4) for key, value in losses.items()}
                row |= {"step": number, "seconds": round(time.monotonic() - began, 1)}
                log.write(json.dumps(row) + "\n")
                log.flush()
            if number and number % args.every == 0:
                _checkpoint(
                    args.out / "checkpoint.pt", number + 1, network, average, optimizer, schedule
                )
    averaged = average.module
    assert isinstance(averaged, StanceNetwork)  # noqa: S101 - what was put in
    averaged.eval()
    torch.save(
        {key: value.half().cpu() for key, value in averaged.state_dict().items()},
        args.out / "weights.pt",
    )
    held = read_examples(args.data / "development.jsonl.gz")
    figures = evaluate_network(averaged, encoder, device, held, {"tune": tuning, "report": report})
    figures["seconds"] = round(time.monotonic() - began, 1)
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print(json.dumps(figures))


def load_start(folder: Path) -> StanceNetwork:
    """Return a network whose encoder is the one of `folder`, with new heads."""
    config = BertConfig.from_pretrained(folder)
    network = StanceNetwork(config)
    network.encoder = BertModel.from_pretrained(
        folder, add_pooling_layer=False, dtype=torch.float32
    )
    return network


def _optimizer(network: StanceNetwork, rate: float) -> torch.optim.Optimizer:
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
        ]
    )


def _rate_share(step: int, stance_steps: int, total: int) -> float:
    """Return the share of the full rate at a step: each stage warms up and decays by a cosine."""
    stage_start, stage_end = (0, stance_steps) if step < stance_steps else (stance_steps, total)
    length = max(1, stage_end - stage_start)
    place = (step - stage_start) / length
    if place < WARM_UP:
        return place / WARM_UP + 1e-3
    floor = 0.1 if stage_end == stance_steps and stance_steps < total else 0.0
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, place)))


def _step_losses(
    network: StanceNetwork, step: Step, device: torch.device
) -> dict[str, torch.Tensor]:
    losses: dict[str, torch.Tensor] = {}
    with torch.autocast(device.type, torch.bfloat16, enabled=_has_fast_bfloat16(device)):
        for number, batch in enumerate(step.stance):
            for key, value in stance_losses(network, batch, device).items():
                losses[f"{key}{number}"] = value
        losses["tags"] = 0.5 * tag_loss(network, step.tags, device)
        if step.articles is not None:
            losses["articles"] = 0.2 * article_loss(network, step.articles, device)
    return losses


def _has_fast_bfloat16(device: torch.device) -> bool:
    """Say whether bfloat16 is faster than float32: on processors without AVX-512 it is slower."""
    return device.type == "cuda" or "AVX512" in torch.backends.cpu.get_cpu_capability()


def stance_losses(
    network: StanceNetwork, batch: StanceBatch, device: torch.device
) -> dict[str, torch.Tensor]:
    """Return the mean losses of the four stance heads over the answers that are known."""
    targets = network.encode_targets(batch.target_ids.to(device), batch.target_attended.to(device))
    logits = network.score_markers(batch.markers.to(device), targets)
    answers = batch.answers
    label = answers.label.to(device)
    weights = answers.weights.to(device).gather(-1, label.clamp_min(0).unsqueeze(-1)).squeeze(-1)
    weights = weights * (label >= 0)
    each = functional.cross_entropy(
        logits.label.float().flatten(0, 1), label.flatten().clamp_min(0), reduction="none"
    ).view_as(weights)
    losses = {"label": (each * weights).sum() / weights.sum().clamp_min(1.0)}
    for key, share in (("certain", 0.3), ("reported", 0.2)):
        truth = getattr(answers, key).to(device)
        known = truth >= 0
        raw = functional.binary_cross_entropy_with_logits(
            getattr(logits, key).float(), truth.clamp_min(0).float(), reduction="none"
        )
        losses[key] = share * (raw * known).sum() / known.sum().clamp_min(1)
    role = answers.role.to(device)
    losses["role"] = (
        0.3
        * functional.cross_entropy(
            logits.role.float().flatten(0, 1), role.flatten(), ignore_index=-1, reduction="sum"
        )
        / (role >= 0).sum().clamp_min(1)
    )
    return losses


def tag_loss(network: StanceNetwork, batch: TagBatch, device: torch.device) -> torch.Tensor:
    """Return the mean loss of the tags over the tokens that count."""
    logits = network.tag(batch.ids.to(device), batch.attended.to(device))
    return functional.cross_entropy(logits.float().flatten(0, 1), batch.tags.to(device).flatten())


def article_loss(network: StanceNetwork, batch: ArticleBatch, device: torch.device) -> torch.Tensor:
    """Return the mean cross-entropy of sentence shares, for the account and for the event."""
    weights = batch.weights.to(device)
    logits = network.score_sentences(batch.ids.to(device), batch.attended.to(device), weights)
    hidden = weights.sum(-1) == 0
    logs = logits.float().masked_fill(hidden.unsqueeze(-1), -1e4).log_softmax(1).transpose(1, 2)
    return -(batch.shares.to(device) * logs).sum(-1).mean()


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
