"""Reads where a page itself says that two names are one: brackets, "known as", appositions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE
from app.domain.page import Span
from app.mining.acronyms import abbreviates, find_brackets, looks_like_acronym, shares_initials
from app.mining.aliases import Gloss
from app.mining.appositions import Sides, is_apposition
from app.mining.names import SMALL_WORDS, fold_word, read_name
from app.mining.parties import is_body, is_role
from app.mining.sightings import MAX_FORMS, Form, Sighting, form_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.mining.acronyms import Bracket
    from app.mining.sightings import Occurrence, Passage

_KNOWN_AS = re.compile(
    r"^,? ?\(?(?:which is |who is |is |are )?(?:also |better |otherwise |formerly )*"
    r"(?:known(?: locally| here)? as|called|nicknamed|dubbed|aka|a\.k\.a\.|short for),? "
    r"(?:the )?[\"“'‘]?$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"^ (?:called|nicknamed|dubbed),? (?P<the>the )?[\"“'‘]?$", re.IGNORECASE)
_SOMEBODY = re.compile(r"(?:^|[^\w'’-])(?:an?|some|one|this|another|that|any)\s$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^(?:,| (?:who|which|that|has|had|is|was|are|were|did|does|do|would|will|could|may|must)\b)"
)
"""Who may be called something without "who is": "a bloke called Sal", "the bloke called Sal had".
Of others it is what they did: "The landlord called Dennis Kettle.", "Rome called Kigali a liar"."""

_AS_IS_KNOWN = re.compile(r"^, (?:as|which is how|short for) (?:the )?$", re.IGNORECASE)
_IS_KNOWN = re.compile(r"^ (?:is|are|was) (?:known|called)\b|^,", re.IGNORECASE)
_BRACKET = re.compile(r"^ \((?:the |a |an )?[\"“'‘]?$", re.IGNORECASE)
_BRACKET_END = re.compile(r"^[\"”'’]?\)")
_IN_CAPITALS = re.compile(r"(?<![\w.])[A-Z][A-Z&]{1,6}[A-Z](?!\w)")

_SINGLE = re.compile(r"[^\W\d_]+(?=['’]s?\b)|[^\W\d_]+")
_MIN_PART = 3
"""Letters of the shortest word of a name that is said alone: "Sal"."""

_IN_NAME = (" ", " & ", "-")

_NEAR = 60
"""Code points behind a name in which a gloss or a list has to go on."""


def glosses_between(
    passages: Sequence[Passage],
    forms: Sequence[Form],
    occurrences: Sequence[Sequence[Occurrence]],
) -> Iterator[Gloss]:
    """Yield the pairs of forms of which some passage says, side by side, that they are one.

    "the landlord, Acme Homes, denied": one described, the other named, and no list around them.
    """
    wholes = _by_ends(forms)
    for passage, found in zip(passages, occurrences, strict=True):
        for at, (one, other) in enumerate(pairwise(found)):
            between = passage.text[one.span.end : other.span.start]
            if len(between) > _NEAR or one.form == other.form:
                continue
            whole, end = other.form, other.span.end
            if forms[one.form].name.is_proper != forms[whole].name.is_proper:
                whole, end = _whole_at(passage.text, found, at + 1, forms, wholes)
            before = passage.text[found[at - 1].span.end if at else 0 : one.span.start]
            sides = Sides(
                before[-_NEAR:],
                between,
                passage.text[end : end + _NEAR],
                follows=at > 0,
                in_article=passage.location == IN_ARTICLE,
            )
            pair = (forms[one.form], forms[whole])
            if _says_same(sides, *pair) or is_apposition(sides, *(form.name for form in pair)):
                yield Gloss(one.form, whole)


def _by_ends(forms: Sequence[Form]) -> dict[tuple[str, ...], int]:
    """Return names by their last two words; none where two names end in them."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at, form in enumerate(forms):
        if form.name.is_proper and len(form.name.content) > 1:
            places.setdefault(form.name.content[-2:], []).append(at)
    return {words: own[0] for words, own in places.items() if len(own) == 1}


def _whole_at(
    text: str,
    found: Sequence[Occurrence],
    at: int,
    forms: Sequence[Form],
    wholes: Mapping[tuple[str, ...], int],
) -> tuple[int, int]:
    """Return the form that begins at place `at` and where it ends.

    Of "night guard Danny Coyle" the forms "night guard" and "guard Danny Coyle" overlap, and what
    is found behind the former are a first name and a surname: together they are the latter.
    """
    one = found[at]
    if at + 1 < len(found):
        other = found[at + 1]
        words = (*forms[one.form].name.content, *forms[other.form].name.content)
        if text[one.span.end : other.span.start] in _IN_NAME and words in wholes:
            return wholes[words], other.span.end
    return one.form, one.span.end


