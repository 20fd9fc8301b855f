"""Turns scores of BIO tags into names.

The corpora disagree on whether a description (*the insurgents*) or its article is a name. Here a
name is what is written as one: :func:`tidy` cuts away the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from whoholds.core import Name, NameType, Word


class NameDecoder:
    """Finds the best valid sequence of BIO tags (Viterbi 1967), and the names in it."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._types = tuple(cast(NameType, t[2:]) for t in tags)      # "" for O
        self._inside = tuple(t.startswith("I-") for t in tags)
        self._outside = tags.index("O")
        follows = np.zeros((len(tags), len(tags)), np.float32)
        for i, before in enumerate(tags):
            for j, tag in enumerate(tags):
                if tag.startswith("I-") and before[2:] != tag[2:]:
                    follows[i, j] = -np.inf
        self._follows = follows
        self._first = np.where(self._inside, -np.inf, 0).astype(np.float32)

    def names(self, scores: NDArray[np.float32]) -> tuple[Name, ...]:
        """The names in a sentence with scores [words, tags]."""
        tags = cast(list[int], scores.argmax(1).tolist())
        if tags.count(self._outside) == len(tags):
            return ()
        if not self._valid(tags):
            tags = self._best(scores)
        found: list[Name] = []
        for i, tag in enumerate(tags):
            if self._inside[tag]:
                found[-1] = Name(found[-1].start, i + 1, found[-1].type)
            elif tag != self._outside:
                found.append(Name(i, i + 1, self._types[tag]))
        return tuple(found)

    def _valid(self, tags: list[int]) -> bool:
        before = ""
        for tag in tags:
            if self._inside[tag] and self._types[tag] != before:
                return False
            before = self._types[tag]
        return True

    def _best(self, scores: NDArray[np.float32]) -> list[int]:
        total = scores[0] + self._first
        back: list[NDArray[np.intp]] = []
        for row in scores[1:]:
            ways = total[:, None] + self._follows
            came = ways.argmax(0)
            back.append(came)
            total = ways[came, np.arange(len(came))] + row
        tags = [int(total.argmax())]
        for came in reversed(back):
            tags.append(int(came[tags[-1]]))
        return tags[::-1]


_NEVER_AT_THE_EDGE = frozenset(("DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "PUNCT", "VERB",
                                "PART", "INTJ"))
_NEVER_BEGINS_A_DATE = frozenset(("ADP", "CCONJ", "SCONJ", "PUNCT", "PART", "PRON", "AUX"))


# *mullah* and *sheikh* are left out: names begin with them too (*Sheikh Rashid Ahmed*)
_TITLES = """
    mr mrs ms miss dr doctor prof professor sir lord lady dame king queen prince princess emperor
    president vice prime minister premier chancellor secretary senator sen congressman congresswoman
    rep representative governor gov mayor ambassador attorney commissioner chairman chairwoman
    director chief deputy former acting leader foreign defense defence interior spokesman
    spokeswoman spokesperson judge justice inspector detective officer coach
    general gen colonel col lieutenant lt major maj captain capt commander cmdr sergeant sgt
    corporal cpl private pvt admiral adm marshal brigadier brig
    pope cardinal archbishop bishop rev reverend father brother sister imam ayatollah aunt uncle
"""
_ADDRESS = re.compile(r"\S@\S+\.\w|://|^www\.")
_LEGAL_FORM = re.compile(r"(?i:inc|ltd|llc|llp|plc|corp|co|gmbh|s\.a|l\.p|n\.v)\.?")
TITLES = frozenset(_TITLES.split())
_REGIONS = json.loads((Path(__file__).parent / "regions.json").read_text(encoding="utf8"))
_COUNTRIES = frozenset(tuple(name.lower().split()) for name in _REGIONS["countries"].split("|"))
_MARKS, _PARTS = (frozenset(_REGIONS[key].split()) for key in ("marks", "parts"))


