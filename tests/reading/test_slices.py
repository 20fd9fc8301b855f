"""Inputs in pieces: together they give what the whole gives."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.reading.made import html, warc_record
from whoholds.reading import read_paths
from whoholds.reading.slices import Intake, pieces_of, read_piece


def rows(count: int) -> list[dict[str, str]]:
    return [{"text": f"Troops took town {n}.", "published": "2021-08-13", "outlet": f"Paper {n}",
             "url": f"https://paper.example/{n}"} for n in range(count)]


def lines(path: Path, count: int) -> Path:
    text = "\n".join(json.dumps(r) if n != 7 else "{broken" for n, r in enumerate(rows(count)))
    path.write_text(text + ("\n" if count % 2 else ""))
    return path


def warc(path: Path, count: int) -> Path:
    with path.open("wb") as file:
        for n in range(count):
            data = warc_record(f"https://paper.example/{n}", html().encode())
            file.write(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def table(path: Path, count: int) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet
    parquet.write_table(pyarrow.Table.from_pylist(rows(count)), path, row_group_size=4)
    return path


@pytest.mark.parametrize(("name", "make", "pieces"), [
    ("a.jsonl", lines, 3), ("a.warc", warc, 3), ("a.warc.gz", warc, 3), ("a.parquet", table, 2)])
@pytest.mark.parametrize("count", [25, 24])
def test_pieces_give_what_the_whole_gives(tmp_path: Path, name: str, make: object, pieces: int,
                                          count: int) -> None:
    path = make(tmp_path / name, count)  # type: ignore[operator]
    cut = list(pieces_of([path], 10))
    assert len(cut) == (pieces if name != "a.parquet" else 3 if count == 25 else 2)
    whole = list(read_paths([path]))
    assert len(whole) == count
    assert [r for piece in cut for r in read_piece(piece, Intake())] == whole


def test_small_files_come_together(tmp_path: Path) -> None:
    for n in range(7):
        (tmp_path / f"{n}.txt").write_text(f"Troops took town {n}.")
    lines(tmp_path / "3.jsonl", 4)
    cut = list(pieces_of([tmp_path, tmp_path / "none.txt"], 3))
    assert [len(p.files) for p in cut] == [3, 1, 1, 3, 2]
    found = [r for piece in cut for r in read_piece(piece, Intake(outlet="A"))]
    assert found == list(read_paths([tmp_path, tmp_path / "none.txt"], outlet="A"))
    assert [r.where for r in found if r.refusal][-1] == str(tmp_path / "none.txt")


def test_an_empty_file_and_one_that_is_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("")
    (tmp_path / "b.warc").write_text("no archive")
    (tmp_path / "c.parquet").write_text("no table")
    found = [r for p in pieces_of([tmp_path], 3) for r in read_piece(p, Intake())]
    assert found == list(read_paths([tmp_path]))
    assert len([r for r in found if r.refusal]) == 3


def test_a_manifest_dates_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops took the town.")
    (tmp_path / "m.csv").write_text("file,published,outlet\na.txt,2021-08-13,The Paper\n")
    found = [r for p in pieces_of([tmp_path], 3, [tmp_path / "m.csv"])
             for r in read_piece(p, Intake(manifest=str(tmp_path / "m.csv")))]
    assert [r.report.outlet for r in found if r.report] == ["The Paper"]
