"""A run's end in a few lines."""

from __future__ import annotations

from app.batch.ledger import FailureKind, Totals
from app.batch.summary import describe_totals


def test_counts_failures_and_actors_are_told():
    """Failures by kind with the first of each, and how many more there are."""
    totals = Totals(
        pages=1_200,
        comments=30_000,
        attributions=900,
        passed_over=3,
        failures=(FailureKind("InvalidPage", 7, (("a.jsonl", "line 2", "no list"),)),),
        claimed=(("Veltra Transit", 12), ("Harbour Union", 1)),
    )

    assert list(describe_totals(totals)) == [
        "1,200 pages with 30,000 comments scored, 900 attributions found",
        "3 pages without comments passed over",
        "7 failed: InvalidPage",
        "  a.jsonl, line 2: no list",
        "  and 6 more, listed in failures/",
        "claimed most often to be responsible:",
        "  12 comments: Veltra Transit",
        "  1 comment: Harbour Union",
    ]
