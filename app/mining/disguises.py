"""Sees through letters that only look like others, and names what a text does to mislead a reader.

Comments write "Vеltra" with a Cyrillic letter, or in letters of mathematics, so that filters and
models do not know the word. What is put in the place of a text here has the same length, so that
offsets in the one are offsets in the other. Invisible characters stay: the tokenizer drops them.

Source: the pairs are those of Unicode's confusables (UTS 39) that look like basic Latin in most
typefaces.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from app.domain.asking import StanceQuestion
from app.domain.caution import Caution

if TYPE_CHECKING:
    from app.domain.mined import MinedPage
    from app.domain.page import Page

_FOREIGN_LETTERS = "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν"
_LOOK_ALIKE = str.maketrans(_FOREIGN_LETTERS, "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXoav")
_FOREIGN = re.compile(f"[{_FOREIGN_LETTERS}]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"\w+")
_STYLED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff\u24b6-\u24e9]")
"""Full-width characters, letters of mathematics and letters in circles: other looks of ASCII."""

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)

LONG_WORD = 60
"""Characters from which a word is none: the longest in English dictionaries has 45."""

_ENDLESS = re.compile(rf"[^\W_]{{{LONG_WORD},}}")
_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:previous|prior|above|all)\b.{0,30}"
    r"\b(?:instructions?|prompts?|rules?)\b"
    r"|\b(?:system|assistant)\s*(?:prompt)?\s*:"
    r"|\bas an? (?:ai|language) (?:model|assistant)\b"
    r"|<\|[a-z_]{1,30}\|>",
    re.IGNORECASE,
)


def undisguise(text: str) -> str:
    """Return the text, of the same length, with letters that look like Latin ones as those.

    Of letters of other scripts only those are taken that stand in a word with Latin ones: words
    of Russian and Greek stay what they are.
    """
    if text.isascii():
        return text
    plain = _STYLED.sub(_as_ascii, text)
    if not _FOREIGN.search(plain):
        return plain
    return _WORD.sub(_as_latin, plain)


def undisguised(page: Page) -> Page:
    """Return the page with every text undisguised; the page itself where none is disguised."""
    article = replace(
        page.article,
        title=page.article.title and undisguise(page.article.title),
        text=undisguise(page.article.text),
    )
    comments = tuple(
        comment
        if (plain := undisguise(comment.text)) == comment.text
        else replace(comment, text=plain)
        for comment in page.comments
    )
    if article == page.article and comments == page.comments:
        return page
    return replace(page, article=article, comments=comments)


def undisguised_question(question: StanceQuestion) -> StanceQuestion:
    """Return the question with every text undisguised."""
    return StanceQuestion(
        undisguise(question.text),
        tuple(map(undisguise, question.targets)),
        question.context and undisguise(question.context),
    )


def with_own_texts(mined: MinedPage, page: Page) -> MinedPage:
    """Return a mined page with the texts of `page`, which had been undisguised before."""
    texts = {comment.id: comment.text for comment in page.comments}
    comments = tuple(
        replace(own, comment=replace(own.comment, text=texts[own.comment.id]))
        for own in mined.comments
    )
    return replace(mined, article=page.article, comments=comments)


def find_disguises(text: str) -> frozenset[Caution]:
    """Return what the text does to mislead a reader."""
    found = set()
    if not text.isascii():
        if undisguise(text) != text:
            found.add(Caution.LOOK_ALIKE)
        if _INVISIBLE.search(text):
            found.add(Caution.INVISIBLE)
    if _ENDLESS.search(text):
        found.add(Caution.ENDLESS_WORD)
    if _ADDRESSED.search(text):
        found.add(Caution.ADDRESSES_A_MODEL)
    return frozenset(found)


def _as_ascii(found: re.Match[str]) -> str:
    plain = normalize("NFKC", found[0])
    return plain if len(plain) == 1 else found[0]


def _as_latin(found: re.Match[str]) -> str:
    word = found[0]
    return word.translate(_LOOK_ALIKE) if _LATIN.search(word) else word
