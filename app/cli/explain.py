"""`fingerpost mine --explain-parse`: says how page files are read, without mining or storing them.

People see why a comment is missing: which evidence was used, what it was weighed against, how
many comments the page says there are, and what was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from app.cli.screen import plain, write_json
from app.cli.tables import EXCERPT_CHARS, FIELD_CHARS, NAME_CHARS, open_console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from app.domain.page import Comment, Page
    from app.parsing import Evidence, Source


def write_explanation(
    name: str, page: Page, evidence: Evidence, *, table: bool, indent: int | None
) -> None:
    """Write how the file `name` was read to standard output, as a table or as JSON."""
    if table:
        open_console().print(draw_explanation(name, page, evidence))
    else:
        write_json(explanation_as_json(name, page, evidence), indent=indent)


def explanation_as_json(name: str, page: Page, evidence: Evidence) -> dict[str, object]:
    """Return the explanation of the file `name` as a JSON object."""
    return {
        "file": name,
        "url": page.url,
        "title": page.article.title,
        "author": page.article.author,
        "language": page.language,
        "article_chars": len(page.article.text),
        "used": _source_as_json(evidence.used) if evidence.used else None,
        "rivals": [_source_as_json(rival) for rival in evidence.rivals],
        "declared": evidence.declared,
        "found": evidence.found,
        "comments_missing": evidence.comments_missing,
        "left_out": [
            {"place": left.place, "reason": left.reason, "excerpt": left.excerpt}
            for left in evidence.left_out
        ],
        "comments": [_comment_as_json(comment) for comment in page.comments],
    }


def _source_as_json(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "comments": source.comments,
        "authors": source.authors,
        "score": source.score,
    }


def _comment_as_json(comment: Comment) -> dict[str, object]:
    return {
        "id": comment.id,
        "author": comment.author,
        "reply_to": comment.reply_to,
        "kind": comment.kind.value,
        "created_at": comment.created_at.isoformat() if comment.created_at else None,
        "chars": len(comment.text),
        "excerpt": plain(comment.text, limit=EXCERPT_CHARS),
    }


def draw_explanation(name: str, page: Page, evidence: Evidence) -> RenderableType:
    """Return the explanation of the file `name` for the screen."""
    parts: list[RenderableType] = [
        Text(plain(page.article.title or "(no title)", limit=FIELD_CHARS), style="bold"),
        Text.assemble(("file: ", "dim"), plain(name, limit=FIELD_CHARS)),
        Text.assemble(
            ("article: ", "dim"),
            f"{len(page.article.text)} characters, by ",
            plain(page.article.author or "nobody named", limit=NAME_CHARS),
        ),
        Text.assemble(("comments: ", "dim"), _say_used(evidence)),
    ]
    if evidence.declared is not None:
        parts.append(
            Text.assemble(
                ("the page says: ", "dim"), f"{evidence.declared}; found {evidence.found}"
            )
        )
    if evidence.comments_missing:
        parts.append(Text(f"some are missing: {plain(evidence.comments_missing)}", style="yellow"))
    if evidence.rivals:
        parts += ["", _draw_rivals(evidence.rivals)]
    if evidence.left_out:
        parts += ["", _draw_left_out(evidence)]
    if page.comments:
        parts += ["", _draw_comments(page.comments)]
    return Group(*parts, "")


def _say_used(evidence: Evidence) -> str:
    if evidence.used is None:
        return "none found: nothing on the page looks like comments"
    return f"{evidence.found}, told by {plain(evidence.used.name, limit=FIELD_CHARS)}"


def _draw_rivals(rivals: Iterable[Source]) -> Table:
    table = Table(title="Weighed against", title_justify="left", expand=False)
    table.add_column("evidence", overflow="fold")
    for column in ("comments", "authors", "score"):
        table.add_column(column, justify="right")
    for rival in rivals:
        table.add_row(
            Text(plain(rival.name, limit=FIELD_CHARS)),
            str(rival.comments),
            str(rival.authors),
            f"{rival.score:.2f}",
        )
    return table


def _draw_left_out(evidence: Evidence) -> Table:
    table = Table(title="Left out", title_justify="left", expand=False)
    for column in ("where", "why", "beginning"):
        table.add_column(column, overflow="fold")
    for left in evidence.left_out:
        table.add_row(
            Text(plain(left.place, limit=NAME_CHARS)),
            Text(plain(left.reason, limit=FIELD_CHARS)),
            Text(plain(left.excerpt, limit=EXCERPT_CHARS)),
        )
    return table


def _draw_comments(comments: Iterable[Comment]) -> Table:
    table = Table(title="Comments", title_justify="left", expand=False)
    for column in ("id", "author", "answers", "written", "beginning"):
        table.add_column(column, overflow="fold", max_width=20 if column == "author" else None)
    for comment in comments:
        table.add_row(
            Text(plain(comment.id, limit=NAME_CHARS)),
            Text(plain(comment.author or "—", limit=NAME_CHARS)),
            Text(plain(comment.reply_to or "", limit=NAME_CHARS)),
            f"{comment.created_at:%Y-%m-%d %H:%M}" if comment.created_at else "",
            Text(plain(comment.text, limit=EXCERPT_CHARS)),
        )
    return table
