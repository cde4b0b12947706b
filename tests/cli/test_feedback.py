"""`feedback`: labels come out as they went in, a line each."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from app.bootstrap import build_service
from app.config import Settings
from app.domain.feedback import Feedback

GIVEN = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def test_feedback_is_exported_for_training(run):
    """Each label is one JSON object a line, of all attributes or of one."""
    service = build_service(Settings(), migrate=True)
    service.feedback.add(
        [Feedback("Zap.", "ACCUSATION", 1.0, GIVEN), Feedback("Zip.", "DENY", 0.25, GIVEN)]
    )
    service.close()

    lines = [json.loads(line) for line in run("feedback").stdout.splitlines()]
    only = [json.loads(line) for line in run("feedback", "--attribute", "DENY").stdout.splitlines()]

    assert [(line["text"], line["attribute"], line["value"]) for line in lines] == [
        ("Zap.", "ACCUSATION", 1.0),
        ("Zip.", "DENY", 0.25),
    ]
    assert only == lines[1:]
