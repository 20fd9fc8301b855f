"""What is watched is asked about again where news touch it, and is as if all were asked anew."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.pipeline.streams import NOW, SIDES, TOWNS, Stream
from whoholds.core import Interval, UsageError
from whoholds.ledger import Entry, Ledger
from whoholds.pipeline import Workbench, kept
from whoholds.pipeline.kept import Kept
from whoholds.settings import settings_from

SEEDS, ROUNDS = 5, 12
NAMES = ("Town3", "Town5", "Town30", "Nowhere")
COUNTED = ("soldier", "Town2", "casualty")
Told = dict[str, object]


@pytest.fixture
def desk(tmp_path: Path) -> Workbench:
    return Workbench(Ledger.open(tmp_path / "l.db"), settings_from({}, {}))


def told(by: Kept) -> Told:
    by.refresh()
    return {**{n: by.holders(n) for n in NAMES}, **{s.id: by.held_by(s.id) for s in SIDES},
            **{w: by.numbers_of(w) for w in COUNTED}}


def asked(desk: Workbench) -> Told:
    """The same from answers about the whole ledger."""
    out: Told = {}
    for name in NAMES:
        try:
            found = desk.status([name])
        except UsageError:
            found = ()
        out[name] = tuple(kept.Holding(b.place, b.holder, b.contested) for b in found)
    try:
        every = desk.status()
    except UsageError:
        return out
    return out | {s.id: {b.place.id: b.place.name for b in every if b.holder == s.id}
                  for s in SIDES}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_it_is_what_an_answer_from_everything_is(desk: Workbench, seed: int) -> None:
    stream, some = Stream(seed), 0
    following, places_only = Kept(desk, NAMES, True, True), Kept(desk, NAMES)
    for _ in range(ROUNDS):
        stream.round(desk.ledger)
        now = told(following)
        some += 0 < len(following.asked) < len(following.held)
        assert now == told(Kept(desk, NAMES, True, True))
        assert now.items() >= asked(desk).items()
        places_only.refresh()
        assert {n: places_only.holders(n) for n in NAMES} == {n: now[n] for n in NAMES}
    following.refresh()
    assert following.asked == frozenset()          # nothing came
    assert some >= 2


def test_only_touched_places_are_asked_about(
        desk: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(5)
    desk.ledger.append_all([stream.reading() for _ in range(40)], NOW)
    solved, read = Counter[str](), list[object]()
    plain, snapshot = kept.history, desk.snapshot

    def history(rows: object, key: str, *rest: object) -> object:
        solved[key] += 1
        return plain(rows, key, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(kept, "history", history)
    monkeypatch.setattr(desk, "snapshot", lambda **given: read.append(given) or snapshot(**given))
    following = Kept(desk, sides=True)
    following.refresh()
    assert len(solved) > len(TOWNS) / 2
    assert set(solved.values()) == {1}
    solved.clear()
    fresh = Stream(77)
    one = next(r for r in iter(fresh.reading, None) if r.report.published and not r.report.url
               and not r.report.title and len(r.claims) == 1 and r.claims[0].place
               and r.resolved.resolutions[1].entity_id == TOWNS[6].id)
    desk.ledger.append_all([one], NOW)
    following.refresh()
    assert following.asked == {TOWNS[6].id}
    assert solved == {TOWNS[6].id: 1}
    other = Kept(desk, ["Town2"])
    other.refresh()
    read.clear()
    two = next(r for r in iter(fresh.reading, None) if not r.report.url and not r.report.title
               and {x.entity_id for x in r.resolved.resolutions if x.role == "place"} == {
                   TOWNS[8].id})
    desk.ledger.append_all([two], NOW)
    solved.clear()
    other.refresh()
    assert (solved, read, other.asked) == ({}, [], frozenset())
    following.refresh()
    assert set(solved) == {TOWNS[8].id}


def test_what_people_say_touches_everything(desk: Workbench) -> None:
    stream = Stream(3)
    desk.ledger.append_all([stream.reading() for _ in range(30)], NOW)
    following = Kept(desk, sides=True)
    following.refresh()
    every = following.asked
    claim = next(c for c in desk.ledger.claims() if c.place is not None)
    desk.ledger.enter(Entry("dismiss", claim.id, "Ana", Interval(NOW, NOW, "second")), NOW)
    following.refresh()
    assert len(following.asked) >= len(every) - 1
    anew = Kept(desk, sides=True)
    anew.refresh()
    assert [following.held_by(s.id) for s in SIDES] == [anew.held_by(s.id) for s in SIDES]


def test_nothing_chosen_costs_nothing(desk: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.ledger, "as_of", lambda: pytest.fail("it was asked"))
    nothing = Kept(desk)
    nothing.refresh()
    assert not nothing.asked
