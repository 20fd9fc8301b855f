"""Quantities: bounds, shares, wholes, parts, vague numbers; and numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.trees import sentence
from whoholds.claims.numerals import numerals, ordinal
from whoholds.claims.quantities import quantities_in, quantity_of
from whoholds.core import Quantity

AT_LEAST = """
1 The the DET _ 2 det
2 marines marine NOUN Number=Plur 3 nsubj
3 lost lose VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
4 at at ADP _ 5 case
5 least least ADJ _ 6 nmod
6 two two NUM _ 7 nummod
7 lorries lorry NOUN Number=Plur 3 obj
8 . . PUNCT _ 3 punct
"""

SHARE = """
1 They they PRON Number=Plur 2 nsubj
2 seized seize VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
3 over over ADV _ 4 advmod
4 half half NOUN Number=Sing 2 obj
5 of of ADP _ 9 case
6 all all DET _ 9 det
7 Afghan Afghan ADJ _ 9 amod
8 provincial provincial ADJ _ 9 amod
9 capitals capital NOUN Number=Plur 4 nmod
10 . . PUNCT _ 2 punct
"""

OUT_OF = """
1 They they PRON Number=Plur 2 nsubj
2 hold hold VERB Number=Plur|Tense=Pres|VerbForm=Fin 0 root
3 18 18 NUM _ 5 nummod
4 provincial provincial ADJ _ 5 amod
5 capitals capital NOUN Number=Plur 2 obj
6 out out ADP _ 8 case
7 of of ADP _ 8 case
8 34 34 NUM _ 2 obl
9 . . PUNCT _ 2 punct
"""

OF_THE = """
1 They they PRON Number=Plur 2 nsubj
2 hold hold VERB Number=Plur|Tense=Pres|VerbForm=Fin 0 root
3 18 18 NUM _ 2 obj
4 of of ADP _ 10 case
5 the the DET _ 6 det
6 country country NOUN Number=Sing 10 nmod:poss
7 's 's PART _ 6 case
8 34 34 NUM _ 10 nummod
9 provincial provincial ADJ _ 10 amod
10 capitals capital NOUN Number=Plur 3 nmod
11 . . PUNCT _ 2 punct
"""

NESTED = """
1 Three three NUM _ 3 nummod
2 infantry infantry NOUN Number=Sing 3 compound
3 battalions battalion NOUN Number=Plur 9 nsubj
4 of of ADP _ 7 case
5 around around ADV _ 6 advmod
6 3,000 3000 NUM _ 7 nummod
7 soldiers soldier NOUN Number=Plur 3 nmod
8 will will AUX VerbForm=Fin 9 aux
9 go go VERB VerbForm=Inf 0 root
10 . . PUNCT _ 9 punct
"""

HUNDREDS = """
1 Hundreds hundred NOUN Number=Plur 5 nsubj
2 of of ADP _ 4 case
3 Afghan Afghan ADJ _ 4 amod
4 soldiers soldier NOUN Number=Plur 1 nmod
5 surrendered surrender VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
6 . . PUNCT _ 5 punct
"""

PARTS = """
1 Four four NUM _ 2 nummod
2 helicopters helicopter NOUN Number=Plur 4 nsubj:pass
3 were be AUX Number=Plur|Tense=Past|VerbForm=Fin 4 aux:pass
4 seized seize VERB Tense=Past|VerbForm=Part 0 root
5 , , PUNCT _ 9 punct
6 two two NUM _ 9 nsubj:pass
7 of of ADP _ 8 case
8 them they PRON Number=Plur 6 nmod
9 damaged damage VERB Tense=Past|VerbForm=Part 4 parataxis
10 . . PUNCT _ 4 punct
"""

COPULA = """
1 The the DET _ 2 det
2 number number NOUN Number=Sing 7 nsubj
3 of of ADP _ 5 case
4 seized seize VERB Tense=Past|VerbForm=Part 5 amod
5 helicopters helicopter NOUN Number=Plur 2 nmod
6 is be AUX Number=Sing|Tense=Pres|VerbForm=Fin 7 cop
7 four four NUM _ 0 root
8 . . PUNCT _ 7 punct
"""

RANGE = """
1 Some some DET _ 5 det
2 30 30 NUM _ 5 nummod
3 to to ADP _ 4 case
4 40 40 NUM _ 2 nmod
5 tanks tank NOUN Number=Plur 6 nsubj
6 crossed cross VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
7 the the DET _ 8 det
8 border border NOUN Number=Sing 6 obj
9 . . PUNCT _ 6 punct
"""

ANOTHER = """
1 Another another DET _ 3 det
2 4,000 4000 NUM _ 3 nummod
3 soldiers soldier NOUN Number=Plur 6 nsubj:pass
4 will will AUX VerbForm=Fin 6 aux
5 be be AUX VerbForm=Inf 6 aux:pass
6 sent send VERB Tense=Past|VerbForm=Part 0 root
7 . . PUNCT _ 6 punct
"""

TENS = """
1 Tens ten NOUN Number=Plur 6 nsubj
2 of of ADP _ 3 case
3 thousands thousand NOUN Number=Plur 1 nmod
4 of of ADP _ 5 case
5 people people NOUN Number=Plur 3 nmod
6 fled fl VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
7 . . PUNCT _ 6 punct
"""

PERCENT = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 hold hold VERB Number=Plur|Tense=Pres|VerbForm=Fin 0 root
3 about about ADV _ 4 advmod
4 40 40 NUM _ 5 nummod
5 percent percent NOUN Number=Sing 2 obj
6 of of ADP _ 8 case
7 the the DET _ 8 det
8 country country NOUN Number=Sing 5 nmod
9 . . PUNCT _ 2 punct
"""

