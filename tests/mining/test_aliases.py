"""Names are gathered where they mean one actor, and never because they share a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mining.aliases import Gloss, group_names
from app.mining.names import read_name
from app.mining.states import StateNames


def groups_of(*texts: str, glosses=()) -> set[frozenset[str]]:
    """Return the groups that the names fall into."""
    names = [name for name in map(read_name, texts) if name is not None]
    groups = group_names(names, StateNames(), glosses)
    return {frozenset(names[place].text for place in group) for group in groups}


@pytest.mark.parametrize(
    "texts",
    [
        ("al Qaeda in Iraq", "AQI", "Al-Qaeda", "Qaeda", "al-Qaida"),
        ("Ministry of Defence", "MoD", "the ministry"),
        ("BrightField Events", "BFE", "Bright Field"),
        ("Qods Force", "Quds Force", "Quds"),
        ("Hezbollah", "Hizbullah"),
        ("Jundallah", "Jondollah"),
        ("Ruud Hagemans", "Hagemans", "Hagermans"),
        ("Iranian-backed Special Groups", "Special Groups", "Special Groups terror cells"),
        ("the chief of police in Tessmar", "the police chief", "the chief"),
        ("Mayor Lisa Kozlow", "Kozlow", "Lisa", "the mayor"),
        ("stepfather Jake Mullins", "Jake", "Mullins", "stepfather"),
        ("Halcott Paints", "Halcott", "Halcotts"),
        ("the Sabaya militia", "Sabaya"),
        ("Iran", "Iranians", "the Iranian", "Tehran"),
        ("United States", "US", "U.S.", "the Americans"),
        ("Kembala", "Kembalan"),
        ("Houthis", "Houthi"),
        ("the contractor", "contractors", "the migration contractor"),
        ("PlumViper", "Plum Viper", "Plum"),
        ("Rosalind Hythe", "Ros Hythe", "Hythe"),
        ("Ministry of Agriculture", "MINISTRY OF AGRIC", "the ministry"),
        ("Mei-Lin Tao", "Dr Tao", "Tao"),
        ("Lester Dew", "old Lester", "Lester", "Dew"),
        ("Edmund Slade", "Professor Slade", "Prof Slade", "Slade"),
        ("Trevor Nock", "Trev"),
        ("Captain Hibbert Corbett", "Hib", "the captain"),
        ("Governor Imelda Tantoco", "the Governor"),
        ("CEO Wade Tolliver", "CEO", "Wade"),
    ],
)
def test_names_of_one_actor_are_gathered(texts):
    """Acronyms, parts, spellings, titles, plurals and peoples go with the name they stand for."""
    assert groups_of(*texts) == {frozenset(texts)}


@pytest.mark.parametrize(
    "texts",
    [
        ("Bank of Ireland", "Ireland"),
        ("John Lee", "Mary Lee"),
        ("John Lee", "Mary Lee", "Lee"),
        ("John Lee", "Mary Lee", "Mr Lee"),
        ("Mr Brancato", "Mrs Brancato"),
        ("Finance Ministry", "Home Ministry"),
        ("Tao Institute", "Dr Tao"),
        ("al Qaeda in Iraq", "Islamic State of Iraq"),
        ("al Qaeda in Iraq", "Iraq"),
        ("Iranian-backed Special Groups", "Iran"),
        ("North Korea", "South Korea"),
        ("Niger", "Nigeria"),
        ("Austria", "Australia"),
        ("Klaxton Signal", "a Klaxton technician"),
        ("Mahdi Army", "the army"),
        ("Quds force", "forces"),
        ("Unit 26165", "Unit 29155"),
        ("National Grid", "National Trust", "National"),
        ("Rosa Harper", "Ian Harker"),
        ("Russia", "Russian military intelligence"),
        ("Rawalpindi GHQ", "RAW"),
        ("Trevor Nock", "Trevelyan Bell", "Trev"),
        ("Walter Hartley", "Hart"),
        ("President Ray Duhon", "the President"),
    ],
)
def test_names_that_only_share_a_word_stay_apart(texts):
    """What belongs to two, stands behind a preposition or is a bare adjective joins nothing."""
    assert groups_of(*texts) == {frozenset([text]) for text in texts}


def test_a_short_name_of_two_wholes_goes_to_the_one_whose_head_it_is():
    """A shared head says more than a shared beginning."""
    assert groups_of("al Qaeda in Iraq", "Qaeda Sunni Brigade", "al Qaeda") == {
        frozenset({"al Qaeda in Iraq", "al Qaeda"}),
        frozenset({"Qaeda Sunni Brigade"}),
    }


def test_an_acronym_of_two_long_names_stays_alone():
    """Initials that fit two names on the page are given to neither, unless the page says which."""
    texts = ("Rivers Agency", "Roads Authority", "RA")
    assert groups_of(*texts) == {frozenset([text]) for text in texts}
    assert frozenset({"Rivers Agency", "RA"}) in groups_of(*texts, glosses=[Gloss(0, 2)])


def test_a_role_that_the_page_gives_to_two_names_is_neither():
    """A described party goes with one named one, however many names that one has."""
    texts = ("postdoc", "Ann Fell", "Jo Reed")
    both = [Gloss(0, 1), Gloss(0, 2)]
    assert groups_of(*texts, glosses=both) == {frozenset([text]) for text in texts}
    one = ("postdoc", "Ann Fell", "Fell")
    assert groups_of(*one, glosses=both) == {frozenset(one)}


@given(st.lists(st.text(max_size=30), max_size=12))
def test_every_name_is_in_exactly_one_group(texts):
    """Whatever the names are, they are parted into groups that neither overlap nor lose any."""
    names = [name for name in map(read_name, texts) if name is not None]
    groups = group_names(names, StateNames())
    assert sorted(place for group in groups for place in group) == list(range(len(names)))
