"""Near-copies: found whatever the order, linked to the earliest."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.core import Interval, Report
from whoholds.reading import copies_among, fingerprint, near_copies

WORDS = [f"{a}{b}" for a in ("ba", "de", "ki", "lo", "mu", "ra", "se", "tor") for b in (
    "n", "ven", "lik", "mar", "tosh", "rand", "gul", "stan", "quet", "wil")]


def text(seed: int, sentences: int = 12) -> str:
    chance = random.Random(seed)
    made = (" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(sentences))
    return " ".join(made)


def at(hour: int | None) -> Interval | None:
    moment = datetime(2021, 8, 1, tzinfo=UTC) + timedelta(hours=hour or 0)
    return None if hour is None else Interval(moment, moment, "second")


def report(body: str, outlet: str, hour: int | None) -> Report:
    return Report(body, outlet, at(hour))


def test_a_copy_is_linked_to_the_earliest() -> None:
    wire = report(text(1), "Agency", 3)
    early = report(text(1), "Herald", 1)
    undated = report(text(1), "Blog", None)
    other = report(text(2), "Gazette", 0)
    links = near_copies([wire, other, undated, early])
    assert links == {wire.id: (early.id, 1.0), undated.id: (early.id, 1.0)}


def test_at_the_same_moment_the_id_decides() -> None:
    one, two = report(text(1), "A", 1), report(text(1), "B", 1)
    first, second = sorted([one.id, two.id])
    assert near_copies([one, two]) == {second: (first, 1.0)}


def test_edited_agency_copy() -> None:
    wire = text(1)
    sentences = wire.split(". ")
    lede = report(text(8, 2) + " " + ". ".join(sentences[3:]), "Herald", 2)
    cut = report(". ".join(sentences[:6]) + ".", "Blog", 3)
    mixed = report(text(9, 4) + " " + ". ".join(sentences[4:9]) + ".", "Gazette", 4)
    long = report(text(10, 40) + " " + ". ".join(sentences[:2]) + ".", "Review", 5)
    original = report(wire, "Agency", 1)
    links = near_copies([long, mixed, cut, lede, original])
    assert {i: copy.of for i, copy in links.items()} == {
        lede.id: original.id, cut.id: original.id, mixed.id: original.id}
    assert all(0.2 < copy.similarity <= 1 for copy in links.values())


def test_case_blanks_and_marks_make_no_difference() -> None:
    loud = text(1).upper().replace(" ", "\n ").replace(".", "!")
    assert fingerprint(text(1))[:513] == fingerprint(loud)[:513]


def test_short_and_templated_reports_are_no_copies() -> None:
    reports = [report(f"Rebels took {town} on Friday, officials said.", town, 1)
               for town in ("Marn", "Tolven", "Kesh", "Ruda")]
    assert near_copies(reports) == {}
    assert near_copies([]) == {}


def test_a_copy_of_a_copy_is_of_the_family() -> None:
    sentences = text(1, 30).split(". ")
    chain = [report(". ".join(sentences[i:i + 12]) + ".", f"O{i}", i) for i in (0, 5, 10)]
    links = near_copies(chain)
    assert {copy.of for copy in links.values()} == {chain[0].id}
    assert len(links) == 2


@cache
def crowd() -> tuple[Report, ...]:
    bodies = [text(seed) for seed in range(6)]
    return tuple(
        report(bodies[i % 6] if i % 4 else bodies[i % 6] + " " + text(100 + i, 3), f"O{i}",
               None if i % 9 == 0 else i % 7) for i in range(30))


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(30)))
def test_the_order_of_reading_does_not_matter(order: list[int]) -> None:
    assert near_copies([crowd()[i] for i in order]) == near_copies(crowd())


def test_later_reports_do_not_move_the_links_of_earlier_ones() -> None:
    dated = [r for r in crowd() if r.published]
    known = [r for r in dated if r.published and r.published.latest
             and r.published.latest <= datetime(2021, 8, 1, 4, tzinfo=UTC)]
    all_links = near_copies(dated)
    for key, copy in near_copies(known).items():
        assert all_links[key] == copy


def test_a_fingerprint_of_another_make_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        copies_among({"a": (None, b"\x00" * 513)})


def test_fingerprints_are_small_and_fixed() -> None:
    assert len(fingerprint("Marn fell.")) == 513
    assert len(fingerprint(text(1))) == 513 + 8 * 12
    assert fingerprint("Marn fell.")[:5].hex() == fingerprint("marn  fell")[:5].hex()
