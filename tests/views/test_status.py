from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.world import BELIEFS, EVIDENCE, JALALABAD, NAMES, REPORTS, belief
from whoholds.core import Belief, Place
from whoholds.views import Names, StatusRow, Terminal, status_data, status_rows, status_text

ROWS = status_rows(BELIEFS, EVIDENCE, REPORTS)


def line_of(text: str, place: str) -> str:
    return next(line for line in text.split("\n") if line.strip().startswith(place))


def test_claims_and_independent_origins_are_counted() -> None:
    jalalabad = next(r for r in ROWS if r.belief.place == JALALABAD)
    assert (jalalabad.claims, jalalabad.origins) == (2, 1)
    assert jalalabad.latest is not None


def test_claims_the_belief_does_not_list_are_not_counted() -> None:
    row = status_rows([belief(JALALABAD, 0.9)], EVIDENCE, REPORTS)[0]
    assert (row.claims, row.origins, row.latest) == (0, 0, None)


def test_json_has_the_promised_keys() -> None:
    kabul = next(d for d in status_data(ROWS, NAMES) if d["place"] == "Kabul")
    assert {"place", "country", "geonameid", "holder", "probability", "since_earliest",
            "since_latest", "contested"} <= set(kabul)
    assert kabul["holder"] is None
    assert kabul["contested"] is True
    assert kabul["country"] == "Afghanistan"
    jalalabad = next(d for d in status_data(ROWS, NAMES) if d["geonameid"] == 1139715)
    assert (jalalabad["holder"], jalalabad["since_latest"]) == ("Taliban", "2021-08-15T18:00:00Z")


@pytest.mark.parametrize("width", [40, 60, 100, 140, 200])
def test_who_holds_is_told_in_words_at_every_width(width: int) -> None:
    text = status_text(ROWS, NAMES, Terminal(width))
    assert "Taliban" in text
    assert "unknown" in text
    assert max(len(line) for line in text.split("\n")) <= width
    flat = " ".join(text[text.index("Jalālābād"):].split())
    assert "96% almost certain" in flat[:90]


def test_a_pipe_gets_no_escapes_and_a_terminal_gets_colour() -> None:
    assert "\x1b" not in status_text(ROWS, NAMES, Terminal(100, colour=False))
    assert "\x1b[" in status_text(ROWS, NAMES, Terminal(100, colour=True))


def test_colour_is_never_the_only_sign() -> None:
    coloured = status_text(ROWS, NAMES, Terminal(140, colour=True))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert "■ Taliban" in line_of(plain, "Jalālābād")
    assert "● Afghan government" in line_of(plain, "Torkham")


def test_ascii_terminals_get_ascii() -> None:
    assert status_text(ROWS, NAMES, Terminal(140, unicode=False)).isascii()


def test_nothing_known_is_said_in_words() -> None:
    assert "No claim" in status_text((), NAMES)


HOSTILE = st.text(min_size=1, max_size=40) | st.sampled_from(
    ["\x1b[2J\x1b[31mevil", "[bold]x[/bold]", "\u202eevil", "a\nb", "\x9b31m", "]8;;http://x\x07"])


@settings(max_examples=40, deadline=None)
@given(HOSTILE, HOSTILE, st.integers(30, 160))
def test_hostile_names_cannot_steer_the_terminal(name: str, side: str, width: int) -> None:
    place = Place("provisional:x", name, "area", "AF", adm1=name, provisional=True)
    row = StatusRow(belief(place, 0.9), 1, 1, None)
    text = status_text([row], Names({"actor:taliban": side}), Terminal(width))
    assert not any((ord(c) < 32 and c != "\n") or 0x7f <= ord(c) < 0xa0 for c in text)
    assert "\u202e" not in text
    if name == "[bold]x[/bold]" and width > 60:
        assert name in text


def test_the_order_of_rows_does_not_matter() -> None:
    assert status_text(ROWS, NAMES) == status_text(ROWS[::-1], NAMES)


def test_an_unknown_holder_with_no_likely_side_says_so() -> None:
    nobody = Belief(JALALABAD, BELIEFS[0].valid_at, None, (("other", 0.9), ("actor:taliban", 0.1)),
                    None, 0.9, False, None, None, ())
    assert "no side is likely" in status_text([StatusRow(nobody, 0, 0, None)], NAMES)
