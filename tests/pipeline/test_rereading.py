"""A newer reader reads again; what it reads otherwise is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from whoholds.core import Claim, Report, Resolved, UsageError
from whoholds.pipeline import Workbench, open_ledger

TEXT = ("Russian troops captured the city of Kherson on Tuesday, residents said.\n\n"
        "Ukrainian forces still hold Kyiv, the defence ministry announced.\n")


class Newer(Workbench):
    """A reader that misses the last claim and reads the first one as denied."""

    def understand(self, report: Report) -> tuple[tuple[Claim, ...], Resolved]:
        claims, resolved = super().understand(report)
        if not claims:
            return claims, resolved
        first, *rest = sorted(claims, key=lambda c: c.span)
        changed = replace(first, polarity="denied")
        ids = {first.id: changed.id} | {c.id: c.id for c in rest[:-1]}
        return (changed, *rest[:-1]), replace(resolved, resolutions=tuple(
            replace(r, claim_id=ids[r.claim_id]) for r in resolved.resolutions
            if r.claim_id in ids))


def test_reading_again_supersedes_and_diff_tells(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as desk:
        desk.note(TEXT, "Herald", "2022-03-01")
        desk.note("Les troupes tiennent la ville depuis mardi et personne ne sort.", "Le Pays",
                  "2022-03-01")
        assert list(desk.reread_each()) == []
        before = desk.ledger.claims()
        newer = Newer(desk.ledger, desk.settings)
        newer.stages = desk.stages
        vars(desk.stages)["reading_version"] = "newer reader"
        again = list(newer.reread_each())
        assert [i.problem for i in again] == [None] * len(again)
        assert len(again) == sum(v.last_of for v in desk.versions() if v.reader == "newer reader")
        after = desk.ledger.claims()
        assert len(after) == len(before) - 1
        assert {c.reader for c in after} == {"newer reader"}
        assert list(newer.reread_each()) == []
        numbers = [v.number for v in desk.versions() if v.reports]
        (told,) = desk.diff(str(numbers[0]), "newer")
        assert (len(told.lost), len(told.found), len(told.changed)) == (1, 0, 1)
        assert told.changed[0].fields == ("polarity",)
        assert (told.changed[0].before.polarity, told.changed[0].after.polarity) == (
            "affirmed", "denied")
        back = desk.diff("newer", str(numbers[0]))[0]
        assert (back.lost, back.found) == (told.found, told.lost)
        for wrong in ("7", "no reader"):
            with pytest.raises(UsageError, match="is called"):
                desk.diff("newer", wrong)
