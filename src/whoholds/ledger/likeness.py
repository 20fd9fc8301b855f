"""Finds reports by what they share with others: bands of text, sentences, address, title.

The index leads from a mark to the reports that have it, by publication, so that a question about a
few reports reads what is like them and nothing else, however large the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from whoholds.core import Interval
from whoholds.core.fingerprints import named
from whoholds.ledger import rows, schema

CHUNK = 2000  # marks or reports in one question


@dataclass(frozen=True, slots=True)
class Outline:
    """A report without its text."""

    id: str
    outlet: str
    url: str | None
    title: str | None


class Likeness:
    """Reports by their marks, of those that a view knows; they go by ``reports.number``.

    ``limit``: the last second that counts, by the mark's own moment; ``conditions``: what else must
    hold for a row of *reports*.
    """

    def __init__(self, connection: sa.Connection, limit: int | None,
                 conditions: Iterable[sa.ColumnElement[bool]]) -> None:
        self._connection, self._limit = connection, limit
        self._conditions = list(conditions)

    def numbers(self, report_ids: Collection[str]) -> dict[str, int]:
        """The numbers of reports, by id."""
        t = schema.reports
        return {row.id: row.number for part in _parts(report_ids)
                for row in self._connection.execute(sa.select(t.c.id, t.c.number).where(
                    t.c.id.in_(part)))}

    def outlines(self, numbers: Collection[int]) -> dict[int, Outline]:
        """Reports without their texts, by number."""
        t = schema.reports
        return {row.number: Outline(row.id, row.outlet, row.url, row.title)
                for part in _parts(numbers) for row in self._connection.execute(
                    sa.select(t.c.number, t.c.id, t.c.outlet, t.c.url, t.c.title).where(
                        t.c.number.in_(part)))}

    def prints(self, numbers: Collection[int]) -> dict[int, tuple[str, Interval | None, bytes]]:
        """Id, publication and fingerprint of those of the reports that have one."""
        t = schema.reports
        return {row.number: (row.id, rows.interval_of(row.published), bytes(row.fingerprint))
                for part in _parts(numbers) for row in self._connection.execute(
                    sa.select(t.c.number, t.c.id, t.c.published, t.c.fingerprint).where(
                        t.c.number.in_(part), t.c.fingerprint.is_not(None)))}

    def first_with(self, marks: Collection[int],
                   many: int) -> dict[int, tuple[frozenset[int], int]]:
        """For each mark the ``many`` earliest reports with it, with those of the last one's
        second, and how many have it in all."""
        m = schema.marks
        ranked = self._held(
            m.c.value, m.c.report,
            sa.func.rank().over(partition_by=m.c.value, order_by=m.c.moment).label("place"),
            sa.func.count().over(partition_by=m.c.value).label("holders"))
        found: dict[int, set[int]] = defaultdict(set)
        holders = dict.fromkeys(marks, 0)
        for part in _parts(marks):
            inner = ranked.where(m.c.value.in_(part)).subquery()
            for row in self._connection.execute(sa.select(inner).where(inner.c.place <= many)):
                found[row.value].add(row.report)
                holders[row.value] = row.holders
        return {mark: (frozenset(found.get(mark, ())), count) for mark, count in holders.items()}

    def all_with(self, marks: Collection[int]) -> dict[int, frozenset[int]]:
        """Every report with each mark."""
        m = schema.marks
        found: dict[int, set[int]] = {mark: set() for mark in marks}
        for part in _parts(marks):
            for row in self._connection.execute(
                    self._held(m.c.value, m.c.report).where(m.c.value.in_(part))):
                found[row.value].add(row.report)
        return {mark: frozenset(reports) for mark, reports in found.items()}

    def sharing(self, marks: Collection[int], least: int) -> dict[int, int]:
        """Every report that has ``least`` of the marks or more, with how many."""
        m = schema.marks
        if len(marks) <= CHUNK:
            query = self._held(m.c.report, sa.func.count().label("shared")).where(
                m.c.value.in_(sorted(marks))).group_by(m.c.report).having(sa.func.count() >= least)
            return {row.report: row.shared for row in self._connection.execute(query)}
        counts: dict[int, int] = defaultdict(int)
        for reports in self.all_with(marks).values():
            for report in reports:
                counts[report] += 1
        return {report: count for report, count in counts.items() if count >= least}

    def named(self, what: str, texts: Collection[str]) -> frozenset[int]:
        """The reports with one of these addresses (*url*) or titles (*title*)."""
        return frozenset().union(*self.all_with({named(what, text) for text in texts}).values())

    def _held(self, *columns: sa.ColumnElement[int]) -> Any:
        m, t = schema.marks, schema.reports
        query: Any = sa.select(*columns)
        if self._limit is not None:
            query = query.where(m.c.moment <= self._limit)
        if self._conditions:
            query = query.join(t, t.c.number == m.c.report).where(*self._conditions)
        return query


def _parts(values: Collection[int] | Collection[str]) -> Iterator[list[int | str]]:
    ordered: list[int | str] = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start:start + CHUNK]
