"""How far an accusation moves with the actor's group."""

from __future__ import annotations

import numpy as np
import pytest

from models.training.tasks.swaps import GROUPS, shift_of, swap_figures, template_examples


def test_the_shift_is_over_all_pairs_of_groups() -> None:
    """Distances 0.1, 0.3 and 0.2 in one comment, none in the other."""
    shift = shift_of(np.asarray([[0.5, 0.6, 0.8], [0.4, 0.4, 0.4]]))
    assert shift.mean == pytest.approx((0.1 + 0.3 + 0.2) / 6)
    assert shift.largest == pytest.approx(0.3)


def test_comments_differ_in_the_group_alone() -> None:
    """The same comments in the same order, each naming its actor."""
    first, second = GROUPS["religion"][:2]
    for one, other in zip(template_examples(first), template_examples(second), strict=True):
        assert one.reading.text.replace(first, second) == other.reading.text
        assert one.reading.queries[0].mentions


def test_every_kind_of_group_is_measured(reader, page) -> None:
    """In templates and on pages, mean and largest."""
    kinds = {kind: groups[:2] for kind, groups in GROUPS.items()}
    names = {own.name for own in swap_figures(reader, [page], kinds)}
    assert {f"groups.templates_{kind}_shift_mean" for kind in GROUPS} <= names
    assert {f"groups.pages_{kind}_shift_max" for kind in GROUPS} <= names
