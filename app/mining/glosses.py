"""Reads where a page itself says that two names are one: brackets, "known as", appositions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.mining.acronyms import abbreviates, find_brackets, looks_like_acronym, shares_initials
from app.mining.aliases import Gloss
from app.mining.names import SMALL_WORDS, fold_word, read_name
from app.mining.parties import is_body, is_role
from app.mining.sightings import MAX_FORMS, Form, Sighting, form_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.mining.acronyms import Bracket
    from app.mining.sightings import Occurrence, Passage

_KNOWN_AS = re.compile(
    r"^,? ?\(?(?:which is |who is |is |are )?(?:also |better |otherwise |formerly )*"
    r"(?:known(?: locally| here)? as|called|nicknamed|dubbed|aka|a\.k\.a\.|short for),? "
    r"(?:the )?[\"“'‘]?$",
    re.IGNORECASE,
)
_AS_IS_KNOWN = re.compile(r"^, (?:as|which is how|short for) (?:the )?$", re.IGNORECASE)
_IS_KNOWN = re.compile(r"^ (?:is|are|was) (?:known|called)\b|^,", re.IGNORECASE)
_BRACKET = re.compile(r"^ \((?:the |a |an )?[\"“'‘]?$", re.IGNORECASE)
_BRACKET_END = re.compile(r"^[\"”'’]?\)")
_APPOSITION = re.compile(r"^, (?:the|a|an|their|his|its|our) $", re.IGNORECASE)
_COMMA = re.compile(r"^, $")
_APPOSITION_END = re.compile(r"^[,.;:)]|^$|^ (?:said|says|told|denied|denies)\b")
_LIST_GOES_ON = re.compile(
    r"^,? (?:and|or|nor)\b|^, (?:the|a|an) \w+,? (?:and|or)\b", re.IGNORECASE
)
_IN_CAPITALS = re.compile(r"(?<![\w.])[A-Z][A-Z&]{1,6}[A-Z](?!\w)")

_SINGLE = re.compile(r"[^\W\d_]+(?=['’]s?\b)|[^\W\d_]+")
_MIN_PART = 3
"""Letters of the shortest word of a name that is said alone: "Sal"."""

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
    for passage, found in zip(passages, occurrences, strict=True):
        for at, (one, other) in enumerate(pairwise(found)):
            between = passage.text[one.span.end : other.span.start]
            if len(between) > _NEAR or one.form == other.form:
                continue
            behind = passage.text[other.span.end : other.span.end + _NEAR]
            in_list = at > 0 and one.span.start - found[at - 1].span.end <= len(", the ")
            pair = (forms[one.form], forms[other.form])
            if _says_same(between, behind, *pair) or (
                not in_list
                and pair[0].name.is_proper != pair[1].name.is_proper
                and _is_apposition(between, behind, *pair)
            ):
                yield Gloss(one.form, other.form)


def _says_same(between: str, behind: str, one: Form, other: Form) -> bool:
    if _KNOWN_AS.search(between):
        return True
    if _AS_IS_KNOWN.search(between):
        return bool(_IS_KNOWN.search(behind))
    if not (_BRACKET.search(between) and _BRACKET_END.search(behind)):
        return False
    # Two full names in such places are rivals as often as one: "the council (Labour)".
    return one.name.is_proper != other.name.is_proper or any(
        looks_like_acronym(form.name.text) for form in (one, other)
    )


def _is_apposition(between: str, behind: str, one: Form, other: Form) -> bool:
    if between == " ":
        # "stepfather Jake Mullins", "skipper Nasto", and not "absolve Iran".
        whole = len(other.name.content) > 1 or all(map(is_role, one.name.content))
        return other.name.is_proper and len(one.name.content) == 1 and whole
    named_first = _APPOSITION.search(between) and one.name.is_proper
    named_last = _COMMA.search(between) and other.name.is_proper
    if not (named_first or named_last) or _LIST_GOES_ON.search(behind):
        return False
    return bool(_APPOSITION_END.search(behind))


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
