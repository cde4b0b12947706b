"""Finds which comment of a text page another one answers, where the page's form shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.parsing.vocabulary import REPLYING_TO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.marks import Mark

_ANSWERS = re.compile(
    rf"\W*(?:{REPLYING_TO}(?!\w)|re|@)\s*:?\s*"
    r"(?P<to>@?[^\s:].{0,60}?)(?:['’]s (?:comment|post|reply))?\W*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:comment|post|no\.?|nr\.?)?\s*#?\s*(\d{1,5}(?:\.\d{1,5})*)", re.IGNORECASE)


def find_parents(marks: Sequence[Mark]) -> list[int | None]:
    """Return for each mark the place of the one that it answers by its form.

    What a header says ("NAME → NAME") goes before dotted numbers, and these before indentation.
    """
    by_depth = _parents_by_number(marks) or _parents_by_depth(marks)
    names = Names()
    parents: list[int | None] = []
    for at, mark in enumerate(marks):
        said = names.find(mark.header.to) if mark.header.to else None
        parents.append(said if said is not None else by_depth[at])
        names.add(at, mark)
    return parents


class Names:
    """The comments so far by author and by number, the latest of each."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def add(self, at: int, mark: Mark) -> None:
        """Remember the comment at place `at`."""
        self._places[_key(mark.header.author)] = at
        if mark.line.number is not None:
            self._places["#" + mark.line.number] = at

    def find(self, name: str) -> int | None:
        """Return the place of the latest comment by `name`, or of that number."""
        number = _PLACE.fullmatch(name.strip())
        if number and "#" + number.group(1) in self._places:
            return self._places["#" + number.group(1)]
        return self._places.get(_key(name))


def read_answer(line: str) -> str | None:
    """Return whom a comment's first line says it answers: "In reply to NAME:"."""
    match = _ANSWERS.fullmatch(line) if len(line) <= 100 else None  # noqa: PLR2004 - a short line
    return match["to"] if match else None


def _key(name: str) -> str:
    return name.strip(" @:,.()[]").casefold()


def _parents_by_number(marks: Sequence[Mark]) -> list[int | None] | None:
    """1, 1.1, 1.2, 1.2.1, 2: a number answers the one that it goes on from."""
    numbers = [mark.line.number for mark in marks]
    if not any(number and "." in number for number in numbers):
        return None
    places: dict[str, int] = {}
    parents: list[int | None] = []
    for at, number in enumerate(numbers):
        stem = number.rpartition(".")[0] if number else ""
        parents.append(places.get(stem) if stem else None)
        if number:
            places[number] = at
    return parents


def _parents_by_depth(marks: Sequence[Mark]) -> list[int | None]:
    above: list[tuple[int, int]] = []
    parents: list[int | None] = []
    for at, mark in enumerate(marks):
        while above and above[-1][0] >= mark.line.depth:
            above.pop()
        parents.append(above[-1][1] if above else None)
        above.append((mark.line.depth, at))
    return parents
