"""Gathers everything that training reads into one small folder, with a manifest of its sources.

    python -m models.training.data --shared ../shared --encoder FOLDER --out runs/data

The folder holds stance.jsonl.gz (examples of the corpora), development.jsonl.gz (those of their
development sets), pages.json.gz (labelled pages), articles.json.gz (sentences with how well each
tells the account and the event), names.json.gz (tagged sentences of named-entity corpora),
agents.json.gz (texts with whom they blame) and manifest.json (every input with its SHA-256).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.inference.encode import TextEncoder
from app.inference.layout import NAME_KINDS
from app.inference.stack import stack_ids
from models.training.blame import BLAME_FILES, agent_rows, blame_examples
from models.training.corpora import CORPORA, DEVELOPMENT, development_keys, read_corpus
from models.training.examples import Example, Gold
from models.training.pages import LabelledPage, read_pages
from models.training.rows import read_rows

WRITTEN = Path(__file__).parent / "written"

NAME_FILES = ("wnut17_train", "btc_a", "btc_b", "btc_e", "btc_g")
"""Named-entity corpora of user text; their people, groups, firms and places may all be blamed."""

_KINDS = {
    **{kind: kind for kind in NAME_KINDS},
    "per": "person",
    "loc": "location",
    "org": "organisation",
}
"""What the corpora's tags are in WNUT-17's kinds; "organisation" may be either of two."""

SOFTNESS = 0.05
"""Temperature that turns cosine similarities to the true account into shares of a sentence."""


def main() -> None:
    """Read the corpora and write the training folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    stance = args.shared / "data" / "stance"
    keys = development_keys(stance)
    examples = [own for corpus in CORPORA for own in read_corpus(stance, corpus, skip=keys)]
    actors = args.shared / "data" / "actors"
    examples += blame_examples(actors)
    held = [own for corpus in DEVELOPMENT for own in read_corpus(stance, corpus)]
    write_examples(args.out / "stance.jsonl.gz", examples)
    write_examples(args.out / "development.jsonl.gz", held)
    # Pages written later stand beside the recipe; the first letters of their ids are domains of
    # their own, all of which train.
    pages = [*read_pages(args.shared / "pages" / "train"), *read_pages(WRITTEN)]
    _write_json(args.out / "pages.json.gz", pages)
    _write_json(args.out / "articles.json.gz", _articles(pages, args.encoder))
    names = [row for name in NAME_FILES for row in _names(actors / "ner", name)]
    _write_json(args.out / "names.json.gz", names)
    _write_json(args.out / "agents.json.gz", agent_rows(actors))
    inputs = [
        *(stance / f"{corpus.name}.jsonl" for corpus in (*CORPORA, *DEVELOPMENT)),
        *(actors / "ner" / f"{name}.jsonl" for name in NAME_FILES),
        *(actors / f"{name}.jsonl" for name in BLAME_FILES),
        *sorted((args.shared / "pages" / "train").glob("*.json")),
        *sorted(WRITTEN.glob("*.json")),
        args.encoder / "model.safetensors",
    ]
    manifest = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(inputs)}
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    print(
        f"{len(examples)} stance pairs, {len(held)} held, {len(pages)} pages, {len(names)} tagged"
    )


def write_examples(path: Path, examples: list[Example]) -> None:
    """Write examples as gzipped JSON lines that `read_examples` reads."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for own in examples:
            queries = [
                [
                    query.target.kind,
                    query.target.text,
                    [[span.start, span.end] for span in query.mentions],
                    [gold.label, gold.certain, gold.role, gold.reported],
                ]
                for query, gold in zip(own.reading.queries, own.golds, strict=True)
            ]
            read = own.reading
            row = [own.source, own.weight, read.text, read.background, read.context, queries]
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_examples(path: Path) -> list[Example]:
    """Return the examples of a file that `write_examples` wrote."""
    examples = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, weight, text, background, context, rows = json.loads(line)
            queries = tuple(
                Query(
                    Target(TargetKind(kind), words),
                    mentions=tuple(Span(start, end) for start, end in mentions),
                )
                for kind, words, mentions, _ in rows
            )
            golds = tuple(Gold(*numbers) for *_, numbers in rows)
            reading = Reading(text, queries, context, background)
            examples.append(Example(reading, golds, source, weight))
    return examples


def read_json(path: Path) -> Any:
    """Return what a gzipped JSON file of the folder holds."""
    with gzip.open(path, "rt", encoding="utf-8") as text:
        return json.load(text)


def _write_json(path: Path, value: object) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        json.dump(value, out, ensure_ascii=False)


def _names(folder: Path, name: str) -> list[dict[str, Any]]:
    rows = []
    for row in read_rows(folder / f"{name}.jsonl"):
        text, spans, end = "", [], 0
        for token, tag in zip(row["tokens"], row["tags"], strict=True):
            start = len(text) + (1 if text else 0)
            text = f"{text} {token}" if text else token
            kind = _KINDS.get(tag.split("-", 1)[-1].lower())
            if tag.startswith("B-") and kind:
                spans.append([start, len(text), kind])
            elif tag.startswith("I-") and kind and spans and spans[-1][1] == end:
                spans[-1][1] = len(text)
            end = len(text)
        rows.append({"text": text, "spans": spans})
    return rows


def _articles(pages: list[LabelledPage], encoder: Path) -> list[dict[str, Any]]:
    """Return each article's sentences with shares that say how near each is to the labels.

    The untuned sentence encoder judges nearness: pages name an account and an event in their own
    words, and the product chooses a sentence of the article (or its title) for each.
    """
    from sentencex import segment  # noqa: PLC0415 - a GPU machine may train without it

    model = BertModel.from_pretrained(encoder, add_pooling_layer=False).eval()
    texts = TextEncoder(Tokenizer.from_file(str(encoder / "tokenizer.json")))

    @torch.inference_mode()
    def vectors(sentences: list[str]) -> torch.Tensor:
        ids, attended = stack_ids(texts.target_ids(sentences))
        states = model(input_ids=ids, attention_mask=attended.long()).last_hidden_state
        mean = (states * attended.unsqueeze(-1)).sum(1) / attended.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=-1)

    rows = []
    for page in pages:
        parts = [own.strip() for own in segment("en", page["article"])]
        sentences = [page["title"], *(own for own in parts if own)]
        own = vectors(sentences)
        shares = {}
        for key in ("account", "event"):
            if page[key]:
                near = own @ vectors([page[key]])[0]
                shares[key] = torch.softmax(near / SOFTNESS, 0).tolist()
        rows.append({"id": page["id"], "title": page["title"], "sentences": sentences, **shares})
    return rows


if __name__ == "__main__":
    main()
