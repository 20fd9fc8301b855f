"""Reads numbers in running words: digits, words, and both mixed (*2.5 million*, *twenty-five*)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
          "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000, "dozen": 12, "score": 20}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30}
_LONGEST = 16    # words; no number in the news is written with more
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)(k|m|bn)")
_GROUP = re.compile(r"\d{1,3}")
_THREE = re.compile(r"\d{3}")
# words that a number may have hung to it: *40-odd*, *a 1,200-strong brigade*
HUNG = frozenset({"odd", "plus", "strong", "some"})
_SCORES = {"threescore": 60, "fourscore": 80}
_QUARTERS = {"a quarter": 0.25, "three quarters": 0.75}
_COUNTED_FROM = frozenset({"the", "last", "first", "next", "another", "further", "other",
                           "additional", "extra"})
# words of a number that a hyphen may join
_JOINED = frozenset({*UNITS, *TENS, "hundred", "thousand", "million", "billion", "dozen", "half",
                     "a", "and"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number written by the words ``start`` to ``end`` (end excluded)."""

    start: int
    end: int
    value: float


def digits(form: str) -> float | None:
    """The value of digits (*3,000*, *2.5*, *5k*), or None for any other word."""
    if _DIGITS.fullmatch(form):
        return float(form.replace(",", ""))
    scaled = _SCALED.fullmatch(form.lower())
    return float(scaled[1]) * SCALES[scaled[2]] if scaled else None


def ordinal(form: str) -> int | None:
    """The value of an ordinal (*12th*, *sixth*), or None."""
    written = _ORDINAL.fullmatch(form.lower())
    if written:
        return int(written[1])
    lowered = form.lower()
    if lowered in ORDINALS:
        return ORDINALS[lowered]
    tens, hyphen, unit = lowered.partition("-")
    return TENS[tens] + ORDINALS[unit] if hyphen and tens in TENS and unit in ORDINALS else None


def numeral_at(forms: Sequence[str], start: int) -> Numeral | None:
    """The longest number that begins with the word at ``start``, or None.

    *a* and *half a* count only before a scale (*a dozen*, *a hundred*, *half a million*); plural
    scales (*dozens*, *thousands*) are no numbers. A hyphen joins as a space does (*half-dozen*,
    *three-hundred*), and what else hangs on the number stays out of its value (*40-odd*).
    """
    if not _may_begin(forms[start]):
        return None
    lowered = [form.lower() for form in forms[start:start + _LONGEST]]
    before = forms[start - 1].lower() if start else ""
    if before == "between":
        lowered = lowered[:_lower_end(lowered)]
    if before in _COUNTED_FROM and SCALES.get(lowered[0], 0) in (100, 1_000, 1_000_000) \
            and len(lowered[0]) > 2:                # the last thousand defenders
        return _scaled_from(lowered, start)
    return _numeral(lowered, start)


def _scaled_from(lowered: Sequence[str], offset: int) -> Numeral | None:
    found = _numeral(["one", *lowered], offset)
    return None if found is None else Numeral(offset, found.end - 1, found.value)


