"""Promises about archives and results on other storage: the rows of a run on disks, resumable."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import fsspec
import pyarrow.parquet as pq
import pytest

from app.batch.run import ScoreOptions, score_archives
from app.batch.targets import StoreTarget
from app.config import Settings
from app.domain.mined import ModelIdentity
from app.errors import InvalidRequest, RunChanged, UnreadableArchive
from app.parsing.archives import Archive, Entry
from tests.batch.conftest import BEGAN, Silent, read_rows
from tests.batch.inline import InlinePool
from tests.fakes import FakeScorer


@pytest.fixture
def memory():
    """Return fsspec's file system in memory, empty before and after."""
    files = fsspec.filesystem("memory")
    for path in files.find("/"):
        files.rm_file(path)
    yield files
    for path in files.find("/"):
        files.rm_file(path)


def score_to(archive: str, out: str, *, load_scorer=FakeScorer, began=BEGAN) -> Silent:
    """Score an archive in this process, and return what was told."""
    watcher = Silent()
    score_archives(
        [archive],
        out,
        ScoreOptions(unit_tokens=300, units_per_part=2),
        Settings(),
        watcher=watcher,
        load_scorer=load_scorer,
        start_pool=InlinePool,
        now=lambda: began,
    )
    return watcher


def rows_in(files, root: str) -> dict[str, list[dict]]:
    """Return the rows of all tables of a store, as `read_rows` does of a folder."""
    rows: dict[str, list[dict]] = {}
    for path in sorted(files.find(root)):
        folder, _, name = path.removeprefix(f"{root}/").rpartition("/")
        if name.endswith(".parquet"):
            table = pq.read_table(io.BytesIO(files.cat_file(path)))
            rows.setdefault(folder, []).extend([{"part": name}, *table.to_pylist()])
    return rows


def test_an_archive_in_a_store_is_scored_into_a_store(archive, score, environment, memory):
    """Rows, failures and their places are those of the same archive on a disk."""
    score(archive, "alone")
    memory.pipe_file("/in/archive.jsonl", (environment / archive).read_bytes())

    score_to("memory://in/archive.jsonl", "memory://out/run")

    alone = read_rows(environment / "alone")
    for row in (*alone["failures"], *alone["pages"]):
        if "file" in row:
            row["file"] = "memory://in/archive.jsonl"
    assert rows_in(memory, "/out/run") == alone
    assert memory.exists("/out/run/summary.json")


def test_addresses_of_this_machine_are_read_too(archive, score, environment):
    """A file:// address names the file that its path names."""
    score(archive, "alone")

    score_to(f"file://{environment}/{archive}", f"file://{environment}/run")

    ours, theirs = (read_rows(environment / name) for name in ("run", "alone"))
    assert ours["comments"] == theirs["comments"]


class _StoppingScorer(FakeScorer):
    """Stops the run after some calls, as Ctrl-C would."""

    def __init__(self, calls: int = 25) -> None:
        super().__init__(on_call=self._stop)
        self.left = calls

    def _stop(self) -> None:
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


@pytest.fixture(params=["the same machine", "another machine"])
def move(request, archive, environment, monkeypatch):
    """Return a function that takes the archive to another machine, or leaves it where it is."""

    def go() -> None:
        if request.param == "another machine":
            (environment / "elsewhere").mkdir()
            (environment / "elsewhere" / archive).write_bytes((environment / archive).read_bytes())
            monkeypatch.chdir(environment / "elsewhere")

    return go


def test_a_run_into_a_store_goes_on(move, archive, score, environment, memory):
    """Stopped in the middle, it ends with the same rows; also where another machine goes on."""
    score(archive, "alone")
    with pytest.raises(KeyboardInterrupt):
        score_to(archive, "memory://out/run", load_scorer=_StoppingScorer)
    assert not memory.exists("/out/run/summary.json")
    parts = {path: memory.cat_file(path) for path in memory.find("/out/run/comments")}
    assert parts
    move()

    watcher = score_to(archive, "memory://out/run")

    assert watcher.comments_found > 0
    assert rows_in(memory, "/out/run") == read_rows(environment / "alone")
    assert all(memory.cat_file(path) == content for path, content in parts.items())


@pytest.fixture
def stop_early(memory):
    """Return a function that begins a run into a store and stops it before its first part."""

    def begin(archive: str, began=BEGAN) -> None:
        with pytest.raises(KeyboardInterrupt):
            score_to(
                archive,
                "memory://out/run",
                load_scorer=lambda: _StoppingScorer(_CALLS_OF_A_UNIT),
                began=began,
            )
        assert list(Path().glob("var/score/*/units/*.unit"))
        assert not memory.find("/out/run/comments")

    return begin


