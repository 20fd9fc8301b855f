"""Modals: plans, promises, forecasts, on hand-made trees."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.commitment import commitment


@pytest.mark.parametrize(("verb", "mark", "want"), [
    ("send", "unless", "planned"), ("send", "if", "possible"), ("fall", "if", "forecast"),
])
def test_will_under_a_condition(verb: str, mark: str, want: str) -> None:
    read = sentence(f"""
        1 Rebels rebel NOUN _ 3 nsubj
        2 will will AUX VerbForm=Fin 3 aux
        3 {verb} {verb} VERB VerbForm=Inf 0 root
        4 {mark} {mark} SCONJ _ 6 mark
        5 he he PRON _ 6 nsubj
        6 resigns resign VERB VerbForm=Fin 3 advcl""")
    assert commitment(read, 2).modality == want


def test_what_probably_will_be_is_forecast() -> None:
    read = sentence("""
        1 Rebels rebel NOUN _ 4 nsubj
        2 will will AUX VerbForm=Fin 4 aux
        3 probably probably ADV _ 4 advmod
        4 send send VERB VerbForm=Inf 0 root""")
    assert commitment(read, 3).modality == "forecast"
