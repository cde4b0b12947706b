"""Both sizes of the model that come along are whole, and small enough for a repository."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.bootstrap import build_service, find_model
from app.config import Settings
from app.domain.naming import hypothesis
from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Label, Target, TargetKind
from app.inference.checksums import SUMS, check_sums
from app.inference.compiled_scorer import load_compiled
from app.inference.torch_scorer import load_scorer
from tests.inference.conftest import MODELS

SIZES = ("small", "base")

MOST_BYTES = 45_000_000


@pytest.mark.parametrize("size", SIZES)
def test_every_file_is_summed_up_and_none_is_too_large(size):
    """Weights, compiled form, tokenizer and calibrations; a repository refuses larger files."""
    folder = find_model(size)
    check_sums(folder)
    read = {line.split()[1] for line in (folder / SUMS).read_text().splitlines()}

    assert {"config.json", "tokenizer.json", "calibration.json", "arguments.safetensors"} <= read
    assert {path.name for path in folder.glob("model-*.safetensors")} <= read
    assert max(path.stat().st_size for path in folder.iterdir()) <= MOST_BYTES
    assert {"card.md", "NOTICE"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("size", SIZES)
def test_the_table_of_thresholds_was_measured_with_this_revision(size):
    """What `fingerpost thresholds` prints without pages would else tell of other weights."""
    table = json.loads((MODELS / size / "thresholds.json").read_text("utf-8"))
    settings = Settings(model=size, database_url="sqlite://")
    own = build_service(settings).load_model().identity

    assert table["model"] == {"name": size, "revision": own.revision}


def readings() -> list[Reading]:
    """Return comments that blame the council or clear it, and what they were told above."""
    texts = {
        "The council knew about the cracks for years. It is their fault and nobody else's.": True,
        "No, the council did not do this. It was never their bridge.": False,
        "Lovely photo, thank you.": None,
    }
    account = Target(TargetKind.ACCOUNT, "Heavy rain brought the bridge down.")
    asked = []
    for text in texts:
        at = text.lower().find("the council")
        named = (Span(at, at + 11),) if at >= 0 else ()
        queries = (
            Query(account),
            Query(hypothesis("council", "the council", "the collapse"), mentions=named),
            Query(hypothesis("navy", "the navy", "the collapse")),
        )
        asked.append(Reading(text, queries, background=f"Bridge falls\n{account.text}"))
    return asked


@pytest.fixture(scope="module", params=[load_scorer, load_compiled], ids=["torch", "compiled"])
def base(request):
    """Return the larger model in either form."""
    return request.param(MODELS / "base", threads=1)


def test_the_larger_model_tells_who_is_blamed_and_who_is_cleared(base):
    """And of whom nobody speaks nothing is said."""
    answers = base.score(readings())

    council = [row[1].stance.label for row in answers]
    navy = [row[2].stance.label for row in answers]
    assert council == [Label.SUPPORT, Label.DENY, Label.COMMENT]
    assert navy == [Label.COMMENT] * 3


def test_the_larger_model_says_the_same_in_eight_bits():
    """What its longest channels would cost the others is not paid: they stay exact."""
    exact, found = (
        [own.stance for row in load(MODELS / "base", threads=1).score(readings()) for own in row]
        for load in (load_scorer, load_compiled)
    )

    assert [own.label for own in found] == [own.label for own in exact]
    np.testing.assert_allclose(
        [own.probabilities for own in found], [own.probabilities for own in exact], atol=0.1
    )
