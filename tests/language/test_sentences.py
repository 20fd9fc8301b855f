"""Sentences end where they should, and their words keep their places in the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.sentences import MOST_WORDS, split


def shown(text: str) -> list[str]:
    return [" ".join(text[a:b] for a, b in piece.words) for piece in split(text)]


@pytest.mark.parametrize(("text", "expected"), [
    ("They left. We stayed.", ["They left .", "We stayed ."]),
    ("Mr. Roe met Gen. A. B. Poe.", ["Mr. Roe met Gen. A. B. Poe ."]),
    ("The U.S. Army left the U.S. It was late.",
     ["The U.S. Army left the U.S .", "It was late ."]),
    ("He came at 6 p.m. Sunday.", ["He came at 6 p.m. Sunday ."]),
    ("No. 5 fell. No. They held.", ["No. 5 fell .", "No .", "They held ."]),
    ("“We won.” He smiled.", ["“ We won . ”", "He smiled ."]),
    ("\"We won.\" \"No.\" He left.", ["\" We won . \"", "\" No . \"", "He left ."]),
    ("\"Who?\" he asked. Nobody spoke.", ["\" Who ? \" he asked .", "Nobody spoke ."]),
    ("(They fled.) It fell.", ["( They fled . )", "It fell ."]),
    ("They hold the city.The army left.", ["They hold the city .", "The army left ."]),
    ("They waited ... and left.", ["They waited ... and left ."]),
    ("They waited... Then they left.", ["They waited ...", "Then they left ."]),
    ("About 3.5 km away. Far.", ["About 3.5 km away .", "Far ."]),
    ("KABUL (Agency) — Troops left.", ["KABUL ( Agency ) —", "Troops left ."]),
    ("SPRINGFIELD, Ohio, Aug. 5 -- It rained.", ["SPRINGFIELD , Ohio , Aug. 5 --", "It rained ."]),
    ("Kabul (Agency) - Troops left.", ["Kabul ( Agency ) -", "Troops left ."]),
    ("NORHAVEN/VELM (Agency) - Troops left.", ["NORHAVEN / VELM ( Agency ) -", "Troops left ."]),
    ("NORHAVEN, Norland (AB) — It fell.", ["NORHAVEN , Norland ( AB ) —", "It fell ."]),
    ("BREAKING: Rebels take Velm", ["BREAKING :", "Rebels take Velm"]),
    ("19:45 GMT – Rebels near Velm", ["19:45 GMT – Rebels near Velm"]),
    ("12:05pm: The mayor has fled, they say.", ["12:05 pm : The mayor has fled , they say ."]),
    ("The U.N.-backed army's cease-fire isn't holding.",
     ["The U.N. - backed army 's cease - fire is n't holding ."]),
    ("“It’s over,” said Lt. Col. Roe. “They’ve gone”. All left.",
     ["“ It ’s over , ” said Lt. Col. Roe .", "“ They ’ve gone ” .", "All left ."]),
    ("He asked: “Who holds Velm?” Nobody knew.",
     ["He asked : “ Who holds Velm ? ”", "Nobody knew ."]),
    ("Velm is lost. (Writing by A. Poe; Editing by B. Roe)",
     ["Velm is lost .", "( Writing by A. Poe ; Editing by B. Roe )"]),
    ("They hold it… for now. It may fall.", ["They hold it … for now .", "It may fall ."]),
    ("They took $1.5m and 10,000-12,000 guns.", ["They took $ 1.5 m and 10,000 - 12,000 guns ."]),
    ("1. Leave now. 2. Stay.", ["1 . Leave now .", "2 . Stay ."]),
    ("Rebels take town\n\nThe town fell.", ["Rebels take town", "The town fell ."]),
    ("Inc. shares fell in Jan. 5 trading.", ["Inc. shares fell in Jan. 5 trading ."]),
])
def test_ends(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_lines_are_paragraphs() -> None:
    text = "Headline\nOne. Two.\n\n\nThree.\r\nFour"
    assert [p.paragraph for p in split(text)] == [0, 1, 1, 2, 3]


def test_points_of_a_list_are_sentences() -> None:
    assert shown("• Rebels hold Velm\n• The army holds Norhaven\n- The road is shut") == [
        "• Rebels hold Velm", "• The army holds Norhaven", "- The road is shut"]


def test_wrapped_text_is_joined() -> None:
    text = ("The garrison of the northern town surrendered on Tuesday after\n"
            "a siege that had lasted for nearly three weeks, residents and\n"
            "an officer said. Nobody was hurt.\n\n"
            "The second paragraph begins here and it is also broken at the\n"
            "same column as the first.\n")
    assert [p.paragraph for p in split(text)] == [0, 0, 1]


TEXTS = st.text(max_size=300) | st.lists(st.sampled_from(
    ["The", "U.S.", "Mr.", "fell", ".", "?", "\"", "”", "...", "\n", "\n\n", "No.", "5", ")", "'s",
     "KABUL", "(AP)", "—", ":", "e.g.", "he", " ", "\u2028", "…"]), max_size=80).map(" ".join)


@given(TEXTS)
def test_every_character_but_white_space_is_in_one_word(text: str) -> None:
    words = [word for piece in split(text) for word in piece.words]
    assert all(a < b for a, b in words)
    assert all(before[1] <= after[0] for before, after in pairwise(words))
    kept = "".join(text[a:b] for a, b in words)
    assert kept == "".join(text.split())


@given(TEXTS)
def test_sentences_and_paragraphs_are_in_order_and_never_empty(text: str) -> None:
    pieces = split(text)
    assert all(piece.words for piece in pieces)
    numbers = [piece.paragraph for piece in pieces]
    assert numbers == sorted(numbers)


def test_endless_sentences_are_cut() -> None:
    assert [len(p.words) for p in split("word " * (2 * MOST_WORDS + 1))] == [MOST_WORDS, MOST_WORDS,
                                                                            1]


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\u200b", "." * 20_000, "\"" * 20_000,
                                  "A. " * 20_000, "\n" * 20_000, "a.\n" * 20_000])
def test_odd_texts(text: str) -> None:
    kept = "".join(text[a:b] for piece in split(text) for a, b in piece.words)
    assert kept == "".join(text.split())


def test_lines_of_a_page_are_joined_whatever_their_width() -> None:
    text = ("Weekly outlook\nThe garrison of Velm has\nheld out for a week and\n"
            "Norhaven is shelled from\nthe hills, residents and an officer who asked for no name "
            "to be\ngiven said.\n• The road is shut\nby snow.\n• Nobody left.")
    assert [text[p.words[0][0]:][:3] for p in split(text)] == ["Wee", "The", "• T", "• N"]
