"""Reads a page that came as HTML: its comments by what explains most of them, then its article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.page import Article
from app.parsing.article import cut_comments, read_text
from app.parsing.claims import claims_of, evidence_of
from app.parsing.counts import read_declared
from app.parsing.drafts import Reading
from app.parsing.imprint import read_imprint
from app.parsing.language import declared_language
from app.parsing.openings import split_opening
from app.parsing.platforms import PLATFORMS
from app.parsing.repair import repair_text
from app.parsing.spans import kinds_of
from app.parsing.structured import read_json_ld
from app.parsing.tree import list_nodes, parse_html

if TYPE_CHECKING:
    from collections.abc import Collection

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(text: str, *, without: Collection[str] = (), thorough: bool = False) -> Reading:
    """Return the article and the comments of a page of HTML; no comments where none are seen.

    The rules of the platforms named in `without` are not used, to see what is found without
    them; "*" names all. `thorough` weighs all sources even where one leaves nothing open.
    """
    root = parse_html(text)
    if root is None:
        return Reading(Article(), ())
    nodes = list_nodes(root)
    kinds = kinds_of(nodes)
    structured = read_json_ld(nodes)
    declared = read_declared(nodes, structured.counts)
    platforms = [one for one in PLATFORMS if not {one.name, "*"} & set(without)]
    claims = claims_of(nodes, kinds, platforms, declared, structured.drafts, thorough=thorough)
    best = claims[0] if claims and claims[0].score else None
    evidence = evidence_of(nodes, claims, best, declared)
    language = declared_language(root.get("lang") or root.get(_XML_LANG))
    drafts = best.drafts if best is not None else []
    opening, drafts = split_opening(nodes, best.platform if best else None, drafts)
    cut = cut_comments(nodes, best.spans) if best is not None else []
    imprint = read_imprint(nodes, kinds, structured.stated, cut)
    article = Article(
        title=imprint.title,
        text=read_text(root, nodes, cut, imprint.title),
        author=imprint.author,
        published_at=imprint.published_at,
    )
    if opening is not None:
        article = replace(
            article,
            title=opening.title or article.title,
            text=opening.text or article.text,
            author=opening.author or article.author,
            published_at=opening.published_at or article.published_at,
        )
    for draft in drafts:
        draft.text = _repaired(draft.text)
        draft.author = _repaired(draft.author) if draft.author else None
    return Reading(article, tuple(drafts), language=language, url=imprint.url, evidence=evidence)


def _repaired(text: str) -> str:
    return text if text.isascii() else repair_text(text)
