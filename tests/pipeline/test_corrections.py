"""An outlet's own correction supersedes the earlier version, from its own date on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

import pytest

from whoholds.core import Report, Resolved, parse_moment
from whoholds.ledger import Ledger, Reading
from whoholds.pipeline import open_ledger
from whoholds.pipeline.corrections import of_one_story, superseded, without_superseded
from whoholds.reading import Families


def report(text: str, day: str | None, outlet: str = "Herald", **more: str) -> Report:
    return Report(text, outlet, parse_moment(day) if day else None, "given", **more)


OLD = report("Kherson fell.", "2022-03-01", url="https://h.example/1")
NEW = report("Kherson holds. An earlier version of this story said otherwise.", "2022-03-03",
             url="https://h.example/1")


@pytest.mark.parametrize(("old", "new", "copies", "is_so"), [
    (OLD, NEW, False, True), (OLD, replace(NEW, url=None), False, False),
    (replace(OLD, url=None), replace(NEW, url=None), True, True),
    (replace(OLD, url=None, title="Kherson"), replace(NEW, url=None, title="Kherson"), False, True),
    (OLD, replace(NEW, outlet="Tribune"), True, False), (OLD, replace(NEW, published=None), True,
                                                         False),
    (OLD, replace(NEW, text="Kherson holds."), True, False),
    (replace(OLD, published=NEW.published), NEW, False, False),
])
def test_which_reports_it_supersedes(old: Report, new: Report, copies: bool, is_so: bool) -> None:
    linked = {new.id: old.id} if copies else {}
    reports = {r.id: r for r in (new, old)}
    assert superseded(reports, linked) == ({old.id: new.id} if is_so else {})


def test_a_report_that_says_it_is_withdrawn_counts_for_nothing() -> None:
    gone = replace(NEW, text="This story has been withdrawn.\n\nKherson fell.")
    reports = {r.id: r for r in (gone, OLD)}
    assert superseded(reports, {}) == {OLD.id: gone.id, gone.id: gone.id}


def test_a_correction_copies_nothing() -> None:
    links = {"new": "old", "other": "old", "old": "first"}
    assert without_superseded(links, {"old": "new"}) == {"other": "old"}


def test_the_story_of_some_reports_is_all_that_matters_to_them() -> None:
    titled = replace(OLD, url=None, title="Kherson", text="Kherson is calm.")
    joint = replace(OLD, title="Kherson", text="Kherson fell, they say.")
    copy = report("Kherson fell?", "2022-03-02")
    others = (replace(NEW, outlet="Tribune"), report("Izium fell.", "2022-03-02"))
    reports = {r.id: r for r in (OLD, NEW, titled, joint, copy, *others)}
    copies = {copy.id: OLD.id, others[0].id: OLD.id}
    with TemporaryDirectory() as folder, Ledger.open(f"{folder}/l.db") as ledger:
        ledger.append_all([Reading(r, (), Resolved((), (), ()), "reader 1") for r in (
            OLD, NEW, titled, joint, copy, *others)], datetime(2022, 4, 1, tzinfo=UTC))
        with ledger.as_of() as view:
            numbers = view.likeness.numbers(reports)

            def story_of(one: Report) -> dict[str, Report]:
                families = Families(view.likeness)
                families.add(numbers.values())
                for i, of in copies.items():       # as if their texts were alike
                    families.leader[numbers[i]] = numbers[of]
                told = of_one_story(view.likeness, families, [numbers[one.id]])
                return {i: r for i, r in reports.items() if numbers[i] in told}

            story, alone = story_of(titled), story_of(others[1])
    assert set(story.values()) == {OLD, NEW, titled, joint, copy}
    whole = superseded(reports, copies)
    assert superseded(story, copies) == whole == {OLD.id: NEW.id, joint.id: NEW.id}
    assert set(alone) == {others[1].id}


def test_beliefs_follow_from_its_own_date_in_any_order() -> None:
    texts = [("Russian troops captured the city of Kherson on Tuesday, residents said.",
              "2022-03-01"),
             ("Ukrainian forces still hold the city of Kherson, residents said.\n\nCorrection: an "
              "earlier version of this report said that it had been captured.", "2022-03-03")]
    for order in (texts, texts[::-1]):
        with TemporaryDirectory() as folder, open_ledger(f"{folder}/l.db") as desk:
            for text, day in order:
                desk.take_in("x", report(text, day, url="https://h.example/k"))
            then = {b.place.name: b.holder for b in desk.status(known_at="2022-03-02")}
            now = {b.place.name: b.holder for b in desk.status()}
            assert then["Kherson"] == "state:RU"
            assert now["Kherson"] == "state:UA"
