"""Adding and deleting comments of a stored page: ids, replies, and many callers at once."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

import pytest

from app.domain.page import Comment
from app.errors import Busy, InvalidPage, NotFound, PageTooLarge
from tests.fakes import FakeScorer
from tests.service.pages import body, page


@pytest.fixture
def page_id(service):
    """Return the id of a stored page with comments c1, c2 and c3."""
    return service.add_page(page()).id


def test_missing_ids_count_on(service, page_id):
    """Comments without ids get the numbers after the last one there."""
    mined = service.comments.add(
        page_id, body({"text": "Hm."}, {"id": "x", "text": "Hm."}, {"text": "Hm."})
    )

    assert list(mined.comment_by_id()) == ["c1", "c2", "c3", "c4", "x", "c5"]
    assert service.page(page_id) == mined


def test_numbers_of_deleted_comments_are_not_given_again(service, page_id):
    """A new comment does not take the number of one deleted before the last."""
    service.comments.delete(page_id, "c1")

    mined = service.comments.add(page_id, body({"text": "Hm."}))

    assert list(mined.comment_by_id()) == ["c2", "c3", "c4"]


def test_replies_may_lead_to_old_and_new(service, page_id):
    """A comment may answer one that is there, or one that comes with it."""
    mined = service.comments.add(
        page_id,
        body(
            {"id": "a", "text": "Agreed.", "reply_to": "c1"},
            {"id": "b", "text": "No.", "reply_to": "a"},
        ),
    )

    comments = mined.comment_by_id()
    assert comments["a"].comment.reply_to == "c1"
    assert comments["b"].comment.reply_to == "a"


@pytest.mark.parametrize(
    "comment",
    [
        Comment("c1", "Twice."),
        Comment("new", "To nothing.", reply_to="c99"),
        Comment("new", "To itself.", reply_to="new"),
    ],
)
def test_contradictions_are_refused_and_change_nothing(service, page_id, comment):
    """An id that is there, or a reply that leads nowhere or back, leaves the page as it was."""
    before = service.page(page_id)

    with pytest.raises(InvalidPage):
        service.comments.add(page_id, [comment])
    assert service.page(page_id) == before


def test_only_new_comments_are_read(make_service):
    """Adding one comment does not read the others again."""
    scorer = FakeScorer()
    service = make_service(scorer)
    page_id = service.add_page(page()).id
    scorer.readings.clear()

    service.comments.add(page_id, body({"text": "Veltra Transit did it."}))

    texts = [reading.text for reading in scorer.readings]
    assert "Veltra Transit did it." in texts
    assert "Not Veltra Transit. Maybe Harbour Union did it." not in texts


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_additions_at_once_lose_nothing(make_service):
    """Callers who add to one page at the same time all find their comments there."""
    services = [make_service() for _ in range(4)]
    page_id = services[0].add_page(page()).id
    refused: list[Exception] = []

    def add(each) -> None:
        for _ in range(3):
            try:
                each.comments.add(page_id, body({"author": "Kim", "text": "Harbour Union did it."}))
            except Busy as error:
                refused.append(error)

    threads = [Thread(target=add, args=(each,)) for each in services]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    comments = services[0].page(page_id).comment_by_id()
    assert len(comments) == 3 + 12 - len(refused)
    assert len(refused) < 12
    assert list(comments) == [f"c{n}" for n in range(1, len(comments) + 1)]


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_endless_changes_by_others_are_given_up(make_service):
    """A change that others always forestall ends in Busy, not in an endless loop."""
    other = make_service()
    page_id = other.add_page(page()).id

    def forestall() -> None:
        other.comments.add(page_id, body({"text": "Hm."}))

    service = make_service(FakeScorer(on_call=forestall))

    with pytest.raises(Busy) as refused:
        service.comments.add(page_id, body({"text": "Veltra Transit did it."}))
    assert refused.value.retry_after_s > 0


def test_limit_counts_old_and_new(make_service):
    """A page may not grow past the limit by additions."""
    service = make_service(max_comments=4)
    page_id = service.add_page(page()).id
    service.comments.add(page_id, body({"text": "Hm."}))

    with pytest.raises(PageTooLarge):
        service.comments.add(page_id, body({"text": "Hm."}))


def test_deleted_comment_is_gone(service, page_id):
    """A deleted comment is out of the page, and its author out of the ranking."""
    mined = service.comments.delete(page_id, "c3")

    assert list(service.page(page_id).comment_by_id()) == ["c1", "c2"]
    assert service.page(page_id) == mined
    assert all(node.ref != "c3" for node in service.graph(page_id).nodes)


def test_changes_end_where_the_whole_page_ends(make_service):
    """A page that grew, shrank and was edited is the page of what stands on it then."""
    service = make_service()
    page_id = service.add_page(page()).id
    service.comments.add(page_id, body({"text": "Gold League did it. Gold League!"}))
    service.comments.edit(page_id, "c1", "Harbour Union is behind this.")

    mined = service.comments.delete(page_id, "c3")

    whole = service.mine(
        page(
            comments=[
                {"id": "c1", "author": "Ines", "text": "Harbour Union is behind this."},
                {"id": "c2", "author": "Tom", "text": "Exactly.", "reply_to": "c1"},
                {"id": "c4", "text": "Gold League did it. Gold League!"},
            ]
        )
    )
    assert replace(mined, mined_at=whole.mined_at) == whole
    assert service.page(page_id) == mined


def test_given_actors_stay_given(make_service):
    """Nobody else is weighed on a page whose caller named the actors, whoever is named later."""
    service = make_service()
    page_id = service.add_page(page(actors=[{"id": "vt", "name": "Veltra Transit"}])).id

    mined = service.comments.add(page_id, body({"text": "Gold League did it. Gold League!"}))

    assert [actor.id for actor in mined.actors] == ["vt"]


def test_an_edit_reads_the_comment_and_what_answers_it(make_service):
    """Of three comments an edit reads the one that it changes and its reply."""
    scorer = FakeScorer()
    service = make_service(scorer)
    page_id = service.add_page(page()).id
    scorer.readings.clear()

    service.comments.edit(page_id, "c1", "Veltra Transit did it, I think.")

    texts = {reading.text for reading in scorer.readings}
    assert texts == {"Veltra Transit did it, I think.", "Exactly."}


def test_what_is_not_there_is_not_found(service, page_id):
    """Unknown pages and comments are said to be unknown."""
    with pytest.raises(NotFound):
        service.comments.delete(page_id, "c99")
    with pytest.raises(NotFound):
        service.comments.edit(page_id, "c99", "Hm.")
    with pytest.raises(NotFound):
        service.comments.delete("pnone", "c1")
    with pytest.raises(NotFound):
        service.comments.add("pnone", body({"text": "Hm."}))
    with pytest.raises(NotFound):
        service.delete_page("pnone")
