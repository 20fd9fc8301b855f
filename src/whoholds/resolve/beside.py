"""What the text tells of a place beside its name: its kind, and what it lies in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from whoholds.core import Place
from whoholds.resolve.atlas import Atlas, Named, tokens
from whoholds.resolve.names import singular
from whoholds.resolve.places import contains
from whoholds.resolve.words import AskedType, find_type

_REACH = 40              # characters beside a name in which its kind may stand

# What may tell where a place lies, right after its name: ", Texas", "in Parwan province", "(Syria".
_NAME = r"[^\W\d_a-z][\w.'’-]*(?:\s+(?:(?:of|and|the)\s+)?[^\W\d_a-z][\w.'’-]*){0,3}"
_APPOSED = re.compile(
    rf"(?:,|\s\(|,?\s+in|,\s+(?:an?|the)\s+(?:[a-z-]+\s+){{1,5}}(?:in|of))\s*(?:the\s+)?({_NAME})"
    rf"|\s+in\s+\w+['’]s\s+({_NAME})")
# The rest of a list, and the plural that tells what all are: ", Clay and Grant counties".
_LISTED = re.compile(rf"((?:(?:,? and|,? or|,) (?:the )?{_NAME}){{1,9}}) ([a-z]+)\b")

# A further name: the districts of Bagram and Kalakan are both.
_MORE = re.compile(rf"(?:,? and|,) (?:the )?{_NAME}")


def kind_beside(line: str, at: int, name: str,
                known: Callable[[str, str], bool]) -> AskedType | None:
    """The kind that the words beside ``name``, which stands at ``at``, tell: Kandahar *province*,
    *district of* Bagram, Takhar and Kunduz *provinces*; not *a Texas town*, *the Texas town of*
    Paris, *Texas cities*, *Woodstock District* Council, *three
    districts of* Herat.

    ``known`` tells whether something of a kind has a name: all of a list must be of one kind.
    """
    end = at + len(name)
    before = [t.word for t in tokens(line[max(0, at - _REACH):at])][-4:]
    behind = tokens(line[end:end + _REACH])[:4]
    after = [t.word for t in behind]
    found = find_type(after[:3])
    if found is not None and found[0] == 0 and line[end:end + 1] == " ":
        last = behind[found[1] - 1]
        owner = before[-1:] in (["a"], ["an"]) or after[found[1]:found[1] + 1] == ["of"] or (
            found[2] == "city" and before[-1:] == ["the"]) \
            or singular(last.word) != last.word or last.upper
    else:
        while before and before[-1] == "the":
            before.pop()
        found = find_type(before[:-1]) if before and before[-1] == "of" else None
        owner = found is not None and (found[1] != len(before) - 1 or (
            singular(before[found[1] - 1]) != before[found[1] - 1]
            and not _MORE.match(line, end)))     # three districts of Herat, which is none
    if found is None:
        return _kind_of_list(line, end, known)
    return None if owner or found[2] in ("capital", "region", "area") else found[2]


def _kind_of_list(line: str, end: int, known: Callable[[str, str], bool]) -> AskedType | None:
    """The kind that a plural tells of all names before it."""
    match = _LISTED.match(line, end)
    found = find_type([match[2]]) if match else None
    if match is None or found is None or found[2] not in ("province", "district") \
            or singular(match[2]) == match[2]:
        return None
    names = [n.removeprefix("the ") for n in re.split(r",? and |,? or |, ", match[1]) if n]
    return found[2] if all(known(n, found[2]) for n in names) else None


def units_beside(line: str, end: int, atlas: Atlas) -> list[list[Place]]:
    """Countries and units named right after ``end``, by the longest name first."""
    found = _APPOSED.match(line, end)
    return units_named((found[1] or found[2]).split(), atlas) if found else []


def units_named(words: Sequence[str], atlas: Atlas) -> list[list[Place]]:
    """Countries and units that the first of ``words`` name, by the longest name first."""
    out = []
    for count in range(len(words), 0, -1):
        places = [n.place for n in atlas.named(" ".join(words[:count]).rstrip(","))
                  if n.place.type in ("country", "province", "district") and n.match != "people"]
        if places:
            out.append(places)
    return out


def holding(beside: Iterable[Sequence[Place]], options: Sequence[Named]) -> list[Place]:
    """Of what stands beside a name: the first that hold one of the places called so.

    Countries beside a country's name are a list: *Georgia, Russia and Ukraine*.
    """
    country = any(o.place.type == "country" for o in options)
    for places in beside:
        holders = [p for p in places if any(contains(p, o.place) for o in options)
                   and not (country and p.type == "country")]
        if holders:
            return holders
    return []
