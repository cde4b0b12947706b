"""No caller can make the service open a connection, whatever address is in what is sent."""

from __future__ import annotations

import json
import socket
import time

import pytest

from tests.web.samples import page

JSON = "application/json"


@pytest.fixture
def listener():
    """Listen on a port of the loopback; nobody is expected to come."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)  # noqa: FBT003 - the function's only argument
        yield listening


def as_html(url: str) -> bytes:
    """Return a page that asks for an address in every way that markup has."""
    return (
        f'<!DOCTYPE html SYSTEM "{url}/dtd"><html><head><base href="{url}/">'
        f'<link rel="stylesheet" href="{url}/css"><link rel="canonical" href="{url}/canonical">'
        f'<link rel="amphtml" href="{url}/amp"><link rel="next" href="{url}/next">'
        f'<meta http-equiv="refresh" content="0; url={url}/refresh">'
        f'<meta property="og:url" content="{url}/og"><script src="{url}/js"></script></head><body>'
        f'<iframe src="{url}/frame"></iframe><img src="{url}/image">'
        f'<object data="{url}/object"></object><xi:include href="{url}/include"/>'
        '<ul><li id="comment-1" class="comment"><cite class="fn">Ines</cite>'
        f'<p><a href="{url}/link">Veltra Transit</a> did it.</p></li>'
        '<li id="comment-2" class="comment"><cite class="fn">Tom</cite><p>Exactly.</p></li></ul>'
    ).encode()


def as_wordpress(url: str) -> bytes:
    """Return an export whose document type and entities lie at an address."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{url}/dtd" [<!ENTITY far SYSTEM "{url}/e">'
        f'<!ENTITY % more SYSTEM "{url}/p">]>'
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>x &far;</title>'
        f"<link>{url}/post</link><wp:comment><wp:comment_id>1</wp:comment_id>"
        "<wp:comment_approved>1</wp:comment_approved>"
        "<wp:comment_content>Who? &far;</wp:comment_content></wp:comment></item></channel></rss>"
    ).encode()


def as_xaif(url: str) -> dict[str, object]:
    """Return a dialogue with an address wherever one could stand."""
    node = {"nodeID": "1", "text": f"{url}/node Veltra Transit did it.", "type": "L"}
    locution = {"nodeID": "1", "personID": "1", "source": f"{url}/source"}
    inside = {"nodes": [node], "edges": [], "locutions": [locution]}
    return {"AIF": inside, "text": {"txt": f"<img src={url}/text>"}, "ova": {"url": url}}


@pytest.fixture
def client(make_client):
    """Return a client of a service that runs jobs."""
    with make_client(runs_jobs=True) as client:
        yield client


def end_of(client, location: str) -> dict[str, object]:
    """Return a job when it is over."""
    for _ in range(2000):
        job = client.get(location).json()
        if job["state"] not in {"queued", "running"}:
            return job
        time.sleep(0.01)
    raise AssertionError("expected the job to end")


def test_an_address_in_what_is_sent_is_never_called(client, listener):
    """Pages, archives, dialogues and every protocol are sent with an address; nobody calls it."""
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    story = json.dumps({"url": f"{url}/story"})
    perspective = {
        "comment": {"text": f"{url}/comment Veltra Transit did it.", "type": "HTML"},
        "context": {"entries": [{"text": story}]},
        "requestedAttributes": {"ACCUSATION": {}},
    }
    sent = [
        client.post("/v1/pages", json=page(url=f"{url}/page", article=f"See {url}/article")),
        client.post(
            f"/v1/pages?url={url}/given",
            content=as_html(url),
            headers={"content-type": "text/html"},
        ),
        client.post("/v1/pages", content=f"{url}/text".encode(), headers={"content-type": JSON}),
        client.post("/v1/stance", json={"text": f"{url}/text", "targets": [f"{url}/target"]}),
        client.post("/v1/jobs", json={"archive": f"{url}/archive.xml"}),
        client.post("/v1alpha1/comments:analyze", json=perspective),
        client.post("/v1/moderations", json={"input": f"{url}/input"}),
        client.post(
            "/v1/moderations",
            json={"input": [{"type": "image_url", "image_url": {"url": f"{url}/image"}}]},
        ),
        client.post("/predict", json={"inputs": f"{url}/inputs"}),
        client.post(
            "/integrations/oamf", files={"file": ("a.json", json.dumps(as_xaif(url)).encode())}
        ),
    ]
    job = client.post("/v1/jobs", content=as_wordpress(url))
    assert end_of(client, job.headers["location"])["result"]["pages"] == 1
    assert {answer.status_code // 100 for answer in sent} == {2, 4}
    with pytest.raises(BlockingIOError):
        listener.accept()