def tidy(names: Sequence[Name], words: Sequence[Word]) -> tuple[Name, ...]:
    """The names without titles, articles and common words at their ends; descriptions and
    addresses are dropped.

    Parts that the tree joins are one name, and so are a company and its legal form (*Roe, Inc.*)
    and, where nothing else is said, a family name and those given (*Roe, Ann*); a town and the
    country or state after it are two. One word that is an adjective (*Ruritanian*) or, for a person
    or place, plural (*Ruritanians*) names a people.
    """
    found: list[Name] = []
    for name in names:
        keeps = _dates if name.type == "DATE" else _named
        inside = [i for i in range(name.start, name.end) if keeps(words[i])]
        if name.type == "PER":
            while inside and words[inside[0]].form.lower().rstrip(".") in TITLES:
                inside = [i for i in inside if i > inside[0]]
        if not inside:
            continue
        part = Name(inside[0], inside[-1] + 1, name.type)
        whole = _joined(found[-1], part, words) if found else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(part)
    return tuple(Name(n.start, n.end, "NORP") if _people(n, words) else n
                 for whole in _over_commas(found, words) for n in _parted(whole, words))


def _parted(name: Name, words: Sequence[Word]) -> tuple[Name, ...]:
    """*Norhaven Ruritania* as two places: the last words name a country or a state (of a
    federation, also by its mark), hang from those before, which are no part of such a name."""
    if name.type != "LOC":
        return (name,)
    forms = [w.form.lower() for w in words[name.start:name.end]]
    for n in range(min(3, len(forms) - 1), 0, -1):
        at = name.end - n
        region = words[at:name.end]
        if forms[-n - 1] not in _PARTS and words[at - 1].upos == "PROPN" \
                and all(name.start <= w.head < name.end for w in region) \
                and any(w.head < at for w in region) \
                and (tuple(forms[-n:]) in _COUNTRIES or (n == 1 and region[0].form in _MARKS)):
            return (Name(name.start, at, "LOC"), Name(at, name.end, "LOC"))
    return (name,)


def _joined(left: Name, right: Name, words: Sequence[Word]) -> Name | None:
    """Two neighbours as one name, of the type of its head, where the tree makes them one."""
    if left.end != right.start or "DATE" in (left.type, right.type):
        return None
    heads = [[words[i] for i in range(n.start, n.end) if not n.start <= words[i].head < n.end]
             for n in (left, right)]
    if any(len(h) != 1 for h in heads):
        return None
    before, after = heads[0][0], heads[1][0]
    if after.upos != "PROPN" or before.upos != "PROPN":
        adjective = before.upos == "ADJ" and before.deprel == "amod" and before.head == after.index
        return Name(left.start, right.end, "ORG") \
            if adjective and left.type == right.type == "ORG" else None
    if before.head == after.index and before.deprel in ("compound", "flat"):
        return Name(left.start, right.end, right.type)
    if after.head == before.index and after.deprel == "flat":
        return Name(left.start, right.end, left.type)
    return None


def _over_commas(names: Sequence[Name], words: Sequence[Word]) -> list[Name]:
    """A company with its legal form; in a line of nothing else, a family name with those given."""
    if len(names) == 2 and all(n.type == "PER" for n in names) \
            and names[0].end - names[0].start == 1 and names[1].start == names[0].end + 1 \
            and words[names[0].end].form == "," \
            and not any(_named(w) for w in (*words[:names[0].start], *words[names[1].end:])):
        return [Name(names[0].start, names[1].end, "PER")]
    return [Name(n.start, n.end + 2, n.type)
            if n.type == "ORG" and [w.form for w in words[n.end:n.end + 1]] == [","]
            and _LEGAL_FORM.fullmatch("".join(w.form for w in words[n.end + 1:n.end + 2])) else n
            for n in names]


def _people(name: Name, words: Sequence[Word]) -> bool:
    """Whether a name of one word that was taken for something else is that of a people."""
    word = words[name.start]
    if name.end - name.start > 1:
        return False
    if word.upos == "ADJ":
        return name.type in ("PER", "ORG", "LOC")
    return name.type in ("PER", "LOC") and word.upos in ("PROPN", "NOUN") \
        and word.feat("Number") == "Plur" and word.form.endswith("s")


def _named(word: Word) -> bool:
    return not _ADDRESS.search(word.form) and (
        word.upos == "PROPN"
        or (word.form[0].isupper() and word.upos not in _NEVER_AT_THE_EDGE))


def _dates(word: Word) -> bool:
    return word.upos not in _NEVER_BEGINS_A_DATE and word.form.lower() not in ("when", "while")
