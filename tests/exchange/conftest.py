"""The environment of other programs that read what is written here; skipped where it is absent."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def consumers_folder() -> Path:
    """Return the environment that `make consumers` makes, or skip."""
    folder = Path(os.environ.get("FINGERPOST_TEST_CONSUMERS") or ROOT / ".consumers")
    if not (folder / "bin" / "python").exists():
        pytest.skip("needs other programs: make consumers has not been run")
    return folder


@pytest.fixture(scope="session")
def consumer(consumers_folder, tmp_path_factory):
    """Return a runner of the scripts beside this file: arguments in, what they found back."""
    home = tmp_path_factory.mktemp("home")  # ConvoKit writes its settings there

    def run(script: str, *arguments: object) -> dict:
        done = subprocess.run(  # noqa: S603 - a script of ours
            [
                consumers_folder / "bin" / "python",
                Path(__file__).parent / "consumers" / script,
                *map(str, arguments),
            ],
            capture_output=True,
            check=False,
            env={"HOME": str(home), "PATH": os.environ.get("PATH", "")},
            timeout=120,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
        return json.loads(done.stdout)

    return run
