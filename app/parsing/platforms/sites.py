"""Comments as single large sites write them."""

from __future__ import annotations

from app.parsing.platforms.description import Platform, Zone, mark

SITES: tuple[Platform, ...] = (
    Platform(
        "hacker news",
        seen_on="news.ycombinator.com, 2007 to today",
        comment=(mark("td", "default"),),
        zones=(
            (Zone.DROP, mark("*", "reply", "navs", "votelinks", "togg", "onstory")),
            (Zone.NAME, mark("*", "hnuser")),
            (Zone.META, mark("*", "comhead")),
            (Zone.CONTENT, mark("*", "commtext", "comment")),
        ),
        within="tr",
        article=mark("*", "toptext"),
        needs=mark("*", "comhead"),
    ),
    Platform(
        "reddit",
        seen_on="old.reddit.com",
        comment=(mark("div", "comment"),),
        zones=(
            (Zone.DROP, mark("*", "midcol", "buttons", "score", "expand", "flair", "userattrs")),
            (Zone.BODY, mark("form", "usertext")),
            (Zone.NAME, mark("*", "author")),
            (Zone.META, mark("*", "tagline")),
            (Zone.CONTENT, mark("*", "md")),
        ),
        article=mark("div", "expando"),
        needs=mark("*", "tagline"),
    ),
    Platform(
        "stack exchange",
        seen_on="stackoverflow.com and its sisters, 2009 to today",
        comment=(mark("div", "answer"), mark("li tr", "comment")),
        zones=(
            (Zone.NAME, mark("a span", "comment-user")),
            (Zone.META, mark("*", "comment-date", "user-action-time", "post-signature")),
            (Zone.CONTENT, mark("*", "comment-copy", "s-prose", "post-text", "js-post-body")),
            (Zone.AUTHOR, mark("*", "itemprop:author")),
            (Zone.DROP, mark("*", "user-details", "user-gravatar32", "post-menu", "js-vote-count")),
            (Zone.DROP, mark("*", "comment-actions", "comment-score", "js-voting-container")),
            (Zone.BODY, mark("*", "comment-text", "comment-body")),
        ),
        article=mark("div", "js-post-body", "s-prose", "post-text"),
        needs=mark("*", "comment-copy", "comment-user"),
    ),
    Platform(
        "huffpost",
        seen_on="huffingtonpost.com, 2008 to 2011",
        comment=(mark("div", r"#comment-0"),),
        zones=(
            (
                Zone.DROP,
                mark("*", "author-fans", "bio-teaser", "comment-bottom", "comment-links-section"),
            ),
            (Zone.NAME, mark("a", "vertical-color")),
            (Zone.AUTHOR, mark("*", "author-name")),
            (Zone.META, mark("*", "comment-time")),
            (Zone.CONTENT, mark("*", "comment-body")),
        ),
        needs=mark("*", "author-fans", "bio-teaser", "comment-children"),
    ),
    Platform(
        "slashdot",
        seen_on="slashdot.org since 2007",
        comment=(mark("li", "comment"),),
        zones=(
            (Zone.DROP, mark("*", "comment-sub", "nbutton", "score", "title")),
            (Zone.META, mark("*", "details")),
            (Zone.CONTENT, mark("*", r"#comment-body-0", "comment-body")),
        ),
        needs=mark("*", "comment-sub"),
    ),
    Platform(
        "github",
        seen_on="issues and pull requests on github.com, 2015 to 2023",
        comment=(mark("div", "timeline-comment"),),
        zones=(
            (Zone.DROP, mark("*", "timeline-comment-label", "timeline-comment-actions")),
            (Zone.DROP, mark("*", "comment-reactions", "avatar-parent-child")),
            (Zone.NAME, mark("a", "author")),
            (Zone.META, mark("*", "timestamp", "timeline-comment-header-text")),
            (Zone.CONTENT, mark("*", "js-comment-body", "comment-body")),
            (Zone.BODY, mark("*", "edit-comment-hide", "timeline-comment-header")),
        ),
        opening=True,
        title=mark("*", "js-issue-title"),
        needs=mark("*", "timeline-comment-header"),
    ),
    Platform(
        "yahoo",
        seen_on="news.yahoo.com, 2010 to 2014",
        comment=(mark("li div", "ugccmt-comment", "ugc-comment", r"#ugccmt-comment-.*"),),
        zones=(
            (Zone.DROP, mark("*", "ugccmt-commentmoderate", "ugccmt-rate", "avatar")),
            (Zone.NAME, mark("*", "ugccmt-user", "fn", "user")),
            (Zone.CONTENT, mark("*", "ugccmt-commenttext", "comment-content")),
        ),
    ),
)
