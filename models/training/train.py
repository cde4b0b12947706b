"""Trains one stage of a network: `stance` on the corpora, then `pages` on labelled pages.

    python -m models.training.train stance --data runs/data --start ENCODER --out runs/stance
    python -m models.training.train pages --data runs/data --start runs/stance --out runs/small-0

With --teacher FOLDER a finished network of the same stage teaches too: a small one learns from a
large one what it doubts.

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
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader

from app.inference.backbones import attend_without_plans
from app.inference.network import StanceNetwork
from models.training.data import read_examples, read_json
from models.training.dropout import drop_by_bytes
from models.training.figures import evaluate_network
from models.training.folds import FOLDS, PAGE_FOLDS, pages_without_fold, without_fold
from models.training.losses import article_loss, stance_losses, tag_loss
from models.training.pages import split_pages
from models.training.scored import SMALL_WIDTH
from models.training.stages import caching_encoder, load_start, write_stage
from models.training.steps import (
    PAGES,
    REPLAY_ROWS,
    STANCE_ROWS,
    Material,
    Steps,
    part_tokens_of,
)
from models.training.teaching import teach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.inference.encode import TextEncoder
    from models.training.pages import LabelledPage, Parts
    from models.training.steps import Step

WARM_UP = 0.06
"""Share of the steps over which the learning rate rises; BERT's own recipe has 0.01 to 0.1."""

LONGEST_LOOK_BACK, LOOK_BACK = 100, 1 / 6
"""The averaged weights look back over so many steps at most, and over that share of a stage."""

STEPS = {"stance": 1400, "pages": 600}
"""About six passes over the corpora's shares, and thirteen over the training pages."""

RATES = {"bert": {"stance": 2e-4, "pages": 1e-4}, "mpnet": {"stance": 6e-5, "pages": 4e-5}}
"""Peak learning rates of the encoder: chosen by judgement, not by search."""


