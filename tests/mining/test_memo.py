"""The memo of a scorer: exact when packed, and never an answer to another question."""

from __future__ import annotations

import zlib
from array import array

from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Span
from app.domain.reading import ActorMention, Query, Reading, SentenceScore, TargetScore
from app.domain.stance import Label, Role, Stance, Target, TargetKind
from app.mining.memo import KEY_BYTES, Memo, unpack_memo
from app.mining.remembering import RememberingScorer
from tests.fakes import FakeScorer

KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
NUMBERS = st.floats(allow_nan=False)
SCORES = st.builds(
    TargetScore,
    stance=st.builds(
        Stance,
        label=st.sampled_from([Label.SUPPORT, Label.DENY]),
        certain=st.booleans(),
        probabilities=st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    ),
    role=st.sampled_from(Role),
    role_probabilities=st.tuples(NUMBERS, NUMBERS, NUMBERS),
    reported=NUMBERS,
    certainty=NUMBERS,
)
MARKS = st.builds(
    ActorMention,
    span=st.builds(Span, st.integers(0, 9), st.integers(9, 2**31)),
    probability=NUMBERS,
)
MEMOS = st.builds(
    Memo,
    scores=st.dictionaries(KEYS, SCORES, max_size=4),
    marks=st.dictionaries(KEYS, st.lists(MARKS, max_size=3).map(tuple), max_size=4),
    sentences=st.dictionaries(
        KEYS,
        st.lists(st.builds(SentenceScore, account=NUMBERS, event=NUMBERS), max_size=3).map(tuple),
        max_size=4,
    ),
    shares=st.dictionaries(
        KEYS, st.lists(NUMBERS, max_size=8).map(lambda own: array("d", own)), max_size=4
    ),
)


@given(MEMOS)
def test_a_memo_comes_back_as_it_was(memo):
    """Packing loses not a bit."""
    assert unpack_memo(memo.pack()) == memo


def test_a_memo_of_another_form_is_forgotten():
    """What another version packed is no answer, and no error."""
    raw = bytearray(zlib.decompress(Memo().pack()))
    raw[0] += 1

    assert unpack_memo(zlib.compress(bytes(raw))) == Memo()
    assert unpack_memo(None) == Memo()


def ask(  # noqa: PLR0913  (all that an answer depends on)
    text="Red Brigade did it.",
    *,
    context=None,
    actor="rb",
    mentions=(),
    above=(),
    background=None,
    behind=(),
):
    """Return a reading with one query."""
    target = Target(TargetKind.HYPOTHESIS, "Red Brigade is responsible.", actor=actor)
    query = Query(target, tuple(mentions), tuple(above), tuple(behind))
    return Reading(text, (query,), context=context, background=background)


def test_whatever_an_answer_depends_on_makes_another_question():
    """Text, context, background, actor and the places where it is named tell questions apart."""
    first = RememberingScorer(FakeScorer())
    first.score([ask()])
    others = [
        ask("Red Brigade did it"),
        ask(context=""),
        ask(context="Red Brigade did it."),
        ask(actor="x"),
        ask(actor=None),
        ask(mentions=[Span(0, 11)]),
        ask(above=[Span(0, 11)]),
        ask(background="Red Brigade did it."),
        ask(behind=[Span(0, 11)]),
    ]

    again = RememberingScorer(FakeScorer(), first.used)
    again.score([ask(), *others])

    assert (again.asked, again.wanted) == (len(others), len(others) + 1)


def test_a_question_is_passed_on_whole():
    """What the scorer inside is asked is all that was asked, but for what is known."""
    scorer = FakeScorer()
    reading = ask(context="Who did it?", background="A fire.", behind=[Span(0, 1)])

    RememberingScorer(scorer).score([reading])

    assert scorer.readings == [reading]


def test_the_same_question_twice_is_asked_once():
    """Two comments of one text in one place are one reading."""
    scorer = FakeScorer()

    first, second = RememberingScorer(scorer).score([ask(), ask()])

    assert first == second
    assert len(scorer.readings) == 1
