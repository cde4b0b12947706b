"""The names that callers rely on, written out again so that none changes unseen."""

from __future__ import annotations

from tests.web.samples import page

STANCE = {"label", "certain", "probability", "probabilities"}
LABELS = {"support", "deny", "query", "comment"}


def test_a_mined_page_has_exactly_the_fields_of_the_contract(client):
    """Every object of a mined page has the contract's fields, no fewer and no more."""
    mined = client.post("/v1/pages", json=page()).json()

    assert list(mined) == [
        "id",
        "url",
        "title",
        "article",
        "published_at",
        "language",
        "event",
        "account",
        "actors",
        "comments",
        "hypotheses",
        "model",
        "mined_at",
    ]
    assert set(mined["model"]) == {"name", "revision"}
    assert mined["actors"]
    for actor in mined["actors"]:
        assert set(actor) == {"id", "name", "aliases", "mentions"}
        assert actor["mentions"]
        for mention in actor["mentions"]:
            assert set(mention) == {"in", "start", "end", "text"}
    assert mined["hypotheses"]
    for hypothesis in mined["hypotheses"]:
        assert set(hypothesis) == {
            "actor",
            "rank",
            "strength",
            "support",
            "deny",
            "query",
            "authors",
        }


def test_a_mined_comment_has_exactly_the_fields_of_the_contract(client):
    """Comments, stances and attributions have the contract's fields and values, and cautions."""
    mined = client.post("/v1/pages", json=page()).json()

    for comment in mined["comments"]:
        assert list(comment) == [
            "id",
            "author",
            "text",
            "created_at",
            "kind",
            "reply_to",
            "reply_link",
            "reply_stance",
            "account_stance",
            "attributions",
            "claimed_perpetrators",
            "cautions",
        ]
        for stance in (comment["account_stance"], comment["reply_stance"]):
            if stance is not None:
                assert set(stance) == STANCE
                assert set(stance["probabilities"]) == LABELS
                assert stance["label"] in LABELS
    rows = [row for comment in mined["comments"] for row in comment["attributions"]]
    assert rows
    for row in rows:
        assert set(row) == {
            "actor",
            "label",
            "certain",
            "role",
            "reported",
            "probability",
            "evidence",
            "inherited_from",
            "premises",
            "unsupported",
        }
        assert set(row["evidence"]) == {"start", "end", "text"}
        assert row["label"] in LABELS - {"comment"}


def test_offsets_are_those_of_the_text_beside_them(client):
    """Every mention and every evidence is found in its text at its offsets."""
    mined = client.post("/v1/pages", json=page()).json()

    texts = {comment["id"]: comment["text"] for comment in mined["comments"]}
    texts["article"] = mined["article"]
    for actor in mined["actors"]:
        for mention in actor["mentions"]:
            text = texts[mention["in"]]
            assert text[mention["start"] : mention["end"]] == mention["text"]
    for comment in mined["comments"]:
        for row in comment["attributions"]:
            evidence = row["evidence"]
            assert comment["text"][evidence["start"] : evidence["end"]] == evidence["text"]


def test_what_the_caller_gives_is_kept(client):
    """Ids, account, event, actors and replies are used as given."""
    sent = page(
        account="The depot was set on fire.",
        event="eleven buses burned",
        actors=[{"id": "vt", "name": "Veltra Transit", "aliases": ["Veltra"]}],
        comments=[
            {"id": "a", "text": "Veltra did it.", "created_at": "2025-03-02T10:00:00+01:00"},
            {"id": "b", "text": "Harbour Union did it.", "reply_to": "a"},
        ],
    )

    mined = client.post("/v1/pages", json=sent).json()

    assert mined["account"] == sent["account"]
    assert mined["event"] == sent["event"]
    assert [(a["id"], a["name"], a["aliases"]) for a in mined["actors"]] == [
        ("vt", "Veltra Transit", ["Veltra"])
    ]
    assert [c["id"] for c in mined["comments"]] == ["a", "b"]
    assert mined["comments"][1]["reply_to"] == "a"
    assert mined["comments"][1]["reply_link"] == "given"
    assert mined["comments"][0]["created_at"] == "2025-03-02T09:00:00Z"


def test_no_comments_is_a_page(client):
    """A page without comments is mined, and says nothing of anybody."""
    mined = client.post("/v1/pages", json=page(comments=[]))

    assert mined.status_code == 201
    assert mined.json()["comments"] == []