TIMED = """
1 In in ADP _ 2 case
2 2020 2020 NUM _ 6 obl
3 , , PUNCT _ 2 punct
4 15 15 NUM _ 5 nummod
5 people people NOUN Number=Plur 6 nsubj
6 died die VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
7 within within ADP _ 9 case
8 3 3 NUM _ 9 nummod
9 days day NOUN Number=Plur 6 obl
10 . . PUNCT _ 6 punct
"""

NAMED = """
1 The the DET _ 2 det
2 council council NOUN Number=Sing 3 nsubj
3 adopted adopt VERB Number=Sing|Tense=Past|VerbForm=Fin 0 root
4 Resolution resolution NOUN Number=Sing 3 obj
5 2254 2254 NUM _ 4 flat
6 . . PUNCT _ 3 punct
"""

ALL = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 control control VERB Number=Plur|Tense=Pres|VerbForm=Fin 0 root
3 all all DET _ 5 det
4 border border NOUN Number=Sing 5 compound
5 crossings crossing NOUN Number=Plur 2 obj
6 . . PUNCT _ 2 punct
"""


def only(text: str) -> tuple[str, Quantity]:
    """The one quantity of a sentence and the word it is counted by."""
    found = sentence(text)
    (index, quantity), = quantities_in(found)
    return found.words[index].form, quantity


def told(quantity: Quantity | None) -> tuple[object, ...]:
    assert quantity is not None
    return quantity.value, quantity.bound, quantity.unit


@pytest.mark.parametrize(("text", "word", "value", "bound", "unit"), [
    (AT_LEAST, "lorries", 2, "at least", "lorry"),
    (SHARE, "capitals", 0.5, "more than", "share of provincial capitals"),
    (OUT_OF, "capitals", 18, "exactly", "provincial capital"),
    (OF_THE, "capitals", 18, "exactly", "provincial capital"),
    (HUNDREDS, "soldiers", None, "hundreds", "soldier"),
    (COPULA, "helicopters", 4, "exactly", "helicopter"),
    (RANGE, "tanks", 30, "between", "tank"),
    (ANOTHER, "soldiers", 4000, "exactly", "soldier"),
    (TENS, "people", None, "thousands", "person"),
    (PERCENT, "country", 0.4, "about", "share of country"),
    (TIMED, "people", 15, "exactly", "person"),
])
def test_one_quantity(text: str, word: str, value: float | None, bound: str, unit: str) -> None:
    assert only(text)[0] == word
    assert told(only(text)[1]) == (value, bound, unit)


@pytest.mark.parametrize("text", [OUT_OF, OF_THE])
def test_the_whole_that_it_is_out_of(text: str) -> None:
    assert only(text)[1].of == 34


def test_a_range_has_both_ends() -> None:
    assert only(RANGE)[1].high == 40


def test_parts_belong_to_what_was_counted_before() -> None:
    word, quantity = only(PARTS)
    assert word == "helicopters"
    assert told(quantity) == (4, "exactly", "helicopter")
    assert quantity.parts == (2,)


def test_a_group_is_as_many_as_its_members() -> None:
    found = sentence(NESTED)
    assert told(quantity_of(found, 2)) == (3000, "about", "soldier")
    assert told(quantity_of(found, 6)) == (3000, "about", "soldier")
    assert [told(q) for _, q in quantities_in(found)] == [
        (3, "exactly", "infantry battalion"), (3000, "about", "soldier")]


@pytest.mark.parametrize(("text", "head"), [(HUNDREDS, 0), (SHARE, 3), (OF_THE, 2), (PERCENT, 4),
                                            (COPULA, 4)])
def test_the_number_itself_may_be_the_head(text: str, head: int) -> None:
    assert quantity_of(sentence(text), head) == only(text)[1]


@pytest.mark.parametrize("text", [NAMED, ALL])
def test_names_and_quantifiers_are_no_numbers(text: str) -> None:
    found = sentence(text)
    assert quantities_in(found) == ()
    assert all(quantity_of(found, word.index) is None for word in found.words)


def test_the_span_covers_bound_number_and_noun() -> None:
    found = sentence(AT_LEAST)
    text = "The marines lost at least two lorries."
    span = only(AT_LEAST)[1].span
    assert span is not None
    assert span.of(text) == "at least two lorries"
    assert found.span.overlaps(span)


BOUNDS = {"at least": "at least", "no fewer than": "at least", "more than": "more than",
          "over": "more than", "up to": "at most", "as many as": "at most",
          "fewer than": "less than", "under": "less than", "about": "about", "around": "about",
          "nearly": "about", "an estimated": "about", "": "exactly", "another": "exactly",
          "no more than": "at most", "not more than": "at most", "no less than": "at least",
          "at the very least": "at least", "well over": "more than", "just under": "less than",
          "in the region of": "about", "at least some": "at least", "exceeding": "more than"}


@given(st.sampled_from(sorted(BOUNDS)), st.integers(2, 99_999), st.booleans())
def test_bounds_are_read_whatever_the_tree_says(bound: str, value: int, comma: bool) -> None:
    words = ["they", "saw", *bound.split(), f"{value:,}" if comma else str(value), "tanks"]
    rows = [f"{at} {form} {form.removesuffix('s')} {'NOUN' if form == 'tanks' else 'X'} _ "
            f"{0 if at == 2 else 2} {'root' if at == 2 else 'dep'}"
            for at, form in enumerate(words, 1)]
    word, quantity = only("\n".join(rows))
    assert word == "tanks"
    assert told(quantity) == (value, BOUNDS[bound], "tank")


@pytest.mark.parametrize(("text", "value"), [
    ("twenty-five", 25), ("twenty - five", 25), ("two thousand three hundred and six", 2306),
    ("2.5 million", 2_500_000), ("half a million", 500_000), ("a dozen", 12), ("two dozen", 24),
    ("one million two hundred thousand", 1_200_000), ("three hundred thousand", 300_000),
    ("5k", 5_000), ("3,000", 3_000), ("two hundred and fifty thousand", 250_000),
    ("half - dozen", 6), ("half-a-dozen", 6), ("a half - dozen", 6), ("three-hundred", 300),
    ("two - hundred - and - fifty", 250), ("two and a half thousand", 2_500), ("12 000", 12_000),
    ("one - and - a - half million", 1_500_000), ("threescore", 60), ("two score", 40),
    ("1,200-strong", 1_200), ("40-odd", 40), ("a quarter of a million", 250_000),
    ("three quarters of a million", 750_000)])
def test_numerals(text: str, value: float) -> None:
    one, = numerals(text.split())
    assert one.value == value
    assert (one.start, one.end) == (0, len(text.split()))


@pytest.mark.parametrize(("text", "values"), [
    ("between two hundred and three hundred", [200, 300]),
    ("between two hundred and fifty and three hundred", [250, 300]),
    ("between five hundred and two thousand", [500, 2_000]),
    ("two hundred and three hundred", [200, 300]), ("twenty - thirty", [20, 30]),
    ("12 300 men", [12, 300]), ("the last thousand", [1_000]), ("another hundred", [100])])
def test_two_numbers_stay_two(text: str, values: list[float]) -> None:
    assert [n.value for n in numerals(text.split())] == values


@pytest.mark.parametrize("text", ["two-storey", "19-year-old", "B-52", "half", "half an hour"])
def test_what_hangs_together_with_a_number_is_none(text: str) -> None:
    assert numerals(text.split()) == ()


@pytest.mark.parametrize("text", ["dozens", "a", "an", "thousands", "m", "second", "hundredth"])
def test_what_is_no_numeral(text: str) -> None:
    assert numerals([text]) == ()


@given(st.integers(0, 9_999_999))
def test_digits_are_read_with_and_without_commas(value: int) -> None:
    assert numerals([str(value)])[0].value == numerals([f"{value:,}"])[0].value == value


@pytest.mark.parametrize(("form", "value"), [("12th", 12), ("Sixth", 6), ("twenty-first", 21),
                                             ("six", None)])
def test_ordinals(form: str, value: int | None) -> None:
    assert ordinal(form) == value
