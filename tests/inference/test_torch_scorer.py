"""The bundled model, asked as mining asks it."""

from __future__ import annotations

import pytest
import torch

from app.bootstrap import MODELS
from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Label, Role, Target, TargetKind
from app.errors import ModelUnusable
from app.inference.schedule import ON_GPU
from app.inference.scorer import ModelScorer
from app.inference.torch_scorer import TorchRunner, load_scorer
from app.inference.weights import load_model

BRIGADE = Target(TargetKind.HYPOTHESIS, "Red Brigade is responsible: The market was bombed.")
COUNCIL = Target(TargetKind.HYPOTHESIS, "the council is responsible: The market was bombed.")
ACCOUNT = Target(TargetKind.ACCOUNT, "The Red Brigade bombed the market.")


def reading_of(text, *, names=("Red Brigade",), targets=(BRIGADE,), context=None):
    """Return a reading that asks for `targets`, each named where its name stands in the text."""
    queries = []
    for name, target in zip(names, targets, strict=True):
        start = text.find(name)
        queries.append(Query(target, (Span(start, start + len(name)),) if start >= 0 else ()))
    return Reading(text, tuple(queries), context)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It was the Red Brigade, no doubt about it. They did this.", Label.SUPPORT),
        ("This is the work of the Red Brigade.", Label.SUPPORT),
        ("The Red Brigade had nothing to do with this.", Label.DENY),
        ("No way it was the Red Brigade, they were in jail.", Label.DENY),
        ("My cousin sells apples near the market.", Label.COMMENT),
    ],
)
def test_plain_words_get_the_plain_label(bundled, text, label):
    """A plain accusation supports, a plain denial denies, chatter does neither."""
    ((score,),) = bundled.score([reading_of(text, context="Market bombed, nine dead")])
    assert score.stance.label is label


def test_a_hedge_is_not_certain(bundled):
    """The same claim is certain when stated flat and not certain when hedged."""
    flat, hedged = bundled.score(
        [
            reading_of("It was the Red Brigade. No doubt about it."),
            reading_of("Could be the Red Brigade, I suppose, but I can't be sure."),
        ]
    )
    assert flat[0].stance.certain
    assert not hedged[0].stance.certain


def test_letting_it_happen_is_another_role_than_doing_it(bundled):
    """Who failed to guard is likelier an enabler than who planted the bomb."""
    did, let = bundled.score(
        [
            reading_of("The Red Brigade planted the bomb."),
            reading_of(
                "I blame the council, they ignored every warning and left the gate unguarded.",
                names=("the council",),
                targets=(COUNCIL,),
            ),
        ]
    )
    assert did[0].role is Role.PERPETRATOR
    assert let[0].role is Role.ENABLER


def test_scores_do_not_depend_on_company(bundled):
    """A reading gets the same scores alone, beside others, and with its targets turned round."""
    text = "The council did nothing, but it was the Red Brigade."
    names, targets = ("Red Brigade", "the council", ""), (BRIGADE, COUNCIL, ACCOUNT)
    own = reading_of(text, names=names, targets=targets)
    other = reading_of("Nonsense. " * 40)
    (alone,) = bundled.score([own])
    _, beside = bundled.score([other, own])
    (turned,) = bundled.score([Reading(own.text, own.queries[::-1])])
    for first, second, third in zip(alone, beside, turned[::-1], strict=True):
        assert first.stance.probabilities == pytest.approx(second.stance.probabilities, abs=1e-4)
        assert first.stance.probabilities == pytest.approx(third.stance.probabilities, abs=1e-4)


def test_what_stands_at_the_end_of_a_long_comment_is_read(bundled):
    """An accusation after a thousand idle words is found."""
    text = "The weather was fine that day. " * 170 + "It was the Red Brigade. They did this."
    ((score,),) = bundled.score([reading_of(text)])
    assert score.stance.label is Label.SUPPORT


def test_nothing_asked_is_nothing_answered(bundled):
    """Readings without targets, and no readings at all, get empty answers."""
    assert bundled.score([]) == []
    assert bundled.score([Reading("Hello", ())]) == [()]


@pytest.mark.parametrize("text", ["", " \n ", "😀" * 50, "\u202eabc", "ا" * 30, "a" * 100_000])
def test_odd_texts_are_scored_and_tagged(bundled, text):
    """Empty, pictorial, right-to-left and endless texts get answers, not errors."""
    ((score,),) = bundled.score([Reading(text, (Query(BRIGADE),))])
    assert sum(score.stance.probabilities) == pytest.approx(1.0, abs=1e-6)
    assert len(bundled.tag_actors([text])) == 1


def test_names_of_the_blamed_are_tagged(bundled):
    """Somebody blamed by name is tagged, with the span of the name."""
    text = "It was the Iranian Qods Force. They planted the bombs.\n\nNice weather today."
    (mentions,) = bundled.tag_actors([text])
    assert any("Qods" in own.span.text_of(text) for own in mentions)
    assert all(own.span.start < text.index("Nice") for own in mentions)


def test_every_sentence_of_an_article_is_scored(bundled):
    """An article longer than one pass has a score a sentence."""
    sentences = [f"Sentence number {number} says what happened in town." for number in range(120)]
    assert len(bundled.score_sentences("Bomb in town", sentences)) == 120


TEXTS = [
    "It was the Red Brigade, no doubt about it. They did this.",
    "The Red Brigade had nothing to do with this.",
    "Was it the Red Brigade? Who says so?",
    "My cousin sells apples near the market.",
    "Agreed.",
]


def test_what_a_gpu_computes_in_is_near_enough(bundled):
    """In bfloat16, in one large batch, texts get the labels that they get in single precision."""
    model = load_model(MODELS / "small")
    low = ModelScorer(TorchRunner(model.network, in_bfloat16=True), model.folder, packing=ON_GPU)
    readings = [reading_of(text) for text in TEXTS]

    for exact, rough in zip(bundled.score(readings), low.score(readings), strict=True):
        assert rough[0].stance.label is exact[0].stance.label
        assert rough[0].stance.probabilities == pytest.approx(
            exact[0].stance.probabilities, abs=0.1
        )
    tagged = low.tag_actors(TEXTS)
    assert [[own.span for own in row] for row in tagged] == [
        [own.span for own in row] for row in bundled.tag_actors(TEXTS)
    ]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU that torch can use")
def test_a_gpu_says_what_the_processor_says(bundled):
    """The same labels on the GPU, for single texts and for a batch."""
    there = load_scorer(MODELS / "small", device="cuda")
    readings = [reading_of(text) for text in TEXTS]

    together = [row[0].stance.label for row in there.score(readings)]
    alone = [there.score([own])[0][0].stance.label for own in readings]

    assert together == alone == [row[0].stance.label for row in bundled.score(readings)]


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without a GPU")
def test_a_gpu_that_is_not_there_is_told():
    """Asked for a GPU, a machine without one refuses to start rather than be slow in silence."""
    with pytest.raises(ModelUnusable, match="FINGERPOST_DEVICE=cuda"):
        load_scorer(MODELS / "small", device="cuda")
