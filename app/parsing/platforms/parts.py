"""Knows what the parts of a comment are usually called, whatever system wrote the page.

Names are read token by token, the last telling one deciding: "comment-author-link" is an author,
"comment-reply-link" a button.
"""

from __future__ import annotations

import re

from app.parsing.platforms.description import Zone

NEVER_TEXT = frozenset(
    "script style noscript template form button input select textarea svg iframe object video"
    " audio canvas map nav math head title".split()
)
"""Elements of which nothing is part of what somebody wrote."""

_PLAIN_TAGS = {"time": Zone.META, "cite": Zone.AUTHOR}

_WHOLE_WORDS: dict[str, Zone] = {
    word: zone
    for zone, words in (
        (
            Zone.NAME,
            (
                "fn itemprop:name property:name rel:author hnuser nickname username bigusername"
                " screenname"
            ),
        ),
        (
            Zone.AUTHOR,
            "itemprop:author itemprop:creator rel:has-creator author-content author-column",
        ),
        (
            Zone.CONTENT,
            (
                "itemprop:text itemprop:commenttext itemprop:comment-text itemprop:articlebody"
                " itemprop:article-body itemprop:reviewbody itemprop:review-body"
                " itemprop:description property:encoded e-content p-content usertext-body"
            ),
        ),
        (
            Zone.META,
            (
                "itemprop:datepublished itemprop:date-published itemprop:datecreated"
                " itemprop:date-created itemprop:date itemprop:comment-time property:date"
                " property:created dt-published subline"
            ),
        ),
        (
            Zone.DROP,
            (
                "itemprop:image itemprop:upvotecount itemprop:upvote-count"
                " itemprop:interaction-statistic itemprop:interaction-count itemprop:comment-count"
                " says hidden sr-only visually-hidden visuallyhidden element-invisible"
                " element-hidden screen-reader-text screen-reader role:button role:toolbar"
                " role:menu role:navigation comment-awaiting-moderation edit-link usertitle"
                " user-title author-title poster-title custom-title postcount post-count"
                " postprofile"
            ),
        ),
    )
    for word in words.split()
}

_TOKENS: dict[str, Zone] = {
    token: zone
    for zone, tokens in (
        (
            Zone.AUTHOR,
            (
                "author user poster commenter commentor commentator byline who owner vcard"
                " member attribution postedby submitted autor auteur autore usuario benutzer"
                " handle pseudonym alias creator qui writer reviewer contributor person"
                " identity nick name names displayname realname fullname authorname"
                " commentername"
            ),
        ),
        (
            Zone.META,
            (
                "date time timestamp posted ago age when dateline published created datetime datum"
                " fecha meta metas metadata info infos header head heading footer foot details"
                " detail permalink stamp dates times datestamp tagline relativetime"
            ),
        ),
        (
            Zone.CONTENT,
            (
                "content contents text message msg bodytext copy commtext excerpt entry desc texte"
                " texto testo inhalt description richtext markdown md prose txt words usertext"
            ),
        ),
        (Zone.BODY, "body"),
        (
            Zone.DROP,
            (
                "reply replies repondre responder vote votes voting voter rating ratings score"
                " avatar avatars gravatar userpic thumb thumbs thumbnail button buttons btn btns"
                " flag flags report abuse spam toolbar menu dropdown badge badges share sharing"
                " shares social like likes dislike karma action actions control controls signature"
                " sig counter count counts toggle collapse expand expander nav navigation tool"
                " tools tooltip tooltips options edit delete recommend recommendations recommended"
                " fans followers follow rank joined location photo picture pic icon icons img image"
                " number num sharedaddy moderation moderate bury dig digg points upvote downvote up"
                " down respond popup modal closer close navbuttons votelinks award awards trophy"
                " trophies replylink arrow arrows buttonrow foldbutton"
            ),
        ),
    )
    for token in tokens.split()
}

_PREFIX = re.compile(
    r"(?:comment|post|message|msg|reply|komment|comm|cmt|c|p|forum)(?=[a-z])", re.IGNORECASE
)
_HASH = re.compile(r"[a-z0-9]*\d[a-z0-9]*|[bcdfghjklmnpqrstvwxz]{4,}")
_NO_TOKENS = frozenset(
    "link links line wrapper wrap wrapping container block box inner outer row col column left"
    " right area section list item div span label js ui small large big mini first last one"
    " module component display show view field fields full short main top bottom group set"
    " clearfix primary secondary default new old in on by at for of and the this".split()
)
"""Tokens that say where or how a part is shown; what stands before them says what it is."""


def zone_by_name(tag: str, words: tuple[str, ...]) -> Zone | None:
    """Return the zone that an element begins by what it is called, if that says so."""
    if tag in NEVER_TEXT:
        return Zone.DROP
    if any(_WHOLE_WORDS.get(word) is Zone.DROP for word in words):
        return Zone.DROP
    best: Zone | None = None
    for word in words:
        zone = _zone_of_word(word)
        if zone is Zone.DROP and word.startswith("#"):
            continue  # ids number buttons and menus, but also what they belong to
        if zone is not None and (best is None or _STRENGTH[zone] > _STRENGTH[best]):
            best = zone
    return best if best is not None else _PLAIN_TAGS.get(tag)


_STRENGTH = {
    Zone.NAME: 6,
    Zone.CONTENT: 5,
    Zone.AUTHOR: 4,
    Zone.BODY: 3,
    Zone.DROP: 2,
    Zone.META: 1,
}
"""Which word counts where an element has several: "comment-text collapse" is a text."""


def _zone_of_word(word: str) -> Zone | None:
    whole = _WHOLE_WORDS.get(word)
    if whole is not None or ":" in word:
        return whole
    tokens = word.lstrip("#").split("-")
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        zone = _TOKENS.get(token)
        if zone is None:
            zone = _TOKENS.get(_PREFIX.sub("", token, count=1))
        if zone is not None:
            if zone is Zone.AUTHOR and token == "name":  # noqa: S105 - no secret
                return Zone.NAME if at > 0 else Zone.AUTHOR
            return zone
        if token and token not in _NO_TOKENS and not _HASH.fullmatch(token):
            return None
    return None
