"""What speaks for roles is weighed as labels have it, and judged on other domains."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.stance import ROLES
from models.training.roles import Told, fit, loss_of, odds_crosswise, right_of

_MANY = 13


def told(domains: str, clue: int) -> Told:
    """Return thirty rows a domain, in each of which one number of three tells the role.

    The first of these numbers stands at the place `clue`, the others beside it.
    """
    chance = np.random.default_rng(clue)
    gold = chance.integers(len(ROLES), size=30 * len(domains))
    features = chance.normal(size=(len(gold), _MANY))
    features[np.arange(len(gold)), clue + gold] += 6.0
    return Told(features, gold, np.repeat(list(domains), 30), np.full(len(gold), "made"))


def test_what_tells_the_role_is_found():
    """Of thirteen numbers the three that tell weigh most, each for its role."""
    own = told("ab", clue=4)
    weights, biases = fit(own)
    assert weights.shape == (len(ROLES), _MANY)
    assert list(weights.argmax(-1)) == [4, 5, 6]
    assert biases.sum() == pytest.approx(0.0)
    odds = own.features @ weights.T + biases
    assert right_of(odds, own.gold) > 0.95
    assert loss_of(odds, own.gold) < np.log(len(ROLES)) / 2


def test_a_domain_is_judged_by_what_was_fitted_on_the_others():
    """Where another number tells than elsewhere, nothing that is fitted there helps."""
    alike, other = told("ab", clue=4), told("c", clue=9)
    every = Told(*(np.concatenate(columns) for columns in zip(alike, other, strict=True)))
    odds = odds_crosswise(every)
    assert right_of(odds[:60], alike.gold) > 0.8
    assert right_of(odds[60:], other.gold) < 0.6
