"""Turns a mined page into its argument graph: who says what, in answer to whom, for or against.

Ids of nodes are made of the ids of comments and actors, so that the same page gives the same
graph, and a comment keeps its nodes when others come or go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.argument import ARTICLE
from app.domain.graph import About, ArgumentGraph, Edges, Node, NodeKind
from app.domain.naming import hypothesis
from app.domain.page import CommentKind
from app.domain.stance import Label
from app.mining.unit_graph import Said, draw_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.mined import MinedComment, MinedPage
    from app.domain.page import Comment
    from app.domain.stance import Attribution, Stance

ASSERTING = "Asserting"
ARGUING = "Arguing"
AGREEING = "Agreeing"
DISAGREEING = "Disagreeing"
QUESTIONING = "Pure Questioning"
INFERENCE = "Default Inference"
CONFLICT = "Default Conflict"
TRANSITION = "Default Transition"
"""AIF's names for the forms of illocution, inference, conflict and transition used here."""

_INFORMATION, _LOCUTION = NodeKind.INFORMATION, NodeKind.LOCUTION
_TRANSITION, _ILLOCUTION = NodeKind.TRANSITION, NodeKind.ILLOCUTION
_INFERENCE, _CONFLICT = NodeKind.INFERENCE, NodeKind.CONFLICT
_COMMENT, _RELATION = About.COMMENT, About.RELATION
_QUERY, _SUPPORT, _NO_SIDE = Label.QUERY, Label.SUPPORT, Label.COMMENT
"""By names of their own: to look a member up takes Python 3.11 a third as long as a whole node."""

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
        draft.information(key, About.HYPOTHESIS, text, actor.id)
    locutions = {
        comment.comment.id: f"comment/{_escape(comment.comment.id)}" for comment in mined.comments
    }
    for comment in mined.comments:
        _add_saying(comment.comment, locutions[comment.comment.id], draft)
    for comment in mined.comments:
        if comment.comment.kind is not CommentKind.PINGBACK:
            _add_transition(comment.comment, locutions, draft)
            _add_stances(comment, mined.account, locutions, draft)
    if mined.arguments is not None:
        texts = {ARTICLE: Said(_ARTICLE, mined.article.text, None)}
        for held in mined.comments:
            locution = locutions[held.comment.id]
            texts[held.comment.id] = Said(locution, held.comment.text, _transition(locution))
        for part in draw_units(mined.arguments, texts):
            if isinstance(part, Node):
                draft.nodes.append(part)
            else:
                draft.from_ids.append(part.from_id)
                draft.to_ids.append(part.to_id)
    return ArgumentGraph(tuple(draft.nodes), Edges(draft.from_ids, draft.to_ids))


@dataclass(slots=True)
class _Draft:
    """The nodes and edges gathered so far; an edge is an id in each of two columns."""

    nodes: list[Node] = field(default_factory=list)
    from_ids: list[str] = field(default_factory=list)
    to_ids: list[str] = field(default_factory=list)

    def information(self, key: str, about: About, text: str, ref: str | None) -> None:
        """Add what is said."""
        self.nodes.append(Node(key, _INFORMATION, text, about, ref=ref))

    def scheme(self, key: str, kind: NodeKind, scheme: str, ref: str | None) -> None:
        """Add a node that ties others in the form that `scheme` names."""
        self.nodes.append(Node(key, kind, scheme, _RELATION, scheme, ref))

    def chain(self, start: str, middle: str, end: str) -> None:
        """Add an edge from each node to the next."""
        self.from_ids += (start, middle)
        self.to_ids += (middle, end)


def _add_article(mined: MinedPage, draft: _Draft) -> None:
    article = mined.article
    title = article.title or article.text.partition("\n")[0] or mined.url or ""
    draft.nodes.append(
        Node(
            _ARTICLE,
            _LOCUTION,
            title,
            About.ARTICLE,
            author=article.author,
            created_at=article.published_at,
        )
    )
    if mined.account is None:
        return
    draft.scheme(_ARTICLE_ASSERTS, _ILLOCUTION, ASSERTING, None)
    draft.information(_ACCOUNT, About.ACCOUNT, mined.account, None)
    draft.chain(_ARTICLE, _ARTICLE_ASSERTS, _ACCOUNT)


def _add_saying(comment: Comment, locution: str, draft: _Draft) -> None:
    said = f"{comment.author} : {comment.text}" if comment.author else comment.text
    draft.nodes.append(
        Node(
            locution,
            _LOCUTION,
            said,
            _COMMENT,
            ref=comment.id,
            author=comment.author,
            created_at=comment.created_at,
        )
    )
    asserts, text = f"{locution}/asserts", _text(locution)
    draft.scheme(asserts, _ILLOCUTION, ASSERTING, comment.id)
    draft.information(text, _COMMENT, comment.text, comment.id)
    draft.chain(locution, asserts, text)


def _add_transition(comment: Comment, locutions: Mapping[str, str], draft: _Draft) -> None:
    start = locutions.get(comment.reply_to or "", _ARTICLE)
    locution = locutions[comment.id]
    transition = _transition(locution)
    draft.scheme(transition, _TRANSITION, TRANSITION, comment.id)
    draft.chain(start, transition, locution)


def _add_stances(
    mined: MinedComment, account: str | None, locutions: Mapping[str, str], draft: _Draft
) -> None:
    """Add the comment's stances to account, answered comment and hypotheses, if it has any."""
    speech = _Speech(mined.comment.id, locutions[mined.comment.id], draft)
    stance = mined.account_stance
    if account is not None and stance.label is not _NO_SIDE:
        speech.stand("account", _ACCOUNT, stance)
    reply, answered = mined.reply_stance, locutions.get(mined.comment.reply_to or "")
    if reply is not None and answered is not None and reply.label is not _NO_SIDE:
        speech.stand("parent", _text(answered), reply, supporting=AGREEING)
    for row in mined.attributions:
        role = None if row.role is None else row.role.value
        speech.stand(f"actor/{_escape(row.actor)}", _hypothesis(row.actor), row, role=role)


@dataclass(slots=True)
class _Speech:
    """A comment that takes its stances."""

    comment_id: str
    locution: str
    draft: _Draft

    def stand(
        self,
        name: str,
        target: str,
        stance: Stance | Attribution,
        *,
        role: str | None = None,
        supporting: str = ARGUING,
    ) -> None:
        """Add a stance to the node of key `target`; `name` is unique among those of a comment."""
        draft, relation = self.draft, f"{self.locution}/{name}"
        start = _text(self.locution)
        anchored: str | None = DISAGREEING
        if stance.label is _QUERY:
            kind, scheme, start, anchored = _ILLOCUTION, QUESTIONING, self.locution, None
        elif stance.label is _SUPPORT:
            kind, scheme, anchored = _INFERENCE, INFERENCE, supporting
        else:
            kind, scheme = _CONFLICT, CONFLICT
        draft.nodes.append(
            Node(
                relation,
                kind,
                scheme,
                _RELATION,
                scheme,
                ref=self.comment_id,
                probability=stance.probability,
                certain=stance.certain,
                role=role,
            )
        )
        draft.chain(start, relation, target)
        if anchored is not None:
            anchor = f"{relation}/anchor"
            draft.scheme(anchor, _ILLOCUTION, anchored, self.comment_id)
            draft.chain(_transition(self.locution), anchor, relation)


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
