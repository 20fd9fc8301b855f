"""Drafts of packs, and what a gazetteer says against one."""

from __future__ import annotations

import pytest

from tests.resolve.test_packs import SMALL
from whoholds.core import UsageError
from whoholds.resolve import Gazetteer, draft_pack, parse_pack
from whoholds.resolve.drafting import doubts


def test_a_draft_has_units_seats_and_a_state(gazetteer: Gazetteer) -> None:
    text = draft_pack("AF", gazetteer)
    pack = parse_pack(text, "draft")
    names = {s.place.name: s for s in pack.places}
    assert {s.place.type for s in pack.places} >= {"country", "province", "city"}
    assert names["Kandahār"].capital_of == "geonames:1138335"
    assert "# by its name or its people: check" in text
    assert {a.id for a in pack.actors} == {"state:AF", "pack:afghanistan/army"}
    assert not pack.sets[0].place.complete
    assert draft_pack("AF", gazetteer) == text


def test_no_draft_of_no_country(gazetteer: Gazetteer) -> None:
    with pytest.raises(UsageError, match="no country 'QQ'"):
        draft_pack("QQ", gazetteer)


def test_ids_are_checked(gazetteer: Gazetteer) -> None:
    text = SMALL.replace("[key, name, latitude", "[key, name, geonameid, latitude")
    row = "[tall, Tall, 36.1, 37.2, [Tell]]"
    wrong = parse_pack(text.replace(row, "[tall, Tall, 1138958, 36.1, 37.2, []]"), "x")
    assert [d.what for d in doubts(wrong, gazetteer)] == [
        "is in AF by its id 1138958", "lies 2893 km from Kabul, the entry of its id 1138958",
        "is called Kabul by its id 1138958"]
    right = parse_pack(text.replace(row, "[tall, Halab, 170063, 36.2, 37.16, []]"), "x")
    assert doubts(right, gazetteer) == ()
    bare = parse_pack(text.replace(row, "[tall, Tall, null, null, null, []]"), "x")
    assert [d.what for d in doubts(bare, gazetteer)] == [
        "has neither an id that the gazetteer knows nor coordinates"]
