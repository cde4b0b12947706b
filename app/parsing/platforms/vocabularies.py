"""Comments that say in the page's own markup that they are: microdata, RDFa and microformats."""

from __future__ import annotations

from app.parsing.platforms.description import Platform, Zone, mark

VOCABULARIES: tuple[Platform, ...] = (
    Platform(
        "microdata",
        seen_on="schema.org/Comment; SIOC types module; indieweb.org/comments",
        comment=(
            mark("*", r"type:(?:comment|user-comments|answer)"),
            mark("*", r"[pu]-comment"),
        ),
        zones=(
            (Zone.DROP, mark("*", r"itemprop:(?:parent-item|upvote-count|image|comment-count)")),
            (Zone.CONTENT, mark("*", r"itemprop:(?:text|comment-text)", "property:encoded")),
        ),
    ),
)
