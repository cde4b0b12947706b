"""Every figure of one or several models on development data, with floors, intervals and checks.

    python -m models.training.evaluate --shared ../shared models/small
    python -m models.training.evaluate --shared ../shared runs/small-0 runs/small-1 runs/small-2
    python -m models.training.evaluate --shared ../shared models/small --only vast --read vast=FILE

Several models are seeds of one recipe: means and deviations are over them. `--read NAME=PATH` takes
a corpus from its official release in place of our rows. `--folds` takes five models, each trained
without its fold (`train --fold N`), and gives DEBAGREEMENT's figure; `--page-folds` takes two, each
trained without its domains (`train --page-fold N`), and gives the figures of the pages that train,
by weights that read none of their domain. `--without` takes away what a text is understood from.
`--check` fails where a figure fell below the model's floors.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from models.training.ablation import ABLATIONS, ablated
from models.training.folds import FOLDS, PAGE_FOLDS, fold_of, pages_of_fold
from models.training.formats import muc4, wnut17
from models.training.formats.pairs import as_examples
from models.training.pages import read_pages, split_pages
from models.training.reader import Reader, load_reader
from models.training.report import (
    Figure,
    as_json,
    fallen,
    reliability_lines,
    table_lines,
    write_floors,
)
from models.training.tasks.names import name_figures
from models.training.tasks.onepass import page_comparison, pair_comparison
from models.training.tasks.pages import (
    answer_pages,
    domain_figures,
    figures_of_page_answers,
    page_figures,
    pool_answers,
)
from models.training.tasks.pairs import (
    DEBAGREEMENT,
    PAIR_TASKS,
    VAST,
    PairAnswers,
    answer_examples,
    figures_of_answers,
    pair_figures,
)
from models.training.tasks.perpetrators import perpetrator_figures
from models.training.tasks.swaps import swap_figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.training.metrics import Bin
    from models.training.pages import LabelledPage
    from models.training.tasks.pairs import PairTask

Row = TypeVar("Row")

ROWS = {
    **{task.name: task.rows for task in (*PAIR_TASKS, DEBAGREEMENT)},
    "muc4": "data/actors/muc4_dev.jsonl",
    "muc4_dev": "data/actors/muc4_dev.jsonl",
    "muc4_train": "data/actors/muc4_train.jsonl",
    "wnut17": "data/actors/ner/wnut17_dev.jsonl",
    "wnut17_train": "data/actors/ner/wnut17_train.jsonl",
    "pages": "pages/train",
}
"""Where the development rows of each corpus lie below `--shared`."""

TASKS = (*(task.name for task in PAIR_TASKS), "pages", "wnut17", "muc4", "groups", "onepass")


def main() -> None:
    """Measure what the command line names; exit with 1 where a check fails."""
    args = _arguments()
    material = Material(args.shared, dict(own.split("=", 1) for own in args.read), args.limit)
    figures: dict[str, list[Figure]] = {}
    tables: dict[str, dict[str, list[Bin]]] = {}
    for folder in args.models:
        reader = load_reader(folder)
        figures[str(folder)], tables[str(folder)] = measure(
            reader, material, args.only, args.without
        )
    if args.folds:
        readers = [load_reader(folder) for folder in args.folds]
        figures.setdefault("folds", []).extend(fold_figures(readers, material))
    if args.page_folds:
        readers = [load_reader(folder) for folder in args.page_folds]
        figures["page folds"], tables["page folds"] = page_fold_figures(readers, material)
    _print(figures, tables)
    if args.json:
        args.json.write_text(json.dumps(as_json(figures), indent=1) + "\n", "utf-8")
    failures = []
    for folder in args.models:
        own = figures[str(folder)]
        if args.write_floors:
            write_floors(folder, own)
        if args.check:
            failures += [f"{folder}: {failure}" for failure in fallen(folder, own)]
    print(*failures, sep="\n", file=sys.stderr)
    sys.exit(1 if failures else 0)


def _print(
    figures: Mapping[str, Sequence[Figure]], tables: Mapping[str, Mapping[str, Sequence[Bin]]]
) -> None:
    for line in table_lines(figures):
        print(line)
    for model, own in tables.items():
        for name, table in own.items():
            print(f"\n{model}", *reliability_lines(name, table), sep="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("models", type=Path, nargs="*", help="folders of seeds of one recipe")
    parser.add_argument("--shared", type=Path, required=True, help="the research data's folder")
    parser.add_argument("--only", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--read", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--without", nargs="+", choices=ABLATIONS, default=())
    parser.add_argument("--folds", type=Path, nargs=FOLDS, help="models trained without a fold")
    parser.add_argument(
        "--page-folds", type=Path, nargs=len(PAGE_FOLDS), help="models trained without a page fold"
    )
    parser.add_argument("--limit", type=int, help="rows of each corpus: for trying things out")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--check", action="store_true", help="compare with floors.json")
    parser.add_argument("--write-floors", action="store_true", help="write floors.json")
    args = parser.parse_args()
    if not args.models and not args.folds and not args.page_folds:
        parser.error("expected a model's folder, five with --folds, or two with --page-folds")
    if args.limit is not None and (args.check or args.write_floors):
        parser.error("figures of a few rows are no floors: --limit goes without --check")
    return args


class Material:
    """The development data: where each corpus lies, and how many rows of it are read."""

    def __init__(self, shared: Path, given: dict[str, str], limit: int | None) -> None:
        unknown = sorted(set(given) - set(ROWS))
        if unknown:
            raise SystemExit(f"expected --read with one of {', '.join(ROWS)}, got {unknown[0]}")
        self._shared, self._given, self._limit = shared, given, limit

    def path(self, name: str) -> Path:
        """Return where a corpus lies."""
        return Path(self._given[name]) if name in self._given else self._shared / ROWS[name]

    def some(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows, or as many of them as are wanted, from all over the corpus."""
        if self._limit is None or len(rows) <= self._limit:
            return rows
        return [rows[place] for place in np.linspace(0, len(rows) - 1, self._limit).astype(int)]


