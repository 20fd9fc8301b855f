"""What is like what, found by the index of the ledger, on both stores."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.ledger.made import NOW, made
from tests.ledger.older import lead_back
from tests.reading.test_families import news
from whoholds.core import Interval, Report, Resolved
from whoholds.ledger import Ledger, Moment, Reading, View
from whoholds.reading import Families, copies, copies_among, families, fingerprint

DAY = Interval.of_days(datetime(2021, 8, 1, tzinfo=UTC).date())


def taken_in(ledger: Ledger, reports: list[Report]) -> None:
    """In two goes, the second a day later."""
    half = len(reports) // 2
    for days, part in enumerate((reports[half:], reports[:half])):
        ledger.append_all([Reading(r, (), Resolved((), (), ()), "reader 1", fingerprint=fingerprint(
            r.text)) for r in part], NOW + timedelta(days=days))


def agrees(view: View, reports: list[Report]) -> int:
    """Asserts that each report's family is that among all that the view knows; gives how many
    links there are."""
    links = copies_among(view.fingerprints())
    near = view.likeness
    numbers = near.numbers([r.id for r in reports])
    known = {r.id for r in view.reports()}
    for i in known:
        found = Families(near)
        found.add([numbers[i]])
        ids = {n: one.id for n, one in near.outlines(found.members([numbers[i]])).items()}
        first = links[i].of if i in links else i
        assert {ids[n]: ids[of] for n, of in found.earliest.items()} == {
            j: first for j in links if links[j].of == first}
    return len(links)


@pytest.mark.parametrize("compared", [3, 30])
def test_the_families_are_those_among_all(ledger: Ledger, compared: int,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "COMPARED", compared)
    monkeypatch.setattr(families, "COMPARED", compared)
    days = [Report(r.text, r.outlet, DAY if n % 5 == 0 else r.published, "given")
            for n, r in enumerate(news(compared))]
    taken_in(ledger, days)
    counts = []
    moments: tuple[tuple[Moment, datetime | None], ...] = (
        (None, None), (datetime(2021, 8, 1, 5, tzinfo=UTC), None), (DAY, None), (None, NOW),
        (Interval(DAY.earliest, DAY.latest, "day"), NOW))
    for known_at, recorded_by in moments:
        with ledger.as_of(known_at, recorded_by) as view:
            counts.append(agrees(view, days))
    assert min(counts) > 3
    assert counts[0] > counts[1]


def test_by_address_and_title(ledger: Ledger) -> None:
    reports = [Report(f"Marn fell, {n}.", f"O{n}", DAY, "given", url=f"https://x.example/{n % 2}",
                      title="Marn" if n < 2 else None) for n in range(4)]
    taken_in(ledger, reports)
    with ledger.as_of() as view:
        near = view.likeness
        numbers = near.numbers([r.id for r in reports])
        assert near.named("url", ["https://x.example/1"]) == {
            numbers[reports[1].id], numbers[reports[3].id]}
        assert near.named("title", ["Marn"]) == {numbers[r.id] for r in reports[:2]}
        assert near.named("title", ["Kesh"]) == frozenset()
        assert near.outlines([numbers[reports[1].id]])[numbers[reports[1].id]].outlet == "O1"


def test_the_last_moment_and_the_reports_about_a_place(ledger: Ledger) -> None:
    with ledger.as_of() as view:
        assert view.last_moment() is None
    for number in range(12):
        made(number, dated=number != 3).into(ledger)
    moments: tuple[Moment, ...] = (None, Interval.of_days(datetime(2025, 5, 6).date()),
                                   datetime(2025, 5, 6, 12, tzinfo=UTC))
    for known_at in moments:
        with ledger.as_of(known_at) as view:
            reports = list(view.reports())
            assert view.last_moment() == max(
                r.published.latest for r in reports if r.published and r.published.latest)
            for place in ("geonames:1", "geonames:4"):
                assert view.reports_about([place]) == {
                    c.report_id for c in view.claims(place_ids=[place])}
            assert view.some_reports([r.id for r in reports[:3]]) == {r.id: r for r in reports[:3]}


def test_the_check_sees_a_damaged_index(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        taken_in(ledger, news(1)[:4])
        assert ledger.check() == ()
    with sqlite3.connect(tmp_path / "l.db") as connection:
        connection.execute("DELETE FROM marks WHERE report = 2 AND value = "
                           "(SELECT min(value) FROM marks WHERE report = 2)")
        connection.execute("INSERT INTO marks VALUES (1, 2, 77)")
    with Ledger.open(tmp_path / "l.db") as ledger:
        assert [(f.table, f.what) for f in ledger.check()] == [
            ("marks", "the index of like reports does not have it as it is"),
            ("marks", "of no report")]


def test_a_ledger_of_the_first_schema_gets_the_index(where: str) -> None:
    reports = news(2)
    with Ledger.open(where) as ledger:
        taken_in(ledger, reports)
        before = _marks(where)
    lead_back(where, "0001")
    with Ledger.open(where) as ledger:
        assert ledger.check() == ()
    assert _marks(where) == before
    assert len(before) > 64 * len(reports)


def _marks(where: str) -> list[tuple[int, ...]]:
    from whoholds.ledger.engines import open_database
    opened = open_database(where, False, 5.0)
    with opened.reading() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(
            "SELECT value, moment, report FROM marks ORDER BY 1, 2, 3")]
    opened.engine.dispose()
    return found
