"""Writes threads as other products export them, for the readers to read back; nothing ships.

A thread's comments may be given in any order; each writer scatters them as its product does.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from app.domain.page import Page


def as_wordpress(pages: list[Page]) -> bytes:
    """Return a WXR file, comments nested in items."""
    items = "".join(
        f"<item><title>{_html(_html(page.article.title))}</title><link>{page.url}</link>"
        f"<content:encoded><![CDATA[{_cdata(page.article.text)}]]></content:encoded>"
        "<wp:post_type>post</wp:post_type>"
        + "".join(
            f"<wp:comment><wp:comment_id>{each.id}</wp:comment_id>"
            f"<wp:comment_author><![CDATA[{_cdata(each.author)}]]></wp:comment_author>"
            f"<wp:comment_date_gmt>{each.created_at:%Y-%m-%d %H:%M:%S}</wp:comment_date_gmt>"
            f"<wp:comment_content><![CDATA[{_cdata(each.text)}]]></wp:comment_content>"
            "<wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type>"
            f"<wp:comment_parent>{each.reply_to or 0}</wp:comment_parent></wp:comment>"
            for each in page.comments
        )
        + "</item>"
        for page in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"{items}</channel></rss>"
    ).encode()


def as_disqus(pages: list[Page]) -> bytes:
    """Return a Disqus export: all threads, then the posts of all threads in turns."""
    threads = "".join(
        f'<thread dsq:id="t{number}"><link>{page.url}</link>'
        f"<title>{_html(_html(page.article.title))}</title>"
        f"<message><![CDATA[{_cdata(page.article.text)}]]></message></thread>"
        for number, page in enumerate(pages)
    )
    posts = "".join(
        f'<post dsq:id="{each.id}"><message><![CDATA[{_cdata(each.text)}]]></message>'
        f"<createdAt>{each.created_at:%Y-%m-%dT%H:%M:%SZ}</createdAt>"
        "<isDeleted>false</isDeleted><isSpam>false</isSpam>"
        f"<author><name>{_html(_html(each.author))}</name></author>"
        f'<thread dsq:id="t{number}" />'
        + (f'<parent dsq:id="{each.reply_to}" />' if each.reply_to else "")
        + "</post>"
        for number, each in _in_turns(pages)
    )
    return (
        '<?xml version="1.0"?><disqus xmlns="http://disqus.com"'
        f' xmlns:dsq="http://disqus.com/disqus-internals">{threads}{posts}</disqus>'
    ).encode()


def as_blogger(pages: list[Page]) -> bytes:
    """Return a Blogger feed, the comments before the posts that they answer."""
    kind = "http://schemas.google.com/g/2005#kind"
    term = "http://schemas.google.com/blogger/2008/kind#"
    comments = "".join(
        f"<entry><id>{each.id}</id><category scheme='{kind}' term='{term}comment'/>"
        f"<published>{each.created_at:%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<content type='html'>{escape_xml(_html(each.text))}</content>"
        f"<author><name>{_html(_html(each.author))}</name></author>"
        + (
            f"<link rel='related' href='https://b.example/feeds/{each.reply_to}'/>"
            if each.reply_to
            else ""
        )
        + f"<thr:in-reply-to ref='post-{number}'/></entry>"
        for number, each in _in_turns(pages)
    )
    posts = "".join(
        f"<entry><id>post-{number}</id><category scheme='{kind}' term='{term}post'/>"
        f"<title type='html'>{_html(_html(page.article.title))}</title>"
        f"<content type='html'>{escape_xml(_html(page.article.text))}</content>"
        f"<link rel='alternate' href={quoteattr(page.url or '')}/></entry>"
        for number, page in enumerate(pages)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
        f" xmlns:thr='http://purl.org/syndication/thread/1.0'>{comments}{posts}</feed>"
    ).encode()


def as_movable_type(pages: list[Page]) -> bytes:
    """Return Movable Type's sections; replies and ids are lost, as there."""
    entries = "".join(
        f"AUTHOR: admin\nTITLE: {_html(page.article.title)}\nDATE: 11/13/2008 02:16:10 PM\n-----\n"
        f"BODY:\n{_html(page.article.text)}\n-----\n"
        + "".join(
            f"COMMENT:\nAUTHOR: {_html(each.author)}\nEMAIL: a@b.example\nURL: \n"
            f"DATE: {each.created_at:%m/%d/%Y %I:%M:%S %p}\n{_html(each.text)}\n-----\n"
            for each in page.comments
        )
        + "--------\n"
        for page in pages
    )
    return entries.encode()


