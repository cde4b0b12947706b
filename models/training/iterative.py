"""What a thread weighs beside a comment's own words, on pages that no weights have read.

    python -m models.training.iterative --models small base --data runs/data

Prints `ACTORS` and `ACCOUNT` of app/mining/iterative_weights.py, fitted to what the models say of
the tuning pages and of the unread ones, actors given, replies given and withheld. Prints too, of
each model's pages, attribution F1 and the account's macro-F1, as the model reads comments alone and
as the thread makes them: of pages that are fitted on by weights of all other domains, and of the
report pages, which nothing is fitted on.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from app.domain.stance import LABELS, Label
from app.mining.collective import ACCOUNT_BAR, GIVEN_BARS
from app.mining.iterative import judge_accounts, judge_actors, thread_of
from app.mining.iterative_weights import Weights
from app.mining.mine import find_claims
from app.mining.neighbours import around_account, around_actors
from app.mining.readings import score_comments
from app.mining.tendencies import Naming
from app.parsing.page import parse_page
from models.training.asked import load_served
from models.training.candidates import given_as_json
from models.training.data import read_json
from models.training.metrics import COMMENT, attribution_f1, macro_f1
from models.training.pages import labels_of, split_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.mining.neighbours import Surroundings, Thread
    from app.mining.scorer import Scorer
    from models.training.metrics import Floats, Ints
    from models.training.pages import LabelledPage

SWEEPS = 3
"""A fourth took the loss of domains that were held out from .3024 to .3018 when it was tried."""

PENALTY = 3e-4
"""Of the squared distance of each weight from the model's own word, beside the mean loss a row."""

OWN = 0
"""The place of the model's own word in the logarithms."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A thread [C comments, A actors] with its true labels [C, A], [C] and where it is from."""

    thread: Thread
    gold: Ints
    gold_accounts: Ints
    domain: str
    origin: str


class Rows(NamedTuple):
    """What stands around N queries, with their kinds and true labels."""

    logs: Floats
    numbers: Floats
    kinds: Ints
    gold: Ints


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    parts = split_pages(read_json(args.data / "pages.json.gz"))
    by_name = {"tuning": parts.tuning, "unread": parts.unread, "report": parts.report}
    fitted: list[Labelled] = []
    report: list[Labelled] = []
    for model in args.models:
        scorer = load_served(model)
        for name, pages in by_name.items():
            own = list(read_threads(pages, scorer, origin=f"{model} {name}"))
            (report if name == "report" else fitted).extend(own)
    actors, account = fit_weights(fitted)
    print("ACTORS =", actors)
    print("ACCOUNT =", account)
    judged = [(own, *judge(own, actors, account)) for own in report]
    for domain in sorted({own.domain for own in fitted}):
        others = fit_weights([own for own in fitted if own.domain != domain])
        judged += [(own, *judge(own, *others)) for own in fitted if own.domain == domain]
    for origin in sorted({own.origin for own in (*fitted, *report)}):
        here = [own for own in judged if own[0].origin == origin]
        alone = [(own, own.thread.own, own.thread.accounts) for own, *_ in here]
        for name, rows in (("alone", alone), ("in threads", here)):
            print(f"{origin}, {name}: {attribution_of(rows):.4f}, account {account_of(rows):.4f}")


def read_threads(
    pages: Iterable[LabelledPage], scorer: Scorer, *, origin: str
) -> Iterator[Labelled]:
    """Yield each page as the model reads it, once with its replies and once without."""
    for page in pages:
        for with_replies in (True, False):
            sent = given_as_json(page, with_replies=with_replies)
            linked, claims = find_claims(parse_page(sent, content_type="application/json"), scorer)
            comments = claims.as_read(linked.comments)
            scores = score_comments(comments, claims, scorer)
            speaking = [own for own in comments if scores[own.id].actors]
            if not speaking:
                continue
            labels = labels_of(page)
            actors = list(scores[speaking[0].id].actors)
            gold = [
                [LABELS.index(labels.get((own.id, actor), Label.COMMENT)) for actor in actors]
                for own in speaking
            ]
            accounts = {
                own["id"]: LABELS.index(Label(own["account_stance"]["label"] or "comment"))
                for own in page["comments"]
            }
            how = "given" if with_replies else "withheld"
            yield Labelled(
                thread_of(speaking, claims, scores),
                np.asarray(gold),
                np.asarray([accounts[own.id] for own in speaking]),
                page["id"][0],
                f"{origin}, replies {how}",
            )


