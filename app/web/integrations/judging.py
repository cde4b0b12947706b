"""Between a protocol's request and the model: the body read and a judgement waited for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from anyio.to_thread import run_sync

from app.exchange.fields import as_object, load_json
from app.web.body import read_body, wait_until_gone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from app.service.moderation import Judgement, Place, Question
    from app.web.parts import Parts

ReadT = TypeVar("ReadT")

MOST_INPUTS = 256
"""Texts of one request, in every protocol that takes several. Short ones take the model some ten
seconds on two cores; clients wait several times as long by default."""


async def read_json(
    request: Request, parts: Parts, read: Callable[[Mapping[str, object]], ReadT]
) -> ReadT:
    """Return what `read` makes of the body's JSON object, whatever content type it has.

    Raises:
        PageTooLarge: the body is larger than the limit.
        UnreadablePage: it is no JSON object; or what `read` raises.
    """
    data = await read_body(request, limit=parts.settings.max_body_bytes)
    return await run_sync(lambda: read(as_object(load_json(data), "body")))


async def judge(
    request: Request, parts: Parts, questions: Sequence[Question], place: Place | None = None
) -> list[Judgement]:
    """Return one judgement a question, when the model has its turn for them.

    Raises:
        Busy: too many wait already.
        ClientDisconnect: the caller left while waiting, and nothing is read.
    """
    judged = await parts.admission.run(
        partial(_judge_all, parts, questions, place), until_gone=wait_until_gone(request)
    )
    parts.meters.count_comments(len(judged))
    return judged


def _judge_all(parts: Parts, questions: Sequence[Question], place: Place | None) -> list[Judgement]:
    return [parts.service.moderation.judge(question, place) for question in questions]
