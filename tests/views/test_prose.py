from __future__ import annotations

import pytest

from whoholds.core import Source
from whoholds.core.claims import Kind
from whoholds.views.prose import NOUNS, articled, capital, chance, listed, speaker, types_of, units

NEWS = ("The Taliban took Herat. Taliban fighters said the Taliban have the airport. Hamas said "
        "that the Hamas leader was safe. The Afghan government fled; the  Taliban, too.",)


def test_names_take_an_article_where_reports_give_them_one() -> None:
    names = ("Taliban", "Hamas", "Afghan government", "Wagner", "Northern forces", "United States")
    assert articled(names, NEWS) == {
        "Taliban", "Afghan government", "Northern forces", "United States"}
    assert articled((), NEWS) == frozenset()
    assert articled(("A+B", "(X"), ("the (x has",)) == {"(X"}


@pytest.mark.parametrize(("name", "anonymous", "said"), [
    ("official", True, "an official"), ("member of parliament", True, "a member of parliament"),
    ("officials", True, "officials"), ("interior ministry", False, "the interior ministry"),
    ("governor's office", False, "the governor's office"), ("Wire", False, "Wire"),
    ("residents of the city", True, "residents of the city"),
    ("the statement", False, "the statement"), ("", True, "")])
def test_speakers(name: str, anonymous: bool, said: str) -> None:
    assert speaker(Source(name, "official", anonymous=anonymous)) == said


def test_phrases() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert (chance(0.52), chance(0.97)) == (
        "a roughly even chance (52%)", "almost certain (97%)")
    assert (types_of("city"), types_of("crossing")) == ("cities", "crossings")
    assert (units("child", False), units("army", False), units("helicopter", True)) == (
        "children", "armies", "helicopter")
    assert capital("army \u202ebase") == "Army base"


def test_every_kind_has_a_noun() -> None:
    assert set(NOUNS) == set(Kind.__args__)  # type: ignore[attr-defined]
