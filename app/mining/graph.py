"""Turns a mined page into its argument graph: who says what, in answer to whom, for or against.

Ids of nodes are made of the ids of comments and actors, so that the same page gives the same
graph, and a comment keeps its nodes when others come or go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from app.domain.argument import ARTICLE
from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.domain.naming import hypothesis
from app.domain.page import CommentKind
from app.domain.stance import Label
from app.mining.unit_graph import Said, draw_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.domain.mined import MinedComment, MinedPage
    from app.domain.page import Comment
    from app.domain.stance import Role

ASSERTING = "Asserting"
ARGUING = "Arguing"
AGREEING = "Agreeing"
DISAGREEING = "Disagreeing"
QUESTIONING = "Pure Questioning"
INFERENCE = "Default Inference"
CONFLICT = "Default Conflict"
TRANSITION = "Default Transition"
"""AIF's names for the forms of illocution, inference, conflict and transition used here."""

_ARTICLE = "article"
_ARTICLE_ASSERTS = "article/asserts"
_ACCOUNT = "account"


def build_graph(mined: MinedPage) -> ArgumentGraph:
    """Return the page's argument graph.

    The article asserts the account; every comment asserts its text, in transition from what it
    answers. Support is an inference and denial a conflict from the comment's text to the account,
    a hypothesis or the answered text, anchored in the transition; a query is a question that the
    comment puts to it. A pingback asserts its text and answers nothing. Units, where the page has
    any, are asserted beside the texts that they are parts of.
    """
    draft = _Draft()
    _add_article(mined, draft)
    for actor in mined.actors:
        key, text = _hypothesis(actor.id), hypothesis(actor.id, actor.name, mined.event).text
        draft.node(key, NodeKind.INFORMATION, text, About.HYPOTHESIS, actor.id)
    locutions = {
        comment.comment.id: f"comment/{_escape(comment.comment.id)}" for comment in mined.comments
    }
    for comment in mined.comments:
        _add_saying(comment.comment, locutions[comment.comment.id], draft)
    for comment in mined.comments:
        if comment.comment.kind is not CommentKind.PINGBACK:
            _add_transition(comment.comment, locutions, draft)
            for claim in _claims_of(comment, mined.account, locutions):
                _add_stance(comment.comment.id, locutions[comment.comment.id], claim, draft)
    if mined.arguments is not None:
        texts = {ARTICLE: Said(_ARTICLE, mined.article.text, None)}
        for held in mined.comments:
            locution = locutions[held.comment.id]
            texts[held.comment.id] = Said(locution, held.comment.text, _transition(locution))
        for part in draw_units(mined.arguments, texts):
            if isinstance(part, Node):
                draft.nodes.append(part)
            else:
                draft.edges.append(part)
    return ArgumentGraph(tuple(draft.nodes), tuple(draft.edges))


class _Claim(NamedTuple):
    """A stance on its way into the graph; `name` is unique among those of its comment."""

    name: str
    target: str
    label: Label
    probability: float
    certain: bool
    role: Role | None = None
    supporting: str = ARGUING