_CALLS_OF_A_UNIT = 12
_LATER = BEGAN + timedelta(days=1)


class _OtherScorer(FakeScorer):
    """The same rules as another model's."""

    def __init__(self) -> None:
        super().__init__()
        self.identity = ModelIdentity("fake", "2")


def test_another_model_is_refused_before_the_first_part(archive, stop_early):
    """Units that wait for their part are of one model, as those of a run on disks are."""
    stop_early(archive)

    with pytest.raises(RunChanged, match="model"):
        score_to(archive, "memory://out/run", load_scorer=_OtherScorer)


def test_units_of_an_older_run_are_not_taken(archive, stop_early, environment, memory, monkeypatch):
    """Where others began the output anew, what this machine still has of it does not count."""
    stop_early(archive)
    for path in memory.find("/out/run"):
        memory.rm_file(path)
    lines = (environment / archive).read_bytes().splitlines(keepends=True)
    (environment / archive).write_bytes(b"".join(reversed(lines)))
    (environment / "elsewhere").mkdir()
    (environment / "elsewhere" / archive).write_bytes((environment / archive).read_bytes())
    with monkeypatch.context() as elsewhere:
        elsewhere.chdir(environment / "elsewhere")
        stop_early(archive, began=_LATER)

    score_to(archive, "memory://out/run", began=_LATER)
    score_to(archive, "memory://out/alone", began=_LATER)

    assert rows_in(memory, "/out/run") == rows_in(memory, "/out/alone")


def test_copies_of_a_killed_run_are_swept_away(archive, stop_early, environment):
    """A part that was on its way to the store leaves no file behind on this machine."""
    stop_early(archive)
    (folder,) = (environment / "var/score").iterdir()
    (folder / "fingerpost-part").write_bytes(b"half of it")

    score_to(archive, "memory://out/run")

    assert not list(folder.glob("fingerpost-*"))


def test_a_run_begun_with_another_input_is_not_gone_on_with(archive, environment, memory):
    """Where a file of the store was written to since, the run says so."""
    content = (environment / archive).read_bytes()
    memory.pipe_file("/in/archive.jsonl", content)
    score_to("memory://in/archive.jsonl", "memory://out/run")
    memory.pipe_file("/in/archive.jsonl", content + content)

    with pytest.raises(RunChanged, match="input"):
        score_to("memory://in/archive.jsonl", "memory://out/run")


def test_results_of_others_are_not_written_over(memory):
    """A folder of a store that holds something else is refused."""
    memory.pipe_file("/out/run/thesis.pdf", b"%PDF")

    with pytest.raises(InvalidRequest, match="empty"):
        StoreTarget("memory://out/run").begin()


def test_a_deleted_output_is_begun_anew(archive, memory):
    """What this machine remembers of a run counts only where the store has its results."""
    score_to(archive, "memory://out/run")
    for path in memory.find("/out/run"):
        memory.rm_file(path)

    watcher = score_to(archive, "memory://out/run")

    assert watcher.comments_found == 0
    assert memory.exists("/out/run/summary.json")


def test_folders_of_stores_are_read_as_folders_of_disks_are(archive, environment, memory):
    """Zip files are looked into, hidden files and what is none of ours are passed over."""
    page = (environment / archive).read_bytes().split(b"\n")[0] + b"\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("inner/one.jsonl", page)
    for name, content in (
        ("b.jsonl", page),
        ("a.zip", packed.getvalue()),
        ("_c.jsonl", page),
        (".hidden.jsonl", page),
        ("_run/x.jsonl", page),
        ("page_files/x.json", page),
        ("logo.png", b"\x89PNG"),
    ):
        memory.pipe_file(f"/in/{name}", content)

    entries = list(Archive(["memory://in/"]).records())

    assert all(isinstance(entry, Entry) for entry in entries)
    assert [entry.file for entry in entries] == [
        "memory://in/_c.jsonl",
        "memory://in/a.zip/inner/one.jsonl",
        "memory://in/b.jsonl",
    ]


@pytest.mark.parametrize("address", ["memory://in/nothing", "telex://desk", "s3fs-is-no://x"])
@pytest.mark.usefixtures("memory")
def test_addresses_that_lead_nowhere_are_said(address: str):
    """An empty place, and stores that nobody knows or whose package is missing."""
    with pytest.raises(UnreadableArchive, match=address.partition(":")[0]):
        Archive([address])
