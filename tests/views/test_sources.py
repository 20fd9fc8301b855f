from __future__ import annotations

from datetime import timedelta

from tests.views.world import NAMES, T0
from whoholds.views import Repeats, SourceRow, Terminal, sources_data, sources_text

WIRE = SourceRow("actor:wire", "Harbour Wire", "agency", None, 9, 3, 2, 1, 0.5, 0.61,
                 ((T0, T0 + timedelta(days=4)),))
MINISTRY = SourceRow("official:actor:government:harbour wire", "officials", "official",
                     "actor:government", 1, 0, 0, 1, None, None, ())
COPIES = Repeats("The Harbour Gazette", "Harbour Wire", 1, 2)


def test_each_source_has_its_counts_and_what_is_left_is_undecided() -> None:
    lines = sources_text([WIRE, MINISTRY], [COPIES], NAMES, Terminal(120)).splitlines()
    wire = next(line for line in lines if line.startswith("Harbour Wire"))
    assert wire.split() == ["Harbour", "Wire", "9", "3", "2", "3", "1", "12", "h", "61%"]
    assert any(line.startswith("officials (Afghan government)") for line in lines)


def test_who_repeats_whom_and_who_fell_silent() -> None:
    text = sources_text([WIRE], [COPIES], NAMES, Terminal(120))
    assert "The Harbour Gazette repeats Harbour Wire in 1 of 2 reports" in text
    assert "Harbour Wire: 15 Aug 2021 18:00 UTC to 19 Aug 2021 18:00 UTC" in text
    assert "repeats" not in sources_text([MINISTRY], [], NAMES)
    assert "Silent" not in sources_text([MINISTRY], [], NAMES)


def test_a_narrow_terminal_gets_sentences() -> None:
    text = sources_text([MINISTRY], [], NAMES, Terminal(60))
    assert "officials (Afghan government): 1 said, 1 alone" in text
    assert "Nobody says" in sources_text([], [], NAMES)


def test_json() -> None:
    data = sources_data([WIRE, MINISTRY], [COPIES], NAMES)
    assert [s["undecided"] for s in data["sources"]] == [3, 0]  # type: ignore[union-attr, index, call-overload]
    assert data["repeats"] == [{"outlet": "The Harbour Gazette", "copied": "Harbour Wire",
                                "copies": 1, "reports": 2}]
