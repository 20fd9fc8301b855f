"""Corrections that outlets print: *an earlier version of this report said …*

The corrected report supersedes the earlier ones from its own date. This is a function of the
reports that are known, in whatever order they were read: nothing is entered for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from whoholds.core import Report
from whoholds.pipeline.evidence import voice

PIECE = r"(?:report|story|article|post|piece|item|dispatch|page|text)"
CORRECTED = re.compile(
    rf"\b(?:an?|the) (?:earlier|previous|prior|original) version of (?:this|our|the) {PIECE}\b"
    rf"|\b(?:this|the) {PIECE} (?:was|has been) (?:corrected|amended)\b"
    r"|^\W*correct(?:ion|ed)(?: \([^)\n]{1,40}\))?:", re.IGNORECASE | re.MULTILINE)
WORDS = ("version of", "correct", "amended")  # one of them stands in what CORRECTED finds: faster


def says_corrected(text: str) -> bool:
    """Whether a report says of itself that it corrects an earlier version."""
    lower = text.lower()
    return any(word in lower for word in WORDS) and CORRECTED.search(text) is not None


def superseded(reports: Mapping[str, Report], copies: Mapping[str, str]) -> dict[str, str]:
    """Report id -> the id of the report that corrects it.

    A report corrects the earlier ones of its outlet at the same address, with the same headline or
    with mostly the same text (``copies``: report -> the earliest with its text). Of several the
    first correction is given; an undated report corrects nothing.
    """
    by_outlet: dict[str, list[tuple[datetime, str]]] = {}
    for i, report in reports.items():
        if report.published and report.published.latest:
            by_outlet.setdefault(voice(report.outlet), []).append((report.published.latest, i))
    found: dict[str, str] = {}
    for dated in by_outlet.values():
        dated.sort()
        for at, key in dated:
            if not says_corrected(reports[key].text):
                continue
            for earlier, old in dated:
                if earlier < at and _same_story(reports[old], reports[key],
                                                copies.get(old, old) == copies.get(key, key)):
                    found.setdefault(old, key)
    return found


def _same_story(old: Report, new: Report, same_text: bool) -> bool:
    return same_text or (old.url is not None and old.url == new.url) or (
        bool(old.title) and old.title == new.title)


def without_superseded(copies: Mapping[str, str], gone: Mapping[str, str]) -> dict[str, str]:
    """The links of near-copies among reports that count: a correction copies nothing."""
    return {i: of for i, of in copies.items() if i not in gone and not (
        of in gone and i in gone.values())}
