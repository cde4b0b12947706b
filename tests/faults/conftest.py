"""Databases that may be ill-treated, and services on them that are gone after each test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.storage.engine import open_engine
from app.storage.schema import upgrade
from tests.faults.serving import Serving, start

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNERS = ("postgres", "nobody")
"""Who may run PostgreSQL where the tests run as root, which it refuses."""


@dataclass
class Postgres:
    """A PostgreSQL server of a test's own."""

    bin: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """The URL of its database."""
        return f"postgresql://fingerpost@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and return once it answers."""
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port}"
        options += f" -c unix_socket_directories={self.folder}"
        log = self.folder / "log"
        self._control("-l", str(log), "-w", "-t", "60", "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        self._control("-m", "immediate", "-w", "stop")

    def initialise(self) -> None:
        """Make its files."""
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "fingerpost", "-A", "trust", "-E", "UTF8")

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", _owner(), "--", *command]
        subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, timeout=90
        )


def _owner() -> str:
    import pwd  # noqa: PLC0415 - Unix only, as PostgreSQL's tests are here

    names = {each.pw_name for each in pwd.getpwall()}
    return next(name for name in OWNERS if name in names)


def _postgres_bin() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    path = found[0] if found else Path(on_path).resolve() if on_path else None
    return path.parent if path else None


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """Return a PostgreSQL server that runs and may be stopped, or skip."""
    programs = _postgres_bin()
    if programs is None:
        pytest.skip("needs PostgreSQL's programs: no initdb here")
    # Its owner has to reach it, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="fingerpost-"))
    if os.getuid() == 0:
        shutil.chown(folder, _owner())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Postgres(programs, folder, port)
    try:
        server.initialise()
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    """Return the URL of a migrated database of each kind."""
    url = f"sqlite:///{tmp_path}/fingerpost.sqlite3"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").url
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def serve(tmp_path):
    """Return a function that starts a service and returns it, by default once it listens."""
    started: list[Serving] = []

    def begin(url: str, *, listening: bool = True, **options: str) -> Serving:
        serving = start(
            tmp_path, FINGERPOST_DATABASE_URL=url, FINGERPOST_JOB_LEASE_S="2", **options
        )
        started.append(serving)
        if listening:
            serving.wait_until_listening()
        return serving

    yield begin
    for serving in started:
        serving.end()
