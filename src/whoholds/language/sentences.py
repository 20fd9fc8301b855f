"""Finds paragraphs, sentences and words in a text, with exact offsets.

A sentence never crosses a paragraph. A line is a paragraph of its own (headlines, list items,
live-blog lines), unless the text is wrapped at a column: then blank lines divide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whoholds.language.words import NUMBERED, TITLES, cut_chunk

Range = tuple[int, int]

# words that begin a sentence far oftener than they follow an abbreviation's full stop
_STARTERS = frozenset("""
the a an this that these those it its he she they we you i his her their our my there here but and
or so yet in on at by for from with after before when while as if although though since because
however meanwhile according what who why how where some many most several both another to no not
earlier later then now also despite during under
""".split())  # noqa: SIM905
_CLOSERS = frozenset("\"'”’»)]}")
_QUOTES = frozenset("\"'")
_OPENERS = frozenset("\"'“‘«([{")
# KABUL (Agency) — … or SPRINGFIELD, Ohio, Aug. 5 -- …: the treebanks make it a sentence
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z'’.-]+(?:[ /][A-Z][A-Z'’.-]+){0,3}(?:, ?[A-Z][\w.]+(?: [\w.]+){0,2}){0,2}"
    r"(?: ?\([^()\n]{1,40}\))?|[A-Z][\w'’-]+(?:[ /][A-Z][\w'’-]+){0,2}(?:, [A-Z][\w.]+){0,2}"
    r" ?\([A-Z][^()\n]{1,40}\))(?:\s*(?:—|–|--)|\s+-(?=\s)|:(?=\s))")
MOST_WORDS = 600         # a sentence is cut there: no writer meant it to be one
_WRAPPED_LEAST = 45      # characters: lines shorter than this are not evidence of wrapping
_WRAPPED_MOST = 100      # characters: no one wraps beyond
_CARRIED_LEAST = 3       # lines that begin with a small letter before a text counts as wrapped
_CARRIED_SHARE = 0.25    # share of them among lines without a blank one before them
_SHORT = 0.7             # of its neighbours' length: a line that ends a paragraph or is a heading
_BULLETS = frozenset("•◦▪●‣·")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence before parsing: its words' character ranges, and its paragraph's number."""

    words: tuple[Range, ...]
    paragraph: int


def split(text: str) -> list[Piece]:
    """The sentences of a text, in order."""
    found: list[Piece] = []
    for number, (start, end) in enumerate(paragraphs(text)):
        dateline = _DATELINE.match(text, start, end)
        body = dateline.end() if dateline and dateline.end() < end else start
        if body > start:
            found.append(Piece(tuple(cut(text, start, body)), number))
        found += [Piece(tuple(s), number) for s in sentences(text, cut(text, body, end))]
    return found


def cut(text: str, start: int, end: int) -> list[Range]:
    """The words between two characters of a text."""
    found: list[Range] = []
    for chunk in _CHUNK.finditer(text, start, end):
        base = at = chunk.start()
        for stop in cut_chunk(chunk[0]):
            found.append((at, base + stop))
            at = base + stop
    return found


_CHUNK = re.compile(r"\S+")
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]*\S[^\n\r\u2028\u2029\x0b\x0c\x85]*")
_BREAKS = re.compile(r"(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])")


def paragraphs(text: str) -> list[Range]:
    """The paragraphs of a text: its lines, or its blocks of lines where it is wrapped."""
    lines: list[Range] = []
    blank: list[bool] = []      # whether a blank line precedes
    at, empty = 0, True
    for match in _BREAKS.finditer(text + "\n"):
        end = min(match.start(), len(text))
        if text[at:end].strip():
            lines.append((at, end))
            blank.append(empty)
            empty = False
        else:
            empty = True
        at = match.end()
    uneven = _goes_on(text, lines, blank)
    if not uneven and not _wrapped(text, lines, blank):
        return lines
    blocks: list[Range] = []
    for n, line in enumerate(lines):
        item = text[line[0]:line[1]].lstrip()[:1] in _BULLETS
        if blank[n] or item or not blocks or (uneven and _stands_alone(text, lines, n - 1)):
            blocks.append(line)
        else:
            blocks[-1] = (blocks[-1][0], line[1])
    return blocks


def _goes_on(text: str, lines: list[Range], blank: list[bool]) -> bool:
    """Whether many lines go on in small letters where the line before stopped short of a full stop,
    as in text taken from PDF, whatever its width."""
    inner = [n for n in range(1, len(lines)) if not blank[n]]
    small = sum(text[lines[n][0]:lines[n][1]].lstrip()[0].islower()
                and text[lines[n - 1][1] - 1] not in ".!?:;\"”…" for n in inner)
    return small >= _CARRIED_LEAST and small >= _CARRIED_SHARE * len(inner)


