"""Names come from the best valid sequence of tags."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whoholds.core import Name, NameType, Span, Word
from whoholds.language.names import NameDecoder, tidy

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
DECODER = NameDecoder(TAGS)


def names(tags: tuple[int, ...]) -> tuple[Name, ...] | None:
    """What a sequence of tags says, or None where it is no valid sequence."""
    found: list[Name] = []
    before = ""
    for i, tag in enumerate(TAGS[t] for t in tags):
        if tag.startswith("I-"):
            if before != tag[2:]:
                return None
            found[-1] = Name(found[-1].start, i + 1, found[-1].type)
        elif tag != "O":
            found.append(Name(i, i + 1, tag[2:]))  # type: ignore[arg-type]
        before = tag[2:]
    return tuple(found)


def test_valid_tags() -> None:
    scores = np.eye(5, dtype=np.float32)[[0, 1, 2, 0, 3, 3, 4]]
    assert DECODER.names(scores) == (Name(1, 3, "PER"), Name(4, 5, "LOC"), Name(5, 7, "LOC"))


@given(st.integers(1, 4).flatmap(lambda n: arrays(
    np.float32, (n, 5), elements=st.integers(-9, 9).map(float))))
def test_as_good_as_the_best_valid_sequence(scores: np.ndarray) -> None:
    def total(tags: tuple[int, ...]) -> float:
        return float(sum(scores[i, t] for i, t in enumerate(tags)))
    valid = [t for t in itertools.product(range(5), repeat=len(scores)) if names(t) is not None]
    best = max(total(t) for t in valid)
    assert DECODER.names(scores) in {names(t) for t in valid if total(t) == best}


def said(tagged: str) -> tuple[Word, ...]:
    """Words written as ``form/UPOS``; their trees say nothing."""
    pairs = [pair.split("/") for pair in tagged.split()]
    return tuple(Word(i, Span(i, i + 1), form, form, upos, (), i - 1, "dep")
                 for i, (form, upos) in enumerate(pairs))


def tidied(tagged: str, kind: NameType) -> str:
    words = said(tagged)
    return " | ".join(" ".join(w.form for w in words[n.start:n.end])
                      for n in tidy([Name(0, len(words), kind)], words))


def test_articles_and_common_words_at_the_ends_are_no_names() -> None:
    assert tidied("The/DET Free/PROPN Army/PROPN", "ORG") == "Free Army"
    assert tidied("gates/NOUN of/ADP Norhaven/PROPN", "LOC") == "Norhaven"
    assert tidied("Norhaven/PROPN province/NOUN", "LOC") == "Norhaven"
    assert tidied("Ministry/PROPN of/ADP Defence/PROPN", "ORG") == "Ministry of Defence"
    assert tidied("al/PROPN -/PUNCT Nahr/PROPN", "LOC") == "al - Nahr"
    assert tidied("Norish/ADJ", "NORP") == "Norish"


def test_descriptions_are_no_names() -> None:
    assert tidied("the/DET insurgents/NOUN", "ORG") == ""
    assert tidied("They/PRON", "ORG") == ""


def test_dates_need_no_capitals() -> None:
    assert tidied("two/NUM weeks/NOUN ago/ADV", "DATE") == "two weeks ago"
    assert tidied("May/PROPN when/SCONJ", "DATE") == "May"
    assert tidied("the/DET next/ADJ day/NOUN", "DATE") == "the next day"


def test_titles_are_no_part_of_a_person() -> None:
    assert tidied("President/PROPN Ann/PROPN Roe/PROPN", "PER") == "Ann Roe"
    assert tidied("Prime/PROPN Minister/PROPN Roe/PROPN", "PER") == "Roe"
    assert tidied("Gen./PROPN Roe/PROPN", "PER") == "Roe"
    assert tidied("President/PROPN", "PER") == ""
    assert tidied("President/PROPN Hotel/PROPN", "LOC") == "President Hotel"


def linked(*words: tuple[str, str, int, str], number: str = "Sing") -> tuple[Word, ...]:
    """Words of form, part of speech, head and relation."""
    return tuple(Word(i, Span(i, i + 1), form, form, upos, (("Number", number),), head, deprel)
                 for i, (form, upos, head, deprel) in enumerate(words))


def test_addresses_are_no_names() -> None:
    assert tidied("ann@velm.org/PROPN", "PER") == ""
    assert tidied("www.velm.org/PROPN", "ORG") == ""
    assert tidied("Ann/PROPN Roe@VELM/PROPN", "PER") == "Ann Roe@VELM"


def test_parts_that_the_tree_joins_are_one_name() -> None:
    parts = [Name(0, 1, "NORP"), Name(1, 2, "LOC")]
    joined = linked(("United", "PROPN", 1, "compound"), ("Isles", "PROPN", -1, "root"))
    assert tidy(parts, joined) == (Name(0, 2, "LOC"),)
    flat = linked(("Roe", "PROPN", -1, "root"), ("Bay", "PROPN", 0, "flat"))
    assert tidy([Name(0, 1, "ORG"), Name(1, 2, "PER")], flat) == (Name(0, 2, "ORG"),)
    apart = linked(("Velm", "PROPN", -1, "root"), ("Norland", "PROPN", 0, "appos"))
    assert len(tidy(parts, apart)) == 2
    united = linked(("United", "ADJ", 1, "amod"), ("Mills", "PROPN", -1, "root"))
    assert tidy([Name(0, 1, "ORG"), Name(1, 2, "ORG")], united) == (Name(0, 2, "ORG"),)
    assert len(tidy([Name(0, 1, "NORP"), Name(1, 2, "ORG")], united)) == 2


def test_a_lone_adjective_or_plural_names_a_people() -> None:
    assert tidy([Name(0, 1, "LOC")], linked(("Norish", "ADJ", -1, "root")))[0].type == "NORP"
    plural = linked(("Norlanders", "PROPN", -1, "root"), number="Plur")
    assert tidy([Name(0, 1, "PER")], plural)[0].type == "NORP"
    assert tidy([Name(0, 1, "ORG")], plural)[0].type == "ORG"
    assert tidy([Name(0, 1, "PER")], linked(("Norlands", "PROPN", -1, "root")))[0].type == "PER"


def test_a_town_and_its_country_are_two_places() -> None:
    assert tidied("Norhaven/PROPN Iraq/PROPN", "LOC") == "Norhaven | Iraq"
    assert tidied("San/PROPN Velm/PROPN Ca/PROPN", "LOC") == "San Velm | Ca"
    assert tidied("Norhaven/PROPN Sri/PROPN Lanka/PROPN", "LOC") == "Norhaven | Sri Lanka"
    for whole in ("New/PROPN Mexico/PROPN", "South/PROPN Sudan/PROPN", "Gulf/PROPN of/ADP "
                  "Oman/PROPN", "Papua/PROPN New/PROPN Guinea/PROPN", "Sri/PROPN Lanka/PROPN",
                  "Upper/PROPN Egypt/PROPN"):
        assert "|" not in tidied(whole, "LOC")
    assert tidied("Ann/PROPN Jordan/PROPN", "PER") == "Ann Jordan"


def all_tidied(tagged: str, *names: Name) -> str:
    words = said(tagged)
    return " | ".join(" ".join(w.form for w in words[n.start:n.end]) for n in tidy(names, words))


def test_an_address_ends_a_name() -> None:
    assert tidied("Ann/PROPN Roe/PROPN ann@velm.org/PROPN", "PER") == "Ann Roe"


def test_a_company_has_its_legal_form() -> None:
    line = "Roe/PROPN Mills/PROPN ,/PUNCT Inc./PROPN ,/PUNCT said/VERB"
    assert all_tidied(line, Name(0, 2, "ORG")) == "Roe Mills , Inc."
    assert all_tidied(line, Name(0, 2, "LOC")) == "Roe Mills"
    assert all_tidied("Roe/PROPN Mills/PROPN ,/PUNCT incidentally/ADV", Name(0, 2, "ORG")) \
        == "Roe Mills"
    assert all_tidied("Roe/PROPN Mills/PROPN ,/PUNCT", Name(0, 2, "ORG")) == "Roe Mills"


def test_a_family_name_stands_before_those_given_in_a_line_of_its_own() -> None:
    both = Name(1, 2, "PER"), Name(3, 5, "PER")
    assert all_tidied('"/PUNCT Roe/PROPN ,/PUNCT Ann/PROPN Mary/PROPN "/PUNCT', *both) \
        == "Roe , Ann Mary"
    assert all_tidied("and/CCONJ Roe/PROPN ,/PUNCT Ann/PROPN Mary/PROPN ,/PUNCT Tarn/PROPN",
                      *both, Name(6, 7, "PER")) == "Roe | Ann Mary | Tarn"
    assert all_tidied("Dr/PROPN Roe/PROPN ,/PUNCT Ann/PROPN Mary/PROPN", *both) == "Roe | Ann Mary"
