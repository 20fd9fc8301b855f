"""What the language stage gives: sentences of words with their trees and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from whoholds.core.claims import Kind
from whoholds.core.reports import Span

NameType = Literal["PER", "ORG", "LOC", "NORP", "DATE", "MISC"]
NameSubtype = Literal["FAC", "FORCE"]


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word of a sentence, in Universal Dependencies' terms.

    ``index`` and ``head`` are 0-based positions in the sentence; the root's head is -1. ``feats``
    are pairs such as ``("Tense", "Past")``, sorted. ``span`` is in characters of the report.
    """

    index: int
    span: Span
    form: str
    lemma: str
    upos: str
    feats: tuple[tuple[str, str], ...]
    head: int
    deprel: str

    def feat(self, name: str) -> str | None:
        """The value of a feature, or None."""
        for key, value in self.feats:
            if key == name:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity: words ``start`` to ``end`` (end excluded) of its sentence.

    ``subtype`` says of a LOC, ORG or MISC that it is a facility, or an armed group or force.
    """

    start: int
    end: int
    type: NameType
    subtype: NameSubtype | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A word that seems to tell of an event of ``kind``, by what the reader learned.

    ``actors``, ``counterparts`` and ``places`` are the words that seem to head its parties and its
    places; ``probability`` is the reader's that the word tells of this kind.
    """

    word: int
    kind: Kind
    probability: float
    actors: tuple[int, ...] = ()
    counterparts: tuple[int, ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence. ``paragraph`` counts the report's paragraphs from 0; ``doubts`` are the
    reader's probabilities, word by word, that an event told by the word is told otherwise than as
    a fact (none where the reader says nothing of it)."""

    span: Span
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    paragraph: int
    events: tuple[Event, ...] = ()
    doubts: tuple[float, ...] = ()

    def children(self, index: int) -> tuple[Word, ...]:
        """The words whose head is word ``index``, in order."""
        return tuple(w for w in self.words if w.head == index)

    def subtree(self, index: int) -> tuple[int, ...]:
        """The positions of word ``index`` and all below it, in order."""
        under: dict[int, list[int]] = {}
        for word in self.words:
            under.setdefault(word.head, []).append(word.index)
        below, todo = {index}, [index]
        while todo:
            for found in under.get(todo.pop(), ()):
                if found not in below:
                    below.add(found)
                    todo.append(found)
        return tuple(sorted(below))

    def name_at(self, index: int) -> Name | None:
        """The name that word ``index`` is part of, or None."""
        for name in self.names:
            if name.start <= index < name.end:
                return name
        return None


@dataclass(frozen=True, slots=True)
class Parse:
    """A report's sentences, by the reader of version ``reader``."""

    report_id: str
    sentences: tuple[Sentence, ...]
    reader: str