def _stands_alone(text: str, lines: list[Range], n: int) -> bool:
    """Whether line ``n`` of such a text ends its paragraph: shorter than those around it, with a
    capital behind it."""
    after = text[lines[n + 1][0]:lines[n + 1][1]].lstrip()
    around = [lines[k][1] - lines[k][0] for k in (n - 1, n + 1) if k >= 0]
    return after[0].isupper() and lines[n][1] - lines[n][0] < _SHORT * max(around)


def _wrapped(text: str, lines: list[Range], blank: list[bool]) -> bool:
    """Whether the lines of a text were broken at a column, as in mail and plain-text wires."""
    lengths = [end - start for start, end in lines]
    if len(lines) < 3 or max(lengths) > _WRAPPED_MOST:
        return False
    inner = [i for i in range(len(lines) - 1) if not blank[i + 1]]
    full = [i for i in inner if lengths[i] >= _WRAPPED_LEAST]
    if len(inner) < 2 or len(full) < 0.8 * len(inner):
        return False
    cut_off = sum(text[lines[i][1] - 1] not in ".!?:\"”" for i in full)
    return cut_off >= 0.6 * len(full)


def sentences(text: str, words: list[Range]) -> list[list[Range]]:
    """Cuts a paragraph's words into sentences.

    A full stop that ends both an abbreviation and its sentence becomes a word of its own, as in
    the treebanks.
    """
    found: list[list[Range]] = []
    current: list[Range] = []
    quotes = 0          # straight double quotes so far: odd means that one is open
    at = 0
    while at < len(words):
        start, end = words[at]
        current.append((start, end))
        at += 1
        if text[start] == '"':
            quotes += 1
        if text[end - 1] not in ".?!…。" and len(current) < MOST_WORDS:
            continue
        closed = _closed(text, words, at, quotes)
        if len(current) >= MOST_WORDS or closed == len(words) \
                or _ends(text, words, at - 1, closed, len(current)):
            _free_stop(text, current)
            quotes += sum(text[a] == '"' for a, _ in words[at:closed])
            found.append(current + words[at:closed])
            current, at = [], closed
        else:
            _tie_stop(text, current, words, at)
    if current:
        found.append(current)
    return found


def _free_stop(text: str, current: list[Range]) -> None:
    """Cuts the full stop off an abbreviation that ends a sentence."""
    start, end = current[-1]
    if end - start > 1 and text[end - 1] == "." and text[end - 2].isalnum():
        current[-1:] = [(start, end - 1), (end - 1, end)]


def _tie_stop(text: str, current: list[Range], words: list[Range], at: int) -> None:
    """Joins the full stop of *No. 5* to its word."""
    if len(current) > 1 and current[-1][0] == current[-2][1] and at < len(words) \
            and text[current[-1][0]:current[-1][1]] == "." \
            and text[current[-2][0]:current[-2][1]].lower() in NUMBERED \
            and text[words[at][0]].isdigit():
        current[-2:] = [(current[-2][0], current[-1][1])]


def _closed(text: str, words: list[Range], at: int, quotes: int) -> int:
    """The position after the quotes and brackets that close what ends before word ``at``."""
    while at < len(words):
        start, end = words[at]
        char, joined = text[start], start == words[at - 1][1]
        if end - start > 2 or char not in _CLOSERS:
            break
        if char in _QUOTES:
            free = at + 1 == len(words) or words[at + 1][0] > end \
                or text[words[at + 1][0]] in _CLOSERS
            if not (joined and free) and not (char == '"' and quotes % 2 and not joined and free):
                break
            quotes += char == '"'
        elif not joined and char not in "”)]":
            break
        at += 1
    return at


def _ends(text: str, words: list[Range], last: int, closed: int, length: int) -> bool:
    """Whether a sentence of ``length`` words ends with word ``last``, before word ``closed``."""
    start, end = words[last]
    form = text[start:end]
    upcoming = closed
    while upcoming < len(words) - 1 and text[words[upcoming][0]] in _OPENERS:
        upcoming += 1
    following = text[words[upcoming][0]:words[upcoming][1]]
    gap = words[closed][0] > words[closed - 1][1]
    capital = not following[0].islower()
    if following[0] in ".?!…":
        return False
    if len(form) > 1 and form[-1] == "." and form[-2].isalnum():
        return gap and _ends_abbreviation(form[:-1], following)
    if form[-1] in "?!":
        return gap and (capital or closed == last + 1)
    if form != ".":
        return gap and capital
    before = text[words[last - 1][0]:words[last - 1][1]] if last else ""
    if not gap:
        return before.isalpha() and following[0].isupper() \
            and (closed > last + 1 or len(before) > 1)
    if length == 2 and (before.isdigit() or len(before) == 1):      # 1. or a. of a list
        return False
    if before.lower() in NUMBERED and following[0].isdigit():
        return False
    return capital or closed == last + 1


def _ends_abbreviation(word: str, following: str) -> bool:
    """Whether a sentence ends with the full stop of abbreviation ``word``."""
    if word.lower() in TITLES:
        return False
    return following[0].isupper() and following.lower() in _STARTERS
