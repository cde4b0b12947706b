"""Databases that go away, are locked or run full: said with 503, nothing halved, over by itself."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from app.storage.engine import open_engine
from app.storage.schema import upgrade
from tests.faults.serving import ALL, page

ROOM_BYTES = 300_000
"""Enough for some pages of twenty comments, and not for many."""


def migrate(url: str) -> None:
    """Bring that database up to date."""
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def test_service_outlives_its_database(postgres, serve):
    """With PostgreSQL stopped requests get 503; started again, all goes on, jobs included."""
    migrate(postgres.url)
    serving = serve(postgres.url)
    before = serving.ask("/v1/pages", page("before"))[1]
    job = serving.ask("/v1/pages?wait=false", page("job", 40))[1]

    postgres.stop()
    refused = serving.ask("/v1/pages", page("during"))
    ready, health = serving.ask("/ready"), serving.ask("/health")
    postgres.start()
    serving.wait_for("/ready", 200)
    after, _ = serving.ask("/v1/pages", page("during"))

    assert refused[0] == ready[0] == 503
    assert "postgres" in refused[1]["detail"]
    assert health[0] == 200
    assert after == 201
    assert serving.ask(f"/v1/pages/{before['id']}")[1] == before
    assert serving.wait_for_job(job["id"])["state"] == "done"
    assert "Traceback" not in "".join(serving.words)


@pytest.mark.skipif(not ALL, reason="takes as long as a writer waits, 15 s: make faults")
def test_a_locked_database_is_waited_for(serve, tmp_path):
    """While another process writes, reading goes on and writing waits for its end."""
    path = tmp_path / "fingerpost.sqlite3"
    url = f"sqlite:///{path}"
    migrate(url)
    serving = serve(url)
    there = serving.ask("/v1/pages", page("there"))[1]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        read = serving.ask(f"/v1/pages/{there['id']}")
        refused = serving.ask("/v1/pages", page("locked"))
        other.execute("ROLLBACK")
    after = serving.ask("/v1/pages", page("locked"))

    assert read == (200, there)
    assert refused[0] == 503
    assert "locked" in refused[1]["detail"]
    assert after[0] == 201


def test_a_full_disk_halves_nothing(serve, tmp_path):
    """Where no more fits, pages are refused whole, and what was acknowledged can be read."""
    url = f"sqlite:///{tmp_path}/fingerpost.sqlite3"
    migrate(url)
    largest = max(path.stat().st_size for path in tmp_path.iterdir())
    limit = (largest + ROOM_BYTES,) * 2
    serving = serve(
        url, before=f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, {limit})"
    )

    fill_and_check(serving, tmp_path)


def test_a_full_file_system_halves_nothing(serve, tmp_path):
    """As above, on a file system that is full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not mount or not umount:
        pytest.skip("needs mount")
    mounted = subprocess.run(  # noqa: S603 - a file system in memory, gone with the test
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        url = f"sqlite:///{disk}/fingerpost.sqlite3"
        migrate(url)
        serving = serve(url)
        fill_and_check(serving, disk)
        serving.end()
    finally:
        subprocess.run([umount, "-l", str(disk)], check=True)  # noqa: S603 - as above


def fill_and_check(serving, folder) -> None:
    """Send pages until none fits; assert that all acknowledged ones and no others are there."""
    there, refused = {}, None
    for number in range(400):
        status, answer = serving.ask("/v1/pages", page(f"n{number}", 20))
        if status != 201:
            refused = status, answer
            break
        there[answer["id"]] = answer
    read = {page_id: serving.ask(f"/v1/pages/{page_id}")[1] for page_id in there}
    health = serving.ask("/health")[0]

    assert refused is not None
    assert refused[0] == 503
    assert there
    assert read == there
    assert health == 200
    serving.end()
    with closing(sqlite3.connect(folder / "fingerpost.sqlite3")) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM pages").fetchone() == (len(there),)
