"""Archives: zip, gzip and WARC files, each part read by itself; never unpacked to disk."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, BinaryIO, cast

from whoholds.core import InputError
from whoholds.reading.guards import guarded
from whoholds.reading.results import Draft, Options, Refusal, Source, suffix_of
from whoholds.reading.webpage import page

Parts = Iterator[Source | Draft | Refusal]
PAGES = ("text/html", "application/xhtml+xml")


def read_zip(source: Source, options: Options) -> Parts:
    """The files of a zip archive, sorted by name; hidden ones left out."""
    try:
        archive = zipfile.ZipFile(source.stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(source.where, f"a broken zip archive: {error}") from None
    with archive:
        for member in sorted(archive.infolist(), key=lambda m: m.filename):
            parts = member.filename.split("/")
            if member.is_dir() or any(p.startswith((".", "__MACOSX")) for p in parts):
                continue
            where = f"{source.where}!{member.filename}"
            try:
                stream = archive.open(member)
            except (RuntimeError, zipfile.BadZipFile, NotImplementedError, OSError,
                    ValueError) as error:
                what = "encrypted" if member.flag_bits & 1 else f"broken: {error}"
                yield Refusal(where, what)
                continue
            with stream:
                yield Source(where, member.filename, cast(BinaryIO, stream))


def read_gzip(source: Source, options: Options) -> Parts:
    """The one file in a gzip file."""
    with gzip.GzipFile(fileobj=source.stream, mode="rb") as stream:
        yield Source(source.where, source.name[:-len(".gz")], cast(BinaryIO, stream))


def read_warc(source: Source, options: Options, first: int = 0, end: int | None = None) -> Parts:
    """The web pages of a WARC file (ISO 28500), in its order, with their addresses.

    A page's own metadata dates it; the moment of its capture does not. ``first``: how many pages
    come before the stream's position; ``end``: the byte at which to stop.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count, records = first, iter(ArchiveIterator(
        source.stream, record_types=WarcRecordType.response | WarcRecordType.resource,
        parse_http=True))
    while True:
        with guarded(source.where, f"web archive after record {count}"):
            record = next(records, None)
        if record is None or (end is not None and record.stream_pos >= end):
            break
        count += 1
        yield from _record(record, f"{source.where}!{count}", options)
    if not count:
        raise InputError(source.where, "no web archive, or one without pages")


def warc_positions(stream: BinaryIO, pages: int) -> list[tuple[int, int]]:
    """Where every so manieth page begins in a WARC file, and how many come before; only the
    beginning for a file that is compressed as a whole. InputError where it is broken."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    starts = [(0, 0)]
    with guarded("", "web archive"):
        for number, record in enumerate(ArchiveIterator(
                stream, record_types=WarcRecordType.response | WarcRecordType.resource,
                parse_http=False)):
            if number and number % pages == 0:
                starts.append((int(record.stream_pos), number))
    return starts if all(a[0] < b[0] for a, b in pairwise(starts)) else starts[:1]


def _record(record: Any, where: str, options: Options) -> Parts:
    """The page of one record; nothing for what is no page (images, redirects)."""
    with guarded(where, "record"):
        status = record.http_headers.status_code if record.http_headers else 200
        kind = (record.http_content_type or record.headers.get("Content-Type", "")).split(";")[0]
        url = record.headers.get("WARC-Target-URI", "").strip("<> ")
    if status not in (200, None) or kind.strip().lower() not in PAGES:
        return
    where = f"{where} {url}" if url else where
    try:
        with guarded(where, "record"):
            data = record.reader.read(options.largest + 1)
        if len(data) > options.largest:
            raise InputError(where, f"larger than {options.largest:,} bytes: no single report")
        web = url.lower().startswith(("http://", "https://"))
        yield page(data, where, record.http_charset, url if web else None)
    except InputError as error:
        yield Refusal(error.where, error.what)


ARCHIVES = {".zip": read_zip, ".gz": read_gzip, ".warc": read_warc}


def reader_of(name: str) -> Any:
    """The reader of an archive of this name, or None. WARC files undo their own compression."""
    if name.lower().endswith(".warc.gz"):
        return read_warc
    return ARCHIVES.get(suffix_of(name))
