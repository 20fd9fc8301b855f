"""The families of a few reports, found by an index, are those found among all."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping

import pytest

from tests.reading.test_copies import crowd, report, text
from whoholds.core import Interval, Report
from whoholds.core.fingerprints import bands, sentences
from whoholds.reading import Families, copies, copies_among, families, fingerprint

LINE = "You may write to the editors of this page at any time of the day or night. "


class Shelf:
    """An index in memory; reports go by their positions."""

    def __init__(self, reports: Collection[Report]) -> None:
        self.reports = list(reports)
        self.marks: dict[int, list[int]] = {}
        self.asked = 0
        for number, one in enumerate(self.reports):
            mark = fingerprint(one.text)
            for value in {*bands(mark), *sentences(mark)}:
                self.marks.setdefault(value, []).append(number)

    def moment(self, number: int) -> float:
        published = self.reports[number].published
        return published.latest.timestamp() // 1 if published and published.latest else float("inf")

    def first_with(self, marks: Collection[int],
                   many: int) -> Mapping[int, tuple[frozenset[int], int]]:
        found = {}
        for mark in marks:
            held = sorted(self.marks.get(mark, ()), key=self.moment)
            last = self.moment(held[min(many, len(held)) - 1])
            found[mark] = frozenset(n for n in held if self.moment(n) <= last), len(held)
        return found

    def all_with(self, marks: Collection[int]) -> Mapping[int, frozenset[int]]:
        return {mark: frozenset(self.marks.get(mark, ())) for mark in marks}

    def sharing(self, marks: Collection[int], least: int) -> Mapping[int, int]:
        counts: dict[int, int] = {}
        for mark in marks:
            for number in self.marks.get(mark, ()):
                counts[number] = counts.get(number, 0) + 1
        return {number: count for number, count in counts.items() if count >= least}

    def prints(self, numbers: Collection[int]) -> dict[int, tuple[str, Interval | None, bytes]]:
        self.asked += len(numbers)
        return {n: (self.reports[n].id, self.reports[n].published, fingerprint(
            self.reports[n].text)) for n in numbers}


def news(seed: int) -> list[Report]:
    """Stories of shared and own sentences, many at one moment, with a line under most."""
    chance = random.Random(seed)
    stories = [text(1000 * seed + n).split(". ") for n in range(5)]
    made = []
    for number in range(60):
        body = list(chance.choice(stories))
        if chance.random() < 0.7:
            start = chance.randrange(6)
            body = text(100_000 * seed + number, 5).split(". ") + body[start:start + 6]
        end = LINE if chance.random() < 0.8 else ""
        made.append(report(". ".join(body) + ". " + end, f"O{number}",
                           chance.choice([None, *range(12)])))
    return list({r.id: r for r in made}.values())


@pytest.mark.parametrize("compared", [2, 5, 30])
@pytest.mark.parametrize("seed", range(4))
def test_they_are_those_found_among_all(seed: int, compared: int,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "COMPARED", compared)
    monkeypatch.setattr(families, "COMPARED", compared)
    reports = news(seed)
    links = copies_among({r.id: (r.published, fingerprint(r.text)) for r in reports})
    assert len(links) > 10
    shelf = Shelf(reports)
    for number, one in enumerate(reports):
        found = Families(shelf)
        found.add([number])
        first = links[one.id].of if one.id in links else one.id
        family = {r.id for r in reports if r.id == first or (
            r.id in links and links[r.id].of == first)}
        assert {reports[n].id for n in found.members([number])} == family
        assert {reports[n].id: reports[of].id for n, of in found.earliest.items()} == {
            i: first for i in family if i != first}


def test_no_more_is_read_than_what_is_like_them() -> None:
    alone = report(text(77), "Alone", 3)
    shelf = Shelf([alone, *crowd()])
    found = Families(shelf)
    found.add([0])
    assert (found.members([0]), found.earliest, shelf.asked) == (frozenset({0}), {}, 1)
