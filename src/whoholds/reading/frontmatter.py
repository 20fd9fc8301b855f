"""Front matter: what a text says about itself between two lines of ``---``; and Markdown."""

from __future__ import annotations

import re

import yaml

from whoholds.core import InputError
from whoholds.reading.decoding import decode
from whoholds.reading.results import Document, Draft, Drafts, Facts, Options

FENCE = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
LONGEST = 20_000      # characters of front matter; people write some hundred, and YAML is slow
MOST_LINKS = 20_000   # opening brackets in one Markdown text: over a second's work
KEYS = {
    "published": ("published", "published_at", "publication_date", "pubdate", "date"),
    "outlet": ("outlet", "source", "publisher", "site"),
    "url": ("url", "link", "permalink"),
    "title": ("title", "headline"),
    "language": ("language", "lang"),
}


def split(text: str, where: str) -> tuple[Facts | None, str]:
    """Front matter and the rest; None where there is none. InputError where it is broken."""
    match = FENCE.match(text)
    if not match or match.end() > LONGEST:
        return None, text
    try:
        values = yaml.load(match[1], Loader=yaml.BaseLoader)  # every scalar stays as written
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{where}:{mark.line + 2}" if mark else where
        raise InputError(line, f"broken front matter: {getattr(error, 'problem', None) or 'YAML'}"
                         ) from None
    if not isinstance(values, dict):
        return None, text
    lowered = {str(key).lower(): value for key, value in values.items()}
    if not any(key in lowered for keys in KEYS.values() for key in keys):
        return None, text  # a horizontal rule, not front matter
    found = {name: _one(lowered, keys, where) for name, keys in KEYS.items()}
    return Facts("front matter", **found), text[match.end():]


def _one(values: dict[str, object], keys: tuple[str, ...], where: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value and not isinstance(value, str):
            raise InputError(where, f"broken front matter: {key} is not a single value")
    return None


def read_text(document: Document, options: Options) -> Drafts:
    """A plain text file: its text is the file's, character by character, after any front matter."""
    text, notes = decode(document.data, document.where, document.charset)
    facts, body = split(text, document.where)
    yield Draft(document.where, body, (facts,) if facts else (), facts.title if facts else None,
                notes)


def read_markdown(document: Document, options: Options) -> Drafts:
    """A Markdown file: its words without the marks, a blank line between blocks."""
    text, notes = decode(document.data, document.where, document.charset)
    facts, body = split(text, document.where)
    if body.count("[") > MOST_LINKS:
        notes = (*notes, f"more than {MOST_LINKS:,} links: read as plain text, marks and all")
    else:
        body = plain(body)
    yield Draft(document.where, body, (facts,) if facts else (),
                facts.title if facts else None, notes)


def plain(markdown: str) -> str:
    """The words of a Markdown text: paragraphs, headings and list items, one block each."""
    from markdown_it import MarkdownIt  # only when there is Markdown to read

    blocks = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type in ("fence", "code_block"):
            blocks.append(token.content.strip("\n"))
        if token.type != "inline":
            continue
        words = []
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                words.append(" ")
            elif child.type in ("text", "code_inline"):
                words.append(child.content)
        blocks.append("".join(words).strip())
    return "\n\n".join(block for block in blocks if block)