def as_reddit(pages: list[Page]) -> bytes:
    """Return NDJSON, the comments before the submissions."""
    comments = [
        {
            "id": each.id,
            "link_id": f"t3_s{number}",
            "parent_id": f"t1_{each.reply_to}" if each.reply_to else f"t3_s{number}",
            "author": each.author,
            "body": escape(each.text, quote=False),
            "created_utc": str(int(each.created_at.timestamp())),
        }
        for number, each in _in_turns(pages)
    ]
    submissions = [
        {
            "id": f"s{number}",
            "title": escape(page.article.title, quote=False),
            "selftext": escape(page.article.text, quote=False),
            "subreddit": "news",
            "permalink": (page.url or "").removeprefix("https://www.reddit.com"),
        }
        for number, page in enumerate(pages)
    ]
    return _ndjson([*comments, *submissions])


def as_hacker_news(pages: list[Page]) -> bytes:
    """Return items as NDJSON, the deepest comments first, with ids of digits only."""
    ids: dict[tuple[int, str], int] = {}
    for key in ((number, each.id) for number, each in _in_turns(pages)):
        ids[key] = 1_000 + len(ids)
    comments = [
        {
            "id": ids[number, each.id],
            "type": "comment",
            "by": each.author,
            "time": int(each.created_at.timestamp()),
            "text": escape(each.text),
            "parent": ids[number, each.reply_to] if each.reply_to else number + 1,
        }
        for number, each in _in_turns(pages)
    ]
    stories = [
        {
            "id": number + 1,
            "type": "story",
            "title": escape(page.article.title),
            "text": escape(page.article.text),
            "url": page.url,
        }
        for number, page in enumerate(pages)
    ]
    return _ndjson([*reversed(comments), *stories])


def as_commento(pages: list[Page]) -> bytes:
    """Return Commento's export, the names of the commenters at its end."""
    comments = [
        {
            "commentHex": each.id,
            "domain": "",
            "url": pages[number].url,
            "commenterHex": f"hex of {each.author}",
            "markdown": each.text,
            "html": "",
            "parentHex": each.reply_to or "root",
            "state": "approved",
            "creationDate": f"{each.created_at:%Y-%m-%dT%H:%M:%SZ}",
            "deleted": False,
        }
        for number, each in _in_turns(pages)
    ]
    names = {each.author for page in pages for each in page.comments}
    commenters = [{"commenterHex": f"hex of {name}", "name": name} for name in sorted(names)]
    export = {"version": 1, "comments": comments, "commenters": commenters}
    return json.dumps(export, indent=1).encode()


def as_convokit(pages: list[Page]) -> bytes:
    """Return a corpus's utterances, those of all conversations in turns."""
    return _ndjson(
        [
            {
                "id": each.id,
                "conversation_id": f"conversation {number}",
                "text": each.text,
                "speaker": each.author,
                "meta": {},
                "reply-to": each.reply_to,
                "timestamp": each.created_at.timestamp(),
                "vectors": [],
            }
            for number, each in _in_turns(pages)
        ]
    )


def _in_turns(pages: list[Page]):
    """The comments of all pages with their page's number: the first of each, the second …."""
    longest = max((len(page.comments) for page in pages), default=0)
    return [
        (number, page.comments[place])
        for place in range(longest)
        for number, page in enumerate(pages)
        if place < len(page.comments)
    ]


def _ndjson(rows) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _html(text: str | None) -> str:
    return escape(text or "", quote=False)


def _cdata(text: str | None) -> str:
    return _html(text).replace("]]>", "]]]]><![CDATA[>")
