"""Reads the comments that a page declares in JSON-LD, and how many it says there are.

Comments in microdata, RDFa and microformats stand in the page itself and are read there, as those
of any other platform (`platforms.vocabularies`): only so it is known where they stand, what they
answer, and what is left of the article without them.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.parsing.drafts import Draft
from app.parsing.edges import lines_of
from app.parsing.instants import parse_html_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.parsing.tree import Node

_JSON_LD = re.compile(r"\s*application/ld\+json\b", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_COMMENTS = ("comment", "comments", "suggestedAnswer", "acceptedAnswer", "answer")
_TEXTS = ("text", "commentText", "articleBody", "description")
_DATES = ("datePublished", "dateCreated", "commentTime")
_ARTICLES = ("article", "posting", "question", "review")
"""How the names of the types end that an article may have."""

_MOST_AUTHORS = 5
_LONGEST_TITLE = 300
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_MOST_OBJECTS = 200_000
"""Values of a page's JSON that are looked at; discussions of 10,000 comments have half as many."""


@dataclass(slots=True)
class Stated:
    """What JSON-LD says of an article; `author_id` is where it says who the author is."""

    title: str | None
    author: str | None
    published: str | None
    site: str | None
    author_id: str = ""


@dataclass(slots=True)
class Structured:
    """What a page declares: drafts of its comments, their number, and what it says of articles.

    `people` are names by the ids under which they are declared.
    """

    drafts: list[Draft] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)


def read_json_ld(nodes: Sequence[Node]) -> Structured:
    """Return what the JSON-LD of a page says of comments; broken JSON says nothing."""
    structured = Structured()
    for node in nodes:
        if node.tag == "script" and _JSON_LD.match(node.element.get("type") or ""):
            value = _load(node.element.text or "")
            for one, comment in _objects_in(value, structured):
                _read_count(one, comment, structured)
                if comment is None:
                    _read_article(one, structured)
    structured.stated.sort(key=lambda article: article.title is None)
    for article in structured.stated:
        article.author = article.author or structured.people.get(article.author_id)
    return structured


def _load(text: str) -> object:
    try:
        return json.loads(_WRAPPED.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects_in(
    value: object, structured: Structured
) -> Iterator[tuple[dict[str, object], int | None]]:
    """The objects in a JSON value in its order, each with the comment whose answer it may be."""
    waiting: list[tuple[object, int | None, bool]] = [(value, None, False)]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one, parent, comment = waiting.pop()
        if isinstance(one, list):
            waiting += ((item, parent, comment) for item in reversed(one))
        elif isinstance(one, dict):
            before = len(structured.drafts)
            if comment:
                _add_comment(one, parent, structured)
            own = before if len(structured.drafts) > before else None
            yield one, own
            inner = own if comment else None
            waiting += ((item, inner, key in _COMMENTS) for key, item in reversed(one.items()))


def _add_comment(one: dict[str, object], parent: int | None, structured: Structured) -> None:
    text = next((text for name in _TEXTS if (text := _string(one.get(name)))), "")
    lines = lines_of(html.unescape(_TAG.sub("", _BREAK.sub("\n", text))))
    if not lines:
        return
    date = next((date for name in _DATES if (date := _string(one.get(name)))), "")
    structured.drafts.append(
        Draft(
            text="\n".join(line.words for line in lines),
            author=_name_of(one.get("author") or one.get("creator")),
            parent=parent,
            created_at=parse_html_time(date) if date else None,
        )
    )


def _read_count(one: dict[str, object], comment: int | None, structured: Structured) -> None:
    """Note the number of comments that an article says it has."""
    count = one.get("commentCount", one.get("answerCount")) if comment is None else None
    if isinstance(count, str) and count.isdigit():
        count = int(count[:7])
    if isinstance(count, int) and not isinstance(count, bool) and count > 0:
        structured.counts.append(count)


def _read_article(one: dict[str, object], structured: Structured) -> None:
    """Note what an article says of itself, and who a person is that one may refer to."""
    types = one.get("@type")
    names = [_string(name).lower() for name in (types if isinstance(types, list) else [types])]
    id_ = _string(one.get("@id"))
    if "person" in names and id_:
        structured.people[id_] = _name_of(one) or ""
    is_article = any(name.endswith(_ARTICLES) for name in names)
    if not is_article and "webpage" not in names:
        return
    author = one.get("author") or one.get("creator")
    first = author[0] if isinstance(author, list) and author else author
    structured.stated.append(
        Stated(
            title=_tidy(one.get("headline")) or _tidy(one.get("name")) if is_article else None,
            author=_names_of(author),
            published=next((date for name in _DATES if (date := _string(one.get(name)))), None),
            site=_name_of(one.get("publisher")),
            author_id=_string(first.get("@id")) if isinstance(first, dict) else "",
        )
    )


def _names_of(author: object) -> str | None:
    """The names of people, with a comma between; organisations write no articles."""
    several = author if isinstance(author, list) else [author]
    people = (one for one in several[:_MOST_AUTHORS] if not _is_organization(one))
    names = dict.fromkeys(name for one in people if (name := _name_of(one)) and "://" not in name)
    return ", ".join(names) or None


def _is_organization(one: object) -> bool:
    kind = one.get("@type") if isinstance(one, dict) else None
    return isinstance(kind, str) and kind.lower().endswith("organization")


def _tidy(value: object) -> str | None:
    return " ".join(html.unescape(_string(value)).split())[:_LONGEST_TITLE] or None


def _name_of(author: object) -> str | None:
    if isinstance(author, list):
        author = author[0] if author else None
    name = _string(author.get("name")) if isinstance(author, dict) else _string(author)
    return " ".join(html.unescape(name).split())[:200] or None


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
