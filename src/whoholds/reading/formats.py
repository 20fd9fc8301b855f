"""Which reader reads which format: by the file's ending, else by how it begins."""

from __future__ import annotations

from collections.abc import Callable

from whoholds.core import InputError
from whoholds.reading.frontmatter import read_markdown, read_text
from whoholds.reading.results import Document, Drafts
from whoholds.reading.webpage import read_page

READERS: dict[str, Callable[[Document], Drafts]] = {
    ".txt": read_text, ".text": read_text,
    ".md": read_markdown, ".markdown": read_markdown,
    ".html": read_page, ".htm": read_page, ".xhtml": read_page,
}
NOT_REPORTS = {
    ".csv": "a table, not a report (a list of reports is given with --manifest)",
    ".tsv": "a table, not a report",
    ".xlsx": "a spreadsheet, not a report", ".ods": "a spreadsheet, not a report",
    ".db": "a database, not a report", ".sqlite": "a database, not a report",
}
OPENINGS = ((b"<!doctype html", read_page), (b"<html", read_page))
LOOKED_AT = 512  # bytes at the beginning


def refused_by_name(name: str) -> str | None:
    """Why a file of this name is not even opened, or None."""
    return NOT_REPORTS.get(Document("", name, b"").suffix)


def drafts_of(document: Document) -> Drafts:
    """The reports in a document, as drafts. InputError where it cannot be read."""
    if not document.data:
        raise InputError(document.where, "empty")
    reader = READERS.get(document.suffix)
    if reader is None:
        start = document.data[:LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        reader = next((r for opening, r in OPENINGS if start.startswith(opening)), read_text)
    yield from reader(document)
