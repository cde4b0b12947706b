"""Promises about answers in HTML: however a page shows whom a comment answers, it is read."""

from __future__ import annotations

import pytest

from app.parsing import explain_page, parse_page

HEAD = "<html><head><title>Crane</title></head><body><h1>Crane</h1><p>A crane fell.</p>"


def box(at: int, *, style: str = "", words: str = "", more: str = "", attributes: str = "") -> str:
    """Write a comment, its element left open."""
    return (
        f'<div class="comment {words}" id="comment-{at}" style="{style}" {attributes}>'
        f'<span class="author">R{at}</span> <span class="date">May {at}, 2014</span> {more}'
        f'<div class="text">It was number {at}.</div>'
    )


def parents_of(body: str) -> list[str | None]:
    """Return whom the comments of a page answer."""
    page = parse_page(f'{HEAD}<div id="comments">{body}</div></body></html>'.encode())
    assert [comment.text for comment in page.comments] == [
        f"It was number {at}." for at in range(1, len(page.comments) + 1)
    ]
    return [comment.reply_to for comment in page.comments]


def link(to: int, text: str, words: str = "") -> str:
    """Write a link to another comment."""
    return f'<a class="{words}" href="/crane#comment-{to}">{text}</a>'


FORMS = {
    "inside": box(1) + box(2) + box(3) + "</div></div></div>" + box(4) + "</div>",
    "list of answers within": (
        f'{box(1)}<div class="replies">{box(2)}<div class="replies">{box(3)}</div></div></div>'
        f"</div></div>{box(4)}</div>"
    ),
    "list of answers behind": (
        f'{box(1)}</div><div class="indented">{box(2)}</div><div class="indented">{box(3)}</div>'
        f"</div></div>{box(4)}</div>"
    ),
    "margins": "".join(
        box(at, style=f"margin-left: {left}px") + "</div>"
        for at, left in enumerate((0, 25, 50, 0), 1)
    ),
    "classes": "".join(
        box(at, words=f"level-{level}") + "</div>" for at, level in enumerate((1, 2, 3, 1), 1)
    ),
    "data": "".join(
        box(at, attributes=f'data-parent-id="{parent}"') + "</div>"
        for at, parent in enumerate((0, 1, 2, 0), 1)
    ),
    "in reply to": (
        f"{box(1)}</div>{box(2, more='in reply to ' + link(1, 'R1'))}</div>"
        f"{box(3, more=link(2, 'R2', 'parent-link'))}</div>{box(4)}</div>"
    ),
    "German": (
        f"{box(1)}</div>{box(2, more=link(1, 'Antwort auf R1'))}</div>"
        f"{box(3, more='Als Antwort auf ' + link(2, 'R2'))}</div>{box(4, more=link(4, '#4'))}</div>"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_answers_are_seen(form: str):
    """2 answers 1, 3 answers 2, 4 answers nobody, in each form that pages have for it."""
    assert parents_of(FORMS[form]) == [None, "c1", "c2", None]


def test_links_to_others_are_no_answers():
    """A link to the comment itself, to the next one, or to answer it, does not make an answer."""
    body = "".join(
        box(at, more=link(at, "Permalink") + link(1, "Reply") + link(at + 1, "next")) + "</div>"
        for at in range(1, 4)
    )
    assert parents_of(body) == [None, None, None]


def test_a_hundred_levels_are_followed():
    """Answers to answers to answers are each given to the one above."""
    body = "".join(box(at) for at in range(1, 101)) + "</div>" * 100
    assert parents_of(body) == [None, *(f"c{at}" for at in range(1, 100))]


COMMENTS = "".join(box(at) + "</div>" for at in range(1, 4))


@pytest.mark.parametrize(
    ("more", "declared", "missing"),
    [
        ("<h2>3 Comments</h2>", 3, False),
        ("<h2>17 Comments</h2>", 17, True),
        ("<h2>Kommentare (1.204)</h2>", 1204, True),
        ("<h2>3 comments</h2><a class='load-more'>Load more comments</a>", 3, True),
        ("<div class='pagination'><span>1</span> <a href='?cpage=2'>2</a></div>", None, True),
        ("<a href='#'>← Ältere Kommentare</a>", None, True),
        ("<a href='/about'>More</a>", None, False),
    ],
)
def test_pages_that_have_more_say_so(more: str, declared: int | None, missing: bool):  # noqa: FBT001 - a case's expectation
    """What the page counts is compared with what is found; buttons and pagers are seen."""
    data = f'{HEAD}<div id="comments">{more}{COMMENTS}</div></body></html>'.encode()
    _, evidence = explain_page(data)
    assert (evidence.declared, evidence.found) == (declared, 3)
    assert (evidence.comments_missing is not None) is missing
