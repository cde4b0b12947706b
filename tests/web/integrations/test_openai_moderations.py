"""OpenAI's moderations: one text or many, in its form, also through its own package."""

from __future__ import annotations

import pytest

MODERATIONS = "/v1/moderations"
ACCUSES = "Veltra Transit is behind this."


def test_each_text_of_a_batch_gets_its_own_result(client):
    """Results come in the order of the texts, flagged where somebody is accused."""
    answer = client.post(MODERATIONS, json={"input": ["Fine day.", ACCUSES], "model": "any"}).json()

    assert set(answer) == {"id", "model", "results"}
    fine, accuses = answer["results"]
    assert (fine["flagged"], accuses["flagged"]) == (False, True)
    assert accuses["categories"] == {"accusation": True, "accusation/unsupported": True}
    assert accuses["category_scores"]["accusation"] == 0.85
    assert accuses["reasons"][0]["text"] == ACCUSES


def test_parts_are_one_text(client):
    """A list of parts gets one result, as at OpenAI."""
    parts = [{"type": "text", "text": "Fine day."}, {"type": "text", "text": ACCUSES}]
    answer = client.post(MODERATIONS, json={"input": parts}).json()

    assert [result["flagged"] for result in answer["results"]] == [True]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"input": []},
        {"input": 7},
        {"input": ["x", 7]},
        {"input": [{"type": "image_url", "image_url": {"url": "http://127.0.0.1/x.png"}}]},
        {"input": ["x"] * 257},
    ],
)
def test_refusals_have_openais_form(client, body):
    """What cannot be judged, images among it, is a 400 with OpenAI's error object."""
    answer = client.post(MODERATIONS, json=body)

    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["type"], error["param"]) == ("invalid_request_error", "input")


def test_openais_own_package_works_unchanged(consumer, served):
    """The package `openai` gets results through `base_url`, and its own exception."""
    found = consumer("ask_openai.py", "openai", served, "unused", ACCUSES, "Fine day.")

    assert found["flagged"] is True
    assert found["one"]["results"][0]["category_scores"]["accusation"] == 0.85
    assert [result["flagged"] for result in found["many"]["results"]] == [True, False]
    assert found["refused"]["type"] == "invalid_request_error"
