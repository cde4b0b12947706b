"""What rules without a model say."""

from __future__ import annotations

import numpy as np

from models.training.floors import COMMENT, DENY, QUERY, SUPPORT, lexicon, majority


def test_the_majority_is_everybodys_label() -> None:
    """The commonest label stands in every row."""
    assert majority(np.asarray([DENY, DENY, QUERY])).tolist() == [DENY] * 3


def test_words_deny_agree_and_ask() -> None:
    """A question mark asks only where the corpus knows questions."""
    texts = ["This is a lie", "Yes, exactly", "Really?", "Tea"]
    assert lexicon(texts, range(4)).tolist() == [DENY, SUPPORT, QUERY, COMMENT]
    assert lexicon(texts[2:], (SUPPORT, DENY)).tolist() == [SUPPORT, SUPPORT]
