"""The contract of a ledger, the same for every store."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.ledger.made import DAY_ZERO, NOW, TOWNS, contents, day, made, reread
from whoholds.core import Interval, LedgerError, Resolved, parse_moment
from whoholds.ledger import Entry, Extent, Ledger, Reading

LATER = NOW + timedelta(days=400)


def test_what_goes_in_comes_out(ledger: Ledger) -> None:
    reading = made(2)
    done = reading.into(ledger)
    assert (done.new_report, done.new_reading, done.claims, done.new_claims) == (True, True, 3, 3)
    assert ledger.reports() == (reading.report,)
    assert ledger.report(reading.report.id) == reading.report
    assert set(ledger.claims()) == set(reading.claims)
    assert {c.confidence_p for c in ledger.claims()} == {0.75}
    assert {c.reader for c in ledger.claims()} == {"reader 1"}
    assert set(ledger.resolutions()) == set(reading.resolved.resolutions)
    assert ledger.places() == {place.id: place for place in reading.resolved.places}
    assert list(ledger.actors()) == ["actor:rebels"]
    assert ledger.check() == ()


def test_an_undated_report_and_one_without_claims(ledger: Ledger) -> None:
    undated, silent = made(1, dated=False), made(3)
    undated.into(ledger)
    ledger.append(silent.report, (), Resolved((), (), ()), "reader 1", NOW)
    assert ledger.reports() == (silent.report, undated.report)
    assert set(ledger.claims()) == set(undated.claims)
    assert ledger.claims(known_at=LATER) == ()
    assert ledger.reports(known_at=LATER) == (silent.report,)
    assert ledger.has_read(silent.report.id, "reader 1", "")
    assert ledger.check() == ()


def test_reading_again_adds_nothing(ledger: Ledger) -> None:
    for number in range(6):
        made(number).into(ledger)
    before = contents(ledger)
    for number in range(6):
        done = made(number).into(ledger, LATER)
        assert (done.new_report, done.new_reading, done.new_claims) == (False, False, 0)
        assert done.claims == len(made(number).claims)
    assert contents(ledger) == before


def test_the_order_of_reading_shows_nowhere(where: str, tmp_path: object) -> None:
    readings = [made(number) for number in range(25)] + [made(30, dated=False)]
    seen = []
    for seed in (1, 2):
        random.Random(seed).shuffle(readings)
        with Ledger.open(f"{tmp_path}/{seed}.db") as ledger:
            for reading in readings:
                reading.into(ledger)
            seen.append(contents(ledger))
    assert seen[0] == seen[1]
    assert list(seen[0]["places"]) == list(seen[1]["places"])  # type: ignore[call-overload]
    with Ledger.open(where) as ledger:
        for reading in readings:
            reading.into(ledger)
        assert contents(ledger) == seen[0]


def test_claims_come_by_publication_then_id(ledger: Ledger) -> None:
    for number in (19, 3, 11, 7):
        made(number).into(ledger)
    made(4, dated=False).into(ledger)
    published = {r.id: r.published for r in ledger.reports()}
    keys = []
    for claim in ledger.claims():
        at = published[claim.report_id]
        keys.append((at is None, at.latest if at else None, claim.id))
    assert len(keys) == 10
    assert keys == sorted(keys, key=lambda k: (k[0], k[1] or NOW, k[2]))


@pytest.mark.parametrize(("known_at", "count"), [
    (None, 20),
    (parse_moment("2025-05-05"), 5),                       # day 4 is known on its own day …
    (parse_moment("2025-05-05T23:59:58Z"), 4),             # … but, to the second, only at its end
    (datetime(2025, 5, 5, 23, 59, 59, tzinfo=UTC), 5),
    (parse_moment("2025-04-30"), 0),
    (Interval(None, None, "open"), 20),
])
def test_what_was_known_when(ledger: Ledger, known_at: object, count: int) -> None:
    for number in range(20):
        made(number).into(ledger)
    reports = ledger.reports(known_at)  # type: ignore[arg-type]
    assert len(reports) == count
    assert {c.report_id for c in ledger.claims(known_at)} == {  # type: ignore[arg-type]
        r.id for r in reports}
    assert set(ledger.fingerprints(known_at)) == {r.id for r in reports}  # type: ignore[arg-type]


@pytest.mark.parametrize("hours", [-11, -5, 0, 4.5, 12])
def test_a_date_against_a_date_compares_calendar_days(ledger: Ledger, hours: float) -> None:
    zone = timezone(timedelta(hours=hours))
    made(1, published=Interval.of_days(DAY_ZERO, zone=zone)).into(ledger)
    assert ledger.reports(parse_moment("2025-04-30")) == ()
    assert len(ledger.reports(parse_moment("2025-05-01"))) == 1


def test_claims_about_a_place_of_a_kind_in_a_time(ledger: Ledger) -> None:
    for number in range(20):
        made(number).into(ledger)
    everything = ledger.claims()
    of_place = {r.claim_id for r in ledger.resolutions() if r.entity_id == TOWNS[2].id}
    assert set(ledger.claims(place_ids=[TOWNS[2].id])) == {
        c for c in everything if c.id in of_place}
    assert 0 < len(of_place) < len(everything)
    assert {c.kind for c in ledger.claims(kinds=["attack"])} == {"attack"}
    assert ledger.claims(kinds=[]) == ()
    assert len(ledger.claims(report_ids=[made(2).report.id])) == 3
    resolutions = ledger.resolutions(place_ids=[TOWNS[2].id])
    assert {r.claim_id for r in resolutions} == of_place
    assert {r.role for r in resolutions} == {"place", "actor"}
    since = day(15)
    overlapping = ledger.claims(valid=Interval(since.earliest, None, "open"))
    assert overlapping == tuple(c for c in everything if c.valid and c.valid.latest
                                and since.earliest and c.valid.latest >= since.earliest)
    assert 0 < len(overlapping) < len(everything)


def test_the_last_reading_counts_at_every_known_time(ledger: Ledger) -> None:
    first = made(2)
    first.into(ledger)
    second = reread(first, "reader 2", keep=1)
    done = second.into(ledger, LATER)
    assert (done.new_report, done.new_reading, done.claims, done.new_claims) == (False, True, 1, 0)
    for known_at in (None, parse_moment("2025-05-03")):
        assert ledger.claims(known_at) == second.claims
        assert ledger.claims(known_at)[0].reader == "reader 2"
        assert ledger.claims(known_at)[0].confidence_p == 0.5
        assert len(ledger.resolutions(known_at)) == 2
    assert first.into(ledger).new_reading is False  # an old reader does not come back
    assert ledger.claims() == second.claims
    assert ledger.check() == ()


def test_newer_data_resolves_anew_and_changes_no_claim(ledger: Ledger) -> None:
    made(2).into(ledger)
    newer = made(2, data="gazetteer 2")
    moved = replace(TOWNS[2], latitude=1.0, longitude=2.0)
    newer = replace(newer, resolved=replace(newer.resolved, places=(moved, *TOWNS[3:5])))
    done = newer.into(ledger)
    assert (done.new_reading, done.new_claims) == (True, 0)
    assert {r.data for r in ledger.resolutions()} == {"gazetteer 2"}
    assert ledger.places()[TOWNS[2].id] == moved
    assert len(ledger.claims(place_ids=[TOWNS[2].id])) == 1


def test_a_retraction_counts_from_its_own_date(ledger: Ledger) -> None:
    reading = made(3)
    reading.into(ledger)
    made(4).into(ledger)
    others = ledger.claims(report_ids=[made(4).report.id])
    withdrawn = Entry("retraction", reading.report.id, reading.report.outlet, day(9), "an error")
    assert ledger.enter(withdrawn, NOW) is True
    assert ledger.enter(withdrawn, LATER) is False
    assert ledger.claims() == others
    assert ledger.claims(known_at=day(9)) == others
    assert set(ledger.claims(known_at=day(8))) == {*reading.claims, *others}
    assert len(ledger.reports()) == 2
    assert ledger.entries() == (withdrawn,)
    undone = Entry("undo", withdrawn.id, "A. Person", day(12))
    assert ledger.enter(undone, NOW)
    assert set(ledger.claims()) == {*reading.claims, *others}
    assert ledger.claims(known_at=day(11)) == others
    assert ledger.enter(Entry("undo", undone.id, "A. Person", day(14)), NOW)
    assert ledger.claims() == others
    assert set(ledger.claims(known_at=day(12))) == {*reading.claims, *others}
    assert ledger.check() == ()


@pytest.mark.parametrize("target", ["f" * 64, "no id"])
def test_an_entry_about_nothing_is_refused(ledger: Ledger, target: str) -> None:
    with pytest.raises(LedgerError, match="no report has the id"):
        ledger.enter(Entry("retraction", target, "x", day(1)), NOW)


def test_what_does_not_belong_together_is_refused_whole(ledger: Ledger) -> None:
    one, other = made(1), made(2)
    with pytest.raises(ValueError, match="is of report"):
        replace(one, claims=other.claims).into(ledger)
    with pytest.raises(ValueError, match="a claim that is not there"):
        replace(one, resolved=other.resolved).into(ledger)
    short = replace(one.report, text="Rebels")
    with pytest.raises(ValueError, match="past the end"):
        replace(one, report=short, claims=tuple(
            replace(c, report_id=short.id) for c in one.claims)).into(ledger)
    assert ledger.reports() == ()


def test_a_view_stays_as_it_was_while_others_write(ledger: Ledger) -> None:
    made(1).into(ledger)
    with ledger.as_of() as view:
        before = list(view.reports())
        made(2).into(ledger)
        assert list(view.reports()) == before
        assert len(list(view.claims())) == 2
    assert len(ledger.reports()) == 2


def test_two_writers_and_ten_readers_at_once(where: str) -> None:
    readings = [made(number) for number in range(30)]
    with Ledger.open(where) as first:
        for reading in readings:
            reading.into(first)
        expected = contents(first)
        failed: list[BaseException] = []
        path = where + "2" if "postgresql" not in where else where

        def write(seed: int) -> None:
            try:
                mine = readings.copy()
                random.Random(seed).shuffle(mine)
                with Ledger.open(path) as ledger:
                    for reading in mine:
                        reading.into(ledger)
            except BaseException as error:
                failed.append(error)

        def read() -> None:
            try:
                with Ledger.open(path) as ledger:
                    for _ in range(5):
                        known = {r.id for r in ledger.reports()}
                        with ledger.as_of() as view:
                            claims = {c.report_id for c in view.claims()}
                            assert claims <= {r.id for r in view.reports()}
                            assert claims >= known
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=write, args=(seed,)) for seed in (1, 2)]
        threads += [threading.Thread(target=read) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []
    with Ledger.open(path, create=False) as ledger:
        assert contents(ledger) == expected
        assert ledger.check() == ()


@pytest.mark.parametrize(("words", "numbers"), [
    ("town3", [2, 1]), ("Town3 report", [2, 1]), ("town3 town2", [1]), ('"report 2"', [2]),
    ('"2 report"', []), ("took town9", []), ("", []), ('"', []), ("* OR -", []),
    ("rebels AND", []), ("outlet", []), ("(town3", [2, 1]), ("report 'x", []),
])
def test_searching_reports(ledger: Ledger, words: str, numbers: list[int]) -> None:
    for number in (0, 1, 2):
        made(number, published=day(9 - number)).into(ledger)
    expected = tuple(made(n, published=day(9 - n)).report for n in numbers)
    assert ledger.search(words) == expected
    assert ledger.search(words, known_at=day(7)) == tuple(
        r for r in expected if r.published == day(7))


def test_a_batch_leaves_what_single_appends_leave(ledger: Ledger, tmp_path: Path) -> None:
    readings = [made(n) for n in range(6)]
    readings += [readings[2], reread(readings[2], "reader 2", keep=1), readings[4], readings[2]]
    batch = [Reading(r.report, r.claims, r.resolved, r.reader, None,
                     b"mark of " + r.report.outlet.encode()) for r in readings]
    with Ledger.open(tmp_path / "other.db") as other:
        singly = tuple(reading.into(other) for reading in readings)
        assert ledger.append_all(batch, NOW) == singly
        assert contents(ledger) == contents(other)
    assert ledger.check() == ()


def test_how_far_it_has_come(ledger: Ledger) -> None:
    def extent() -> Extent:
        with ledger.as_of() as view:
            return view.extent()

    start = extent()
    made(1).into(ledger)
    one = extent()
    made(1).into(ledger)
    assert extent() == one != start                        # nothing was written
    made(2).into(ledger)
    two = extent()
    assert replace(two, last=one.last) == one
    with ledger.as_of() as view:
        assert view.reports_after(one.last) == {made(2).report.id}
        assert view.reports_after(start.last) == {made(1).report.id, made(2).report.id}
        assert view.some_places(["geonames:3", "none"]) == {"geonames:3": ledger.places()[
            "geonames:3"]}
    reread(made(2), "reader 2", keep=1).into(ledger)
    assert extent().again == two.again + 1
    assert extent().renewed > two.renewed
    ledger.enter(Entry("retraction", made(1).report.id, "outlet", day(3)), NOW)
    assert extent().entries == two.entries + 1
