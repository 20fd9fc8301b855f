"""The same reports give the same ledger: twice, in any order, in pieces, on either store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.conftest import postgresql, where  # noqa: F401 - fixtures
from tests.pipeline.crash import SAMPLES, Harness


@pytest.fixture(scope="module")
def expected(harness: Harness, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    path = str(tmp_path_factory.mktemp("once") / "l.db")
    with harness.desk(path) as desk:
        assert len(desk.read([], manifest=SAMPLES).read) == len(harness.found)
    return harness.contents(path)


def test_twice_backwards_and_in_pieces(harness: Harness, expected: dict[str, object],
                                       where: str) -> None:  # noqa: F811
    files = sorted(SAMPLES.parent.glob("*.txt"), reverse=True)
    with harness.desk(where) as desk:
        for start in range(0, len(files), 3):
            done = desk.read(files[start:start + 3], manifest=SAMPLES)
            assert not done.refused
        claims = desk.ledger.claims()
        again = desk.read([], manifest=SAMPLES)
        assert not any(i.new_report or i.new_claims for i in again.intakes)
        assert desk.ledger.claims() == claims
    assert harness.contents(where) == expected


def test_moved_to_the_other_store_and_back(harness: Harness, expected: dict[str, object],
                                           where: str, tmp_path: Path) -> None:  # noqa: F811
    for _ in harness.steps(str(tmp_path / "one.db")):
        pass
    with harness.desk(str(tmp_path / "one.db")) as one:
        one.export(tmp_path / "one.zip")
    with harness.desk(where) as other:
        other.ledger.import_(tmp_path / "one.zip")
        other.export(tmp_path / "other.zip")
    with harness.desk(str(tmp_path / "back.db")) as back:
        back.ledger.import_(tmp_path / "other.zip")
        back.export(tmp_path / "back.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes() \
        == (tmp_path / "back.zip").read_bytes()
    assert harness.contents(str(tmp_path / "back.db")) == harness.contents(
        str(tmp_path / "one.db")) == harness.contents(where)
