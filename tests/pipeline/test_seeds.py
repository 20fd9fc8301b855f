"""The two reports of August 2021: read, believed, explained and scored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds.core import Belief
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.scoring import score_history, score_reading

FLOORS = json.loads((Path(__file__).parents[2] / "benchmarks/floors.json").read_text("utf8"))
CONTROL = ("gain", "loss", "hold", "contest", "attack", "clash", "encircle", "enter")
EVENING = "2021-08-15T18:00Z"
TALIBAN, GOVERNMENT = "pack:afghanistan/taliban", "state:AF"


@pytest.fixture(scope="module")
def desk(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with open_ledger(tmp_path_factory.mktemp("seeds") / "seeds.db") as opened:
        assert len(opened.read([], manifest=shared / "seeds/reports.csv").read) == 2
        yield opened


@pytest.fixture(scope="module")
def evening(desk: Workbench) -> dict[str, Belief]:
    return {b.place.name: b for b in desk.status(at=EVENING)}


@pytest.mark.parametrize("place", [
    "Kandahar", "Herat", "Jalalabad", "Mazar-i-Sharif", "Torkham", "Kabul University", "Bagram"])
def test_what_the_taliban_hold(evening: dict[str, Belief], place: str) -> None:
    assert evening[place].holder == TALIBAN


def test_what_is_unconfirmed_is_less_sure(evening: dict[str, Belief]) -> None:
    sure = [evening[p].probability_p for p in ("Kandahar", "Herat", "Jalalabad", "Mazar-i-Sharif")]
    assert evening["Bagram"].probability_p < min(sure) - 0.05


def test_plans_and_forecasts_do_not_settle_the_capital(evening: dict[str, Belief]) -> None:
    assert evening["Kabul"].holder == GOVERNMENT or evening["Kabul"].contested


def test_what_was_known_the_day_before(desk: Workbench) -> None:
    known = desk.snapshot("2021-08-14")
    assert {r.outlet for r in known.reports.values()} == {"South Front"}
    assert {c.report_id for c in known.claims} == set(known.reports)
    before = {b.place.name: b.holder for b in desk.status_in(known)}
    assert before["Kandahar"] == before["Herat"] == TALIBAN
    assert "Jalalabad" not in before
    assert "Torkham" not in before


def test_nested_sources_come_out_whole(desk: Workbench) -> None:
    chains = {tuple(s.name for s in c.sources) for c in desk.snapshot().claims
              if c.kind == "clash" and c.polarity == "denied"}
    assert ("Sputnik", "Associated Press", "officials") in chains


def test_the_claims_are_read_well(desk: Workbench, shared: Path) -> None:
    control = score_reading(desk, shared / "seeds/claims.jsonl", CONTROL)
    assert control.overall.recall >= FLOORS["claims.seeds.control_recall"]
    assert control.overall.precision >= FLOORS["claims.seeds.control_precision"]
    assert control.false_facts == 0
    every = score_reading(desk, shared / "seeds/claims.jsonl")
    assert every.overall.recall >= FLOORS["claims.seeds.core_recall"]
    assert every.overall.precision >= FLOORS["claims.seeds.core_precision"]


def test_the_record_is_met(desk: Workbench, shared: Path) -> None:
    score = score_history(desk, shared / "seeds/record.csv")
    assert score.found >= FLOORS["belief.record_seeds.found"]
    assert score.invented == 0
    assert score.days_off_median is not None
    assert score.days_off_median <= 1
