"""Carries messages between a pool and its worker: units, and slices of long pages."""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from app.batch.spread import Answer, Slice, answer_slice

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from queue import SimpleQueue

    from app.batch.spread import Spreader
    from app.batch.units import Unit
    from app.mining.scorer import Scorer


def sender_of(connection: Connection) -> Callable[[object], None]:
    """Return what sends a message whole, whichever threads send at once."""
    sending = Lock()

    def send(message: object) -> None:
        with sending:
            connection.send(message)

    return send


def answer_slices(
    slices: SimpleQueue[Slice], scorer: Scorer, send: Callable[[object], None]
) -> None:
    """Answer all slices that come, without end."""
    while True:
        answer = answer_slice(slices.get(), scorer)
        with suppress(OSError):  # nobody is there: the receiver ends the process
            send(answer)


def receive(
    connection: Connection,
    units: SimpleQueue[Unit | None],
    slices: SimpleQueue[Slice],
    spreader: Spreader,
) -> None:
    """Take in all messages; end the process when nobody is there to send any more."""
    try:
        while True:
            message = connection.recv()
            if isinstance(message, Slice):
                slices.put(message)
            elif isinstance(message, Answer):
                spreader.hear(message)
            else:
                units.put(message)
                if message is None:
                    return
    except (EOFError, OSError):
        os._exit(1)  # nobody is there to hear of any result
