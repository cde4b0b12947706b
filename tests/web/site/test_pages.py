"""The view of a page as the server writes it, which is what there is without scripts."""

from __future__ import annotations

from lxml import html

from tests.web.samples import page, page_of


def read(answer):
    """Return the answer as a tree of elements."""
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def all_of(tree, name: str) -> list:
    """Return the elements of a class, in the order of the page."""
    return tree.find_class(name)


def words_of(element) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def test_a_page_says_who_is_held_responsible(browser, mined):
    """The board has the hypotheses in the order of the contract, with strength and counts."""
    tree = read(browser.get(f"/pages/{mined}"))
    contract = browser.get(f"/v1/pages/{mined}").json()

    names = [words_of(each) for each in all_of(all_of(tree, "standings")[0], "name")]
    by_id = {actor["id"]: actor["name"] for actor in contract["actors"]}
    assert names == [by_id[each["actor"]] for each in contract["hypotheses"]]
    numbers = [words_of(each.find("b")) for each in all_of(tree, "number")]
    assert numbers == [f"{each['strength']:.2f}" for each in contract["hypotheses"]]


def test_evidence_is_marked_where_it_stands(browser, mined):
    """What carries a claim is marked in the comment's words, which stay whole."""
    tree = read(browser.get(f"/pages/{mined}"))
    comments = browser.get(f"/v1/pages/{mined}").json()["comments"]

    for shown, comment in zip(all_of(tree, "post"), comments, strict=True):
        assert all_of(shown, "words")[0].text_content() == comment["text"]
        marked = {words_of(each) for each in all_of(shown, "ev")}
        for row in comment["attributions"]:
            if row["inherited_from"] is None:
                assert any(each in row["evidence"]["text"] for each in marked)


def test_a_reply_stands_below_what_it_answers(browser, mined):
    """A given reply is moved in, leads to what it answers, and is not called inferred."""
    tree = read(browser.get(f"/pages/{mined}"))
    reply = tree.get_element_by_id("c-2")
    (answers,) = all_of(reply, "answers")

    assert reply.get("data-depth") == "1"
    assert answers.find("a").get("href") == "#c-1"
    assert "inferred" not in words_of(answers)


FILTERS = {
    "": [1, 2, 3],
    "?label=deny": [3],
    "?actor=harbour-union": [3],
    "?actor=veltra-transit&label=support": [1, 2],
    "?author=Tom": [2],
    "?certain=false&actor=harbour-union": [3],
    "?near=c1": [1, 2, 3],
    "?near=nobody": [],
    "?label=nonsense&actor=": [1, 2, 3],
}


def test_comments_are_filtered_without_scripts(browser, mined):
    """The address alone narrows what is shown, in thread and picture alike."""
    for query, numbers in FILTERS.items():
        tree = read(browser.get(f"/pages/{mined}{query}"))

        posts = [each for each in all_of(tree, "post") if each.get("hidden") is None]
        assert [int(each.get("data-i")) for each in posts] == numbers, query
        assert [int(each.get("data-i")) for each in all_of(tree, "dot")] == numbers, query
        spoken_of = {each.get("data-h") for each in all_of(tree, "line")}
        assert {each.get("data-h") for each in all_of(tree, "box")} == spoken_of, query


def test_lines_of_the_picture_are_the_claims(browser, mined):
    """Each claim is one line, blame and denial drawn differently without colour."""
    tree = read(browser.get(f"/pages/{mined}"))
    rows = [
        (at, row["label"])
        for at, comment in enumerate(browser.get(f"/v1/pages/{mined}").json()["comments"], 1)
        for row in comment["attributions"]
    ]

    lines = all_of(tree, "line")
    assert sorted((int(each.get("data-i")), each.get("class").split()[1]) for each in lines) == (
        sorted(rows)
    )
    dashed = {each.get("class").split()[1] for each in lines if each.get("stroke-dasharray")}
    assert dashed == {"deny"}


EXPORTS = {
    "page": b"{",
    "json": b"{",
    "aif": b"{",
    "xaif": b"{",
    "graphml": b"<",
    "dot": b"digraph",
    "argdown": b"",
    "csv": b"row",
    "convokit": b"PK",
    "html": b"<!doctype html>",
}


def test_every_export_comes_as_a_file(browser, mined):
    """Each form is to be had under a name of its own."""
    for name, begin in EXPORTS.items():
        answer = browser.get(f"/pages/{mined}/export/{name}")

        assert answer.status_code == 200, name
        assert answer.content.lstrip().startswith(begin), name
        assert f'filename="{mined}.' in answer.headers["content-disposition"], name
    assert browser.get(f"/pages/{mined}/export/pickle").status_code == 404


def test_the_picture_is_an_svg_of_its_own(browser, mined):
    """It is well-formed, and needs no style sheet."""
    answer = browser.get(f"/pages/{mined}/picture.svg")

    tree = html.etree.fromstring(answer.content)
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    assert answer.headers["content-type"] == "image/svg+xml"
    assert b"Ines" in answer.content


def test_a_comment_is_found_by_its_own_id(browser, mined):
    """Lists lead to a comment by its id, also where that has a slash."""
    odd = browser.post(
        "/v1/pages", json=page(comments=[{"id": "a/b?c", "text": "Veltra Transit did it."}])
    ).json()["id"]

    first = browser.get(f"/pages/{mined}/at/c3", follow_redirects=False)
    second = browser.get(f"/pages/{odd}/at/a%2Fb%3Fc", follow_redirects=False)

    assert first.headers["location"] == f"/pages/{mined}#c-3"
    assert second.headers["location"] == f"/pages/{odd}#c-1"


def test_what_is_not_there_is_said_on_a_page(browser):
    """An unknown page is a page that says so."""
    answer = browser.get("/pages/nothing")

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "There is no page" in answer.text


def test_deep_threads_are_no_trouble(browser):
    """Replies five hundred deep are written flat, moved in no further than there is room."""
    comments = [{"text": "Hm."}] + [{"text": "Hm.", "reply_to": f"c{at}"} for at in range(1, 500)]
    job = browser.post("/v1/pages", json=page(comments=comments)).json()["id"]
    browser.app.state.parts.service.jobs.run_next()

    tree = read(browser.get(f"/jobs/{job}"))  # leads on to the page
    assert len(all_of(tree, "post")) == 500
    assert {each.get("data-depth") for each in all_of(tree, "post")} == set("0123456")


def test_a_page_without_claims_or_comments_can_be_looked_at(browser):
    """Nothing to draw is no error."""
    for comments in ([], page_of(2)["comments"]):
        sent = browser.post("/v1/pages", json=page(comments=comments, actors=[])).json()
        tree = read(browser.get(f"/pages/{sent['id']}"))
        assert "takes a stance to anybody" in words_of(all_of(tree, "board")[0])


def test_a_comment_that_is_not_what_it_seems_says_so(browser):
    """Why its stances may be wrong stands beside its author; plain comments say nothing."""
    sent = {
        "title": "Fire",
        "article": "It burned.",
        "comments": [{"text": "The cоuncil did it."}, {"text": "The council did it."}],
    }
    stored = browser.post("/v1/pages", json=sent).json()["id"]
    tree = read(browser.get(f"/pages/{stored}"))

    first, second = (
        words_of(all_of(tree.get_element_by_id(f"c-{number}"), "by")[0]) for number in (1, 2)
    )
    assert "letters that look like others" in first
    assert "letters" not in second
