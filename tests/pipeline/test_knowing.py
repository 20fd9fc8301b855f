"""What was known when, taken from what is known now, is what the ledger itself says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from whoholds.core import Evidence, Interval, Report, instant_text
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.knowing import Knowing

DAY = timedelta(days=1)
FIRST = datetime(2021, 8, 8, 23, 59, 59, tzinfo=UTC)
DAYS = [FIRST + DAY * n for n in range(9)]
STORY = ("Rebel fighters captured the city of Kunduz on Sunday, two officials said. The governor "
         "fled to the airport with his guards before dawn. Residents hid in their cellars.")


def by_place(evidence: Sequence[Evidence]) -> dict[str, tuple[Evidence, ...]]:
    return {i: tuple(e for e in evidence if e.place_id == i)
            for i in {e.place_id for e in evidence}}


def unfolded(knowing: Knowing, at: int, who: str | None) -> dict[str, tuple[Evidence, ...]]:
    found = {}
    for place, versions in knowing.unfolding(DAYS, who).items():
        before = [about for index, about in versions if index <= at]
        if before and before[-1]:
            found[place] = before[-1]
    return found


def assert_same(desk: Workbench, who: str | None = None) -> None:
    """Each day's evidence and snapshot are those that the ledger gives when asked for that day."""
    known = desk.snapshot()
    knowing = Knowing(desk, known)
    for index, day in enumerate(DAYS):
        text = instant_text(day)
        assert text is not None
        direct = desk.snapshot(text)
        made = knowing.snapshot(text)
        assert made.evidence == direct.evidence
        assert dict(made.reports) == dict(direct.reports)
        assert tuple(made.claims) == tuple(direct.claims)
        assert dict(made.known.copies) == dict(direct.known.copies)
        assert {k: made.known.resolutions[k] for k in direct.known.resolutions} == dict(
            direct.known.resolutions)
        told = direct.evidence if who is None else knowing.told_by(direct, who).evidence
        assert unfolded(knowing, index, who) == by_place(told)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("knowing") / "samples.db"
    with open_ledger(path) as desk:
        desk.read([], manifest=str(files("whoholds").joinpath("samples", "manifest.csv")))
        desk.ledger.check()
    return path


@pytest.fixture
def desk(samples: Path, tmp_path: Path) -> Workbench:
    path = tmp_path / "samples.db"
    path.write_bytes(samples.read_bytes())
    opened = open_ledger(path)
    token = opened.add_reviewer("Ana", sees=True, manages=True)
    return opened.signed(token)


def take_in(desk: Workbench, text: str, outlet: str, day: int, **more: str) -> str:
    at = FIRST + DAY * day - timedelta(hours=6)
    report = Report(text, outlet, Interval(at, at, "second"), "given", True, **more)
    assert desk.take_in("here", report).problem is None
    return report.id


def test_nothing_is_lost_or_added(desk: Workbench) -> None:
    assert_same(desk)
    assert Knowing(desk, desk.snapshot()).unfolding([]).keys() >= {
        e.place_id for e in desk.snapshot().evidence}


def test_one_side_s_word(desk: Workbench) -> None:
    assert_same(desk, "Taliban")
    with pytest.raises(Exception, match="nobody called 'Nobody'"):
        Knowing(desk, desk.snapshot()).told_by(desk.snapshot(), "Nobody")


def test_withdrawn_and_given_back(desk: Workbench) -> None:
    report = take_in(desk, STORY, "Post", 2)
    entry = desk.review.retract(report, since="2021-08-12T00:00Z")
    assert_same(desk)
    desk.review.undo(entry.id, since="2021-08-14T00:00Z")
    assert_same(desk)


def test_corrected_by_its_outlet(desk: Workbench) -> None:
    take_in(desk, STORY, "Post", 1, title="Kunduz falls", url="https://example.org/1")
    take_in(desk, "Correction: An earlier version of this report said that rebels captured the "
            "city of Kunduz. They attacked the city of Kunduz.", "Post", 4, title="Kunduz falls",
            url="https://example.org/1")
    assert_same(desk)


def test_copies_that_a_third_shows_to_be_one_family(desk: Workbench) -> None:
    sentences = [f"Rebel fighters captured the town of Shah {n} on day {n} of the war, said one "
                 "more of the officials." for n in range(12)]
    take_in(desk, " ".join(sentences[:6]), "Post", 1)
    take_in(desk, " ".join(sentences[6:]), "Gazette", 3)
    take_in(desk, " ".join(sentences), "Wire", 5)
    take_in(desk, STORY, "Wire", 2)
    take_in(desk, STORY, "Post", 6)
    assert_same(desk)


def test_sources_that_are_one_and_places_that_are(desk: Workbench) -> None:
    outlets = sorted({r.outlet for r in desk.snapshot().reports.values()})
    desk.review.merge("source", outlets[0], outlets[1])
    assert_same(desk)


def test_a_source_that_is_hidden(desk: Workbench) -> None:
    outlet = next(iter(desk.snapshot().reports.values())).outlet
    desk.review.protect(outlet)
    assert_same(desk.signed(None))
    assert outlet in str(desk.snapshot().reports)


def test_what_was_read_later_and_has_no_date_is_known_only_now(desk: Workbench) -> None:
    report = Report(STORY, "Post", None, "given", True)
    desk.take_in("here", report)
    assert_same(desk)
    assert report.id in desk.snapshot().reports


def test_the_same_words_of_a_date_are_asked_of_the_ledger(desk: Workbench) -> None:
    known = desk.snapshot()
    asked = Knowing(desk, known).snapshot("2021-08-12")
    assert asked.evidence == desk.snapshot("2021-08-12").evidence
    assert replace(asked, known_at=None) != known
