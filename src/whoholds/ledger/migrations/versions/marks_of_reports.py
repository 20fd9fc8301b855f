"""An index of what leads from a report to those like it: near-copies and corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from whoholds.core.fingerprints import marks

revision = "0002"
down_revision = "0001"

FAR = 1 << 40
BATCH = 500


def upgrade() -> None:
    made = op.create_table(
        "marks",
        *(sa.Column(name, kind, primary_key=True, autoincrement=False, nullable=False)
          for name, kind in (("value", sa.BigInteger), ("moment", sa.BigInteger),
                             ("report", sa.Integer))),
        sqlite_with_rowid=False)
    assert made is not None
    connection, last = op.get_bind(), 0
    some = sa.text("SELECT number, reported_latest, fingerprint, url, title FROM reports "
                   f"WHERE number > :last ORDER BY number LIMIT {BATCH}")
    while batch := connection.execute(some, {"last": last}).all():
        rows = [{"value": value, "report": row.number,
                 "moment": FAR if row.reported_latest is None else row.reported_latest}
                for row in batch for value in marks(
                    None if row.fingerprint is None else bytes(row.fingerprint), row.url,
                    row.title)]
        if rows:
            connection.execute(sa.insert(made), rows)
        last = batch[-1].number
