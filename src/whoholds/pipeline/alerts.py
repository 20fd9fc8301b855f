"""Alerts: a change of what somebody chose to watch, told by webhook or mail, once each.

A change goes into the outbox in the same write that remembers what was told, and out of it when it
was delivered: a watch that is killed in between delivers it when it begins again. One killed
between delivery and that write delivers twice, with the same id (``Idempotency-Key``,
``Message-ID``), by which the receiver knows it.
"""

from __future__ import annotations

import json
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from typing import Any, Literal

from whoholds import __version__
from whoholds.core import InputError, UsageError, content_id, instant_text, parse_instant
from whoholds.pipeline.connecting import Limits, Reach, request, system_context, target_of
from whoholds.pipeline.fetching import networks
from whoholds.pipeline.watchlist import wait_of
from whoholds.settings import Settings

What = Literal["place", "side", "number"]
Send = Callable[["Alert"], None]
MAILTO = "mailto:"
MOST_WAITING = 1000     # letters that are kept for receivers that do not answer; the oldest go
RETRY_S, LONGEST_S = 60.0, 86_400.0
ANSWER = 100_000        # bytes of a webhook's answer that are read
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
SECURITIES = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True)
class Alert:
    """One change: of a place, side or number, as a line, with the line before it. ``delay_s``:
    seconds from the publication of what changed it, None where only its day is known."""

    what: What
    subject: str
    text: str
    before: str | None
    at: datetime
    delay_s: float | None = None

    @property
    def id(self) -> str:
        """The same for the same change, however often it is delivered."""
        return content_id("alert", {**self.to_json(), "delay_s": None})

    def to_json(self) -> dict[str, Any]:
        return {"what": self.what, "subject": self.subject, "text": self.text,
                "before": self.before, "at": instant_text(self.at), "delay_s": self.delay_s}

    @classmethod
    def from_json(cls, v: Mapping[str, Any]) -> Alert:
        return cls(v["what"], v["subject"], v["text"], v["before"], parse_instant(v["at"]),
                   v["delay_s"])


@dataclass(frozen=True, slots=True)
class Letter:
    """An alert on its way to one receiver, who is known by a hash of his address."""

    alert: Alert
    to: str
    attempts: int = 0
    next_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        return {"alert": self.alert.to_json(), "to": self.to, "attempts": self.attempts,
                "next_at": instant_text(self.next_at)}

    @classmethod
    def from_json(cls, v: Mapping[str, Any]) -> Letter:
        return cls(Alert.from_json(v["alert"]), v["to"], v["attempts"],
                   parse_instant(v["next_at"]) if v["next_at"] else None)

    def later(self, now: datetime) -> Letter:
        """After an attempt in vain."""
        wait = wait_of(self.to, RETRY_S, self.attempts, LONGEST_S, self.attempts)
        return replace(self, attempts=self.attempts + 1, next_at=now + timedelta(seconds=wait))


class Receivers:
    """Who is told: by hash of the address, its name fit to be shown, and what sends."""

    def __init__(self, senders: Mapping[str, Send]) -> None:
        self._senders = {key_of(target): (target, send) for target, send in senders.items()}

    def letters(self, alert: Alert) -> list[Letter]:
        return [Letter(alert, key) for key in self._senders]

    def knows(self, letter: Letter) -> bool:
        return letter.to in self._senders

    def name(self, letter: Letter) -> str:
        """The receiver without what may be secret in an address: its path."""
        target = self._senders[letter.to][0]
        return target if target.startswith(MAILTO) else target_of(target).origin

    def send(self, letter: Letter) -> None:
        """Delivers; InputError says in one line why not."""
        self._senders[letter.to][1](letter.alert)


def key_of(target: str) -> str:
    return sha256(target.encode()).hexdigest()[:16]


