"""Denials of what was told just before."""

from __future__ import annotations

import pytest

from tests.claims.test_extract import claims_of


@pytest.mark.parametrize("denial", [
    "The army denied it.", "The army dismissed the report.", "The army called the claim a lie.",
    "The report was denied by the army.", "The army said this was not true."])
def test_the_claim_before_is_denied(denial: str) -> None:
    claims = claims_of(f"The rebels captured Norwick on Monday. {denial}")
    first, second = (c for c in claims if c.kind == "gain")
    assert (first.polarity, second.polarity) == ("affirmed", "denied")
    assert second.actor is not None
    assert second.actor.text == "rebels"
    assert second.place == first.place
    assert second.sources[-1].name.endswith("army")


@pytest.mark.parametrize("denial", [
    "The army did not deny it.", "The army will deny it.", "The army denied reports of a coup.",
    "The army denied a visa.", "The rebels denied that it rained."])
def test_other_denials_leave_it(denial: str) -> None:
    claims = claims_of(f"The rebels captured Norwick on Monday. {denial}")
    assert [c.polarity for c in claims if c.kind == "gain"] == ["affirmed"]


def test_a_denied_plan_is_no_plan() -> None:
    claims = claims_of("The rebels may attack Norwick. The rebels denied any such plan.")
    assert [(c.polarity, c.modality) for c in claims if c.kind == "attack"] == [
        ("affirmed", "possible"), ("denied", "planned")]


def test_only_what_the_last_source_said_is_denied() -> None:
    claims = claims_of("Norwick fell on Monday, and residents said Eastgate was bombed. "
                       "The army denied this.")
    assert [c.kind for c in claims if c.polarity == "denied"] == ["strike"]
