"""From rows to the mined page they were, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import inspect, select

from app.domain.caution import Caution
from app.domain.mined import (
    IN_ARTICLE,
    Actor,
    Hypothesis,
    Mention,
    MinedComment,
    MinedPage,
    ModelIdentity,
)
from app.domain.page import Article, Comment, Span
from app.domain.stance import Attribution, Stance
from app.storage.arguments import read_arguments, unpack_spans
from app.storage.columns import join_time
from app.storage.tables import (
    ActorNameRow,
    ActorRow,
    AttributionRow,
    ClaimRow,
    CommentRow,
    HypothesisRow,
    MentionRow,
    PartRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.storage.tables import PageRow


_PartT = TypeVar("_PartT", bound=PartRow)


def read_page(session: Session, page: PageRow) -> MinedPage:
    """Return the mined page of which `page` is the row, in eight statements."""
    number = page.number
    comments = _read(session, CommentRow, number)
    actors = _read(session, ActorRow, number)
    names = _grouped(_read(session, ActorNameRow, number), lambda row: row.actor_position)
    mentions = _grouped(_read(session, MentionRow, number), lambda row: row.actor_position)
    attributions = _grouped(
        _read(session, AttributionRow, number), lambda row: row.comment_position
    )
    claims = _grouped(_read(session, ClaimRow, number), lambda row: row.comment_position)
    hypotheses = _read(session, HypothesisRow, number)
    comment_ids = [row.id for row in comments]
    actor_ids = [row.id for row in actors]
    return MinedPage(
        article=Article(
            title=page.title,
            text=page.article_text,
            author=page.article_author,
            published_at=join_time(page.published_at, page.published_offset_s),
        ),
        comments=tuple(
            MinedComment(
                comment=_comment(row, comment_ids),
                account_stance=_account_stance(row),
                reply_stance=_reply_stance(row),
                attributions=tuple(
                    attribution_of(
                        below,
                        actor_ids[below.actor_position],
                        _id_at(comment_ids, below.inherited_position),
                    )
                    for below in attributions[row.position]
                ),
                claimed_perpetrators=tuple(
                    actor_ids[below.actor_position] for below in claims[row.position]
                ),
                cautions=tuple(map(Caution, (row.cautions or "").split())),
            )
            for row in comments
        ),
        actors=tuple(
            Actor(
                id=row.id,
                name=names[row.position][0].name,
                aliases=tuple(below.name for below in names[row.position][1:]),
                mentions=tuple(_mention(below, comment_ids) for below in mentions[row.position]),
            )
            for row in actors
        ),
        hypotheses=tuple(_hypothesis(row, actor_ids) for row in hypotheses),
        account=page.account,
        event=page.event,
        model=ModelIdentity(page.model_name, page.model_revision),
        mined_at=join_time(page.mined_at, page.mined_offset_s),
        url=page.url,
        language=page.language,
        arguments=read_arguments(session, number, comment_ids),
    )


def attribution_of(row: AttributionRow, actor_id: str, inherited_from: str | None) -> Attribution:
    """Return the attribution of a row, whose positions the caller has turned into ids."""
    return Attribution(
        actor=actor_id,
        label=row.label,
        certain=row.certain,
        role=row.role,
        reported=row.reported,
        probability=row.probability,
        evidence=Span(row.evidence_start, row.evidence_end),
        inherited_from=inherited_from,
        premises=unpack_spans(row.premises),
    )


def _read(session: Session, table: type[_PartT], page_number: int) -> Sequence[_PartT]:
    return session.scalars(
        select(table)
        .where(table.page_number == page_number)
        .order_by(*inspect(table).primary_key)
        .execution_options(populate_existing=True)
    ).all()


def _grouped(rows: Iterable[_PartT], key: Callable[[_PartT], int]) -> Mapping[int, list[_PartT]]:
    groups: defaultdict[int, list[_PartT]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _id_at(ids: Sequence[str], position: int | None) -> str | None:
    return None if position is None else ids[position]


def _comment(row: CommentRow, comment_ids: Sequence[str]) -> Comment:
    return Comment(
        id=row.id,
        text=row.text,
        author=row.author,
        reply_to=_id_at(comment_ids, row.reply_position),
        reply_link=row.reply_link,
        kind=row.kind,
        created_at=join_time(row.created_at, row.created_offset_s),
    )


def _account_stance(row: CommentRow) -> Stance:
    return Stance(
        label=row.account_label,
        certain=row.account_certain,
        probabilities=(
            row.account_support,
            row.account_deny,
            row.account_query,
            row.account_comment,
        ),
    )


def _reply_stance(row: CommentRow) -> Stance | None:
    if row.reply_label is None:
        return None
    numbers = (row.reply_support, row.reply_deny, row.reply_query, row.reply_comment)
    support, deny, query, comment = (0.0 if number is None else number for number in numbers)
    return Stance(
        label=row.reply_label,
        certain=bool(row.reply_certain),
        probabilities=(support, deny, query, comment),
    )


def _mention(row: MentionRow, comment_ids: Sequence[str]) -> Mention:
    location = _id_at(comment_ids, row.comment_position)
    return Mention(
        location=IN_ARTICLE if location is None else location,
        span=Span(row.span_start, row.span_end),
        text=row.text,
    )


def _hypothesis(row: HypothesisRow, actor_ids: Sequence[str]) -> Hypothesis:
    return Hypothesis(
        actor=actor_ids[row.actor_position],
        rank=row.rank,
        strength=row.strength,
        support=row.support,
        deny=row.deny,
        query=row.query,
        authors=row.authors,
    )
