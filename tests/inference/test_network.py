"""The network's promise: a target's scores depend on the text and that target alone."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention
from transformers import MPNetConfig

from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.inference.backbones import MpnetBackbone, attend_in_steps
from app.inference.encode import Around
from app.inference.layout import NO_MENTION_POSITION
from app.inference.stack import stack_ids, stack_windows

TARGETS = (
    Target(TargetKind.HYPOTHESIS, "Red Brigade is responsible."),
    Target(TargetKind.ACCOUNT, "A bomb killed nine people."),
    Target(TargetKind.SENTENCE, "The council closed the road."),
)
TEXT = "I think the Red Brigade did it."


def logits_of(network, encoder, queries, *, texts=(TEXT,), context="Who was it?"):
    """Return the label logits [texts, queries, 4] of `queries` asked together."""
    wordings = [query.target.text for query in queries]
    rows = {words: row for row, words in enumerate(wordings)}
    windows = []
    for text in texts:
        tokens, before = encoder.tokenize([text, context])
        reading = Reading(text, tuple(queries), context)
        windows += encoder.windows(reading, tokens, Around(context=before), rows)
    with torch.inference_mode():
        vectors = network.encode_targets(*stack_ids(encoder.target_ids(wordings)))
        return network.score_markers(stack_windows(windows), vectors).label


def test_scores_do_not_depend_on_the_order_of_targets(tiny, encoder):
    """The same targets in another order get the same scores."""
    queries = [Query(target, mentions=(Span(12, 23),)) for target in TARGETS]
    forward = logits_of(tiny, encoder, queries)
    backward = logits_of(tiny, encoder, queries[::-1])
    torch.testing.assert_close(forward, backward.flip(1))


def test_scores_do_not_depend_on_the_other_targets(tiny, encoder):
    """A target asked alone gets the scores that it gets among others."""
    queries = [Query(target) for target in TARGETS]
    together = logits_of(tiny, encoder, queries)
    for place, query in enumerate(queries):
        alone = logits_of(tiny, encoder, [query])
        torch.testing.assert_close(together[:, place], alone[:, 0])


def test_scores_do_not_depend_on_padding(tiny, encoder):
    """A text beside a longer one in a batch gets the scores that it gets alone."""
    queries = [Query(target) for target in TARGETS]
    alone = logits_of(tiny, encoder, queries)
    padded = logits_of(tiny, encoder, queries, texts=(TEXT, TEXT + " Nobody else could." * 9))
    torch.testing.assert_close(alone[0], padded[0])


def test_a_target_counts(tiny, encoder):
    """Two different targets of one kind get different scores for the same text."""
    one, other = (
        logits_of(tiny, encoder, [Query(Target(TargetKind.SENTENCE, words))])
        for words in ("The council did it.", "Nine died.")
    )
    assert not torch.allclose(one, other, atol=1e-3)


def test_the_place_of_a_mention_counts(tiny, encoder):
    """The same target named in the text, in the context or nowhere gets different scores."""
    target = TARGETS[0]
    asked = [
        Query(target, mentions=(Span(12, 23),)),
        Query(target, context_mentions=(Span(0, 3),)),
        Query(target),
    ]
    here, before, nowhere = (logits_of(tiny, encoder, [query])[0, 0] for query in asked)
    assert not torch.allclose(here, nowhere, atol=1e-3)
    assert not torch.allclose(before, nowhere, atol=1e-3)


def test_mpnets_last_position_drowns_no_marker():
    """Its row is an outlier after pretraining, and whoever stood there would all look alike."""
    config = MPNetConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=514,
    )
    torch.manual_seed(1)
    encoder = MpnetBackbone(config).eval()
    with torch.inference_mode():
        encoder.embeddings.position_embeddings.weight[-2:, 0] = 1e4
        words = torch.randn(1, 2, 32)
        alone = torch.eye(2, dtype=torch.bool)[None, None]
        positions = torch.full((1, 2), NO_MENTION_POSITION)
        one, other = encoder.read(words, torch.zeros(1, 2), positions, alone)[0]

    assert torch.nn.functional.cosine_similarity(one, other, dim=0) < 0.9


@pytest.mark.parametrize("added", [False, True])
def test_attention_in_steps_is_the_fused_one(added):
    """What training on a processor computes, and its gradients, are those of torch's attention."""
    torch.manual_seed(2)
    parts = [torch.randn(2, 3, 7, 5, dtype=torch.double, requires_grad=True) for _ in range(3)]
    seen = torch.rand(2, 1, 7, 7) < 0.6
    seen[..., 0] = True
    mask = torch.randn(2, 3, 7, 7, dtype=torch.double).masked_fill(~seen, -1e9) if added else seen
    ways = [attend_in_steps(*parts, mask), scaled_dot_product_attention(*parts, attn_mask=mask)]
    torch.testing.assert_close(*ways)
    torch.testing.assert_close(*(torch.autograd.grad(own.sin().sum(), parts) for own in ways))
