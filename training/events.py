"""Sentences with tagged events: which words tell of which kind of claim, and who and where.

``training/events/*.txt`` hold sentences written for this project, one a line. A tag follows its
word: ``captured/gain`` (the head word of what tells of the event, with its kind), ``rebels/A``
(who acts), ``army/C`` (the other side, or the people concerned), ``Norwick/P`` (where). Several
events of a sentence are numbered: ``fled/withdraw2``, ``army/C1A2``. A line that begins with
``- `` tells of no event. In the files of ``DOUBTS_TOLD`` a hyphen marks an event that the sentence
does not tell as a fact (``hopes to take/gain-``, ``no retreat/withdraw2-``).
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
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
# the files that the network is trained with from the start; the others join when it settles
FIRST = ("control", "force", "indirect", "movement", "natural", "people", "rarer", "reports")
# the files that tell facts from other events
DOUBTS_TOLD = ("analysis", "control_again", "control_now", "force_again", "humanitarian", "live",
               "parties", "speech", "talks", "wire", "world")
_LABEL = "|".join((*KINDS, *ROLES[1:]))
_TAGGED = re.compile(rf"([^\s/]+)/((?:(?:{_LABEL})\d*-?)+)(?![A-Za-z0-9])")
_ONE = re.compile(rf"({_LABEL})(\d*)(-?)")
_LEAD = re.compile(r"^[\"'“‘(\[*_—–-]*")


@dataclass(frozen=True, slots=True)
class Tag:
    """A label of the characters ``start`` to ``end``, of event ``number`` of its line; whether it
    is marked as no fact."""

    start: int
    end: int
    label: str
    number: int
    doubted: bool = False


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
        tags += [Tag(start, len(text), label, int(n), bool(doubted))
                 for label, numbers, doubted in _ONE.findall(match[2]) for n in numbers or "1"]
    told = [t.number for t in tags if t.label in KINDS]
    if len(told) != len(set(told)) or {t.number for t in tags} - set(told):
        raise ValueError(f"tags that do not fit together: {line.strip()}")
    if line.startswith("- ") == bool(tags):
        raise ValueError(f"neither an event nor none: {line.strip()}")
    return text + plain[at:], tuple(tags)


def sentences_of(text: str, tags: tuple[Tag, ...], doubts_told: bool = False) -> Iterator[Sentence]:
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
        doubts = tuple((i, tag.doubted) for i, tag in placed if tag.label in KINDS and doubts_told)
        yield Sentence(words, events=tuple(events), roles=roles, doubts=doubts)


def read_events(names: Collection[str] | None = None) -> list[Sentence]:
    """The tagged sentences of the files (of those of these names), in order of the names, with
    their trees. Raises ValueError where the trees are of other sentences."""
    with lzma.open(TREES, "rt", encoding="utf8") as lines:
        rows = [tuple(map(tuple, json.loads(line))) for line in lines]
    told = [(path.stem, sentence) for path in files()
            for line in path.read_text(encoding="utf8").splitlines()
            for sentence in sentences_of(*read_line(line), path.stem in DOUBTS_TOLD)]
    found = []
    for (name, sentence), row in zip(told, rows, strict=True):
        if len(row[0]) != len(sentence.words):
            raise ValueError(f"{TREES}: not the trees of these sentences: {sentence.words}")
        if names is None or name in names:
            found.append(replace(sentence, upos=row[0], feats=row[1], lemmas=row[2],
                                 heads=row[3], deprels=row[4]))
    return found


def files() -> list[Path]:
    """The files of tagged sentences, in order of their names."""
    return sorted(FOLDER.glob("*.txt"))
