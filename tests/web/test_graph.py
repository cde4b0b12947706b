"""The route of graphs: every form, its type and name, and what it could not hold."""

from __future__ import annotations

import json

import pytest

from app.exchange.argdown_reader import read_argdown
from app.exchange.convokit_reader import read_convokit
from app.exchange.csv_table import read_csv
from app.exchange.dot_reader import read_dot
from app.exchange.forms import TRAITS, Form
from app.exchange.graph_reader import read_graph
from app.exchange.graphml_reader import read_graphml
from app.exchange.xaif_reader import read_xaif
from tests.web.samples import page


@pytest.fixture
def location(client):
    """Return where a page's graph stands."""
    return client.post("/v1/pages", json=page()).headers["location"] + "/graph"


def test_forms_that_hold_all_hold_the_same(client, location):
    """JSON, AIF, xAIF, DOT, GraphML and CSV all give the same graph, and report no loss."""
    graph = read_graph(client.get(location).json())

    answers = {
        form: client.get(location, params={"format": form})
        for form in ("aif", "xaif", "dot", "graphml", "csv")
    }

    assert graph.nodes
    assert {answer.headers["fingerpost-losses"] for answer in answers.values()} == {"0"}
    assert read_xaif(answers["aif"].json()).graph == graph
    assert read_xaif(answers["xaif"].json()).graph == graph
    assert read_dot(answers["dot"].content) == graph
    assert read_graphml(answers["graphml"].content) == graph
    assert read_csv(answers["csv"].content) == graph


def test_convokit_holds_the_page(client, location):
    """The corpus is a zip with the mined page under its id."""
    answer = client.get(location, params={"format": "convokit"})

    ((page_id, mined),) = read_convokit(answer.content)
    assert location == f"/v1/pages/{page_id}/graph"
    assert [each.comment.id for each in mined.comments] == ["c1", "c2", "c3"]
    assert mined.comments[0].attributions


@pytest.mark.parametrize("form", list(Form))
def test_each_form_has_its_type_and_name(client, location, form):
    """Each form comes with its media type, and as a file unless it is JSON."""
    answer = client.get(location, params={"format": form.value})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == TRAITS[form].media_type
    name = f"{location.split('/')[3]}.{TRAITS[form].suffix}"
    disposition = answer.headers.get("content-disposition")
    assert disposition == (
        None if "json" in answer.headers["content-type"] else f'attachment; filename="{name}"'
    )


def test_what_a_form_cannot_hold_is_listed(client, location):
    """Argdown counts its losses in a header and lists them, with places that are nodes."""
    counted = client.get(location, params={"format": "argdown"})
    listed = client.get(location, params={"format": "argdown", "losses": "true"}).json()
    nodes = {node["id"] for node in client.get(location).json()["nodes"]}

    assert read_argdown(counted.content).nodes
    assert int(counted.headers["fingerpost-losses"]) == len(listed["losses"]) > 0
    assert listed["format"] == "argdown"
    for loss in listed["losses"]:
        assert set(loss) == {"what", "count", "places"}
        assert loss["count"] >= len(loss["places"]) > 0
        assert set(loss["places"]) <= nodes


@pytest.mark.parametrize("form", ["json", "aif", "xaif", "dot", "graphml", "csv", "convokit"])
def test_forms_that_hold_all_list_no_loss(client, location, form):
    """Asked what got lost, the forms that hold everything say nothing did."""
    answer = client.get(location, params={"format": form, "losses": "true"})

    assert answer.json() == {"format": form, "losses": []}


def test_markup_stays_text_in_every_form(client):
    """A comment full of signs is the same comment after it went through any form."""
    text = '</node><b> "];x[ {a: 1} [c1]: =1+1 \\ Veltra Transit is behind this.'
    sent = page(comments=[{"id": '"/><x', "author": "=1", "text": text}])
    location = client.post("/v1/pages", json=sent).headers["location"] + "/graph"
    graph = read_graph(client.get(location).json())

    for form, read in (("dot", read_dot), ("graphml", read_graphml), ("csv", read_csv)):
        assert read(client.get(location, params={"format": form}).content) == graph
    claims = read_argdown(client.get(location, params={"format": "argdown"}).content).nodes
    assert text in {node.text for node in claims}


@pytest.mark.parametrize("query", ["format=dot", "format=convokit", "format=csv&losses=true"])
def test_a_page_that_is_not_there_is_a_problem(client, query):
    """No form is made of nothing."""
    answer = client.get(f"/v1/pages/nobody/graph?{query}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_form_names_those_there_are(client, location):
    """Asked for a form that is not offered, the problem says which are."""
    answer = client.get(location, params={"format": "xyz"})

    assert answer.status_code == 422
    for form in Form:
        assert f"'{form.value}'" in answer.json()["detail"]


def test_a_graph_in_json_is_compact_utf8(client):
    """Letters are not escaped, as in every answer."""
    location = client.post("/v1/pages", json=page()).headers["location"] + "/graph"

    assert "Åsa" in client.get(location).text
    assert json.loads(client.get(location, params={"format": "xaif"}).text)["dialog"] is True
