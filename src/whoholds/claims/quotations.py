"""Finds what stands between quotation marks, with marks that are missing, straight or curly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whoholds.core import Span

PAIRS = {"“": "”", "«": "»", "„": "“", "‘": "’"}
STRAIGHT = '"'
_MARK = re.compile(f"[{''.join((*PAIRS, *PAIRS.values(), STRAIGHT))}'`]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted text without its marks. ``closed`` is False where the paragraph ends first;
    ``resumes`` where it carries on the quotation of the paragraph before."""

    span: Span
    closed: bool
    resumes: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, in order, paragraph by paragraph (a line break ends one).

    A quotation whose closing mark is missing ends with its paragraph; where the next paragraph
    opens
    with a mark again, it resumes it (the newspapers' way with long quotations). Single quotation
    marks count only where a letter does not touch them on the far side, as apostrophes do.
    """
    found: list[Quotation] = []
    start = 0
    for line in text.splitlines(keepends=True):
        resumes = bool(found) and not found[-1].closed
        found.extend(_in_paragraph(text, start, start + len(line.rstrip()), resumes))
        start += len(line)
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int, may_resume: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    closer = ""
    first = True
    for match in _MARK.finditer(text, start, end):
        i, mark = match.start(), match.group()
        if mark in "'`" and text[i:i + 2] in ("''", "``"):            # typewriters' double marks
            if opened is None:
                opened, closer = i + 2, "''"
            elif closer == "''" and i > opened:
                found.append(Quotation(Span(opened, i), True, first and may_resume))
                first, opened = False, None
            continue
        if opened is None:
            if mark in PAIRS and (mark != "‘" or _opens_single(text, i)):
                opened, closer = i + 1, PAIRS[mark]
            elif mark == STRAIGHT or (mark == "”" and _at_word_start(text, i, start)):
                opened, closer = i + 1, mark
        elif _closes(mark, closer) and (mark != "’" or _closes_single(text, i)):
            if i > opened:
                found.append(Quotation(Span(opened, i), True, first and may_resume))
            first, opened = False, None
    if opened is not None and opened < end and closer != "’":
        found.append(Quotation(Span(opened, end), False, first and may_resume))
    return found


def _closes(mark: str, closer: str) -> bool:
    return mark == closer or (closer == "”" and mark == STRAIGHT)


def _at_word_start(text: str, i: int, start: int) -> bool:
    return (i == start or text[i - 1].isspace()) and i + 1 < len(text) and text[i + 1].isalnum()


def _opens_single(text: str, i: int) -> bool:
    return i == 0 or not text[i - 1].isalnum()


def _closes_single(text: str, i: int) -> bool:
    return i + 1 >= len(text) or not text[i + 1].isalnum()
