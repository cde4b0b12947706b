"""Ways to classify comments against hypotheses: other people's, and ours, on the same encoder.

All read with the encoder of one model's folder; the others' classification heads have random
weights, which cost what trained ones cost.
"""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import torch
from rounds import Contender
from sentence_transformers import CrossEncoder
from texts import readings
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    PreTrainedTokenizerFast,
    ZeroShotClassificationPipeline,
)

from app.inference.backbones import read_config
from app.inference.folder import encoder_of, open_folder
from app.inference.layout import lay_ids
from app.inference.schedule import cut_by_tokens
from app.inference.weights import load_model

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.inference.runner import Runner
    from app.inference.scorer import ModelScorer

BATCH = 32
LABELS = ("contradiction", "neutral", "entailment")
"""What zero-shot pipelines look for among the labels of a classifier of inference."""

SPECIAL = ("CLS", "SEP", "PAD", "UNK", "MASK")


def write_classifier(model: Path, into: Path) -> None:
    """Write the encoder of `model` with a random head, as transformers keep classifiers."""
    loaded = load_model(model)
    config = read_config(loaded.folder.config)
    if not isinstance(config, BertConfig):
        raise TypeError(f"expected an encoder of BERT, got {config.model_type}")
    config.num_labels = len(LABELS)
    config.id2label = dict(enumerate(LABELS))
    config.label2id = {label: place for place, label in config.id2label.items()}
    classifier = BertForSequenceClassification(config)
    encoder = loaded.network.encoder.state_dict()
    missed = classifier.bert.load_state_dict(encoder, strict=False)
    if missed.unexpected_keys:
        raise ValueError(f"expected weights of BERT, got {missed.unexpected_keys[0]}")
    classifier.save_pretrained(into)
    special = {f"{name.lower()}_token": f"[{name}]" for name in SPECIAL}
    tokenizer = str(model / "tokenizer.json")
    PreTrainedTokenizerFast(
        tokenizer_file=tokenizer, model_max_length=config.max_position_embeddings, **special
    ).save_pretrained(into)
    # Older releases, which Infinity stands on, know this class by its older name alone.
    kept = into / "tokenizer_config.json"
    told = json.loads(kept.read_text("utf-8")) | {"tokenizer_class": "PreTrainedTokenizerFast"}
    kept.write_text(json.dumps(told), "utf-8")


def zero_shot(folder: Path, texts: Sequence[str], targets: Sequence[str]) -> Contender:
    """Return transformers' pipeline as it comes: one text and hypothesis at a time."""
    model = BertForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    pipeline = ZeroShotClassificationPipeline(model=model, tokenizer=tokenizer, device="cpu")
    labels = list(targets)

    def run() -> None:
        pipeline(list(texts), candidate_labels=labels, hypothesis_template="{}", multi_label=True)

    return Contender(f"zero-shot pipeline, {len(labels)} hypotheses", len(texts), run)


def cross_encoder(folder: Path, texts: Sequence[str], targets: Sequence[str]) -> Contender:
    """Return sentence-transformers over pairs, sorted by length, 32 a batch."""
    model = CrossEncoder(str(folder), device="cpu", max_length=512)
    pairs = sorted(((text, target) for text in texts for target in targets), key=_chars)

    def run() -> None:
        model.predict(pairs, batch_size=BATCH, show_progress_bar=False)

    return Contender(f"CrossEncoder, {len(targets)} hypotheses", len(texts), run)


def padded(folder: Path, texts: Sequence[str]) -> Contender:
    """Return plain torch on batches of 32 as they come, padded: a text once, one answer."""
    model = BertForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)

    @torch.inference_mode()
    def run() -> None:
        for at in range(0, len(texts), BATCH):
            some = list(texts[at : at + BATCH])
            model(**tokenizer(some, padding=True, truncation=True, return_tensors="pt"))

    return Contender("torch, padded batches of 32", len(texts), run)


class Infinity:
    """The peer `infinity-emb` in a process of its own, since it wants other versions than we do."""

    def __init__(self, python: Path, program: Path, folder: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - a program of ours
            [str(python), str(program), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def contender(self, texts: Sequence[str]) -> Contender:
        """Return it as one that classifies the texts, all of them given at once."""
        return Contender("Infinity", len(texts), lambda: self._seconds_of(texts))

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait()

    def _seconds_of(self, texts: Sequence[str]) -> float:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("expected a process with pipes")
        self._process.stdin.write(json.dumps(list(texts)) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("seconds "):
                return float(line.split()[1])
        raise RuntimeError("expected Infinity to answer, it ended")


def ours(name: str, scorer: ModelScorer, texts: Sequence[str], targets: Sequence[str]) -> Contender:
    """Return one pass a comment for all targets."""
    asked = readings(texts, targets)
    return Contender(name, len(texts), lambda: _drop(scorer.score(asked)))


def our_pairs(
    name: str, runner: Runner, model: Path, texts: Sequence[str], targets: Sequence[str]
) -> Contender:
    """Return a pass a pair of text and hypothesis on our own engine, cut and sorted as ours are."""
    encoder = encoder_of(open_folder(model, [model / "config.json"]))

    def run() -> None:
        read = encoder.tokenize(texts)
        claims = encoder.tokenize(targets)
        rows = [
            (*encoder.enclose(text.ids), *encoder.enclose(claim.ids)[1:])
            for text in read
            for claim in claims
        ]
        for batch in cut_by_tokens([len(row) for row in rows]):
            runner.encode_targets(*lay_ids([rows[index] for index in batch]))

    return Contender(name, len(texts), run)


def _chars(pair: tuple[str, str]) -> int:
    return len(pair[0]) + len(pair[1])


def _drop(_: object) -> None:
    """Forget what was answered: only the time counts."""
