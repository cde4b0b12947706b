"""The labelled pages that stand beside the recipe."""

from __future__ import annotations

import pytest

from app.domain.naming import NameFinder
from app.domain.stance import LABELS, ROLES, Label
from models.training.data import WRITTEN
from models.training.pages import page_examples, read_pages, split_pages

PAGES = read_pages(WRITTEN)
SIDES = (Label.SUPPORT, Label.DENY)


def test_all_of_them_train():
    """No page lands in a part that tunes or reports."""
    parts = split_pages(PAGES)

    assert len(parts[0]) == len(PAGES) > 0
    assert len({page["id"] for page in PAGES}) == len(PAGES)


def test_some_are_spared_for_what_is_fitted_to_answers():
    """A page is read by the weights or not, never both."""
    parts = split_pages(PAGES)
    read, unread = ({page["id"] for page in pages} for pages in (parts.read, parts.unread))

    assert not read & unread
    assert read | unread == {page["id"] for page in parts.training}
    assert (len(read), len(unread)) == (391, 104)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_labels_keep_the_rules(page):
    """Replies answer earlier comments, rows name actors of the page, queries have no role."""
    actors = {actor["id"] for actor in page["actors"]}
    earlier: set[str] = set()
    for comment in page["comments"]:
        answered = comment["reply_to"]
        assert answered is None or answered in earlier
        assert (answered is None) == (comment["reply_stance"] is None)
        assert answered is None or comment["reply_stance"] in LABELS
        account = comment["account_stance"]
        assert not account["certain"] or account["label"] in SIDES
        rows = comment["attributions"]
        assert {row["actor"] for row in rows} <= actors
        assert len({row["actor"] for row in rows}) == len(rows)
        for row in rows:
            assert row["label"] in (*SIDES, Label.QUERY)
            assert row["role"] in ROLES if row["label"] in SIDES else row["role"] is None
            assert row["label"] in SIDES or not row["certain"]
        earlier.add(comment["id"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_every_actor_is_named_somewhere(page):
    """An actor that no text names could not be found; and the page becomes examples."""
    names = {actor["id"]: (actor["name"], *actor["aliases"]) for actor in page["actors"]}
    texts = [page["title"], page["article"], *(own["text"] for own in page["comments"])]
    finder = NameFinder(names)

    assert {actor for text in texts for actor in finder.find(text)} == set(names)
    assert len(page_examples(page)) == len(page["comments"])
