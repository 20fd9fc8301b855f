"""Tells facilities (airports, bases, crossings) and armed groups or forces among the names.

No corpus at hand marks them well, so nothing is learned: the name's own noun tells (*Norhaven
Airport*, *the 3rd Brigade*), or the noun beside it (*Ostmark, a rebel group*; *Ostmark fighters*).
The words are data, ``name_kinds.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from whoholds.core import Name, NameSubtype, Word

_WORDS = json.loads((Path(__file__).parent / "name_kinds.json").read_text(encoding="utf8"))
_FAC, _FORCE = ({key: frozenset(text.split()) for key, text in _WORDS[kind].items()
                 if key != "pairs"} for kind in ("FAC", "FORCE"))
_PAIRS = frozenset(tuple(pair.split()) for pair in _WORDS["FORCE"]["pairs"].split("|"))
_REFINED = ("LOC", "ORG", "MISC")


def refine(names: Sequence[Name], words: Sequence[Word]) -> tuple[Name, ...]:
    """The names, with ``subtype`` where they are of a facility or of an armed group or force."""
    return tuple(replace(name, subtype=_subtype(name, words)) if name.type in _REFINED else name
                 for name in names)


def _subtype(name: Name, words: Sequence[Word]) -> NameSubtype | None:
    inside = words[name.start:name.end]
    head = next((w for w in inside if not name.start <= w.head < name.end), inside[-1])
    forms = [w.form.lower() for w in inside]
    of = next((i for i, w in enumerate(inside) if i and w.upos == "ADP"), len(forms))
    if len(forms) > 1:
        last = forms[of - 1]
        if last in _FORCE["last"] or any(tuple(forms[max(of - len(p), 0):of]) == p
                                         for p in _PAIRS):
            return "FORCE"
        if last in _FAC["last"] or forms[0] in _FAC["first"]:
            return "FAC"
    elif forms[0] in _FORCE["last"] and inside[0].form[0].isupper():
        return "FORCE"
    return _by_neighbour(name, head, words, forms[of - 1])


def _by_neighbour(name: Name, head: Word, words: Sequence[Word], last: str) -> NameSubtype | None:
    """By an apposition on either side, or by the fighters that are the name's."""
    beside = {w.lemma.lower() for w in words if w.head == head.index and w.deprel == "appos"
              and w.upos == "NOUN"}
    if head.head >= 0 and head.deprel == "appos" and words[head.head].upos == "NOUN":
        beside.add(words[head.head].lemma.lower())
    if beside & _FAC["appos"]:
        return "FAC"
    if name.type == "LOC" or last in _FORCE["never"]:
        return None
    if head.head >= 0 and head.deprel == "compound":
        beside |= {words[head.head].lemma.lower()} & _FORCE["fighters"]
    return "FORCE" if beside & (_FORCE["appos"] | _FORCE["fighters"]) else None
