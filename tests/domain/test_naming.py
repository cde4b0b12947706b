"""Names in text: found as whole words, longest first, with spans true to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.naming import NameFinder, fold, hypothesis, without_article
from app.domain.stance import TargetKind


def found(text, **names):
    """Return the words of `text` that name each actor."""
    spans = NameFinder(names).find(text)
    return {actor: [span.text_of(text) for span in where] for actor, where in spans.items()}


@pytest.mark.parametrize(
    "text", ["al Qaeda did it", "AL-QAEDA did it", "Al–Qaeda, of course", "the al\nQaeda lot"]
)
def test_case_hyphens_and_spaces_do_not_matter(text):
    """A name is found in any case, with hyphens, dashes, spaces or a line break inside."""
    assert list(found(text, aq=["the al Qaeda"])) == ["aq"]


def test_names_are_whole_words():
    """A name inside a longer word is no mention."""
    assert found("Iranian oil, Tehran", iran=["Iran"]) == {}


def test_longer_names_win_over_those_inside_them():
    """Where one actor's name is part of another's, the longer one is meant."""
    names = {"aq": ["al Qaeda"], "aqi": ["al Qaeda in Iraq", "AQI"]}

    assert found("al Qaeda in Iraq, not al Qaeda. AQI!", **names) == {
        "aqi": ["al Qaeda in Iraq", "AQI"],
        "aq": ["al Qaeda"],
    }


def test_acronyms_that_are_words_match_in_capitals_only():
    """US and WHO are found as such, "us" and "who" are not."""
    assert found("Who told us that the US and WHO did?", us=["US"], who=["WHO"]) == {
        "us": ["US"],
        "who": ["WHO"],
    }


def test_curly_apostrophes_are_plain_ones():
    """A name with an apostrophe is found whichever apostrophe is written."""
    assert found("It was Sgt’s crew", x=["Sgt's crew"]) == {"x": ["Sgt’s crew"]}


def test_names_without_a_word_are_never_found():
    """Names of signs alone, and empty ones, find nothing and break nothing."""
    assert found("?! ... the", x=["?!", "", "   "], y=[]) == {}


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_spans_are_inside_the_text_whatever_it_is(text, names):
    """Any text and any names give spans of the text, in order, and of the same length folded."""
    spans = NameFinder({"x": names}).find(text).get("x", ())

    assert len(fold(text)) == len(text)
    assert list(spans) == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.sampled_from(["Red Brigade", "the Blue Lantern", "AQI"]), st.text(max_size=20))
def test_a_name_on_its_own_line_is_found(name, around):
    """A name that stands between line breaks is found, whatever else is there."""
    spans = NameFinder({"x": [name]}).find(f"{around}\n. {without_article(name)} .\n{around}")

    assert spans["x"]


def test_a_hypothesis_names_actor_and_event():
    """A hypothesis is a claim about the actor, with the event where there is one."""
    target = hypothesis("rb", " Red Brigade ", "the bomb in Tarsa ")

    assert (target.kind, target.actor) == (TargetKind.HYPOTHESIS, "rb")
    assert target.text == "Red Brigade is responsible: the bomb in Tarsa"
    assert hypothesis("rb", "Red Brigade", None).text == "Red Brigade is responsible."
