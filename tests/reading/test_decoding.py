"""Bytes to text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.core import InputError
from whoholds.reading.decoding import CONTROLS, decode

TEXT = "Rebels took Tóbruk “at dawn” on Friday.\nOfficials confirmed it.\n"


@pytest.mark.parametrize(("encoding", "mark", "note"), [
    ("utf-8", b"", None), ("utf-8", b"\xef\xbb\xbf", None),
    ("utf-16-le", b"\xff\xfe", None), ("utf-16-be", b"\xfe\xff", None),
    ("utf-32-le", b"\xff\xfe\0\0", None), ("utf-32-be", b"\0\0\xfe\xff", None),
    ("utf-16-le", b"", "UTF-16"), ("utf-16-be", b"", "UTF-16"),
    ("cp1252", b"", "cp1252"),
])
def test_encodings(encoding: str, mark: bytes, note: str | None) -> None:
    text, notes = decode(mark + TEXT.encode(encoding), "f")
    assert text == TEXT
    assert len(notes) == (note is not None)
    assert note is None or note in notes[0]


def test_a_declared_encoding_counts_before_a_guess() -> None:
    assert decode("Łódź fell".encode("iso8859-2"), "f", "ISO-8859-2") == ("Łódź fell", ())
    assert decode("“Fell”".encode("cp1252"), "f", "latin-1") == ("“Fell”", ())
    assert decode(b"fell", "f", "no-such") == decode(b"fell", "f", "rot13") == ("fell", ())


def test_line_ends_become_newlines_and_nothing_else_changes() -> None:
    assert decode(b"  a\r\nb\rc\nd\x0b \t e \n\n", "f")[0] == "  a\nb\nc\nd\n \t e \n\n"
    assert decode("a\u2028b\u00a0c".encode(), "f")[0] == "a\nb\u00a0c"


def test_a_stray_control_character_becomes_a_blank() -> None:
    text, notes = decode(b"took " + b"town " * 40 + b"\x07 today", "f")
    assert len(text) == 212
    assert "\x07" not in text
    assert notes == ("1 control character replaced by blanks",)


@pytest.mark.parametrize("strays", [b"\x07", b"\x00", b"\x00\x01", b"\x1b\x1b\x07"])
def test_a_few_control_characters_do_not_make_a_short_text_binary(strays: bytes) -> None:
    text, notes = decode(b"Rebels took Marn " + strays + b" on Friday, they said.", "f")
    assert text == "Rebels took Marn " + " " * len(strays) + " on Friday, they said."
    assert notes[0].startswith(f"{len(strays)} control character")


@pytest.mark.parametrize(("data", "what"), [
    (b"", "empty"), (b" \n\t\r\n ", "empty"), (b"\xef\xbb\xbf", "empty"), (b"... --- ...", "empty"),
    (b"%PDF-1.7 text", "a PDF"), (b"\x89PNG\r\n\x1a\n\0\0", "a PNG"), (b"PK\x03\x04ab", "zip"),
    (b"\x7fELF\x02\x01", "a program"), (b"\x1f\x8b\x08abc", "gzip"),
    (bytes(range(256)) * 20, "not text"), (random.Random(1).randbytes(5000), "not text"),
    (b"a\0\0\0b\0\0\0" * 50, "not text"), (b"\xff\xfeab\xdc\xd8", "broken at byte"),
    ("Войска вошли в город утром в пятницу".encode("cp1251"), "not text in UTF-8"),
    ("반군이 도시를 점령했다".encode("euc-kr"), "not text in UTF-8"),
    (b"\x01\x02took the town\x03\x04", "binary"),
])
def test_what_is_no_text(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        decode(data, "some/file")
    assert str(caught.value).startswith("some/file: ")
    assert "\n" not in str(caught.value)


def test_text_that_begins_like_a_program_is_read() -> None:
    assert decode(b"MZ radio said the town fell", "f")[0].startswith("MZ radio")


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_any_text_comes_back(text: str, encoding: str) -> None:
    try:
        found, _ = decode(text.encode(encoding, "replace"), "f")
    except InputError:
        return
    assert "\r" not in found
    assert not CONTROLS.search(found)
    if text.isprintable():
        assert found == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_line(data: bytes) -> None:
    try:
        told = decode(data, "f")[0]
    except InputError as error:
        told = str(error)
    assert any(c.isalnum() for c in told)
