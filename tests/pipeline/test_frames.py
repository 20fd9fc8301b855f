"""The steps of the sliders, and the courses over them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from whoholds.core import instant_text
from whoholds.pipeline import open_ledger
from whoholds.pipeline.frames import UNKNOWN, courses, quick_belief, steps_between, unfolded
from whoholds.pipeline.knowing import Knowing

FIRST = datetime(2022, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NOTES = (("Russian forces captured the city of Kherson on Wednesday.", "2022-03-02"),
         ("Ukrainian forces captured the city of Kherson on Friday.", "2022-03-04"),
         ("Russian forces captured the city of Izium on Saturday.", "2022-03-05"))


def test_steps_begin_and_end_where_they_should_and_are_few() -> None:
    steps = steps_between(FIRST, FIRST + DAY * 2.1, timedelta(hours=6), 400)
    assert (steps[0], steps[-1], len(steps)) == (FIRST, FIRST + DAY * 2.1, 10)
    assert steps_between(FIRST, FIRST, DAY, 4) == [FIRST]
    long = steps_between(FIRST, FIRST + 100 * DAY, DAY, 10)
    assert len(long) <= 12
    assert long == sorted(set(long))


def test_courses_say_at_each_step_what_status_says(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "war.db") as desk:
        for text, day in NOTES:
            desk.note(text, author="Ana", published=day)
        known = desk.snapshot()
        steps = steps_between(FIRST, FIRST + 6 * DAY, timedelta(hours=12), 400)
        found = {c.place.name: c for c in courses(desk, known, steps)}
        for index, at in enumerate(steps):
            for belief in desk.status_in(known, at=at):
                course = found[belief.place.name]
                run = [r for r in course.runs if r.step <= index][-1]
                holder = None if run.holder == UNKNOWN else course.states[run.holder]
                assert (holder, run.percent, run.contested) == (
                    belief.holder, round(100 * belief.probability_p), belief.contested)
        last = quick_belief(found["Kherson"], steps[-1])
        assert last.holder == found["Kherson"].states[found["Kherson"].runs[-1].holder]


def test_a_place_unfolds_as_it_became_known(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "war.db") as desk:
        for text, day in NOTES:
            desk.note(text, author="Ana", published=day)
        known = desk.snapshot()
        steps = steps_between(FIRST, FIRST + 6 * DAY, timedelta(hours=12), 400)
        days = [FIRST + DAY * n - timedelta(seconds=1) for n in range(1, 7)]
        told = Knowing(desk, known).unfolding(days)
        for one in unfolded(desk, known, told, steps):
            for index, day in enumerate(days):
                direct = {c.place.id: c for c in courses(
                    desk, desk.snapshot(instant_text(day)), steps)}.get(one.place.id)
                versions = [course for begun, course in one.versions if begun <= index]
                assert (versions[-1] if versions else None) == direct
