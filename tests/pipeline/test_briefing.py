"""A country's brief reads what is said of the country, and is that of a reading of everything."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import islice
from pathlib import Path

from benchmarks.ledger import DAYS, NOW, START, world
from tests.pipeline.crash import Harness
from whoholds.core import Report, instant_text, parse_moment
from whoholds.ledger import Reading
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.briefing import brief_of
from whoholds.reading import fingerprint
from whoholds.settings import settings_from
from whoholds.views.models import Brief
from whoholds.views.papers import brief_markdown


def compared(desk: Workbench, country: str, known_at: str | None = None,
             since: str | None = None) -> tuple[Brief, float]:
    """Asserts that both ways give the same brief; it, and the share of the claims that were
    read for it."""
    whole, narrow = desk.snapshot(known_at), desk.snapshot(known_at, country=country)
    told = brief_of(desk, narrow, since, country)
    assert told == brief_of(desk, whole, since, country), country
    return told, len(narrow.claims) / len(whole.claims)


def test_the_samples_as_reviewed(harness: Harness, tmp_path: Path) -> None:
    where = str(tmp_path / "l.db")
    for _ in harness.steps(where):
        pass
    with harness.desk(where) as desk:
        whole = desk.snapshot()
        countries = Counter(p.country for i in {e.place_id for e in whole.evidence}
                            if (p := whole.known.places.get(i)) and p.country)
        assert len(countries) > 1
        least = 1.0
        for country, _ in countries.most_common(6):
            assert country is not None
            compared(desk, country, "2021-08-15", "2021-08-10")
            told, share = compared(desk, country)
            assert told.sections
            least = min(least, share)
        assert least < 0.5
        title = {s.title for s in compared(desk, "Afghanistan", None, "2021-08-13")[0].sections}
        assert {"Who holds what", "Numbers", "Ways out"} <= title


def test_made_up_news(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db", settings=settings_from({}, {})) as desk:
        desk.ledger.append_all([
            Reading(report, claims, resolved, "reader 1", "gazetteer 1", fingerprint(report.text))
            for report, claims, resolved, _ in islice(world(), 400)], NOW)
        past = instant_text(START + timedelta(days=DAYS / 2))
        for known_at in (None, past):
            told, share = compared(desk, "Bouvet Island", known_at)
            assert share < 0.9
            assert "the 20 places" in brief_markdown(told)


def test_reports_of_elsewhere_are_not_counted(harness: Harness, tmp_path: Path) -> None:
    texts = [("The Taliban captured the city of Herat on Tuesday, officials said.", "Wire"),
             ("Russian troops captured the city of Kherson on Tuesday. Twelve soldiers were killed "
              "in the fighting, officials said.", "Herald")]
    with open_ledger(tmp_path / "l.db") as desk:
        desk.stages = harness.stages
        for text, outlet in texts:
            desk.take_in("x", Report(text, outlet, parse_moment("2022-03-02"), "given"))
        there, here = compared(desk, "Ukraine")[0], compared(desk, "AF")[0]
        assert "from 1 report of 1 outlet" in here.subtitle
        assert "2 reports of 2 outlets" in brief_of(desk, desk.snapshot()).subtitle
        numbers = [[t.text for s in told.sections if s.title == "Numbers" for t in s.told]
                   for told in (there, here)]
        assert numbers[0]
        assert not numbers[1]
