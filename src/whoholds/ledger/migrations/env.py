"""Runs the migrations on the connection that the ledger opened; there is no other way in."""

from alembic import context

from whoholds.ledger.engines import VERSION_TABLE
from whoholds.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata,
                  version_table=VERSION_TABLE)
context.run_migrations()
