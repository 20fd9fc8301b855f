"""Who reviews: names, what each may do, and the tokens that prove it.

A token is shown once and kept as a salted scrypt hash (RFC 7914), in an entry like any other.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from whoholds.core import Json, UsageError
from whoholds.ledger import Entry

COST = {"n": 1 << 14, "r": 8, "p": 1}  # RFC 7914's interactive parameters: 16 MiB, some 50 ms
SECRET = 24                            # bytes, 32 letters: no guess in a lifetime
TOKEN = re.compile(r"whoholds-([0-9a-f]{16})-([\w-]{32})")
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody whose word counts here. ``sees``: the names of protected sources. ``manages``:
    reviewers, and which sources are protected. ``entry_id`` is what makes them one."""

    name: str
    sees: bool
    manages: bool
    entry_id: str


def reviewers(entries: Iterable[Entry]) -> tuple[Reviewer, ...]:
    """The reviewers whom the standing ``entries`` name, by name."""
    found = (_reviewer(e) for e in entries if e.kind == "reviewer")
    return tuple(sorted(found, key=lambda r: (r.name, r.entry_id)))


def _reviewer(entry: Entry) -> Reviewer:
    return Reviewer(entry.target, bool(entry.body["sees"]), bool(entry.body["manages"]), entry.id)


def make_token(draw: Callable[[int], bytes]) -> tuple[str, dict[str, Json]]:
    """A new token, and what to keep of it. ``draw`` gives so many random bytes."""
    key, salt = draw(8).hex(), draw(16)
    secret = urlsafe_b64encode(draw(SECRET)).decode()
    return f"whoholds-{key}-{secret}", {
        "key": key, "salt": salt.hex(), "hash": _hash(secret, salt, COST), **COST}


def _hash(secret: str, salt: bytes, cost: dict[str, int]) -> str:
    return hashlib.scrypt(secret.encode(), salt=salt, maxmem=256 << 20, dklen=32, n=cost["n"],
                          r=cost["r"], p=cost["p"]).hex()


def reviewer_with(token: str, entries: Iterable[Entry]) -> Reviewer:
    """The reviewer whose token it is; UsageError, which never repeats it, where it is nobody's."""
    form = TOKEN.fullmatch(token.strip())
    for entry in entries if form else ():
        body = cast(dict[str, Any], entry.body)
        if entry.kind == "reviewer" and form is not None and body["key"] == form[1]:
            cost = {name: int(body[name]) for name in COST}
            if cost == COST and hmac.compare_digest(
                    _hash(form[2], bytes.fromhex(body["salt"]), cost), str(body["hash"])):
                return _reviewer(entry)
    raise UsageError("no reviewer of this ledger has this token")


def checked_name(name: str) -> str:
    """A reviewer's name, fit to be shown in one line; UsageError where it is none."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"a reviewer's name has 1 to {LONGEST_NAME} characters")
    return name
