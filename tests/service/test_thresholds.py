"""Precision and recall at thresholds: of labelled pages, and of moderators' feedback."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from app.domain.feedback import Feedback
from app.domain.stance import Label
from app.errors import InputError
from app.service.labelled import read_labelled
from app.service.thresholds import Outcome, judge_feedback, judge_pages, tabulate

GIVEN = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
NOTHING = {"label": "comment", "certain": False}
ROW = {"actor": "v", "label": "support", "certain": True, "role": "perpetrator", "reported": False}


def labelled(**changes: object) -> bytes:
    """Return a labelled page of three comments as JSON."""
    comments = [
        {
            "id": "c1",
            "text": "Veltra Transit is behind this.",
            "reply_to": None,
            "reply_stance": None,
            "account_stance": NOTHING,
            "attributions": [ROW],
        },
        {
            "id": "c2",
            "text": "I agree.",
            "reply_to": "c1",
            "reply_stance": "support",
            "account_stance": NOTHING,
            "attributions": [ROW],
        },
        {
            "id": "c3",
            "text": "Harbour Union is behind it? No idea.",
            "reply_to": None,
            "reply_stance": None,
            "account_stance": {"label": "query", "certain": False},
            "attributions": [],
        },
    ]
    page = {
        "id": "x",
        "title": "Fire at the bus depot",
        "article": "Eleven buses burned at the depot.",
        "event": "eleven buses burned",
        "account": "Somebody burned eleven buses.",
        "actors": [{"id": "v", "name": "Veltra Transit", "aliases": []}],
        "comments": comments,
    }
    return json.dumps(page | changes).encode()


def test_a_row_counts_what_is_flagged_from_its_threshold_on():
    """Precision is of the flagged, recall of what holds; neither of nothing."""
    outcomes = [Outcome(0.9, holds=True), Outcome(0.85, holds=False), Outcome(0.3, holds=True)]

    rows = {row.threshold: row for row in tabulate(outcomes)}

    assert (rows[0.1].precision, rows[0.1].recall) == (2 / 3, 1.0)
    assert (rows[0.8].flagged, rows[0.8].right, rows[0.8].missed) == (2, 1, 1)
    assert (rows[0.8].precision, rows[0.8].recall) == (0.5, 0.5)
    assert rows[0.95].precision is None
    assert tabulate([])[0].recall is None


def test_labels_are_read_and_left_out_of_the_page():
    """The truth is that of the labels; the page goes in as a caller would send it."""
    read = read_labelled(labelled())

    assert [truth.accuses for truth in read.truths.values()] == [True, True, False]
    assert [truth.stance for truth in read.truths.values()] == [
        Label.COMMENT,
        Label.SUPPORT,
        Label.QUERY,
    ]
    assert (read.page.account, read.page.event, read.page.actors) == (None, None, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        labelled(comments=[{"id": "c1", "text": "x"}]),
        labelled(comments=[{"text": "x", "account_stance": {"label": "?"}, "attributions": []}]),
        labelled(comments=[{"text": "x", "account_stance": NOTHING, "attributions": [7]}]),
    ],
)
def test_pages_without_labels_are_refused(data):
    """What is no labelled page is an error of the input, not a crash."""
    with pytest.raises(InputError):
        read_labelled(data)


def test_comments_are_judged_on_their_page(service):
    """Agreement is known as an accusation by the page, and the stance is to the parent."""
    outcomes = judge_pages(service, [read_labelled(labelled())])

    assert [each.holds for each in outcomes["ACCUSATION"]] == [True, True, False]
    assert [each.probability > 0.5 for each in outcomes["ACCUSATION"]] == [True, True, False]
    assert outcomes["SUPPORT"][1] == Outcome(0.85, holds=True)
    assert "UNSUPPORTED_ACCUSATION" not in outcomes


def test_comments_can_be_judged_by_their_words_alone(service):
    """Without its page, agreement accuses nobody, and nothing is there to take a stance to."""
    outcomes = judge_pages(service, [read_labelled(labelled())], alone=True)

    assert set(outcomes) == {"ACCUSATION"}
    assert [each.probability > 0.5 for each in outcomes["ACCUSATION"]] == [True, False, False]


def test_feedback_is_judged_anew(service):
    """Each label is compared with what the model says of its text, under its parent."""
    service.feedback.add(
        [
            Feedback("Veltra Transit is behind this.", "ACCUSATION", 1.0, GIVEN),
            Feedback("Veltra Transit is behind this.", "ACCUSATION", 0.2, GIVEN),
            Feedback("I agree.", "SUPPORT", 1.0, GIVEN, parent="It was an accident."),
            Feedback("of another program", "TOXICITY", 1.0, GIVEN),
        ]
    )

    outcomes = judge_feedback(service, service.feedback.all())

    assert outcomes == {
        "ACCUSATION": [Outcome(0.85, holds=True), Outcome(0.85, holds=False)],
        "SUPPORT": [Outcome(0.85, holds=True)],
    }
