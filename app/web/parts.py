"""What the routes work with, handed to them by the application they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)

from app.web.rates import RateLimits

if TYPE_CHECKING:
    from app.config import Settings
    from app.domain.asking import StanceAnswer, StanceQuestion
    from app.service import Service
    from app.web.admission import Admission
    from app.web.batching import Batcher
    from app.web.meters import Meters


@dataclass(frozen=True, slots=True)
class Parts:
    """The service, and what stands between it and the network."""

    service: Service
    settings: Settings
    admission: Admission
    stances: Batcher[StanceQuestion, StanceAnswer]
    meters: Meters
    limits: RateLimits = field(default_factory=RateLimits)


async def parts_of(request: Request) -> Parts:
    """Return the parts of the application that answers this request."""
    return cast("Parts", request.app.state.parts)
