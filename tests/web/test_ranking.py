"""Explained rankings and campaigns over HTTP."""

from __future__ import annotations

import pytest

from app.web.api.campaigns import CampaignList, MemberList
from app.web.api.ranking import RankingOut
from tests.web.samples import page

PLEA = "The mayor sold our harbour to his own cousin and everybody in this town knows about it."


@pytest.fixture
def page_id(client):
    """Return the id of a stored page, on which a text is copied."""
    copies = [{"author": name, "text": PLEA} for name in ("Flo", "Gus", "Hal")]
    sent = page()
    return client.post("/v1/pages", json={**sent, "comments": [*sent["comments"], *copies]}).json()[
        "id"
    ]


@pytest.mark.parametrize("by", ["strength", "counts", "df_quad", "quadratic_energy"])
def test_a_ranking_is_explained_in_any_order(client, page_id, by):
    """Each hypothesis of the page comes with its reasons, true to the schema."""
    answer = client.get(f"/v1/pages/{page_id}/ranking", params={"by": by})

    assert answer.status_code == 200
    assert RankingOut.model_validate(answer.json()).model_dump(mode="json") == answer.json()
    known = client.get(f"/v1/pages/{page_id}").json()["hypotheses"]
    told = {each["actor"]: each["strength"] for each in answer.json()["hypotheses"]}
    assert told == {each["actor"]: each["strength"] for each in known}


def test_campaigns_come_with_their_comments(client, page_id):
    """A text in three comments is listed, and leads to them."""
    listed = client.get("/v1/campaigns").json()
    (campaign,) = listed["items"]
    members = client.get(f"/v1/campaigns/{campaign['id']}", params={"limit": 2}).json()

    assert CampaignList.model_validate(listed).model_dump(mode="json") == listed
    assert MemberList.model_validate(members).model_dump(mode="json") == members
    assert (campaign["comments"], campaign["pages"], campaign["authors"]) == (3, 1, 3)
    assert [each["comment"]["author"] for each in members["items"]] == ["Flo", "Gus"]
    assert members["items"][0]["page"]["id"] == page_id
    assert members["next_cursor"]
    assert listed["behind"] == 0


@pytest.mark.parametrize("model", [RankingOut, CampaignList, MemberList])
def test_examples_are_true_to_their_schemas(model):
    """The examples of these routes validate and say all that their schemas do."""
    assert model.model_validate(model.example()).model_dump(mode="json") == model.example()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/pages/pnone/ranking", 404),
        ("/v1/campaigns/gnone", 404),
        ("/v1/campaigns?min_comments=1", 422),
        ("/v1/campaigns?cursor=broken", 422),
        ("/v1/pages/pnone/ranking?by=votes", 422),
    ],
)
def test_what_is_not_there_or_wrong_is_told(client, path, status):
    """Unknown ids and values out of range are answered with a problem."""
    answer = client.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
