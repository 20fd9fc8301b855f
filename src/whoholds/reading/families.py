"""The families of near-copies that a few reports belong to, found by an index of marks.

The links are those that :func:`whoholds.reading.copies.copies_among` finds among all reports; here
only reports that share a mark are compared, then those that share one with their copies.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from whoholds.core import Interval
from whoholds.core.fingerprints import HASHES, bands, is_fingerprint, sentences
from whoholds.reading.copies import COMPARED, KEPT, LEAST_KEPT, SIMILAR, moment

Holders = tuple[frozenset[int], int]
"""The reports (by number) that have a mark: the earliest, and how many there are in all."""


class Marked(Protocol):
    """What finds reports by their marks. Reports go by numbers of its own."""

    def first_with(self, marks: Collection[int], many: int) -> Mapping[int, Holders]:
        """The ``many`` earliest reports with each mark, and those of the last one's second."""

    def all_with(self, marks: Collection[int]) -> Mapping[int, frozenset[int]]:
        """Every report with each mark."""

    def sharing(self, marks: Collection[int], least: int) -> Mapping[int, int]:
        """Every report that has ``least`` of the marks or more, with how many."""

    def prints(self, numbers: Collection[int]) -> Mapping[int, tuple[str, Interval | None, bytes]]:
        """Id, publication and fingerprint of those of the reports that have one."""


@dataclass(frozen=True, slots=True)
class _Print:
    """A report as it is compared: its place in the order, its minima and its marks."""

    order: tuple[object, str]
    minima: tuple[int, ...]
    bands: tuple[int, ...]
    sentences: tuple[int, ...]


class Families:
    """The families of those reports that somebody asked for."""

    def __init__(self, index: Marked) -> None:
        self._index = index
        self._prints: dict[int, _Print] = {}
        self.leader: dict[int, int] = {}    # to an earlier one of the family, or to itself
        self._done: set[int] = set()

    def add(self, numbers: Iterable[int]) -> None:
        """Finds the families of these reports, whole; ValueError for a fingerprint of another
        version."""
        new = set(numbers)
        while new := new - self._done:
            self._done |= new
            self.leader.update((n, n) for n in new if n not in self.leader)
            self._load(new)
            linked = list(self._links([n for n in sorted(new) if n in self._prints]))
            for one, other in linked:
                self._join(one, other)
            new = {other for _, other in linked}

    def _join(self, one: int, other: int) -> None:
        self.leader.setdefault(other, other)
        first, second = sorted((self._find(one), self._find(other)),
                               key=lambda n: self._prints[n].order)
        self.leader[second] = first

    @property
    def earliest(self) -> dict[int, int]:
        """Report -> the earliest of its family; the earliest itself is left out."""
        return {n: first for n in sorted(self.leader) if (first := self._find(n)) != n}

    def members(self, numbers: Iterable[int]) -> frozenset[int]:
        """All that are in the families of these reports, they themselves among them."""
        wanted = {self._find(n) for n in numbers}
        return frozenset(n for n in self.leader if self._find(n) in wanted)

    def _find(self, number: int) -> int:
        leader = self.leader
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    def _load(self, numbers: Iterable[int]) -> None:
        wanted = sorted(set(numbers) - self._prints.keys())
        for number, (key, published, mark) in self._index.prints(wanted).items():
            if not is_fingerprint(mark):
                raise ValueError("a fingerprint of another version")
            self._prints[number] = _Print((moment(published), key), struct.unpack_from(
                f"<{HASHES}I", mark, 1), bands(mark), sentences(mark))

    def _links(self, numbers: list[int]) -> Iterator[tuple[int, int]]:
        """Each of the reports with each that it copies, or that copies it."""
        held = self._index.first_with({mark for n in numbers for mark in (
            *self._prints[n].bands, *self._prints[n].sentences)}, COMPARED)
        open_ = {mark for mark, (first, many) in held.items() if many > len(first)}
        alike = {n: self._by_bands(n, held, open_) for n in numbers}
        kept = {n: self._by_sentences(n, held, open_) for n in numbers}
        self._load(other for found in (*alike.values(), *kept.values()) for other in found)
        for n in numbers:
            yield from ((n, other) for other in sorted(alike[n]) if self._similar(n, other))
            yield from ((n, other) for other, count in sorted(kept[n].items())
                        if self._keeps(n, other, count))

    def _by_bands(self, number: int, held: Mapping[int, Holders], open_: set[int]) -> set[int]:
        """Reports that share a band of which the earlier one is among the first holders."""
        own = self._prints[number].bands
        found = {other for mark in own for other in held[mark][0]}
        leads = [mark for mark in own if mark in open_ and number in held[mark][0]]
        if leads:
            found.update(*self._index.all_with(leads).values())
        return found - {number}

    def _by_sentences(self, number: int, held: Mapping[int, Holders],
                      open_: set[int]) -> dict[int, int]:
        """Reports that share enough sentences of which the earlier one is among the first
        holders, with how many. Who comes before a first holder is one, too."""
        own = self._prints[number].sentences
        counts = Counter(other for mark in own for other in held[mark][0])
        leads = [mark for mark in own if number in held[mark][0]]
        if not open_.isdisjoint(leads):
            for other, count in self._index.sharing(leads, LEAST_KEPT).items():
                counts[other] = max(counts[other], count)
        return {n: count for n, count in counts.items() if count >= LEAST_KEPT and n != number}

    def _similar(self, one: int, other: int) -> bool:
        a, b = self._prints[one].minima, self._prints[other].minima
        return sum(map(int.__eq__, a, b)) >= SIMILAR * HASHES

    def _keeps(self, one: int, other: int, count: int) -> bool:
        later = max(self._prints[one], self._prints[other], key=lambda p: p.order)
        return count >= KEPT * len(later.sentences)
