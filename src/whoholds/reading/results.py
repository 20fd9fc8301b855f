"""What reading a path gives, and what is known of a document before it becomes a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO, TypeAlias

from whoholds.core import DateOrigin, Report

LARGEST = 5_000_000  # bytes: a long-read has 50,000, the longest official reports 2,000,000


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not be read: where, and why, in one line."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A report or a refusal (one of the two), from ``where`` (a path, or a part of one).

    ``notes`` are things that a person should know about a report that was read: a guessed encoding,
    a missing date. A report in another language than English has its ``language`` set and a note;
    it is to be stored, not parsed.
    """

    where: str
    report: Report | None = None
    refusal: Refusal | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.report is None) == (self.refusal is None):
            raise ValueError("a result is a report or a refusal")


@dataclass(frozen=True, slots=True)
class Facts:
    """What one origin says about a document, as it is written there; None where it says nothing."""

    origin: DateOrigin = "none"
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A document's text with what it says about itself, strongest origin first.

    ``headline`` stands apart from the text in the format (HTML, mail, feeds); it becomes the first
    paragraph, so that claims in it have a span.
    """

    where: str
    text: str
    facts: tuple[Facts, ...] = ()
    headline: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes with their address; ``name`` tells the format by its ending, ``charset`` the encoding
    that came with them."""

    where: str
    name: str
    data: bytes = field(repr=False)
    charset: str | None = None

    @property
    def suffix(self) -> str:
        return suffix_of(self.name)


@dataclass(frozen=True, slots=True)
class Source:
    """A stream with its address: a file, standard input, or a part of an archive."""

    where: str
    name: str
    stream: BinaryIO = field(repr=False)
    charset: str | None = None

    @property
    def suffix(self) -> str:
        return suffix_of(self.name)


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. ``largest``: bytes of one report. ``fields``: for records (JSON), the key that
    holds each of ``text``, ``published``, ``outlet``, ``url``, ``title``, ``language``; dots lead
    into objects; what is not named is found by its usual names."""

    largest: int = LARGEST
    fields: Mapping[str, str] = field(default_factory=dict)


def suffix_of(name: str) -> str:
    """The ending of a file's name, in lower case with its dot, or an empty text."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


Drafts: TypeAlias = Iterator[Draft | Refusal]
