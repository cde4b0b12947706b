"""`fingerpost rank` and `fingerpost campaigns`: why hypotheses rank so, and what is copied."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.screen import write_json
from app.domain.ranking import RankedBy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.domain.listing import Slice
    from app.service import Service


def rank(
    ctx: typer.Context,
    page_id: Annotated[str, typer.Argument(metavar="PAGE_ID", help="The id of a stored page.")],
    *,
    by: Annotated[RankedBy, typer.Option("--by", help="What to order by.")] = RankedBy.STRENGTH,
) -> None:
    """Explain a page's ranking as JSON: what moved each hypothesis, and what would change it."""
    from app.exchange.rankings import ranking_as_json  # noqa: PLC0415 - on need

    with _service(ctx) as service:
        write_json(ranking_as_json(page_id, service.explain_page(page_id, ranked_by=by)), indent=2)


def campaigns(
    ctx: typer.Context,
    campaign_id: Annotated[
        str | None,
        typer.Argument(metavar="[CAMPAIGN_ID]", help="Show the comments of this one."),
    ] = None,
    *,
    min_comments: Annotated[
        int, typer.Option("--min-comments", min=2, help="In at least so many comments.")
    ] = 2,
    min_pages: Annotated[
        int, typer.Option("--min-pages", min=1, help="On at least so many pages.")
    ] = 1,
) -> None:
    """Write texts that are copied from comment to comment, a JSON object a line."""
    from app.exchange.rankings import (  # noqa: PLC0415 - on need
        campaign_as_json,
        campaign_comment_as_json,
    )

    with _service(ctx) as service:
        found = service.campaigns
        if campaign_id is not None:
            _write_all(
                lambda cursor: found.comments(campaign_id, cursor=cursor), campaign_comment_as_json
            )
            return
        found.catch_up(None)
        _write_all(
            lambda cursor: found.list(
                min_comments=min_comments, min_pages=min_pages, cursor=cursor
            ),
            campaign_as_json,
        )


def _write_all(
    list_from: Callable[[str | None], Slice[Any]], as_json: Callable[[Any], Any]
) -> None:
    for item in _walk(list_from):
        write_json(as_json(item))


def _walk(list_from: Callable[[str | None], Slice[Any]]) -> Iterable[Any]:
    cursor = None
    while True:
        found = list_from(cursor)
        yield from found.items
        cursor = found.next_cursor
        if cursor is None:
            return


@contextmanager
def _service(ctx: typer.Context) -> Iterator[Service]:
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    service = build_service(load_settings(), migrate=True, load_scorer=ctx.obj)
    try:
        yield service
    finally:
        service.close()
