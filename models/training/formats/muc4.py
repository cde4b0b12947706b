"""MUC-4 (1992): reports on terrorism in Latin America with the organisations that did it.

The release has texts (`dev-muc3-0001-0100`, `tst1-muc3` ...) and keys (`key-dev-0001-0100`,
`key-tst1` ...) in files of their own. A path is one of our JSON lines, or a folder that holds both
kinds: files whose names begin with "key" are keys. Other slots than organisations are not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.training.formats.pairs import is_rows
from models.training.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from models.training.metrics import Entity

_DOCUMENT = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})\b[^\n]*$", re.MULTILINE)
_SLOT = re.compile(r"^(\d+)\.\s+([A-Z ]+:[A-Z ]*?)(?:\s{2,}|\t|$)(.*)$")
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Report:
    """One document; `organisations` are its responsible ones, each with all its names there."""

    id: str
    text: str
    organisations: tuple[Entity, ...]


def read(path: Path) -> list[Report]:
    """Return the documents of a file of rows or of a folder of texts and keys."""
    if is_rows(path):
        return [
            _report(
                row["docid"],
                row["text"],
                [names for own in row["templates"] for names in own["perp_orgs"]],
            )
            for row in read_rows(path)
        ]
    keys: dict[str, list[list[str]]] = {}
    texts: dict[str, str] = {}
    for file in sorted(own for own in path.rglob("*") if own.is_file()):
        content = file.read_text("latin-1")
        if file.name.lower().startswith("key"):
            for document, names in organisations_of_key(content):
                keys.setdefault(document, []).extend(names)
        else:
            texts.update(_texts(content))
    # A text without a key belongs to another part of the corpus.
    return [_report(own, texts[own], keys[own]) for own in texts if own in keys]


def organisations_of_key(content: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each template's document and the names of its organisations, alternatives together.

    `"A" / "B"` are two names of one; a further line is a further organisation; "?" marks one that
    is optional and counts all the same; "-" and "*" say that there is none.
    """
    document, names, inside = "", list[list[str]](), False
    for line in content.splitlines():
        if line.startswith(";"):
            continue
        slot = _SLOT.match(line.rstrip())
        said = line.strip()
        if slot is not None:
            number, name, said = slot.groups()
            inside = name.strip().endswith("ORGANIZATION ID")
            if int(number) == 0:
                if document:
                    yield document, names
                document, names = said.split()[0], []
                continue
        elif not said:
            inside = False
        if inside and (own := [name.strip() for name in _QUOTED.findall(said) if name.strip()]):
            names.append(own)
    if document:
        yield document, names


def merged(entities: Iterable[Sequence[str]], text: str) -> tuple[Entity, ...]:
    """Return the entities of all templates of a document, each once, with names that it holds.

    Source: preprocessing of GRIT's release: one whose names are all among another's is that one,
    and names that do not stand in the text are left out.
    """
    words = " ".join(text.lower().split())
    kept: list[set[str]] = []
    for entity in entities:
        names = {name.lower() for name in entity}
        if not any(names <= own or own <= names for own in kept):
            kept.append(names)
    here = [sorted(name for name in own if " ".join(name.split()) in words) for own in kept]
    return tuple(tuple(own) for own in here if own)


def _report(document: str, text: str, entities: Iterable[Sequence[str]]) -> Report:
    return Report(document, text, merged(entities, text))


def _texts(content: str) -> Iterator[tuple[str, str]]:
    heads = list(_DOCUMENT.finditer(content))
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(content)
        yield head.group(1), content[head.end() : end].strip()
