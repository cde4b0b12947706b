"""Starting: with a broken model nothing starts, and two that start at once do not disturb each."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from app.inference.checksums import SUMS
from tests.faults.serving import PATIENCE_S, ROOT, environment, page

if TYPE_CHECKING:
    from pathlib import Path

MODEL = ROOT / "models" / "small"
COMMAND = "from app.cli import main; main()"


@pytest.fixture
def model(tmp_path) -> Path:
    """Return a copy of the model that comes along, with sums of its files."""
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    files = [path for path in folder.iterdir() if path.is_file() and path.name != SUMS]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (folder / SUMS).write_text("\n".join(sums) + "\n")
    return folder


def run(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def largest(folder: Path) -> Path:
    """Return the largest file: weights."""
    return max(folder.iterdir(), key=lambda path: path.stat().st_size)


def refuses(folder: Path, **variables: str) -> str:
    """Return in what words the service refuses to start."""
    done = run("serve", "--port", "0", folder=folder, **variables)
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode not in {0, None}
    assert "Traceback" not in done.stderr
    assert "listening" not in done.stderr
    return last


def test_weights_cut_short_are_refused(model, tmp_path):
    """Weights of which the end is missing are refused by name, before anything is read."""
    path = largest(model)
    path.write_bytes(path.read_bytes()[:-1000])

    said = refuses(tmp_path, FINGERPOST_MODEL=str(model))

    assert path.name in said
    assert "SHA-256" in said


def test_weights_cut_short_are_refused_without_sums(model, tmp_path):
    """So they are where nobody summed them up."""
    (model / SUMS).unlink()
    for path in model.glob("*.safetensors"):
        path.write_bytes(path.read_bytes()[:-1000])
    for path in model.glob("*.onnx"):
        path.write_bytes(path.read_bytes()[:-1000])

    assert str(model) in refuses(tmp_path, FINGERPOST_MODEL=str(model))


def test_another_revision_is_refused(tmp_path):
    """A model that is whole, and not the one that was asked for, is refused with both revisions."""
    said = refuses(tmp_path, FINGERPOST_MODEL=str(MODEL), FINGERPOST_MODEL_REVISION="0123456789ab")

    assert "expected revision 0123456789ab" in said


def test_two_services_start_on_an_empty_database(serve, tmp_path):
    """Two that migrate one SQLite file at once both come up, and see each other's pages."""
    url = f"sqlite:///{tmp_path}/fingerpost.sqlite3"
    first, second = serve(url, listening=False), serve(url, listening=False)
    first.wait_until_listening()
    second.wait_until_listening()

    there = first.ask("/v1/pages", page("both"))[1]

    assert second.ask(f"/v1/pages/{there['id']}") == (200, there)
    with closing(sqlite3.connect(tmp_path / "fingerpost.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def test_two_migrations_of_a_server(postgres, tmp_path):
    """Two that migrate one PostgreSQL database at once both end well, one after the other."""
    with ThreadPoolExecutor() as threads:
        done = list(
            threads.map(
                lambda _: run(
                    "db", "upgrade", folder=tmp_path, FINGERPOST_DATABASE_URL=postgres.url
                ),
                range(2),
            )
        )

    assert [each.returncode for each in done] == [0, 0]
    assert (
        run("db", "upgrade", folder=tmp_path, FINGERPOST_DATABASE_URL=postgres.url).returncode == 0
    )
