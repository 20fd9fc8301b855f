"""Literate cases: Markdown that an analyst reads, and that a scorer reads too.

A case is a heading, an outlet, a date, a quoted report, and a list of the claims expected of it::

    ## The Germans at Warsaw
    Outlet: The Eastern Courier
    Published: 1915-08-05

    > German troops occupied Warsaw on Thursday, correspondents say.

    - gain | actor: German troops | place: Warsaw | time: 1915-08-05..1915-08-05
      | sources: The Eastern Courier > correspondents | "occupied Warsaw on Thursday"

After the kind come, in any order: ``denied``, a modality, ``optional``, ``FIELD: VALUE``, and
``or FIELD: VALUE`` for readings as good; last the evidence in quotation marks. ``-`` is null; a
case without claims lists ``none``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from whoholds.core import Bound, InputError, Interval, Modality, Report

_FIELDS = ("actor", "counterpart", "place", "part", "time", "sources", "quantity", "kind",
           "modality", "polarity")
_MODALITIES = frozenset(get_args(Modality))
_BOUNDS = tuple(sorted(get_args(Bound), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Case:
    """One report with the gold claims about it, as lines of a gold file (see :func:`read_gold`)."""

    name: str
    report: Report
    gold: tuple[str, ...]


class _Wrong(ValueError):
    """What is wrong with a line."""


def read_cases(text: str, where: str) -> tuple[Case, ...]:
    """The cases of a Markdown text; InputError names file, line and what is wrong."""
    return tuple(_case(lines, where) for lines in _sections(text))


def _sections(text: str) -> Iterator[list[tuple[int, str]]]:
    section: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            if section:
                yield section
            section = []
        if section or line.startswith("## "):
            section.append((number, line.rstrip()))
    if section:
        yield section


def _case(lines: list[tuple[int, str]], where: str) -> Case:
    title = lines[0][1][3:].strip()
    facts: dict[str, str] = {}
    paragraphs: list[list[str]] = [[]]
    items: list[tuple[int, str]] = []
    for number, line in lines[1:]:
        if match := re.match(r"(Outlet|Published): (.+)", line):
            facts[match[1]] = match[2].strip()
        elif line.startswith(">"):
            if line[1:].strip():
                paragraphs[-1].append(line[1:].strip())
            else:
                paragraphs.append([])
        elif line.startswith("- "):
            items.append((number, line[2:].strip()))
        elif line.startswith("  ") and items:
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
    at = f"{where}:{lines[0][0]}"
    text = "\n".join(" ".join(p) for p in paragraphs if p)
    if not text or not items or {"Outlet", "Published"} - facts.keys():
        raise InputError(at, "a case needs an outlet, a date, a quoted report and a list of claims")
    try:
        day = date.fromisoformat(facts["Published"])
    except ValueError as error:
        raise InputError(at, f"{facts['Published']!r} is no day") from error
    report = Report(text, facts["Outlet"], Interval.of_days(day), "manifest")
    name = f"{where}#{title}"
    gold = []
    for number, item in items:
        if item != "none":
            try:
                gold.append(json.dumps({"report": name, **_claim(item, report)}))
            except _Wrong as error:
                raise InputError(f"{where}:{number}", str(error)) from error
    return Case(name, report, tuple(gold))


def _claim(item: str, report: Report) -> dict[str, Any]:
    match = re.fullmatch(r"(.*?)\s*\|\s*\"(.+)\"", item)
    if match is None:
        raise _Wrong("the evidence in quotation marks is missing")
    evidence = match[2]
    start = report.text.find(evidence)
    if start < 0:
        raise _Wrong(f"not in the report: {evidence!r}")
    kind, *parts = (p.strip() for p in match[1].split(" | "))
    row: dict[str, Any] = {
        "start": start, "end": start + len(evidence), "evidence": evidence, "kind": kind,
        "actor": None, "counterpart": None, "place": None, "part": None, "time": ["..", ".."],
        "polarity": "affirmed", "modality": "actual", "sources": [report.outlet],
        "quantity": None, "core": True, "alternatives": []}
    for part in parts:
        if part == "denied":
            row["polarity"] = "denied"
        elif part in _MODALITIES:
            row["modality"] = part
        elif part == "optional":
            row["core"] = False
        elif part.startswith("or "):
            row["alternatives"].append(_field(part[3:]))
        else:
            row |= _field(part)
    return row


def _field(part: str) -> dict[str, Any]:
    """One ``name: value``, as a gold file has it."""
    name, colon, value = (s.strip() for s in part.partition(":"))
    if not colon and name in ("denied", "affirmed"):
        return {"polarity": name}
    if not colon and name in _MODALITIES:
        return {"modality": name}
    if not colon or name not in _FIELDS:
        raise _Wrong(f"not a field: {part!r}")
    if value == "-":
        return {name: None}
    if name == "place":
        return {name: [value]}
    if name == "time":
        earliest, dots, latest = value.partition("..")
        if not dots:
            raise _Wrong(f"not EARLIEST..LATEST: {value!r}")
        return {name: [earliest.strip() or "..", latest.strip() or ".."]}
    if name == "sources":
        return {name: [s.strip() for s in value.split(" > ")]}
    return {name: _quantity(value) if name == "quantity" else value}


def _quantity(text: str) -> dict[str, Any]:
    """*2 at-least helicopter*, *18 exactly provincial-capital of 34*, *hundreds soldier*."""
    match = re.fullmatch(r"(?:([\d.,]+)\s+)?(.+?)(?:\s+of\s+([\d.,]+))?", text)
    assert match is not None
    words = match[2].replace("-", " ")
    bound = next((b for b in _BOUNDS if words == b or words.startswith(b + " ")), "exactly")
    return {"value": float(match[1].replace(",", "")) if match[1] else None, "bound": bound,
            "unit": words.removeprefix(bound).strip(),
            "of": float(match[3].replace(",", "")) if match[3] else None}
