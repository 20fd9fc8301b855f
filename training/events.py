"""Sentences with tagged events: which words tell of which kind of claim, and who and where.

``training/events/*.txt`` hold sentences written for this project, one a line. A tag follows its
word: ``captured/gain`` (the head word of what tells of the event, with its kind), ``rebels/A``
(who acts), ``army/C`` (the other side, or the people concerned), ``Norwick/P`` (where). Several
events of a sentence are numbered: ``fled/withdraw2``, ``army/C1A2``. A line that begins with
``- `` tells of no event.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from training.corpora import Sentence
from whoholds.core import Kind
from whoholds.language.sentences import split

FOLDER = Path(__file__).parent / "events"
TREES = FOLDER / "trees.jsonl.xz"       # of all its sentences, see training.tagged_trees
KINDS = tuple(sorted(get_args(Kind)))
EVENTS = ("O", *KINDS)                   # labels of words
ROLES = ("none", "A", "C", "P")          # of a word beside an event's
# the files that the network is trained with; the fitted layers learn from all
TRAINED_ALONG = ("control", "force", "movement", "people", "reports")
_LABEL = "|".join((*KINDS, *ROLES[1:]))
_TAGGED = re.compile(rf"([^\s/]+)/((?:(?:{_LABEL})\d*)+)(?![A-Za-z0-9])")
_ONE = re.compile(rf"({_LABEL})(\d*)")
_LEAD = re.compile(r"^[\"'“‘(\[*_—–-]*")


@dataclass(frozen=True, slots=True)
class Tag:
    """A label of the characters ``start`` to ``end``, of event ``number`` of its line."""

    start: int
    end: int
    label: str
    number: int


def read_line(line: str) -> tuple[str, tuple[Tag, ...]]:
    """The text of a line, and its tags. Raises ValueError where they do not fit together."""
    plain = line.strip().removeprefix("- ")
    text, tags, at = "", [], 0
    for match in _TAGGED.finditer(plain):
        text += plain[at:match.start()]
        word, at = match[1], match.end()
        lead = _LEAD.match(word)
        start = len(text) + (lead.end() if lead else 0)
        text += word
        tags += [Tag(start, len(text), label, int(n)) for label, numbers in _ONE.findall(match[2])
                 for n in numbers or "1"]
    told = [t.number for t in tags if t.label in KINDS]
    if len(told) != len(set(told)) or {t.number for t in tags} - set(told):
        raise ValueError(f"tags that do not fit together: {line.strip()}")
    if line.startswith("- ") == bool(tags):
        raise ValueError(f"neither an event nor none: {line.strip()}")
    return text + plain[at:], tuple(tags)


def sentences_of(text: str, tags: tuple[Tag, ...]) -> Iterator[Sentence]:
    """The sentences of a text, their tags on the last words of what was tagged."""
    for piece in split(text):
        words = tuple(text[a:b] for a, b in piece.words)
        placed = []
        for tag in tags:
            inside = [i for i, (a, b) in enumerate(piece.words) if a >= tag.start and b <= tag.end
                      and any(c.isalnum() for c in words[i])]
            kept = [i for i in inside if words[i] not in ("'s", "’s", "s")] or inside
            if kept:
                placed.append((kept[-1], tag))
        events = [0] * len(words)
        at = {}
        for i, tag in placed:
            if tag.label in KINDS:
                events[i] = EVENTS.index(tag.label)
                at[tag.number] = i
        roles = tuple((at[tag.number], i, ROLES.index(tag.label)) for i, tag in placed
                      if tag.label in ROLES and tag.number in at)
        yield Sentence(words, events=tuple(events), roles=roles)


def read_events(folder: Path = FOLDER, names: Collection[str] | None = None) -> list[Sentence]:
    """The tagged sentences of a folder's files (of those of these names), in order of the names."""
    return [sentence for path in sorted(folder.glob("*.txt")) if names is None or path.stem in names
            for line in path.read_text(encoding="utf8").splitlines()
            if line.strip() and not line.startswith("#")
            for sentence in sentences_of(*read_line(line))]
