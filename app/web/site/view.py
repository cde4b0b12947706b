"""All that the view of one page shows, worked out before a template sees it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.web.site.board import Standing, bounds_of, stand
from app.web.site.drawing import draw, shorten
from app.web.site.figures import PANEL, Drawing, Measures
from app.web.site.thread import Post, cut_article, lay_out
from app.web.site.wanted import Wanted, choose

if TYPE_CHECKING:
    from app.domain.mined import MinedPage
    from app.domain.ranking import Ranking
    from app.web.site.pieces import Piece

MAX_AUTHORS = 300
"""Authors that the filter offers, those who write most: a longer list finds nobody."""

SHORT_ARTICLE_CHARS = 1_500
"""Longer articles are folded after their second paragraph: the thread is what people come for."""

_TITLE_LETTERS = 110
"""What fits into a line of the picture."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A mined page as it is shown; `id` is None where it is stored nowhere."""

    id: str | None
    mined: MinedPage
    wanted: Wanted
    standings: tuple[Standing, ...]
    posts: tuple[Post, ...]
    drawing: Drawing
    article: tuple[tuple[Piece, ...], ...]
    authors: tuple[tuple[str, int], ...]
    arguments: int

    @property
    def title(self) -> str:
        """What the page is called."""
        article = self.mined.article
        return article.title or article.text.partition("\n")[0][:120] or self.mined.url or "A page"

    @property
    def short_title(self) -> str:
        """The title in one line, for a picture."""
        return shorten(" ".join(self.title.split()), _TITLE_LETTERS)

    @property
    def weighed(self) -> tuple[Standing, ...]:
        """Those to whom comments take a stance."""
        return tuple(each for each in self.standings if each.is_weighed)

    @property
    def unweighed(self) -> tuple[Standing, ...]:
        """Those who are only named."""
        return tuple(each for each in self.standings if not each.is_weighed)

    @property
    def shown(self) -> int:
        """How many comments pass the filters."""
        return sum(post.shown for post in self.posts)

    @property
    def folds_article(self) -> bool:
        """Whether the article is shown folded."""
        return len(self.mined.article.text) > SHORT_ARTICLE_CHARS


def view_page(
    page_id: str | None,
    mined: MinedPage,
    ranking: Ranking,
    *,
    wanted: Wanted | None = None,
    measures: Measures = PANEL,
) -> PageView:
    """Return what the view of a page shows."""
    wanted = wanted or Wanted()
    standings = stand(mined, ranking)
    posts = lay_out(mined, choose(mined, wanted), in_page_order=wanted.in_page_order)
    authors = Counter(each.comment.author for each in mined.comments if each.comment.author)
    return PageView(
        id=page_id,
        mined=mined,
        wanted=wanted,
        standings=standings,
        posts=posts,
        drawing=draw(mined, posts, bounds_of(standings), measures),
        article=cut_article(mined),
        authors=tuple(authors.most_common(MAX_AUTHORS)),
        arguments=ranking.arguments,
    )
