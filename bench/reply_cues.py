"""Fits the weights of the reply cues and measures every rule of app.mining.replies.

python bench/reply_cues.py PAGES_DIR [--held-out]

PAGES_DIR holds labelled pages, one JSON file each. Pages of the domains a, c, n and s (first
letter of the id) are held out: they are measured only with --held-out, and never fitted.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from app.domain.page import Article, Comment, Page
from app.mining.continuation import BASE, WEIGHTS, Conversation, Cue
from app.mining.replies import Sign, infer_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HELD_OUT = frozenset("acns")
PENALTY = 0.5
"""Weight of the squared weights in the loss, summed over all comments: a prior that keeps cues
which few comments show from growing without end."""


def flat_page(labelled: dict[str, Any]) -> Page:
    """Return a labelled page with its replies withheld."""
    return Page(
        Article(labelled["title"], labelled["article"] or ""),
        tuple(
            Comment(row["id"], row["text"], author=row["author"]) for row in labelled["comments"]
        ),
    )


def cases(pages: Sequence[dict[str, Any]]) -> Iterator[tuple[frozenset[Cue], bool]]:
    """Yield the cues of each comment and whether it answers the one above.

    Comments that a plainer sign links are left out. What the comments before it answer
    is taken as inferred, as it will be on a flat page.
    """
    for labelled in pages:
        page = flat_page(labelled)
        links = infer_links(page)
        positions = {comment.id: at for at, comment in enumerate(page.comments)}
        conversation = Conversation(f"{page.article.title or ''}\n{page.article.text}")
        for at, (comment, row) in enumerate(zip(page.comments, labelled["comments"], strict=True)):
            link = links.get(comment.id)
            if at and (link is None or link.sign is Sign.CONTINUES):
                cues = frozenset(conversation.cues(comment.text, comment.author))
                yield cues, row["reply_to"] == page.comments[at - 1].id
            answers = positions[link.reply_to] if link else None
            conversation.add(comment.text, comment.author, answers=answers)


def fit(pages: Sequence[dict[str, Any]]) -> tuple[float, dict[Cue, float]]:
    """Return the base and the weights of a logistic regression on the cues."""
    rows = list(cases(pages))
    inputs = torch.tensor([[float(cue in cues) for cue in Cue] for cues, _ in rows])
    answers = torch.tensor([float(answer) for _, answer in rows])
    weights = torch.zeros(len(Cue), requires_grad=True)
    base = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, base], max_iter=300)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        logits = inputs @ weights + base
        fitted = torch.nn.functional.binary_cross_entropy_with_logits(logits, answers)
        total = fitted + PENALTY * (weights**2).sum() / len(rows)
        total.backward()
        return total

    optimizer.step(loss)
    return base.item(), dict(zip(Cue, weights.tolist(), strict=True))


def measure(name: str, pages: Sequence[dict[str, Any]]) -> None:
    """Print precision, recall and F1 of the inferred links, each rule's, and the two floors."""
    made: Counter[Sign] = Counter()
    right: Counter[Sign] = Counter()
    replies = above = comments = 0
    for labelled in pages:
        gold = {row["id"]: row["reply_to"] for row in labelled["comments"]}
        ids = list(gold)
        replies += sum(answered is not None for answered in gold.values())
        above += sum(gold[ids[at]] == ids[at - 1] for at in range(1, len(ids)))
        comments += len(ids) - 1
        for comment, link in infer_links(flat_page(labelled)).items():
            made[link.sign] += 1
            right[link.sign] += gold[comment] == link.reply_to
    print(f"{name}: {len(pages)} pages, {replies} replies")
    print("  always above ", _figures(above, comments, replies), "  never: F1 0")
    print("  inferred     ", _figures(right.total(), made.total(), replies))
    for sign in Sign:
        print(f"  {sign.value:13} {right[sign]:5} of {made[sign]:5} right")


def _figures(right: int, made: int, true: int) -> str:
    precision, recall = right / max(1, made), right / max(1, true)
    f1 = 2 * right / max(1, made + true)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def main() -> None:
    """Print the fitted weights beside those in use, then what the rules reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    pages = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(arguments.pages.glob("*.json"))
    ]
    known = [page for page in pages if page["id"][0] not in HELD_OUT]
    base, weights = fit(known)
    print(f"BASE {base:.2f} (in use {BASE})")
    for cue, weight in weights.items():
        print(f"Cue.{cue.name}: {weight:.2f}, (in use {WEIGHTS.get(cue)})")
    measure("development", known)
    if arguments.held_out:
        measure("held out", [page for page in pages if page["id"][0] in HELD_OUT])


if __name__ == "__main__":
    main()
