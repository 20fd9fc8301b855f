"""Events told in passing: where they were, by whom, and which are none of their own."""

from __future__ import annotations

import pytest

from tests.claims.test_whereabouts import claims


@pytest.mark.parametrize(("text", "kind", "want"), [
    ("Rebels seized Norwick on Friday after a ten-day offensive.", "attack",
     [("Rebels", "Norwick", "actual")]),
    ("The army failed again to retake Norwick despite two days of mortar fire.", "strike",
     [("army", "Norwick", "actual")]),
    ("Norwick fell on Monday after a siege of six weeks.", "encircle", [("", "Norwick", "actual")]),
    ("Rebels could take Norwick after a siege.", "encircle", [("", "Norwick", "possible")]),
    ("Rebels seized Norwick after the attack.", "attack", []),       # one that was told before
    ("Rebels seized Norwick after an attack on Dunholt.", "attack", [("", "Dunholt", "actual")]),
])
def test_bare_events_beside_a_taking(text: str, kind: str,
                                     want: list[tuple[str, str, str]]) -> None:
    assert [(c.actor.text if c.actor else "", c.place.text if c.place else "", c.modality)
            for c in claims(text, kind)] == want
