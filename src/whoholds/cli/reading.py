"""Reading with progress, and what to say afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whoholds.cli.output import Bar, complain, show
from whoholds.core import UsageError
from whoholds.pipeline import Intake, Outcome, Workbench
from whoholds.views import safe


def read_all(desk: Workbench, shown: Bar, paths: Sequence[str], manifest: str | None,
             outlet: str | None, published: str | None,
             fields: Mapping[str, str] | None = None, follow: bool = False) -> Outcome:
    """Reads everything, showing a count on a terminal."""
    intakes: list[Intake] = []
    for intake in desk.told(desk.read_each(paths, manifest=manifest, outlet=outlet,
                                           published=published, fields=fields, follow=follow)):
        intakes.append(intake)
        shown.count(len(intakes), f"read: {safe(intake.where)[-40:]}")
    shown.clear()
    return Outcome(tuple(intakes))


FIELDS = ("text", "published", "outlet", "url", "title", "language")


def field_map(given: Sequence[str]) -> dict[str, str]:
    """What ``--field NAME=KEY`` says; UsageError where it says nothing."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, key = (part.strip() for part in text.partition("="))
        if not equals or not key or name not in FIELDS:
            raise UsageError(f"--field wants NAME=KEY, not {text!r}; the names are "
                             f"{', '.join(FIELDS)}")
        found[name] = key
    return found


ALIKE = 3  # files with the same note that are named one by one; more get one line together


def summary(outcome: Outcome, ledger: str) -> None:
    """A line for each thing refused or worth a note, then what was read."""
    noted: dict[str, list[str]] = {}
    for intake in outcome.intakes:
        if intake.problem is not None:
            complain(f"{intake.where}: {intake.problem}")
        for note in intake.notes:
            noted.setdefault(note, []).append(intake.where)
    for note, files in noted.items():
        if len(files) > ALIKE:
            complain(f"{files[0]} and {len(files) - 1} more: {note}")
        else:
            for where in files:
                complain(f"{where}: {note}")
    fresh = [i for i in outcome.read if i.new_report]
    claims = sum(i.claims for i in outcome.read)
    new_claims = sum(i.new_claims for i in outcome.read)
    show(f"{_count(len(outcome.read), 'report')} read into {ledger} ({len(fresh)} new), "
         f"{_count(claims, 'claim')} ({new_claims} new)"
         + (f"; {len(outcome.refused)} refused" if outcome.refused else ""))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
