"""What has come of an archive as the text that is stored, and back."""

from __future__ import annotations

import json
from dataclasses import asdict

from app.domain.job import ArchiveTally, FailedRecords


def pack_tally(tally: ArchiveTally) -> str:
    """Return a tally as JSON, in ASCII without NUL: text that no database refuses."""
    return json.dumps(asdict(tally))


def unpack_tally(text: str | None) -> ArchiveTally | None:
    """Return the tally of that JSON; None of none."""
    if text is None:
        return None
    fields = json.loads(text)
    failures = tuple(
        FailedRecords(
            each["kind"], each["count"], tuple(tuple(example) for example in each["examples"])
        )
        for each in fields.pop("failures")
    )
    return ArchiveTally(**fields, failures=failures)