def _says_same(sides: Sides, one: Form, other: Form) -> bool:
    between, behind = sides.between, sides.behind
    if _KNOWN_AS.search(between):
        called = _CALLED.search(between)
        if called is None:
            return True
        if one.name.is_proper:
            return False
        return bool(
            _SOMEBODY.search(sides.before) or (not called["the"] and _GOES_ON.search(behind))
        )
    if _AS_IS_KNOWN.search(between):
        return bool(_IS_KNOWN.search(behind))
    if not (_BRACKET.search(between) and _BRACKET_END.search(behind)):
        return False
    # Two full names in such places are rivals as often as one: "the council (Labour)".
    return one.name.is_proper != other.name.is_proper or any(
        looks_like_acronym(form.name.text) for form in (one, other)
    )


def add_glossed_forms(
    passages: Sequence[Passage],
    forms: Sequence[Form],
    occurrences: Sequence[Sequence[Occurrence]],
) -> tuple[tuple[Form, ...], tuple[Gloss, ...]]:
    """Return the forms with those that brackets and initials add, and the pairs in brackets.

    A form that is known brings in its other half: AQI from "al Qaeda in Iraq (AQI)", and every
    word in capitals that is made of a known form's initials. What a bracket adds is as likely as
    the form that brought it in; initials alone have no sighting of their own.
    """
    growing = _GrowingForms(passages, forms)
    for at, (passage, found) in enumerate(zip(passages, occurrences, strict=True)):
        ends = {occurrence.span.end: occurrence.form for occurrence in found}
        for bracket in find_brackets(passage.text):
            growing.add_bracket(at, bracket, ends.get(bracket.end_before))
    for at, passage in enumerate(passages):
        for match in _IN_CAPITALS.finditer(passage.text):
            growing.add_initials(at, Span(*match.span()))
    growing.add_parts()
    return tuple(growing.forms), tuple(growing.glosses)


class _GrowingForms:
    """Forms by their words, to which other halves of glosses are added."""

    def __init__(self, passages: Sequence[Passage], forms: Sequence[Form]) -> None:
        self.forms = list(forms)
        self.glosses: list[Gloss] = []
        self._passages = passages
        self._places = {form.name.words: at for at, form in enumerate(forms)}
        self._known = len(forms)
        self._seen_capitals: set[str] = set()

    def add_bracket(self, passage: int, bracket: Bracket, neighbour: int | None) -> None:
        long = self._place_of(passage, bracket.long) if bracket.long else None
        short = self._place_of(passage, bracket.short)
        if bracket.long is None:
            # "the Revolutionary Guards (IRGC)": less than the whole is named, but in order.
            if neighbour is None or not shares_initials(
                bracket.short.text_of(self._passages[passage].text), self.forms[neighbour].name
            ):
                return
            long = neighbour
        source = next((at for at in (long, short, neighbour) if at is not None), None)
        if source is None:
            return
        probability = max((each.probability for each in self.forms[source].sightings), default=0.0)
        if long is None and bracket.long is not None:
            long = self._add(passage, bracket.long, probability)
        if short is None:
            short = self._add(passage, bracket.short, probability)
        if long is not None and short is not None:
            self.glosses.append(Gloss(long, short))

    def add_initials(self, passage: int, span: Span) -> None:
        text = span.text_of(self._passages[passage].text)
        if text in self._seen_capitals or len(self._seen_capitals) >= MAX_FORMS:
            return
        self._seen_capitals.add(text)
        name = read_name(text)
        if name is None or name.words in self._places:
            return
        if any(abbreviates(name, form.name) for form in self.forms[: self._known]):
            self._places[name.words] = len(self.forms)
            self.forms.append(Form(name, (text,), ()))

    def add_parts(self) -> None:
        """Add the single words of names, as they are said alone: "Kettle" of "Dennis Kettle"."""
        whole = {
            word: capital
            for form in self.forms[: self._known]
            if len(form.name.content) > 1 and form.name.has_capital
            for word, capital in zip(form.name.words, form.name.capital, strict=True)
            if len(word) >= _MIN_PART and word not in SMALL_WORDS
        }
        common: set[str] = set()
        spelt: dict[str, str] = {}
        for passage in self._passages:
            for match in _SINGLE.finditer(passage.text):
                word = fold_word(match.group())
                if word in whole:
                    if match.group()[0].islower():
                        common.add(word)
                    spelt.setdefault(word, match.group())
        for word, capital in whole.items():
            is_name = capital and word not in common and not is_body(word)
            if word not in spelt or (word,) in self._places or not (is_name or is_role(word)):
                continue
            name = read_name(spelt[word] if is_name else word)
            if name is not None and len(self.forms) < MAX_FORMS:
                self._places[name.words] = len(self.forms)
                self.forms.append(Form(name, (name.text,), ()))

    def _place_of(self, passage: int, span: Span) -> int | None:
        name = read_name(span.text_of(self._passages[passage].text))
        return self._places.get(name.words) if name else None

    def _add(self, passage: int, span: Span, probability: float) -> int | None:
        form = form_of(self._passages, [Sighting(passage, span, probability)])
        if form is None or len(self.forms) >= MAX_FORMS:
            return None
        self._places[form.name.words] = len(self.forms)
        self.forms.append(form)
        return len(self.forms) - 1
