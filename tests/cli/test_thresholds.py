"""`thresholds`: tables of labelled pages and of feedback."""

from __future__ import annotations

import json

from tests.cli.conftest import PAGE

NOTHING = {"label": "comment", "certain": False}
CLAIM = {"actor": "v", "label": "support", "certain": True}


def write_labelled(folder) -> None:
    """Write a labelled page, and a file that is none, into the folder."""
    folder.mkdir()
    comments = [
        {
            **comment,
            "account_stance": NOTHING,
            "reply_stance": "support",
            "attributions": [CLAIM] if at < 2 else [],
        }
        for at, comment in enumerate(PAGE["comments"])
    ]
    (folder / "page.json").write_text(json.dumps(PAGE | {"comments": comments}), "utf-8")
    (folder / "none.json").write_text("[]", "utf-8")


def test_a_folder_of_labelled_pages_becomes_tables(run, environment):
    """Each attribute has a row a threshold; a file that is no labelled page is named."""
    write_labelled(environment / "labelled")

    done = run("thresholds", "labelled", "--format", "json")

    assert done.exit_code == 1
    assert "none.json" in done.stderr
    tables = json.loads(done.stdout)
    rows = {row["threshold"]: row for row in tables["pages"]["ACCUSATION"]}
    assert (rows[0.7]["comments"], rows[0.7]["right"], rows[0.7]["missed"]) == (3, 2, 0)
    assert tables["feedback"] == {}
    assert tables["model"]["name"] == "fake"


def test_people_get_a_table(run, environment):
    """Without `--format json` the tables are for reading."""
    write_labelled(environment / "labelled")

    shown = run("thresholds", "labelled").stdout

    assert "ACCUSATION, labelled pages" in shown
    assert "feedback: none" in shown
    assert "precision" in shown


def test_without_a_folder_the_models_own_table_is_shown(run, environment, monkeypatch):
    """What lies beside the model is shown, and said to be of another revision where it is."""
    model = environment / "model"
    model.mkdir()
    row = {"threshold": 0.8, "precision": 0.75, "recall": None, "comments": 9, "flagged": 4}
    table = {"model": {"name": "x", "revision": "old"}, "pages": {"DENY": [row]}}
    (model / "thresholds.json").write_text(json.dumps(table), "utf-8")
    monkeypatch.setenv("FINGERPOST_MODEL", str(model))

    done = run("thresholds")

    assert done.exit_code == 0
    assert "0.75" in done.stdout
    assert "another revision" in done.stderr
