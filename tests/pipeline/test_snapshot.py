"""A snapshot for some places says of them, to the byte, what the snapshot of everything says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.ledger import NOW, START, world
from tests.pipeline.crash import HARNESS, Harness
from whoholds.core import Interval, Place, Report, UsageError, parse_moment
from whoholds.ledger import Entry, Reading
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.review import Review
from whoholds.pipeline.snapshot import Snapshot
from whoholds.reading import fingerprint


def told(desk: Workbench, known: Snapshot, places: Iterable[Place]) -> str:
    """All that a snapshot says of some places."""
    names = [p.id for p in places]
    ids = set(names)
    return json.dumps([
        [str(e) for e in known.evidence if e.place_id in ids], str(desk.status_in(known, names)),
        [str(desk.contributions(known, p, desk.valid_at(known))) for p in places],
        str(desk.timeline(known, names)), str(desk.disputes(known, names))])


def compared(desk: Workbench, known_at: str | datetime | None, every: int = 1) -> list[float]:
    """Asserts that they say the same; the share of the claims that each narrow one has read."""
    whole = desk.snapshot(known_at)
    about = {e.place_id for e in whole.evidence}
    shares = []
    for place in sorted((whole.known.places[i] for i in about), key=lambda p: p.id)[::every]:
        narrow = desk.snapshot(known_at, places=[place.id])
        assert narrow.last_moment == whole.last_moment
        assert told(desk, narrow, [place]) == told(desk, whole, [place]), place.name
        shares.append(len(narrow.claims) / len(whole.claims))
    return shares


@pytest.fixture(scope="module")
def reviewed(harness: Harness, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Workbench]:
    where = str(tmp_path_factory.mktemp("reviewed") / "l.db")
    for _ in harness.steps(where):
        pass
    return lambda: harness.desk(where)


def test_the_samples_as_reviewed(reviewed: Callable[[], Workbench]) -> None:
    with reviewed() as desk:
        moments = sorted(r.published.latest for r in desk.snapshot().reports.values()
                         if r.published and r.published.latest)
        assert min(compared(desk, None)) < 0.7
        for known_at in (moments[0], moments[len(moments) // 2]):
            compared(desk, known_at, every=3)


def test_what_people_decided_of_places_and_sources(harness: Harness, tmp_path: Path) -> None:
    where = str(tmp_path / "l.db")
    for _ in islice(harness.steps(where), len(harness.found)):
        pass
    with harness.desk(where) as desk:
        known = desk.snapshot()
        rows = {e.place_id: e for e in known.evidence}
        one, other = sorted(rows)[:2]
        at = Interval(NOW, NOW, "second")
        into = known.known.places[other].to_json()
        for entry in (
                Entry("locate", one, "x", at, "", {"latitude": 1.0, "longitude": 2.0}),
                Entry("protect", rows[one].outlet, "x", at, "", {"names": [rows[one].outlet]}),
                Entry("merge", one, "x", at, "", {"what": "place", "into": into}),
                Entry("merge", rows[one].outlet, "x", at, "",
                      {"what": "source", "into": rows[other].outlet})):
            desk.ledger.enter(entry, NOW)
            assert compared(desk, None, every=4)


def test_corrections_and_copies(harness: Harness, tmp_path: Path) -> None:
    wire = ("Russian troops captured the city of Kherson on Tuesday, residents and officials of "
            "the region said. They also took the town of Izium after a day of shelling. ")
    texts = [(wire, "Wire", "2022-03-01"), (wire + "So it went.", "Herald", "2022-03-02"),
             ("Ukrainian forces hold Kherson, residents said. Izium has fallen.", "Wire",
              "2022-03-03"),
             ("Correction: an earlier version of this report named another city.\n\n" + wire,
              "Wire", "2022-03-04")]
    with open_ledger(tmp_path / "l.db") as desk:
        desk.stages = harness.stages
        for text, outlet, day in texts:
            desk.take_in("x", Report(text, outlet, parse_moment(day), "given"))
        shown = {e.copy_of is not None for e in desk.snapshot().evidence}
        assert shown == {True, False}
        for known_at in ("2022-03-02", "2022-03-03", None):
            compared(desk, known_at)


def test_made_up_news(tmp_path: Path) -> None:
    from whoholds.settings import settings_from
    with open_ledger(tmp_path / "l.db", settings=settings_from({}, {})) as desk:
        batch = [Reading(report, claims, resolved, "reader 1", "gazetteer 1",
                         fingerprint(report.text))
                 for report, claims, resolved, _ in islice(world(), 150)]
        desk.ledger.append_all(batch, NOW)
        review = Review(desk, HARNESS, desk.now)
        for number, claim in enumerate(desk.ledger.claims()[::60]):
            (review.confirm if number % 2 else review.dismiss)(claim.id)
        assert max(compared(desk, None, every=9)) < 0.7
        compared(desk, START + timedelta(days=365), every=20)


def test_a_place_that_is_not_there_is_told_of_as_ever(reviewed: Callable[[], Workbench]) -> None:
    with reviewed() as desk:
        known = desk.snapshot()
        name = known.places_with_evidence()[0].name
        with pytest.raises(UsageError) as whole:
            known.places_named([name + "x"])
        with pytest.raises(UsageError) as narrow:
            desk.status([name + "x"])
        assert str(narrow.value) == str(whole.value)
        assert desk.snapshot(datetime(1999, 1, 1, tzinfo=UTC), places=[name]).evidence == ()


def test_few_of_many_reports_are_asked_for_by_index(tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(tmp_path / "l.db") as desk:
        desk.ledger.append_all([
            Reading(report, claims, resolved, "reader 1", "gazetteer 1", fingerprint(report.text))
            for report, claims, resolved, _ in islice(world(), 60)], NOW)
        whole, said = desk.snapshot(), []
        place = whole.places_named(["Town1"])
        monkeypatch.setattr("whoholds.pipeline.snapshot.BY_INDEX", 1)
        for share in (1.0, 0.01):
            monkeypatch.setattr("whoholds.pipeline.snapshot.FEW", share)
            narrow = desk.snapshot(places=["Town1"])
            assert (len(narrow.reports) < len(whole.reports)) == (share == 1.0)
            said.append(told(desk, narrow, place))
        assert said[0] == said[1] == told(desk, whole, place)