def fit_weights(threads: Sequence[Labelled]) -> tuple[tuple[Weights, ...], Weights]:
    """Return the weights of every sweep, each fitted to what the one before holds, and the last.

    That is the one of stances to the account.
    """
    sweeps: list[Weights] = []
    gold = [own.gold for own in threads]
    namings = [own.thread.namings for own in threads]
    for _ in range(SWEEPS):
        held = [judge_actors(own.thread, sweeps) for own in threads]
        around = [around_actors(own.thread, at) for own, at in zip(threads, held, strict=True)]
        sweeps.append(fit(rows_of(around, namings, gold)))
    held = [judge_actors(own.thread, sweeps) for own in threads]
    around = [around_account(own.thread, at) for own, at in zip(threads, held, strict=True)]
    gold = [own.gold_accounts for own in threads]
    return tuple(sweeps), fit(rows_of(around, [np.zeros_like(own) for own in gold], gold))


def rows_of(around: Sequence[Surroundings], kinds: Sequence[Ints], gold: Sequence[Ints]) -> Rows:
    """Return what stands around the queries of all threads, of those kinds, as rows."""
    return Rows(
        np.concatenate([_stacked(own.logs) for own in around]),
        np.concatenate([own.numbers.reshape(-1, own.numbers.shape[-1]) for own in around]),
        np.concatenate([own.ravel() for own in kinds]),
        np.concatenate([own.ravel() for own in gold]),
    )


def _stacked(logs: Sequence[Floats]) -> Floats:
    """Return L arrays [C, A, 4] as rows [C * A, L, 4]."""
    return np.stack(logs, axis=2).reshape(-1, len(logs), len(LABELS))


def fit(rows: Rows) -> Weights:
    """Return the weights, to two digits, that make the labels likeliest."""
    logs, numbers, kinds, gold = (torch.tensor(own) for own in rows)
    many = int(kinds.max()) + 1
    start = torch.zeros(many, logs.shape[1], dtype=torch.double)
    start[:, OWN] = 1.0
    of_logs = start.clone().requires_grad_()
    biases = torch.zeros(many, COMMENT, dtype=torch.double, requires_grad=True)
    of_numbers = torch.zeros(numbers.shape[1], COMMENT, dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [of_logs, biases, of_numbers], max_iter=200, line_search_fn="strong_wolfe"
    )

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        logits = torch.einsum("nik,ni->nk", logs, of_logs[kinds])
        sides = biases[kinds] + numbers @ of_numbers
        logits = logits + torch.nn.functional.pad(sides, (0, 1))
        loss = torch.nn.functional.cross_entropy(logits, gold)
        distances = ((of_logs - start), biases, of_numbers)
        loss = loss + PENALTY * torch.stack([own.square().sum() for own in distances]).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return Weights(
        *(
            tuple(tuple(round(value, 2) for value in row) for row in own.tolist())
            for own in (of_logs, biases, of_numbers)
        )
    )


def judge(own: Labelled, sweeps: Sequence[Weights], account: Weights) -> tuple[Floats, Floats]:
    """Return the shares of a thread's stances to actors [C, A, 4] and to the account [C, 4]."""
    actors = judge_actors(own.thread, sweeps)
    return actors, judge_accounts(own.thread, actors, account)


def attribution_of(judged: Sequence[tuple[Labelled, Floats, Floats]]) -> float:
    """Return the attribution F1 of threads' shares with the bars of the service."""
    gold, found = [], []
    for own, shares, _ in judged:
        is_named = own.thread.namings == Naming.ACTOR
        found.append(_labels(shares, np.where(is_named, GIVEN_BARS[True], GIVEN_BARS[False])))
        gold.append(own.gold.ravel())
    return attribution_f1(np.concatenate(gold), np.concatenate(found))


def account_of(judged: Sequence[tuple[Labelled, Floats, Floats]]) -> float:
    """Return the macro-F1 of the stances to accounts with the bar of the service."""
    gold = np.concatenate([own.gold_accounts for own, *_ in judged])
    shares = np.concatenate([own for *_, own in judged])
    return macro_f1(gold, _labels(shares, np.asarray(ACCOUNT_BAR)), range(len(LABELS)))


def _labels(shares: Floats, bars: Floats) -> Ints:
    takes_side = 1.0 - shares[..., COMMENT] >= bars
    labels: Ints = np.where(takes_side, shares[..., :COMMENT].argmax(-1), COMMENT).ravel()
    return labels


if __name__ == "__main__":
    main()
