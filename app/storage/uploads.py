"""The store of archives that were sent with jobs: pieces in the database, in their order.

They stand where the jobs stand, so that any process that takes a job has its archive. Nothing
here commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from app.storage.tables.job import JobRow, JobUploadRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from sqlalchemy.orm import Session

PIECE_BYTES = 1 << 20
"""Bytes a row: few rows an archive, and no more than that in memory at a time."""


class UploadStore:
    """Stores what was sent with jobs, through a session that the caller opens and commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, job_id: str, stream: BinaryIO) -> None:
        """Store what the stream holds with a job that is there."""
        number = self._session.scalars(select(JobRow.number).where(JobRow.id == job_id)).one()
        position = 0
        while piece := stream.read(PIECE_BYTES):
            self._session.execute(
                insert(JobUploadRow),
                [{"job_number": number, "position": position, "data": piece}],
            )
            position += 1

    def pieces(self, job_id: str) -> Iterator[bytes]:
        """Yield what was sent with a job, piece by piece; nothing where nothing was."""
        number = self._session.scalar(select(JobRow.number).where(JobRow.id == job_id))
        position = 0
        while True:
            piece = self._session.scalar(
                select(JobUploadRow.data).where(
                    JobUploadRow.job_number == number, JobUploadRow.position == position
                )
            )
            if piece is None:
                return
            yield piece
            position += 1
