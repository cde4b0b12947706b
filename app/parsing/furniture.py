"""Knows what stands around an article and its comments and is neither: buttons, tags, footers."""

from __future__ import annotations

import re

from app.parsing.vocabulary import (
    BUTTONS,
    COMMENT,
    COMMENTS,
    COMMENTS_CJK,
    COMMENTS_ON,
    ENDS,
)

_LONGEST_HEADING = 150
_LONGEST_APPEAL_WORDS = 90

_COUNT = (
    r"(?:\d{1,3}(?:[.,]?\d{3})*|no(?=\s\w+s\b)|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|all)"
)
_BEFORE_COMMENTS = (
    r"(?:(?:the|your|reader|user|readers['’]?|visitor|latest|recent|top|selected|public|and"
    r"|join the)\s+)*"
)
_HEADING = re.compile(
    rf"\W*{_BEFORE_COMMENTS}(?:(?:1|one)\s+{COMMENT}"
    rf"|(?:{_COUNT}\s+)?(?:(?:reader|user)\s+)?{COMMENTS})"
    r"(?:\s+section|\s+from (?:our )?readers|\s*[(\[]s[)\]])?"
    rf"(?:\s*:?\s*[(\[]?\s*{_COUNT}\s*[)\]]?"
    rf"|\s+{COMMENTS_ON}(?!\w)[^:]*(?::\s[^:]*)?)?\W*"
    rf"|\W*(?:\d{{1,6}}\s?(?:件の|[条條則个個件]|개의)?\s?)?{COMMENTS_CJK}"
    r"(?:\s*[(（]?\d{1,6}\s?[件条條則개]?[)）]?)?\W*"
    rf"|[“\"「『《„«‘].{{1,100}}[”\"」』》“»’].{{0,12}}?\d.{{0,5}}?(?:{COMMENTS}|{COMMENTS_CJK}).{{0,5}}"
    rf"|[“\"「『《].{{1,100}}[”\"」』》].{{0,12}}?{COMMENTS_CJK}\s?\d{{1,6}}.{{0,3}}",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\W*(?:what (?:our |the )?(?:readers?|people|you|others) (?:said|say|think|wrote|are saying)"
    r"|(?:have )?your (?:say|views?|comments)|readers?['’]? (?:views?|say|write|opinions?)"
    r"|join the debate|from the comments)\W*",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*(?:(?:[-–—_=*~#+.•·][ ]?){3,}|[─━═]{2,}|-{2,}|—{2,}|_{2,}|={2,})\s*")

_ACTION = (
    r"(?:(?:comment|post|reply|message|response)\s*(?:#|no\.?|nr\.?)?\s*\d+|reply|replies|like"
    r"|likes|liked|dislike|share|report(?: abuse| this)?|flag|permalink|link"
    r"|edit(?:ed)?|delete|quote|upvote|downvote|vote(?: up| down)?|translate|see translation|save"
    r"|parent|next|prev|root|hide|show(?: more| less| replies)?|read more|see more|view replies"
    r"|collapse|expand|copy link|tweet|email|print|recommend(?:ed)?|helpful|thumbs up|thumbs down"
    r"|log ?in to reply|click to reply|reply to this(?: comment)?|jump to \w+|advertisement"
    rf"|{BUTTONS}|[▲▼△▽⬆⬇↑↓👍👎]|\+|-"
    r"|[+-]?\d+(?:\.\d)?k?"
    r"|points?|pts|votes?|people like this|\d{1,3}\s?(?:[smhdwy]|hrs?|mins?))"
)
_ACTIONS = re.compile(rf"\W*{_ACTION}(?:[\s|·•/,()\[\]:–—-]+{_ACTION})*\W*", re.IGNORECASE)
_BUTTON = re.compile(r"[^\W\d_]|[▲▼△▽⬆⬇↑↓👍👎]")
_NUMBER_ALONE = re.compile(r"\W*\d[\d.,]*\W*")

_END = re.compile(
    r"\W*(?:leave (?:a|your) (?:reply|comment|response)|(?:post|add|write|submit) (?:a|your"
    r"|another) (?:comment|reply)"
    r"|join the (?:conversation|discussion)|comments? (?:are|is|have been"
    r"|on this \w+ are) (?:now )?(?:closed|off|disabled)"
    r"|(?:this )?(?:thread|discussion|topic) (?:is|has been) (?:now )?(?:closed|locked)"
    r"|you (?:must|need to) (?:be )?(?:log|sign)|(?:log|sign) in (?:to|or)\b|please (?:log|sign) in"
    r"|related\b(?:\s+(?:posts?|articles?|stories|links?|reading|content|news|topics|coverage"
    r"|items?))?\s*(?:$|[:|])"
    r"|(?:see also|also read|read also|read (?:more|next)|recommended|most (?:read|popular"
    r"|viewed|commented|shared)"
    r"|trending|popular|recent|latest|previous|next|older|newer|other|more)\s*(?:$|:|(?:posts?"
    r"|articles?|stories|comments"
    r"|news|entry|entries|from|in|on|topics|headlines)\b.{0,60}$)"
    r"|you (?:may|might) also (?:like|enjoy)|tags?\s*:|tagged(?:\s+(?:with|as|under))?\b"
    r"|keywords?\s*:|labels?\s*:"
    r"|topics?\s*:|filed (?:under|in)\b|categor(?:y|ies)\s*:|posted in\b|share (?:this|on|via"
    r"|with)\b"
    r"|share\s*(?:$|:)|(?:tweet|print|email|bookmark) (?:this|it)\b|subscribe\b.{0,80}$"
    r"|sign up\b|newsletters?\b"
    r"|get .{0,60}in your inbox|follow (?:us|me)\b|support (?:us|our|this|independent)\b"
    r"|donate\b|become a (?:member|patron|supporter)"
    r"|powered by|proudly powered|copyright\b|©|\(c\)\s*\d{4}|all rights reserved"
    r"|privacy (?:policy|notice)|terms (?:of|and|&)"
    r"|(?:about|contact)(?: us)?\s*(?:$|[|·•])|home\s*[|·•»]|advertis|back to (?:top|the top"
    r"|home)|archives?\s*$|blogroll\b"
    r"|sponsored\b|page \d+ (?:of|/)|trackback (?:url|uri|link)|rss\b|notify me\b"
    r"|required fields|keep reading|skip to\b"
    r"|disclaimer\b|this (?:entry|article|post) (?:was|is) (?:posted|filed|published)|(?:←|→|«"
    r"|»|‹|›|<<|>>)\s"
    r"|sort(?:ed)? by\b|your email address|verwandte|ähnliche|schlagw|teilen\b|weiterlesen"
    rf"|{ENDS})",
    re.IGNORECASE,
)

_APPEAL = re.compile(
    r"\bdonat(?:e|ion|ing)|\bsubscri(?:be|ption|ber)|\bpatreon\b|tax[- ]deductible|\bchip in\b"
    r"|support (?:our|us|independent|this (?:site|blog|work))|become a (?:member|supporter|patron)"
    r"|sign up (?:for|to)|our newsletter|buy (?:me|us) a (?:coffee|beer)|\bpaypal\b|\bko-?fi\b",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"\b(?:you|your|our|us|we|here|now)\b", re.IGNORECASE)
_BIO = re.compile(
    r"\W*(?:(?:about )?the (?:author|writer)\b|about the author"
    r"|[A-ZÀ-Þ][\w.’'-]+(?: [\w.’'-]+){0,4},? (?:is|was|has been|works|writes|covers|reports"
    r"|teaches|blogs)\b"
    r"(?=.{0,120}\b(?i:editor|fellow|reporter|writer|journalist|author|contributor|columnist"
    r"|correspondent"
    r"|professor|lecturer|blogger|analyst|researcher|director|founder|freelance|covers"
    r"|reports for|writes (?:about|for)|teaches)\b))"
    r"|\W*(?:follow|contact|email|e-mail|reach|write to) (?:him|her|them|the (?:author|writer"
    r"|reporter)|@|[A-Z]\w+ (?:[A-Z]\w+ )?(?:on|at)\b)"
    r"|\W*(?:additional )?reporting by\b",
)


def is_heading(text: str) -> bool:
    """Return whether a line is the heading over comments: "Comments (12)", "3 responses to …"."""
    if len(text) > _LONGEST_HEADING:
        return False
    return bool(_HEADING.fullmatch(text.strip()) or _ASKED.fullmatch(text))


def is_rule(text: str) -> bool:
    """Return whether a line only draws a line."""
    return len(text) <= _LONGEST_HEADING and bool(_RULE.fullmatch(text))


def is_action(text: str) -> bool:
    """Return whether a line is nothing but buttons and counters: "Like · Reply · 3"."""
    text = text.strip()
    if not text or len(text) > 80:  # noqa: PLR2004 - a row of buttons is a short line
        return False
    return bool(_ACTIONS.fullmatch(text) and _BUTTON.search(text))


def is_count(text: str) -> bool:
    """Return whether a line is a number and no more, such as a count of likes."""
    return bool(_NUMBER_ALONE.fullmatch(text.strip()[:40]))


def is_end(text: str) -> bool:
    """Return whether a line begins what follows the comments or the article: tags, footers."""
    return bool(_END.match(text[:300]))


def is_appeal(text: str) -> bool:
    """Return whether a paragraph asks the reader for money or a subscription."""
    if len(text.split(None, _LONGEST_APPEAL_WORDS)) > _LONGEST_APPEAL_WORDS:
        return False
    return bool(_APPEAL.search(text) and _ADDRESSES.search(text))


def is_biography(text: str) -> bool:
    """Return whether a paragraph says who the article's author is."""
    return len(text) <= 600 and bool(_BIO.match(text))  # noqa: PLR2004 - a few sentences


def is_after_article(text: str) -> bool:
    """Return whether a paragraph at an article's end is no part of it."""
    return (
        is_rule(text)
        or is_heading(text)
        or is_action(text)
        or is_end(text)
        or is_appeal(text)
        or is_biography(text)
    )
