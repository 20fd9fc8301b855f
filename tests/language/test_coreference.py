from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.core import DataError, Parse, Report
from whoholds.language import Reader
from whoholds.language.coreference import Linker, Model, chains
from whoholds.language.mentions import mentions


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def texts(reader: Reader, text: str) -> list[list[str]]:
    parse = reader.parse(Report(text, "test"))
    return [[m.span.of(text) for m in chain] for chain in chains(parse)]


def together(reader: Reader, text: str, *wanted: str) -> bool:
    return any(set(wanted) <= set(chain) for chain in texts(reader, text))


@pytest.mark.parametrize(("text", "wanted"), [
    ("The governor fled on Monday. He crossed the border at night.", ("The governor", "He")),
    ("Maria Vance spoke in Dunmore. She said that the town was quiet.", ("Maria Vance", "She")),
    ("The rebels took the base. They burned two trucks there.", ("The rebels", "They")),
    ("The ministry denied it. Its statement did not name a town.", ("The ministry", "Its")),
    ("An army convoy left Velm. The convoy was attacked.", ("An army convoy", "The convoy")),
    ("Velm was quiet on Friday. Shells fell on Velm again on Sunday.", ("Velm",)),
])
def test_what_goes_together(reader: Reader, text: str, wanted: tuple[str, ...]) -> None:
    assert together(reader, text, *wanted)


@pytest.mark.parametrize(("text", "one", "other"), [
    ("The town fell on Monday. He was late.", "The town", "He"),
    ("Troops hold Velm. Troops left Dunmore.", "Velm", "Dunmore"),
    ("Maria Vance saw her brother.", "her", "her brother"),
])
def test_what_stays_apart(reader: Reader, text: str, one: str, other: str) -> None:
    assert not together(reader, text, one, other)


def test_every_mention_is_in_one_chain_at_most_and_in_order(reader: Reader) -> None:
    text = ("The rebels said they took Velm. The mayor of Velm denied it. He said that the rebels "
            "were lying, and that his men held the town. \"We hold it,\" he said.")
    found = chains(reader.parse(Report(text, "test")))
    keys = [(m.sentence, m.start, m.end) for chain in found for m in chain]
    assert found
    assert len(keys) == len(set(keys))
    assert all(len(chain) > 1 for chain in found)
    for chain in found:
        assert [(m.sentence, m.start) for m in chain] == sorted(
            (m.sentence, m.start) for m in chain)


def test_nothing_to_join() -> None:
    assert chains(Parse("x", (), "v")) == ()


def test_without_weights_nothing_is_joined_to_what_scores_less(reader: Reader) -> None:
    parse = reader.parse(Report("The rebels fled. They came back.", "test"))
    weights = {"none|pronoun": 5.0, "none|noun the": 5.0}
    assert Linker(mentions(parse, {}), weights).chains() == ()


@pytest.mark.parametrize("content", ["", "[]", '{"weights": {}}'])
def test_a_damaged_model_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "coreference.json"
    path.write_text(content, encoding="utf8")
    with pytest.raises(DataError, match="who is who"):
        Model.read(path)
