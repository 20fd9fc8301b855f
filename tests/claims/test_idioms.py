"""Who says it in set phrases, on sentences read by the shipped reader (all made up)."""

from __future__ import annotations

import pytest

from whoholds.claims.attribution import Attributor
from whoholds.core import Report
from whoholds.language import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize(("form", "names", "text"), [
    ("retaken", ["army spokesman"],
     "An army spokesman was confident: Norwick would be retaken before winter."),
    ("retaken", ["general"], "The general is convinced that Norwick will be retaken."),
    ("retaken", [], "The general is not convinced that Norwick will be retaken."),
    ("blockaded", ["Genoese captain"],
     "By the account of a Genoese captain, the galleys have blockaded Norwick since March."),
    ("held", ["ministry"], "As far as the ministry knows, Norwick is still held by the garrison."),
    ("stormed", ["unnamed"], "Word reached the capital that the rebels had stormed the castle."),
    ("captured", ["bazaar"], "The bazaar has it that the general was captured."),
    ("renew", ["Hale Institute"],
     "The Hale Institute judges it likely that the rebels will renew the attack."),
    ("entered", ["unnamed"], "Rebels had entered Norwick, it was claimed on Thursday."),
    ("taken", ["palace"], "It was announced from the palace that Norwick had been taken."),
])
def test_who_says_it(reader: Reader, form: str, names: list[str], text: str) -> None:
    report = Report(text=text, outlet="Outlet")
    parse = reader.parse(report)
    at = next((i, w.index) for i, s in enumerate(parse.sentences)
              for w in s.words if w.form == form)
    assert [s.name for s in Attributor(report, parse).chain(*at)[1:]] == names
