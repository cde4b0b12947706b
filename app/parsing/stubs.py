"""Knows the lines by which a page says that it has more comments than it shows."""

from __future__ import annotations

import re

from app.parsing.vocabulary import COMMENT, COMMENTS, COMMENTS_CJK

_LONGEST = 60
_COMMENT = f"(?:{COMMENTS}|{COMMENT})"
_MORE = re.compile(
    rf"\W*(?:(?:load|show|view|see|read)\s+(?:\d+\s+|all\s+)?(?:more|all|older|newer|previous|\d+)"
    rf"\s+{_COMMENT}(?:\s*\(\d+\))?|(?:older|newer|previous|next|more|\d+\s+more)\s+{_COMMENT}"
    r"|(?:weitere|mehr|ältere|neuere|alle|voir|afficher|charger|ver|mostrar|cargar|meer|oudere"
    r"|toon|laad|altri|carica|mostra|mais|carregar|visa|vis|показать|загрузить|ещё|показати)"
    rf"\b.{{0,20}}\b{_COMMENT}(?:\s+(?:anzeigen|laden|más|mais|altri|précédents|suivants|anteriores"
    r"|plus anciens|tonen))?"
    rf"|もっと(?:見る|読む)|{COMMENTS_CJK}をもっと見る|(?:查看|加载|載入)?更多{COMMENTS_CJK}"
    rf"|{COMMENTS_CJK}\s?더\s?보기"
    r"|(?:page|seite|pagina|página|strona|sida|страница)\s+\d+\s*(?:of|/|von|sur|de|di|van|z|av|из)"
    r"\s*\d+)\W*",
    re.IGNORECASE,
)


def offers_more(text: str) -> bool:
    """Return whether a line is a button or a note that more comments stand elsewhere."""
    return len(text) <= _LONGEST and bool(_MORE.fullmatch(text.strip()))
