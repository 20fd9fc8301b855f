"""What a site asks of robots (RFC 9309): kept for a day, honoured always."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from whoholds.core import InputError
from whoholds.pipeline.connecting import Answer, Target, target_of

TOKEN = "whoholds"         # the name by which a site can address this program
KEPT_S = 86_400.0          # seconds for which rules are believed (RFC 9309, 2.4: a day)
CLOSED_S = 60.0            # seconds after which a site that could not be asked is asked again
LARGEST = 512_000          # bytes of rules that are read (RFC 9309, 2.5: at least 500 KiB)
LONGEST_DELAY_S = 60.0     # seconds between requests that a site may ask for; more is a refusal


@dataclass(frozen=True, slots=True)
class _Rules:
    """A site's rules. ``parsed`` None: it has none, or could not be asked, for the reason in
    ``closed``; then nothing may be read."""

    parsed: Any
    closed: str | None
    until: float


class Robots:
    """The rules of the sites that were asked; ``ask`` fetches a target, following its redirects."""

    def __init__(self, ask: Callable[[Target], Answer], clock: Callable[[], float]) -> None:
        self._ask, self._clock = ask, clock
        self._rules: dict[str, _Rules] = {}

    def check(self, target: Target) -> float:
        """Seconds that the site wants between requests (0 where it says nothing); InputError where
        it wants no robot at this address, or where nobody can tell what it wants."""
        rules = self._rules.get(target.origin)
        if rules is None or rules.until <= self._clock():
            rules = self._rules[target.origin] = self._fetched(target)
        if rules.closed:
            raise InputError(target.url, rules.closed)
        if rules.parsed is None:
            return 0.0
        if not rules.parsed.can_fetch(target.origin + target.path, TOKEN):
            raise InputError(target.url, "its site asks robots not to read it (robots.txt)")
        delay = float(rules.parsed.crawl_delay(TOKEN) or 0.0)
        if delay > LONGEST_DELAY_S:
            raise InputError(target.url, f"its site wants {delay:g} s between requests (robots.txt)"
                             "; that is a refusal")
        return max(0.0, delay)

    def _fetched(self, target: Target) -> _Rules:
        """Rules as RFC 9309, 2.3.1 has it: a missing file allows all, a failing server nothing."""
        from protego import Protego

        until = self._clock() + KEPT_S
        try:
            answer = self._ask(target_of(target.origin + "/robots.txt"))
        except InputError as error:
            return _Rules(None, error.what, self._clock() + CLOSED_S)
        if 200 <= answer.status < 300:
            text = answer.data[:LARGEST].decode("utf8", "replace")
            try:
                return _Rules(Protego.parse(text), None, until)
            except Exception:  # rules that no parser can read are no rules
                return _Rules(None, None, until)
        if answer.status >= 500 or answer.status == 429:
            return _Rules(None, "its site cannot say what robots may read (robots.txt: "
                          f"{answer.status})", self._clock() + CLOSED_S)
        return _Rules(None, None, until)
