"""The threat model in docs/: what it says shows a guard is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_NAMED = re.compile(r"\b([\w/]*test_\w+\.py)(?:::(test_\w+))?")


def test_every_test_that_it_names_exists():
    """A guard is not claimed by a test that was renamed or never written."""
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = _NAMED.findall(text)

    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (path := ROOT / "tests" / file).is_file()
        or (test and f"def {test}(" not in path.read_text(encoding="utf-8"))
    ]

    assert len(named) > 30
    assert missing == []
