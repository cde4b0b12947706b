"""The route of explained rankings: why each hypothesis ranks where it does."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from starlette.responses import Response

from app.domain.ranking import RankedBy, Removed
from app.errors import InvalidRequest, NotFound
from app.exchange.rankings import ranking_as_json
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.api.schemas import HypothesisOut
from app.web.parts import Parts, parts_of


class IntervalOut(BaseModel):
    """Where the strength lies in nine of ten readings, were each label only as sure as it is."""

    low: float
    high: float


class WithoutOut(BaseModel):
    """What the hypothesis would be without a comment, an author, or the copies of a text."""

    removed: Removed
    comments: list[str]
    author: str | None
    strength: float
    rank: int


class ExplainedOut(HypothesisOut):
    """A hypothesis with its reasons."""

    interval: IntervalOut
    voices: int
    arguments: int
    df_quad: float
    quadratic_energy: float
    moved_by: list[WithoutOut]
    would_change: list[WithoutOut]


class RankingOut(BaseModel):
    """The hypotheses of a page in the order that was asked for."""

    page: str
    ranked_by: RankedBy
    comments: int
    arguments: int
    hypotheses: list[ExplainedOut]

    @staticmethod
    def example() -> dict[str, Any]:
        """Return the ranking of the page of the examples."""
        effect = {
            "removed": "comment",
            "comments": ["c1"],
            "author": "Ines",
            "strength": 0.0,
            "rank": 1,
        }
        explained = {
            **examples.MINED_PAGE["hypotheses"][0],
            "interval": {"low": 0.33, "high": 0.71},
            "voices": 2,
            "arguments": 1,
            "df_quad": 0.88,
            "quadratic_energy": 0.75,
            "moved_by": [effect],
            "would_change": [effect],
        }
        return {
            "page": examples.MINED_PAGE["id"],
            "ranked_by": "strength",
            "comments": 2,
            "arguments": 1,
            "hypotheses": [explained],
        }


def ranking_routes() -> APIRouter:
    """Return the route GET /v1/pages/{id}/ranking."""
    router = APIRouter(tags=["pages"])
    router.add_api_route(
        "/v1/pages/{page_id}/ranking",
        show_ranking,
        methods=["GET"],
        summary="Explain the ranking of a page",
        responses={
            200: answer(RankingOut, RankingOut.example(), "The hypotheses with their reasons."),
            **problem_responses(NotFound, InvalidRequest),
        },
    )
    return router


def show_ranking(
    page_id: str,
    parts: Annotated[Parts, Depends(parts_of)],
    *,
    by: Annotated[
        RankedBy,
        Query(
            description="What to order by: our strength, supporting less denying comments, or the "
            "DF-QuAD or quadratic energy strength in the argument graph."
        ),
    ] = RankedBy.STRENGTH,
) -> Response:
    """Return why each hypothesis ranks where it does.

    Copies of one text have one voice a side; `arguments` counts what is said again once.
    `moved_by` and `would_change` say what strength and rank by strength would be without it.
    """
    ranking = parts.service.explain_page(page_id, ranked_by=by)
    return json_answer(ranking_as_json(page_id, ranking))
