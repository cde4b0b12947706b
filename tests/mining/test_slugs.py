"""Ids of actors are short, plain and unique."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.mining.slugs import slug_of, unique_slugs


def test_a_slug_is_the_name_in_plain_words():
    """Accents and signs fall away; what has no Latin letter is an actor all the same."""
    assert slug_of("al Qaeda in Iraq") == "al-qaeda-in-iraq"
    assert slug_of("Sinn Féin’s men") == "sinn-feins-men"
    assert slug_of("ايران") == "actor"
    assert unique_slugs(["Lee", "lee!", "Lee"]) == ("lee", "lee-2", "lee-3")
    assert unique_slugs(["Lee", "lee 2", "Lee", "Lee"]) == ("lee", "lee-2", "lee-3", "lee-4")


@given(st.lists(st.text(max_size=80)))
def test_slugs_are_unique_whatever_the_names(names):
    """No two names get one id, and every id is fit for a path."""
    slugs = unique_slugs(names)
    assert len(set(slugs)) == len(slugs) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) for slug in slugs)
