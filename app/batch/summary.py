"""Says in a few lines what a run came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.batch.ledger import Totals


def describe_totals(totals: Totals) -> Iterator[str]:
    """Yield lines: counts, failures by kind with examples, the actors claimed most."""
    yield (
        f"{totals.pages:,} pages with {totals.comments:,} comments scored, "
        f"{totals.attributions:,} attributions found"
    )
    if totals.passed_over:
        yield f"{totals.passed_over:,} pages without comments passed over"
    for kind in totals.failures:
        yield f"{kind.count:,} failed: {kind.kind}"
        for file, position, problem in kind.examples:
            yield f"  {file}, {position}: {problem}"
        if kind.count > len(kind.examples):
            yield f"  and {kind.count - len(kind.examples):,} more, listed in failures/"
    if totals.claimed:
        yield "claimed most often to be responsible:"
        for name, comments in totals.claimed:
            yield f"  {comments:,} {'comment' if comments == 1 else 'comments'}: {name}"
