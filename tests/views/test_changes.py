from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.views.world import EVIDENCE, JALALABAD, KABUL, NAMES, REPORTS, T0, TORKHAM, belief
from whoholds.views import DifferenceView, Terminal, changes_data, changes_text, cite

BEFORE = T0 - timedelta(days=2)
NEWS = cite(EVIDENCE[:1], REPORTS)
FELL = DifferenceView(JALALABAD, "holder", belief(JALALABAD, 0.1), belief(JALALABAD, 0.96), NEWS)
FOUGHT = DifferenceView(KABUL, "contested", belief(KABUL, 0.1), belief(KABUL, 0.2, 0.5), ())
SURER = DifferenceView(TORKHAM, "probability", belief(TORKHAM, 0.7), belief(TORKHAM, 0.9), ())


def shown(*found: DifferenceView) -> str:
    return changes_text(found, BEFORE, T0, NAMES, Terminal(160))


def test_each_kind_of_difference_has_its_words_and_its_news() -> None:
    text = shown(FELL, FOUGHT, SURER)
    assert text.startswith("3 places are not as before, from 13 Aug 2021 18:00 UTC, as then known, "
                           "to 15 Aug 2021 18:00 UTC\n")
    assert ("Jalālābād (city, Nangarhar): Afghan government, very likely, 85% → Taliban, almost "
            "certain, 96%, 14–15 Aug 2021") in text
    assert "“The Taliban took control of Jalalabad on Sunday.”" in text
    assert "Kabul (city, Kabul): fought over now; contested" in text
    assert "Torkham (crossing): Taliban, likely, 70% → very likely, 90%" in text
    assert "only time has passed" in text


def test_places_that_one_claim_changes_alike_stand_together() -> None:
    other = replace(JALALABAD, id="geonames:1", name="Surobi")
    text = shown(FELL, replace(FELL, place=other))
    assert "Jalālābād, Surobi (city, 2 places): Afghan government" in text
    assert text.count("took control") == 1


def test_only_the_latest_of_many_new_claims_are_quoted() -> None:
    many = replace(FELL, cited=cite(EVIDENCE, REPORTS))
    assert "and 2 earlier" in shown(many)
    assert shown().startswith("Nothing is different from 13 Aug")


def test_json() -> None:
    row = changes_data([FELL], NAMES)[0]
    assert row["before"]["holder"] == "Afghan government"  # type: ignore[index, call-overload]
    assert row["after"]["holder"] == "Taliban"  # type: ignore[index, call-overload]
    assert len(row["claims"]) == 1  # type: ignore[arg-type]
