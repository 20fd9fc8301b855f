"""The exceptions of whoholds, in one tree.

WhoholdsError
├── InputError        a file or feed that cannot be read: what and where
├── UsageError        a request that makes no sense: an unknown place, a date that is none
├── DataError         codebook, pack, gazetteer or model that is broken: file, line, what
└── LedgerError       the store cannot be opened, is damaged, or is not ours
"""

from __future__ import annotations


class WhoholdsError(Exception):
    """Base of all errors that whoholds raises on purpose; its text is fit to be shown."""


class InputError(WhoholdsError):
    """A file or feed that cannot be read."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


class UsageError(WhoholdsError):
    """A request that makes no sense as it stands."""


class DataError(WhoholdsError):
    """A codebook, pack, gazetteer or model file that is broken."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


class LedgerError(WhoholdsError):
    """The ledger cannot be opened, is damaged, or was not made by whoholds."""
