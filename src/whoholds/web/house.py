"""What a running server shares among its requests: the ledger's answers, its news, its options."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from whoholds.core import UsageError
from whoholds.pipeline import Workbench
from whoholds.web.access import Caller
from whoholds.web.answers import Answers
from whoholds.web.framing import frames_json
from whoholds.web.inbox import Inbox
from whoholds.web.news import News
from whoholds.web.options import Options

MOST_SIGNED = 32  # tokens whose check is remembered; each check costs some 50 ms


class House:
    """One open ledger and everything that requests share."""

    def __init__(self, desk: Workbench, options: Options) -> None:
        self.desk = desk
        self.options = options
        self.news = News()
        self.inbox = Inbox(self.news, options.most_waiting)
        self._open = Answers(desk)
        self._signed: OrderedDict[bytes, tuple[str, Caller]] = OrderedDict()
        self._lock = Lock()

    def caller(self, token: str | None) -> Caller:
        """Whoever asks with this token; UsageError where it is nobody's.

        Who may see protected sources has answers of their own, where any source is protected.
        """
        if token is None:
            return Caller(self._open, self.options)
        key, version = hashlib.sha256(token.encode()).digest(), self.state()
        with self._lock:
            known = self._signed.get(key)
        if known is not None and known[0] == version:
            return known[1]
        caller = self._checked(token, known[1] if known else None)
        with self._lock:
            self._signed[key] = (version, caller)
            self._signed.move_to_end(key)
            while len(self._signed) > MOST_SIGNED:
                self._signed.popitem(last=False)
        return caller

    def _checked(self, token: str, before: Caller | None) -> Caller:
        desk = self.desk.signed(token)
        reviewer = desk.reviewer
        if reviewer is None:
            raise UsageError("no reviewer of this ledger has this token")
        protected = any(e.entry.kind == "protect" for e in desk.entries())
        if not (protected and reviewer.sees):
            answers = self._open
        elif before is not None and before.answers is not self._open:
            answers = before.answers
        else:
            answers = Answers(desk)
        return Caller(answers, self.options, reviewer.name, desk)

    def warm(self) -> None:
        """Computes what the first page needs, so that nobody waits for it."""
        frames_json(self._open, None, None)
        self._open.names()

    def state(self) -> str:
        """The state of the ledger."""
        return self._open.version()
