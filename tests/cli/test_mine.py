"""`mine`: files in, JSON or a table out, failures named, nothing hostile on the screen."""

from __future__ import annotations

import json

from tests.cli.conftest import PAGE, write_page


def test_one_file_gives_one_object(run, page_file):
    """One file gives the contract's mined page, and nothing else on standard output."""
    done = run("mine", page_file)

    assert done.exit_code == 0
    mined = json.loads(done.stdout)
    assert mined["id"].startswith("p")
    assert [comment["id"] for comment in mined["comments"]] == ["c1", "c2", "c3"]
    assert done.stderr == ""


def test_several_files_give_an_object_a_line(run, environment, page_file):
    """Several files give JSON lines, in the order of the files."""
    other = write_page(environment / "other.json", title="Another")

    done = run("mine", page_file, other)

    titles = [json.loads(line)["title"] for line in done.stdout.splitlines()]
    assert titles == [PAGE["title"], "Another"]


def test_standard_input_is_a_dash(run):
    """A dash reads the page from standard input."""
    done = run("mine", "-", data=json.dumps(PAGE).encode())

    assert json.loads(done.stdout)["title"] == PAGE["title"]


def test_stored_page_is_found_again(run, page_file):
    """The same file twice is one page, and export writes it as mine did."""
    first, second = run("mine", page_file), run("mine", page_file)
    page_id = json.loads(first.stdout)["id"]

    assert second.stdout == first.stdout
    assert run("export", page_id).stdout == first.stdout


def test_no_store_leaves_no_database(run, environment, page_file):
    """With --no-store there is no id, and no file either."""
    done = run("mine", "--no-store", page_file)

    assert json.loads(done.stdout)["id"] is None
    assert not (environment / "fingerpost.sqlite3").exists()


def test_url_is_kept(run, environment):
    """The address given stands on a page that has none of its own."""
    name = write_page(environment / "bare.json", url=None)

    done = run("mine", "--no-store", "--url", "https://news.example/1", name)

    assert json.loads(done.stdout)["url"] == "https://news.example/1"


def test_graph_and_aif(run, page_file):
    """The graph comes in this project's form and in AIF, stored or not."""
    for store in ("--store", "--no-store"):
        graph = json.loads(run("mine", store, "--format", "graph", page_file).stdout)
        aif = json.loads(run("mine", store, "--format", "aif", page_file).stdout)

        assert {"nodes", "edges"} <= graph.keys()
        assert {"nodes", "edges", "locutions"} <= aif.keys()
        assert len(aif["nodes"]) == len(graph["nodes"])


def test_table_says_who_blames_whom(run, page_file):
    """The table names the actors with their counts, and the authors with whom they blame."""
    done = run("mine", "--format", "table", page_file)

    assert done.exit_code == 0
    for word in ("Veltra Transit", "Ines", "Åsa", "strength", "support"):
        assert word in done.stdout


def test_hostile_text_stays_text(run, environment):
    """Markup, control characters and turned writing in a page do nothing to the screen."""
    name = write_page(
        environment / "hostile.json",
        title="[red]Fire[/red] \x1b[31m\x07 \u202eerif",
        comments=[
            {
                "author": "[/bold] \x9b2J",
                "text": "[link=https://x.example]Veltra Transit[/link] did it :smile: \x1b]0;\x07",
            },
            {"author": "b", "text": "[/"},
        ],
    )

    table = run("mine", "--format", "table", name)
    as_json = run("mine", name)

    assert (table.exit_code, as_json.exit_code) == (0, 0)
    for shown in (table.stdout, as_json.stdout):
        assert not any(char in shown for char in "\x1b\x07\x9b\u202e")
    assert "[red]Fire[/red]" in table.stdout
    assert ":smile:" in table.stdout
    assert json.loads(as_json.stdout)["title"].startswith("[red]Fire[/red]")


def test_failures_are_named_and_the_rest_is_done(run, environment, page_file):
    """Each file that fails has a line on standard error; the others come out; the code is 1."""
    (environment / "binary").write_bytes(bytes(range(256)) * 10)
    (environment / "empty.txt").write_bytes(b"")
    (environment / "folder").mkdir()
    names = ["binary", "empty.txt", "folder", "absent.html"]

    done = run("mine", *names, page_file)

    assert done.exit_code == 1
    assert json.loads(done.stdout)["title"] == PAGE["title"]
    lines = done.stderr.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [["fingerpost", name] for name in names]


def test_file_over_the_limit_is_refused(run, monkeypatch, page_file):
    """A file larger than a body may be is refused, without being read whole."""
    monkeypatch.setenv("FINGERPOST_MAX_BODY_BYTES", "1000")
    with open(page_file, "a", encoding="utf-8") as file:  # noqa: PTH123 - a name, not a path
        file.write(" " * 2000)

    done = run("mine", page_file)

    assert done.exit_code == 1
    assert "at most 1000 bytes" in done.stderr


def test_hostile_file_name_is_one_line(run):
    """A file name with control characters is named on one line, without them."""
    done = run("mine", "no\nsuch\x1b[2Jfile")

    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr


def test_no_file_is_misuse(run):
    """Without a file, or with an unknown format, the command was misused."""
    assert run("mine").exit_code == 2
    assert run("mine", "--format", "xml", "x").exit_code == 2
