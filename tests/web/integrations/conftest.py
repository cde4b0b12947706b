"""A service that really listens, for clients that are programs of their own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
from pathlib import Path

import pytest
import uvicorn

from app.bootstrap import build_service
from app.web.app import create_app
from tests.fakes import FakeScorer
from tests.web.silence import silent_logger

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def served(settings):
    """Serve on a free port of the loopback with a scorer of word rules; return the URL."""
    service = build_service(settings, load_scorer=FakeScorer)
    app = create_app(service, settings, runs_jobs=False, logger=silent_logger())
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    listener.close()
    service.close()


@pytest.fixture
def consumer(tmp_path):
    """Return a runner of the programs beside this file, in the environment of `make consumers`."""
    folder = Path(os.environ.get("FINGERPOST_TEST_CONSUMERS") or ROOT / ".consumers")
    if not (folder / "bin" / "python").exists():
        pytest.skip("needs other programs: make consumers has not been run")

    def run(script: str, package: str, *arguments: str) -> dict:
        python = folder / "bin" / "python"
        found = subprocess.run(  # noqa: S603 - our own environment
            [python, "-c", f"import {package}"], capture_output=True, check=False, cwd=tmp_path
        )
        if found.returncode:
            pytest.skip(f"needs {package}: make consumers installs it")
        done = subprocess.run(  # noqa: S603 - a script of ours
            [python, Path(__file__).parent / "consumers" / script, *arguments],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env={"HOME": str(tmp_path), "PATH": os.environ.get("PATH", "")},
            timeout=120,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
        return json.loads(done.stdout)

    return run
