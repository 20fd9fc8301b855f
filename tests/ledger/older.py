"""Ledgers as earlier schemas had them: the newest, led back."""

from __future__ import annotations

from whoholds.ledger.engines import VERSION_TABLE, open_database

ONE_TABLE = (
    "CREATE TABLE whole (LIKE claims)", "INSERT INTO whole SELECT * FROM claims",
    "DROP TABLE claims", "ALTER TABLE whole RENAME TO claims",
    "ALTER TABLE claims ADD PRIMARY KEY (id)",
    "ALTER TABLE claims ADD FOREIGN KEY (report_id) REFERENCES reports (id)",
    "ALTER TABLE findings ADD FOREIGN KEY (claim_id) REFERENCES claims (id)",
    "ALTER TABLE resolutions ADD FOREIGN KEY (claim_id) REFERENCES claims (id)",
    "CREATE INDEX claims_report ON claims (report_id)",
    "CREATE INDEX claims_reported ON claims (reported_latest)")
INDICES = ("CREATE INDEX claims_kind ON claims (kind, reported_latest)",
           "CREATE INDEX claims_valid ON claims (valid_latest)")


def lead_back(where: str, revision: str) -> None:
    """Gives the ledger the schema *0002* (claims in one table) or *0001* (nor any marks)."""
    opened = open_database(where, False, 5.0)
    with opened.writing() as connection:
        on_server = connection.dialect.name == "postgresql"
        for statement in (*(ONE_TABLE if on_server else ()), *INDICES, *(
                ["DROP TABLE marks"] if revision == "0001" else [])):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '{revision}'")
    opened.engine.dispose()
