from __future__ import annotations

from math import inf

from tests.views.world import EVIDENCE, FALL, JALALABAD, NAMES, REPORTS
from whoholds.core import Interval, Place
from whoholds.views import Fit, Number, SeriesView, Terminal, cite, tally_data, tally_text

CAPITALS = Place("set:capitals", "provincial capitals", "set", members=("a", "b"), complete=True)
(ONE,), (TWO,) = cite(EVIDENCE[:1], REPORTS), cite(EVIDENCE[1:2], REPORTS)
assert FALL.published is not None
DAY = Interval(None, FALL.published.latest)
TAKEN = SeriesView("gain", "actor:taliban", CAPITALS, "provincial capital", (
    Number(18, 18, 34, DAY, ONE, (Fit("share", True, 0, 34), Fit("ledger", False, 2, 9, 4))),
    Number(21, 34, 34, DAY, TWO, (Fit("sources", False, 21, 18, 0, (ONE,)),))))
SEIZED = SeriesView("seize", None, JALALABAD, "helicopter", (
    Number(2, inf, None, DAY, ONE, (Fit("parts", True, 4, 4),)),))


def test_numbers_are_bounds_with_their_verdicts() -> None:
    text = tally_text([TAKEN, SEIZED], NAMES, Terminal(140))
    assert text.startswith("3 numbers of 2 things; 2 do not fit\n")
    assert "provincial capital: gain by Taliban, provincial capitals\n  18 of 34; by 15 Aug" in text
    assert ("does not fit the ledger's own count: 2 to 5, and 4 of which nobody says who holds "
            "them") in text
    assert "at least 21 of 34" in text
    assert "cannot be so together with The Harbour Gazette" in text
    assert "helicopter: seize, Jalālābād (city, Nangarhar)\n  at least 2; by 15 Aug" in text
    assert "no greater" not in text


def test_what_fits_is_said() -> None:
    assert "none contradicts" in tally_text([SEIZED], NAMES)
    assert "No number" in tally_text([], NAMES)


def test_json_has_no_infinities() -> None:
    (number,) = tally_data([SEIZED], NAMES)[0]["numbers"]  # type: ignore[misc, str-unpack]
    assert (number["low"], number["high"]) == (2, None)  # type: ignore[index, call-overload]
