"""Promises about a comment's text in HTML: what of its markup is kept, and how."""

from __future__ import annotations

import pytest

from app.parsing import explain_page, parse_page
from app.parsing.drafts import is_removed

HEAD = "<html><head><title>Crane</title></head><body><h1>Crane</h1><p>A crane fell.</p>"


def item(at: int, body: str, *, author: str = "Ann", answers: str = "") -> str:
    """Write one comment of a list."""
    return (
        f'<li class="comment" id="comment-{at}"><div class="comment-author"><b class="fn">{author}'
        f'</b></div><div class="comment-content">{body}</div><div class="reply"><a>Reply</a></div>'
        f"{answers}</li>"
    )


def texts_of(*bodies: str) -> list[str]:
    """Return the texts of the comments with these bodies."""
    items = "".join(item(at, body) for at, body in enumerate(bodies))
    page = parse_page(f'{HEAD}<ol id="comments">{items}</ol></body></html>'.encode())
    return [comment.text for comment in page.comments]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One\n  line,   wrapped.</p><p>Two.</p>", "One line, wrapped.\nTwo."),
        ("One<br>two<br/><br/>three", "One\ntwo\nthree"),
        ("<p>soft&shy;ened and wo<wbr>rds</p>", "softened and words"),
        ("<pre>if x:\n    y()</pre>", "if x:\ny()"),
        ("<blockquote><p>A bolt.</p></blockquote><p>Which?</p>", "> A bolt.\nWhich?"),
        (
            "<blockquote>In<blockquote>most</blockquote></blockquote>Out",
            "> In\n> > most\nOut",
        ),
        ('<div class="bbcode_quote">Ann said: no</div>Yes.', "> Ann said: no\nYes."),
        ('Ha <img class="emoji" alt="😂" src="x.png">!', "Ha 😂!"),
        ('Ha <img class="wp-smiley" alt=":)" src="x.gif">', "Ha :)"),
        ('See <img alt="A photo of the crane" src="x.jpg"> here', "See here"),
        ('See <a href="https://example.org/a/long/path">example.org/a/lo…</a>', None),
        ('See <a href="https://example.org/a">the report</a>.', "See the report."),
        ("<p>Yes.</p><div class='signature'>Never lift alone.</div>", "Yes."),
        ("<p>Yes.</p><span class='vote-count'>17</span>", "Yes."),
        ("<p>??</p>", "??"),
        ("<p>a\ufffeb\x0cc&#2;d&#xFFFE;e&#38;&#0012f</p>", "a b c d e& f"),
        ("<p>مرحبا بالعالم</p>", "مرحبا بالعالم"),
    ],
)
def test_markup_becomes_text(body: str, text: str | None):
    """Lines, quotations, smileys and links become text; signatures and counters do not."""
    expected = "See https://example.org/a/long/path" if text is None else text
    assert texts_of(body, "<p>It was the wind.</p>")[0] == expected


def test_what_many_comments_end_with_is_the_template():
    """A line such as "Report this" below every comment is left out, though nothing names it."""
    said = [f"<p>It was number {n}.</p><p>Mark as spam</p>" for n in range(4)]
    assert texts_of(*said) == [f"It was number {n}." for n in range(4)]


def test_what_many_comments_say_alone_stays():
    """People do all say the same, and mean it."""
    assert texts_of(*["<p>First</p>"] * 5) == ["First"] * 5


def test_removed_comments_are_left_out_and_said_so():
    """A comment that only says it was removed is left out; answers go to the one above it."""
    answer = item(3, "<p>Why did you delete that?</p>", author="Carl")
    gone = item(
        2, "<p>This comment has been removed by the author.</p>", answers=f"<ul>{answer}</ul>"
    )
    first = item(1, "<p>It was the wind.</p>", author="Bob", answers=f"<ul>{gone}</ul>")
    page, evidence = explain_page(f'{HEAD}<ol id="comments">{first}</ol></body></html>'.encode())
    assert [(c.author, c.reply_to) for c in page.comments] == [("Bob", None), ("Carl", "c1")]
    assert [(one.place, one.reason) for one in evidence.left_out] == [
        ("li#comment-2.comment", "says only that it was removed")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[deleted]",
        "This comment has been removed by a blog administrator.",
        "Der Kommentar wurde gelöscht.",
        "Commentaire supprimé par la modération",
        "Este comentario ha sido eliminado por el autor.",
    ],
)
def test_removal_is_known_in_several_languages(text: str):
    """What only says that a comment is gone is told from what people say of it."""
    assert is_removed(text)
    assert not is_removed(f"{text} Why?!\nI wonder why they always do that here, and to whom.")


def test_characters_that_no_markup_may_have_are_survived():
    """Pages with characters that XML forbids are read, wherever these stand."""
    items = "\ufffe".join(item(at, "<p>It was the\uffff wind.</p>") for at in range(3))
    page = parse_page(f'{HEAD}<ol id="comments">{items}</ol>\ufffe\x0b</body></html>'.encode())
    assert [comment.text for comment in page.comments] == ["It was the wind."] * 3
