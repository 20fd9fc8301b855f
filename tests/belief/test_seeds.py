"""The two seed reports, as human coders read them, give the answers that people gave then."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.belief.helpers import mention, place
from whoholds.belief import Priors, beliefs, contributions, disputes
from whoholds.core import Belief, Claim, Evidence, Interval, Source, Span

AT = datetime(2021, 8, 15, 18, tzinfo=UTC)
SIDES = {"Taliban": "taliban", "Afghan government": "government", "Afghan army": "government",
         "Afghan security forces": "government", "United States": "us", "Matin Bek": "government"}
ORIGINS = {  # class, side
    "Interior Ministry of Afghanistan": ("official", "government"),
    "Office of the President of Afghanistan": ("official", "government"),
    "Matin Bek": ("official", "government"), "source (anonymous)": ("anonymous", None),
    "local TV": ("media", None), "officials (anonymous)": ("anonymous", None),
    "unnamed": ("unnamed", None), "Taliban": ("spokesperson", "taliban"),
    "Taliban spokesman": ("spokesperson", "taliban"), "media reports": ("media", None),
    "Taliban spokesperson": ("spokesperson", "taliban"), "Pentagon": ("official", "us"),
    "Taliban official": ("official", "taliban"), "US officials": ("anonymous", "us"),
    "US intelligence": ("official", "us"), "other sources": ("unnamed", None)}
CROSSINGS = ("Torkham border crossing", "Spin Boldak", "Islam Qala")


def _interval(first: str, last: str) -> Interval:
    def start(text: str) -> datetime | None:
        return None if text == ".." else Interval.of_days(date.fromisoformat(text)).earliest

    def end(text: str) -> datetime | None:
        return None if text == ".." else Interval.of_days(date.fromisoformat(text)).latest
    return Interval(start(first), end(last))


def _evidence(row: dict, published: dict[str, datetime]) -> list[Evidence]:  # type: ignore[type-arg]
    if not row["place"]:
        return []
    outlet, origin = row["sources"][0], row["sources"][-1]
    origin_class, side = ORIGINS.get(origin, ("outlet", None))
    sources = tuple(Source(name, "outlet") for name in row["sources"])
    members = row["place"]
    by_set = None
    if "(all)" in members[0]:
        members, by_set = list(CROSSINGS), "set:crossings"
    if row["kind"] == "seize" or "provincial capitals" in members[0]:
        return []
    out = []
    for member in members:
        claim = Claim(
            report_id=row["report"], kind=row["kind"], span=Span(row["start"], row["end"]),
            sentence=Span(row["start"], row["end"]), sources=sources, polarity=row["polarity"],
            modality=row["modality"], actor=mention(row["actor"]) if row["actor"] else None,
            counterpart=mention(row["counterpart"]) if row["counterpart"] else None,
            place=mention(member), part=row["part"], valid=_interval(*row["time"]),
            hedges=tuple(row["hedges"]))
        out.append(Evidence(
            claim, member, SIDES.get(row["actor"] or ""), SIDES.get(row["counterpart"] or ""),
            f"{outlet}/{origin}" if origin_class in ("anonymous", "unnamed", "media") else origin,
            origin_class, side, published[row["report"]], outlet, by_set=by_set))
    return out


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[Evidence]:
    with (shared / "seeds" / "reports.csv").open(encoding="utf8") as stream:
        published = {row["file"]: Interval.of_days(date.fromisoformat(row["published"])).latest
                     for row in csv.DictReader(stream)}
    lines = (shared / "seeds" / "claims.jsonl").read_text(encoding="utf8").splitlines()
    return [e for line in lines for e in _evidence(json.loads(line), published)]  # type: ignore[arg-type]


def _who(seeds: list[Evidence], name: str, known_at: datetime | None = None,
         at: datetime = AT) -> Belief:
    return beliefs(seeds, [place(name)], at, known_at, Priors())[0]


@pytest.mark.parametrize("name", ["Kandahar", "Herat", "Jalalabad", "Mazar-i-Sharif",
                                  "Torkham border crossing", "Kabul University"])
def test_what_was_told_outright_is_believed(seeds: list[Evidence], name: str) -> None:
    found = _who(seeds, name)
    assert found.holder == "taliban"
    assert not found.contested


def test_the_unconfirmed_is_believed_less(seeds: list[Evidence]) -> None:
    found = _who(seeds, "Bagram")
    assert found.holder == "taliban"
    assert found.probability_p < _who(seeds, "Kandahar").probability_p - 0.1


def test_the_capital_is_not_settled_by_plans_and_forecasts(seeds: list[Evidence]) -> None:
    found = _who(seeds, "Kabul")
    assert found.holder == "government" or found.contested
    assert dict(found.states)["taliban"] < 0.2


def test_nothing_is_known_before_it_was_published(seeds: list[Evidence]) -> None:
    then = datetime(2021, 8, 14, 23, 59, 59, tzinfo=UTC)
    assert _who(seeds, "Kandahar", then, then).holder == "taliban"
    for name in ("Jalalabad", "Mazar-i-Sharif", "Bagram", "Torkham border crossing"):
        found = _who(seeds, name, then, then)
        assert found.holder is None
        assert found.evidence == ()


def test_the_government_is_explained_by_its_own_voice(seeds: list[Evidence]) -> None:
    moved = contributions(seeds, "Kabul", AT)
    assert len(moved) >= 4
    assert all(0 <= c.without_p <= 1 for c in moved)
    assert sum(len(c.claim_ids) for c in moved) >= 8


def test_the_capital_is_in_dispute(seeds: list[Evidence]) -> None:
    names = {e.place_id for e in seeds}
    found = disputes(seeds, [place(n) for n in sorted(names)], None, Priors())
    assert [d.place.id for d in found] == ["Kabul", "Kabul"]
