"""Names of a title and one word."""

import pytest

from app.mining.names import read_name
from app.mining.titled import are_of_one, bare_of, can_mean, is_titled_form


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Dr Tao", "tao"),
        ("old Lester", "lester"),
        ("Detective Sergeant Pike", "pike"),
        ("Mei-Lin Tao", None),
        ("the old mayor", None),
        ("the mayor", None),
        ("Finance Ministry", None),
    ],
)
def test_a_title_and_one_word_have_a_bare_name(text, bare):
    """A title alone has none, and neither has a name of other words."""
    assert bare_of(read_name(text)) == bare


@pytest.mark.parametrize(
    ("titled", "whole", "expected"),
    [
        ("Dr Tao", "Mei-Lin Tao", True),
        ("old Lester", "Lester Dew", True),
        ("Dr Lester", "Lester Dew", False),
        ("Dr Tao", "Tao Institute", False),
        ("Dr Tao", "Tao", False),
        ("Dr Tao", "Professor Tao", False),
    ],
)
def test_whom_a_titled_name_can_mean(titled, whole, expected):
    """A formal title goes with a surname, a familiar one with a first name too."""
    assert can_mean(read_name(titled), read_name(whole)) is expected


def test_a_titled_form_is_of_its_own_word_only():
    """The bare word may stand for it, not for another that holds it."""
    assert is_titled_form(read_name("old Lester"), read_name("Lester"))
    assert not is_titled_form(read_name("Lester Dew"), read_name("Lester"))


def test_a_mister_and_a_missis_are_two():
    """They share a surname, not a person; a doctor may be either."""
    assert not are_of_one(map(read_name, ("Mr Lee", "Mrs Lee")))
    assert are_of_one(map(read_name, ("Mr Lee", "Dr Lee")))
