"""The compiled encoder says what torch says, without torch."""

from __future__ import annotations

import shutil
import subprocess
import sys
from threading import Event, Thread

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from app.domain.naming import hypothesis
from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.errors import ModelUnusable
from app.inference.compiled_scorer import load_compiled
from app.service.turns import Turns
from tests.inference.conftest import MODELS

TEXTS = (
    "The council knew about the cracks for years. Of course it is their fault!",
    "No, the contractor did this, and nobody else.",
    "Who says it was the contractor? I don't believe a word.",
    "Lovely photo, thank you.",
    "según el ayuntamiento fue la lluvia " * 60,
)


@pytest.fixture(scope="module")
def compiled():
    """Return the bundled model on its compiled encoder."""
    return load_compiled(MODELS / "small", threads=1)


@pytest.fixture(scope="module")
def readings():
    """Return texts asked about an account and two actors, one of them named in some."""
    account = Target(TargetKind.ACCOUNT, "Heavy rain brought the bridge down.")
    asked = []
    for text in TEXTS:
        at = text.find("contractor")
        named = (Span(at, at + 10),) if at >= 0 else ()
        queries = (
            Query(account),
            Query(hypothesis("a", "the contractor", "the collapse"), mentions=named),
            Query(hypothesis("b", "the council", "the collapse")),
        )
        asked.append(Reading(text, queries, context=TEXTS[0], background=account.text))
    return asked


def test_labels_and_probabilities_are_those_of_torch(bundled, compiled, readings):
    """Eight bits move a probability by a few hundredths and hardly ever a label."""
    exact = [own.stance for row in bundled.score(readings) for own in row]
    found = [own.stance for row in compiled.score(readings) for own in row]

    moved = [
        abs(before - after)
        for one, other in zip(exact, found, strict=True)
        for before, after in zip(one.probabilities, other.probabilities, strict=True)
    ]
    agreed = [one.label == other.label for one, other in zip(exact, found, strict=True)]
    assert np.mean(moved) < 0.03
    assert sum(agreed) >= len(agreed) - 1


def test_what_else_is_asked_changes_nothing(compiled, readings):
    """A target's scores do not depend on the other targets, nor on their order."""
    alone = [Reading(own.text, own.queries[1:2], own.context, own.background) for own in readings]
    turned = [Reading(own.text, own.queries[::-1], own.context, own.background) for own in readings]

    together = [row[1].stance.probabilities for row in compiled.score(readings)]
    apart = [row[0].stance.probabilities for row in compiled.score(alone)]
    backwards = [row[1].stance.probabilities for row in compiled.score(turned)]

    for one, two, three in zip(together, apart, backwards, strict=True):
        assert two == pytest.approx(one, abs=1e-3)
        assert three == pytest.approx(one, abs=1e-6)


def test_what_else_is_read_changes_nothing(compiled, readings):
    """A text's scores are the same alone and among texts of any kind, however they are batched."""
    loud = [Reading(f"{text} {text.upper()}!!!", readings[0].queries) for text in TEXTS]

    alone = [compiled.score([own])[0] for own in readings]
    among = compiled.score([*loud, *readings, *loud])[len(loud) : len(loud) + len(readings)]

    for one, other in zip(alone, among, strict=True):
        for before, after in zip(one, other, strict=True):
            assert after.stance.label == before.stance.label
            assert after.stance.probabilities == pytest.approx(
                before.stance.probabilities, abs=1e-3
            )


def test_who_else_asks_changes_nothing(compiled, readings):
    """Threads that are read together, on fewer threads, each get what they get alone."""
    turns = Turns(at_once=2)
    shared = load_compiled(MODELS / "small", threads=2, turn=turns, threads_beside=1)
    shared.score(readings)  # the targets' vectors are known from here on
    told: dict[int, list] = {}

    def ask(place: int) -> None:
        told[place] = shared.score([readings[place]])

    threads = [Thread(target=ask, args=(place,)) for place in range(4)]
    with turns:
        with turns:
            for waiting, thread in enumerate(threads):
                thread.start()
                while turns.waiting == waiting:
                    Event().wait(0.0005)
        for thread in threads:
            thread.join()

    for place, reading in enumerate(readings[:4]):
        (alone,) = compiled.score([reading])
        for one, other in zip(alone, told[place][0], strict=True):
            assert other.stance.probabilities == pytest.approx(one.stance.probabilities, abs=1e-3)


def test_a_model_that_is_replaced_meanwhile_is_not_mixed_in(tmp_path, readings):
    """What is loaded late is the model that was there from the start, or nothing."""
    copied, turns = shutil.copytree(MODELS / "small", tmp_path / "small"), Turns(at_once=2)
    scorer = load_compiled(copied, threads=2, turn=turns, threads_beside=1)
    before = scorer.score(readings)
    (copied / "encoder.onnx").write_bytes(b"another")

    with turns:
        after = scorer.score(readings)

    assert after == before


def test_mentions_and_sentences_are_those_of_torch(bundled, compiled):
    """The heads in NumPy read tokens and sentences as those of torch do."""
    sentences = ["The bridge fell on Friday.", "Officials blamed heavy rain."]

    tagged = [{own.span for own in row} for row in compiled.tag_actors(TEXTS[:3])]
    exact = [{own.span for own in row} for row in bundled.tag_actors(TEXTS[:3])]
    scores = compiled.score_sentences("A bridge fell", sentences)
    reference = bundled.score_sentences("A bridge fell", sentences)

    assert (
        sum(len(one & two) for one, two in zip(tagged, exact, strict=True))
        >= sum(len(own) for own in exact) - 1
    )
    for one, two in zip(scores, reference, strict=True):
        # Logits of a range of ten; eight bits move them by a fifth on average.
        assert one.account == pytest.approx(two.account, abs=0.8)


def test_neither_torch_nor_transformers_is_loaded():
    """A process that serves the compiled model never imports torch."""
    program = (
        "import sys; from pathlib import Path;"
        "from app.inference.compiled_scorer import load_compiled;"
        f"scorer = load_compiled(Path({str(MODELS / 'small')!r}), threads=1);"
        "scorer.tag_actors(['Officials blamed the rain.']);"
        "print(sorted({'torch', 'transformers'} & set(sys.modules)))"
    )

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["encoder.onnx", "heads.safetensors"])
def test_a_broken_file_is_refused(tmp_path, name):
    """A truncated file is refused with the folder's name, not crashed on."""
    copied = shutil.copytree(MODELS / "small", tmp_path / "small")
    whole = (copied / name).read_bytes()
    (copied / name).write_bytes(whole[: len(whole) // 2])

    with pytest.raises(ModelUnusable, match="small"):
        load_compiled(copied)


@pytest.mark.usefixtures("compiled")
def test_numpy_keeps_to_one_thread():
    """The heads' products never wait for threads that a busy neighbour keeps from running."""
    blas = [own["num_threads"] for own in threadpool_info() if own["user_api"] == "blas"]

    assert set(blas) == {1}
