"""A page says side by side who somebody is; lists, callings-out and quarrels say nothing of it."""

import re

import pytest

from app.domain.page import Article, Comment, Page, Span
from app.domain.reading import ActorMention
from app.mining.actors import gather_actors
from app.mining.appositions import Sides, is_apposition
from app.mining.names import read_name


class MarkingTagger:
    """Marks the words it is given, as a tagger surely does."""

    def __init__(self, *marked: str) -> None:
        self._pattern = re.compile("|".join(map(re.escape, marked)))

    def tag_actors(self, texts):
        """Return every place of the words in each text."""
        return [
            tuple(ActorMention(Span(*own.span()), 0.9) for own in self._pattern.finditer(text))
            for text in texts
        ]


def actors_of(article: str, comment: str, *marked: str) -> set[frozenset[str]]:
    """Return the names of each actor of a page."""
    page = Page(Article(None, article), (Comment("c1", comment),))
    return {
        frozenset((actor.name, *actor.aliases))
        for actor in gather_actors(page, MarkingTagger(*marked))
    }


def are_one(one: str, between: str, other: str, behind: str, **sides) -> bool:
    """Return whether two names with these words between and behind are said to be one."""
    before = sides.pop("before", "")
    return is_apposition(Sides(before, between, behind, **sides), read_name(one), read_name(other))


@pytest.mark.parametrize(
    ("one", "between", "other", "behind"),
    [
        ("Ann Fell", ", a ", "postdoc", " who left"),
        ("Acme Homes", ", the ", "landlord", " whose pipes burst"),
        ("Meridian Capital", ", a ", "fund", " from the capital"),
        ("Alf Pruett", ", ", "landlord of the Drovers", ", who locked up"),
        ("Night guard", " ", "Danny Coyle", ", 23, let them in"),
        ("stepfather", " ", "Jake Mullins", " knew"),
        ("owner", ", ", "Craig Stone", ", who had not paid"),
        ("Dr Alasdair Pringle", ", ", "Keeper", " of Coins"),
        ("courier", ' "', "Claude", '", who moved'),
        ("Timo", " “", "Vexo", "” Raudsepp, asks"),
    ],
)
def test_who_somebody_is_stands_beside_the_name(one, between, other, behind):
    """Before and behind the name, with and without article, in quotation marks."""
    assert are_one(one, between, other, behind)


@pytest.mark.parametrize(
    ("one", "between", "other", "behind"),
    [
        ("Ann Fell", ", the ", "driver", " and the guard"),
        ("Ann Fell", ", ", "drivers", " of the bus"),
        ("landlord", ", ", "Acme Homes", " and the council denied it"),
        ("militia", ", ", "Zarqawi", ", Iran, or the cavalry"),
        ("absolve", " ", "Iran", " of it"),
        ("Simon Mann", ", ", "Mark Thatcher", ", 2004"),
        ("Acme", ", the ", "landlord", " was late"),
        ("Acme Homes", " (", "Labour", ") said"),
    ],
)
def test_a_list_or_a_sentence_goes_on(one, between, other, behind):
    """Two who merely stand beside each other are two."""
    assert not are_one(one, between, other, behind)


def test_an_office_is_its_holders_only_with_an_article_before():
    """In "the Director, Moira Sloane," both are one; "Mayor, Moira Sloane," may greet two."""
    names = ("Director", ", ", "Moira Sloane", ", denied it.")
    assert are_one(*names, before="keys held by the ")
    assert not are_one(*names, before="")


def test_whom_a_comment_calls_out_to_is_not_whom_it_speaks_of():
    """A comment tells Pete that "It was the landlord, Pete."; an article calls out to nobody."""
    names = ("landlord", ", ", "Pete", ".")
    assert are_one(*names)
    assert not are_one(*names, in_article=False)
    assert are_one("landlord", ", ", "Pete", ", who knew", in_article=False)


def test_the_part_of_a_description_is_not_the_whole():
    """In "The president of the union, Ann Fell, spoke" she is not the union."""
    names = ("union", ", ", "Ann Fell", ", spoke")
    assert are_one(*names, before="Its ")
    assert not are_one(*names, before="The president of the ")


def test_a_list_before_a_name_goes_on_with_it_unless_it_had_its_end():
    """Of "the mayor, the landlord, Acme Homes, …" all are others; behind "and" stands the last."""
    names = ("landlord", ", ", "Acme Homes", ", denied it")
    assert not are_one(*names, before=", the ", follows=True)
    assert are_one(*names, before=" and the ", follows=True)
    assert are_one(*names, before=". The ", follows=True)


def test_a_role_of_two_words_before_overlapping_names_joins_all():
    """The forms "night guard" and "guard Danny Coyle" overlap in the only place of both."""
    (names,) = actors_of(
        "Night guard Danny Coyle let them in. Coyle left.",
        "the night guard did it, Coyle",
        "guard Danny Coyle",
        "Night guard",
        "night guard",
        "Coyle",
    )
    assert {"guard Danny Coyle", "night guard", "Coyle"} <= names


def test_a_role_that_two_hold_is_neither():
    """With "postdoc Ann Fell" and "postdoc Jo Reed", who "the postdoc" is cannot be told."""
    found = actors_of(
        "It was found by postdoc Ann Fell. Later postdoc Jo Reed copied it.",
        "The postdoc did it. Ann Fell or Jo Reed?",
        "postdoc",
        "Ann Fell",
        "Jo Reed",
    )
    assert {frozenset({"the postdoc"}), frozenset({"Ann Fell", "postdoc Ann Fell"})} < found


@pytest.mark.parametrize(
    "text",
    [
        "It was a bloke called Sal Marsh. Sal Marsh has a van.",
        "The bloke called Sal Marsh had a van.",
        "Some bloke dubbed the Sal Marsh of Leeds. Sal Marsh has a van.",
        "The bloke, known as Sal Marsh, has a van.",
        "The bloke is called Sal Marsh and has a van.",
    ],
)
def test_who_is_called_something_has_that_name(text):
    """A described party and what it is called are one."""
    found = actors_of(text, "The bloke did it.", "bloke", "Sal Marsh")
    assert any({"bloke", "Sal Marsh"} <= names for names in found)


@pytest.mark.parametrize(
    "text",
    [
        "That night the bloke called Sal Marsh.",
        "Nobody knows who the bloke dubbed Sal Marsh.",
        "This is what every bloke called Sal Marsh.",
    ],
)
def test_whom_somebody_called_is_somebody_else(text):
    """Who calls, by telephone or names, is not who is called."""
    found = actors_of(text, "The bloke did it.", "bloke", "Sal Marsh")
    assert not any({"bloke", "Sal Marsh"} <= names for names in found)


def test_what_somebody_called_something_is_no_name():
    """That "the council called the driver's story a smear" gives nobody a second name."""
    found = actors_of(
        "Kigali called the governor's statement a smear.",
        "Kigali lies, the governor does not.",
        "Kigali",
        "governor",
    )
    assert not any({"Kigali", "governor"} <= names for names in found)
