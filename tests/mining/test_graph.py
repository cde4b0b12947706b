"""The argument graph of a page: legal in AIF, the same every time, and true to the stances."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.graph import About, NodeKind
from app.domain.mined import Actor, MinedComment, MinedPage, ModelIdentity
from app.domain.page import Article, Comment, CommentKind, ReplyLink, Span
from app.domain.stance import Attribution, Label, Role
from app.mining.graph import build_graph
from app.mining.readings import NO_STANCE
from tests.fakes import stance_of


def row(label, actor="rb"):
    """Return an attribution of that label."""
    return Attribution(
        actor,
        label,
        certain=label is Label.SUPPORT,
        role=None if label is Label.QUERY else Role.SPONSOR,
        reported=False,
        probability=0.7,
        evidence=Span(0, 1),
    )


def page(*comments, account="A bomb killed nine."):
    """Return a mined page of these comments, weighing Red Brigade and the council."""
    return MinedPage(
        article=Article("Bomb", "A bomb.", author="Desk"),
        comments=comments,
        actors=(Actor("rb", "Red Brigade"), Actor("co/un", "the council")),
        hypotheses=(),
        account=account,
        event="a bomb",
        model=ModelIdentity("fake", "1"),
        mined_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def said(key, *rows, to=None, account=NO_STANCE, reply=None, kind=CommentKind.COMMENT):
    """Return a mined comment of id `key`, answering `to`."""
    link = ReplyLink.GIVEN if to else None
    comment = Comment(key, f"Text of {key}.", "Ann", reply_to=to, reply_link=link, kind=kind)
    return MinedComment(comment, account, reply_stance=reply, attributions=rows)


def paths(graph, *kinds):
    """Return the chains of texts along edges through nodes of these kinds."""
    nodes = graph.node_by_id()
    chains = [(node.id,) for node in graph.nodes if node.kind is kinds[0]]
    for kind in kinds[1:]:
        chains = [
            (*chain, edge.to_id)
            for chain in chains
            for edge in graph.edges
            if edge.from_id == chain[-1] and nodes[edge.to_id].kind is kind
        ]
    return {tuple(nodes[key].text for key in chain) for chain in chains}


LOCUTION, INFORMATION = NodeKind.LOCUTION, NodeKind.INFORMATION
TRANSITION, ILLOCUTION = NodeKind.TRANSITION, NodeKind.ILLOCUTION
INFERENCE, CONFLICT = NodeKind.INFERENCE, NodeKind.CONFLICT


def test_the_article_asserts_the_account_and_comments_their_texts():
    """Article and comments are locutions that assert what they say."""
    graph = build_graph(page(said("c1")))

    assert paths(graph, LOCUTION, ILLOCUTION, INFORMATION) == {
        ("Bomb", "Asserting", "A bomb killed nine."),
        ("Ann : Text of c1.", "Asserting", "Text of c1."),
    }


def test_a_comment_is_in_transition_from_what_it_answers():
    """A transition leads from article or answered comment to the comment, even one further down."""
    graph = build_graph(page(said("c1", to="c2", reply=NO_STANCE), said("c2")))

    assert paths(graph, LOCUTION, TRANSITION, LOCUTION) == {
        ("Ann : Text of c2.", "Default Transition", "Ann : Text of c1."),
        ("Bomb", "Default Transition", "Ann : Text of c2."),
    }


def test_support_and_denial_are_inference_and_conflict_anchored_in_the_transition():
    """A stance to account, answered comment or hypothesis is a relation of the right kind."""
    graph = build_graph(
        page(
            said("c1", row(Label.SUPPORT), account=stance_of(Label.DENY)),
            said("c2", row(Label.DENY, "co/un"), to="c1", reply=stance_of(Label.SUPPORT)),
        )
    )

    rb, council = "Red Brigade is responsible: a bomb", "the council is responsible: a bomb"
    assert paths(graph, INFORMATION, INFERENCE, INFORMATION) == {
        ("Text of c1.", "Default Inference", rb),
        ("Text of c2.", "Default Inference", "Text of c1."),
    }
    assert paths(graph, INFORMATION, CONFLICT, INFORMATION) == {
        ("Text of c1.", "Default Conflict", "A bomb killed nine."),
        ("Text of c2.", "Default Conflict", council),
    }
    assert paths(graph, TRANSITION, ILLOCUTION, INFERENCE) == {
        ("Default Transition", "Arguing", "Default Inference"),
        ("Default Transition", "Agreeing", "Default Inference"),
    }
    assert paths(graph, TRANSITION, ILLOCUTION, CONFLICT) == {
        ("Default Transition", "Disagreeing", "Default Conflict")
    }


def test_a_relation_holds_probability_certainty_and_role():
    """The node of a stance carries what the stance says of itself."""
    graph = build_graph(page(said("c1", row(Label.SUPPORT))))

    relation = next(node for node in graph.nodes if node.kind is INFERENCE)
    assert (relation.probability, relation.certain, relation.role) == (0.7, True, "sponsor")
    assert (relation.about, relation.ref) == (About.RELATION, "c1")


def test_a_query_is_a_question_put_to_its_target():
    """A query leads from the comment through a question to the target, and asserts nothing."""
    graph = build_graph(page(said("c1", row(Label.QUERY), account=stance_of(Label.QUERY))))

    asked = {
        path
        for path in paths(graph, LOCUTION, ILLOCUTION, INFORMATION)
        if path[1] == "Pure Questioning"
    }
    assert {path[2] for path in asked} == {
        "Red Brigade is responsible: a bomb",
        "A bomb killed nine.",
    }
    assert not paths(graph, INFORMATION, INFERENCE, INFORMATION) | paths(
        graph, INFORMATION, CONFLICT, INFORMATION
    )


def test_a_pingback_asserts_and_answers_nothing():
    """A pingback has a locution and its text, and no transition."""
    graph = build_graph(page(said("c1", kind=CommentKind.PINGBACK)))

    assert paths(graph, LOCUTION, TRANSITION, LOCUTION) == set()
    assert ("Ann : Text of c1.", "Asserting", "Text of c1.") in paths(
        graph, LOCUTION, ILLOCUTION, INFORMATION
    )


def test_a_page_without_account_or_article_has_a_graph():
    """Without account nothing is argued about it; an article without words still is answered."""
    bare = replace(page(said("c1", row(Label.SUPPORT)), account=None), article=Article())

    graph = build_graph(bare)

    assert all(node.about is not About.ACCOUNT for node in graph.nodes)
    assert len(paths(graph, LOCUTION, TRANSITION, LOCUTION)) == 1


def test_the_same_page_gives_the_same_graph():
    """Ids depend on the page alone, and a comment's nodes stay when another comment goes."""
    first, second = said("c1", row(Label.SUPPORT)), said("c2", row(Label.DENY))

    both, alone = build_graph(page(first, second)), build_graph(page(second))

    assert build_graph(page(first, second)) == both
    assert set(alone.nodes) <= set(both.nodes)


@pytest.mark.parametrize("ids", [("a", "a/text"), ("a/text", "a"), ("a%2Ftext", "a/text")])
def test_ids_that_look_like_parts_of_each_other_stay_apart(ids):
    """No comment id, however written, makes two nodes meet."""
    graph = build_graph(page(*(said(key, row(Label.SUPPORT, "co/un")) for key in ids)))

    assert len({node.id for node in graph.nodes}) == len(graph.nodes)


def test_a_reply_chain_of_ten_thousand_becomes_a_graph():
    """The depth of a thread does not matter."""
    chain = [said("c0", row(Label.SUPPORT))]
    chain += [
        said(f"c{at}", to=f"c{at - 1}", reply=stance_of(Label.SUPPORT)) for at in range(1, 10_000)
    ]

    graph = build_graph(page(*chain))

    assert sum(node.kind is TRANSITION for node in graph.nodes) == 10_000
