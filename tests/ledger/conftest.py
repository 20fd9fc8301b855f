"""A new ledger of each kind: a file, and a database of a PostgreSQL server of the tests' own."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from whoholds.ledger import Ledger

SERVER_USER = "postgres"  # whom the server runs as where the tests run as root: it refuses root
Opener = Callable[..., Ledger]


def server_binaries() -> Path | None:
    """The folder of initdb and pg_ctl, wherever the system's packages put them."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin"),
               *Path("/opt/homebrew/opt").glob("postgresql*/bin")]
    return next((f for f in sorted(folders, reverse=True) if (f / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a running server, without a database name."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    binaries = server_binaries()
    if binaries is None or os.name == "nt":
        pytest.skip("no PostgreSQL server is installed (pg_ctl not found)")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    user = SERVER_USER if root else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="whoholds-pg-"))
    try:
        if root:
            try:
                shutil.chown(folder, SERVER_USER)
            except LookupError:
                pytest.skip(f"root cannot run PostgreSQL and there is no user {SERVER_USER}")

        def run(*command: str) -> None:
            subprocess.run([str(binaries / command[0]), *command[1:]], check=True, cwd=folder,
                           user=user if root else None, stdout=subprocess.DEVNULL,
                           stderr=subprocess.STDOUT,
                           env={"PATH": os.environ["PATH"], "LC_ALL": "C"})

        data = str(folder / "data")
        run("initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8")
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o",
            f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
        try:
            yield f"postgresql://{user}@/{{}}?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made that does not exist yet."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    import psycopg

    server = request.getfixturevalue("postgresql")
    name = "l" + uuid.uuid4().hex
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(server.format(name))


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(where) as opened:
        yield opened
