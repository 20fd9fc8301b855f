"""Records of changes: who took what from whom on which day, as history has it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from whoholds.core import InputError

_COLUMNS = ("place", "kind", "country", "holder_before", "holder_after", "date")


@dataclass(frozen=True, slots=True)
class Change:
    """One row: on ``day`` (local) the place went from one holder to another."""

    place: str
    kind: str
    country: str
    holder_before: str
    holder_after: str
    day: date
    note: str = ""

    @property
    def where(self) -> tuple[str, str, str]:
        """What makes the place: name, kind, country."""
        return self.place, self.kind, self.country


def read_record(text: str, where: str) -> tuple[Change, ...]:
    """The changes of a CSV text with a header; InputError names the line and what is wrong."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError(where, f"lacks the column {', '.join(missing)}")
    found = []
    for row in rows:
        at = f"{where}:{rows.line_num}"
        values = {name: (row[name] or "").strip() for name in _COLUMNS}
        for name in ("place", "holder_before", "holder_after"):
            if not values[name]:
                raise InputError(at, f"{name} is empty")
        try:
            day = date.fromisoformat(values["date"])
        except ValueError as error:
            what = f"date: {values['date']!r} is no day (write 2021-08-15)"
            raise InputError(at, what) from error
        found.append(Change(values["place"], values["kind"], values["country"],
                            values["holder_before"], values["holder_after"], day,
                            (row.get("note") or "").strip()))
    return tuple(found)
