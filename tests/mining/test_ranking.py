"""Whoever the page points at ranks before what only stands in it."""

import pytest

from app.domain.page import Article, Comment, Page, Span
from app.domain.reading import ActorMention
from app.mining.actors import gather_actors


class NameTagger:
    """Marks the given names with their probabilities wherever they stand."""

    def __init__(self, **probabilities):
        self._probabilities = probabilities

    def tag_actors(self, texts):
        """Return the marks of each text."""
        return [
            tuple(
                ActorMention(Span(text.index(name), text.index(name) + len(name)), probability)
                for name, probability in self._probabilities.items()
                if name in text
            )
            for text in texts
        ]


def ranked(tagger: NameTagger, article: str, *comments: str) -> list[str]:
    """Return the actors' names in their order."""
    rows = tuple(Comment(f"c{at}", text) for at, text in enumerate(comments))
    return [actor.name for actor in gather_actors(Page(Article(None, article), rows), tagger)]


@pytest.mark.parametrize("comment", ["It was blamed on that, by Zorbl.", "Zorbl knew of it."])
def test_who_is_blamed_or_acts_needs_fewer_marks(comment):
    """A doubtful mark is enough where the words around it point at the name."""
    assert ranked(NameTagger(Zorbl=0.35), "Quiet.", comment) == ["Zorbl"]
    assert ranked(NameTagger(Zorbl=0.35), "Quiet.", "Some Zorbl.") == []


def test_a_place_and_a_thing_need_more():
    """What stands behind "in", or is a common noun for no one, falls below a name marked alike."""
    tagger = NameTagger(Tessmar=0.32, Zorbl=0.32, petrol=0.32, militia=0.32)
    article = "In Tessmar one smelt petrol, then the militia, then Zorbl."
    assert set(ranked(tagger, article)) == {"Zorbl", "the militia"}


def test_names_add_up_over_comments():
    """Doubtful marks in several comments make an actor; the same in one comment do not."""
    assert ranked(NameTagger(Zorbl=0.3), "Quiet.", "Zorbl?", "Zorbl.", "Oh, Zorbl") == ["Zorbl"]
    assert ranked(NameTagger(Zorbl=0.3), "Quiet.", "Zorbl? Zorbl. Oh, Zorbl") == []


def test_parts_of_a_name_are_said_alone():
    """A surname that no mark covers names its bearer; a word that the page uses otherwise not."""
    page = Page(
        Article(None, "Police seek Dennis Kettle and Alf Stone."),
        (Comment("c1", "kettle on, it was Kettle"), Comment("c2", "Stone did it. Dennis knew.")),
    )
    actors = gather_actors(page, NameTagger(**{"Dennis Kettle": 0.9, "Alf Stone": 0.9}))
    assert {actor.name: set(actor.aliases) for actor in actors} == {
        "Dennis Kettle": {"Dennis"},
        "Alf Stone": {"Stone"},
    }


def test_a_pair_names_two():
    """Two names joined by a hyphen are two actors, where each is marked elsewhere."""
    tagger = NameTagger(**{"Zorbl-Grey Wolves": 0.9, "Zorbl": 0.9, "Grey Wolves": 0.9})
    article = "It was Zorbl or the Grey Wolves."
    assert set(ranked(tagger, article, "a joint Zorbl-Grey Wolves raid")) == {
        "Zorbl",
        "Grey Wolves",
    }
