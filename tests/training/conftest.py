"""A tiny network of random weights with the bundled model's tokenizer, as a reader."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig

from app.inference.calibration import PLAIN
from app.inference.encode import TextEncoder
from app.inference.network import StanceNetwork
from models.training.reader import Reader

TOKENIZER = Path(__file__).resolve().parents[2] / "models" / "small" / "tokenizer.json"


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return a reader that reads quickly and knows nothing."""
    torch.manual_seed(1)
    config = BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64
    )
    encoder = TextEncoder(Tokenizer.from_file(str(TOKENIZER)))
    return Reader("tiny", StanceNetwork(config).eval(), encoder, PLAIN, torch.device("cpu"))


@pytest.fixture
def page() -> dict[str, object]:
    """Return a labelled page of three comments."""

    def row(actor: str, label: str, role: str | None) -> dict[str, object]:
        sure = label != "query"
        return {"actor": actor, "label": label, "certain": sure, "role": role, "reported": False}

    def comment(number: int, text: str, answers: str | None, **rest: object) -> dict[str, object]:
        stance = {"label": "comment", "certain": False}
        return {
            "id": f"c{number}",
            "author": "ann",
            "text": text,
            "reply_to": answers,
            "reply_stance": "deny" if answers else None,
            "account_stance": stance,
            **rest,
        }

    return {
        "id": "s-mill",
        "title": "Mill burns",
        "article": "The mill burned. The league denies it.",
        "event": "the mill burned",
        "account": "Nobody knows who burned the mill.",
        "actors": [
            {"id": "league", "name": "the River League", "aliases": ["the league"]},
            {"id": "owner", "name": "the owner", "aliases": []},
        ],
        "comments": [
            comment(
                1, "The league did it.", None, attributions=[row("league", "support", "sponsor")]
            ),
            comment(
                2, "No, the owner.", "c1", attributions=[row("owner", "support", "perpetrator")]
            ),
            comment(3, "Was it the owner?", None, attributions=[row("owner", "query", None)]),
        ],
    }
