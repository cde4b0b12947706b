"""Comments as weblog software and site builders write them."""

from __future__ import annotations

from app.parsing.platforms.description import Platform, Zone, mark

WEBLOGS: tuple[Platform, ...] = (
    Platform(
        "wordpress",
        seen_on="WordPress 2.0 to 6, WordPress.com; Kubrick, Twenty Ten to Twenty Four, Genesis",
        comment=(
            mark("li div article section", r"#(?:li-)?comment-0", r"depth-\d{1,3}"),
            mark("li", "pingback", "trackback"),
        ),
        zones=(
            (
                Zone.DROP,
                mark(
                    "*",
                    r"reply|comment-?reply(?:-?(?:link|login|button))?|says|comment-actions?",
                    r"comment-edit-link|edit-link|avatar(?:-.*)?|photo|comment-permalink",
                    r".*(?:like-?dislike|karma|sharedaddy|jp-relatedposts|wp-ulike|cld-).*",
                ),
            ),
            (Zone.NAME, mark("*", "fn", r"comment-?author-?(?:name|link)")),
            (Zone.CONTENT, mark("*", r"comment-?(?:content|text|copy|entry)", "contenttext")),
            (Zone.META, mark("*", r"comment-?(?:date|time)|comment-?meta-?data")),
            (Zone.BODY, mark("*", r"comment-?body")),
            (Zone.AUTHOR, mark("*", r"comment-?author|author-?name|commenter(?:-name)?|vcard")),
        ),
        pingback=mark("*", "pingback", "trackback"),
    ),
    Platform(
        "wordpress definition list",
        seen_on="Thesis 1",
        comment=(mark("dt", r"#comment-0", r"depth-\d{1,3}"),),
        zones=(
            (Zone.NAME, mark("*", "comment-author")),
            (Zone.META, mark("*", "comment-time", "comment-num")),
            (Zone.CONTENT, mark("*", "format-text")),
        ),
        runs=True,
    ),
    Platform(
        "blogger",
        seen_on="Blogger since 2012, with threads",
        comment=(mark("li", "comment"),),
        zones=(
            (Zone.DROP, mark("*", "comment-actions", "icon", "thread-toggle", "continue")),
            (Zone.NAME, mark("cite", "user")),
            (Zone.META, mark("*", "datetime")),
            (Zone.CONTENT, mark("*", "comment-content")),
        ),
        needs=mark("*", "comment-thread", "thread-chrome", "comment-block"),
    ),
    Platform(
        "blogger definition list",
        seen_on="Blogger 2006 to 2012",
        comment=(mark("dt div p span", r"comment-author(?:-0)?"),),
        zones=(
            (Zone.DROP, mark("*", "item-control", r"avatar-image-container")),
            (Zone.AUTHOR, mark("dt", "comment-author")),
            (Zone.CONTENT, mark("dd", "comment-body", "comment-body-author")),
            (Zone.META, mark("dd p", "comment-footer", "comment-timestamp")),
        ),
        runs=True,
        needs=mark("*", "#comments-block", "comment-timestamp"),
    ),
    Platform(
        "drupal",
        seen_on="Drupal 5 to 10; Garland, Zen, Bartik, Olivero",
        comment=(
            mark("article div", "comment", "js-comment", "comment-item"),
            mark("article div", "type:comment"),
        ),
        zones=(
            (Zone.DROP, mark("ul div", "links", "user-picture", "comment-user-picture", "new")),
            (Zone.NAME, mark("*", "username", "property:name")),
            (Zone.AUTHOR, mark("*", "submitted", "comment-submitted", "comment-author", "author")),
            (
                Zone.CONTENT,
                mark("*", "field-name-comment-body", "comment-body", "content", "comment-content"),
            ),
        ),
        needs=mark("*", "submitted", "comment-submitted", "field-name-comment-body", "indented"),
    ),
    Platform(
        "movable type",
        seen_on="Movable Type 3 to 6, TypePad",
        comment=(mark("div li", r"#comment-0", r"comment", r"#comment-[0-9a-f]{8,}"),),
        zones=(
            (Zone.DROP, mark("*", "user-pic", "comment-avatar", "report")),
            (Zone.CONTENT, mark("*", r"comments?-?content")),
            (
                Zone.META,
                mark(
                    "*", r"comments?-?(?:footer|post|posted|header|meta|head)", "posted", "byline"
                ),
            ),
            (Zone.BODY, mark("*", r"comments?-?body")),
        ),
        needs=mark("*", r"comments?-?(?:footer|content|post)", "#comments-open", "asset-meta"),
    ),
    Platform(
        "spip",
        seen_on="SPIP 2 to 4; zpip, comments plugin",
        comment=(
            mark("li", "forum-fil", "comment-fil", "item-forum", "comment-item"),
            mark("div", "forum-reponse", "comment-reponse"),
        ),
        zones=(
            (Zone.DROP, mark("*", "repondre", "moderation", "forum-repondre", "comment-reply")),
            (Zone.NAME, mark("*", "fn", r"forum-qui(?:-\d+)?", r"comment-qui")),
            (Zone.CONTENT, mark("*", "forum-texte", "comment-texte")),
            (Zone.META, mark("*", "forum-chapo", "comment-meta", "forum-date")),
        ),
    ),
    Platform(
        "serendipity",
        seen_on="Serendipity 1 and 2",
        comment=(mark("div article", "serendipity-comment"),),
        zones=(
            (Zone.META, mark("*", "serendipity-comment-source")),
            (Zone.CONTENT, mark("*", "serendipity-comment-body", "content")),
        ),
    ),
    Platform(
        "joomla jcomments",
        seen_on="JComments 2 and 3",
        comment=(mark("div", r"#comment-item-0"),),
        zones=(
            (Zone.NAME, mark("*", "comment-author")),
            (Zone.CONTENT, mark("*", "comment-body")),
            (Zone.META, mark("*", "comment-date")),
        ),
    ),
    Platform(
        "ucoz",
        seen_on="uCoz 2008 to 2016",
        comment=(mark("div table", r"#com-ent0"),),
        zones=(
            (Zone.CONTENT, mark("*", "c-message")),
            (Zone.META, mark("*", "c-top")),
            (Zone.DROP, mark("*", "c-answer", "ans")),
        ),
    ),
    Platform(
        "livejournal",
        seen_on="LiveJournal S1, S2 and 2014; Dreamwidth",
        comment=(mark("div table", r"#ljcmt0", "b-leaf", "dwexpcomment", r"#comment-cmt0"),),
        zones=(
            (Zone.NAME, mark("*", "ljuser", "b-leaf-username", "comment-poster")),
            (Zone.CONTENT, mark("*", "b-leaf-article", "comment-content", "talk-comment-box")),
            (Zone.META, mark("*", "b-leaf-createtime", "datetime", "talk-comment-head")),
        ),
    ),
)
