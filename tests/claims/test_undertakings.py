"""Who does what a noun of action says: the subject of the verb above it."""

from __future__ import annotations

from functools import lru_cache

import pytest

from whoholds.claims import extract
from whoholds.claims.codebook import load_codebook
from whoholds.core import Report
from whoholds.language import Reader


@lru_cache
def reader() -> Reader:
    return Reader.load()


def doers(text: str, kind: str) -> list[str | None]:
    report = Report(text, "test")
    return [c.actor.text if c.actor else None
            for c in extract(report, reader().parse(report), load_codebook()) if c.kind == kind]


@pytest.mark.parametrize(("text", "kind", "doer"), [
    ("The rebel army announced the capture of Norwick on Monday.", "gain", "rebel army"),
    ("Government troops completed the capture of Norwick.", "gain", "Government troops"),
    # an official announces what others did
    ("Officials announced the capture of Norwick on Monday.", "gain", None),
    # whoever condemns it did not do it
    ("The government condemned the capture of Norwick.", "gain", None),
    # the doer that the noun has itself
    ("The army announced the capture of Norwick by the rebels.", "gain", "rebels"),
])
def test_whoever_announces_or_ends_a_deed_did_it(text: str, kind: str, doer: str | None) -> None:
    assert doers(text, kind) == [doer]


def test_the_goal_of_somebody_is_his_to_reach() -> None:
    assert doers("The rebels' goal is to take Norwick before winter.", "gain") == ["rebels"]


@pytest.mark.parametrize(("text", "kind", "doer"), [
    # an adjective before it names nobody
    ("Two hundred people have died since the start of the military offensive on Norwick.",
     "attack", None),
    # a deed named by its verb
    ("A fire broke out at Norwick airport on Friday after shelling by rebel forces.", "strike",
     "rebel forces"),
    # whoever makes a move, not whoever turns it down
    ("Hale rejected Ruritanian moves to open a corridor to Norwick.", "open", "Ruritanian"),
    ("Norwick is under siege from rebel forces.", "encircle", "rebel forces"),
    # whoever launches an invasion, a person too
    ("Rebel forces began an invasion of Norwick on Thursday.", "attack", "Rebel forces"),
    ("President Hale unleashed a full invasion of Norwick.", "attack", "Hale"),
    ("The army stepped up the shelling of Norwick.", "strike", "army"),
    ("The army completed the occupation of Norwick.", "gain", "army"),
    ("The army began a deployment to Norwick.", "deploy", "army"),
    # a loss that one admits is one's own
    ("The army admitted the loss of Norwick.", "loss", "army"),
    ("Diplomats admitted the loss of Norwick.", "loss", None),
])
def test_who_does_what_a_noun_says(text: str, kind: str, doer: str | None) -> None:
    assert doers(text, kind) == [doer]


@pytest.mark.parametrize(("text", "doer"), [
    ("Hale blamed the rebels for the shelling of Norwick.", "rebels"),
    ("The governor blamed the shelling of Norwick on the rebels.", "rebels"),
    ("The mayor held the army responsible for the shelling of Norwick.", "army"),
    # nobody in particular
    ("Both sides blamed each other for the shelling of Norwick.", None),
    ("The army blamed bad weather for the shelling of Norwick.", None),
])
def test_whoever_is_blamed_did_it(text: str, doer: str | None) -> None:
    assert doers(text, "strike") == [doer]


def test_regions_of_one_list_and_regions_of_another() -> None:
    report = Report("Rebel forces have entered the eastern regions of Dalen, Oster and Miran, as "
                    "well as the Lenk, Brod, Tarn and Wick regions.", "test")
    found = extract(report, reader().parse(report), load_codebook())
    assert {c.place.text for c in found if c.place and c.kind == "enter"} == {
        "Dalen", "Oster", "Miran", "Lenk", "Brod", "Tarn", "Wick"}
