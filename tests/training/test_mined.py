"""Training pages under the actors that mining finds."""

from __future__ import annotations

from app.domain.stance import LABELS, Label
from models.training.examples import UNKNOWN
from models.training.mined import as_mined, match
from models.training.pages import page_examples

FOUND = [
    ["Veltra Transit"],
    ["the depot"],
    ["Veltra"],
    ["the Union"],
]
PAGE = {
    "id": "x-fire",
    "title": "Fire at the depot",
    "article": "Eleven buses burned.",
    "account": "A fire burned eleven buses.",
    "event": "the fire",
    "actors": [
        {"id": "veltra", "name": "Veltra Transit", "aliases": ["the company"]},
        {"id": "union", "name": "Harbour Union", "aliases": ["the union"]},
        {"id": "boys", "name": "some boys", "aliases": []},
    ],
    "comments": [
        {
            "id": "c1",
            "author": "a",
            "text": "Veltra saved on wiring, the company did it. And some boys.",
            "reply_to": None,
            "reply_stance": None,
            "account_stance": {"label": "comment"},
            "attributions": [
                {"actor": "veltra", "label": "support", "certain": True, "role": "perpetrator"},
                {"actor": "boys", "label": "query"},
            ],
        },
        {
            "id": "c2",
            "author": "b",
            "text": "No, they did not.",
            "reply_to": "c1",
            "reply_stance": "deny",
            "account_stance": {"label": "comment"},
            "attributions": [{"actor": "veltra", "label": "deny", "certain": True}],
        },
    ],
}


def test_found_actors_are_matched_by_equal_names_then_by_parts():
    """As the scorer of threads matches them; whoever fits nobody is nobody's."""
    assert match(PAGE, FOUND) == ["veltra", None, "veltra", "union"]


def test_labels_go_to_the_found_actor_that_the_comment_names():
    """To the likeliest where it names none, and what its double's would be is left open."""
    rows = [
        {row["actor"]: row["label"] for row in comment["attributions"]}
        for comment in as_mined(PAGE, FOUND)["comments"]
    ]

    assert rows == [
        {"found-0": None, "found-2": "support"},
        {"found-0": "deny", "found-2": None},
    ]


def test_a_passer_by_is_a_comment_and_an_open_label_is_unknown():
    """What mining found and nobody weighs is learnt to be left alone."""
    first, _ = page_examples(as_mined(PAGE, FOUND))

    told = {
        query.target.actor: gold.label
        for query, gold in zip(first.reading.queries, first.golds, strict=True)
    }
    assert told["found-1"] == told["found-3"] == LABELS.index(Label.COMMENT)
    assert told["found-2"] == LABELS.index(Label.SUPPORT)
    assert told["found-0"] == UNKNOWN
