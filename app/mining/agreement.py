"""Tells whether a text does nothing but agree or disagree, from an English list of forms.

The list is meant to be generous in forms and strict in form: one word that is neither
agreement nor filler, and the text is no bare agreement.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.domain.naming import fold
from app.domain.stance import Label

MOST_WORDS = 12
"""No longer text is read as bare: beyond it people argue. On the labelled pages that we
develop on, the longest bare agreement has 9 words, with the name of whom it addresses."""

_SHORTEST_NAME = 3
"""Letters of a word that may stand for an author; shorter ones are initials."""

_TOKEN = re.compile(r"[+-]\s?1\b|100\s?%|\^+|[\w']+|[👍👎👏🎯🙌💯🙏🤝✅]|[🀄-🫿☀-➿]")
_QUOTED_LINE = re.compile(r"^[^\S\n]*>.*$", re.MULTILINE)
_CLAUSE_END = re.compile(r"[.!?,;:…\n—–]|\s-\s")

_INTENSE = (
    r"(?:so|very|too|quite|fully|totally|completely|entirely|absolutely|wholeheartedly|strongly|"
    r"really|definitely|exactly|100 %|100%|spot|dead|damn|most|very much)"
)
_WHOM = r"(?:you|he|she|they|this|that|it|this guy|this man|this one)"
_COPULA = r"(?:is|are|'s|'re|s|re|was|were|r)"
_THING = r"(?:this|that|you|him|her|them|it|all of this|every word|your comment|the above|above)"
_OPINION = r"(?:i think|i guess|i suppose|i believe|i reckon|in my opinion|imo|imho)"

_AGREE = (
    (
        rf"(?:i |we |i do |must |have to |gotta |i must |i'd |i would )?(?:{_INTENSE} )?"
        rf"(?:agree|concur)(?: {_INTENSE})?(?: with (?:{_THING}|addressed|you addressed))?"
    ),
    r"agreed",
    (
        r"(?:i |we )?(?:couldn't|could not|cant|can't|cannot|couldnt) (?:have )?"
        r"(?:agree|put it|said it|say it|said|put)(?: it| this)? (?:more|better)(?: myself)?"
    ),
    r"exactly(?: (?:this|that|so|right|my thoughts?|my point|what i (?:think|thought)))?",
    r"(?:my thoughts?|my point|my view|my feelings?|took the words .{0,24})(?: exactly| too)?",
    r"(?:all of |so much )?this(?: all day| right here| 100 %| 100%| x ?\d+)?",
    r"\^+(?: this| that)?",
    r"\+ ?\d+",
    r"100 ?%(?: (?:this|agree|true|right|correct))?",
    r"[👍👏🎯🙌💯🤝✅]",
    (
        rf"(?:it's |that's |thats |its |how |{_WHOM} {_COPULA} )?(?:{_INTENSE} )?"
        r"(?:true|right|correct|spot on|bang on|dead on|on point)(?: on(?: the money)?)?(?: there)?"
        r"(?: about (?:this|that|it))?"
    ),
    (
        rf"(?:you're|youre|ur|he's|she's|they're|addressed is|addressed's|{_WHOM} {_COPULA}) "
        rf"(?:{_INTENSE} )?(?:right|correct|spot on|bang on)(?: there)?(?: about (?:this|that|it))?"
    ),
    (
        r"(?:you|he|she|they|addressed|you've|you have)(?: has| have)? (?:got it (?:right|in one)|"
        r"nailed it|said it(?: all)?|hit the nail on the head|got a point|have a point|has a point)"
    ),
    r"nailed it|hit the nail(?: on the head)?|nail on the head",
    r"(?:quite|very|just|exactly) (?:so|right)|spot on|bang on|on the money|in one|bingo|bullseye",
    r"(?:very )?well (?:said|put)|(?:good|great|fair|excellent|valid) (?:point|comment|post|call)",
    r"hear hear|amen|ditto|seconded|cosign|co sign|preach|word|facts|fact|truth|this is the way",
    r"(?:i |i'll |i'd )?second (?:this|that|it|you)",
    (
        r"(?:yes|yep|yup|yeah|yea|ya|aye|indeed|absolutely|precisely|certainly|undoubtedly|"
        r"definitely|correct|likewise|obviously|clearly|totally|of course|no doubt|no question|"
        r"without (?:a )?doubt|for sure|no kidding|too right|same|same here|same thought)"
    ),
    r"me too|me neither|i (?:think|thought) (?:so|the same|that)(?: too| as well)?",
    r"(?:what|as|like) (?:he|she|they|you|addressed) (?:said|says|say|wrote)",
    (
        r"(?:makes|talking|talks|made) sense(?: to me)?|qft|signed|confirmed|bravo|felt this|"
        r"(?:i )?(?:told|said) (?:you|ya|y'all|yall)(?: so)?|(?:addressed|he|she) has it(?: right)?"
    ),
    r"(?:i'm |i am )?with (?:you|addressed)(?: there| on this| on that)?|i'd say so(?: too)?",
    (
        r"(?:my |the |exactly my )?(?:same |very )?(?:question|opinion|feeling|thinking)"
        r"(?: here| too| exactly)?|(?:i |i was |was )(?:ask|wonder|wondering|asking|say|think) "
        r"(?:the same|that too|this too)"
    ),
    r"this needs to be (?:at the top|pinned|higher)|that's how i see it(?: too)?",
    (
        r"(?:that's|thats|this is|that is) (?:it|exactly it|the truth|"
        r"what i (?:think|thought|said)|"
        r"(?:exactly )?my (?:point|view|opinion)(?: exactly)?)"
    ),
)

_DISAGREE = (
    (
        rf"(?:i |we |i'd |i have to |i must |i beg to )?(?:{_INTENSE} |hard |meh )?"
        r"(?:disagree|differ)"
        rf"(?: {_INTENSE})?(?: with (?:{_THING}|addressed))?"
    ),
    (
        r"(?:i )?(?:don't|dont|do not|can't|cant|cannot) "
        r"(?:agree(?: with (?:it|this|that|you|addressed))?|buy (?:it|this|that)|believe "
        r"(?:it|this|that|you)|think so)(?: at all)?"
    ),
    (
        r"(?:no|nope|nah|naw|never|not so|hardly|not really|not at all|no way|not a chance|"
        r"no chance|"
        r"absolutely not|of course not|certainly not|definitely not|wrong again)"
    ),
    (
        rf"(?:that's |thats |this is |it's |its |utter |complete |total |absolute |pure |such |"
        r"what |"
        rf"still |just |plain |simply |{_INTENSE} )*"
        r"(?:(?:a load of |load of |a bunch of |a pack of )?(?:nonsense|rubbish|bull|bullshit|bs|"
        r"garbage|baloney|hogwash|codswallop|bollocks|crap|tosh|drivel|twaddle|horseshit|piffle|lies))"
    ),
    (
        rf"(?:that's |thats |this is |it's |its |still |just |plain |simply |{_WHOM} {_COPULA} |"
        rf"you're |youre |ur |he's |she's |they're |addressed is |{_INTENSE} )*"
        r"(?:wrong|false|untrue|incorrect|mistaken|not true|not right|not so|ridiculous|absurd|"
        r"a lie|an absurd idea|silly|laughable|wide of the mark)"
    ),
    (
        r"(?:don't|dont|do not) (?:be|talk) (?:so )?(?:silly|ridiculous|daft|absurd|nonsense|"
        r"rubbish|"
        r"stupid|naive)"
    ),
    (
        r"(?:i )?(?:highly |very much |really |rather |seriously )?doubt (?:it|that|this)|doubtful|"
        r"(?:very |highly )?unlikely|"
        r"(?:i'm |i am |still )?not (?:convinced|persuaded|buying (?:it|this|that))"
    ),
    r"- ?1|👎|fake news|liars?|get real|dream on|keep dreaming|as if|my (?:arse|ass)",
)

_FILLER = (
    r"addressed|lol|lmao|haha+|hah|ha|hehe|mate|man|bro|dude|sir|madam|ma'am|friend|my friend|"
    r"brother|sister|bro|bhai|lah|machan|buddy|pal|folks|guys|love|dear|well|oh|ah|ok|okay|so|and|but|sorry|sadly|"
    r"unfortunately|frankly|honestly|just|again|here|there|too|also|always|though|tho|as usual|"
    r"as always|all|everything|every word|every single word|simple as|simply|period|full stop|"
    r"end of|thanks?|thank you|cheers|x+|imo|tbh|imho|with (?:you|all of (?:it|this)|everything)|"
    rf"{_OPINION}|on (?:this|that)(?: one)?|[🀄-🫿☀-➿]"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    agree = f"(?:{'|'.join(_AGREE)})"
    disagree = f"(?:{'|'.join(_DISAGREE)})"
    filler = f"(?:{_FILLER})"
    return (
        re.compile(rf"(?:{filler} )*{agree} (?:(?:{agree}|{filler}) )*"),
        re.compile(rf"(?:(?:{filler}|{agree}) )*?{disagree} (?:(?:{disagree}|{filler}) )*"),
    )


def bare_agreement(text: str, *, addressed: str | None = None) -> Label | None:
    """Return support where `text` only agrees, deny where it only disagrees, else None.

    `addressed` is the name of the author whom it answers, which it may say. Lines that quote
    ("> …") are not part of what the text says.
    """
    words = _words(_QUOTED_LINE.sub("", text))
    if not words or len(words) > MOST_WORDS:
        return None
    line = " ".join(words) + " "
    if addressed:
        line = _without_name(line, addressed)
    agrees, disagrees = _patterns()
    if agrees.fullmatch(line):
        return Label.SUPPORT
    if disagrees.fullmatch(line):
        return Label.DENY
    return None


def opening_agreement(text: str) -> Label | None:
    """Return what the first clause of `text` says if that clause only agrees or disagrees."""
    said = _QUOTED_LINE.sub("", text).strip()
    end = _CLAUSE_END.search(said, 1)
    return bare_agreement(said[: end.start()] if end else said)


def _words(text: str) -> list[str]:
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        found.append(re.sub(r"\s", "", match.group()))
        if len(found) > MOST_WORDS:
            break
    return found


def _without_name(line: str, name: str) -> str:
    """Return `line` with every form of the addressed author's name put as one word."""
    words = _words(name)
    forms = {" ".join(words), *(word for word in words if len(word) >= _SHORTEST_NAME)}
    padded = f" {line}"
    for form in sorted(forms, key=len, reverse=True):
        # "u/name" reads as the words "u name"; the pattern would be compiled for every author.
        padded = padded.replace(f" u {form} ", " addressed ").replace(f" {form} ", " addressed ")
    return padded[1:]
