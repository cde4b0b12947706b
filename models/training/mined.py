"""Training pages under the actors that mining finds, in the place of those that labels name.

    python -m models.training.mined --model models/small --data runs/data

Mining misses some of an actor's names, has an actor twice, and offers passers-by: a model that
only knows clean lists takes an unknown name for nobody's, and a passer-by for somebody. Needs a
first model, for its tags; writes mined.json.gz, names of every actor found by page, into the
training folder.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

from app.domain.naming import NameFinder, fold
from app.mining.names import SMALL_WORDS
from models.training.asked import read_asked
from models.training.candidates import names_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any

    from models.training.pages import LabelledPage

Key = tuple[str, ...]
"""The words of a name that carry it, folded."""

_WORD = re.compile(r"\w+")


def main() -> None:
    """Find the actors of the training pages and write them beside the training data."""
    scorer, parts, data = read_asked(__doc__)
    training = parts.training
    found = {page["id"]: names_found(page, scorer) for page in training}
    with gzip.open(data / "mined.json.gz", "wt", encoding="utf-8") as out:
        json.dump(found, out, ensure_ascii=False)
    known = sum(who is not None for page in training for who in match(page, found[page["id"]]))
    print(f"{sum(map(len, found.values()))} actors of {len(found)} pages, {known} labelled")


def as_mined(page: LabelledPage, found: Sequence[Sequence[str]]) -> LabelledPage:
    """Return the page with the actors that mining found, and their labels where they have one.

    Of several that are the same labelled actor the comment's label goes to those that it names, or
    to the likeliest; what the others' would be is left open.
    """
    actors = [
        {"id": f"found-{place}", "name": names[0], "aliases": list(names[1:])}
        for place, names in enumerate(found)
    ]
    same: dict[str, list[str]] = {}
    for place, gold in enumerate(match(page, found)):
        if gold is not None:
            same.setdefault(gold, []).append(f"found-{place}")
    finder = NameFinder({f"found-{place}": names for place, names in enumerate(found)})
    comments = [
        {**comment, "attributions": list(_rows(comment, same, finder.find(comment["text"]).keys()))}
        for comment in page["comments"]
    ]
    return {**page, "actors": actors, "comments": comments}


def _rows(
    comment: Mapping[str, Any], same: Mapping[str, Sequence[str]], named: Iterable[str]
) -> Iterable[dict[str, Any]]:
    here = set(named)
    for row in comment["attributions"]:
        places = same.get(row["actor"], ())
        told = [actor for actor in places if actor in here] or places[:1]
        for actor in places:
            yield {**row, "actor": actor} if actor in told else {"actor": actor, "label": None}


def match(page: LabelledPage, found: Sequence[Sequence[str]]) -> list[str | None]:
    """Return which labelled actor each found one is: of an equal name, else of one inside."""
    golds = {actor["id"]: _keys([actor["name"], *actor["aliases"]]) for actor in page["actors"]}
    return [_first(_keys(names), golds) for names in found]


def _first(own: AbstractSet[Key], golds: Mapping[str, AbstractSet[Key]]) -> str | None:
    for alike in (_are_equal, _is_inside):
        for actor, keys in golds.items():
            if any(alike(one, other) for one in own for other in keys):
                return actor
    return None


def _keys(names: Iterable[str]) -> frozenset[Key]:
    keys = (
        tuple(word for word in _WORD.findall(fold(name)) if word not in SMALL_WORDS)
        for name in names
    )
    return frozenset(key for key in keys if key)


def _are_equal(one: Key, other: Key) -> bool:
    return one == other


def _is_inside(one: Key, other: Key) -> bool:
    short, long = sorted((one, other), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


if __name__ == "__main__":
    main()
