"""A reader of arguments by word rules, for tests."""

from __future__ import annotations

from app.domain.argument import UNIT_KINDS, Bearing, UnitKind


def kind_of(clause: str) -> UnitKind:
    """Return what the rules take a clause for: reasons begin with "because", thanks are nothing."""
    if clause.lower().startswith("because"):
        return UnitKind.PREMISE
    return UnitKind.NONE if "thanks" in clause.lower() else UnitKind.CLAIM


class WordReader:
    """Ties a reason to the unit before it, and "No" to what it answers."""

    def score_clauses(self, texts):
        """Return nine tenths for the kind of each clause."""
        return [
            [[0.9 if kind is kind_of(clause) else 0.05 for kind in UNIT_KINDS] for clause in text]
            for text in texts
        ]

    def score_pairs(self, pairs):
        """Return eight tenths for the bearing of each pair, or for none."""
        return [_shares(self.bearing_of(pair)) for pair in pairs]

    def bearing_of(self, pair):
        """Return what the rules say of a pair."""
        if pair.same_comment:
            near = pair.source_kind is UnitKind.PREMISE and pair.apart == 1
            return Bearing.SUPPORTS if near else Bearing.NONE
        return Bearing.ATTACKS if pair.source.startswith("No") else Bearing.NONE


def _shares(bearing):
    return [0.8 if each is bearing else 0.2 / 3 for each in Bearing]
