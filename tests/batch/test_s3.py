"""Archives and results on a server that speaks S3: killed and gone on with, the same rows."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pyarrow.parquet as pq
import pytest
from lxml import etree

from tests.batch.conftest import read_rows
from tests.batch.slow_command import main

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 120


class Bucket:
    """A bucket of a server that asks nobody who they are."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._ask("", "PUT")

    def put(self, name: str, content: bytes) -> None:
        """Write an object."""
        self._ask(f"/{name}", "PUT", content)

    def get(self, name: str) -> bytes:
        """Return an object's content."""
        return self._ask(f"/{name}")

    def names(self, prefix: str) -> list[str]:
        """Return the names of objects that begin so, in order."""
        listing = etree.fromstring(self._ask(f"?list-type=2&prefix={prefix}"))
        return [str(name) for name in listing.xpath("//*[local-name()='Key']/text()")]

    def rows(self, folder: str) -> dict[str, list[dict]]:
        """Return the rows of all tables of a run, as `read_rows` does of a folder."""
        rows: dict[str, list[dict]] = {}
        for name in self.names(f"{folder}/"):
            table, _, part = name.removeprefix(f"{folder}/").rpartition("/")
            if part.endswith(".parquet"):
                read = pq.read_table(io.BytesIO(self.get(name))).to_pylist()
                rows.setdefault(table, []).extend([{"part": part}, *read])
        return rows

    def _ask(self, path: str, method: str = "GET", content: bytes | None = None) -> bytes:
        request = Request(f"{self.server}/bucket{path}", data=content, method=method)  # noqa: S310
        request.add_header("Authorization", "AWS anybody:anything")
        request.add_header("Content-Type", "application/octet-stream")
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.read()


@pytest.fixture(scope="module")
def stores() -> Path:
    """Return the programs of the environment that `make stores` makes, or skip."""
    folder = Path(os.environ.get("FINGERPOST_TEST_STORES") or _ROOT / ".stores") / "bin"
    if not (folder / "moto_server").exists():
        pytest.skip("needs s3fs and a server of its protocol: make stores has not been run")
    return folder


@pytest.fixture
def bucket(stores):
    """Return an empty bucket of a server that ends with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [stores / "moto_server", "--host", "127.0.0.1", "--port", str(port)]
    log = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=log, stderr=log) as server:  # noqa: S603
        try:
            yield _reached(f"http://127.0.0.1:{port}")
        finally:
            server.kill()


def _reached(server: str) -> Bucket:
    for _ in range(_PATIENCE_S * 10):
        try:
            return Bucket(server)
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(server)


@pytest.fixture
def start(stores, bucket, environment):
    """Return a function that starts the command in the environment that has s3fs."""

    def begin(archive: str, out: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own program
            [stores / "python", "-m", "tests.batch.slow_command", archive, out, "0"],
            cwd=environment,
            env={
                **os.environ,
                "PYTHONPATH": str(_ROOT),
                "AWS_ENDPOINT_URL": bucket.server,
                "AWS_ACCESS_KEY_ID": "anybody",
                "AWS_SECRET_ACCESS_KEY": "anything",
                "AWS_DEFAULT_REGION": "us-east-1",
            },
            stderr=subprocess.PIPE,
        )

    return begin


def test_a_run_from_bucket_to_bucket_is_killed_and_goes_on(archive, bucket, start, environment):
    """Killed after its first part, it ends with the rows of a run on disks."""
    main(archive, "alone", "0")
    bucket.put("dumps/archive.jsonl", (environment / archive).read_bytes())

    killed = start("s3://bucket/dumps/", "s3://bucket/scored")
    until = time.monotonic() + _PATIENCE_S
    while not bucket.names("scored/comments/") and killed.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    killed.kill()
    _, told = killed.communicate()
    there = {name: bucket.get(name) for name in bucket.names("scored/comments/")}
    assert there, told.decode()
    assert "scored/summary.json" not in bucket.names("scored/")

    _, told = start("s3://bucket/dumps/", "s3://bucket/scored").communicate(timeout=_PATIENCE_S)

    assert "scored/summary.json" in bucket.names("scored/"), told.decode()
    alone = read_rows(Path("alone"))
    for row in (*alone["failures"], *alone["pages"]):
        if "file" in row:
            row["file"] = "s3://bucket/dumps/archive.jsonl"
    assert bucket.rows("scored") == alone
    assert {name: bucket.get(name) for name in there} == there


def test_a_bucket_that_is_not_there_is_told_in_a_line(start):
    """No traceback of the store's own is shown for a wrong address."""
    _, told = start("s3://nowhere/dumps/", "out").communicate(timeout=_PATIENCE_S)

    *_, last = told.decode().strip().splitlines()
    assert "expected to reach s3://nowhere/dumps" in last
