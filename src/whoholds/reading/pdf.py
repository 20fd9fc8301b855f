"""PDF files: their text, in paragraphs again."""

from __future__ import annotations

import io
import logging
import re
from statistics import median

from whoholds.core import InputError
from whoholds.reading.decoding import clean
from whoholds.reading.guards import guarded
from whoholds.reading.results import Document, Draft, Drafts, Options

PAGES = 500          # pages that are read; more is a book
SHORT = 0.75         # of the usual line: a line that ends a sentence there ends the paragraph
HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]$")
END = re.compile(r"[.!?:][\"'”’)\]]*$")


def read_pdf(document: Document, options: Options) -> Drafts:
    """The text of a PDF file. Its creation date is left: it is of the file, not of the text."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it narrates every flaw it mends
    with guarded(document.where, "PDF file"):
        reader = pypdf.PdfReader(io.BytesIO(document.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(document.where, "a PDF file with a password")
        if len(reader.pages) > PAGES:
            raise InputError(document.where, f"a PDF file of more than {PAGES} pages")
        pages = [page.extract_text() for page in reader.pages]
    if not any(page.strip() for page in pages):
        raise InputError(document.where, "a PDF file without text (pictures of pages?)")
    text, notes = clean(paragraphs("\n".join(pages)), document.where)
    yield Draft(document.where, text, (), None, notes)


def paragraphs(text: str) -> str:
    """Printed lines as paragraphs: joined, words mended that were hyphenated at a line's end."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    usual = median([len(line) for line in lines if line] or [0])
    pieces: list[str] = []
    last = ""  # the line before in the same paragraph
    for line in lines:
        if last and line:
            broken = HYPHEN.search(last)
            if broken and line[0].islower():
                pieces[-1] = last[:broken.start()]
            else:
                pieces.append(" ")
        elif line and pieces:
            pieces.append("\n\n")
        pieces.append(line)
        last = "" if END.search(line) and len(line) < SHORT * usual else line
    return "".join(pieces)
