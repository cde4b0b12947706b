"""Every error as a problem document."""

from __future__ import annotations

import inspect

import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient

from app import errors
from app.web.problems import STATUSES, install_handlers, kind_of, status_of

RAISED = [
    (errors.UnsupportedContent("no"), 415),
    (errors.UnreadablePage("no"), 400),
    (errors.PageTooLarge("no"), 413),
    (errors.NoCommentsFound("no"), 422),
    (errors.InvalidPage("no"), 422),
    (errors.InvalidRequest("no"), 422),
    (errors.InputError("no"), 400),
    (errors.NotFound("no"), 404),
    (errors.PageChanged("no"), 409),
    (errors.Busy("no", retry_after_s=7), 429),
    (errors.ModelUnusable("no"), 503),
    (errors.StorageUnusable("no"), 503),
]

OURS_TO_MEND = {errors.FingerpostError, errors.IllegalGraph, errors.ConfigInvalid}


def answer_to(error: Exception):
    """Return the answer of a route that raises the error."""
    app = FastAPI()
    install_handlers(app)

    @app.get("/raise")
    async def fail() -> None:
        raise error

    return TestClient(app).get("/raise")


@pytest.mark.parametrize(("error", "status"), RAISED, ids=lambda value: type(value).__name__)
def test_an_error_becomes_a_problem_document(error, status):
    """Each error has its status, its own type, and its message as the detail."""
    answer = answer_to(error)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "detail", "instance"}
    assert answer.json()["type"].startswith("urn:fingerpost:problem:")
    assert answer.json()["status"] == status
    assert answer.json()["detail"] == "no"
    assert answer.json()["instance"] == "/raise"


def test_busy_says_when_to_come_back():
    """The wait that the queue estimates is sent as Retry-After."""
    answer = answer_to(errors.Busy("full", retry_after_s=7))

    assert answer.headers["retry-after"] == "7"


def test_every_error_of_the_tree_has_a_status_or_is_ours():
    """No class of error is forgotten in the table."""
    tree = {
        cls
        for _, cls in inspect.getmembers(errors, inspect.isclass)
        if issubclass(cls, errors.FingerpostError)
    }

    assert {cls for cls in tree if status_of(cls) is None} == OURS_TO_MEND


def test_kinds_are_told_apart():
    """Every class in the table has a type and a title of its own."""
    kinds = [kind_of(cls) for cls in STATUSES]

    assert len({uri for uri, _ in kinds}) == len(kinds)
    assert kind_of(errors.PageTooLarge) == (
        "urn:fingerpost:problem:page-too-large",
        "The page is larger than a stated limit.",
    )


def test_whoever_left_gets_nothing():
    """A client who hung up is no error of ours."""
    assert answer_to(ClientDisconnect()).content == b""


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/pages/nobody", 404),
        ("GET", "/v1/pages/nobody/graph", 404),
        ("GET", "/v1/jobs/nobody", 404),
        ("DELETE", "/v1/pages/nobody/comments/c1", 404),
        ("GET", "/v1/pages/", 404),
        ("PUT", "/v1/pages", 405),
        ("POST", "/health", 405),
        ("GET", "/v1/pages?limit=0", 422),
        ("GET", "/v1/pages?limit=x", 422),
        ("GET", "/v1/pages?limit=201", 422),
        ("GET", "/v1/pages?cursor=bad", 422),
        ("GET", "/v1/pages?text=%00", 422),
        ("GET", "/v1/pages/%00", 422),
        ("GET", "/v1/attributions?label=maybe", 422),
        ("GET", "/v1/attributions?certain=maybe", 422),
        ("GET", "/v1/attributions?since=yesterday", 422),
        ("GET", "/v1/attributions?since=0.5", 422),
        ("GET", "/v1/attributions?cursor=%FF%FE", 422),
        ("POST", "/v1/pages?url=javascript:alert(1)", 422),
        ("POST", "/v1/pages?wait=perhaps", 422),
        ("GET", "/docs", 404),
    ],
)
def test_routes_answer_with_problem_documents(client, method, path, status):
    """Whatever is wrong with a request, the answer is a problem document."""
    answer = client.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_wrong_method_names_the_right_ones(client):
    """405 comes with Allow, which has the methods of every route of the path."""
    assert client.post("/health").headers["allow"] == "GET"
    assert client.put("/v1/pages").headers["allow"] == "GET, POST"
    assert client.put("/v1/pages/x/comments/y/z").headers["allow"] == "PATCH, DELETE"


def test_a_wrong_parameter_is_named_and_not_repeated(client):
    """Validation names the field and what was expected, never what was sent."""
    answer = client.get("/v1/pages?limit=sesame")

    assert answer.json()["errors"][0]["field"] == "query.limit"
    assert "sesame" not in answer.text


@pytest.mark.parametrize("odd", ["..%2F..%2Fetc", "p'%20OR%201=1--", "%F0%9F%94%A5", "a" * 5000])
def test_ids_of_odd_characters_are_just_unknown(client, odd):
    """Whatever stands where an id should is looked up and not found."""
    for path in (f"/v1/pages/{odd}", f"/v1/jobs/{odd}", f"/v1/pages/p1/comments/{odd}"):
        method = "DELETE" if "comments" in path else "GET"
        assert client.request(method, path).status_code == 404
