"""The Perspective API: fields, errors and error types as its clients know them."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
import structlog
from sqlalchemy import make_url

from tests.fakes import FakeScorer
from tests.web.samples import page

ANALYZE = "/v1alpha1/comments:analyze"
SUGGEST = "/v1alpha1/comments:suggestscore"
SAID = "I saw the fire. Veltra Transit is behind this, surely."


def asked(*attributes: str, text: str = SAID, **more) -> dict:
    """Return a request for these attributes of a comment."""
    return {
        "comment": {"text": text},
        "requestedAttributes": {name: {} for name in attributes},
        **more,
    }


def test_an_accusation_is_scored_with_its_words(client):
    """The summary, the span in UTF-16 units, the languages and the token come as they should."""
    text = "😀😀 Well. Veltra Transit is behind this."
    answer = client.post(ANALYZE, json=asked("ACCUSATION", text=text, clientToken="t1")).json()

    score = answer["attributeScores"]["ACCUSATION"]
    assert score["summaryScore"] == {"value": 0.85, "type": "PROBABILITY"}
    (span,) = score["spanScores"]
    units = text.encode("utf-16-le")
    words = units[2 * span["begin"] : 2 * span["end"]].decode("utf-16-le")
    assert words == "Veltra Transit is behind this."
    assert span["score"] == {"value": pytest.approx(0.85, abs=0.15), "type": "PROBABILITY"}
    (reason,) = score["reasons"]
    assert (reason["actor"], reason["role"]) == ("Veltra Transit", "perpetrator")
    assert answer["languages"] == answer["detectedLanguages"] == ["en"]
    assert answer["clientToken"] == "t1"


def test_a_reason_makes_an_accusation_a_supported_one(client):
    """Who says why is no unsupported accuser, and the words that say why are shown."""
    text = "Veltra Transit is behind this, because they had the keys."
    bare = client.post(ANALYZE, json=asked("UNSUPPORTED_ACCUSATION")).json()
    given = client.post(ANALYZE, json=asked("UNSUPPORTED_ACCUSATION", text=text)).json()

    assert bare["attributeScores"]["UNSUPPORTED_ACCUSATION"]["summaryScore"]["value"] == 0.85
    score = given["attributeScores"]["UNSUPPORTED_ACCUSATION"]
    assert score["summaryScore"]["value"] == 0.0
    assert score["reasons"][0]["text"] == text


@pytest.mark.parametrize(
    ("text", "attribute"),
    [("Indeed, I agree.", "SUPPORT"), ("Nonsense.", "DENY"), ("Is it?", "QUERY")],
)
def test_stance_is_to_what_the_comment_answers(client, text, attribute):
    """With article and parent in the context, the stance is to the parent; without, to nothing."""
    context = {
        "articleAndParentComment": {
            "article": {"text": "Eleven buses burned at the depot on Sunday."},
            "parentComment": {"text": "Veltra Transit did it."},
        }
    }
    stances = ("SUPPORT", "DENY", "QUERY")
    with_context = client.post(ANALYZE, json=asked(*stances, text=text, context=context)).json()
    alone = client.post(ANALYZE, json=asked(*stances, text=text)).json()

    values = {
        name: score["summaryScore"]["value"]
        for name, score in with_context["attributeScores"].items()
    }
    assert max(values, key=values.__getitem__) == attribute
    assert values[attribute] == 0.85
    (span,) = with_context["attributeScores"][attribute]["spanScores"]
    assert (span["begin"], span["end"]) == (0, len(text))
    assert all(score["summaryScore"]["value"] == 0.0 for score in alone["attributeScores"].values())


def test_agreement_takes_over_what_the_parent_says(client):
    """The word "Exactly" below an accusation accuses, as it does on a page."""
    context = {"articleAndParentComment": {"parentComment": {"text": "Veltra Transit did it."}}}
    below, alone = (
        client.post(ANALYZE, json=asked("ACCUSATION", text="Exactly.", **told)).json()
        for told in ({"context": context}, {})
    )

    values = [
        own["attributeScores"]["ACCUSATION"]["summaryScore"]["value"] for own in (below, alone)
    ]
    assert values == [pytest.approx(0.85, abs=0.15), pytest.approx(0.0, abs=0.1)]


def test_the_story_that_coral_names_is_known_from_the_store(client):
    """An entry with the address of a stored page and a comment's id stands for their texts."""
    client.post("/v1/pages", json=page())
    entry = json.dumps({"url": page()["url"], "reply_to_id_Coral_comment_id": "c1"})
    context = {"entries": [{"text": entry}]}
    answer = client.post(
        ANALYZE, json=asked("ACCUSATION", "SUPPORT", text="Exactly.", context=context)
    )

    scores = answer.json()["attributeScores"]
    assert scores["SUPPORT"]["summaryScore"]["value"] == 0.85
    assert scores["ACCUSATION"]["reasons"][0]["actor"] == "Veltra Transit"


