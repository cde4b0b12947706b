"""Pseudonyms: no author's name is stored, and one author stays one author."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from sqlalchemy import make_url

from app.domain.page import Article, Comment, Page
from app.service.pseudonyms import Pseudonyms

SECRET = "a secret of this installation"  # noqa: S105 - a test's
NAME = "Zwielichtzebra"


def page(*authors: str | None) -> Page:
    """Return a page with a comment of each author."""
    comments = (Comment(f"c{at}", f"Number {at}.", author) for at, author in enumerate(authors, 1))
    return Page(Article("Fire", "Buses burned.", author="Ann Writer"), tuple(comments))


@given(st.text(), st.text())
def test_one_author_has_one_pseudonym_and_two_have_two(one, other):
    """The same name is the same pseudonym, another name another; a pseudonym is its own."""
    pseudonyms = Pseudonyms(SECRET)
    hidden = pseudonyms.of_author(one)

    assert hidden == pseudonyms.of_author(one) == pseudonyms.of_author(hidden)
    assert (hidden == pseudonyms.of_author(other)) is (one.strip() == other.strip())
    assert hidden != Pseudonyms(SECRET + "!").of_author(one)


def test_nobody_takes_the_pseudonym_of_another():
    """A name in the form of a pseudonym that was not made here is a name like any other."""
    pseudonyms = Pseudonyms(SECRET)
    forged = pseudonyms.of_author("Ines")[:-1] + "2"
    forged = forged if forged != pseudonyms.of_author("Ines") else forged[:-1] + "3"

    assert pseudonyms.of_author(forged) != forged


def test_without_a_secret_nothing_changes():
    """Names stay where the operator did not choose otherwise, and nobody becomes somebody."""
    asked = page("Ines", None)

    assert Pseudonyms(None).of_page(asked) == asked
    hidden = Pseudonyms(SECRET).of_page(asked)
    assert hidden.comments[1].author is None
    assert hidden.article.author == "Ann Writer"


@pytest.fixture
def service(make_service):
    """Return a service that stores pseudonyms."""
    return make_service(pseudonym_secret=SecretStr(SECRET))


def test_no_name_reaches_the_database(service, settings):
    """By whatever way a page comes, the author's name is in no file of the database."""
    added = service.add_page(page(NAME, "Tom", NAME))
    mined = service.comments.add(added.id, [Comment("d1", "Once more.", NAME)])
    service.jobs.submit_page(page("Tom", NAME))

    authors = [each.comment.author for each in mined.comments]
    assert authors[0] == authors[2] == authors[3] != authors[1]
    folder = Path(make_url(settings.database_url).database).parent
    assert all(NAME.encode() not in file.read_bytes() for file in folder.iterdir())


def test_the_same_page_again_is_still_the_same_page(service):
    """What was sent before is found, whether it comes with names or as it was answered."""
    added = service.add_page(page(NAME, "Tom"))

    assert service.find_page(page(NAME, "Tom")).id == added.id
    assert not service.add_page(page(NAME, "Tom")).created
