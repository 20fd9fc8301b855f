from __future__ import annotations

from datetime import timedelta

from tests.views.world import EVIDENCE, JALALABAD, KABUL, NAMES, REPORTS, T0
from whoholds.views import EventView, Terminal, cite, timeline_data, timeline_text

FELL = EventView(JALALABAD, "change", "actor:taliban", "actor:government", None, T0,
                 T0 - timedelta(days=1), 0.9, 1, cite(EVIDENCE[:2], REPORTS))
CLASH = EventView(KABUL, "clash", "actor:taliban", "actor:government", T0, T0, None, 0.6, 1,
                  cite(EVIDENCE[3:4], REPORTS))


def test_a_change_of_hands_says_from_whom_to_whom_when_and_who_says_so() -> None:
    text = timeline_text([FELL], NAMES, Terminal(140))
    assert text.startswith("1 change of hands at 1 place\n")
    assert "Afghan government → Taliban; by 15 Aug 2021, about 14 Aug; very likely, 90%" in text
    assert "The Harbour Gazette (2 claims, 1 origin)" in text


def test_other_events_say_who_did_what() -> None:
    text = timeline_text([FELL, CLASH], NAMES, Terminal(140))
    assert text.startswith("1 change of hands and 1 other event at 2 places\n")
    assert "clash by Taliban, Afghan government on the other side; 15 Aug 2021" in text
    assert "Sputnik → Associated Press → officials (anonymous) (1 claim)" in text


def test_a_change_that_nobody_tells_is_said_to_be_inferred() -> None:
    inferred = EventView(KABUL, "change", "actor:taliban", None, T0, T0, T0, 0.7, 0, ())
    assert "no claim says so" in timeline_text([inferred], NAMES)
    assert "Nothing" in timeline_text([], NAMES)


def test_json() -> None:
    row = timeline_data([FELL], NAMES)[0]
    assert (row["place"], row["actor"], row["counterpart"]) == (
        "Jalālābād", "Taliban", "Afghan government")
    assert (row["earliest"], row["latest"]) == (None, "2021-08-15T18:00:00Z")
    assert len(row["claims"]) == 2  # type: ignore[arg-type]
