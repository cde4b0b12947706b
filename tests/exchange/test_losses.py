"""Losses: every kind counted, places named up to a limit, characters replaced and told."""

from __future__ import annotations

from app.exchange.losses import CHARACTERS, MAX_PLACES, Loss, LossTally, losses_as_json


def test_losses_are_counted_by_kind():
    """Each kind is one loss with all its places, in the order of first meeting."""
    tally = LossTally()
    tally.add("a scheme", "n1")
    tally.add("a time", "n2")
    tally.add("a scheme", "n3")

    assert tally.report() == (Loss("a scheme", 2, ("n1", "n3")), Loss("a time", 1, ("n2",)))
    assert losses_as_json(tally.report())[1] == {"what": "a time", "count": 1, "places": ["n2"]}


def test_places_end_where_the_count_goes_on():
    """Beyond the limit no more places are named, while the count stays whole."""
    tally = LossTally()
    for number in range(MAX_PLACES + 5):
        tally.add("a scheme", str(number))

    (loss,) = tally.report()
    assert (loss.count, len(loss.places)) == (MAX_PLACES + 5, MAX_PLACES)


def test_characters_that_cannot_be_written_are_told():
    """NUL, other controls and lone surrogates become U+FFFD, counted once a text."""
    tally = LossTally()

    assert tally.writable("a\x00b\x1bc\ud800", "n1") == "a\ufffdb\ufffdc\ufffd"
    assert tally.writable("tab\t, break\n, 👍🏽", "n2") == "tab\t, break\n, 👍🏽"
    assert tally.report() == (Loss(CHARACTERS, 1, ("n1",)),)
