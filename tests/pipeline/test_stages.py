"""What the stages keep on the user's disk."""

from __future__ import annotations

import os
from pathlib import Path

from whoholds.pipeline.stages import KEPT_INDEXES, drop_old_indexes


def test_indexes_of_the_last_versions_are_kept(tmp_path: Path) -> None:
    built = [tmp_path / f"places-{n}.index" for n in range(KEPT_INDEXES + 2)]
    for age, path in enumerate(built):
        path.touch()
        os.utime(path, (1000 - age, 1000 - age))   # the first is the newest
    other = tmp_path / "mine.index"
    other.touch()
    drop_old_indexes(built[-1])                    # however old its clock says it is
    assert set(tmp_path.iterdir()) == {other, *built[:KEPT_INDEXES - 1], built[-1]}
