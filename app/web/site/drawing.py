"""Works out the picture of a page's argument: where each comment, actor, claim and reply is drawn.

Comments stand below one another on the left in the order of the thread, those who are weighed on
the right in the order of their ranks; replies are arcs to the left of the comments. `picture.js`
moves the same things by the same rules where comments are filtered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.stance import Label
from app.web.site.figures import Arc, Box, Dot, Drawing, Line, Measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.mined import MinedPage
    from app.web.site.thread import Post


_ARC_REACH = 0.42
"""How far an arc leans out for each pixel between its ends."""

_LANDING = {Label.SUPPORT: -4.5, Label.DENY: 4.5}
"""Blame ends above the middle of an actor's mark and denial below it, so that both are seen."""


def draw(
    mined: MinedPage,
    posts: Sequence[Post],
    bounds: Sequence[tuple[float, float]],
    measures: Measures,
) -> Drawing:
    """Return the picture of the posts, in their order; `bounds` are those of the ranks' strengths.

    Whoever none of those shown takes a stance to is left out.
    """
    shown = [post for post in posts if post.shown]
    weighed = sorted({claim.place for post in shown for claim in post.claims})
    span = max(measures.height - 2 * measures.top, 1)
    step = min(measures.step, span / max(len(shown), 1))
    gap = min(measures.gap, span / max(len(weighed), 1))
    height = max(len(shown) * step, len(weighed) * gap) + 2 * measures.top
    rows = _spread(len(shown), step, height, measures.top, centred=False)
    columns = _spread(
        len(weighed), gap, height, measures.top, centred=len(shown) * step > height / 2
    )
    heights = {post.number: y for post, y in zip(shown, rows, strict=True)}
    places = dict(zip(weighed, columns, strict=True))
    return Drawing(
        measures,
        height=round(height, 1),
        named=step >= measures.named_from,
        dots=tuple(
            Dot(
                post.number,
                heights[post.number],
                label_of(post, measures.letters),
                speaks=bool(post.claims),
            )
            for post in shown
        ),
        boxes=tuple(_box(mined, at, places[at], bounds[at], measures) for at in weighed),
        lines=tuple(
            Line(
                post.number,
                claim.place,
                claim.row.label,
                claim.row.certain,
                _line(
                    heights[post.number],
                    places[claim.place] + _LANDING.get(claim.row.label, 0),
                    measures.lines if step >= measures.named_from else measures.dots + 8,
                    measures.actors - 12,
                ),
            )
            for post in shown
            for claim in post.claims
        ),
        arcs=tuple(
            Arc(
                post.number,
                post.answers,
                post.comment.reply_link,
                post.reply_stance.label if post.reply_stance else Label.COMMENT,
                _arc(heights[post.number], heights[post.answers], measures),
            )
            for post in shown
            if post.answers is not None and post.answers in heights
        ),
    )


def label_of(post: Post, letters: int) -> str:
    """Return name and, where there is room, first words of a comment in one line."""
    name = " ".join((post.comment.author or f"#{post.number}").split())
    room = 30
    if letters <= room:
        return shorten(name, letters)
    words = " ".join(post.comment.text[: 2 * letters].split())
    return shorten(f"{shorten(name, room)}: {words}", letters)


def shorten(text: str, letters: int) -> str:
    """Return at most so many characters of a text, without any that would turn its direction."""
    plain = "".join(char for char in text if char.isprintable())
    return plain if len(plain) <= letters else plain[: letters - 1].rstrip() + "…"


def _spread(count: int, step: float, height: float, top: float, *, centred: bool) -> list[float]:
    begin = (height - count * step) / 2 if centred else top
    return [round(begin + (at + 0.5) * step, 1) for at in range(count)]


def _box(
    mined: MinedPage, at: int, y: float, bounds: tuple[float, float], measures: Measures
) -> Box:
    hypothesis = mined.hypotheses[at]
    name = mined.actor_by_id()[hypothesis.actor].name
    return Box(
        at,
        y,
        shorten(" ".join(name.split()), measures.actor_letters),
        hypothesis.strength,
        *bounds,
        hypothesis.support,
        hypothesis.deny,
    )


def _line(start: float, end: float, begin: float, stop: float) -> str:
    bend = (stop - begin) * 0.45
    return (
        f"M{begin:g} {start:g}C{begin + bend:g} {start:g} {stop - bend:g} {end:g} {stop:g} {end:g}"
    )


def _arc(start: float, end: float, measures: Measures) -> str:
    begin = measures.dots - 7
    out = begin - min(measures.dots - 12, 8 + abs(start - end) * _ARC_REACH)
    return f"M{begin:g} {start:g}C{out:g} {start:g} {out:g} {end:g} {begin:g} {end:g}"
