"""Plans, orders, possibilities and denials of every kind: none may come out as a fact."""

from __future__ import annotations

import pytest

from tests.claims.nonfacts import PLAIN, bases, cases, leaks, lines, stated

# The share of sentences that may be misread as facts (wrong parses), and of the plain facts that
# must be read.
LEAKS = 0.015
READ = 0.88
STEP = 97            # of all pairs, in the short run


def rate(step: int, first: int = 0) -> tuple[float, list[str]]:
    pairs = list(cases(step, first))
    leaked = [text for base, _, text in pairs if leaks(base, text)]
    return len(leaked) / len(pairs), leaked


def test_plain_facts_are_read_as_facts() -> None:
    plain = [(base, base.under(PLAIN) or "") for base in bases()]
    missed = [text for base, text in plain if not leaks(base, text)]
    assert 1 - len(missed) / len(plain) >= READ, missed


def test_non_facts_do_not_come_out_as_facts() -> None:
    share, leaked = rate(STEP)
    assert share <= LEAKS, leaked


@pytest.mark.long
def test_no_frame_leaks() -> None:
    share, leaked = rate(1)
    assert share <= LEAKS, leaked


def test_long_sentences_of_news_leak_no_facts() -> None:
    rows = [line.split("|", 1) for line in lines("nonfact_news.txt")]
    found = [text.strip() for kinds, text in rows
             if any(stated(text.strip(), kind) for kind in kinds.split())]
    assert len(found) <= LEAKS * len(rows), "\n".join(found)
