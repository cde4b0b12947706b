"""Posts as forum software writes them; the first one of a thread is what the others answer."""

from __future__ import annotations

from app.parsing.platforms.description import Platform, Zone, mark

FORUMS: tuple[Platform, ...] = (
    Platform(
        "phpbb",
        seen_on="phpBB 3.0 to 3.3, prosilver",
        comment=(mark("div", r"#p0"),),
        zones=(
            (
                Zone.DROP,
                mark("*", "postprofile", "signature", "post-buttons", "notice", "back2top"),
            ),
            (Zone.NAME, mark("a", "username", "username-coloured")),
            (Zone.META, mark("p", "author")),
            (Zone.CONTENT, mark("div", "content")),
        ),
        opening=True,
        title=mark("h2", "topic-title"),
        needs=mark("*", "postbody", "postprofile"),
    ),
    Platform(
        "phpbb tables",
        seen_on="phpBB 2, subSilver",
        comment=(mark("span b", "name", "postauthor"),),
        zones=(
            (Zone.NAME, mark("*", "name", "postauthor")),
            (Zone.CONTENT, mark("*", "postbody")),
            (Zone.META, mark("*", "postdetails", "gensmall", "gen", "nav", "genmed")),
        ),
        runs=True,
        opening=True,
        title=mark("a", "maintitle"),
        needs=mark("*", "postbody"),
    ),
    Platform(
        "vbulletin",
        seen_on="vBulletin 3, 4 and 5",
        comment=(
            mark("table div", r"#post0"),
            mark("li div", r"#post-0", "postbit", "postbitlegacy", "b-post"),
        ),
        zones=(
            (Zone.DROP, mark("*", "smallfont", "usertitle", "userinfo-extra", "signature")),
            (Zone.NAME, mark("*", "bigusername", "username")),
            (
                Zone.CONTENT,
                mark("*", r"#post-message-0", "postcontent", "js-post-content-text"),
            ),
            (Zone.META, mark("*", "thead", "date", "postdate", "b-post-timestamp")),
            (Zone.AUTHOR, mark("*", "author", "userinfo", r"#postmenu-0")),
        ),
        opening=True,
        needs=mark("*", r"#post-message-0", "js-post-content-text"),
    ),
    Platform(
        "xenforo",
        seen_on="XenForo 1 and 2",
        comment=(mark("li article", "message"),),
        zones=(
            (
                Zone.DROP,
                mark("*", "message-user-extras", "user-title", "signature", "message-footer"),
            ),
            (Zone.NAME, mark("*", "username", "message-name")),
            (Zone.CONTENT, mark("*", "bb-wrapper", "message-text")),
            (Zone.META, mark("*", "message-attribution", "message-meta", "date-time", "u-dt")),
        ),
        opening=True,
        title=mark("h1", "p-title-value"),
        needs=mark("*", "bb-wrapper", "message-text"),
    ),
    Platform(
        "smf",
        seen_on="SMF 1.1, 2.0 and 2.1",
        comment=(mark("div", "post-wrapper"),),
        zones=(
            (Zone.DROP, mark("ul", "user-info", "reset", "smalltext", "quickbuttons")),
            (Zone.DROP, mark("*", "moderatorbar", "signature", "postinfo-buttons")),
            (Zone.AUTHOR, mark("*", "poster")),
            (Zone.META, mark("*", "keyinfo", "postinfo")),
            (Zone.CONTENT, mark("*", r"#msg-0", "post", "inner")),
        ),
        opening=True,
        needs=mark("*", "poster"),
    ),
    Platform(
        "mybb",
        seen_on="MyBB 1.6 and 1.8",
        comment=(mark("div table", r"#post-0"),),
        zones=(
            (Zone.DROP, mark("*", "smalltext", "author-statistics", "signature", "post-controls")),
            (Zone.NAME, mark("*", "largetext")),
            (Zone.CONTENT, mark("*", "post-body", r"#pid-0")),
            (Zone.META, mark("*", "post-date", "post-head")),
            (Zone.AUTHOR, mark("*", "post-author", "author-information")),
        ),
        opening=True,
        needs=mark("*", r"#pid-0"),
    ),
    Platform(
        "invision",
        seen_on="Invision Power Board 3, Invision Community 4",
        comment=(mark("div", "post-block"), mark("article", r"#el-?comment-0", "c-post")),
        zones=(
            (
                Zone.DROP,
                mark("*", "author-info", "signature", "post-controls", "c-author-pane-info"),
            ),
            (Zone.NAME, mark("*", "fn", "c-author-pane-author")),
            (Zone.CONTENT, mark("*", "entry-content", "role:comment-content", "post")),
            (Zone.META, mark("*", "posted-info", "ips-comment-meta")),
        ),
        opening=True,
        needs=mark("*", "entry-content", "role:comment-content"),
    ),
    Platform(
        "discourse",
        seen_on="Discourse's view for crawlers and for browsers without scripts",
        comment=(mark("div", "crawler-post"),),
        zones=(
            (Zone.NAME, mark("*", "itemprop:name")),
            (Zone.AUTHOR, mark("*", "creator")),
            (Zone.META, mark("*", "crawler-post-infos", "post-time")),
            (Zone.CONTENT, mark("*", "post")),
            (Zone.DROP, mark("*", "itemprop:interaction-statistic", "crawler-linkback-list")),
        ),
        opening=True,
    ),
    Platform(
        "discourse with scripts",
        seen_on="Discourse pages saved from a browser",
        comment=(mark("article", "onscreen-post", "boxed"),),
        zones=(
            (
                Zone.DROP,
                mark("*", "topic-avatar", "post-menu-area", "embedded-posts", "user-title"),
            ),
            (Zone.NAME, mark("*", "username", "full-name")),
            (Zone.CONTENT, mark("*", "cooked")),
            (Zone.META, mark("*", "post-infos", "post-date")),
        ),
        opening=True,
        needs=mark("*", "cooked"),
    ),
    Platform(
        "vanilla",
        seen_on="Vanilla 2 and 3",
        comment=(mark("li div", "item-comment", r"#comment-0", "item-discussion"),),
        zones=(
            (Zone.NAME, mark("*", "username")),
            (Zone.AUTHOR, mark("*", "author")),
            (Zone.META, mark("*", "date-created", "meta")),
            (Zone.CONTENT, mark("*", "message")),
        ),
        opening=True,
        needs=mark("*", "item-comment"),
    ),
    Platform(
        "bbpress",
        seen_on="bbPress 2",
        comment=(mark("div", r"#post-0", "bbp-reply-header"),),
        zones=(
            (Zone.DROP, mark("*", "bbp-admin-links", "bbp-author-role", "bbp-author-ip")),
            (Zone.NAME, mark("*", "bbp-author-name")),
            (Zone.META, mark("*", "bbp-meta", "bbp-reply-post-date")),
            (Zone.CONTENT, mark("*", "bbp-reply-content", "bbp-topic-content")),
        ),
        runs=True,
        opening=True,
        needs=mark("*", "bbp-reply-content"),
    ),
)
