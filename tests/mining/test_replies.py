"""Inferred reply links: what is a sign, what is none, and what is never touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.page import Article, Comment, CommentKind, Page, ReplyLink
from app.mining.replies import Sign, infer_links, infer_replies, presume_replies

ARTICLE = Article("Barn burns at Hollow Farm", "A barn burned on Monday. Nobody was hurt.")


def flat(*posts: tuple[str, str]) -> Page:
    """Return a page of comments c1, c2 … by these authors with these texts."""
    return Page(
        ARTICLE,
        tuple(
            Comment(f"c{number}", text, author=author)
            for number, (author, text) in enumerate(posts, start=1)
        ),
    )


LONG_AND_UNRELATED = (
    "Walter",
    (
        "My grandfather kept bees behind the mill for forty years and never once locked his gate "
        "at night, which tells you how quiet this valley used to be when people left keys outside."
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "Bridie! How would anybody see a lorry from there?",
        "@Bridie how would anybody see a lorry from there, at that hour of the night, in fog",
        "Bridie: the lorry belongs to the dairy and comes each night at four, ask anybody there.",
        "What Bridie says about a lorry fits what my neighbour told the police on Tuesday morning.",
        "The road is closed, as Bridie mentions, and so whoever drove there had a key to the gate.",
        "I think Bridie's point about the lorry is the only new thing anybody has brought up yet.",
    ],
)
def test_a_name_links_to_its_author(text):
    """A comment that addresses or mentions an earlier author answers that author's comment."""
    page = flat(("Bridie", "I saw a lorry."), LONG_AND_UNRELATED, ("Col", text))

    link = infer_links(page)["c3"]

    assert link.reply_to == "c1"
    assert link.sign in {Sign.SPEAKS_TO, Sign.NAMES}


def test_the_latest_comment_of_the_named_author_is_answered():
    """Of several comments by the named author, the latest is the one answered."""
    page = flat(
        ("Bridie", "I saw a lorry."),
        ("Bridie", "A red one."),
        LONG_AND_UNRELATED,
        ("Col", "Bridie, was it red?"),
    )

    assert infer_links(page)["c4"].reply_to == "c2"


def test_a_name_that_the_article_uses_is_no_address():
    """An author called like somebody in the story is not addressed by every mention of that."""
    page = Page(
        Article("Mayor Hale resigns", "Hale resigned on Monday."),
        (
            Comment("c1", "About time.", author="Hale"),
            Comment("c2", LONG_AND_UNRELATED[1], author="Walter"),
            Comment(
                "c3",
                "Nobody in the office ever saw the books Hale said were audited each "
                "spring by the county, and the county has no record of it at all, whatever "
                "anyone claims.",
                author="Col",
            ),
        ),
    )

    assert "c3" not in infer_links(page)


@pytest.mark.parametrize(
    "text",
    [
        "> the key was never under the mat\nWho told the paper that it was?",
        "“the key was never under the mat” is a strange thing to know.",
        ">> something quoted twice\n> the key was never under the mat\nAnd so on.",
    ],
)
def test_quoted_words_link_to_who_said_them(text):
    """A comment that quotes words of an earlier one answers it, however far up it stands."""
    page = flat(
        ("Ann", "Listen, the key was never under the mat in all these years."),
        LONG_AND_UNRELATED,
        ("Col", text),
    )

    link = infer_links(page)["c3"]

    assert (link.reply_to, link.sign) == ("c1", Sign.QUOTES)


def test_words_quoted_from_the_article_answer_no_comment():
    """A quotation that stands in the article as well is the article's."""
    page = flat(
        ("Ann", "A barn burned on Monday and nobody was hurt, thank heaven for that at least."),
        LONG_AND_UNRELATED,
        (
            "Col",
            (
                "> A barn burned on Monday. Nobody was hurt.\nThe hens were, all ninety of them, "
                "as anybody could have learned by walking up the lane and asking whoever lives "
                "at the farm."
            ),
        ),
    )

    assert "c3" not in infer_links(page)


@pytest.mark.parametrize("text", ["I agree.", "Exactly this", "+1", "nonsense", "So true!!", "👍"])
def test_bare_agreement_answers_the_comment_above(text):
    """A comment that only agrees or disagrees answers the one right above it."""
    page = flat(LONG_AND_UNRELATED, ("Col", text))

    link = infer_links(page)["c2"]

    assert (link.reply_to, link.sign) == ("c1", Sign.AGREES)


def test_two_who_take_turns_answer_each_other():
    """An author who comes back right below another comment answers that one."""
    page = flat(
        ("Ann", "It was the wiring."),
        ("Col", "Ann, the power was off that week."),
        ("Ann", "The meter ran on all the same through that night, as the electricity board says."),
    )

    assert infer_links(page)["c3"].sign is Sign.TAKES_TURNS


