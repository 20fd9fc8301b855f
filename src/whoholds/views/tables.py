"""Rows as CSV or TSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from whoholds.core import Json

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def cell(value: Json) -> str:
    """A value as a cell: "" for None, yes and no for truth; text that a spreadsheet would run as a
    formula gets an apostrophe before it, which a number never is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        runs = value.startswith(_FORMULA) and not _NUMBER.fullmatch(value)
        return f"'{value}" if runs else value
    return str(value)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Json]],
             second: Sequence[str] = ()) -> str:
    """A table in CSV (RFC 4180); ``second`` is a row under the header (HXL tags). A column that a
    row lacks is empty; KeyError names one that the table lacks."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    if second:
        writer.writerow(second)
    known = frozenset(columns)
    for row in rows:
        if unknown := row.keys() - known:
            raise KeyError(sorted(unknown)[0])
        writer.writerow([cell(row.get(column)) for column in columns])
    return out.getvalue()


def tsv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Json]]) -> str:
    """A table with tabs between its cells; tabs and line ends inside them become spaces."""
    lines = ["\t".join(columns)]
    for row in rows:
        lines.append("\t".join(" ".join(cell(row.get(column)).split()) for column in columns))
    return "\n".join(lines) + "\n"
