"""Sorting what memory does not hold."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from whoholds.core import DataError
from whoholds.resolve.spool import Spool, read_blocks, write_blocks


@pytest.mark.parametrize("run", [2, 7, 1000])
def test_rows_come_back_in_order_whatever_the_run(tmp_path: Path, run: int) -> None:
    spool = Spool(tmp_path, run)
    rows = [(n * 7919 % 101, f"row {n}", None) for n in range(101)]
    for row in rows:
        spool.add(row)
    assert spool.count == 101
    assert list(spool.sorted()) == sorted(rows)
    assert list(tmp_path.iterdir()) == []


def test_cut_rows_are_told() -> None:
    file = io.BytesIO()
    write_blocks(file, [(n, "x" * 50) for n in range(10)])
    whole = file.getvalue()
    assert len(list(read_blocks(io.BytesIO(whole), "rows"))) == 10
    with pytest.raises(DataError, match="rows: is damaged"):
        list(read_blocks(io.BytesIO(whole[:-20]), "rows"))
