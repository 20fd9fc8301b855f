"""Corrections that outlets print: *an earlier version of this report said …*

The corrected report supersedes the earlier ones from its own date. This is a function of the
reports that are known, in whatever order they were read: nothing is entered for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from whoholds.core import Report
from whoholds.ledger import Likeness
from whoholds.pipeline.evidence import voice
from whoholds.reading import Families, notice


def superseded(reports: Mapping[str, Report], copies: Mapping[str, str]) -> dict[str, str]:
    """Report id -> the id of the report that corrects it; of a report that says that it is
    withdrawn, its own.

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
            found_notice = notice(reports[key].text)
            if found_notice is None:
                continue
            if found_notice.kind == "withdrawal":
                found[key] = key
            for earlier, old in dated:
                if earlier < at and _same_story(reports[old], reports[key],
                                                copies.get(old, old) == copies.get(key, key)):
                    found.setdefault(old, key)
    return found


def of_one_story(near: Likeness, families: Families, numbers: Collection[int]) -> frozenset[int]:
    """The reports that these lead to by outlet and address, headline or text: what supersedes
    them, or whom they supersede, is among them. Reports go by their numbers in the ledger;
    ``families`` learns of those that are found."""
    found: dict[int, str] = {}          # report -> the voice of its outlet
    leads: set[tuple[str, str, str]] = set()
    new = set(numbers)
    while new:
        families.add(new)
        members = families.members(new)
        outlines = near.outlines(members | new)
        for number in new:
            found[number] = voice(outlines[number].outlet)
        voices = {found[number] for number in new}
        alike = {n for n in members if voice(outlines[n].outlet) in voices}
        fresh = {(what, text, voice(one.outlet)) for one in map(outlines.__getitem__, new)
                 for what, text in (("url", one.url), ("title", one.title)) if text} - leads
        leads |= fresh
        called = {n for what in ("url", "title") for n in near.named(
            what, {text for kind, text, _ in fresh if kind == what})}
        told = near.outlines(called - found.keys())
        alike |= {n for n, one in told.items() if not fresh.isdisjoint(
            ((what, text, voice(one.outlet)) for what, text in (
                ("url", one.url or ""), ("title", one.title or ""))))}
        new = alike - found.keys()
    return frozenset(found)


def _same_story(old: Report, new: Report, same_text: bool) -> bool:
    return same_text or (old.url is not None and old.url == new.url) or (
        bool(old.title) and old.title == new.title)


def without_superseded(copies: Mapping[str, str], gone: Mapping[str, str]) -> dict[str, str]:
    """The links of near-copies among reports that count: a correction copies nothing."""
    return {i: of for i, of in copies.items() if i not in gone and not (
        of in gone and i in gone.values())}
