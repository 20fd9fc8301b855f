"""Are claims by month worth it? ``python -m benchmarks.months --server postgresql://…/postgres``.

The same made-up news (``benchmarks/ledger.py``) go into two new databases of a PostgreSQL server on
this machine, which are dropped afterwards: one as whoholds makes it, claims by month of publication
over two years, and one with all claims in one table. Reports come in the order of publication, as
news do. Then both are asked the same. Seconds are of the processor, the server's counted:
``ledger.months.N.split.…`` and ``….whole.…`` for N claims.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import psycopg
import sqlalchemy as sa

from benchmarks.figures import tell
from benchmarks.ledger import DAYS, START, Server, Told, explain, load, seconds, stored_bytes, world
from whoholds.ledger import Ledger
from whoholds.ledger.months import make_months
from whoholds.pipeline import open_ledger

CLAIMS = 50_000
EARLY = DAYS / 10         # days: a known time that leaves nine tenths of the months out
ONE_TABLE = (
    "CREATE TABLE whole (LIKE claims)", "DROP TABLE claims", "ALTER TABLE whole RENAME TO claims",
    "ALTER TABLE claims ADD PRIMARY KEY (id)",
    "ALTER TABLE claims ADD FOREIGN KEY (report_id) REFERENCES reports (id)",
    "ALTER TABLE findings ADD FOREIGN KEY (claim_id) REFERENCES claims (id)",
    "ALTER TABLE resolutions ADD FOREIGN KEY (claim_id) REFERENCES claims (id)",
    "CREATE INDEX claims_report ON claims (report_id)",
    "CREATE INDEX claims_reported ON claims (reported_latest)")


def compare(server: str, claims: int = CLAIMS) -> dict[str, float]:
    """The figures of both databases."""
    news, held = list[Told](), 0
    for told in world():
        news.append(told)
        held += len(told[1])
        if held >= claims:
            break
    news.sort(key=lambda told: (told[0].published and told[0].published.latest) or START)
    found: dict[str, float] = {}
    for name in ("split", "whole"):
        database = f"whoholds_benchmark_{name}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")
        where = sa.make_url(server).set(database=database).render_as_string(hide_password=False)
        try:
            with mock.patch("whoholds.ledger.engines.make_months", (
                    make_months if name == "split" else lambda *given: None)):
                found |= {f"ledger.months.{claims}.{name}.{what}": value for what, value in
                          _one(where, iter(news), held, name == "whole").items()}
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {database}")
    return found


def _one(where: str, news: Iterator[Told], claims: int, whole: bool) -> dict[str, float]:
    """The figures of one database."""
    with Ledger.open(where) as ledger:
        if whole:
            with ledger._opened.writing() as connection:
                for statement in ONE_TABLE:
                    connection.exec_driver_sql(statement)
        _, _, busy = load(ledger, news, claims, Server(where))
    with psycopg.connect(where, autocommit=True) as plain:
        plain.execute("VACUUM ANALYZE")
    server, middle = Server(where), START + timedelta(days=DAYS / 2)
    with open_ledger(where, create=False) as desk:
        asked = {
            "quiet_place": lambda: desk.status(["Hamlet7"], known_at=middle),
            "quiet_place_of_all_time": lambda: desk.status(["Hamlet7"]),
            "quiet_explain": lambda: explain(desk, "Hamlet7", middle),
            "town40": lambda: desk.status(["Town40"], known_at=middle),
            "all_places_early": lambda: desk.status(known_at=START + timedelta(days=EARLY)),
            "all_places": lambda: desk.status(known_at=middle)}
        found = {f"{name}_cpu_s": round(seconds(ask, 3, server.clock), 4)
                 for name, ask in asked.items()}
    return {"claims_per_cpu_s": round(claims / busy), **found,
            "bytes_per_claim": round(stored_bytes(where) / claims)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.months", description=__doc__)
    parser.add_argument("--server", required=True, help="postgresql://…, of a user who may make "
                        "databases")
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    given = parser.parse_args()
    tell(compare(given.server, given.claims), given.json)


if __name__ == "__main__":
    main()
