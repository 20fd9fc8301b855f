"""Gazetteers that a person adds; what is resolved later knows their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoholds.core import UsageError
from whoholds.pipeline.stages import Progress, Stages
from whoholds.resolve import Added
from whoholds.settings import Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """The index of places: where it is, of what it was made, how many it holds, its bytes."""

    path: Path
    version: str
    places: int
    bytes: int
    added: tuple[Added, ...]


def add(settings: Settings, paths: Sequence[str | Path],
        progress: Progress | None = None) -> tuple[Added, ...]:
    """Read gazetteers and build the index with them.

    Goes on where an earlier try was killed. DataError tells the file and the line of what is wrong:
    the index stays as it was. Claims that are stored are not touched; reading the ledger again
    (:meth:`Workbench.reread_each`) resolves them with the new places.
    """
    if settings["resolve.gazetteer"]:
        raise UsageError("the setting resolve.gazetteer names an index of its own: nothing is "
                         "added to it")
    files = [Path(p) for p in paths]
    for path in files:
        if not path.is_file():
            raise UsageError(f"{path}: no such file")
    stages = Stages(settings, progress)
    found = stages.shelf.add(files, progress or (lambda _step, _done: None))
    standing(settings, progress)
    return found


def added(settings: Settings) -> tuple[Added, ...]:
    """The gazetteers that were added."""
    return Stages(settings).shelf.added()


def remove(settings: Settings, name: str, progress: Progress | None = None) -> None:
    """Take an added gazetteer away; UsageError where none is called so."""
    Stages(settings).shelf.remove(name)
    standing(settings, progress)


def standing(settings: Settings, progress: Progress | None = None) -> Standing:
    """The index as it is, built where it is missing."""
    stages = Stages(settings, progress)
    gazetteer, path = stages.gazetteer, stages.index_path
    return Standing(path, gazetteer.version, len(gazetteer), path.stat().st_size,
                    stages.shelf.added())
