"""On PostgreSQL claims lie by month; two indices that no question used are gone."""

from __future__ import annotations

from alembic import op

from whoholds.ledger.months import split

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.drop_index("claims_kind", "claims")
    op.drop_index("claims_valid", "claims")
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        split(connection)