@dataclass(slots=True)
class _Draft:
    """The nodes and edges gathered so far."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def node(self, key: str, kind: NodeKind, text: str, about: About, ref: str | None) -> None:
        """Add a node that states something of its own."""
        self.nodes.append(Node(key, kind, text, about, ref=ref))

    def scheme(self, key: str, kind: NodeKind, scheme: str, ref: str | None) -> None:
        """Add a node that ties others in the form that `scheme` names."""
        self.nodes.append(Node(key, kind, scheme, About.RELATION, scheme=scheme, ref=ref))

    def chain(self, start: str, middle: str, end: str) -> None:
        """Add an edge from each node to the next."""
        self.edges += (Edge(start, middle), Edge(middle, end))


def _add_article(mined: MinedPage, draft: _Draft) -> None:
    article = mined.article
    title = article.title or article.text.partition("\n")[0] or mined.url or ""
    draft.nodes.append(
        Node(
            _ARTICLE,
            NodeKind.LOCUTION,
            title,
            About.ARTICLE,
            author=article.author,
            created_at=article.published_at,
        )
    )
    if mined.account is None:
        return
    draft.scheme(_ARTICLE_ASSERTS, NodeKind.ILLOCUTION, ASSERTING, None)
    draft.node(_ACCOUNT, NodeKind.INFORMATION, mined.account, About.ACCOUNT, None)
    draft.chain(_ARTICLE, _ARTICLE_ASSERTS, _ACCOUNT)


def _add_saying(comment: Comment, locution: str, draft: _Draft) -> None:
    said = f"{comment.author} : {comment.text}" if comment.author else comment.text
    draft.nodes.append(
        Node(
            locution,
            NodeKind.LOCUTION,
            said,
            About.COMMENT,
            ref=comment.id,
            author=comment.author,
            created_at=comment.created_at,
        )
    )
    asserts, text = f"{locution}/asserts", _text(locution)
    draft.scheme(asserts, NodeKind.ILLOCUTION, ASSERTING, comment.id)
    draft.node(text, NodeKind.INFORMATION, comment.text, About.COMMENT, comment.id)
    draft.chain(locution, asserts, text)


def _add_transition(comment: Comment, locutions: Mapping[str, str], draft: _Draft) -> None:
    start = locutions.get(comment.reply_to or "", _ARTICLE)
    locution = locutions[comment.id]
    transition = _transition(locution)
    draft.scheme(transition, NodeKind.TRANSITION, TRANSITION, comment.id)
    draft.chain(start, transition, locution)


def _claims_of(
    mined: MinedComment, account: str | None, locutions: Mapping[str, str]
) -> Iterator[_Claim]:
    """Yield the comment's stances to account, answered comment and hypotheses, if it has any."""
    stance = mined.account_stance
    if account is not None and stance.label is not Label.COMMENT:
        yield _Claim("account", _ACCOUNT, stance.label, stance.probability, stance.certain)
    reply, answered = mined.reply_stance, locutions.get(mined.comment.reply_to or "")
    if reply is not None and answered is not None and reply.label is not Label.COMMENT:
        target = _text(answered)
        yield _Claim(
            "parent", target, reply.label, reply.probability, reply.certain, supporting=AGREEING
        )
    for row in mined.attributions:
        target, name = _hypothesis(row.actor), f"actor/{_escape(row.actor)}"
        yield _Claim(name, target, row.label, row.probability, row.certain, row.role)


def _add_stance(comment_id: str, locution: str, claim: _Claim, draft: _Draft) -> None:
    relation = f"{locution}/{claim.name}"
    if claim.label is Label.QUERY:
        draft.nodes.append(_stated(relation, NodeKind.ILLOCUTION, QUESTIONING, comment_id, claim))
        draft.chain(locution, relation, claim.target)
        return
    supports = claim.label is Label.SUPPORT
    kind, scheme = (NodeKind.INFERENCE, INFERENCE) if supports else (NodeKind.CONFLICT, CONFLICT)
    draft.nodes.append(_stated(relation, kind, scheme, comment_id, claim))
    draft.chain(_text(locution), relation, claim.target)
    anchor = f"{relation}/anchor"
    draft.scheme(
        anchor, NodeKind.ILLOCUTION, claim.supporting if supports else DISAGREEING, comment_id
    )
    draft.chain(_transition(locution), anchor, relation)


def _stated(key: str, kind: NodeKind, scheme: str, comment_id: str, claim: _Claim) -> Node:
    return Node(
        key,
        kind,
        scheme,
        About.RELATION,
        scheme=scheme,
        ref=comment_id,
        probability=claim.probability,
        certain=claim.certain,
        role=None if claim.role is None else claim.role.value,
    )


def _escape(part: str) -> str:
    """Return an id as a part of a key, which "/" joins; escaped, so that no two keys meet."""
    if "/" not in part and "%" not in part:
        return part
    return part.replace("%", "%25").replace("/", "%2F")


def _hypothesis(actor_id: str) -> str:
    return f"hypothesis/{_escape(actor_id)}"


def _text(locution: str) -> str:
    return f"{locution}/text"


def _transition(locution: str) -> str:
    return f"{locution}/answers"
