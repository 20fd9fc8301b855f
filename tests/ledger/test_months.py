"""Claims by month on PostgreSQL: nothing is lost, nobody waits, and the months are left out."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.made import contents, day, made
from tests.ledger.older import lead_back
from whoholds.core import Interval, LedgerError
from whoholds.ledger import Ledger
from whoholds.ledger.months import FIRST, LAST, UNDATED, make_months, month_of
from whoholds.ledger.times import seconds


@pytest.fixture
def server(postgresql: str) -> str:
    """The address of an empty database."""
    import psycopg
    name = "m" + uuid.uuid4().hex
    with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(postgresql.format(name))


def on(year: int, month: int, day_: int = 1) -> Interval:
    return Interval.of_days(date(year, month, day_))


def tables(ledger: Ledger) -> dict[str, int]:
    """The tables of claims, with their rows."""
    with ledger._opened.reading() as connection:
        names = connection.exec_driver_sql(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'claims'::regclass "
            "ORDER BY 1").scalars().all()
        return {name: connection.exec_driver_sql(
            f"SELECT count(*) FROM ONLY {name}").scalar_one() for name in names}


def spread(ledger: Ledger) -> None:
    """Reports of four months, of long ago, of far ahead, and without a date."""
    for number, published in enumerate((on(2021, 7, 31), on(2021, 8), on(2021, 8, 31), on(2022, 1),
                                        on(1975, 3), on(2077, 5))):
        made(number, published).into(ledger)
    made(9, dated=False).into(ledger)


def test_every_second_has_one_month() -> None:
    ranges = []
    moment = datetime(1999, 11, 5, tzinfo=UTC)
    while moment.year < LAST[0] + 1:
        ranges.append(month_of(seconds(moment)))
        moment += timedelta(days=20)
    ranges = list(dict.fromkeys(ranges))
    assert len(ranges) == (LAST[0] - FIRST[0]) * 12 + 2
    assert all(beyond == first for (_, _, beyond), (_, first, _) in pairwise(ranges))
    assert ranges[0][1] == "MINVALUE"
    assert (ranges[-1][2], "MAXVALUE") == month_of(None)[1:]
    edge = seconds(datetime(2021, 8, 1, tzinfo=UTC))
    assert edge is not None
    assert month_of(edge)[:2] == ("claims_2021_08", str(edge))
    assert month_of(edge - 1)[::2] == ("claims_2021_07", str(edge))
    last = seconds(datetime.max.replace(tzinfo=UTC))
    assert last is not None
    assert last < UNDATED
    assert month_of(last)[0] == f"claims_from_{LAST[0]}"


def test_each_claim_lies_in_the_month_of_its_publication(server: str, tmp_path: Path) -> None:
    with Ledger.open(server) as ledger, Ledger.open(tmp_path / "l.db") as file:
        spread(ledger)
        spread(file)
        assert set(tables(ledger)) == {"claims_2021_07", "claims_2021_08", "claims_2022_01",
                                       "claims_before_2000", "claims_from_2050", "claims_undated"}
        assert sum(tables(ledger).values()) == len(file.claims())
        assert contents(ledger) == contents(file)
        for known_at in (on(2021, 7, 31), on(2021, 8, 30), datetime(2021, 12, 1, tzinfo=UTC)):
            assert ledger.claims(known_at) == file.claims(known_at)
        before = tables(ledger)
        spread(ledger)
        assert tables(ledger) == before
        assert ledger.check() == ()


def test_months_after_the_known_time_are_left_out(server: str) -> None:
    with Ledger.open(server) as ledger:
        spread(ledger)
        with ledger.as_of(on(2021, 8, 20)) as view:
            query = view._counting(None).compile(
                view._connection, compile_kwargs={"literal_binds": True})
        with ledger._opened.reading() as connection:
            plan = "\n".join(connection.execute(sa.text(f"EXPLAIN {query}")).scalars())
    assert "claims_2021_08" in plan
    assert "claims_2022_01" not in plan
    assert "claims_undated" not in plan


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_an_older_ledger_becomes_one_of_months(where: str, revision: str, tmp_path: Path) -> None:
    with Ledger.open(where) as ledger:
        spread(ledger)
        said = contents(ledger)
        ledger.export(tmp_path / "before.zip")
    lead_back(where, revision)
    with Ledger.open(where) as ledger:
        assert contents(ledger) == said
        assert ledger.check() == ()
        if "://" in where:
            assert len(tables(ledger)) == 6
        ledger.export(tmp_path / "after.zip")
        assert made(20).into(ledger).new_claims == 3
    assert (tmp_path / "after.zip").read_bytes() == (tmp_path / "before.zip").read_bytes()


def test_a_new_month_waits_for_no_reader_and_disturbs_none(server: str) -> None:
    with Ledger.open(server, wait_s=5.0) as ledger, ThreadPoolExecutor(1) as other:
        made(1, on(2021, 7)).into(ledger)
        with ledger.as_of() as view:
            first = list(view.claims())
            for number in range(2, 6):
                other.submit(made(number, on(2021, 7 + number)).into, ledger).result(20)
            assert list(view.claims()) == first
        assert len(tables(ledger)) == 5
        assert len(ledger.reports()) == 5


def test_a_month_of_a_write_that_fails_is_not_made(server: str) -> None:
    with Ledger.open(server) as ledger:
        made(1, on(2021, 7)).into(ledger)

        def fail() -> None:
            with ledger._opened.writing() as connection:
                make_months(connection, [seconds(datetime(2021, 9, 1, tzinfo=UTC))])
                connection.exec_driver_sql("SELECT no_such_thing")

        with pytest.raises(LedgerError):
            fail()
        assert set(tables(ledger)) == {"claims_2021_07"}


def test_a_claim_dated_otherwise_than_its_report_is_a_flaw(where: str) -> None:
    with Ledger.open(where) as ledger:
        made(2, day(1)).into(ledger)
        with ledger._opened.writing() as connection:
            connection.execute(sa.text("UPDATE claims SET reported_latest = reported_latest + 60"))
        assert {flaw.what for flaw in ledger.check()} == {"not dated as its report is"}


def test_what_no_key_enforces_the_check_finds(server: str) -> None:
    with Ledger.open(server) as ledger:
        made(2).into(ledger)
        with ledger._opened.writing() as connection:
            connection.execute(sa.text("DELETE FROM claims"))
        said = [str(flaw) for flaw in ledger.check()]
    assert any("no claims row for its claim_id" in line for line in said)
