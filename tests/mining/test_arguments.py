"""Arguments of a page: units, relations without circles, and the premises of attributions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.domain.argument import ARTICLE, BEARINGS, Bearing, UnitKind, UnitPair
from app.domain.graph import About, NodeKind
from app.domain.page import Article, Comment, Page
from app.mining.again import mine_again
from app.mining.arguments import choose_relations
from app.mining.graph import build_graph
from app.mining.memo import Memo, unpack_memo
from app.mining.mine import mine
from app.mining.relations import Candidate
from app.mining.semantics_bipolar import bipolar_of
from app.mining.semantics_dfquad import weigh_by_dfquad
from tests.fakes import FakeScorer
from tests.mining.arguing import WordReader

NOW = datetime(2024, 5, 1, tzinfo=UTC)
PAGE = Page(
    Article("Fire at the depot", "Eleven buses burned at the Northgate depot on Sunday night."),
    (
        Comment("c1", "Veltra Transit is behind this because they had insured it. Thanks all."),
        Comment("c2", "No, that is not so at all.", reply_to="c1"),
        Comment("c3", "Veltra Transit is behind this."),
    ),
)


class ArguingScorer(FakeScorer):
    """A scorer of word rules that reads arguments as well."""

    @property
    def argument_reader(self):
        """What reads them."""
        return WordReader()


def mined(scorer):
    """Return the page mined."""
    return mine(PAGE, scorer, now=NOW)


def test_units_are_read_of_article_and_comments():
    """Claims and premises with their spans; what is neither is no unit."""
    page = mined(ArguingScorer())

    held = {
        text: [(unit.kind, unit.span.text_of(words)) for unit in page.arguments.units[text]]
        for text, words in [(ARTICLE, PAGE.article.text), ("c1", PAGE.comments[0].text)]
    }
    assert held == {
        ARTICLE: [(UnitKind.CLAIM, PAGE.article.text)],
        "c1": [
            (UnitKind.CLAIM, "Veltra Transit is behind this"),
            (UnitKind.PREMISE, "because they had insured it."),
        ],
    }
    assert [(one.source, one.target, one.bearing) for one in page.arguments.relations] == [
        (("c1", 1), ("c1", 0), Bearing.SUPPORTS),
        (("c2", 0), ("c1", 0), Bearing.ATTACKS),
    ]


def test_an_attribution_names_the_premises_given_for_it():
    """One without any is flagged as unsupported."""
    first, _, third = mined(ArguingScorer()).comments

    (given_one,), (bare,) = first.attributions, third.attributions
    assert [span.text_of(first.comment.text) for span in given_one.premises] == [
        "because they had insured it."
    ]
    assert given_one.unsupported is False
    assert (bare.premises, bare.unsupported) == ((), True)


def test_a_model_that_reads_no_arguments_leaves_it_open():
    """Nobody has looked: neither premises nor a flag, and a graph as before."""
    page = mined(FakeScorer())

    assert page.arguments is None
    rows = [row for held in page.comments for row in held.attributions]
    assert rows
    assert all(row.premises is None and row.unsupported is None for row in rows)
    assert all(node.about is not About.UNIT for node in build_graph(page).nodes)


class WatchedReader(WordReader):
    """Notes the clauses and the pairs that it is asked about."""

    def __init__(self):
        self.asked = []

    def score_clauses(self, texts):
        """Note the clauses."""
        self.asked += [tuple(text) for text in texts]
        return super().score_clauses(texts)

    def score_pairs(self, pairs):
        """Note the ends of the pairs."""
        self.asked += [(pair.source, pair.target) for pair in pairs]
        return super().score_pairs(pairs)


class WatchedScorer(FakeScorer):
    """A scorer whose reader of arguments is watched."""

    def __init__(self):
        super().__init__()
        self.argument_reader = WatchedReader()


def test_mining_again_reads_the_same_arguments_and_asks_nothing():
    """From a memo, packed as it is stored, as from scratch."""
    scorer = WatchedScorer()
    once = mine_again(PAGE, scorer, Memo(), now=NOW)
    asked = len(scorer.argument_reader.asked)

    again = mine_again(PAGE, scorer, unpack_memo(once.memo.pack()), now=NOW)

    assert again.mined == mined(ArguingScorer()) == once.mined
    assert len(scorer.argument_reader.asked) == asked
    assert again.memo == once.memo


def test_a_comment_that_is_added_is_read_with_what_it_answers():
    """Of the others nothing is asked again."""
    scorer = WatchedScorer()
    once = mine_again(PAGE, scorer, Memo(), now=NOW)
    scorer.argument_reader.asked.clear()
    grown = replace(PAGE, comments=(*PAGE.comments, Comment("c4", "No, never.", reply_to="c3")))

    again = mine_again(grown, scorer, once.memo, now=NOW)

    assert scorer.argument_reader.asked == [
        ("No, never.",),
        ("No, never.", "Veltra Transit is behind this."),
    ]
    assert again.mined == mine(grown, ArguingScorer(), now=NOW)


def test_units_stand_in_the_graph():
    """Each is asserted by its locution; support within a comment, an attack across, anchored."""
    graph = build_graph(mined(ArguingScorer()))

    nodes = graph.node_by_id()
    edges = {tuple(edge) for edge in graph.edges}
    premise, claim = "comment/c1/unit/1", "comment/c1/unit/0"
    attack = "comment/c2/unit/0/bears"
    assert nodes[claim].about is About.UNIT
    assert {("comment/c1", f"{claim}/asserts"), (f"{claim}/asserts", claim)} <= edges
    assert nodes[f"{premise}/bears"].kind is NodeKind.INFERENCE
    assert {(premise, f"{premise}/bears"), (f"{premise}/bears", claim)} <= edges
    assert nodes[attack].kind is NodeKind.CONFLICT
    assert ("comment/c2/answers", f"{attack}/anchor") in edges
    assert ("article", "article/unit/0/asserts") in edges


@given(st.data())
def test_no_chain_within_a_text_leads_back(data):
    """Whatever a reader says of pairs, each unit bears on one at most, and chains end."""
    many = data.draw(st.integers(2, 6))
    pairs = [(one, other) for one in range(many) for other in range(many) if one != other]
    shares = data.draw(
        st.lists(
            st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
            min_size=len(pairs),
            max_size=len(pairs),
        )
    )
    asked = [
        Candidate(("c", one), ("c", other), pair("x", "y", apart=one - other))
        for one, other in pairs
    ]
    scaled = [[share / sum(row) for share in row] for row in shares]

    chosen = list(choose_relations(asked, scaled))

    targets = {one.source: one.target for one in chosen}
    assert len(targets) == len(chosen)
    assert all(one.bearing in BEARINGS[:3] for one in chosen)
    for start in targets:
        at, steps = start, 0
        while at in targets:
            at, steps = targets[at], steps + 1
            assert steps <= many


def test_arguments_with_units_can_be_weighed():
    """The graph has no circle, so that the literature's semantics go through it."""
    graph = build_graph(mined(ArguingScorer()))

    assert weigh_by_dfquad(bipolar_of(graph))["comment/c1/unit/0"] == 0.5


def pair(source, target, *, apart):
    """Return a pair of claims of one text."""
    claim = UnitKind.CLAIM
    return UnitPair(
        source,
        target,
        claim,
        claim,
        same_comment=True,
        same_author=True,
        answers=False,
        quoted=False,
        apart=apart,
    )