def _lower_end(lowered: Sequence[str]) -> int:
    """Where the first number of *between two hundred and fifty and three hundred* ends."""
    run = next((at for at, word in enumerate(lowered) if word not in _JOINED), len(lowered))
    ands = [at for at in range(run) if lowered[at] == "and"]
    return ands[len(ands) // 2] if ands else len(lowered)


@lru_cache(maxsize=65536)
def _may_begin(form: str) -> bool:
    """Whether some number begins with this word."""
    lowered = form.lower()
    return lowered in ("a", "an", "half") or lowered in SCALES \
        or _at_beginning(_parts(lowered)) is not None


def _numeral(lowered: Sequence[str], offset: int) -> Numeral | None:
    """The longest number at the beginning of ``lowered``, placed at ``offset``."""
    parts = _flat(lowered)
    found = _at_beginning([part for part, _ in parts])
    if found is None:
        return None
    end = parts[found.end - 1][1]
    rest = [part for part, at in parts[found.end:] if at == end]
    if rest and rest[0] not in HUNG:        # the word is not all number: *two-storey*
        return None if end == 0 else _numeral(lowered[:end], offset)
    return Numeral(offset, offset + end + 1, found.value)


def _flat(lowered: Sequence[str]) -> list[tuple[str, int]]:
    """The words, each with its position, where hyphens between number words are spaces."""
    parts = [(part, at) for at, word in enumerate(lowered) for part in _parts(word)]
    return [one for i, one in enumerate(parts) if one[0] != "-" or not (
        0 < i < len(parts) - 1 and parts[i - 1][0] in _JOINED and parts[i + 1][0] in _JOINED)]


def _parts(word: str) -> list[str]:
    """The words that hyphens join, where the first of them is a number or the half of one."""
    first, hyphen, _ = word.partition("-")
    return word.split("-") if hyphen and (first in ("half", "a") or _plain(first)) else [word]


@lru_cache(maxsize=4096)
def _plain(word: str) -> bool:
    return digits(word) is not None or word in UNITS or word in TENS or word in SCALES


def _at_beginning(lowered: Sequence[str]) -> Numeral | None:
    start = 0
    if lowered[start] in ("a", "an") and _scale(lowered, start + 1):
        return _scaled(lowered, start, start + 1, 1.0)
    for half in (["half", "a"], ["half"], ["a", "half"]):
        at = start + len(half)
        if list(lowered[start:at]) == half and _scale(lowered, at):
            return _scaled(lowered, start, at, 0.5)
    quarter = _QUARTERS.get(" ".join(lowered[start:start + 2]))
    if quarter and list(lowered[start + 2:start + 4]) == ["of", "a"] and _scale(lowered, start + 4):
        return _scaled(lowered, start, start + 4, quarter)       # a quarter of a million
    if lowered[start] in _SCORES:
        return _scaled(lowered, start, start + 1, _SCORES[lowered[start]])
    plain = digits(lowered[start])
    if plain is not None:
        at = start + 1
        while _GROUP.fullmatch(lowered[start]) and at < len(lowered) and (
                lowered[at] == "000" or (plain > 31 and _THREE.fullmatch(lowered[at]))):
            plain, at = plain * 1_000 + float(lowered[at]), at + 1        # 12 000
        return _scaled(lowered, start, at, plain)
    small = _small(lowered, start)
    if small is None:
        return _scaled(lowered, start, start, 1.0) if _scale(lowered, start) == 12 else None
    value, after = small
    return _scaled(lowered, start, after, value)


def _scale(lowered: Sequence[str], at: int) -> int | None:
    return SCALES.get(lowered[at]) if at < len(lowered) and len(lowered[at]) > 2 else None


def _small(lowered: Sequence[str], at: int) -> tuple[float, int] | None:
    """A number under a hundred in words: *seven*, *twenty five*, *twenty-five*."""
    word = lowered[at]
    if word in UNITS:
        return UNITS[word], at + 1
    tens, hyphen, unit = word.partition("-")
    if hyphen and tens in TENS and unit in UNITS:
        return TENS[tens] + UNITS[unit], at + 1
    if word not in TENS:
        return None
    after = at + 1
    if after < len(lowered) and 1 <= UNITS.get(lowered[after], 0) <= 9:
        return TENS[word] + UNITS[lowered[after]], after + 1
    return TENS[word], at + 1


def _scaled(lowered: Sequence[str], start: int, at: int, value: float) -> Numeral:
    """Applies the scales that follow (*three hundred thousand*) and what they are joined with."""
    total, current = 0.0, value
    if list(lowered[at:at + 3]) == ["and", "a", "half"] and _scale(lowered, at + 3):
        current, at = current + 0.5, at + 3                        # two and a half thousand
    scale = _scale(lowered, at)
    while scale is not None:
        at += 1
        if scale < 1_000:
            current *= scale
        else:
            total, current = total + current * scale, 0.0
        joint = at + 1 if lowered[at:at + 1] == ["and"] else at
        more = _small(lowered, joint) if scale != 12 and joint < len(lowered) else None
        if more is not None and _scale(lowered, more[1]) != scale:   # two hundred, three hundred
            current, at = current + more[0], more[1]
        scale = _scale(lowered, at)
    return Numeral(start, at, total + current)


def numerals(forms: Sequence[str]) -> tuple[Numeral, ...]:
    """All numbers of a sentence's words, in order, never overlapping."""
    found: list[Numeral] = []
    at = 0
    while at < len(forms):
        one = numeral_at(forms, at)
        if one is not None and one.end > at:
            found.append(one)
            at = one.end
        else:
            at += 1
    return tuple(found)
