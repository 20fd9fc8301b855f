from __future__ import annotations

from dataclasses import replace

from tests.views.world import EVIDENCE, KABUL, NAMES, REPORTS, TORKHAM, belief
from whoholds.core import Place
from whoholds.views import ExitView, Terminal, cite, exits_data, exits_text

FIELD = Place("pack:afghanistan/kabul-airport", "Kabul Airport", "airport", "AF", adm1="Kabul")
TAKEN = ExitView(belief(TORKHAM, 0.9), None, "unknown", None, False, None, ())
LEFT = ExitView(belief(FIELD, 0.3, 0.45), 0.77, "open", None, False, 0.56,
                cite(EVIDENCE[3:4], REPORTS))


def test_the_only_way_left_is_said_with_its_chance() -> None:
    text = exits_text("Afghanistan", [LEFT, TAKEN], NAMES, Terminal(140))
    assert text.startswith("Ways out of Afghanistan at 15 Aug 2021 18:00 UTC\n")
    assert ("Kabul Airport is the only one said to be open; that all others are closed or held by "
            "Taliban: likely, 56%.") in text
    assert "said open 1, closed 0, neither 1" in text
    assert "open 77%, 15 Aug" in text
    assert "“There has been no fighting in Kabul yet.”" in text


def test_the_last_one_that_a_side_holds_is_said() -> None:
    kept = replace(LEFT, belief=belief(FIELD, 0.05), last=True)
    text = exits_text("Afghanistan", [kept, TAKEN], NAMES, Terminal(140))
    assert "Kabul Airport is the last one that Afghan government holds" in text


def test_a_narrow_terminal_gets_a_list() -> None:
    text = exits_text("Afghanistan", [LEFT, TAKEN], NAMES, Terminal(60))
    assert max(len(line) for line in text.splitlines()) <= 60
    assert "Torkham (crossing): ■ Taliban 90%" in text, text
    assert "nobody says" in text


def test_nothing_known_is_said() -> None:
    assert "No claim is about" in exits_text("Iran", [], NAMES)


def test_json() -> None:
    row = exits_data([replace(LEFT, belief=belief(KABUL, 0.2))], NAMES)[0]
    assert (row["route"], row["open_probability"], row["only_way_out_probability"]) == (
        "open", 0.77, 0.56)
    assert len(row["claims"]) == 1  # type: ignore[arg-type]
