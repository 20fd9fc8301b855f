"""Which reader reads which format: by the file's ending, else by how it begins."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator

from whoholds.core import InputError
from whoholds.reading import archives
from whoholds.reading.feeds import read_feed
from whoholds.reading.frontmatter import read_markdown, read_text
from whoholds.reading.mail import read_mail, read_mbox
from whoholds.reading.pdf import read_pdf
from whoholds.reading.records import read_json, read_lines
from whoholds.reading.results import Document, Draft, Drafts, Options, Refusal, Source, suffix_of
from whoholds.reading.tables import read_table
from whoholds.reading.webpage import read_page

LARGEST_EXPORT = 50_000_000  # bytes of a file that is many reports but must be read in one piece
DEEPEST = 3                  # archives within archives
MOST_REFUSED = 10_000        # things in one file, before there is a report
Reader = Callable[[Document, Options], Drafts]

READERS: dict[str, Reader] = {
    ".txt": read_text, ".text": read_text,
    ".md": read_markdown, ".markdown": read_markdown,
    ".html": read_page, ".htm": read_page, ".xhtml": read_page,
    ".eml": read_mail, ".pdf": read_pdf,
    ".json": read_json, ".js": read_json,
    ".xml": read_feed, ".rss": read_feed, ".atom": read_feed, ".opml": read_feed,
}
LINES = frozenset({".jsonl", ".ndjson"})
MAILBOX, TABLE = ".mbox", ".parquet"
MANY = frozenset({".json", ".js", ".xml", ".rss", ".atom"})  # files that may hold many reports
NOT_REPORTS = {
    ".csv": "a table, not a report (a list of reports is given with --manifest)",
    ".tsv": "a table, not a report",
    ".xlsx": "a spreadsheet, not a report", ".ods": "a spreadsheet, not a report",
    ".db": "a database, not a report", ".sqlite": "a database, not a report",
}
OPENINGS: tuple[tuple[bytes, Reader], ...] = (
    (b"<!doctype html", read_page), (b"<html", read_page), (b"%pdf", read_pdf),
    (b"<?xml", read_feed), (b"<rss", read_feed), (b"<feed", read_feed))
LOOKED_AT = 512  # bytes at the beginning


def refused_by_name(name: str) -> str | None:
    """Why a file of this name is not even opened, or None."""
    return NOT_REPORTS.get(suffix_of(name))


def drafts_of(source: Source, options: Options) -> Iterator[Draft | Refusal]:
    """The reports in a source, as drafts; what cannot be read as refusals, the rest goes on, unless
    there are MOST_REFUSED refusals and no report: then somebody is wasting our time."""
    refused: int | None = 0  # None: there was a report
    for found in _drafts(source, options, 0):
        yield found
        if not isinstance(found, Refusal):
            refused = None
        elif refused is not None:
            refused += 1
            if refused >= MOST_REFUSED:
                yield Refusal(source.where, f"{refused:,} things in it that cannot be read and "
                              "none that can: left")
                return


def _drafts(source: Source, options: Options, depth: int) -> Iterator[Draft | Refusal]:
    try:
        archive = archives.reader_of(source.name)
        if archive is not None:
            if depth >= DEEPEST:
                raise InputError(source.where, f"archives within archives, over {DEEPEST} deep")
            empty = True
            for part in archive(source, options):
                empty = False
                if not isinstance(part, Source):
                    yield part
                elif reason := refused_by_name(part.name):
                    yield Refusal(part.where, reason)
                else:
                    yield from _drafts(part, options, depth + 1)
            if empty:
                raise InputError(source.where, "no report in it")
        elif source.suffix in LINES:
            yield from read_lines(source, options)
        elif source.suffix == TABLE:
            yield from read_table(source, options)
        elif source.suffix == MAILBOX:
            yield from read_mbox(source, options)
        else:
            yield from _whole(source, options)
    except InputError as error:
        yield Refusal(error.where, error.what)
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile,
            NotImplementedError) as error:
        yield Refusal(source.where, f"cannot be read: {' '.join(str(error).split())}")


def _whole(source: Source, options: Options) -> Drafts:
    """A source that is read in one piece, never more than the limit."""
    limit = max(LARGEST_EXPORT, options.largest) if source.suffix in MANY else options.largest
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(source.where, f"larger than {limit:,} bytes: no single report")
    if not data:
        raise InputError(source.where, "empty")
    reader = READERS.get(source.suffix)
    if reader is None:
        start = data[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        reader = next((r for opening, r in OPENINGS if start.startswith(opening)), read_text)
    yield from reader(Document(source.where, source.name, data, source.charset), options)
