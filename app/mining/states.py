"""States that get blamed: which names mean a state, its people or its government."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.mining.names import Name

_STATES = """
united states: us, usa, america, american, americans, washington, white house, yanks, pentagon
united kingdom: uk, britain, great britain, british, brit, brits, whitehall, downing street
russia: russian federation, moscow, kremlin
china: chinese, beijing, prc
france: french, paris
germany: german, germans, berlin
israel: tel aviv
iran: islamic republic, tehran, teheran
iraq: baghdad
syria: damascus
turkey: turkish, turk, turks, turkiye, ankara
saudi arabia: saudi, saudis, riyadh
north korea: north korean, north koreans, dprk, pyongyang
south korea: south korean, south koreans, seoul
pakistan: islamabad
india: new delhi
afghanistan: afghan, afghans
ukraine: kyiv, kiev
poland: polish, pole, poles, warsaw
netherlands: dutch, holland
spain: spanish, spaniards, madrid
greece: greek, greeks, athens
sweden: swedish, swedes, stockholm
denmark: danish, danes, copenhagen
finland: finnish, finns, helsinki
norway: norwegian, norwegians, oslo
ireland: irish
switzerland: swiss
philippines: philippine, filipino, filipinos
thailand: thai, thais
wales: welsh
scotland: scottish, scots
england: english
japan:
lebanon: lebanese
egypt:
libya:
yemen:
cuba:
mexico: mexican, mexicans
canada:
australia: aussie, aussies
belarus:
serbia: serb, serbs
qatar:
jordan:
kuwait:
nigeria:
niger:
sudan:
ethiopia:
eritrea:
rwanda:
venezuela:
colombia:
brazil:
argentina:
chile:
italy:
hungary:
romania:
bulgaria:
albania:
georgia:
armenia:
azerbaijan:
kosovo: kosovar, kosovars
estonia:
latvia:
lithuania:
vietnam:
myanmar: burma, burmese
bangladesh:
sri lanka:
"""
"""States that are often weighed as responsible, with the words for each that no rule gives."""

_WHOLE_STATE = frozenset("government govt govs state regime people".split())
"""Words that add nothing to a state's name: "the Iranian regime" is Iran, its army is not."""

_WORDS_TOO = frozenset("us pole poles polish turkey jordan chile swedes brit georgia".split())
"""Words for states that mean something else in lower case."""

_PEOPLE_ENDINGS = ("n", "an", "ian", "ean", "i", "ese", "er")
_LAND_ENDINGS = ("", "a", "e", "y", "ia", "us")
_MIN_STEM = 4
"""Letters that a land and its people must have in common: "Mali", "Malian"."""


class StateNames:
    """Knows which names mean the same state."""

    def __init__(self) -> None:
        self._states: dict[str, str] = {}
        for line in _STATES.strip().splitlines():
            state, _, others = line.partition(":")
            self._states[state] = state
            for other in others.split(","):
                self._states.setdefault(other.strip(), state)
        self._states.pop("", None)

    def state_of(self, name: Name) -> str | None:
        """Return the state that the whole of `name` means, or None: "Iranian army" is none."""
        words = list(name.words)
        if len(words) > 1 and words[-1] in _WHOLE_STATE:
            words.pop()
        if not name.has_capital and " ".join(words) in _WORDS_TOO:
            return None
        return self.state_in(" ".join(words))

    def state_in(self, words: str) -> str | None:
        """Return the state that folded `words` name, as a land, a people or a seat."""
        return self._states.get(words) or _land_of(words, self._states)


def _land_of(words: str, states: Mapping[str, str]) -> str | None:
    for people in (words, words.removesuffix("s")):
        for land in _lands_of_people(people):
            if land in states:
                return states[land]
    return None


def _lands_of_people(people: str) -> set[str]:
    return {
        people.removesuffix(ending) + land
        for ending in _PEOPLE_ENDINGS
        if people.endswith(ending) and len(people) - len(ending) >= _MIN_STEM - 1
        for land in _LAND_ENDINGS
    }


def is_people_of(people: str, land: str) -> bool:
    """Whether one folded word is the other's people or adjective, by its ending alone."""
    shorter = min(len(people.removesuffix("s")), len(land))
    if people == land or shorter < _MIN_STEM:
        return False
    return any(land in _lands_of_people(each) for each in (people, people.removesuffix("s")))
