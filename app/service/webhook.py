"""Tells the operator's webhook of jobs that ended: signed, at least once, in no order.

Only the address in the settings is ever called; callers of the service cannot choose one, and a
redirect is not followed. The message names the job and says nothing of what it mined.

Source: https://www.standardwebhooks.com, whose headers and signature these are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from datetime import UTC, datetime
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request

import structlog

from app.errors import ConfigInvalid
from app.service.outgoing import make_opener
from app.storage.engine import open_session
from app.storage.notices import NoticeStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from app.config import Settings
    from app.domain.job import Job

TIMEOUT_S = 10.0
"""How long the receiver may take; it only has to say that it heard."""


class Webhook:
    """Tells of one job at a time."""

    def __init__(
        self,
        engine: Engine,
        *,
        url: str,
        secret: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._url = url
        self._secret = secret.encode()
        self._now = now
        self._opener = make_opener()

    def tell_next(self) -> bool:
        """Tell of the job that is due; return False where none is.

        What the receiver does not answer with a status of success comes again later.
        """
        with open_session(self._engine) as session, session.begin():
            notice = NoticeStore(session, now=self._now).take()
        if notice is None:
            return False
        log = structlog.get_logger().bind(job_id=notice.job.id, tries=notice.tries)
        try:
            with self._opener.open(self._request(notice.job), timeout=TIMEOUT_S):
                pass
        except (OSError, ValueError, HTTPException) as error:
            if isinstance(error, HTTPError):
                error.close()
            log.warning("webhook did not hear", error=type(error).__name__)
            return True
        with open_session(self._engine) as session, session.begin():
            NoticeStore(session, now=self._now).settle(notice.job.id)
        log.info("webhook heard")
        return True

    def _request(self, job: Job) -> Request:
        now = self._now()
        data = {"id": job.id, "state": job.state, "done": job.done, "total": job.total}
        if job.result is not None:
            data["result"] = job.result
        body = json.dumps(
            {"type": f"job.{job.state}", "timestamp": now.isoformat(), "data": data}
        ).encode()
        stamp = str(int(now.timestamp()))
        headers = {
            "content-type": "application/json",
            "webhook-id": job.id,
            "webhook-timestamp": stamp,
            "webhook-signature": sign(self._secret, job.id, stamp, body),
        }
        return Request(self._url, data=body, headers=headers, method="POST")  # noqa: S310 - the operator's


def webhook_of(settings: Settings, engine: Engine) -> Webhook | None:
    """Return the webhook of the settings, None where none is set.

    Raises:
        ConfigInvalid: there is an address without a secret.
    """
    if settings.webhook_url is None:
        return None
    if settings.webhook_secret is None:
        raise ConfigInvalid(
            "FINGERPOST_WEBHOOK_SECRET: expected a secret to sign the webhook's messages with, "
            "got none"
        )
    return Webhook(engine, url=settings.webhook_url, secret=settings.webhook_secret)


def sign(secret: bytes, message_id: str, stamp: str, body: bytes) -> str:
    """Return the signature of a message as its header has it."""
    signed = b".".join((message_id.encode(), stamp.encode(), body))
    return "v1," + b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