def test_html_is_read_without_its_markup(client):
    """Offsets are those of the HTML that was sent."""
    text = "<p>Hm.</p><p>Veltra Transit is <b>behind</b> this &amp; that.</p>"
    body = asked("ACCUSATION")
    body["comment"] = {"text": text, "type": "HTML"}
    score = client.post(ANALYZE, json=body).json()["attributeScores"]["ACCUSATION"]

    assert score["summaryScore"]["value"] == 0.85
    (span,) = score["spanScores"]
    assert "<b>behind</b>" in text[span["begin"] : span["end"]]


def test_scores_below_the_threshold_are_left_out(client):
    """An attribute that scores less than its threshold is not in the answer."""
    body = asked("ACCUSATION", "CERTAINTY", text="Nobody knows yet.")
    body["requestedAttributes"]["ACCUSATION"] = {"scoreThreshold": 0.5}

    assert set(client.post(ANALYZE, json=body).json()["attributeScores"]) == {"CERTAINTY"}


GERMAN = "Das war doch ganz bestimmt wieder die Hafenmiliz, wer soll es denn sonst gewesen sein?"
BOTH = {"entries": [{"text": "x"}], "articleAndParentComment": {"article": {"text": "x"}}}
REFUSED = {
    "no text": (asked("ACCUSATION", text=" "), "COMMENT_EMPTY", "Comment must be non-empty."),
    "no comment": ({"requestedAttributes": {"SUPPORT": {}}}, "COMMENT_EMPTY", None),
    "too much text": (
        asked("DENY", text="a" * 20_481),
        "COMMENT_TOO_LONG",
        "Comment text too long.",
    ),
    "no attributes": (asked(), "NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes"),
    "an attribute of Perspective's": (
        asked("TOXICITY", "ACCUSATION"),
        "INVALID_REQUEST",
        "Unknown requested attribute: TOXICITY",
    ),
    "German": (
        asked("ACCUSATION", text=GERMAN),
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        "Attribute ACCUSATION does not support request languages: de",
    ),
    "said to be French": (
        asked("DENY", languages=["fr"]),
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        "Attribute DENY does not support request languages: fr",
    ),
    "no words": (asked("QUERY", text="?!… 12"), "LANGUAGE_DETECTION_FAILED", None),
    "two contexts": (asked("QUERY", context=BOTH), "INVALID_REQUEST", None),
    "another score type": (
        {**asked(), "requestedAttributes": {"DENY": {"scoreType": "PERCENTILE"}}},
        "INVALID_REQUEST",
        "Requested score type PERCENTILE is not supported by attribute DENY",
    ),
    "another text type": (
        {**asked("DENY"), "comment": {"text": "x", "type": "PDF"}},
        "INVALID_REQUEST",
        "Unknown text type",
    ),
    "a list for an object": ({"comment": []}, "INVALID_REQUEST", None),
    "a context of words": (asked("DENY", context="x"), "INVALID_REQUEST", None),
    "entries of words": (asked("DENY", context={"entries": ["x"]}), "INVALID_REQUEST", None),
    "languages of numbers": (asked("DENY", languages=[1]), "INVALID_REQUEST", None),
    "a threshold of words": (
        {**asked(), "requestedAttributes": {"DENY": {"scoreThreshold": "x"}}},
        "INVALID_REQUEST",
        None,
    ),
}


