"""Explained rankings and campaigns as JSON, for the web and the command line alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.exchange.times import rfc3339

if TYPE_CHECKING:
    from app.domain.campaign import CampaignComment, CampaignSummary
    from app.domain.ranking import Explained, Ranking, WithoutIt


def ranking_as_json(page_id: str, ranking: Ranking) -> dict[str, Any]:
    """Return an explained ranking as JSON."""
    return {
        "page": page_id,
        "ranked_by": ranking.ranked_by.value,
        "comments": ranking.comments,
        "arguments": ranking.arguments,
        "hypotheses": [_explained(each) for each in ranking.hypotheses],
    }


def campaign_as_json(campaign: CampaignSummary) -> dict[str, Any]:
    """Return a campaign of a list as JSON."""
    return {
        "id": campaign.id,
        "comments": campaign.comments,
        "pages": campaign.pages,
        "authors": campaign.authors,
        "text": campaign.text,
    }


def campaign_comment_as_json(comment: CampaignComment) -> dict[str, Any]:
    """Return a comment of a campaign as JSON."""
    when = comment.created_at
    return {
        "comment": {
            "id": comment.comment_id,
            "author": comment.author,
            "text": comment.text,
            "created_at": None if when is None else rfc3339(when),
        },
        "page": {"id": comment.page_id, "url": comment.page_url, "title": comment.page_title},
    }


def _explained(explained: Explained) -> dict[str, Any]:
    hypothesis = explained.hypothesis
    return {
        "actor": hypothesis.actor,
        "rank": explained.rank,
        "strength": hypothesis.strength,
        "interval": {"low": explained.low, "high": explained.high},
        "support": hypothesis.support,
        "deny": hypothesis.deny,
        "query": hypothesis.query,
        "authors": hypothesis.authors,
        "voices": explained.voices,
        "arguments": explained.arguments,
        "df_quad": explained.df_quad,
        "quadratic_energy": explained.quadratic_energy,
        "moved_by": [_without(each) for each in explained.moved_by],
        "would_change": [_without(each) for each in explained.would_change],
    }


def _without(effect: WithoutIt) -> dict[str, Any]:
    return {
        "removed": effect.removed.value,
        "comments": list(effect.comments),
        "author": effect.author,
        "strength": effect.strength,
        "rank": effect.rank,
    }
