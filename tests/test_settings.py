"""Settings: where a value comes from, and what is refused."""

from __future__ import annotations

import pytest

from whoholds.core import UsageError
from whoholds.settings import SETTINGS, settings_from


def test_the_command_line_counts_more_than_the_environment() -> None:
    environment = {"WHOHOLDS_BELIEF_CONTESTED": "0.4", "WHOHOLDS_READ_THREADS": "2"}
    found = settings_from({"belief.contested": "0.2"}, environment)
    assert (found["belief.contested"], found["read.threads"]) == (0.2, 2)
    assert found["read.largest_text"] == 5_000_000


@pytest.mark.parametrize(("name", "text"), [
    ("belief.holder", "7"), ("belief.holder", "0.4"), ("read.threads", "0"),
    ("read.threads", "many"), ("ledger.wait", "-1"), ("nothing", "1"), ("belief.since", "nan")])
def test_what_makes_no_sense_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=name):
        settings_from({name: text}, {})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.name)
def test_a_default_is_within_its_own_bounds(setting: object) -> None:
    from whoholds.settings import Setting
    assert isinstance(setting, Setting)
    assert setting.parse(str(setting.default)) == setting.default
