"""Facilities, and armed groups and forces, among the names."""

from __future__ import annotations

import pytest

from whoholds.core import Name, NameType, Span, Word
from whoholds.language.name_kinds import refine


def kind_of(text: str, kind: NameType, start: int = 0, end: int = 0) -> str | None:
    """The subtype of words ``start`` to ``end`` (all, where 0) of ``form/UPOS/head/deprel``, heads
    counted from 1."""
    words = tuple(Word(i, Span(i, i + 1), form, form.lower().removesuffix("s"), upos, (),
                       int(head) - 1, deprel)
                  for i, (form, upos, head, deprel) in
                  enumerate(word.split("/") for word in text.split()))
    return refine([Name(start, end or len(words), kind)], words)[0].subtype


@pytest.mark.parametrize(("name", "kind", "expected"), [
    ("Norhaven Airport", "LOC", "FAC"),
    ("Velm air base", "LOC", "FAC"),
    ("Camp Roe", "LOC", "FAC"),
    ("Velm", "LOC", None),
    ("Bridge", "LOC", None),
    ("3rd Brigade", "ORG", "FORCE"),
    ("Norland Coast Guard", "ORG", "FORCE"),
    ("Velm Liberation Front", "ORG", "FORCE"),
    ("Popular Front", "ORG", None),
    ("Army", "ORG", "FORCE"),
    ("army", "ORG", None),
    ("Norland Airways", "ORG", None),
    ("Ann Bridge", "PER", None),
])
def test_by_the_names_own_noun(name: str, kind: NameType, expected: str | None) -> None:
    words = name.split()
    tree = [f"{w}/PROPN/{len(words) if i < len(words) - 1 else 0}/compound"
            for i, w in enumerate(words)]
    assert kind_of(" ".join(tree), kind) == expected


def test_the_noun_before_of() -> None:
    assert kind_of("University/PROPN/0/root of/ADP/3/case Norland/PROPN/1/nmod", "ORG") == "FAC"
    assert kind_of("Old/ADJ/2/amod University/PROPN/0/root of/ADP/4/case Army/PROPN/2/nmod",
                   "ORG") == "FAC"
    assert kind_of("Free/ADJ/2/amod Army/PROPN/0/root of/ADP/4/case Velm/PROPN/2/nmod",
                   "ORG") == "FORCE"


def test_by_an_apposition() -> None:
    after = "Ostmark/PROPN/0/root ,/PUNCT/4/punct a/DET/4/det {}/NOUN/1/appos"
    assert kind_of(after.format("militia"), "ORG", 0, 1) == "FORCE"
    assert kind_of(after.format("militia"), "LOC", 0, 1) is None
    assert kind_of(after.format("airport"), "LOC", 0, 1) == "FAC"
    assert kind_of(after.format("town"), "LOC", 0, 1) is None
    before = "militia/NOUN/0/root Ostmark/PROPN/1/appos"
    assert kind_of(before, "ORG", 1, 2) == "FORCE"


def test_by_its_fighters() -> None:
    assert kind_of("Ostmark/PROPN/2/compound fighters/NOUN/0/root", "ORG", 0, 1) == "FORCE"
    assert kind_of("Ostmark/PROPN/2/compound voters/NOUN/0/root", "ORG", 0, 1) is None
    assert kind_of("Norland/PROPN/2/compound fighters/NOUN/0/root", "LOC", 0, 1) is None
    ministry = "War/PROPN/2/compound Ministry/PROPN/3/compound fighters/NOUN/0/root"
    assert kind_of(ministry, "ORG", 0, 2) is None
