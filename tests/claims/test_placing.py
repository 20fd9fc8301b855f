"""Where events happened: told, taken up from what was told before, or left unsaid."""

from __future__ import annotations

from tests.claims.test_whereabouts import places


def test_prisoners_are_taken_where_the_post_was_stormed() -> None:
    text = "Rebels stormed the post in Norwick and took eleven soldiers prisoner."
    assert places(text, "detain") == ["post in Norwick"]


def test_foreign_troops_leave_the_country_and_a_garrison_its_town() -> None:
    told = "Fighting has been heavy in Norwick in Ruritania. "
    assert places(told + "Violence has spread since foreign troops began their withdrawal.",
                  "withdraw") != ["Norwick"]
    assert places("Fighting has been heavy in Ukraine. Rebels have attacked Norwick as foreign "
                  "forces complete their withdrawal.", "withdraw") == ["Ukraine"]


def test_the_city_with_words_that_only_say_where_it_is() -> None:
    text = "Troops battled the rebels in Norwick as fighting went on in the city in Tarra province."
    assert set(places(text, "clash")) == {"Norwick"}


def test_who_acts_by_a_place_s_name_is_not_where_it_happened() -> None:
    assert places("Dunholt wants the garrison to lay down its weapons.", "surrender") == [None]


def test_everything_is_no_place() -> None:
    assert places("The rebels hold Norwick. Without the fleet, all would be lost.", "loss") == []
    assert places("The rebels hold Norwick. Without the fleet, it would be lost.",
                  "loss") == ["Norwick"]


def test_fighting_was_where_it_left_its_dead() -> None:
    text = "Fighting between the army and Zarn rebels on Friday left 23 people dead in Norwick."
    assert set(places(text, "clash")) == {"Norwick"}