def main() -> None:
    """Train one stage as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=sorted(STEPS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="an encoder or a stage's folder")
    parser.add_argument("--teacher", type=Path, help="the folder of a finished network")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--fold", type=int, choices=range(FOLDS), help="leave this fold of DEBAGREEMENT unread"
    )
    parser.add_argument(
        "--page-fold",
        type=int,
        choices=range(len(PAGE_FOLDS)),
        help="leave its domains unread, as a teacher too must have",
    )
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--pages-a-step", type=int, default=PAGES)
    parser.add_argument("--stance-rows", type=int, default=STANCE_ROWS)
    parser.add_argument("--replay-rows", type=int, default=REPLAY_ROWS)
    parser.add_argument("--part-tokens", type=int, help="of a part of a step, by the device")
    parser.add_argument("--untold", type=float, default=0.0, help="share that a teacher answers")
    parser.add_argument("--mined", type=float, default=0.0, help="share of pages with mined actors")
    parser.add_argument(
        "--lost-background", type=float, help="share of pages read without title and account beside"
    )
    parser.add_argument(
        "--words-kept", action="store_true", help="leave the words' own vectors as they are"
    )
    parser.add_argument("--tags-every", type=int, default=1)
    parser.add_argument("--ema", type=float, help="share that averaged weights keep in a step")
    parser.add_argument("--limit-s", type=float, default=1e9, help="ends sooner, rate and all")
    parser.add_argument("--unscored", action="store_true", help="leave the figures for later")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--every", type=int, default=200, help="steps between checkpoints")
    args = parser.parse_args()
    if args.untold and args.teacher is None:
        parser.error("expected --teacher beside --untold, nobody else answers those texts")
    if args.page_fold is not None and args.stage != "pages":
        parser.error(f"expected --page-fold with the stage of pages, {args.stage} reads none")
    args.out.mkdir(parents=True, exist_ok=True)
    args.steps = args.steps or STEPS[args.stage]
    args.ema = decay_of(args.steps) if args.ema is None else args.ema
    run(args)


def run(args: argparse.Namespace) -> None:
    """Train, checkpoint, average, evaluate and write the weights."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_float32_matmul_precision("high")
    attend_without_plans()
    torch.manual_seed(args.seed)
    encoder = caching_encoder(args.start)
    network = load_start(args.start).to(device)
    network.encoder.embeddings.word_embeddings.requires_grad_(not args.words_kept)
    if device.type == "cpu":
        drop_by_bytes(network, seed=args.seed)
    args.part_tokens = args.part_tokens or part_tokens_of(device)
    teacher, read_by_teacher = _load_teacher(args.teacher, device)
    pages = split_pages(read_json(args.data / "pages.json.gz"))
    read = pages.read if args.page_fold is None else pages_without_fold(pages.read, args.page_fold)
    material = _material(args, read if args.stage == "pages" else ())
    rate = args.rate or RATES[network.encoder.config.model_type][args.stage]
    optimizer = _optimizer(network, rate, device)
    full_rates = [group["lr"] for group in optimizer.param_groups]
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(args.ema))
    parts = (network, average, optimizer)
    order = range(_resume(args.out / "checkpoint.pt", *parts), args.steps)
    loader = DataLoader(
        Steps(material, encoder, seed=args.seed, steps=args.steps, teacher=read_by_teacher),
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
            optimizer.zero_grad(set_to_none=True)
            losses = _descend(network, teacher, step, device)
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
    write_stage(args.start, args.out, averaged)
    if args.stage == "pages" and not args.unscored:
        _score(args, averaged, encoder, pages)


def _load_teacher(
    folder: Path | None, device: torch.device
) -> tuple[StanceNetwork, TextEncoder] | tuple[None, None]:
    if folder is None:
        return None, None
    teacher = load_start(folder).to(device).eval().requires_grad_(requires_grad=False)
    return teacher, caching_encoder(folder)


def _score(
    args: argparse.Namespace, network: StanceNetwork, encoder: TextEncoder, pages: Parts
) -> None:
    """Write the development figures of a finished network."""
    held = read_examples(args.data / "development.jsonl.gz")
    parts = {"tune": pages.tuning, "report": pages.report}
    device = next(network.parameters()).device
    figures = evaluate_network(network, encoder, device, held, parts)
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print(json.dumps(figures))


def _material(args: argparse.Namespace, pages: Sequence[LabelledPage]) -> Material:
    """Return what the stage reads, from the training folder."""
    data = args.data
    stance = read_examples(data / "stance.jsonl.gz")
    return Material(
        stance=stance if args.fold is None else without_fold(stance, args.fold),
        names=read_json(data / "names.json.gz"),
        pages=pages,
        articles=read_json(data / "articles.json.gz"),
        candidates=read_json(data / "candidates.json.gz") if pages else {},
        agents=read_json(data / "agents.json.gz"),
        mined=read_json(data / "mined.json.gz") if pages and args.mined else {},
        mined_share=args.mined,
        stance_rows=args.stance_rows,
        pages_a_step=args.pages_a_step,
        replay_rows=args.replay_rows,
        tags_every=args.tags_every,
        part_tokens=args.part_tokens,
        untold=args.untold,
        lost_background=args.lost_background,
    )


def _optimizer(network: StanceNetwork, rate: float, device: torch.device) -> torch.optim.Optimizer:
    """Return AdamW: new heads learn five times faster, norms and biases do not decay."""
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
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


def decay_of(steps: int) -> float:
    """Return what averaged weights keep in each of a stage's steps, 0 … 1.

    With one decay for all, a stage of twenty steps ended with four fifths of what it began with.
    """
    return 1 - 1 / max(1.0, min(LONGEST_LOOK_BACK, LOOK_BACK * steps))


def _rate_share(progress: float) -> float:
    """Return the share of the full rate at a point of the run, 0 … 1: a rise, then a cosine."""
    if progress < WARM_UP:
        return progress / WARM_UP + 1e-3
    return 0.5 * (1 + math.cos(math.pi * progress))


def _descend(
    network: StanceNetwork, teacher: StanceNetwork | None, step: Step, device: torch.device
) -> dict[str, torch.Tensor]:
    """Add the gradients of one step to the network; return the losses."""
    # bfloat16 pays on processors with AVX-512 and for a large network on a GPU; a small one is
    # bound there by its launches, which autocast doubles.
    large = network.encoder.config.hidden_size > SMALL_WIDTH
    low = "AVX512" in torch.backends.cpu.get_cpu_capability() if device.type == "cpu" else large
    taught = None
    if teacher is not None:
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
            taught = teach(teacher, step.stance, device)
    losses: dict[str, torch.Tensor] = {}

    def take(parts: Mapping[str, torch.Tensor], share: float = 1.0) -> None:
        torch.stack(list(parts.values())).sum().mul(share).backward()
        losses.update({key: share * value.detach() for key, value in parts.items()})

    with torch.autocast(device.type, torch.bfloat16, enabled=low):
        take(stance_losses(network, step.stance, device, taught))
        if step.tags is not None:
            take({"tags": tag_loss(network, step.tags, device)}, 0.5)
        if step.articles is not None:
            take({"articles": article_loss(network, step.articles, device)}, 0.2)
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
