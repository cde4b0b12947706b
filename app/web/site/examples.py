"""The pages that anybody can try: those that lie beside the package, in a checkout and a wheel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import app
from app.errors import NotFound

FOLDER = Path(app.__file__).resolve().parent.parent / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A page to try, with a sentence about it."""

    name: str
    title: str
    about: str

    def read(self) -> bytes:
        """Return the file's bytes."""
        return (FOLDER / self.name).read_bytes()


EXAMPLES = (
    Example(
        "missing-rifles.txt",
        "412 rifles gone from UN container",
        "An article and its comments, pasted as text",
    ),
    Example(
        "okribo-oil-spill.html",
        "Oil thieves caused Okribo spill?",
        "A saved web page with nested replies",
    ),
    Example(
        "exchange-collapse.json",
        "Quillex says hackers took $212m",
        "A page in JSON, with the replies in it",
    ),
)
"""Invented pages, all three; the first is the one that `make run` mines."""


def find_examples() -> tuple[Example, ...]:
    """Return the examples that are there."""
    return tuple(each for each in EXAMPLES if (FOLDER / each.name).is_file())


def find_example(name: str) -> Example:
    """Return the example of that name.

    Raises:
        NotFound: there is none.
    """
    for each in find_examples():
        if each.name == name:
            return each
    raise NotFound(f"expected the name of an example, got {name[:60]!r}")