def test_a_comment_that_goes_on_answers_the_one_above():
    """A short comment in the second person that takes up a rare word answers the one above."""
    page = flat(
        ("Ann", "My cousin saw two jerrycans by the hedge."),
        ("Col", "and you believe your cousin about jerrycans?"),
    )

    assert infer_links(page)["c2"].sign is Sign.CONTINUES


def test_a_comment_without_a_sign_answers_the_article():
    """A comment that shows no sign of answering anybody gets no link."""
    page = flat(("Ann", "It was the wiring."), LONG_AND_UNRELATED)

    assert infer_links(page) == {}


PERHAPS_A_REPLY = ("Col", "They knew about it for a long time already.")


def test_what_may_be_a_reply_is_read_below_the_one_above_but_not_linked():
    """Less likely a reply than not, and likely enough to be meant for what stands there."""
    page = flat(LONG_AND_UNRELATED, PERHAPS_A_REPLY)

    assert infer_links(page) == {}
    assert presume_replies(page) == {"c2": "c1"}


def test_a_link_is_nothing_to_presume():
    """A comment that has one is read below that, and one that shows nothing below none."""
    page = flat(("Ann", "It was the wiring."), ("Col", "I agree."), LONG_AND_UNRELATED)

    assert presume_replies(infer_replies(page)) == {}


def test_nothing_is_presumed_where_the_page_shows_replies():
    """There a comment without a link answers the article."""
    first, second = flat(LONG_AND_UNRELATED, PERHAPS_A_REPLY).comments
    given = Comment("c3", "No.", author="Bo", reply_to="c1", reply_link=ReplyLink.GIVEN)

    assert presume_replies(Page(ARTICLE, (first, second, given))) == {}


def test_nothing_is_inferred_to_or_from_a_pingback():
    """A pingback answers nobody, and a comment below it answers the comment above it."""
    page = Page(
        ARTICLE,
        (
            Comment("c1", LONG_AND_UNRELATED[1], author="Walter"),
            Comment("c2", "I agree", author="Roundup", kind=CommentKind.PINGBACK),
            Comment("c3", "I agree.", author="Col"),
        ),
    )

    links = infer_links(page)

    assert "c2" not in links
    assert links["c3"].reply_to == "c1"


def test_a_pingback_ends_what_went_on():
    """What would go on from the comment above does not go on across a pingback."""
    page = Page(
        ARTICLE,
        (
            Comment("c1", "My cousin saw two jerrycans by the hedge.", author="Ann"),
            Comment("c2", "Weekly links.", author="Roundup", kind=CommentKind.PINGBACK),
            Comment("c3", "and you believe your cousin about jerrycans?", author="Col"),
        ),
    )

    assert infer_links(page) == {}


def test_a_page_with_nesting_takes_plain_signs_only():
    """Where the page's form shows replies, a top-level comment is linked by name or quotation."""
    page = Page(
        ARTICLE,
        (
            Comment("c1", "It was the wiring.", author="Ann"),
            Comment("c2", "No.", author="Col", reply_to="c1", reply_link=ReplyLink.MARKUP),
            Comment("c3", "I agree.", author="Dee"),
            Comment("c4", "Ann, the power was off.", author="Eve"),
        ),
    )

    read = infer_replies(page)

    assert [(comment.reply_to, comment.reply_link) for comment in read.comments] == [
        (None, None),
        ("c1", ReplyLink.MARKUP),
        (None, None),
        ("c1", ReplyLink.INFERRED),
    ]


def test_only_the_wanted_comments_are_linked():
    """`only` leaves every other comment as it is."""
    page = flat(LONG_AND_UNRELATED, ("Col", "I agree."), ("Dee", "So true."))

    read = infer_replies(page, only={"c3"})

    assert [comment.reply_to for comment in read.comments] == [None, None, "c2"]


POSTS = st.lists(
    st.tuples(
        st.sampled_from(["Ann", "Bob Lee", "x", "", "@Zed"]),
        st.one_of(
            st.sampled_from(
                ["I agree.", "Ann, no.", "> so it was said\nwhere", "you said so it was"]
            ),
            st.text(max_size=60),
        ),
    ),
    max_size=12,
)


@given(POSTS)
@settings(max_examples=60)
def test_links_lead_to_earlier_comments_and_never_move(posts):
    """Any page gets links to earlier comments only, and more comments below change none."""
    page = flat(*posts)
    positions = {comment.id: at for at, comment in enumerate(page.comments)}

    links = infer_links(page)

    assert all(positions[link.reply_to] < positions[comment] for comment, link in links.items())
    shorter = infer_links(flat(*posts[: len(posts) // 2]))
    assert shorter == {key: link for key, link in links.items() if key in shorter}
