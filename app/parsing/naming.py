"""Knows the words by which pages call their comments, and the parts of a page that hold them."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from app.parsing.furniture import is_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.tree import Node

_COMMENT = re.compile(
    r"comment|komment|coment|commento|reacti|reakti|repl(?:y|ies)|discuss|dsq-|antwort|cmt"
    r"|fbfeedback|ugccmt"
)
_POST = re.compile(r"message|thread|forum|post|beitrag|answer|opinion|respon|review|feedback|entry")
_SECTION = re.compile(
    r"#?(?:.*-)?(?:comments?|comment-?lists?|kommentare?|commentaires?|comentarios?|commenti"
    r"|disqus(?:-thread)?|discussions?|responses|reacties|reaktionen|replies|conversation"
    r"|dsq-content)(?:-?(?:area|section|wrapper|wrap|list|container|content|box|block|holder"
    r"|inner|body|module|thread|tree|stream|pane|panel|tab|group|app|feed|main|0))*"
)
_NOT_COMMENTS = re.compile(
    r"form|respond$|nav|pager|paginat|related|share|sidebar|widget|recent|button|count|link"
    r"|header|footer|toolbar|menu|avatar|author|date|meta|actions?|subscri|teaser|preview|status"
    r"|format|type|tag-|category|hentry|sticky|thumbnail|trackback-?url|rules|policy|login|sort"
    r"|^#?(?:comments|commentlist|comment-?(?:list|area|section|wrapper|container|holder))"
)
_VARIES = re.compile(
    r"\d|^(?:odd|even|alt|first|last|new|parent|child|byuser|bypostauthor|active|open|leaf|root"
    r"|level|indent|highlight|collapsed|expanded|clearfix|row|col|role:|rel:)"
)
_HASHED = re.compile(r"(?:css|sc|jss?|emotion|_?[a-z]{1,3})-(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{3,10}")
"""Classes that programs make up of an element's style: alike elements share them."""

_NOWHERE = re.compile(
    r"(?:.*[-#])?(?:nav|menu|sidebar|footer|breadcrumbs?|related|share|recent|widget|popular|latest"
    r"|aside)(?:-.*)?|.*(?:recent-?comments?|latest-?comments?|top-?comments?|related-?posts?)"
    r"(?:-.*)?"
)


_OF_OTHERS = re.compile(
    r"recent|latest|popular|most|neu?este|letzte|aktuelle|derni(?:er|ère)s|récents|recientes"
    r"|últimos|recenti|ultimi|laatste|recente",
    re.IGNORECASE,
)
"""Headings over comments on other articles."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEVER_ANNOUNCED = frozenset({"footer", "nav", "aside"})
_SMALL_HEADING = 6
_LONGEST_HEADING = 150


class Called(Enum):
    """What a word calls an element: a comment, what may be one (a post), or neither."""

    COMMENT = auto()
    POST = auto()
    NOTHING = auto()


def called_by(word: str) -> Called:
    """Return what a word calls the element that has it."""
    if _NOT_COMMENTS.search(word):
        return Called.NOTHING
    if _COMMENT.search(word):
        return Called.COMMENT
    return Called.POST if _POST.search(word) else Called.NOTHING


def is_telling(word: str) -> bool:
    """Return whether a word can be shared by elements that are alike, and by them alone.

    An id tells if it is numbered; a class that is numbered differs from element to element.
    """
    if word.startswith("#"):
        return "0" in word
    return not _VARIES.search(word) or (word.count("-") == 1 and bool(_HASHED.fullmatch(word)))


def names_parent(word: str) -> bool:
    """Return whether a word tells an element from others of the page, for its children's sake."""
    return not _VARIES.search(word)


def find_sections(nodes: Sequence[Node]) -> list[bool]:
    """Return for each element whether it stands in a part of the page that is called comments.

    What stands behind a heading that announces comments is such a part too.
    """
    inside: list[bool] = []
    announced: set[int] = set()
    known: dict[tuple[str, ...], tuple[bool, bool]] = {(): (False, False)}
    for at, node in enumerate(nodes):
        above = node.parent >= 0 and inside[node.parent]
        says = known.get(node.words)
        if says is None:
            elsewhere = any(map(_NOWHERE.fullmatch, node.words))
            section = not elsewhere and any(map(_SECTION.fullmatch, node.words))
            says = known[node.words] = (section, elsewhere)
        section = says[0] and node.tag not in {"html", "body", "a"}
        if not above and node.parent in announced and node.tag not in _NEVER_ANNOUNCED:
            section = not says[1]
        if node.tag in _HEADINGS and node.end - at <= _SMALL_HEADING and _announces(node):
            announced.add(node.parent)
        inside.append((above or section) and not (says[1] and not above))
    return inside


def _announces(node: Node) -> bool:
    text = " ".join("".join(node.element.itertext())[: 2 * _LONGEST_HEADING].split())
    return is_heading(text) and not _OF_OTHERS.search(text)
