"""DF-QuAD and quadratic energy: worked by hand from the papers' definitions, and what they lack."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.errors import InvalidRequest
from app.mining.semantics_bipolar import BipolarGraph, bipolar_of
from app.mining.semantics_dfquad import weigh_by_dfquad
from app.mining.semantics_energy import weigh_by_energy
from app.mining.voices import UNIT, strength_of

SCORES = st.lists(st.floats(0, 1), max_size=6)


def star(base, *, attackers=(), supporters=()):
    """Return the graph of an argument "x" of that base score and leaves that answer it."""
    scores = {"x": base}
    scores |= {f"a{number}": score for number, score in enumerate(attackers)}
    scores |= {f"s{number}": score for number, score in enumerate(supporters)}
    return BipolarGraph(
        scores,
        supports=tuple((f"s{number}", "x") for number in range(len(supporters))),
        attacks=tuple((f"a{number}", "x") for number in range(len(attackers))),
    )


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (star(0.5), 0.5),
        (star(0.5, supporters=[0.5]), 0.75),
        (star(0.5, attackers=[0.5]), 0.25),
        (star(0.5, attackers=[0.5, 0.5]), 0.125),
        (star(0.5, attackers=[0.8], supporters=[0.8]), 0.5),
        (star(0.4, attackers=[0.2], supporters=[0.6, 0.5]), 0.4 + 0.6 * (0.8 - 0.2)),
        (star(0.4, attackers=[1.0], supporters=[0.3]), 0.4 - 0.4 * 0.7),
    ],
)
def test_dfquad_gives_what_its_definition_gives(graph, expected):
    """F(v1 … vn) = 1 - prod(1 - vi), and C moves the base by the difference of both sides."""
    assert weigh_by_dfquad(graph)["x"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (star(0.5), Fraction(1, 2)),
        (star(0.5, supporters=[1.0]), Fraction(3, 4)),
        (star(0.5, supporters=[1.0, 1.0]), Fraction(9, 10)),
        (star(0.5, attackers=[1.0, 1.0, 1.0]), Fraction(1, 20)),
        (star(0.8, attackers=[0.5]), Fraction(8, 10) - Fraction(8, 10) * Fraction(1, 5)),
        (star(0.3, attackers=[0.5], supporters=[0.5]), Fraction(3, 10)),
    ],
)
def test_energy_gives_what_its_definition_gives(graph, expected):
    """E is supporters less attackers, and h(E) = E^2 / (1 + E^2) moves the base."""
    assert weigh_by_energy(graph)["x"] == pytest.approx(float(expected))


@pytest.mark.parametrize("weigh", [weigh_by_dfquad, weigh_by_energy])
def test_a_chain_is_weighed_from_its_end(weigh):
    """Who attacks an attacker helps what it attacks."""
    scores = dict.fromkeys(("x", "y", "z"), 0.5)
    attacked = BipolarGraph(scores, attacks=(("y", "x"),))
    defended = BipolarGraph(scores, attacks=(("y", "x"), ("z", "y")))

    assert weigh(attacked)["x"] < weigh(defended)["x"] < 0.5


def test_dfquad_in_a_chain_of_three():
    """An attacker z halves y to 0.25, which leaves x at 0.5 - 0.5 * 0.25."""
    graph = BipolarGraph(dict.fromkeys("xyz", 0.5), attacks=(("y", "x"), ("z", "y")))

    assert weigh_by_dfquad(graph) == pytest.approx({"z": 0.5, "y": 0.25, "x": 0.375})


def test_ours_tells_apart_what_dfquad_does_not():
    """200 against 20 and 200 against 190 are the same to DF-QuAD, and not to our own rule."""
    clear = star(0.5, attackers=[0.5] * 20, supporters=[0.5] * 200)
    disputed = star(0.5, attackers=[0.5] * 190, supporters=[0.5] * 200)

    assert weigh_by_dfquad(clear)["x"] == pytest.approx(0.5, abs=1e-6)
    assert weigh_by_dfquad(disputed)["x"] == pytest.approx(0.5, abs=1e-6)
    assert strength_of(200 * UNIT, 20 * UNIT) == pytest.approx(200 / 222)
    assert strength_of(200 * UNIT, 190 * UNIT) == pytest.approx(200 / 392)


@pytest.mark.parametrize("weigh", [weigh_by_dfquad, weigh_by_energy])
@given(base=st.floats(0, 1), attackers=SCORES, supporters=SCORES)
def test_strengths_stay_in_their_range(weigh, base, attackers, supporters):
    """Whatever answers an argument, its strength stays in 0 … 1."""
    assert 0 <= weigh(star(base, attackers=attackers, supporters=supporters))["x"] <= 1


@pytest.mark.parametrize("weigh", [weigh_by_dfquad, weigh_by_energy])
def test_circles_are_refused(weigh):
    """Arguments that answer each other in a circle have no order to be weighed in."""
    graph = BipolarGraph({"x": 0.5, "y": 0.5}, attacks=(("x", "y"),), supports=(("y", "x"),))

    with pytest.raises(InvalidRequest, match="circle"):
        weigh(graph)


@pytest.mark.parametrize("weigh", [weigh_by_dfquad, weigh_by_energy])
def test_long_chains_need_no_depth(weigh):
    """A chain of fifty thousand answers is weighed without recursion."""
    keys = [str(number) for number in range(50_000)]
    graph = BipolarGraph(dict.fromkeys(keys, 0.5), attacks=tuple(zip(keys[1:], keys, strict=False)))

    assert len(weigh(graph)) == 50_000


def test_a_graph_of_aif_is_read_as_a_bipolar_one():
    """Inferences support, conflicts attack, and what is said or rephrased does neither."""
    kinds = {
        "x": NodeKind.INFORMATION,
        "p": NodeKind.INFORMATION,
        "q": NodeKind.INFORMATION,
        "ra": NodeKind.INFERENCE,
        "ca": NodeKind.CONFLICT,
        "ma": NodeKind.REPHRASE,
        "l": NodeKind.LOCUTION,
        "ya": NodeKind.ILLOCUTION,
    }
    pairs = ["p ra", "ra x", "q ca", "ca x", "p ma", "ma q", "l ya", "ya p"]
    graph = ArgumentGraph(
        tuple(Node(key, kind, key, About.RELATION) for key, kind in kinds.items()),
        tuple(Edge(*pair.split()) for pair in pairs),
    )

    assert bipolar_of(graph) == BipolarGraph(
        {"x": 0.5, "p": 0.5, "q": 0.5}, supports=(("p", "x"),), attacks=(("q", "x"),)
    )
