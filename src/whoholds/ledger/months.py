"""Claims by month: on PostgreSQL they lie in a table for each month of publication.

``claims`` is partitioned by the second from which a claim is known (PostgreSQL's declarative
partitioning), so that a question as of a known time leaves out what was published later, and the
indices into which a day's news go stay as small as a month's. Keys are unique within each month,
which is as good as among all: a claim's id is made of its report's, and that of its publication, so
that one id has one month (``ledger check`` compares both). No other table can refer to ``claims``
for its database to enforce, for want of a key over all months; ``check`` does.

A month's table is made by the first writer that has claims for it, and attached in a way that waits
for no reader. Months before FIRST or from LAST on share one table each: as every question locks
every table that it does not leave out, dates from nowhere must not make tables without end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from whoholds.ledger.times import EPOCH

FIRST, LAST = (2000, 1), (2050, 1)      # year and month: at most 600 tables between them
UNDATED = 1 << 40                       # seconds: where undated claims lie, after every moment
KEY = f"coalesce(reported_latest, {UNDATED})"
Range = tuple[str, str, str]            # the table's name, its first second, the first beyond it


def month_of(second: int | None) -> Range:
    """The table of claims that are known from ``second`` on (UTC); None: that of the undated."""
    if second is None:
        return "claims_undated", str(UNDATED), "MAXVALUE"
    at = EPOCH + timedelta(seconds=second)
    month = at.year, at.month
    if month < FIRST:
        return f"claims_before_{FIRST[0]}", "MINVALUE", _start(FIRST)
    if month >= LAST:
        return f"claims_from_{LAST[0]}", _start(LAST), str(UNDATED)
    return f"claims_{at.year}_{at.month:02}", _start(month), _start(_next(month))


def make_months(connection: sa.Connection, seconds: Iterable[int | None]) -> None:
    """Makes the tables for claims of these moments that are not there yet, in the caller's
    transaction."""
    wanted = sorted({month_of(second) for second in seconds})
    there = set(connection.exec_driver_sql(
        "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid "
        "WHERE inhparent = 'claims'::regclass").scalars())
    for name, first, beyond in wanted:
        if name not in there:
            connection.exec_driver_sql(f"CREATE TABLE {name} (LIKE claims, PRIMARY KEY (id))")
            connection.exec_driver_sql(f"ALTER TABLE claims ATTACH PARTITION {name} "
                                       f"FOR VALUES FROM ({first}) TO ({beyond})")


def split(connection: sa.Connection) -> None:
    """Turns the one table of claims into months of them, in the caller's transaction."""
    run = connection.exec_driver_sql
    for table in ("findings", "resolutions"):
        for key in sa.inspect(connection).get_foreign_keys(table):
            if key["referred_table"] == "claims":
                run(f"ALTER TABLE {table} DROP CONSTRAINT {key['name']}")
    run("DROP INDEX claims_report, claims_reported")
    run("ALTER TABLE claims RENAME TO claims_whole")
    run(f"CREATE TABLE claims (LIKE claims_whole) PARTITION BY RANGE (({KEY}))")
    run("ALTER TABLE claims ADD FOREIGN KEY (report_id) REFERENCES reports (id)")
    run("CREATE INDEX claims_report ON claims (report_id)")
    run("CREATE INDEX claims_reported ON claims (reported_latest)")
    make_months(connection, run("SELECT DISTINCT reported_latest FROM claims_whole").scalars())
    run("INSERT INTO claims SELECT * FROM claims_whole")
    run("DROP TABLE claims_whole")


def _start(month: tuple[int, int]) -> str:
    first = datetime(*month, 1, tzinfo=EPOCH.tzinfo)
    return str((first - EPOCH) // timedelta(seconds=1))


def _next(month: tuple[int, int]) -> tuple[int, int]:
    return (month[0] + month[1] // 12, month[1] % 12 + 1)