@pytest.mark.parametrize(("body", "kind", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refusals_are_perspectives_own(client, body, kind, message):
    """Status, message and error type are those on which its clients branch."""
    answer = client.post(ANALYZE, json=body)

    error = answer.json()["error"]
    assert answer.status_code == error["code"] == 400
    assert error["status"] == "INVALID_ARGUMENT"
    assert error["details"][0]["errorType"] == kind
    if message is not None:
        assert error["message"] == message
    if kind == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE":
        details = error["details"][0]["languageNotSupportedByAttributeError"]
        assert details["attribute"] in body["requestedAttributes"]
        assert details["detectedLanguages"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 50_000])
def test_what_is_no_object_is_refused_in_its_form(client, body):
    """Bodies of nonsense get Perspective's error object too."""
    error = client.post(ANALYZE, content=body).json()["error"]

    assert (error["code"], error["details"][0]["errorType"]) == (400, "INVALID_REQUEST")


def test_unsupported_attributes_are_dropped_on_request(client):
    """`dropUnsupportedAttributes` turns the language error into an answer without scores."""
    body = asked("ACCUSATION", text=GERMAN, dropUnsupportedAttributes=True)
    answer = client.post(ANALYZE, json=body)

    assert (answer.status_code, answer.json()["attributeScores"]) == (200, {})


def test_texts_that_mean_something_to_programs_come_back_whole(client):
    """Half a surrogate pair, NUL and markup break nothing."""
    for text in (
        '"\\ud83d Veltra Transit did it."',
        '"\\u0000Veltra Transit did it."',
        '"<<<&#x110000;a"',
    ):
        body = b'{"comment":{"text":%s,"type":"HTML"},"requestedAttributes":{"ACCUSATION":{}}}'
        assert client.post(ANALYZE, content=body % text.encode()).status_code == 200


def test_feedback_is_stored_as_a_label(client):
    """What a moderator says of a comment is there for training, with all that stood around it."""
    body = {
        "comment": {"text": SAID},
        "context": {"articleAndParentComment": {"article": {"text": "Buses burned."}}},
        "attributeScores": {"ACCUSATION": {"summaryScore": {"value": 0}}},
        "communityId": "Coral:https://news.example",
        "clientToken": "comment:7",
    }
    answer = client.post(SUGGEST, json=body)

    assert answer.status_code == 200
    assert answer.json()["clientToken"] == "comment:7"
    (label,) = client.app.state.parts.service.feedback.all()
    assert (label.text, label.attribute, label.value) == (SAID, "ACCUSATION", 0.0)
    assert (label.article, label.token) == ("Buses burned.", "comment:7")


@pytest.mark.parametrize(
    "scores",
    [
        {},
        {"TOXICITY": {"summaryScore": {"value": 1}}},
        {"DENY": {}},
        {"DENY": {"summaryScore": {"value": 2}}},
    ],
)
def test_feedback_of_nonsense_is_refused(client, scores):
    """Feedback without a score, or of an attribute that is not served, leaves nothing."""
    answer = client.post(SUGGEST, json={"comment": {"text": SAID}, "attributeScores": scores})

    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"
    assert list(client.app.state.parts.service.feedback.all()) == []


@pytest.mark.parametrize("scorer", [FakeScorer(), FakeScorer(on_call=lambda: 1 / 0)])
def test_what_is_not_to_be_stored_leaves_no_trace(make_client, settings, caplog, scorer):
    """After a request with doNotStore its words are in no file of the database and in no log."""
    caplog.set_level(logging.DEBUG)
    lines: list[str] = []

    def keep(_logger, _name, event):
        lines.append(repr(event))
        raise structlog.DropEvent

    word = "Zwielichtzebra"
    body = asked("ACCUSATION", text=f"{word} Transit did it.", doNotStore=True, clientToken=word)
    with make_client(scorer, logger=structlog.wrap_logger(None, [keep])) as client:
        status = client.post(f"{ANALYZE}?key={word}", json=body).status_code

    assert status in {200, 500}
    assert lines
    own_log = " ".join(str(record.__dict__) for record in caplog.records if record.name != "httpx2")
    assert word not in " ".join(lines) + own_log
    folder = Path(make_url(settings.database_url).database).parent
    assert all(
        word.encode() not in file.read_bytes() for file in folder.iterdir() if file.is_file()
    )


def test_a_client_of_perspective_works_unchanged(consumer, served):
    """The package `perspective` gets scores, feedback through, and the error that it knows."""
    found = consumer("ask_perspective.py", "perspective", served, SAID, "Buses burned.")

    assert found["score"] == {"ACCUSATION": 0.85, "CERTAINTY": pytest.approx(0.85, abs=0.15)}
    assert found["analysis"]["clientToken"] == "t1"
    assert found["suggestion"]["clientToken"] == "t2"
    error = found["toxicity"]["error"]
    assert error["message"] == "Unknown requested attribute: TOXICITY"
