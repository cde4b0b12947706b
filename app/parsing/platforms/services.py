"""Comments as hosted comment systems and plug-ins write them into a page."""

from __future__ import annotations

from app.parsing.platforms.description import Platform, Zone, mark

SERVICES: tuple[Platform, ...] = (
    Platform(
        "disqus",
        seen_on="Disqus as its WordPress plug-in wrote it for crawlers, 2009 to 2013",
        comment=(mark("li div", r"#dsq-comment-0"),),
        zones=(
            (Zone.DROP, mark("*", "dsq-comment-footer", "dsq-header-avatar", "dsq-avatar")),
            (Zone.NAME, mark("*", r"#dsq-author-user-0", "dsq-commenter-name")),
            (Zone.AUTHOR, mark("cite", r"#dsq-cite-0")),
            (Zone.CONTENT, mark("*", "dsq-comment-message", r"#dsq-comment-message-0")),
        ),
    ),
    Platform(
        "disqus frame",
        seen_on="Disqus as browsers render it",
        comment=(mark("li", "post"),),
        zones=(
            (
                Zone.DROP,
                mark("*", "comment-footer", "post-menu", "avatar", "parent-link-container"),
            ),
            (Zone.NAME, mark("*", "author")),
            (Zone.META, mark("*", "post-meta", "time-ago")),
            (Zone.CONTENT, mark("*", "post-message")),
        ),
        needs=mark("*", "post-message"),
    ),
    Platform(
        "facebook",
        seen_on="Facebook's comments plug-in, 2011 to 2016",
        comment=(mark("li div", "fb-feedback-post", "fb-feedback-reply", r"fbcomment.*"),),
        zones=(
            (Zone.NAME, mark("*", "profile-name")),
            (Zone.CONTENT, mark("*", "post-text")),
            (Zone.META, mark("*", "uistreamsource", "livetimestamp", "timestamp")),
        ),
    ),
    Platform(
        "livefyre",
        seen_on="Livefyre 3",
        comment=(mark("article div", "fyre-comment-article"),),
        zones=(
            (Zone.NAME, mark("*", "fyre-comment-username")),
            (Zone.META, mark("*", "fyre-comment-date")),
            (Zone.CONTENT, mark("*", "fyre-comment")),
        ),
    ),
    Platform(
        "intensedebate",
        seen_on="IntenseDebate",
        comment=(mark("div", "idc-thread", "idc-c", r"#idcomment0"),),
        zones=(
            (Zone.NAME, mark("*", "idc-i-name")),
            (Zone.AUTHOR, mark("*", "idc-i")),
            (Zone.META, mark("*", "idc-time")),
            (Zone.CONTENT, mark("*", r"idc-c-t(?:-inner)?")),
        ),
    ),
    Platform(
        "coral",
        seen_on="Coral Talk 5 to 9",
        comment=(mark("div article li", "coral-comment"),),
        zones=(
            (Zone.NAME, mark("*", "coral-comment-username")),
            (Zone.META, mark("*", "coral-comment-timestamp")),
            (Zone.CONTENT, mark("*", "coral-comment-content")),
        ),
    ),
    Platform(
        "commento",
        seen_on="Commento 1",
        comment=(mark("div", "commento-card"),),
        zones=(
            (Zone.NAME, mark("*", "commento-name")),
            (Zone.META, mark("*", "commento-timeago")),
            (Zone.CONTENT, mark("*", "commento-body")),
        ),
    ),
    Platform(
        "isso",
        seen_on="Isso 0.10 to 0.13",
        comment=(mark("div", "isso-comment"),),
        zones=(
            (Zone.NAME, mark("*", "author", "isso-author")),
            (Zone.CONTENT, mark("*", "text", "isso-text")),
            (Zone.DROP, mark("*", "isso-comment-footer", "isso-postbox")),
        ),
    ),
    Platform(
        "wpdiscuz",
        seen_on="wpDiscuz 3 to 7",
        comment=(mark("div", "wpd-comment", "wc-comment", r"#wpd-comm-0-0", r"#wc-comm-0-0"),),
        zones=(
            (
                Zone.DROP,
                mark("*", "wpd-comment-label", "wc-comment-label", "wpd-reply-to", "wc-reply-to"),
            ),
            (Zone.DROP, mark("*", "wpd-comment-footer", "wc-comment-footer", "wpd-form-wrap")),
            (Zone.AUTHOR, mark("*", "wpd-comment-author", "wc-comment-author")),
            (Zone.META, mark("*", "wpd-comment-date", "wc-comment-date")),
            (Zone.CONTENT, mark("*", "wpd-comment-text", "wc-comment-text")),
        ),
    ),
)
