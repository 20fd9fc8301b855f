"""whoholds: who holds what, since when, and who says so.

In Python: ``whoholds.open("kabul.db")`` gives a :class:`whoholds.pipeline.book.Book`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whoholds.pipeline.book import Book

__version__ = "0.1.0"


def open(path: str | Path = "whoholds.db", *, token: str | None = None,  # noqa: A001
         **settings: str) -> Book:
    """Opens a ledger, or makes it: a file for SQLite, an address for PostgreSQL.

    ``token`` is a reviewer's, needed to see protected names. Further settings have the names that
    ``whoholds settings`` lists, with ``_`` for the dot: ``belief_since="0.8"``. Raises LedgerError
    where the file cannot be a ledger, UsageError for a setting that there is not.
    """
    from whoholds.pipeline.book import Book
    from whoholds.pipeline.workbench import open_ledger
    from whoholds.settings import settings_from
    named = {name.replace("_", ".", 1): value for name, value in settings.items()}
    return Book(open_ledger(path, settings=settings_from(named, {}), token=token))
