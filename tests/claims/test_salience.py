"""Which of earlier names a report is about."""

from __future__ import annotations

from whoholds.claims.salience import Candidate, foremost, salient
from whoholds.core import Span


def named(text: str, sentence: int, word: int, *, core: bool = False, aside: bool = False,
          whence: bool = False) -> Candidate:
    return Candidate(sentence, word, Span(0, len(text)), text, place=True, actor=False,
                     country=False, type_word=None, nested=False, subject=False, plural=False,
                     named=True, rebel=False, state=False, setting=False, core=core, aside=aside,
                     whence=whence, home=False, paragraph=0)


def test_what_is_told_of_before_what_is_only_passed() -> None:
    """*They took N. The governor, who fled to M, said the town was lost*: N."""
    fled = named("Dunholt", 1, 5, aside=True)
    taken = named("Norwick", 0, 3, core=True)
    assert salient([fled, taken], 1) is taken
    assert foremost([fled, taken]) is fled           # the nearest sentence alone would take it


def test_where_an_envoy_sits_is_not_what_he_speaks_of() -> None:
    assert salient([named("Dunholt", 2, 4, whence=True), named("Norwick", 0, 3)], 2).text \
        == "Norwick"
    assert salient([named("Dunholt", 2, 4, whence=True)], 2).text == "Dunholt"


def test_a_name_far_back_gives_way() -> None:
    far = named("Norwick", 0, 3, core=True)
    assert salient([named("Dunholt", 8, 4), far], 9).text == "Dunholt"


def test_of_two_alike_the_nearer() -> None:
    assert salient([named("Dunholt", 2, 4, core=True), named("Norwick", 1, 4, core=True)],
                   3).text == "Dunholt"