def measure(
    reader: Reader, material: Material, only: Sequence[str], without: Sequence[str]
) -> tuple[list[Figure], dict[str, list[Bin]]]:
    """Return the figures of one model, and the reliability tables of its heads."""
    figures: list[Figure] = []
    tables: dict[str, list[Bin]] = {}
    vary = partial(ablated, without=without)
    for task in PAIR_TASKS:
        if task.name in only:
            own, table = pair_figures(
                reader, task, material.some(task.read(material.path(task.name))), vary
            )
            figures += own
            tables |= table
    report: Sequence[LabelledPage] = ()
    if {"pages", "groups", "onepass"} & set(only):
        report = material.some(split_pages(read_pages(material.path("pages"))).report)
    if "pages" in only:
        own, table = page_figures(reader, report, vary)
        figures += own
        tables |= table
    if "wnut17" in only:
        train = wnut17.read(material.path("wnut17_train"))
        figures += name_figures(reader, material.some(wnut17.read(material.path("wnut17"))), train)
    if "muc4" in only:
        figures += perpetrator_figures(
            reader,
            material.some(muc4.read(material.path("muc4"))),
            muc4.read(material.path("muc4_train")),
            material.some(muc4.read(material.path("muc4_dev"))),
        )
    if "groups" in only:
        figures += swap_figures(reader, report)
    if "onepass" in only:
        figures += pair_comparison(reader, VAST, material.some(VAST.read(material.path("vast"))))
        figures += page_comparison(reader, report)
    return figures, tables


def fold_figures(
    readers: Sequence[Reader], material: Material, task: PairTask = DEBAGREEMENT
) -> list[Figure]:
    """Return the figures of a corpus whose every row is answered by the model that never saw it."""
    pairs = material.some(task.read(material.path(task.name)))
    folds = np.asarray([fold_of(own.group) for own in pairs])
    parts = []
    order: list[int] = []
    for fold, reader in enumerate(readers):
        rows = np.flatnonzero(folds == fold).tolist()
        order += rows
        examples = as_examples([pairs[row] for row in rows], task.kind)
        parts.append(answer_examples(reader, task, examples))
    pooled = PairAnswers(
        *(np.concatenate([getattr(own, key) for own in parts]) for key in PairAnswers.__slots__)
    )
    return list(figures_of_answers(task, [pairs[row] for row in order], pooled))


def page_fold_figures(
    readers: Sequence[Reader], material: Material
) -> tuple[list[Figure], dict[str, list[Bin]]]:
    """Return the figures of the pages that train, each answered by who read none of its domain.

    What is not of the network (tendencies of threads, nouns of roles) was counted on these pages:
    figures "in threads" are a little flattered, those of comments read alone are not.
    """
    pages = read_pages(material.path("pages"))
    answers = pool_answers(
        [
            answer_pages(reader, material.some(pages_of_fold(pages, fold)))
            for fold, reader in enumerate(readers)
        ]
    )
    figures, tables = figures_of_page_answers("page_folds", answers)
    return [*figures, *domain_figures("page_folds", answers)], tables


if __name__ == "__main__":
    main()
