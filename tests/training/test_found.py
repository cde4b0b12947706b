"""What stances to found actors are worth: sureness that is too high is fitted away."""

from __future__ import annotations

import numpy as np

from app.mining.collective import as_found
from models.training.found import Found, error_of, fit


def overconfident(many: int = 4000) -> Found:
    """Return shares of .9 for support or for comment that are right six times of ten."""
    chance = np.random.default_rng(0)
    likely = chance.integers(0, 2, many)
    gold = np.where(chance.random(many) < 0.6, likely, 1 - likely) * 3
    shares = np.zeros((many, 4))
    shares[:, [0, 3]] = 0.1
    shares[np.arange(many), likely * 3] = 0.9
    return Found(shares, gold, chance.random(many) < 0.5, chance.normal(size=many) / 10)


def test_fitted_shares_mean_their_frequency():
    """Support is then about as likely as it is frequent, with and without a name."""
    found = overconfident()
    fits = {named: fit(found, named=named) for named in (True, False)}
    after = as_found(found.shares, found.named, found.prominence, fits)
    assert np.allclose(after.sum(-1), 1.0)
    assert all(scale < 0.5 for scale, _ in fits.values())
    assert error_of(found.shares, found.gold) > 0.25
    assert error_of(after, found.gold) < 0.1
