"""Files of JSON lines, as the corpora are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file; blank lines are none."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
