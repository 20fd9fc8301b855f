"""Paths to reports: files, folders, a manifest, standard input; a line for what is refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from pathlib import Path

from whoholds.core import InputError, Interval, UsageError
from whoholds.reading.composing import Given, compose
from whoholds.reading.dates import read_date
from whoholds.reading.formats import drafts_of, refused_by_name
from whoholds.reading.manifest import Row, read_manifest
from whoholds.reading.results import (
    LARGEST,
    Draft,
    Options,
    ReadResult,
    Refusal,
    Source,
    suffix_of,
)
from whoholds.reading.web import WEB, Fetch, listed, read_address, read_listed

STANDARD_INPUT = "-"
LIST = ".opml"


def read_paths(paths: Iterable[str | Path], *, manifest: str | Path | None = None,
               outlet: str | None = None, published: str | Interval | None = None,
               zone: tzinfo | None = None, largest: int = LARGEST,
               fields: Mapping[str, str] | None = None, leave_out: Iterable[Path] = (),
               fetch: Fetch | None = None, follow: bool = False) -> Iterator[ReadResult]:
    """The reports in ``paths``, in their order; folders sorted, with all below them.

    A path is a file, a folder, ``-`` (standard input), or an address on the web (``https://…``),
    which needs ``fetch``; ``follow`` reads the pages that a feed's entries link to. A list of feeds
    (OPML) that is given by itself stands for all its feeds; one inside a folder is refused.
    ``manifest`` is a CSV table of files with their dates and outlets; without any paths, all its
    files are read. ``outlet`` and ``published`` hold for everything read here, and count more than
    manifest, front matter and metadata.
    ``zone`` is the outlets' time zone, for what is dated without one (else UTC, and marked).
    ``largest``: bytes of one report; more are refused, and never held in memory. ``fields``: which
    keys of JSON records hold what (see :class:`Options`). ``leave_out``: files that are passed
    over in folders, such as the ledger itself.

    What cannot be read gives a refusal and the rest goes on. Hidden files and folders (``.name``)
    inside a folder are left out. Raises UsageError where ``published`` is no date.
    """
    given, options = given_from(outlet, published, zone), Options(largest, fields or {})
    web = (fetch, follow) if fetch else None
    rows: dict[Path, Row] = {}
    left_out = {_key(path) for path in leave_out}
    if manifest is not None:
        try:
            for entry in read_manifest(Path(manifest), zone):
                if isinstance(entry, Refusal):
                    yield ReadResult(entry.where, refusal=entry)
                else:
                    rows[_key(entry.path)] = entry
        except InputError as error:  # without its dates the files would become other reports
            yield _refused(error.where, error.what)
            return
        left_out.add(_key(Path(manifest)))
    paths = list(paths)
    if manifest is not None and not paths:
        paths = [row.path for row in rows.values()]
    seen: set[Path] = set()
    for path in paths:
        for file, draft in _drafts(path, options, left_out, seen, web):
            if isinstance(draft, Refusal):
                yield ReadResult(draft.where, refusal=draft)
            else:
                row = rows.get(_key(file)) if file else None
                yield compose(draft, given, row.facts if row else None)


def given_from(outlet: str | None, published: str | Interval | None,
               zone: tzinfo | None) -> Given:
    """What whoever reads says of everything; UsageError where the date is none."""
    if isinstance(published, str):
        dated = read_date(published, zone)
        if dated is None:
            raise UsageError(f"not a date or time: {published!r} (write 2021-08-15 or "
                             "2021-08-15T18:00Z)")
        return Given(dated.interval, dated.zone_known, outlet, zone)
    return Given(published, zone is not None, outlet, zone)


def files_below(paths: Iterable[str | Path], leave_out: Iterable[Path] = ()) -> Iterator[str]:
    """The files that :func:`read_paths` would read in ``paths``, in its order; what it would
    refuse as it was given."""
    seen: set[Path] = set()
    left_out = {_key(path) for path in leave_out}
    for path in paths:
        for file in _files(Path(path), seen):
            if isinstance(file, Refusal):
                yield file.where
            elif _key(file) not in left_out:
                yield str(file)


def _drafts(path: str | Path, options: Options, left_out: set[Path], seen: set[Path],
            web: tuple[Fetch, bool] | None) -> Iterator[tuple[Path | None, Draft | Refusal]]:
    """The drafts of a path, each with the file that it is in, where it is in one."""
    where = str(path)
    if where == STANDARD_INPUT:
        source = Source("standard input", "-", sys.stdin.buffer)
        yield from ((None, draft) for draft in drafts_of(source, options))
        return
    if where.lower().startswith(WEB):
        yield from ((None, draft) for draft in (
            read_address(where, web[0], options, web[1]) if web else
            (Refusal(where, "an address on the web; save the page and give its file"),)))
        return
    if web and suffix_of(where) == LIST and Path(where).is_file():
        yield from ((None, draft) for draft in _list(Path(where), options, web))
        return
    empty = True
    for file in _files(Path(path), seen):
        empty = False
        if isinstance(file, Refusal):
            yield None, file
        elif _key(file) not in left_out:
            yield from ((file, draft) for draft in _file_drafts(file, options))
    if empty:
        yield None, Refusal(where, "no file in it")


def _list(path: Path, options: Options, web: tuple[Fetch, bool]) -> Iterator[Draft | Refusal]:
    """The reports of all feeds in a list of feeds."""
    try:
        with path.open("rb") as file:
            data = file.read(options.largest + 1)
        if len(data) > options.largest:
            raise InputError(str(path), f"larger than {options.largest:,} bytes")
        yield from read_listed(listed(data, str(path)), web[0], options, web[1])
    except InputError as error:
        yield Refusal(error.where, error.what)
    except OSError as error:
        yield Refusal(str(path), _reason(error))


def _file_drafts(path: Path, options: Options) -> Iterator[Draft | Refusal]:
    where = str(path)
    refusal = refused_by_name(where)
    if refusal:
        yield Refusal(where, refusal)
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        yield Refusal(where, _reason(error))
        return
    with stream:
        yield from drafts_of(Source(where, where, stream), options)


def _files(path: Path, seen: set[Path]) -> Iterator[Path | Refusal]:
    """The files of a path, each once; a folder's sorted by name, and a link that leads back into
    a folder above it refused."""
    try:
        key = _key(path)
        if path.is_dir():
            if key in seen:
                yield Refusal(str(path), "a link to a folder that is read already")
                return
            seen.add(key)
            for name in sorted(os.listdir(path)):
                if not name.startswith("."):
                    yield from _files(path / name, seen)
        elif path.is_file():
            yield path
        elif os.path.lexists(path):
            yield Refusal(str(path), "a broken link" if path.is_symlink()
                          else "neither a file nor a folder")
        else:
            yield Refusal(str(path), "no such file or folder")
    except (OSError, ValueError, RuntimeError) as error:
        yield Refusal(str(path), _reason(error))


def _key(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _reason(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said[:1].lower() + said[1:]


def _refused(where: str, what: str) -> ReadResult:
    return ReadResult(where, refusal=Refusal(where, what))
