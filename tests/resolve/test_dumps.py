"""Gazetteers that people bring: read, refused with file and line."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from whoholds.core import DataError
from whoholds.resolve.dumps import Codes, kind_of, read
from whoholds.resolve.entries import Entry
from whoholds.resolve.files import lines

COLUMNS = ("1138958", "Kabul", "Kabul", "Caboel,Kaboul,کابل", "34.52813", "69.17233", "P", "PPLC",
           "AF", "", "13", "", "", "", "4434550", "1798", "1807", "Asia/Kabul", "2022-01-01")


def dump_line(**fields: str) -> str:
    row = list(COLUMNS)
    for name, value in fields.items():
        row[{"number": 0, "name": 1, "latitude": 4, "feature": 6, "code": 7, "adm2": 11,
             "people": 14}[name]] = value
    return "\t".join(row)


def dump(path: Path, *rows: str) -> Path:
    path.write_text("".join(r + "\n" for r in rows), "utf8")
    return path


def entries(path: Path) -> list[Entry]:
    return [made for _, made in read(path, kind_of(path), Codes.shipped())
            if isinstance(made, Entry)]


def test_a_dump_gives_places_with_units_and_codes(tmp_path: Path) -> None:
    [kabul] = entries(dump(tmp_path / "AF.txt", dump_line()))
    assert (kabul.source, kabul.number, kabul.name, kabul.type, kabul.country, kabul.population) \
        == ("geonames", 1138958, "Kabul", "city", "AF", 4434550)
    assert (kabul.feature_class, kabul.feature_code, kabul.adm1) == ("P", "PPLC", "Kabul")
    assert kabul.names == ("Caboel", "Kaboul")


@pytest.mark.parametrize(("feature", "code", "kind"), [
    ("A", "ADM1", "province"), ("A", "ADM2", "district"), ("S", "AIRB", "airbase"),
    ("S", "AIRP", "airport"), ("S", "PSTB", "crossing"), ("S", "MSQE", "building"),
    ("R", "RD", "road"), ("H", "STM", "area"), ("L", "RGN", "region"), ("P", "PPLX", "district"),
    ("S", "BDG", "bridge"), ("S", "PRN", "prison")])
def test_feature_codes_tell_the_kind(tmp_path: Path, feature: str, code: str, kind: str) -> None:
    [place] = entries(dump(tmp_path / "AF.txt", dump_line(feature=feature, code=code)))
    assert (place.type, place.feature_class, place.feature_code) == (kind, feature, code)


def test_what_is_gone_is_left_out(tmp_path: Path) -> None:
    assert entries(dump(tmp_path / "AF.txt", dump_line(code="PPLH"))) == []


def test_codes_that_are_given_name_the_units(tmp_path: Path) -> None:
    codes = Codes.shipped()
    assert codes.read(dump(tmp_path / "admin2Codes.txt", "AF.13.99\tNew Unit\tNew Unit\t7")) == 1
    path = dump(tmp_path / "AF.txt", dump_line(adm2="99"))
    [(_, kabul)] = read(path, "geonames", codes)
    assert isinstance(kabul, Entry)
    assert kabul.adm2 == "New Unit"


def test_alternate_names_are_kept_but_no_links_or_old_ones(tmp_path: Path) -> None:
    row = "{}\t1138958\t{}\t{}\t\t\t\t{}\t\t"
    path = dump(tmp_path / "alternateNamesV2.txt", row.format(1, "de", "Kabul-Stadt", ""),
                row.format(2, "link", "https://example.org", ""), row.format(3, "", "Ortospana", 1),
                row.format(4, "fa", "کابل", ""))
    assert kind_of(path) == "names"
    assert [made for _, made in read(path, "names", Codes())] == [(1138958, "Kabul-Stadt")]


def test_who_s_on_first_gives_units_by_name(tmp_path: Path) -> None:
    rows = [{"id": 1, "name": "Afghanistan", "pt": "country", "gn": 1149361, "country": 1},
            {"id": 2, "name": "Helmand", "pt": "region", "country": 1, "region": 2},
            {"id": 3, "name": "Marja", "pt": "locality", "lat": 31.5, "lon": 64.1, "country": 1,
             "region": 2, "names": {"eng": ["Marjah", "MJ"], "fas": ["مارجه"]}},
            {"id": 4, "name": "Some Airport", "pt": "campus", "country": 1,
             "names": {"eng": ["Some Air Base"]}}]
    path = tmp_path / "af.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in rows).encode()))
    _, helmand, marja, base = entries(path)
    assert (helmand.type, helmand.country) == ("province", "AF")
    assert (marja.source, marja.number, marja.type, marja.adm1, marja.names) == (
        "wof", 3, "city", "Helmand", ("Marjah",))
    assert base.type == "airbase"


@pytest.mark.parametrize(("rows", "what"), [
    ((dump_line(), "1\tcut"), "line 2: 2 columns"),
    ((dump_line(), dump_line()[:-4]), "line 2: no such date: '2022-0'; is the file cut off"),
    ((dump_line(), dump_line(latitude="95")), "line 2: no such point"),
    ((dump_line(number="x"),), "line 1: invalid literal"),
    ((dump_line(feature="Q"),), "line 1: no such feature class"),
    (("a\tb",), "line 1: 2 columns: neither"), ((), "is empty"),
    (('{"id": 1, "name": "A", "pt": "region"}', '{"id": 2'), "line 2: not JSON"),
    (('{"id": 1}',), "line 1: no id, name or pt")])
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, rows: tuple[str, ...],
                                                  what: str) -> None:
    path = dump(tmp_path / "XX.txt", *rows)
    with pytest.raises(DataError, match=what) as told:
        entries(path)
    assert str(told.value).startswith(str(path))


def test_zips_are_read_and_cut_ones_refused(tmp_path: Path) -> None:
    path = tmp_path / "AF.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "read me " * 9999)
        archive.writestr("AF.txt", "".join(
            dump_line(number=str(n), people=str(n)) + "\n" for n in range(1, 2000)))
    assert len(entries(path)) == 1999
    cut = tmp_path / "cut.zip"
    cut.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DataError, match="cut off or damaged"):
        entries(cut)


def test_a_cut_gzip_tells_the_line(tmp_path: Path) -> None:
    path = tmp_path / "af.jsonl.gz"
    whole = gzip.compress("".join(
        f'{{"id": {n}, "name": "N{n * 7919}", "pt": "region"}}\n' for n in range(5000)).encode())
    path.write_bytes(whole[:len(whole) // 2])
    with pytest.raises(DataError, match=r"line \d+: the file is cut off"):
        list(lines(path))
