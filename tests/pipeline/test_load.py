"""A thousand reports: nothing is lost, doubled or refused, and answers stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds.pipeline import open_ledger

TOWNS = ("Kharkiv", "Kherson", "Mariupol", "Sumy", "Poltava", "Lviv", "Odesa", "Uman", "Rivne",
         "Lutsk")


SAID = ("Shelling went on through the night, residents said.",
        "The governor of the region asked people to stay in their cellars.",
        "Ukrainian forces still hold Kyiv, the defence ministry announced.",
        "Officials in Moscow denied that any civilians had been hit.",
        "Aid workers hope to evacuate the hospital on Friday.")


def dispatches(folder: Path, many: int) -> Iterator[str]:
    """Reports of their own: a lede that names a town and a number, then some of what was said."""
    for i in range(many):
        lede = f"Dispatch {i}: Russian forces captured {TOWNS[i % len(TOWNS)]}, officials said."
        said = [SAID[(i + k * k) % len(SAID)] for k in range(1 + i % 3)]
        (folder / f"{i:04}.txt").write_text("\n\n".join([lede, *said]), "utf8")
        yield f"{i:04}.txt,2022-03-{1 + i % 28:02},Outlet {i % 7}"


@pytest.mark.long
def test_a_thousand_reports(tmp_path: Path) -> None:
    rows = list(dispatches(tmp_path, 1000))
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("\n".join(["file,published,outlet", *rows]) + "\n", "utf8")
    with open_ledger(tmp_path / "load.db") as desk:
        outcome = desk.read([], manifest=manifest)
        assert (len(outcome.read), len(outcome.refused)) == (1000, 0)
        assert len(desk.ledger.reports()) == 1000
        assert desk.ledger.check() == ()
        held = {b.place.name: b.holder for b in desk.status(TOWNS)}
        assert set(held.values()) == {"state:RU"}
        again = desk.read([], manifest=manifest)
        assert not any(i.new_report or i.new_claims for i in again.intakes)
