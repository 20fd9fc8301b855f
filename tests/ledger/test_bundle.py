"""A ledger as one file: out, in, between stores, merged, damaged."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ledger.made import NOW, contents, day, made, reread
from whoholds.core import LedgerError, UsageError
from whoholds.ledger import Entry, Ledger


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger with some of everything."""
    return filled(ledger)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of such a ledger."""
    folder = tmp_path_factory.mktemp("bundle")
    with Ledger.open(folder / "one.db") as ledger:
        filled(ledger).export(folder / "one.zip")
    return folder / "one.zip"


def filled(ledger: Ledger) -> Ledger:
    for number in range(12):
        made(number).into(ledger, NOW + timedelta(hours=number))
    reread(made(2), "reader 2", keep=1).into(ledger)
    made(5, dated=False).into(ledger)
    made(8, data="gazetteer 2").into(ledger)
    settings = {"read.largest_text": 5, "packs": "all"}
    one = made(13)
    ledger.append(one.report, one.claims, one.resolved, "reader 1", NOW, settings=settings)
    withdrawn = Entry("retraction", made(3).report.id, "Outlet 3", day(9), "wrong")
    ledger.enter(withdrawn, NOW)
    ledger.enter(Entry("undo", withdrawn.id, "A. Person", day(12)), NOW)
    return ledger


def test_there_and_back(full: Ledger, tmp_path: Path) -> None:
    counts = full.export(tmp_path / "one.zip")
    assert counts["reports"] == 14
    assert counts["readings"] == 16
    with Ledger.open(tmp_path / "two.db") as second:
        new = second.import_(tmp_path / "one.zip")
        assert new == counts
        assert contents(second) == contents(full)
        assert second.claims(known_at=day(7)) == full.claims(known_at=day(7))
        second.export(tmp_path / "two.zip")
        assert (tmp_path / "two.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()
        assert set(second.import_(tmp_path / "one.zip").values()) == {0}
        assert second.search("town2") == full.search("town2") != ()
        assert second.check() == ()
    assert set(full.import_(tmp_path / "two.zip").values()) == {0}


def test_there_and_back_as_parquet(full: Ledger, tmp_path: Path) -> None:
    """From a file to the other store and back, equal to the byte, and equal to JSON Lines."""
    counts = full.export(tmp_path / "one.zip", "parquet")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {"reports.parquet", "claims.parquet"} <= set(archive.namelist())
    with Ledger.open(tmp_path / "two.db") as second:
        assert second.import_(tmp_path / "one.zip") == counts
        assert contents(second) == contents(full)
        assert second.check() == ()
        second.export(tmp_path / "two.zip", "parquet")
        second.export(tmp_path / "two.jsonl.zip")
        assert set(full.import_(tmp_path / "two.zip").values()) == {0}
    full.export(tmp_path / "one.jsonl.zip")
    for name in ("zip", "jsonl.zip"):
        assert (tmp_path / f"two.{name}").read_bytes() == (tmp_path / f"one.{name}").read_bytes()


@pytest.mark.parametrize("name", ["claims.parquet", "versions.parquet"])
def test_damaged_parquet(bundle: Path, tmp_path: Path, name: str) -> None:
    with Ledger.open(tmp_path / "one.db") as ledger:
        ledger.import_(bundle)
        ledger.export(tmp_path / "one.zip", "parquet")
    for change in (lambda data: b"nonsense", lambda data: data[:len(data) // 2] + data[-8:],
                   lambda data: zipfile.ZipFile(tmp_path / "one.zip").read("places.parquet")):
        changed = rewritten(tmp_path / "one.zip", tmp_path / "two.zip", name, change)
        with Ledger.open(tmp_path / "two.db") as second:
            with pytest.raises(LedgerError, match="rows do not fit") as caught:
                second.import_(changed)
            assert "\n" not in str(caught.value)
            assert second.reports() == ()


def test_parquet_without_pyarrow(full: Ledger, tmp_path: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    full.export(tmp_path / "one.zip", "parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = r"pip install 'whoholds\[formats\]'"
    with pytest.raises(UsageError, match=said):
        full.export(tmp_path / "two.zip", "parquet")
    assert [path.name for path in tmp_path.glob("*.zip*")] == ["one.zip"]
    with Ledger.open(tmp_path / "two.db") as second:
        with pytest.raises(UsageError, match=said):
            second.import_(tmp_path / "one.zip")
        assert second.reports() == ()


def test_merging_gives_the_union(full: Ledger, tmp_path: Path) -> None:
    full.export(tmp_path / "full.zip")
    with Ledger.open(tmp_path / "other.db") as other:
        for number in (20, 2, 25):
            made(number).into(other)
        reread(made(2), "reader 3", keep=2).into(other)
        other.export(tmp_path / "other.zip")
        new = other.import_(tmp_path / "full.zip")
        assert new["reports"] == 13
        assert {r.id for r in other.reports()} == {
            r.id for r in full.reports()} | {made(n).report.id for n in (20, 25)}
        assert other.check() == ()
        full.import_(tmp_path / "other.zip")
        assert full.reports() == other.reports()
        assert len(full.claims(report_ids=[made(2).report.id])) == 2  # reader 3 came last here
        assert len(other.claims(report_ids=[made(2).report.id])) == 1  # and reader 2 there
    assert full.check() == ()


def test_nothing_is_overwritten(full: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("mine")
    with pytest.raises(LedgerError, match="exists already"):
        full.export(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_text() == "mine"
    with pytest.raises(LedgerError, match="No such file"):
        full.export(tmp_path / "no" / "a.zip")


def rewritten(path: Path, out: Path, name: str, change: object) -> Path:
    """The bundle with one part changed, and its hash put right where ``change`` is a function."""
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    if callable(change):
        parts[name] = change(parts[name])
        manifest = json.loads(parts["manifest.json"])
        if name != "manifest.json":
            digest = hashlib.sha256(parts[name]).hexdigest()
            manifest["tables"][name.partition(".")[0]]["sha256"] = digest
            parts["manifest.json"] = json.dumps(manifest).encode()
    else:
        parts[name] = parts[name].replace(b"a", b"b", 1)
    with zipfile.ZipFile(out, "w") as archive:
        for n, data in parts.items():
            archive.writestr(n, data)
    return out


@pytest.mark.parametrize(("name", "change", "what"), [
    ("claims.jsonl", None, "claims.jsonl does not have its hash"),
    ("claims.jsonl", lambda data: data.replace(b"affirmed", b"denied"), "would leave the ledger"),
    ("claims.jsonl", lambda data: data.split(b"\n", 1)[1], "rows do not fit|would leave"),
    ("reports.jsonl", lambda data: b"{}\n", "rows do not fit"),
    ("reports.jsonl", lambda data: b"nonsense\n", "rows do not fit"),
    ("readings.jsonl", lambda data: b"", "would leave the ledger"),
    ("manifest.json", lambda data: b"{}", "no manifest"),
    ("manifest.json", lambda data: data.replace(b"bundle 1", b"bundle 9"), "of another make"),
])
def test_a_damaged_bundle_changes_nothing(bundle: Path, tmp_path: Path, name: str, change: object,
                                          what: str) -> None:
    changed = rewritten(bundle, tmp_path / "changed.zip", name, change)
    with Ledger.open(tmp_path / "two.db") as second:
        made(1).into(second)
        before = contents(second)
        with pytest.raises(LedgerError, match=what) as caught:
            second.import_(changed)
        assert "\n" not in str(caught.value)
        assert contents(second) == before
        assert second.check() == ()


@pytest.mark.parametrize("data", [b"", b"no zip", None])
def test_no_bundle(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "x.zip"
    if data is not None:
        path.write_bytes(data)
    with (Ledger.open(tmp_path / "a.db") as ledger,
          pytest.raises(LedgerError, match="not a bundle")):
        ledger.import_(path)
