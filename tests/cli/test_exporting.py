"""Exports, as a user types them, read back by the libraries of their formats."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet
import pyogrio.raw
import pytest

from tests.cli.test_commands import ledger, run  # noqa: F401 - a fixture
from whoholds.pipeline.exporting import BINARY, FORMATS


def test_the_formats_are_listed(ledger: Path) -> None:  # noqa: F811
    listed = json.loads(run("export", "--json").stdout)
    assert listed == dict(FORMATS)
    assert all(name in run("export").stdout for name in FORMATS)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_format_is_written_the_same_twice(ledger: Path, form: str,  # noqa: F811
                                               tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for out in (one, other):
        result = run("export", form, "--ledger", ledger, "--out", out)
        assert result.exit_code == 0, result.output
    if form != "gpkg":                  # GDAL writes the time of writing into its tables
        assert one.read_bytes() == other.read_bytes()
    if form not in BINARY:
        assert run("export", form, "--ledger", ledger).stdout_bytes == one.read_bytes()
    else:
        assert run("export", form, "--ledger", ledger).exit_code == 2


def test_parquet_has_every_claim_and_a_geopackage_every_located_place(
        ledger: Path, tmp_path: Path) -> None:  # noqa: F811
    run("export", "parquet", "--ledger", ledger, "--out", tmp_path / "claims.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "claims.parquet")
    assert any("Rebels seized the city" in told for told in table["sentence"].to_pylist())
    assert {"gain", "hold"} <= set(table["kind"].to_pylist())
    run("export", "gpkg", "--ledger", ledger, "--out", tmp_path / "status.gpkg")
    meta, _, points, _ = pyogrio.raw.read(tmp_path / "status.gpkg", layer="status")
    assert meta["crs"] == "EPSG:4326"
    assert len(points) >= 2


def test_what_is_no_format_is_said_in_one_line(ledger: Path) -> None:  # noqa: F811
    result = run("export", "xls", "--ledger", ledger)
    assert result.exit_code == 2
    assert result.stderr.startswith("whoholds: 'xls' is no format; there are acled")
