"""The oAMF module: documents come back as they were, with stances; `oamf` can chain it."""

from __future__ import annotations

import json

import pytest

ROUTE = "/integrations/oamf"
DOCUMENT = {
    "AIF": {
        "nodes": [
            {"nodeID": 1, "text": "Veltra Transit did it.", "type": "L"},
            {"nodeID": "2", "text": "Tom : Exactly.", "type": "L"},
            {"nodeID": 3, "text": "Default Transition", "type": "TA"},
        ],
        "edges": [
            {"edgeID": 1, "fromID": 1, "toID": 3},
            {"edgeID": 2, "fromID": 3, "toID": "2"},
        ],
        "locutions": [{"nodeID": "2", "personID": 0}],
        "participants": [{"participantID": 0, "firstname": "Tom", "surname": "None"}],
        "schemefulfillments": None,
    },
    "text": {"txt": "Veltra Transit did it.<br>"},
    "dialog": True,
    "OVA": [],
    "of another module": {"1": 0.5},
}


def send(client, content: bytes, *, field: str = "file"):
    """Send a file in a form, as oAMF does."""
    return client.post(ROUTE, files={field: ("x.json", content)})


def test_stances_are_added_and_the_rest_stays(client):
    """Every key that came is there as it was; locutions have their stances by nodeID."""
    answer = send(client, json.dumps(DOCUMENT).encode()).json()

    stances = answer.pop("fingerpost_stances")
    assert answer == DOCUMENT
    assert set(stances["nodes"]) == {"1", "2"}
    assert stances["nodes"]["2"]["reply_to"] == "1"
    assert stances["nodes"]["2"]["reply_stance"]["label"] == "support"
    assert stances["nodes"]["2"]["attributions"][0]["inherited_from"] == "1"
    (actor,) = stances["actors"]
    assert actor["name"] == "Veltra Transit"


def test_nothing_is_stored(client):
    """A document that was read is no page."""
    send(client, json.dumps(DOCUMENT).encode())

    assert client.get("/v1/pages").json()["items"] == []


def test_it_says_what_it_does(client):
    """GET is the module's documentation."""
    answer = client.get(ROUTE)

    assert answer.status_code == 200
    assert "fingerpost_stances" in answer.text


TWICE = {"AIF": {"nodes": DOCUMENT["AIF"]["nodes"][:1] * 2, "edges": []}}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b"{}", json.dumps(TWICE).encode()])
def test_files_of_nonsense_are_refused(client, content):
    """What is no xAIF is told so."""
    assert send(client, content).status_code == 400


def test_bodies_that_are_no_form_are_refused(client):
    """JSON without a form, a form without the file, and a broken form are told so."""
    broken = {"content-type": "multipart/form-data; boundary=x"}
    answers = [
        client.post(ROUTE, json=DOCUMENT),
        send(client, b"{}", field="other"),
        client.post(ROUTE, content=b"--y\r\n", headers=broken),
        client.post(ROUTE, content=b"", headers={"content-type": "multipart/form-data"}),
        client.post(ROUTE, data={"file": "text"}, files={"x": b""}),
    ]

    assert [answer.status_code for answer in answers] == [400] * len(answers)


def test_the_package_oamf_chains_it(consumer, served, tmp_path):
    """The client package runs the module twice in a chain, and what was there stays."""
    file = tmp_path / "dialogue.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")

    found = consumer("run_oamf.py", "oamf", f"{served}{ROUTE}", str(file))

    assert found["of another module"] == {"1": 0.5}
    assert found["fingerpost_stances"]["nodes"]["2"]["reply_to"] == "1"
