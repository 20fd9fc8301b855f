"""Opening a ledger: what is not one, not ours, not writable, or not of this time."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.ledger.made import NOW, contents, made
from whoholds.core import LedgerError
from whoholds.ledger import Ledger, engines, schema


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        made(2).into(ledger)
    return tmp_path / "ledger.db"


def refused(where: Path | str, what: str, **options: object) -> None:
    """Opening fails with one line that names the file and says ``what``."""
    with pytest.raises(LedgerError, match=what) as caught:
        Ledger.open(where, **options)  # type: ignore[arg-type]
    assert str(caught.value).startswith(str(where))
    assert "\n" not in str(caught.value)


def test_it_opens_again(path: Path) -> None:
    with Ledger.open(path, create=False) as ledger:
        assert len(ledger.claims()) == 3
        assert ledger.name == str(path)
        assert not ledger.read_only


def test_names_with_odd_characters(tmp_path: Path) -> None:
    folder = tmp_path / "a ? b # c % d"
    folder.mkdir()
    with Ledger.open(folder / "ünï?.db") as ledger:
        made(1).into(ledger)
    assert (folder / "ünï?.db").exists()
    with Ledger.open(folder / "ünï?.db", create=False) as ledger:
        assert len(ledger.reports()) == 1


def test_what_is_missing(tmp_path: Path) -> None:
    refused(tmp_path / "none.db", "no such ledger", create=False)
    assert not (tmp_path / "none.db").exists()
    refused(tmp_path / "no" / "folder.db", "its folder .* does not exist")
    refused(tmp_path, "a folder, not a ledger")


def test_an_empty_file_becomes_a_ledger_only_where_asked(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    refused(empty, "an empty database", create=False)
    with Ledger.open(empty) as ledger:
        assert ledger.check() == ()


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database at all, but somebody's notes")
    refused(text, "not a whoholds ledger")
    assert text.read_text().startswith("not a database")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE reports (id)")
    before = other.read_bytes()
    refused(other, "of another program")
    assert other.read_bytes() == before


def test_a_newer_schema(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {engines.VERSION_TABLE} SET version_num = '9999'")
    refused(path, "written by a newer whoholds")
    with sqlite3.connect(path) as connection:
        assert connection.execute(
            f"SELECT version_num FROM {engines.VERSION_TABLE}").fetchall() == [("9999",)]


def test_damage(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start:start + 200] = b"\xff" * 200
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"damaged|not a whoholds ledger"):
        contents(Ledger.open(path))


def test_the_check_sees_what_was_changed_by_hand(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE reports SET text = 'nothing happened'")
        connection.execute("DELETE FROM places WHERE id = 'geonames:3'")
        connection.execute("DELETE FROM findings WHERE rowid = 1")
    with Ledger.open(path) as ledger:
        said = [str(flaw) for flaw in ledger.check()]
    assert any("does not have this hash" in line for line in said)
    assert any("no such place: geonames:3" in line for line in said)
    assert any("3 claims were read, 2 are there" in line for line in said)
    assert any("found by no reader" in line for line in said)


def test_a_busy_ledger(path: Path) -> None:
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with Ledger.open(path, wait_s=0.05) as ledger:
        assert len(ledger.claims()) == 3
        with pytest.raises(LedgerError, match="another program is writing"):
            made(3).into(ledger)
        blocker.execute("ROLLBACK")
        assert made(3).into(ledger).new_report
    blocker.close()


def test_a_full_disk_keeps_what_was_acknowledged(path: Path) -> None:
    with Ledger.open(path) as ledger:
        @sa.event.listens_for(ledger._opened.engine, "connect")
        def small(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")  # what SQLite answers on a full disk

        ledger._opened.engine.dispose()
        acknowledged = [made(2).report.id]

        def fill() -> None:
            for number in range(3, 200):
                acknowledged.append(made(number).into(ledger).report_id)

        with pytest.raises(LedgerError, match="disk is full"):
            fill()
        assert sorted(r.id for r in ledger.reports()) == sorted(acknowledged)
        assert ledger.check() == ()
    with Ledger.open(path) as ledger:
        assert made(199).into(ledger).new_report


READ_ONLY = """
import os, sys
from whoholds.core import LedgerError
from whoholds.ledger import Ledger
from tests.ledger.made import made
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
with Ledger.open(sys.argv[1], create=False) as ledger:
    print(ledger.read_only, len(ledger.claims()), len(ledger.check()))
    try:
        made(9).into(ledger)
    except LedgerError as error:
        print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_read_only_ledger_can_be_read(path: Path) -> None:
    path.chmod(0o444)
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        folder.chmod(0o555 if folder == path.parent else 0o755)
    try:
        done = subprocess.run([sys.executable, "-c", READ_ONLY, str(path)], text=True, check=True,
                              capture_output=True, cwd=Path(__file__).parents[2])
    finally:
        path.parent.chmod(0o755)
    assert done.stdout.split("\n") == ["True 3 0", f"{path}: it is read-only", ""]


def test_the_migrations_lead_to_the_tables(where: str) -> None:
    with Ledger.open(where) as ledger, ledger._opened.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": engines.VERSION_TABLE})
        differences = [d for d in compare_metadata(context, schema.metadata)
                       if not str(d[1].name).startswith("reports_words")]
        # what test_months.py is about: months are tables, and nothing can refer to all of them
        keys = {(d[0], d[1].parent.name) for d in differences if "fk" in d[0]}
        assert keys == ({("add_fk", "findings"), ("add_fk", "resolutions")} if "://" in where
                        else set())
        assert [d for d in differences if "fk" not in d[0]] == []
    config = Config()
    config.set_main_option("script_location", str(Path(engines.__file__).with_name("migrations")))
    script = ScriptDirectory.from_config(config)
    assert tuple(r.revision for r in reversed(list(script.walk_revisions()))) == engines.REVISIONS


def test_a_foreign_postgresql_database(postgresql: str) -> None:
    import psycopg

    with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE foreign_one")
    with psycopg.connect(postgresql.format("foreign_one"), autocommit=True) as connection:
        connection.execute("CREATE TABLE reports (id int)")
    with pytest.raises(LedgerError, match="of another program"):
        Ledger.open(postgresql.format("foreign_one"))
    with pytest.raises(LedgerError, match="does not exist"):
        Ledger.open(postgresql.format("nowhere"))


def test_postgresql_plans_for_whole_answers(postgresql: str) -> None:
    import psycopg
    with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE planned")
    with Ledger.open(postgresql.format("planned")) as ledger, ledger.as_of() as view:
        assert view._connection.exec_driver_sql("SHOW cursor_tuple_fraction").scalar() == "1"


def test_recorded_at_is_the_callers(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT DISTINCT recorded_at FROM claims").fetchall() == [
            (int(NOW.timestamp()),)]
