"""What the service writes to disk: its database and temporary files; all else can be read-only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import json, os, sys, time

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGING = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink",
            "os.truncate", "os.chmod", "shutil.move", "sqlite3.connect"}
written = set()

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and arguments[2] & WRITING:
        written.add(os.fsdecode(arguments[0]))
    elif event in CHANGING:
        written.add(full_path(event, arguments))

def full_path(event, arguments):
    # A tree is removed name by name, each relative to the folder's descriptor.
    name, last = os.fsdecode(arguments[0]), arguments[-1]
    if event in {"os.mkdir", "os.remove", "os.rmdir"} and isinstance(last, int) and last >= 0:
        return os.path.join(os.readlink(f"/proc/self/fd/{last}"), name)
    return name

sys.addaudithook(watch)

from starlette.testclient import TestClient
from app.bootstrap import build_service
from app.config import load_settings
from app.web.app import create_app
from tests.fakes import FakeScorer
from tests.web.samples import page

settings = load_settings()
service = build_service(settings, load_scorer=FakeScorer, migrate=True)
with TestClient(create_app(service, settings), base_url="http://127.0.0.1") as client:
    made = client.post("/v1/pages", json=page())
    client.post("/v1/pages", content=b"<p>Who? Veltra.</p>", headers={"content-type": "text/html"})
    for form in ("json", "convokit", "graphml"):
        assert client.get(made.headers["location"] + "/graph?format=" + form).status_code == 200
    job = client.post("/v1/jobs", content=json.dumps(page(title="x")).encode())
    until = time.monotonic() + 60
    while client.get(job.headers["location"]).json()["state"] in {"queued", "running"}:
        assert time.monotonic() < until
        time.sleep(0.05)
    client.post("/v1/moderations", json={"input": "Veltra Transit did it."})
service.close()
print(json.dumps(sorted(written)), file=sys.stderr)
"""


def test_only_the_database_and_temporary_files_are_written(tmp_path):
    """A container may run with its file system read-only, but for the data and /tmp."""
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    temporary.mkdir()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONDONTWRITEBYTECODE": "1",  # as in the container
            "FINGERPOST_DATABASE_URL": f"sqlite:///{data}/fingerpost.sqlite3",
            "TMPDIR": str(temporary),
        },
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    written = json.loads(done.stderr.decode().splitlines()[-1])
    outside = [
        path
        for path in written
        if not path.startswith((str(data), str(temporary))) and path != os.devnull
    ]
    assert outside == []
    assert any(path.startswith(str(data)) for path in written)
