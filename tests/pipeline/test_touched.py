"""What news touch: the places they speak of, those of their families and stories, or everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.streams import NOW, SIDES, START, TOWNS
from whoholds.core import (
    Candidate,
    Claim,
    Interval,
    Mention,
    Place,
    Report,
    Resolution,
    Resolved,
    Source,
    Span,
)
from whoholds.ledger import Entry, Ledger, Reading
from whoholds.pipeline.touched import Touched, touched
from whoholds.reading import fingerprint
from whoholds.reading.copies import COMPARED

FOOT = "\nSubscribe to our daily letter for all the news from here."
WIRE = ("Rebels took it on Sunday after a long night of heavy shelling. The bridge at the east end "
        "of the road was closed to all. Wounded families waited for hours outside the hospital.")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "l.db")


def told(text: str, places: Sequence[Place], outlet: str = "Herald", hour: int = 0,
         title: str | None = None, also: Sequence[Place] = ()) -> Reading:
    at = START + timedelta(hours=hour)
    report = Report(text, outlet, Interval(at, at, "second"), "metadata", title=title)
    claims, meant = [], []
    for number, place in enumerate(places):
        span = Span(number, number + 3)
        claims.append(Claim(report.id, "gain", span, Span(0, len(text)), (
            Source(outlet, "outlet"),), place=Mention(span, "it", "name", "it"), frame="take",
            reader="reader 1"))
        meant.append(Resolution(claims[-1].id, "place", "place", place.id, (
            Candidate(place.id, 0.9),), "gazetteer 1"))
    return Reading(report, tuple(claims), Resolved(tuple(meant), (*places, *also), SIDES),
                   "reader 1", "gazetteer 1", fingerprint(text))


def after(ledger: Ledger, *came: Reading) -> Touched | None:
    """What these touch, coming now."""
    with ledger.as_of() as view:
        before = view.extent()
    ledger.append_all(came, NOW)
    with ledger.as_of() as view:
        return touched(view, before)


def named(found: Touched | None) -> set[str]:
    assert found is not None
    return {p.name for p in found.places.values()}


def test_what_it_speaks_of_and_the_members_of_its_sets(ledger: Ledger) -> None:
    both = Place("set:both", "both", "set", members=(TOWNS[4].id, TOWNS[5].id), complete=True)
    ledger.append_all([told("Rebels took it.", TOWNS[:1])], NOW)
    assert named(after(ledger, told("Rebels took it too.", TOWNS[1:3]))) == {"Town2", "Town3"}
    assert named(after(ledger, told("Rebels took both.", [both], also=TOWNS[4:6]))) == {
        "both", "Town5", "Town6"}
    assert after(ledger) == Touched(frozenset(), {})


def test_what_its_copies_speak_of(ledger: Ledger) -> None:
    first = told(WIRE, TOWNS[:2])
    ledger.append_all([first, told("Something else was said there.", TOWNS[5:6])], NOW)
    found = after(ledger, told(WIRE + " So it went.", TOWNS[1:2], "Wire", 5))
    assert found is not None
    assert first.report.id in found.reports
    assert named(found) == {"Town1", "Town2"}


def test_what_it_corrects(ledger: Ledger) -> None:
    ledger.append_all([told("Rebels took it.", TOWNS[:1], title="A town falls")], NOW)
    new = told("Correction: an earlier version of this story named another town.", TOWNS[1:2],
               hour=3, title="A town falls")
    assert named(after(ledger, new)) == {"Town1", "Town2"}
    other = told("Rebels are said to be near.", TOWNS[2:3], "Wire", 4, "A town falls")
    assert named(after(ledger, other)) == {"Town3"}        # the headline, but another outlet


def test_a_late_report_among_the_first_with_a_line_touches_everything(ledger: Ledger) -> None:
    def with_foot(hour: int) -> Reading:
        own = " ".join(f"word{hour}x{n}" for n in range(60))
        return told(f"Rebels took it. {own}.{FOOT}", TOWNS[hour % 9:hour % 9 + 1], hour=hour)

    ledger.append_all([with_foot(9 + n) for n in range(COMPARED + 3)], NOW)
    assert named(after(ledger, with_foot(90))) == {"Town1"}
    assert after(ledger, with_foot(2)) is None


def test_what_touches_everything(ledger: Ledger) -> None:
    one = told("Rebels took it.", TOWNS[:1])
    ledger.append_all([one], NOW)
    with ledger.as_of() as view:
        before = view.extent()
    ledger.append(one.report, (), Resolved((), (), ()), "reader 2", NOW)
    with ledger.as_of() as view:
        assert touched(view, before) is None               # it was read again
        before = view.extent()
    described = Place(TOWNS[0].id, "Townone", "city")
    ledger.append_all([Reading(Report("x", "Y"), (), Resolved((), (described,), ()), "reader 3",
                               "gazetteer 2")], NOW)
    with ledger.as_of() as view:
        assert touched(view, before) is None               # other data, other names
        before = view.extent()
    moment = Interval(START, START, "second")
    ledger.enter(Entry("merge", "Herald", "Ana", moment, "", {"what": "source", "into": "Wire"}),
                 NOW)
    with ledger.as_of() as view:
        assert touched(view, before) is None               # somebody said something
    assert after(ledger, told("Rebels left it.", TOWNS[:1])) is None    # two sources are one
