"""Kialo: a discussion's tree becomes claims, support and attack; dangling numbers are refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.graph import About, Edge, NodeKind
from app.errors import UnreadablePage
from app.exchange.kialo import read_kialo
from app.exchange.losses import LossTally

DISCUSSION = """\
Discussion Title: Should the ferry run at night?

1. The ferry should run at night.
1.1. Pro: Shift workers need it,
as [the survey](https://poll.example/1) says \\[2\\].
1.1.1. Con: The survey asked few.
1.2. Con: It is loud.
1. at the pier
2. at sea
1.2.1. Pro: -> See 1.1.1.
1.3. -> See 1.2.
"""


def test_a_discussion_becomes_a_graph():
    """Claims keep their words, Pro is support, Con attack, and a reference is the claim itself."""
    tally = LossTally()

    graph = read_kialo(DISCUSSION.encode(), tally)

    claims = {n.id: n.text for n in graph.nodes if n.kind is NodeKind.INFORMATION}
    assert claims == {
        "1": "The ferry should run at night.",
        "1.1": "Shift workers need it,\nas the survey says [2].",
        "1.1.1": "The survey asked few.",
        "1.2": "It is loud.\n1. at the pier\n2. at sea",
    }
    assert graph.node_by_id()["1"].about is About.ACCOUNT
    assert graph.node_by_id()["1.2/Con"].kind is NodeKind.CONFLICT
    assert graph.edges == (
        Edge("1.1", "1.1/Pro"),
        Edge("1.1/Pro", "1"),
        Edge("1.1.1", "1.1.1/Con"),
        Edge("1.1.1/Con", "1.1"),
        Edge("1.2", "1.2/Con"),
        Edge("1.2/Con", "1"),
        Edge("1.1.1", "1.2.1/Pro"),
        Edge("1.2.1/Pro", "1.2"),
    )
    assert {loss.what: loss.places for loss in tally.report()} == {
        "the title of the discussion": ("line 1",),
        "the address of a link": ("1.1",),
        "how a claim stands to the one above: neither Pro nor Con": ("1.3",),
    }


def test_arguebuf_understands_the_same(consumer, tmp_path):
    """The package arguebuf reads the same claims from the same file."""
    text = DISCUSSION.replace("1.3. -> See 1.2.\n", "").replace("1.2.1. Pro: -> See 1.1.1.\n", "")
    file = tmp_path / "discussion.txt"
    file.write_text(text, encoding="utf-8")

    found = consumer("load_graph.py", "kialo", file)

    graph = read_kialo(text.encode())
    ours = {f"{n.id}.": n.text for n in graph.nodes if n.kind is NodeKind.INFORMATION}
    assert found["atoms"] == ours
    assert len(found["schemes"]) == len(graph.nodes) - len(ours)


WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["Pro", "Con"]), WORDS), max_size=9))
@settings(max_examples=50)
def test_any_tree_is_read(drawn):
    """Each claim of any tree is under the claim that its number says, as Pro or Con."""
    numbers, children, lines, wanted = ["1"], {"1": 0}, ["1. Top."], set()
    for at, stance, word in drawn:
        parent = numbers[at % len(numbers)]
        children[parent] += 1
        number = f"{parent}.{children[parent]}"
        children[number] = 0
        numbers.append(number)
        lines.append(f"{number}. {stance}: {word}")
        wanted |= {Edge(number, f"{number}/{stance}"), Edge(f"{number}/{stance}", parent)}

    assert set(read_kialo("\n".join(lines).encode()).edges) == wanted


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"", "got none"),
        (b"\xff", "UTF-8"),
        (b"Hello there.", "got none"),
        (b"1. A.\n1.1. Pro: B.\n1.1. Pro: C.", "line 3: .* 1.1 again"),
        (b"1. A.\n1.2.1. Pro: B.", "1.2 to be a claim"),
        (b"1. A.\n2.1. Pro: B.", "2 to be a claim"),
        (b"1. A.\n1.1. Pro: -> See 1.9.", "1.9 to be a claim"),
        (b"1. A.\n1.1. Pro: -> See 1.1.", "1.1 to be a claim"),
        (b"1. A.\n1.1. Pro: -> See 1.2.\n1.2. Con: -> See 1.1.", "to be a claim"),
        (b"1. A.\n" + b"1." * 5000 + b" Pro: B.", "at most"),
        (b"1." * 50_000, "got none"),
        (b"1. -> See 1.", "claim 1: expected words"),
    ],
)
def test_what_leads_nowhere_is_refused(text, named):
    """Numbers twice, without a claim above, in a circle or too deep are refused by number."""
    with pytest.raises(UnreadablePage, match=named) as caught:
        read_kialo(text)
    assert len(str(caught.value)) < 300
