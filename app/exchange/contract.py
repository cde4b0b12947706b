"""Writes pages, mined pages, stances and graphs as the JSON of this project's own contract.

Plain dictionaries come out, with the contract's fields in the contract's order; text and
encoding are the caller's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.stance import Label
from app.exchange.shapes import (
    ActorJson,
    AttributionJson,
    CommentJson,
    EdgeJson,
    EvidenceJson,
    GraphJson,
    HypothesisJson,
    MinedCommentJson,
    MinedPageJson,
    ModelJson,
    NamedActorJson,
    NodeJson,
    PageJson,
    ProbabilitiesJson,
    StanceJson,
)
from app.exchange.times import rfc3339

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.graph import ArgumentGraph
    from app.domain.mined import Actor, Hypothesis, MinedComment, MinedPage
    from app.domain.page import Comment, NamedActor, Page, Span
    from app.domain.stance import Attribution, Stance


def page_as_json(page: Page) -> PageJson:
    """Return the page as a caller would send it; the reader of JSON pages makes it whole again."""
    sent = PageJson(
        url=page.url,
        title=page.article.title,
        author=page.article.author,
        article=page.article.text,
        published_at=_moment(page.article.published_at),
        language=page.language,
        account=page.account,
        event=page.event,
        comments=[_comment(comment) for comment in page.comments],
    )
    if page.actors is not None:
        sent["actors"] = [_named_actor(actor) for actor in page.actors]
    return sent


def mined_as_json(page_id: str | None, mined: MinedPage) -> MinedPageJson:
    """Return the mined page in the contract's form, under the id that it is stored by."""
    return MinedPageJson(
        id=page_id,
        url=mined.url,
        title=mined.article.title,
        article=mined.article.text,
        published_at=_moment(mined.article.published_at),
        language=mined.language,
        event=mined.event,
        account=mined.account,
        actors=[_actor(actor) for actor in mined.actors],
        comments=[_mined_comment(comment) for comment in mined.comments],
        hypotheses=[_hypothesis(hypothesis) for hypothesis in mined.hypotheses],
        model=ModelJson(name=mined.model.name, revision=mined.model.revision),
        mined_at=rfc3339(mined.mined_at),
    )


def graph_as_json(graph: ArgumentGraph) -> GraphJson:
    """Return the graph's nodes and edges in their order, every field of each."""
    return GraphJson(
        nodes=[
            NodeJson(
                id=node.id,
                kind=node.kind.value,
                text=node.text,
                about=node.about.value,
                scheme=node.scheme,
                ref=node.ref,
                author=node.author,
                created_at=_moment(node.created_at),
                probability=node.probability,
                certain=node.certain,
                role=node.role,
            )
            for node in graph.nodes
        ],
        edges=[EdgeJson(from_id=edge.from_id, to_id=edge.to_id) for edge in graph.edges],
    )


def stance_as_json(stance: Stance) -> StanceJson:
    """Return the stance with the probability of every label."""
    return StanceJson(
        label=stance.label.value,
        certain=stance.certain,
        probability=stance.probability,
        probabilities=ProbabilitiesJson(
            support=stance.probability_of(Label.SUPPORT),
            deny=stance.probability_of(Label.DENY),
            query=stance.probability_of(Label.QUERY),
            comment=stance.probability_of(Label.COMMENT),
        ),
    )


def _comment(comment: Comment) -> CommentJson:
    return CommentJson(
        id=comment.id,
        author=comment.author,
        text=comment.text,
        reply_to=comment.reply_to,
        reply_link=comment.reply_link.value if comment.reply_link else None,
        kind=comment.kind.value,
        created_at=_moment(comment.created_at),
    )


def _named_actor(actor: NamedActor) -> NamedActorJson:
    return NamedActorJson(id=actor.id, name=actor.name, aliases=list(actor.aliases))


def _actor(actor: Actor) -> ActorJson:
    return ActorJson(
        id=actor.id,
        name=actor.name,
        aliases=list(actor.aliases),
        mentions=[
            {
                "in": mention.location,
                "start": mention.span.start,
                "end": mention.span.end,
                "text": mention.text,
            }
            for mention in actor.mentions
        ],
    )


def _mined_comment(mined: MinedComment) -> MinedCommentJson:
    comment = mined.comment
    return MinedCommentJson(
        id=comment.id,
        author=comment.author,
        text=comment.text,
        created_at=_moment(comment.created_at),
        kind=comment.kind.value,
        reply_to=comment.reply_to,
        reply_link=comment.reply_link.value if comment.reply_link else None,
        reply_stance=stance_as_json(mined.reply_stance) if mined.reply_stance else None,
        account_stance=stance_as_json(mined.account_stance),
        attributions=[_attribution(row, comment.text) for row in mined.attributions],
        claimed_perpetrators=list(mined.claimed_perpetrators),
        cautions=[caution.value for caution in mined.cautions],
    )


def _attribution(row: Attribution, text: str) -> AttributionJson:
    return AttributionJson(
        actor=row.actor,
        label=row.label.value,
        certain=row.certain,
        role=row.role.value if row.role else None,
        reported=row.reported,
        probability=row.probability,
        evidence=_words(row.evidence, text),
        inherited_from=row.inherited_from,
        premises=None if row.premises is None else [_words(span, text) for span in row.premises],
        unsupported=row.unsupported,
    )


def _words(span: Span, text: str) -> EvidenceJson:
    return EvidenceJson(start=span.start, end=span.end, text=span.text_of(text))


def _hypothesis(hypothesis: Hypothesis) -> HypothesisJson:
    return HypothesisJson(
        actor=hypothesis.actor,
        rank=hypothesis.rank,
        strength=hypothesis.strength,
        support=hypothesis.support,
        deny=hypothesis.deny,
        query=hypothesis.query,
        authors=hypothesis.authors,
    )


def _moment(value: datetime | None) -> str | None:
    return None if value is None else rfc3339(value)
