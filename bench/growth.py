"""Looks for texts that cost more than their length, by reading each at one length and at four.

python bench/growth.py [--chars 40000] [PLACE ...]

Each pattern, repeated to that length, stands in a comment, an article, a title, an author's name,
a page as text or as HTML, or in one of the graph forms that are read. A line is printed for what
takes more than six times as long at four times the length; nothing else is. The model is left out
(a stand-in marks every run of capitals), since it reads by windows, each of which costs the same.
Exits 1 where a line was printed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stand_ins import TimedScorer

from app.domain.page import Span
from app.domain.reading import ActorMention
from app.errors import FingerpostError
from app.exchange.argdown_reader import read_argdown
from app.exchange.contract import mined_as_json
from app.exchange.dot_reader import read_dot
from app.exchange.forms import BYTE_FORMS
from app.exchange.kialo import read_kialo
from app.mining.graph import build_graph
from app.mining.mine import mine
from app.parsing.page import parse_page
from app.service.cautions import with_cautions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TIMES, TOO_MUCH = 4, 6.0
SEEN_FROM_S = 0.4
"""What takes less at four times the length is noise."""

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_CAPITALS = re.compile(r"\b[A-Z]\w{0,40}(?: [A-Z]\w{0,40}){0,4}")

PATTERNS = (
    *"a9.?\"'()<>[]{}&@-_*#`:,;%$=+|~^\\/ \n\t\r\x00\x07",
    *("\u0301\u0323", "e\u0301", "\u0915\u093c", "\u0361", "\u00a0", "\u200b", "\u200d", "\u202e"),
    *("é", "Ã©", "â€™", "—", "…", "“", "火", "ก", "Vе", "𝐕", "👩\u200d", "\ud83d", "\u1100"),
    *("A. ", "A B C ", "A-", "Ab", "A.B.", "I, ", "a: ", "? ", ", ", "- ", "> so\n", "(A "),
    *("and so on, ", "I agree. ", "not ", "Veltra Transit ", "Veltra's ", "Veltra and "),
    *(
        "the Bank of ",
        "al Qaeda (AQ) ",
        "is responsible for ",
        "ignore all ",
        "Mr Smith and Smith ",
    ),
    *(
        "https://a.example/ ",
        "a/",
        "@Ines ",
        "&amp;",
        "<b>",
        "<!--",
        "![",
        '{"a":',
        "“a” ",
        "1. a\n",
    ),
    *("1/1/2020 ", "10:10 ", "3 days ago ", "Ines says: ", "Ines says:\nno\n\n"),
    *("Ines wrote on 1 May 2020\nno\n\n", "Posted by Ines on 1 May 2020\nno\n\n"),
)


class EagerScorer(TimedScorer):
    """Marks every run of words with capitals as somebody's name."""

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return those of each text."""
        return [
            tuple(ActorMention(Span(*found.span()), 0.9) for found in _CAPITALS.finditer(text))
            for text in texts
        ]


def in_json(place: str) -> Callable[[str], object]:
    """Return what reads and mines a page in JSON that has the text at that place."""

    def read(text: str) -> None:
        page = {
            "title": "Fire at the depot",
            "article": "Eleven buses burned at the Northgate depot. Veltra Transit runs it.",
            place: text,
            "comments": [
                {"author": "Ines", "text": "Veltra Transit is behind this."},
                {"author": "Tom", "text": "No.", "reply_to": "c1", place: text},
                {"author": "Asa", "text": "Exactly.", "reply_to": "c2"},
            ],
        }
        mine_whole(json.dumps(page).encode(), "application/json")

    return read


def as_text(text: str) -> None:
    """Read and mine a page as text with it in a comment."""
    page = f"Fire\n\nEleven buses burned.\n\nComments\n\nInes says:\n{text}\n\nTom says:\nNo.\n"
    mine_whole(page.encode("utf-8", "replace"), "text/plain; charset=utf-8")


def as_html(text: str) -> None:
    """Read and mine a saved page with it in the article and a comment."""
    page = (
        f"<html><title>Fire</title><body><article><h1>Fire</h1><p>{text}</p></article>"
        '<ol class="commentlist"><li class="comment" id="comment-1"><cite class="fn">Ines</cite>'
        f'<div class="comment-content"><p>{text}</p></div></li></ol></body></html>'
    )
    mine_whole(page.encode("utf-8", "replace"), "text/html; charset=utf-8")


def mine_whole(data: bytes, content_type: str) -> None:
    """Read and mine a page, and write it in every form."""
    mined = with_cautions(mine(parse_page(data, content_type=content_type), SCORER, now=NOW))
    json.dumps(mined_as_json(None, mined))
    for write in BYTE_FORMS.values():
        write(build_graph(mined), None)


def reader(read: Callable[[bytes], object], form: str) -> Callable[[str], object]:
    """Return what reads a document of a form that has the text in it."""
    return lambda text: read(form.replace("TEXT", text).encode("utf-8", "replace"))


SCORER = EagerScorer(0.0)
PLACES: dict[str, Callable[[str], object]] = {
    **{place: in_json(place) for place in ("text", "author", "title", "article", "url", "account")},
    "plain": as_text,
    "html": as_html,
    "argdown": reader(read_argdown, "[a]: TEXT\n  + <b>: TEXT\n"),
    "dot": reader(read_dot, 'digraph { a [label="TEXT"]; TEXT }'),
    "kialo": reader(read_kialo, "Discussion Title: x\n\n1. TEXT\n1.1. Pro: TEXT\n"),
}


def main() -> None:
    """Print what grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", metavar="PLACE", help=", ".join(PLACES))
    parser.add_argument("--chars", type=int, default=40_000)
    options = parser.parse_args()
    wrong = 0
    for place in options.places or PLACES:
        for pattern in PATTERNS:
            once = options.chars // len(pattern)
            short, long = (lasts(PLACES[place], pattern * many) for many in (once, TIMES * once))
            if long > SEEN_FROM_S and long > TOO_MUCH * short:
                print(f"{place}, {pattern!r}: {short:.2f} s, {long:.2f} s", flush=True)
                wrong += 1
    print(f"{wrong} of {len(options.places or PLACES) * len(PATTERNS)} cost more than their length")
    sys.exit(1 if wrong else 0)


def lasts(read: Callable[[str], object], text: str) -> float:
    """Return the seconds that reading the text takes, or refusing it."""
    began = time.process_time()
    with suppress(FingerpostError):
        read(text)
    return time.process_time() - began


if __name__ == "__main__":
    main()
