"""Responsible organisations of reports."""

from __future__ import annotations

from dataclasses import replace

from models.training.formats.muc4 import Report
from models.training.tasks import perpetrators
from models.training.tasks.organisations import Candidate, lexicon_of, weigh
from models.training.tasks.perpetrators import (
    fit_mixture,
    fit_threshold,
    perpetrator_figures,
    suspected_crosswise,
)
from models.training.tasks.suspects import OFTEN_NAMED, fit_suspicion, is_blamed

TRAIN = [
    Report("1", "THE RIVER FRONT (RF) DID IT", (("river front", "rf"),)),
    Report("2", "RF AGAIN, THE FRONT", (("rf", "front of the river"),)),
    Report("3", "THE LEAGUE", (("league",),)),
]


def test_names_of_one_organisation_are_joined() -> None:
    """Two reports give one organisation three names, the commonest first."""
    names = lexicon_of(TRAIN).names
    assert set(map(frozenset, names.values())) == {
        frozenset({"river front", "rf", "front of the river"}),
        frozenset({"league"}),
    }
    assert "rf" in names


def test_one_key_does_not_make_two_organisations_one() -> None:
    """A name that keys put beside both sides once joins the commoner, and the sides stay two."""
    keys = [*(("fmln", "farabundo front"),) * 3, *(("army",),) * 3, ("army", "fmln", "the front")]
    train = [Report(str(place), "", (own,)) for place, own in enumerate(keys)]

    names = lexicon_of(train).names

    assert set(names) == {"fmln", "army"}
    assert names["fmln"][:2] == ("fmln", "farabundo front")


def test_the_threshold_takes_who_is_to_blame() -> None:
    """Between the guilty at 0.8 and the bystander at 0.4 lies the best threshold."""
    weighed = [[Candidate(("rf",), 0.8), Candidate(("league",), 0.4)]]
    assert 0.4 < fit_threshold(TRAIN[:1], weighed) <= 0.8


def test_candidates_are_named_as_the_report_names_them(reader) -> None:
    """The commonest name of the lexicon that stands in the report, with a probability."""
    report = Report("9", "QUAY -- [TEXT] THE RIVER\nFRONT BURNED A MILL.", (("river front",),))
    (candidates,) = weigh(reader, [report], lexicon_of(TRAIN))
    (own,) = [own for own in candidates if own.names == ("river front",)]
    assert 0 <= own.probability <= 1


def test_figures_have_the_lists_floor(reader) -> None:
    """A report that names a known organisation which did it: the list is right."""
    report = Report("9", "THE LEAGUE BURNED A MILL.", (("league",),))
    figure = perpetrator_figures(reader, [report], TRAIN, TRAIN[:1])[0]
    assert figure.floors["list of training names"] == 1.0
    assert set(figure.floors) == {"list of training names", "no network"}


def test_development_reports_are_judged_by_the_others(reader, monkeypatch) -> None:
    """Each half is weighed by what was fitted on the other, new reports by both."""
    reports = [Report(str(n), f"THE LEAGUE SANG IN TOWN {n}.", ()) for n in range(8)]
    new = Report("new", "THE LEAGUE BURNED A MILL.", (("league",),))
    fitted = []

    def fit(others, weighed, suspicion):
        fitted.append({own.id for own in others})
        return fit_mixture(others, weighed, suspicion)

    monkeypatch.setattr(perpetrators, "fit_mixture", fit)
    perpetrator_figures(reader, [*reports, new], TRAIN, reports)

    one, other, both = fitted
    assert one == {"1", "3", "5", "7"}
    assert other == {"0", "2", "4", "6"}
    assert both == one | other


def test_a_training_reports_own_key_does_not_tell_its_odds() -> None:
    """Whatever its key says, a report is read by the fit to the others."""
    reports = [
        Report(f"{n}", f"THE {'LEAGUE BURNED' if n % 3 else 'FRONT MOURNED'} {n}.", key)
        for n, key in enumerate([(("league",),) if n % 3 else () for n in range(15)])
    ]
    changed = [replace(reports[0], organisations=(("front",),)), *reports[1:]]

    (own, *_), (same, *_) = suspected_crosswise(reports), suspected_crosswise(changed)

    assert own == same


def test_words_and_rates_tell_the_guilty_from_bystanders() -> None:
    """Whom keys blame, and who stands before "burned", is likelier to blame than who mourned."""
    guilty = [Report(f"g{n}", f"THE LEAGUE BURNED MILL {n}.", (("league",),)) for n in range(9)]
    calm = [Report(f"c{n}", f"THE FRONT MOURNED IN TOWN {n}.", ()) for n in range(9)]
    once = [Report("o", "THE FRONT BURNED A BARN.", (("front",),))]
    train = guilty + calm + once
    suspicion = fit_suspicion(train, lexicon_of(train).names)
    burned = suspicion.log_odds(Report("x", "THE LEAGUE BURNED A MILL.", ()))["league"]
    mourned = suspicion.log_odds(Report("y", "THE FRONT MOURNED ITS DEAD.", ()))["front"]
    assert burned > 0 > mourned


def test_words_weigh_by_themselves_for_the_usual_suspects() -> None:
    """In one country the front burns mills, in the other the league: words of all say neither."""
    told = (
        "THE FRONT AND THE LEAGUE WERE NAMED WHEN A MILL BURNED. PEOPLE WENT HOME FROM THE FIRE "
        "THAT MORNING AND SLEPT. {}."
    )
    train = [
        Report(str(n), told.format(("ADONIA", "BORGIA")[n % 2]), ((("front", "league")[n % 2],),))
        for n in range(2 * OFTEN_NAMED)
    ]
    suspicion = fit_suspicion(train, lexicon_of(train).names)
    here = suspicion.log_odds(Report("x", told.format("ADONIA"), ()))
    there = suspicion.log_odds(Report("y", told.format("BORGIA"), ()))
    assert here["front"] > 0 > here["league"]
    assert there["league"] > 0 > there["front"]


def test_a_mixture_heeds_what_tells() -> None:
    """Where the network is right and the report says nothing, its odds decide."""
    train = [Report(str(n), "THE LEAGUE.", (("league",),) if n % 2 else ()) for n in range(12)]
    suspicion = fit_suspicion(train, lexicon_of(train).names)
    weighed = [[Candidate(("league",), 0.9 if n % 2 else 0.1, "league")] for n in range(12)]
    mixed = fit_mixture(train, weighed, suspicion).of(train, weighed, suspicion)
    assert all(own.probability > 0.5 for (own,) in mixed[1::2])
    assert all(own.probability < 0.5 for (own,) in mixed[::2])


def test_names_are_the_keys_however_they_are_written() -> None:
    """A network marks names as upper-case reports have them; keys are in lower case."""
    report = Report("9", "THE RIVER FRONT DID IT.", (("river front", "rf"),))
    assert is_blamed(report, ("RIVER FRONT",))
    assert is_blamed(report, ("the league", "rf"))
    assert not is_blamed(report, ("RIVER",))


def test_a_report_of_nothing_has_no_candidates(reader) -> None:
    """An empty text is no trouble."""
    assert weigh(reader, [Report("9", "", ())], lexicon_of(TRAIN)) == [[]]
