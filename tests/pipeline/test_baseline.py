"""Who held what on day zero is testimony of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whoholds.core import InputError
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.baseline import Row, parse
from whoholds.pipeline.viewing import origin_names

HEAD = "place,holder,date,source,country,type\n"
ROWS = ("Kandahar,Afghan government,2021-05-01,Day Zero Map,,\n"
        "Kunduz,Taliban,2021-05-01,Day Zero Map,AF,province\n"
        "Nowhere Fort,Sons of Nobody,2021-05-01,Other Map,AF,base\n"
        "geonames:1138958,contested,2021-05-02,Other Map,,\n")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("baseline")
    (folder / "b.csv").write_text(HEAD + ROWS, "utf-8-sig")
    with open_ledger(folder / "l.db") as opened:
        outcome = opened.baseline(folder / "b.csv")
        assert (outcome.rows, outcome.new, outcome.problems) == (4, 4, ())
        assert len(outcome.notes) == 1
        assert "line 4: no place is called 'Nowhere Fort'" in outcome.notes[0]
        assert "Sons of Nobody" in outcome.notes[0]
        yield opened


def test_it_is_believed_and_explained(desk: Workbench) -> None:
    known = desk.snapshot()
    held = {(b.place.name, b.place.type): b for b in desk.status_in(known, at="2021-05-02")}
    assert held["Kandahar", "city"].holder == "state:AF"
    assert held["Kunduz", "province"].holder == "pack:afghanistan/taliban"
    assert held["Kabul", "city"].contested
    fort = held["Nowhere Fort", "base"]
    assert fort.holder is not None
    assert known.actors[fort.holder].name == "Sons of Nobody"
    place = held["Kandahar", "city"].place
    (moved,) = desk.contributions(known, place, held["Kandahar", "city"].valid_at)
    assert moved.weight_logodds > 3
    (row,) = [e for e in known.evidence if e.place_id == place.id]
    assert (row.origin, row.origin_class) == ("baseline:Day Zero Map", "baseline")
    assert origin_names(known)[row.origin] == "Day Zero Map (baseline)"
    assert row.claim.span.of(known.reports[row.claim.report_id].text).startswith("Kandahar: held")


def test_it_is_known_from_its_own_day(desk: Workbench) -> None:
    assert desk.snapshot("2021-04-30").evidence == ()
    assert {e.outlet for e in desk.snapshot("2021-05-01").evidence} == {"Day Zero Map",
                                                                       "Other Map"}


def test_the_same_rows_in_another_table_add_nothing(desk: Workbench, tmp_path: Path) -> None:
    lines = (HEAD + ROWS).splitlines(keepends=True)
    (tmp_path / "c.csv").write_text("".join([lines[0], *lines[:0:-1]]), "utf8")
    before = desk.ledger.claims()
    again = desk.baseline(tmp_path / "c.csv")
    assert (again.rows, again.new) == (4, 0)
    assert desk.ledger.claims() == before
    assert desk.ledger.check() == ()
    assert list(desk.reread_each()) == []


def test_a_row_that_says_too_little_is_refused(desk: Workbench, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(
        HEAD + ",Taliban,2021-05-01,Map,,\nHerat,,2021-05-01,Map,,\nHerat,Taliban,May,Map,,\n"
        "Herat,Taliban,2021-05-01,,,\nHerat,Taliban,2021-05-01,Map,Afghanistan,\n"
        "Herat,Taliban,2021-05-01,Map,AF,town\nHerat,Taliban,2021-05-01T10:00Z,Map,AF,\n"
        f"{'H' * 301},Taliban,2021-05-01,Map,AF,\n", "utf8")
    outcome = desk.baseline(tmp_path / "d.csv")
    assert outcome.rows == 0
    assert [p.split(": ", 2)[1] for p in outcome.problems] == [f"line {n}" for n in range(2, 10)]
    assert all("\n" not in p for p in outcome.problems)


@pytest.mark.parametrize(("data", "what"), [
    (b"place,holder\nA,B\n", "no column date, source"), (b"\xff\xfe\x00", "not UTF-8"),
    (b"", "no column"), (b'place,holder,date,source\n"A', "no table"), (None, "cannot be read"),
])
def test_what_is_no_baseline(desk: Workbench, tmp_path: Path, data: bytes | None,
                             what: str) -> None:
    if data is not None:
        (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(InputError, match=what) as caught:
        desk.baseline(tmp_path / "x.csv")
    assert "\n" not in str(caught.value)


WORDS = st.text("abcXYZ éü'-.", min_size=1, max_size=20).map(lambda t: " ".join(t.split())).filter(
    lambda t: any(map(str.isalnum, t)) and t.casefold() != "contested")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, WORDS, WORDS, st.sampled_from(["", "AF", "city", "UA, crossing"]))
def test_a_row_is_read_back_from_its_sentence(place: str, holder: str, source: str,
                                              about: str) -> None:
    row = Row(place, holder, "2021-05-01", source, about)
    again = parse(row.sentence)
    assert again == row
    assert again.country == ({"AF": "AF", "UA, crossing": "UA"}.get(about))
