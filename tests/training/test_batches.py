"""Batches of training: parts of like length over one table of targets."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
import torch

from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.inference.encode import TextEncoder
from models.training.batches import Tagged, stance_batch, tag_batches
from models.training.examples import Example, Gold
from models.training.groups import NOUNS, WORDS, drawn_names
from models.training.losses import flat_logits, marker_logits, stance_losses, tag_loss
from models.training.pages import named_spans, page_examples
from models.training.steps import Material, Steps
from models.training.teaching import teach
from models.training.untold import parts_of


def drawn_by(seed: int) -> Random:
    """Return the chances of a seed."""
    return Random(seed)  # noqa: S311 - nothing secret is drawn


def test_parts_read_as_the_whole(reader, page) -> None:
    """Cut into parts, every example is asked the same and every answer has the same logits."""
    examples = page_examples(page)
    whole = stance_batch(examples, reader.encoder)
    cut = stance_batch(examples, reader.encoder, part_tokens=1)
    assert len(whole.parts) == 1
    assert len(cut.parts) == len(examples)

    with torch.inference_mode():
        losses = [stance_losses(reader.network, own, reader.device) for own in (whole, cut)]

    assert losses[0].keys() == losses[1].keys()
    for key, value in losses[0].items():
        assert float(value) == pytest.approx(float(losses[1][key]), rel=1e-4)


def test_a_part_holds_no_more_tokens_than_asked(reader, page) -> None:
    """Padding counts; a window longer than that is a part alone."""
    for part in stance_batch(page_examples(page) * 5, reader.encoder, part_tokens=200).parts:
        rows, length = part.markers.ids.shape
        assert rows == 1 or rows * (length + part.markers.kinds.shape[1]) <= 200


def test_short_and_long_targets_are_padded_apart(reader, page) -> None:
    """One long wording does not lengthen the others, and each marker finds its own vector."""
    page["comments"][0]["text"] = "The league did it, and here is why. " * 12
    examples = page_examples(page)
    batch = stance_batch(examples, reader.encoder)
    short, long = (ids.shape[1] for ids, _ in batch.targets)
    assert short < long
    with torch.inference_mode():
        (logits,) = marker_logits(reader.network, batch, reader.device)
        alone = marker_logits(
            reader.network, stance_batch([examples[1]], reader.encoder), reader.device
        )
    many = len(examples[1].golds)
    torch.testing.assert_close(
        logits.label[1, :many], alone[0].label[0, :many], rtol=1e-3, atol=1e-4
    )


def test_a_teacher_alone_answers_what_nobody_labelled(reader, page) -> None:
    """Parts of comments have no loss of their own, and one against what a teacher says."""
    page["comments"][0]["text"] = "The league did it. I saw them. Ask the owner. He knows."
    chance = drawn_by(3)
    (part,) = [own for _ in range(9) for own in parts_of(page_examples(page), 1.0, chance)][:1]
    batch = stance_batch([part], reader.encoder)
    own = flat_logits(marker_logits(reader.network, batch, reader.device))
    taught = replace(own, label=own.label.detach() * -3.0)

    with torch.inference_mode():
        losses = stance_losses(reader.network, batch, reader.device, taught)

    assert losses["taught"] > 0.1
    assert all(float(losses[key]) == 0 for key in ("label", "certain", "role", "reported"))


def test_roles_and_certainties_are_taught_where_they_are_known(reader, page) -> None:
    """A teacher of other roles costs as little as an equal one where no role is labelled."""
    examples = page_examples(page)
    assert any(gold.role >= 0 for own in examples for gold in own.golds)
    golds = [tuple(replace(gold, role=-1, certain=-1) for gold in own.golds) for own in examples]
    unknown = [replace(own, golds=gold) for own, gold in zip(examples, golds, strict=True)]

    def cost(rows: list[Example], factor: float) -> float:
        batch = stance_batch(rows, reader.encoder)
        with torch.inference_mode():
            own = flat_logits(marker_logits(reader.network, batch, reader.device))
            taught = replace(own, role=own.role * factor, certain=own.certain * factor)
            losses = stance_losses(reader.network, batch, reader.device, taught)
        return float(losses["taught"])

    assert cost(examples, 1.0) == pytest.approx(0.0, abs=1e-4)
    assert cost(examples, -3.0) > 0.01
    assert cost(unknown, -3.0) == pytest.approx(0.0, abs=1e-4)


def test_a_teacher_reads_the_same_in_its_own_way(reader, page) -> None:
    """Part by part and row by row its examples are the student's, with what stands beside them."""
    tokenizer = reader.encoder._tokenizer  # noqa: SLF001 - the same words
    blind = TextEncoder(tokenizer, reads_background=False)
    sighted = TextEncoder(tokenizer, reads_background=True)
    examples = page_examples(page)
    batch = stance_batch(examples, blind, part_tokens=30, teacher=sighted)
    assert batch.taught is not None
    assert len(batch.parts) > 1

    for own, taught in zip(batch.parts, batch.taught.parts, strict=True):
        assert taught.markers.ids.shape[1] > own.markers.ids.shape[1]
        assert torch.equal(taught.answers.label, own.answers.label)
    alone = stance_batch(examples, sighted)
    with torch.inference_mode():
        drawn = teach(reader.network, batch, reader.device).label
        whole = flat_logits(marker_logits(reader.network, alone, reader.device)).label
    known = drawn[torch.cat([own.answers.label.flatten() for own in batch.parts]) >= 0]
    expected = whole[alone.parts[0].answers.label.flatten() >= 0]
    torch.testing.assert_close(known.sort(0).values, expected.sort(0).values, rtol=1e-3, atol=1e-3)


