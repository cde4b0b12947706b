"""Takes a name apart: its words, which of them is the head, and which only qualify it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.page import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

PREPOSITIONS = frozenset("of in for from at to with behind inside near on by against under".split())

SMALL_WORDS = PREPOSITIONS | frozenset(
    "the a an and & al el la le les de des del du di da der die das von van bin ibn e y".split()
)
"""Words that carry no name by themselves; an acronym may leave them out."""

_MAX_LENGTH = 120
"""Code points of a mention; the longest labelled name has 49."""

_OPENERS = frozenset(
    "the a an some any this that these those his her their its my our your another such same "
    "said and or but if so as of in for from at to with behind by was were is are has had "
    "have did do not only also even mr mrs ms miss mx i me we you he she it they them him us there "
    "here what when where why how yes no ok well then now just maybe still yet because".split()
)
_CLOSERS = SMALL_WORDS - {"y", "e"} | frozenset(
    "or but was were is are has had have did do who that which said says not".split()
)
"""Words that a mention may wrongly begin or end with; no name does."""

WORDS_TOO = re.compile(r"(?:US|U\.S\.|WHO)(?!\w)")
"""Names that are written like small words but for their capitals."""

_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
"""Where a name run into one word has its seam: CleanHands, but not McDonald."""

_WORD = re.compile(r"[^\s\-‐‑–/]+")
_OF_NAMES = re.compile(r"[\w$&]")
_POSSESSIVE = re.compile(r"['’ʼ]s$|(?<=s)['’ʼ]$", re.IGNORECASE)

_MIN_PLURAL = 4
"""Letters of the shortest plural that a rule can tell: "lads", but not "gas" or "RUS"."""

MAX_WORDS = 10
"""The longest name or alias in the labelled pages has 9 words."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its folded words; `head` is the place of the word that says what it is.

    "chief of police": words (chief, of, police), head 0. `content` leaves small words out.
    `capital` says of each word whether it is written with a capital letter.
    """

    text: str
    words: tuple[str, ...]
    capital: tuple[bool, ...]
    content: tuple[str, ...]
    head: int

    @property
    def head_word(self) -> str:
        """The folded head."""
        return self.words[self.head]

    @property
    def is_proper(self) -> bool:
        """Whether the head is written with a capital letter, or is a sign without case."""
        return self.capital[self.head]

    @property
    def has_capital(self) -> bool:
        """Whether any word is written with a capital letter."""
        return any(self.capital)

    @property
    def compact(self) -> str:
        """All content words in one: the same for "Clean Hands" and "CleanHands"."""
        return "".join(self.content)


def fold_word(word: str) -> str:
    """Return `word` in lower case without accents, dots, or a possessive ending."""
    plain = _POSSESSIVE.sub("", _without_rim(word))
    # Letter by letter: marks are dropped, and to put thousands of them in order takes a time that
    # grows with their square.
    decomposed = (
        plain if plain.isascii() else "".join(unicodedata.normalize("NFKD", char) for char in plain)
    )
    return "".join(
        char for char in decomposed if not unicodedata.combining(char) and char not in "'’ʼ."
    ).casefold()


def _without_rim(word: str) -> str:
    """Return `word` from its first letter, digit or sign of names to its last."""
    # Looked for from both ends: a pattern for what stands before the end is tried at each place.
    first, last = _OF_NAMES.search(word), _OF_NAMES.search(word[::-1])
    return word[first.start() : len(word) - last.start()] if first and last else ""


def singular(word: str) -> str:
    """Return a folded English word without its plural ending, as well as a rule can tell."""
    if len(word) < _MIN_PLURAL or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    if word.endswith("men"):
        return word[:-3] + "man"
    return word.removesuffix("s")


def read_name(text: str) -> Name | None:
    """Return the parts of a name, or None where `text` holds no word that can be one."""
    words: list[str] = []
    capital: list[bool] = []
    comma: int | None = None
    for match in _WORD.finditer(text):
        for part in _CAMEL.split(match.group()):
            folded = fold_word(part)
            if folded:
                first = next((char for char in part if char.isalnum()), "$")
                words.append(folded)
                capital.append(not first.islower() or any(map(str.isupper, part)))
        if match.group().endswith(",") and comma is None:
            comma = len(words)
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        del words[0], capital[0]
        comma = comma - 1 if comma else None
    content = [word for word in words if word not in SMALL_WORDS]
    if not content or len(words) > MAX_WORDS:
        return None
    return Name(text, tuple(words), tuple(capital), tuple(content), _head_of(words[:comma]))


def _head_of(words: Sequence[str]) -> int:
    end = next((at for at, word in enumerate(words) if at and word in PREPOSITIONS), len(words))
    places = [at for at in range(end) if words[at] not in SMALL_WORDS]
    return places[-1] if places else 0


_PARTICLE = re.compile(r"(?<!\w)[aA]l[ \-]$")
_ROOM_FOR_PARTICLE = 4


def trim_mention(text: str, span: Span) -> Span | None:
    """Return `span` widened to whole words and freed of what cannot begin or end a name.

    None where nothing is left, or where it is longer than any name.
    """
    start, end = span.start, min(span.end, len(text))
    while 0 < start < end <= start + _MAX_LENGTH and _is_inside_word(text, start):
        start -= 1
    while start < end < min(len(text), start + _MAX_LENGTH) and _is_inside_word(text, end):
        end += 1
    if end - start >= _MAX_LENGTH:
        return None
    pieces = [
        (start + match.start(), start + match.end())
        for match in re.finditer(r"[^\s]+", text[start:end])
    ]
    while pieces and _is_small(text[slice(*pieces[0])], _OPENERS):
        del pieces[0]
    while pieces and _is_small(text[slice(*pieces[-1])], _CLOSERS):
        del pieces[-1]
    if not pieces or len(pieces) > MAX_WORDS:
        return None
    start, end = pieces[0][0], pieces[-1][1]
    piece = text[start:end]
    left = re.match(r"[^\w$&]*", piece)
    right = re.search(r"[^\w$]*$", piece)
    start += left.end() if left else 0
    end -= len(right.group()) if right else 0
    if start >= end:
        return None
    possessive = _POSSESSIVE.search(text[start:end])
    if possessive and possessive.group().lower().endswith("s"):
        end = start + possessive.start()
    particle = _PARTICLE.search(text[max(0, start - _ROOM_FOR_PARTICLE) : start])
    if particle:
        start -= len(particle.group())
    return Span(start, end) if start < end else None


def _is_small(word: str, small: AbstractSet[str]) -> bool:
    return fold_word(word) in small | {""} and not WORDS_TOO.match(word)


def _is_inside_word(text: str, at: int) -> bool:
    return (text[at - 1].isalnum() or text[at - 1] == "_") and (
        text[at].isalnum() or text[at] == "_"
    )
