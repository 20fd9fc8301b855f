"""What people say of claims: the last word counts, nothing is lost or comes back by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.ledger.made import NOW, TOWNS, contents, day, made, reread
from whoholds.core import (
    Candidate,
    Claim,
    Interval,
    Json,
    LedgerError,
    Resolution,
    parse_moment,
)
from whoholds.ledger import REVIEW, Entry, EntryKind, Ledger, standing, undoers

OTHER = TOWNS[6]


def at(hours: int) -> Interval:
    moment = NOW + timedelta(hours=hours)
    return Interval(moment, moment, "second")


def enter(ledger: Ledger, kind: EntryKind, target: str, hours: int, **body: object) -> Entry:
    entry = Entry(kind, target, "A. Person", at(hours), "because", body)  # type: ignore[arg-type]
    assert ledger.enter(entry, NOW + timedelta(hours=hours))
    return entry


def corrected(ledger: Ledger, claim: Claim, hours: int, **changes: object) -> tuple[Claim, Entry]:
    """An edition of ``claim``, about another town, entered."""
    edition = replace(claim, **changes)  # type: ignore[arg-type]
    meant = Resolution(edition.id, "place", "place", OTHER.id, (Candidate(OTHER.id, 1.0),), REVIEW)
    entry = enter(ledger, "correct", claim.id, hours, claim=edition.to_json(),
                  resolutions=[meant.to_json()], places=[OTHER.to_json()])
    return edition, entry


def ids(ledger: Ledger, **options: object) -> set[str]:
    return {c.id for c in ledger.claims(**options)}  # type: ignore[arg-type]


def test_a_dismissed_claim_counts_at_no_known_time_until_that_is_undone(ledger: Ledger) -> None:
    reading = made(2)
    reading.into(ledger)
    first, *others = reading.claims
    said = enter(ledger, "dismiss", first.id, 1)
    for known_at in (None, day(2)):
        assert ids(ledger, known_at=known_at) == {c.id for c in others}
        assert first.id not in {r.claim_id for r in ledger.resolutions(known_at)}
    undone = enter(ledger, "undo", said.id, 2)
    assert ids(ledger) == {c.id for c in reading.claims}
    enter(ledger, "undo", undone.id, 3)
    assert ids(ledger) == {c.id for c in others}
    assert ledger.check() == ()


def test_a_confirmed_claim_is_sure_and_stays_whatever_later_readers_find(ledger: Ledger) -> None:
    reading = made(2)
    reading.into(ledger)
    kept = reading.claims[2]
    enter(ledger, "confirm", kept.id, 1)
    sure = {c.id: c.confidence_p for c in ledger.claims()}
    assert sure[kept.id] == 1.0
    assert set(sure.values()) == {0.75, 1.0}
    row = next(r for r in ledger.resolutions() if (r.claim_id, r.role) == (kept.id, "place"))
    assert row.candidates[0].score_p == 1.0
    reread(reading, "reader 2", keep=1).into(ledger)
    assert ids(ledger) == {reading.claims[0].id, kept.id}
    assert row.entity_id in {r.entity_id for r in ledger.resolutions() if r.claim_id == kept.id}
    assert ids(ledger, place_ids=[str(row.entity_id)]) == {kept.id}


def test_an_edition_supersedes_and_is_found_by_its_own_place(ledger: Ledger) -> None:
    reading = made(2)
    reading.into(ledger)
    old = reading.claims[0]
    edition, entry = corrected(ledger, old, 1, kind="loss", part="the outskirts")
    assert ids(ledger) == {edition.id, *(c.id for c in reading.claims[1:])}
    found = next(c for c in ledger.claims() if c.id == edition.id)
    assert (found.reader, found.confidence_p, found.part) == (REVIEW, 1.0, "the outskirts")
    assert ids(ledger, place_ids=[OTHER.id]) == {edition.id}
    assert ids(ledger, kinds=["loss"]) == {edition.id}
    assert ids(ledger, kinds=["loss"], known_at=day(2)) == {edition.id}
    assert ids(ledger, kinds=["loss"], known_at=day(1)) == set()
    assert ids(ledger, report_ids=[made(4).report.id]) == set()
    assert ledger.places()[OTHER.id] == OTHER
    assert [c.id for c in ledger.claims()] == sorted(c.id for c in ledger.claims())
    enter(ledger, "undo", entry.id, 2)
    assert ids(ledger) == {c.id for c in reading.claims}
    assert OTHER.id not in ledger.places()
    assert ledger.check() == ()


def test_editions_of_editions_and_the_last_word(ledger: Ledger) -> None:
    reading = made(1)
    reading.into(ledger)
    old, rest = reading.claims[0], {c.id for c in reading.claims[1:]}
    one, first = corrected(ledger, old, 1, kind="loss")
    two, second = corrected(ledger, one, 2, kind="hold")
    assert ids(ledger) == {two.id} | rest
    undone = enter(ledger, "undo", first.id, 3)             # what was built on it falls with it
    assert ids(ledger) == {old.id} | rest
    enter(ledger, "undo", undone.id, 4)
    assert ids(ledger) == {two.id} | rest
    enter(ledger, "undo", second.id, 5)
    assert ids(ledger) == {one.id} | rest
    back, _ = corrected(ledger, one, 6, kind=old.kind)      # back to what the reader had
    assert back.id == old.id
    assert ids(ledger) == {old.id} | rest
    enter(ledger, "dismiss", old.id, 7)
    assert ids(ledger) == rest
    assert ledger.check() == ()


def test_a_newer_reader_does_not_bring_a_misreading_back(ledger: Ledger) -> None:
    reading = made(2)
    reading.into(ledger)
    first, second, third = reading.claims
    edition, _ = corrected(ledger, first, 1, part="the outskirts")
    enter(ledger, "dismiss", second.id, 2)
    again = tuple(replace(c, reader="reader 2", hedges=("reportedly",)) for c in reading.claims)
    renamed = {old.id: new.id for old, new in zip(reading.claims, again, strict=True)}
    resolutions = tuple(replace(r, claim_id=renamed[r.claim_id])
                        for r in reading.resolved.resolutions)
    replace(reading, claims=again, reader="reader 2",
            resolved=replace(reading.resolved, resolutions=resolutions)).into(ledger)
    assert ids(ledger) == {edition.id, again[2].id}
    otherwise = replace(second, reader="reader 3", modality="planned")   # this one saw its error
    replace(reading, claims=(otherwise,), reader="reader 3",
            resolved=replace(reading.resolved, resolutions=())).into(ledger)
    assert ids(ledger) == {edition.id, otherwise.id}
    assert third.id not in ids(ledger)


def test_a_claim_beside_the_reviewed_one_is_another_claim(ledger: Ledger) -> None:
    reading = made(1)
    twin = replace(reading.claims[0], hedges=("reportedly",))
    whole = replace(reading, claims=(*reading.claims, twin))
    whole.into(ledger)
    enter(ledger, "dismiss", reading.claims[0].id, 1)
    reread(replace(whole, claims=(twin,)), "reader 2", keep=1).into(ledger)
    assert ids(ledger) == {twin.id}


def test_reviews_of_a_withdrawn_report_wait(ledger: Ledger) -> None:
    reading = made(2)
    reading.into(ledger)
    edition, _ = corrected(ledger, reading.claims[0], 1, part="the centre")
    enter(ledger, "confirm", reading.claims[1].id, 1)
    ledger.enter(Entry("retraction", reading.report.id, "Outlet 2", day(9)), NOW)
    assert ids(ledger) == set()
    assert edition.id in ids(ledger, known_at=day(8))


def test_what_the_ledger_would_have_said_then(ledger: Ledger) -> None:
    reading = made(2)
    reading.into(ledger, NOW)
    made(4).into(ledger, NOW + timedelta(hours=5))
    reread(reading, "reader 2", keep=2).into(ledger, NOW + timedelta(hours=10))
    said = enter(ledger, "dismiss", reading.claims[0].id, 20)
    enter(ledger, "undo", said.id, 30)

    def then(hours: int) -> set[str]:
        with ledger.as_of(recorded_by=NOW + timedelta(hours=hours)) as view:
            found = {c.id for c in view.claims()}
            assert {r.claim_id for r in view.resolutions()} == found
            assert {c.report_id for c in view.claims()} <= {r.id for r in view.reports()}
            return found

    first, later = {c.id for c in reading.claims}, {c.id for c in made(4).claims}
    assert then(-1) == set()
    assert then(0) == first
    assert then(5) == first | later
    assert then(10) == {c.id for c in reading.claims[:2]} | later
    assert then(20) == {reading.claims[1].id} | later
    assert then(30) == then(10)


def test_an_entry_about_no_claim_is_refused(ledger: Ledger) -> None:
    made(1).into(ledger)
    for kind in ("confirm", "dismiss", "correct"):
        with pytest.raises(LedgerError, match="no claim has the id"):
            ledger.enter(Entry(kind, "f" * 64, "x", at(1)), NOW)  # type: ignore[arg-type]
    assert ledger.entries() == ()


def test_reviews_move_with_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    made(2).into(ledger)
    edition, _ = corrected(ledger, made(2).claims[0], 1, kind="loss")
    enter(ledger, "confirm", edition.id, 2)
    ledger.export(tmp_path / "one.zip")
    with Ledger.open(tmp_path / "two.db") as second:
        second.import_(tmp_path / "one.zip")
        assert contents(second) == contents(ledger)
        assert second.check() == ()
        second.export(tmp_path / "two.zip")
        assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(("kind", "body"), [
    ("merge", {"what": "place"}), ("locate", {"latitude": 1.0}), ("split", {}), ("protect", {}),
    ("reviewer", {"key": "x"}), ("correct", {"claim": {}, "resolutions": []}), ("correct", {})])
def test_the_check_sees_an_entry_that_says_nothing(tmp_path: Path, kind: EntryKind,
                                                   body: dict[str, Json]) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        made(1).into(ledger)
        target = made(1).claims[0].id if kind == "correct" else "x"
        ledger.enter(Entry(kind, target, "A. Person", at(1), "", body), NOW)
        assert any("does not hold" in str(flaw) for flaw in ledger.check())


def test_versions_and_what_each_found(ledger: Ledger) -> None:
    made(2).into(ledger)
    made(4).into(ledger)
    reread(made(2), "reader 2", keep=1).into(ledger)
    with ledger.as_of() as view:
        one, two = view.versions()
        assert (one.reader, one.reports, one.last_of) == ("reader 1", 2, 1)
        assert (two.reader, two.reports, two.last_of) == ("reader 2", 1, 1)
        assert len(list(view.claims_of(one.number))) == len(made(2).claims) + len(made(4).claims)
        assert [c.id for c in view.claims_of(two.number)] == [made(2).claims[0].id]
        assert {r.claim_id for r in view.resolutions_of(two.number)} == {made(2).claims[0].id}
        assert view.read_by(two.number) == {made(2).report.id}
        assert set(view.last_readings().values()) == {one.number, two.number}
        claim = made(4).claims[0].id
        assert view.claims_with_id(claim[:8]) == (claim,)
        assert view.reports_with_id("not an id") == ()
        assert view.claim(claim) == next(c for c in view.claims() if c.id == claim)


def test_who_took_what_back() -> None:
    def entry(kind: EntryKind, target: str, hours: int) -> Entry:
        return Entry(kind, target, "x", at(hours))
    one = entry("dismiss", "a", 1)
    undo = entry("undo", one.id, 2)
    redo = entry("undo", undo.id, 3)
    assert undoers([one, undo]) == {one.id: undo.id}
    assert undoers([redo, one, undo]) == {undo.id: redo.id}
    assert standing([undo, redo, one]) == (one,)
    assert standing([undo, one]) == ()


def test_batches_are_taken_in_whole_or_not_at_all(ledger: Ledger) -> None:
    from whoholds.ledger import Reading
    readings = [Reading(r.report, r.claims, r.resolved, r.reader) for r in map(made, range(5))]
    done = ledger.append_all(readings, NOW)
    assert [d.new_claims for d in done] == [len(made(n).claims) for n in range(5)]
    assert not any(d.new_reading for d in ledger.append_all(readings, NOW))
    broken = replace(readings[0], claims=readings[1].claims)
    before = contents(ledger)
    with pytest.raises(ValueError, match="is of report"):
        ledger.append_all([Reading(made(9).report, made(9).claims, made(9).resolved, "r"), broken],
                          NOW)
    assert contents(ledger) == before


@pytest.mark.parametrize("moment", [datetime(2025, 5, 3, tzinfo=NOW.tzinfo),
                                    parse_moment("2025-05-03")])
def test_reviews_count_at_past_known_times(ledger: Ledger, moment: object) -> None:
    made(1).into(ledger)
    enter(ledger, "dismiss", made(1).claims[0].id, 1)
    assert made(1).claims[0].id not in ids(ledger, known_at=moment)


def test_one_reads_in_one_reviews_and_ten_look_on(where: str) -> None:
    readings = [made(number) for number in range(20)]
    failed: list[BaseException] = []
    with Ledger.open(where) as ledger:
        for reading in readings[:10]:
            reading.into(ledger)

        def watched(work: Callable[[Ledger], None]) -> Callable[[], None]:
            def run() -> None:
                try:
                    with Ledger.open(where) as mine:
                        work(mine)
                except BaseException as error:
                    failed.append(error)
            return run

        def read_in(mine: Ledger) -> None:
            for reading in readings[10:]:
                reading.into(mine)

        def review(mine: Ledger) -> None:
            for hours, reading in enumerate(readings[:10]):
                enter(mine, "dismiss", reading.claims[0].id, hours)

        def look(mine: Ledger) -> None:
            for _ in range(4):
                with mine.as_of() as view:
                    dismissed = {e.target for e in view.entries()}
                    assert not dismissed & {c.id for c in view.claims()}

        threads = [threading.Thread(target=watched(work)) for work in (read_in, review)]
        threads += [threading.Thread(target=watched(look)) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        dismissed = {r.claims[0].id for r in readings[:10]}
        assert ids(ledger) == {c.id for r in readings for c in r.claims} - dismissed
        assert ledger.check() == ()
