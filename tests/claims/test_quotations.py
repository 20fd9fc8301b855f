"""Quotation marks: curly, straight, typewritten, missing, over paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.claims.quotations import quotations


@pytest.mark.parametrize(("text", "inside"), [
    ("He said “we left” and left.", ["we left"]),
    ('He said "we left" and "we lost".', ["we left", "we lost"]),
    ("He said ''we left'' then.", ["we left"]),
    ("He said ``we left'' then.", ["we left"]),
    ("“We left, he said.", ["We left, he said."]),
    ("He said «we left».", ["we left"]),
    ("He said ‘we didn’t leave’ then.", ["we didn’t leave"]),
    ("The rebels’ flag isn’t quoted.", []),
    ("Nobody spoke.", []),
])
def test_what_is_inside(text: str, inside: list[str]) -> None:
    assert [q.span.of(text) for q in quotations(text)] == inside


def test_a_quotation_resumes_in_the_next_paragraph() -> None:
    text = "He said: “We fought.\n“Then we left.”\n“Others stayed.”"
    found = quotations(text)
    assert [(q.closed, q.resumes) for q in found] == [(False, False), (True, True), (True, False)]


@given(st.text(alphabet="ab ,.“”\"'’‘«»\n"))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    found = quotations(text)
    for a, b in pairwise(found):
        assert a.span.end <= b.span.start
    assert all("\n" not in q.span.of(text) for q in found)
