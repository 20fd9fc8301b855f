"""Corrections that outlets print: *an earlier version of this report said …*

The corrected report supersedes the earlier ones from its own date. This is a function of the
reports that are known, in whatever order they were read: nothing is entered for it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from datetime import datetime

from whoholds.core import Report
from whoholds.pipeline.evidence import voice
from whoholds.reading import notice


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


def of_one_story(reports: Mapping[str, Report], copies: Mapping[str, str],
                 ids: Collection[str]) -> dict[str, Report]:
    """Of the reports those that these lead to by outlet and address, headline or text: what
    supersedes them, or whom they supersede, is among them."""
    voices = {outlet: voice(outlet) for outlet in {r.outlet for r in reports.values()}}

    def keys(i: str) -> Iterator[Hashable]:
        report = reports[i]
        outlet = voices[report.outlet]
        yield outlet, "text", copies.get(i, i)
        if report.url is not None:
            yield outlet, "url", report.url
        if report.title:
            yield outlet, "title", report.title

    by_key: dict[Hashable, list[str]] = {}
    for i in reports:
        for key in keys(i):
            by_key.setdefault(key, []).append(i)
    found = dict.fromkeys(i for i in ids if i in reports)
    new = list(found)
    while new:
        near = [other for key in keys(new.pop()) for other in by_key.pop(key, ())]
        new += [other for other in near if other not in found]
        found.update(dict.fromkeys(near))
    return {i: reports[i] for i in found}


def _same_story(old: Report, new: Report, same_text: bool) -> bool:
    return same_text or (old.url is not None and old.url == new.url) or (
        bool(old.title) and old.title == new.title)


def without_superseded(copies: Mapping[str, str], gone: Mapping[str, str]) -> dict[str, str]:
    """The links of near-copies among reports that count: a correction copies nothing."""
    return {i: of for i, of in copies.items() if i not in gone and not (
        of in gone and i in gone.values())}
