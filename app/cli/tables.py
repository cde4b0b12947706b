"""A mined page as a table for people: who blames whom.

Titles, names and comments are hostile text: they go in as plain text, never as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from app.cli.screen import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from app.domain.mined import Hypothesis, MinedComment, MinedPage
    from app.domain.stance import Stance

EXCERPT_CHARS = 90
NAME_CHARS = 40
FIELD_CHARS = 300

_STYLES = {"support": "green", "deny": "red", "query": "yellow", "comment": "dim"}


def open_console() -> Console:
    """Return a console on standard output that reads no markup, emoji or numbers into a text."""
    return Console(markup=False, emoji=False, highlight=False, soft_wrap=False)


def draw_page(mined: MinedPage, *, page_id: str | None) -> RenderableType:
    """Return a mined page for the screen: what happened, who is weighed, who blames whom."""
    parts: list[RenderableType] = [Text(plain(mined.article.title or "(no title)"), style="bold")]
    parts.extend(_draw_fields(mined, page_id))
    names = {actor.id: plain(actor.name, limit=NAME_CHARS) for actor in mined.actors}
    weighed = [row for row in mined.hypotheses if row.support or row.deny or row.query]
    if weighed:
        parts.extend(("", _draw_hypotheses(weighed, names)))
    passed_over = len(mined.hypotheses) - len(weighed)
    if passed_over:
        parts.append(Text(f"{passed_over} more are named, and no comment weighs them", style="dim"))
    if mined.comments:
        parts.extend(("", _draw_comments(mined, names)))
    return Group(*parts, "")


def _draw_fields(mined: MinedPage, page_id: str | None) -> Iterator[Text]:
    fields = {"page": page_id, "url": mined.url, "event": mined.event, "account": mined.account}
    for name, value in fields.items():
        if value:
            yield Text.assemble((f"{name}: ", "dim"), plain(value, limit=FIELD_CHARS))


def _draw_hypotheses(weighed: Sequence[Hypothesis], names: dict[str, str]) -> Table:
    table = Table(title="Who is held responsible", title_justify="left", expand=False)
    table.add_column("#", justify="right")
    table.add_column("who", overflow="fold")
    for column in ("strength", "support", "deny", "query", "authors"):
        table.add_column(column, justify="right")
    for row in weighed:
        table.add_row(
            str(row.rank),
            Text(names.get(row.actor, plain(row.actor))),
            f"{row.strength:.2f}",
            str(row.support),
            str(row.deny),
            str(row.query),
            str(row.authors),
        )
    return table


def _draw_comments(mined: MinedPage, names: dict[str, str]) -> Table:
    table = Table(title="Who blames whom", title_justify="left", expand=False)
    table.add_column("author", overflow="fold", max_width=20)
    table.add_column("account")
    table.add_column("blames", overflow="fold", max_width=32)
    table.add_column("comment", overflow="fold")
    for row in mined.comments:
        table.add_row(
            Text(plain(row.comment.author or "—", limit=NAME_CHARS)),
            _draw_stance(row.account_stance),
            Text(_list_claimed(row, names)),
            Text(plain(row.comment.text, limit=EXCERPT_CHARS)),
        )
    return table


def _draw_stance(stance: Stance) -> Text:
    """A question mark marks a hedged stance, a dash that there is none."""
    label = stance.label.value
    hedged = label in {"support", "deny"} and not stance.certain
    shown = "—" if label == "comment" else f"{label}{'?' if hedged else ''}"
    return Text(shown, style=_STYLES[label])


def _list_claimed(row: MinedComment, names: dict[str, str]) -> str:
    certain = {each.actor for each in row.attributions if each.certain and each.claims_perpetrator}
    return ", ".join(
        names.get(actor, plain(actor)) + ("" if actor in certain else "?")
        for actor in row.claimed_perpetrators
    )
