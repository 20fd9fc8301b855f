"""Reading about one theatre: what is not about it is stored, and no claim about it is lost."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from tests.pipeline.crash import Harness
from whoholds.core import Claim, Interval, Report, Resolved, UsageError
from whoholds.evaluation.cases import read_cases
from whoholds.pipeline import open_ledger
from whoholds.pipeline.stages import Stages
from whoholds.settings import settings_from

CASES = Path(__file__).parents[1] / "cases"
THEATRES = ("afghanistan", "drcongo", "iraq", "myanmar", "sudan", "syria", "ukraine")
LOCAL = "The council of Norwich, Connecticut, met on Tuesday. Police arrested a man there."


Read = tuple[Report, tuple[Claim, ...], Resolved]


def lost(stages: Stages, read: Iterable[Read]) -> list[tuple[str, str]]:
    """The theatres and reports whose claims reading about the theatre alone would lose: those that
    name a place or an actor of it, rightly or wrongly."""
    scopes = {name: stages.resolver.scope([name], stages.reader.is_word) for name in THEATRES}
    found, claims = [], 0
    for report, told, resolved in read:
        entities = {e.id: e for e in (*resolved.places, *resolved.actors)}
        by_id = {c.id: c for c in told}
        meant = [entities[r.entity_id] for r in resolved.resolutions
                 if r.entity_id and named(by_id[r.claim_id], r.role)]
        for name, scope in scopes.items():
            if any(map(scope.concerns, meant)):
                claims += 1
                if not scope.names_in(report.text):
                    found.append((name, report.text[:80]))
    assert claims
    return found


def named(claim: Claim, role: str) -> bool:
    """Whether the words of a role have a name in them: *the dam* and *they* have none."""
    kind, _, link = role.partition(":")
    mention = claim.sources[int(link)].mention if kind == "source" else \
        claim.mention(kind)  # type: ignore[arg-type]
    return mention is not None and any(w[:1].isupper() for w in mention.text.split())


def understood(stages: Stages, reports: Iterable[Report]) -> Iterable[Read]:
    from whoholds.claims import extract
    for report in reports:
        parse = stages.reader.parse(report)
        claims = extract(report, parse, stages.codebook, stages.resolver.is_place)
        yield report, claims, stages.resolver.resolve(report, parse, claims)


def test_no_claim_of_the_samples_is_lost(harness: Harness) -> None:
    from tests.pipeline.crash import SAMPLES
    from whoholds.reading import read_paths
    reports = [r.report for r in read_paths([], manifest=str(SAMPLES)) if r.report]
    assert lost(harness.stages, ((r, *harness.found[r.id]) for r in reports)) == []


@pytest.mark.long
def test_no_claim_of_the_cases_is_lost() -> None:
    stages = Stages(settings_from({}, {}))
    files = [f for part in ("dev", "opened") for f in sorted((CASES / part).glob("*.md"))]
    cases = [c for f in files for c in read_cases(f.read_text("utf8"), f.name)]
    assert lost(stages, understood(stages, (c.report for c in cases))) == []


@pytest.mark.long
def test_no_claim_of_real_news_is_lost(shared: Path) -> None:
    stages = Stages(settings_from({}, {}))
    articles = [a.findtext("text") or "" for name in ("lgl", "GeoVirus") for a in ET.parse(
        shared / f"data/geoparsing/data/Corpora/{name}.xml").getroot().iter("article")]
    lines = (shared / "data/isaf_press_releases/data/isaf_press_releases.jsonl").open("rb")
    with lines:
        releases = [json.loads(line)["conversations"][1]["value"] for line in lines]
    news = [f.read_text("utf8", "replace") for f in sorted(
        (shared / "data/attribution_polnear/data").glob("*/text/*.txt"))]
    seeds = [f.read_text("utf8") for f in sorted((shared / "seeds").glob("*.txt"))]
    day = Interval.of_days(date(2021, 8, 16))
    texts = [*seeds, *releases[::3], *news[::3], *articles[::8]]
    assert lost(stages, understood(stages, (
        Report(t, "a paper", day) for t in texts if t.strip()))) == []


def test_what_names_nothing_of_the_theatre_is_stored_and_not_parsed(tmp_path: Path) -> None:
    where = tmp_path / "l.db"
    (tmp_path / "a.txt").write_text(LOCAL)
    (tmp_path / "b.txt").write_text("The Taliban captured Herat on Friday, officials said.")
    about = settings_from({"read.about": "afghanistan"}, {})
    with open_ledger(where, settings=about) as desk:
        first, second = desk.read([tmp_path / "a.txt", tmp_path / "b.txt"], outlet="A",
                                  published="2021-08-13").intakes
        assert first.claims == 0
        assert "names nothing of" in first.notes[-1]
        assert second.claims == 1
        assert len(desk.ledger.reports()) == 2
    with open_ledger(where) as desk:            # without the setting it is read after all
        assert desk.read([tmp_path / "a.txt"], outlet="A", published="2021-08-13").read[0].claims


def test_a_theatre_that_is_none_is_refused(tmp_path: Path) -> None:
    settings = settings_from({"read.about": "Ruritania"}, {})
    (tmp_path / "a.txt").write_text(LOCAL)
    with open_ledger(tmp_path / "l.db", settings=settings) as desk, \
            pytest.raises(UsageError, match=r"read\.about: Ruritania: neither"):
        desk.read([tmp_path / "a.txt"])
