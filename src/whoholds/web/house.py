"""What a running server shares among its requests: the ledger's answers, its news, its options."""

from __future__ import annotations

from whoholds.pipeline import Workbench
from whoholds.web.access import Caller
from whoholds.web.answers import Answers
from whoholds.web.options import Options


class House:
    """One open ledger and everything that requests share."""

    def __init__(self, desk: Workbench, options: Options) -> None:
        self.desk = desk
        self.options = options
        self._open = Answers(desk)

    def caller(self, token: str | None) -> Caller:
        """Whoever asks with this token."""
        return Caller(self._open, self.options)

    def warm(self) -> None:
        """Computes what the first page needs, so that nobody waits for it."""
        self._open.names()
        self._open.courses(None, None)
