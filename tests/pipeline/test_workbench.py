"""From files to answers, with the stages that ship."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds.core import LedgerError, UsageError
from whoholds.pipeline import Workbench, open_ledger

FIRST = ("Rebel fighters captured the city of Kharkiv on Tuesday, the governor said.\n\n"
         "Ukrainian forces still hold Kyiv, the defence ministry announced.\n")
LATER = "Russian troops seized Kherson on Thursday, residents said.\n"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "first.txt").write_text(FIRST, "utf8")
    (folder / "later.txt").write_text(LATER, "utf8")
    (folder / "manifest.csv").write_text(
        "file,published,outlet\n"
        "first.txt,2022-03-01,Herald\nlater.txt,2022-03-03,Tribune\n", "utf8")
    return folder


@pytest.fixture(scope="module")
def desk(reports: Path) -> Iterator[Workbench]:
    with open_ledger(reports / "made.db") as opened:
        outcome = opened.read([], manifest=reports / "manifest.csv")
        assert len(outcome.read) == 2, outcome.refused
        yield opened


def holders(desk: Workbench, **when: str) -> dict[str, str | None]:
    return {b.place.name: b.holder for b in desk.status(**when)}


def test_what_was_read_is_believed(desk: Workbench) -> None:
    found = holders(desk)
    assert found["Kherson"] == "state:RU"
    assert found["Kyiv"] == "state:UA"


def test_nothing_is_known_before_it_is_published(desk: Workbench) -> None:
    assert "Kherson" not in holders(desk, known_at="2022-03-02")
    assert "Kyiv" in holders(desk, known_at="2022-03-01")


def test_reading_again_adds_nothing(desk: Workbench, reports: Path) -> None:
    before = desk.ledger.claims()
    again = desk.read([], manifest=reports / "manifest.csv")
    assert not any(i.new_report or i.new_claims for i in again.intakes)
    assert desk.ledger.claims() == before
    assert desk.ledger.check() == ()


def test_another_order_gives_the_same_ledger(desk: Workbench, reports: Path) -> None:
    with open_ledger(reports / "other.db") as other:
        other.read([reports / "later.txt"], manifest=reports / "manifest.csv")
        other.read([reports / "first.txt"], manifest=reports / "manifest.csv")
        assert [c.id for c in other.ledger.claims()] == [c.id for c in desk.ledger.claims()]
        assert other.status() == desk.status()


def test_every_contribution_leads_to_a_sentence(desk: Workbench) -> None:
    known = desk.snapshot()
    (kherson,) = desk.status_in(known, ["Kherson"])
    moved = desk.contributions(known, kherson.place, kherson.valid_at)
    assert moved
    by_id = {c.id: c for c in known.claims}
    for contribution in moved:
        for claim_id in contribution.claim_ids:
            claim = by_id[claim_id]
            assert "Kherson" in claim.sentence.of(known.reports[claim.report_id].text)


def test_one_source_alone(desk: Workbench) -> None:
    assert "Kherson" in holders(desk, according_to="residents")
    assert "Kyiv" not in holders(desk, according_to="residents")
    with pytest.raises(UsageError, match="nobody called 'Gazette'"):
        desk.status(according_to="Gazette")


def test_what_makes_no_sense_is_said(desk: Workbench) -> None:
    with pytest.raises(UsageError, match="Atlantis"):
        desk.status(["Atlantis"])
    with pytest.raises(UsageError, match="not a date"):
        desk.status(at="yesterday")


def test_a_refused_file_does_not_stop_the_rest(tmp_path: Path, reports: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "french.txt").write_text(
        "Les rebelles ont pris la ville de Kharkiv mardi, a déclaré le gouverneur de la région. "
        "Les forces gouvernementales tiennent toujours la capitale.", "utf8")
    with open_ledger(tmp_path / "l.db") as opened:
        outcome = opened.read([tmp_path / "empty.txt", tmp_path / "binary.txt",
                               tmp_path / "french.txt", reports / "later.txt"],
                              published="2022-03-03", outlet="Tribune")
        assert {Path(i.where).name for i in outcome.refused} == {"empty.txt", "binary.txt"}
        assert all(i.problem and "\n" not in i.problem for i in outcome.refused)
        stored = {r.language for r in opened.ledger.reports()}
        assert stored == {"fr", "en"}
        assert {c.report_id for c in opened.ledger.claims()} == {
            r.id for r in opened.ledger.reports() if r.language == "en"}


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a ledger, but a good deal of text " * 50)
    with pytest.raises(LedgerError, match=r"notes\.db"):
        open_ledger(tmp_path / "notes.db")


def test_settings_reach_their_stage(tmp_path: Path, reports: Path) -> None:
    from whoholds.settings import settings_from
    given = settings_from({"read.zone": "Asia/Kabul", "belief.holder": "0.999"}, {})
    with open_ledger(tmp_path / "l.db", settings=given) as opened:
        opened.read([reports / "later.txt"], published="2022-03-03", outlet="Tribune")
        (report,) = opened.ledger.reports()
        assert report.published is not None
        assert report.published.to_json()[0] == "2022-03-02T19:30:00Z"
        assert all(b.holder is None for b in opened.status())
    wrong = settings_from({"read.zone": "Mars/Olympus"}, {})
    with open_ledger(tmp_path / "l.db", settings=wrong) as opened, \
            pytest.raises(UsageError, match="Mars/Olympus"):
        opened.read([reports / "later.txt"])


def test_the_ledger_in_the_folder_that_is_read_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "later.txt").write_text(LATER, "utf8")
    with open_ledger(tmp_path / "whoholds.db") as opened:
        outcome = opened.read([tmp_path], published="2022-03-03", outlet="Tribune")
        assert [Path(i.where).name for i in outcome.intakes] == ["later.txt"]
