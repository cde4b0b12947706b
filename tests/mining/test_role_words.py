"""What the nouns in an actor's name say of its role."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.stance import ROLES
from app.mining.names import singular
from app.mining.parties import is_party
from app.mining.role_words import BIASES, WORDS, log_shares_of, nouns_of
from models.training.groups import WORDS as GROUPS
from models.training.role_words import FEWEST_PAGES, GENDERED, Called, fit


def test_nouns_of_all_names_count_and_the_head_is_told():
    """Plurals are one noun, a noun before "of" is the head, names of people say nothing."""
    assert nouns_of(["Inspectors of the Port Police", "Ann Fell"]) == {
        "inspector": True,
        "police": False,
    }
    assert nouns_of(["police", "the police inspector"]) == {"police": True, "inspector": True}
    assert nouns_of(["", "—", "Wolves"]) == {}


def test_shares_are_shares_and_usual_ones_where_no_noun_speaks():
    """Whoever is only a name is held for what most are."""
    usual = np.exp(log_shares_of(["Ann Fell"]))
    assert usual.sum() == pytest.approx(1.0)
    assert np.exp(log_shares_of(["the ministry"])).sum() == pytest.approx(1.0)
    assert list(np.argsort(usual)) == list(np.argsort(BIASES))


def test_only_what_an_actor_does_is_listed():
    """No nation, faith or gender speaks for a role, and no name of anybody."""
    assert not WORDS.keys() & GENDERED
    assert not WORDS.keys() & {singular(word.lower()) for word in GROUPS}
    assert all(is_party(noun) or is_party(f"{noun}s") for noun in WORDS)
    assert {len(weights) for weights in WORDS.values()} == {2 * len(ROLES)}


def test_nouns_are_weighed_by_whom_they_name():
    """Councils that let it happen are learned; too few pages, and words of gender, are not."""
    enabler, perpetrator = np.array([0.0, 0.0, 2.0]), np.array([2.0, 0.0, 0.0])
    pages = [str(number) for number in range(FEWEST_PAGES)]
    called = [Called(("the town council",), page, enabler) for page in pages]
    called += [Called(("the crew", "two lads"), page, perpetrator) for page in pages]
    called += [Called(("the board",), "0", enabler)]
    words, biases = fit(called)
    assert words.keys() == {"council", "crew"}
    assert log_shares_of(["a council"], words, biases).argmax() == ROLES.index("enabler")
    assert log_shares_of(["his crew"], words, biases).argmax() == ROLES.index("perpetrator")
