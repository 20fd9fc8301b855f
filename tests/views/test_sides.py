from __future__ import annotations

from tests.views.world import BELIEFS, belief
from whoholds.core import Belief, Place
from whoholds.views.sides import looks


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast of two colours."""
    def luminance(colour: str) -> float:
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_side_that_holds_most_looks_the_same_whatever_the_order() -> None:
    assert looks(BELIEFS) == looks(BELIEFS[::-1])
    assert next(iter(looks(BELIEFS))) == "actor:taliban"


def test_thirty_sides_all_look_different() -> None:
    place = Place("x", "X", "city")
    states = tuple((f"side:{i}", 1 / 30) for i in range(30))
    many = Belief(place, BELIEFS[0].valid_at, None, states, None, 1 / 30, False, None, None, ())
    found = looks([many])
    assert len({(look.colour, look.shape) for look in found.values()}) == 30


def test_markers_stand_out_from_light_and_dark_land() -> None:
    for look in looks([belief(Place("x", "X", "city"), 0.9)]).values():
        assert contrast(look.colour, "#fcfaf6") >= 3
        assert contrast(look.on_dark, "#222b34") >= 3


def test_a_side_looks_the_same_whichever_places_are_asked_for() -> None:
    everywhere = looks(BELIEFS, ("actor:nobody", "actor:taliban"))
    for one in BELIEFS:
        alone = looks([one], ("actor:nobody", *everywhere))
        assert alone.items() <= everywhere.items()
