"""Campaigns: texts that are copied are found across pages, and follow what happens to pages."""

from __future__ import annotations

import json

import pytest

from app.errors import InvalidRequest, NotFound
from app.service.campaigns import Campaigns
from app.storage.engine import open_engine

PLEA = "The mayor sold our harbour to his own cousin and everybody in this town knows about it."
OTHER = (
    "I worked there for eleven years and the sprinklers never once passed any inspection at all."
)
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def campaigns(service, database_url):
    """Return the campaigns of the service's database."""
    del service
    engine = open_engine(database_url)
    yield Campaigns(engine)
    engine.dispose()


@pytest.fixture
def add(service):
    """Return a function that stores a page of these comments and returns its id."""

    def add_page(*comments, title="A fire"):
        body = {
            "title": title,
            "article": "The depot burned.",
            "comments": [{"author": author, "text": text} for author, text in comments],
        }
        page = service.parse(json.dumps(body).encode(), content_type="application/json")
        return service.add_page(page).id

    return add_page


def found(campaigns, **narrowed):
    """Return (comments, pages, authors) of each campaign once all pages are compared."""
    assert campaigns.catch_up(None) == 0
    return [(each.comments, each.pages, each.authors) for each in campaigns.list(**narrowed).items]


@BOTH
def test_copies_are_found_across_pages(campaigns, add):
    """A text on two pages, changed a little, is one campaign with all of its comments."""
    first = add(("Ann", PLEA), ("Bob", "It burned."), ("Cy", PLEA + " Share!"))
    add(("ann", PLEA.upper()), ("Di", OTHER), title="Another fire")
    assert found(campaigns) == [(3, 2, 2)]

    (campaign,) = campaigns.list().items
    comments = campaigns.comments(campaign.id).items

    assert campaign.text == PLEA
    assert [each.author for each in comments] == ["Ann", "Cy", "ann"]
    assert comments[0].page_id == first


@BOTH
def test_deleted_comments_and_pages_leave_campaigns(service, campaigns, add):
    """What is deleted is in no campaign, and a text that is left alone is none."""
    first = add(("Ann", PLEA), ("Bob", OTHER), ("Cy", PLEA))
    second = add((None, PLEA), (None, PLEA), title="Another fire")
    assert found(campaigns) == [(4, 2, 4)]
    (campaign,) = campaigns.list().items

    service.comments.delete(first, "c1")
    assert found(campaigns) == [(3, 2, 3)]
    service.delete_page(second)
    assert found(campaigns) == []
    service.delete_page(first)
    assert found(campaigns) == []
    with pytest.raises(NotFound):
        campaigns.comments(campaign.id)


def test_added_comments_join(service, campaigns, add):
    """A page that grew is compared again."""
    page = add(("Ann", PLEA))
    assert found(campaigns) == []

    service.comments.add(page, b'{"comments": [{"author": "Bob", "text": "%s"}]}' % PLEA.encode())

    assert found(campaigns) == [(2, 1, 2)]


def test_campaigns_are_narrowed(campaigns, add):
    """By comments and by pages, so that what crosses pages can be told from what does not."""
    add(("Ann", PLEA), ("Bob", PLEA), ("Cy", OTHER), ("Di", OTHER), ("Ed", OTHER))
    add(("Flo", PLEA), title="Another fire")

    assert sorted(found(campaigns)) == [(3, 1, 3), (3, 2, 3)]
    assert found(campaigns, min_pages=2) == [(3, 2, 3)]
    assert found(campaigns, min_comments=4) == []


def test_short_and_empty_texts_make_no_campaign(campaigns, add):
    """Few words, or none, are alike by chance."""
    add(("Ann", "It was him."), ("Bob", "It was him."), ("Cy", "!!!"), ("Di", "???"))

    assert found(campaigns) == []


def test_pages_are_compared_some_at_a_time(campaigns, add):
    """Whoever compares a few learns how many are left, and goes on where it stopped."""
    for number in range(3):
        add(("Ann", PLEA), title=f"Fire {number}")

    assert campaigns.catch_up(2) == 1
    assert [each.comments for each in campaigns.list().items] == [2]
    assert campaigns.catch_up(2) == 0
    assert [each.comments for each in campaigns.list().items] == [3]


def test_lists_are_walked_by_cursor(campaigns, add):
    """Slice by slice, every campaign and every comment comes once."""
    add(*[(f"a{n}", text) for n in range(3) for text in (PLEA, OTHER)])
    campaigns.catch_up(None)

    first = campaigns.list(limit=1)
    second = campaigns.list(limit=1, cursor=first.next_cursor)
    some = campaigns.comments(first.items[0].id, limit=2)
    rest = campaigns.comments(first.items[0].id, limit=2, cursor=some.next_cursor)

    assert {each.text for each in (*first.items, *second.items)} == {PLEA, OTHER}
    assert second.next_cursor is None
    assert len({each.comment_id for each in (*some.items, *rest.items)}) == 3
    with pytest.raises(InvalidRequest):
        campaigns.list(cursor="broken")