def test_tags_of_like_length_have_the_loss_of_all(reader, page) -> None:
    """In two batches the mean is still over every token."""
    rows = [Tagged(text, actors) for text, actors in named_spans(page)]
    batches = tag_batches(rows, reader.encoder)
    assert sum(len(own.ids) for own in batches) == len(rows)
    assert len(batches) == 2

    with torch.inference_mode():
        loss = tag_loss(reader.network, batches, reader.device)

    assert 0 < float(loss) < 10


def test_a_step_of_pages_is_the_same_again(reader, page) -> None:
    """Any worker makes the same step of a number; parts of comments stand in it when asked for."""
    articles = [{"id": "s-mill", "title": "Mill burns", "sentences": ["It burned."]}]
    agents = [{"text": "They did it.", "spans": [[0, 4]]}] * 4
    names = [{"text": "Ann sings.", "spans": [[0, 3, "person"]]}]
    material = Material(
        [], names, [page], articles, agents=agents, pages_a_step=1, replay_rows=0, untold=1.0
    )
    first, again = (
        Steps(material, reader.encoder, seed=4, steps=3)[2].stance.parts[0].markers.ids
        for _ in range(2)
    )

    assert torch.equal(first, again)


def test_what_stands_beside_comments_can_be_left_out_of_every_page(reader, page) -> None:
    """A network that is to answer with and without title and account must meet both."""
    articles = [{"id": "s-mill", "title": "Mill burns", "sentences": ["It burned."]}]
    agents = [{"text": "They did it.", "spans": [[0, 4]]}] * 4
    names = [{"text": "Ann sings.", "spans": [[0, 3, "person"]]}]

    def tokens(share: float) -> int:
        material = Material(
            [], names, [page], articles, agents=agents, pages_a_step=1, replay_rows=0,
            lost_background=share,
        )  # fmt: skip
        step = Steps(material, reader.encoder, seed=4, steps=3)[1]
        return sum(int(part.markers.attended.sum()) for part in step.stance.parts)

    assert tokens(1.0) < tokens(0.0)


def test_a_step_of_the_corpora_reads_names_as_often_as_is_said(reader) -> None:
    """Where time is short the sentences with names are read in one step of several."""
    target = Target(TargetKind.SENTENCE, "Guns kill.")
    pair = Example(Reading("They do.", (Query(target),)), (Gold(label=0),), "vast_train")
    agents = [{"text": "They did it.", "spans": [[0, 4]]}]
    names = [{"text": "Ann sings.", "spans": [[0, 3, "person"]]}]
    material = Material([pair], names, agents=agents, stance_rows=16, tags_every=2)

    steps = Steps(material, reader.encoder, seed=1, steps=4)

    assert [steps[number].tags is not None for number in range(4)] == [True, False, True, False]


def test_some_actors_get_the_name_of_a_group() -> None:
    """The others keep to the pool; no group is in the majority."""
    pool = [("Ann Ek",), ("the port authority", "APA")]
    drawn = [own for seed in range(200) for own in drawn_names(pool, 2, drawn_by(seed))]
    groups = [own for own in drawn if own not in pool]

    assert 60 < len(groups) < 180
    for (name,) in groups:
        _, word, noun = name.split()
        assert word in WORDS
        assert noun in NOUNS
