"""The OpenAPI document: every route of the contract, with examples that are true to it."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from app.web.api import examples, schemas
from app.web.api.listing import ClaimList, PageList
from app.web.api.stance import StanceIn, StancesOut
from tests.web.samples import page

ROUTES = {
    ("/v1/pages", "post"),
    ("/v1/pages", "get"),
    ("/v1/pages/{page_id}", "get"),
    ("/v1/pages/{page_id}", "delete"),
    ("/v1/pages/{page_id}/comments", "post"),
    ("/v1/pages/{page_id}/comments/{comment_id}", "delete"),
    ("/v1/pages/{page_id}/comments/{comment_id}", "patch"),
    ("/v1/pages/{page_id}/graph", "get"),
    ("/v1/pages/{page_id}/ranking", "get"),
    ("/v1/campaigns", "get"),
    ("/v1/campaigns/{campaign_id}", "get"),
    ("/v1/pages/{page_id}/decisions", "post"),
    ("/v1/decisions/{decision_id}/undo", "post"),
    ("/v1/decisions", "get"),
    ("/v1/attributions", "get"),
    ("/v1/attributions/counts", "get"),
    ("/v1/comments", "get"),
    ("/v1/stance", "post"),
    ("/v1/jobs", "post"),
    ("/v1/jobs/{job_id}", "get"),
    ("/v1/jobs/{job_id}/cancel", "post"),
    ("/v1/jobs/{job_id}/retry", "post"),
    ("/v1alpha1/comments:analyze", "post"),
    ("/v1alpha1/comments:suggestscore", "post"),
    ("/v1/moderations", "post"),
    ("/predict", "post"),
    ("/integrations/coral", "post"),
    ("/integrations/oamf", "get"),
    ("/integrations/oamf", "post"),
    ("/health", "get"),
    ("/ready", "get"),
    ("/metrics", "get"),
}


@pytest.fixture
def document(client):
    """Return the OpenAPI document."""
    return client.get("/openapi.json").json()


def test_every_route_is_described(document):
    """The routes of the contract are there and no others."""
    described = {(path, verb) for path, verbs in document["paths"].items() for verb in verbs}

    assert described == ROUTES


def test_every_answer_has_an_example(document):
    """Each answer with a body, good or bad, shows one."""
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            for status, answer in operation["responses"].items():
                for kind, content in answer.get("content", {}).items():
                    assert "example" in content or "examples" in content, (path, verb, status)
                    if status[0] in "45" and "4XX" not in operation["responses"]:
                        assert kind == "application/problem+json"


def test_every_reference_leads_somewhere(document):
    """Schemas that are referred to are there."""

    def references(value):
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for each in value.values():
                yield from references(each)
        elif isinstance(value, list):
            for each in value:
                yield from references(each)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


def test_bodies_are_described_in_every_kind(document):
    """The kinds of page that can be sent are listed, each with an example."""
    kinds = document["paths"]["/v1/pages"]["post"]["requestBody"]["content"]

    assert set(kinds) == {"application/json", "text/html", "text/plain"}


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (schemas.MinedPageOut, examples.MINED_PAGE),
        (schemas.PageIn, examples.PAGE_IN),
        (schemas.CommentsIn, examples.COMMENTS_IN),
        (schemas.GraphOut, examples.GRAPH),
        (StanceIn, examples.STANCE_IN),
        (StancesOut, examples.STANCES_OUT),
        (PageList, PageList.example()),
        (ClaimList, ClaimList.example()),
    ],
)
def test_examples_are_true_to_their_schemas(model, example):
    """An example validates, and says all that its schema does."""
    read = TypeAdapter(model).validate_python(example)

    assert read.model_dump(mode="json", by_alias=True, exclude_unset=True) == example


def test_answers_are_true_to_their_schemas(client):
    """What the routes really answer validates, without a field that the schema lacks."""
    mined = client.post("/v1/pages", json=page()).json()
    graph = client.get(f"/v1/pages/{mined['id']}/graph").json()

    for model, answer in ((schemas.MinedPageOut, mined), (schemas.GraphOut, graph)):
        read = model.model_validate(answer)
        assert set(read.model_dump(by_alias=True)) == set(answer)
    for node in graph["nodes"]:
        assert set(node) == set(schemas.GraphNodeOut.model_fields)


def test_examples_that_are_sent_are_accepted(client):
    """Each example of a page can be sent as it stands."""
    sent = [
        client.post("/v1/pages", json=examples.PAGE_IN),
        client.post(
            "/v1/pages",
            content=examples.PAGE_AS_TEXT.encode(),
            headers={"content-type": "text/plain"},
        ),
        client.post(
            "/v1/pages",
            content=examples.PAGE_AS_HTML.encode(),
            headers={"content-type": "text/html"},
        ),
    ]
    location = sent[0].headers["location"]
    sent.append(client.post(f"{location}/comments", json=examples.COMMENTS_IN))
    sent.append(client.post("/v1/stance", json=examples.STANCE_IN))

    assert [answer.status_code for answer in sent] == [201, 201, 201, 200, 200]
