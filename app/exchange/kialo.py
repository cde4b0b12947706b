"""Reads a discussion as Kialo exports it in text into an argument graph.

Claims are numbered by their place ("1.2.1."), and Pro or Con says how each stands to the one above.
Who said what, votes and comments are not in that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.errors import UnreadablePage
from app.exchange.attributes import checked_id
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Mapping

_TITLE = re.compile(r"Discussion (?:Title|Name): ?(.*)")
_CLAIM = re.compile(r"((?:\d+\.)+) (?:(Pro|Con): )?(.*)", re.ASCII)
_SEE = re.compile(r"-> See ((?:\d+\.)+)\s*\Z", re.ASCII)
_BACKSLASHED = re.compile(r"\\([\[\]()])")
_LINK = re.compile(r"(?<!\\)\[([^\[\]]*)\]\([^()\s]*\)")

_RELATIONS: Mapping[str, tuple[NodeKind, str]] = {
    "Pro": (NodeKind.INFERENCE, "Default Inference"),
    "Con": (NodeKind.CONFLICT, "Default Conflict"),
}


def read_kialo(data: bytes, tally: LossTally | None = None) -> ArgumentGraph:
    """Return the graph of a discussion in UTF-8; `tally` hears of what it cannot hold.

    The topmost claim stands for the account, all others for comments; ids are Kialo's numbers
    without the last point. A claim that only refers to another one is that one.

    Raises:
        UnreadablePage: it is no such text, a number comes twice, or one leads nowhere.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePage("expected Kialo's text in UTF-8, got other bytes") from error
    return _Discussion(text, tally or LossTally()).graph()


@dataclass(slots=True)
class _Claim:
    """A numbered claim; its text may go on over further lines."""

    number: str
    stance: str | None
    lines: list[str] = field(default_factory=list)

    @property
    def above(self) -> str | None:
        """The number of the claim it stands under."""
        return self.number.rpartition(".")[0] or None

    @property
    def refers_to(self) -> str | None:
        """The number of the claim that stands here again, None if this one has words."""
        found = _SEE.match("\n".join(self.lines))
        return found[1].rstrip(".") if found else None


class _Discussion:
    """The claims of a discussion by number, and what is made of them."""

    def __init__(self, text: str, tally: LossTally) -> None:
        self._tally = tally
        self._claims: dict[str, _Claim] = {}
        for at, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
            self._read(at, line)
        if not self._claims:
            raise UnreadablePage("expected a claim such as '1. We should.', got none")
        self._same = {
            number: other
            for number, claim in self._claims.items()
            if (other := claim.refers_to) is not None
        }

    def _read(self, at: int, line: str) -> None:
        found = _CLAIM.match(line)
        # One number alone begins the discussion; later it is a list inside a claim.
        if found and (not self._claims or found[1].count(".") > 1):
            number = checked_id(found[1].rstrip("."), f"line {at}")
            if number in self._claims:
                raise UnreadablePage(f"line {at}: expected each number once, got {number} again")
            self._claims[number] = _Claim(number, found[2], [found[3]])
        elif self._claims:
            self._claims[next(reversed(self._claims))].lines.append(line)
        elif _TITLE.match(line):
            self._tally.add("the title of the discussion", f"line {at}")
        elif line.strip():
            self._tally.add("a line before the first claim", f"line {at}")

    def graph(self) -> ArgumentGraph:
        """Return the graph of the whole discussion."""
        top = next(iter(self._claims))
        if top in self._same:
            raise UnreadablePage(f"claim {top:.100}: expected words, got a reference")
        nodes = [self._node(c) for number, c in self._claims.items() if number not in self._same]
        edges: list[Edge] = []
        for number, claim in self._claims.items():
            if number == top:
                continue
            ends = (self._real(number, number), self._real(claim.above, number))
            if claim.stance is None:
                self._tally.add("how a claim stands to the one above: neither Pro nor Con", number)
                continue
            kind, scheme = _RELATIONS[claim.stance]
            key = f"{number}/{claim.stance}"
            nodes.append(Node(key, kind, scheme, About.RELATION, scheme=scheme))
            edges += [Edge(ends[0], key), Edge(key, ends[1])]
        return ArgumentGraph(tuple(nodes), tuple(edges))

    def _real(self, number: str | None, place: str) -> str:
        """Return the number of the claim whose words stand at `number`."""
        real = self._same.get(number or "", number or "")
        if real not in self._claims or real in self._same:
            raise UnreadablePage(
                f"claim {place:.100}: expected {real or 'the one above':.100} to be a claim"
            )
        return real

    def _node(self, claim: _Claim) -> Node:
        text = "\n".join(claim.lines).strip()
        bare, links = _LINK.subn(r"\1", text)
        if links:
            self._tally.add("the address of a link", claim.number)
        top = claim.number == next(iter(self._claims))
        return Node(
            claim.number,
            NodeKind.INFORMATION,
            _BACKSLASHED.sub(r"\1", bare),
            About.ACCOUNT if top else About.COMMENT,
        )