def receivers_from(targets: Sequence[str], settings: Settings,
                   password: str | None = None) -> Receivers:
    """Who the addresses name: ``https://…`` and ``http://…`` get a POST of JSON, ``mailto:…`` a
    mail. UsageError where one is neither, or mail has no server. ``password``: the mail server's;
    it is no setting, for settings are kept in the ledger."""
    found: dict[str, Send] = {}
    for target in targets:
        if target.lower().startswith(MAILTO):
            found[target] = mailer(target[len(MAILTO):], settings, password)
            continue
        try:
            target_of(target)
        except InputError as error:
            raise UsageError(f"--alert-to {target[:100]}: {error.what}; or mailto:SOMEBODY@HOST"
                             ) from error
        found[target] = webhook(target, Limits(ANSWER, float(settings["fetch.seconds"])), Reach(
            allowed=networks(str(settings["alert.allow"]), "alert.allow")))
    return Receivers(found)


def webhook(url: str, limits: Limits, reach: Reach) -> Send:
    """Posts alerts to an address on the web; like every address, only to public ones unless
    ``reach`` allows others. Redirects are not followed: a receiver has one address."""
    def send(alert: Alert) -> None:
        body = json.dumps({"id": alert.id, **alert.to_json()}, ensure_ascii=False).encode()
        answer = request(target_of(url), {
            "User-Agent": f"whoholds/{__version__}", "Content-Type": "application/json",
            "Accept": "*/*", "Connection": "close", "Idempotency-Key": alert.id,
            "Content-Length": str(len(body))}, limits, reach, body)
        if not 200 <= answer.status < 300:
            raise InputError(target_of(url).origin, f"answered {answer.status}")
    return send


def mailer(address: str, settings: Settings, password: str | None) -> Send:
    """Sends alerts to a mail address by the server that the settings name."""
    server, security = str(settings["alert.smtp"]), str(settings["alert.smtp_security"])
    host, _, port = server.partition(":")
    if not _ADDRESS.fullmatch(address):
        raise UsageError(f"--alert-to {MAILTO}{address[:100]}: not a mail address")
    if not host or (port and not port.isdecimal()):
        raise UsageError("alerts by mail want a server: --set alert.smtp=HOST:PORT")
    if security not in SECURITIES:
        raise UsageError(f"setting alert.smtp_security: none of {', '.join(SECURITIES)}")
    sender, user = str(settings["alert.from"]) or address, str(settings["alert.smtp_user"])
    wait = float(settings["fetch.seconds"])

    def send(alert: Alert) -> None:
        at = int(port or (465 if security == "tls" else 587))
        try:
            with smtplib.SMTP_SSL(host, at, timeout=wait, context=system_context()) \
                    if security == "tls" else smtplib.SMTP(host, at, timeout=wait) as connection:
                if security == "starttls":
                    connection.starttls(context=system_context())
                if user:
                    connection.login(user, password or "")
                connection.send_message(letter_of(alert, sender, address))
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            raise InputError(host, f"did not take the mail: {' '.join(str(error).split())[:160]}"
                             ) from None
    return send


def letter_of(alert: Alert, sender: str, address: str) -> EmailMessage:
    """An alert as a mail."""
    message = EmailMessage()
    line = " ".join(alert.text.split())
    message["Subject"], message["From"], message["To"] = f"whoholds: {line}"[:200], sender, address
    message["Date"], message["Message-ID"] = alert.at, f"<{alert.id}@whoholds>"
    before = f"\nBefore: {alert.before}" if alert.before else ""
    message.set_content(f"{alert.text}{before}\nAt: {instant_text(alert.at)}\n")
    return message


def side_changes(side: str, before: Mapping[str, str],
                 now: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """What a side came to hold and ceased to, as lines with what was so before."""
    return [(f"{side}: now holds {now[i]}", None) for i in sorted(now.keys() - before.keys())] + [
        (f"{side}: no longer holds {before[i]}", f"{side} held {before[i]}")
        for i in sorted(before.keys() - now.keys())]


def number_changes(before: Mapping[str, str],
                   now: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """The numbers that are new or others than before, as lines."""
    return [(line, before.get(key)) for key, line in sorted(now.items())
            if before.get(key) != line]
