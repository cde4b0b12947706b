"""Archives as jobs: sent or named over HTTP, mined page by page, gone on with after a crash.

How far an archive has come is stored after each page. A page that was stored just before a crash
is found by its content and not mined again.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import structlog

from app import parsing
from app.domain.job import ArchiveTally, FailedRecords, JobKind
from app.errors import (
    FingerpostError,
    InvalidRequest,
    ModelUnusable,
    NotFound,
    RunChanged,
    StorageUnusable,
)
from app.service.kept import new_id
from app.service.limits import check_page
from app.service.queued import UNEXPECTED
from app.service.work import Stopping
from app.storage.engine import open_session
from app.storage.jobs import JobStore
from app.storage.uploads import UploadStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from sqlalchemy import Engine

    from app.config import Settings
    from app.domain.job import Job
    from app.domain.page import Page
    from app.parsing.archives import Archive, Entry, Failure
    from app.service.queued import Held

    AddPage = Callable[[Page, Held], object]
    """Mines and stores a page of a held job unless it is there."""

EXAMPLES = 5
"""Failures of a kind that a job shows."""

_ZIP = b"PK\x03\x04"
_ECHOED = 60
_PROBLEM_CHARS = 200
_FATAL = (ModelUnusable, StorageUnusable, Stopping)
"""No other page would fare better."""

_SETTLED_RECORDS = 100
"""Records without comments between two notes of how far the archive is."""


class ArchiveJobs:
    """Takes archives as jobs, and runs them."""

    def __init__(self, engine: Engine, settings: Settings, add_page: AddPage) -> None:
        self._engine = engine
        self._settings = settings
        self._add_page = add_page

    def submit_upload(self, stream: BinaryIO, form: str | None) -> Job:
        """Store what the stream holds with a new job, and return the job.

        Raises:
            InvalidRequest: there is no such format, or nothing in the stream.
        """
        _check_format(form)
        if not stream.read(1):
            raise InvalidRequest("expected an archive in the body, got nothing")
        stream.seek(0)
        return self._add({"format": form}, stream)

    def submit_reference(self, name: str, form: str | None) -> Job:
        """Return a new job for an archive in the operator's folder.

        Raises:
            InvalidRequest: there is no such format, or no such folder here.
            NotFound: nothing of that name is in the folder.
        """
        _check_format(form)
        path = self._find(name)
        return self._add({"format": form, "name": name, "size": _size_of(path)}, None)

    def run(self, held: Held) -> None:
        """Mine what is not mined yet of a job's archive, and note what comes of it."""
        asked = json.loads(held.job.payload)
        form = parsing.archives.ArchiveFormat(asked["format"]) if asked["format"] else None
        with TemporaryDirectory(prefix="fingerpost-") as folder:
            path = (
                self._find(asked["name"], size=asked["size"])
                if "name" in asked
                else self._unpack(held.job.id, Path(folder))
            )
            read = partial(
                parsing.archives.Archive, [str(path)], form=form, spill_folder=Path(folder)
            )
            if held.total == 0:
                held.total = _count_comments(read())
            self._mine(read(), held, path)

    def _mine(self, archive: Archive, held: Held, path: Path) -> None:
        tally = held.job.tally or ArchiveTally()
        held.settle(tally)
        for number, record in enumerate(archive.records(), start=1):
            if number <= tally.records:
                continue
            outcome: Entry | Failure = record
            if not isinstance(record, parsing.archives.Failure) and record.page.comments:
                outcome = self._try_to_add(record, held)
            tally = _add_to(replace(tally, records=number), outcome, path)
            comments = not isinstance(record, parsing.archives.Failure) and record.page.comments
            if comments or number % _SETTLED_RECORDS == 0:
                held.settle(tally)
        held.settle(tally)

    def _try_to_add(self, entry: Entry, held: Held) -> Entry | Failure:
        try:
            check_page(entry.page, self._settings)
            self._add_page(entry.page, held)
        except _FATAL:
            raise
        except FingerpostError as error:
            return parsing.archives.Failure(
                entry.position, type(error).__name__, str(error), entry.file
            )
        except Exception:  # noqa: BLE001 - the edge of a page: the archive outlives a bug
            structlog.get_logger().exception("page of a job failed", job_id=held.job.id)
            return parsing.archives.Failure(entry.position, "InternalError", UNEXPECTED, entry.file)
        return entry

    def _add(self, asked: dict[str, object], stream: BinaryIO | None) -> Job:
        job_id, payload = new_id("j"), json.dumps(asked).encode()
        with open_session(self._engine) as session, session.begin():
            job = JobStore(session).add(
                job_id, payload, remine=False, total=0, kind=JobKind.ARCHIVE
            )
            if stream is not None:
                UploadStore(session).add(job_id, stream)
            return job

    def _find(self, name: str, *, size: int | None = None) -> Path:
        if self._settings.archives_folder is None:
            raise InvalidRequest("expected an archive in the body: no folder of archives is set")
        folder = Path(self._settings.archives_folder).resolve()
        try:
            path = (folder / name).resolve()
            is_there = path.is_relative_to(folder) and path != folder and path.exists()
        except (OSError, ValueError):  # no name that a file could have
            is_there = False
        if not is_there:
            raise NotFound(f"expected the name of an archive, got {name[:_ECHOED]!r}")
        if size is not None and _size_of(path) != size:
            raise RunChanged(f"expected {name[:_ECHOED]!r} as it was when the job began")
        return path

    def _unpack(self, job_id: str, folder: Path) -> Path:
        path = folder / "upload"
        with open_session(self._engine, read_only=True) as session, path.open("wb") as stream:
            for piece in UploadStore(session).pieces(job_id):
                stream.write(piece)
        with path.open("rb") as stream:
            is_zip = stream.read(len(_ZIP)) == _ZIP
        return path.rename(path.with_suffix(".zip")) if is_zip else path


def _check_format(form: str | None) -> None:
    if form is not None and form not in list(parsing.archives.ArchiveFormat):
        known = ", ".join(parsing.archives.ArchiveFormat)
        raise InvalidRequest(f"expected one of {known}, got {form[:_ECHOED]!r}")


def _size_of(path: Path) -> int:
    """Bytes of a file, or of the files in a folder: what changes when an archive is replaced."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())


def _count_comments(archive: Archive) -> int:
    return sum(
        len(record.page.comments)
        for record in archive.records()
        if not isinstance(record, parsing.archives.Failure)
    )


def _add_to(tally: ArchiveTally, outcome: Entry | Failure, path: Path) -> ArchiveTally:
    if isinstance(outcome, parsing.archives.Failure):
        # Where the archive lies here is nobody's business.
        file = outcome.file.replace(str(path), path.name, 1)
        example = (file, outcome.position, outcome.problem[:_PROBLEM_CHARS])
        return replace(tally, failures=_with_failure(tally.failures, outcome.kind, example))
    if not outcome.page.comments:
        return replace(tally, passed_over=tally.passed_over + 1)
    return replace(
        tally,
        pages=tally.pages + 1,
        comments=tally.comments + len(outcome.page.comments),
    )


def _with_failure(
    failures: tuple[FailedRecords, ...], kind: str, example: tuple[str, str, str]
) -> tuple[FailedRecords, ...]:
    by_kind = {each.kind: each for each in failures}
    before = by_kind.get(kind, FailedRecords(kind, 0, ()))
    examples = (*before.examples, example)[:EXAMPLES]
    by_kind[kind] = FailedRecords(kind, before.count + 1, examples)
    return tuple(by_kind.values())
