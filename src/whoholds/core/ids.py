"""Content-addressed ids: SHA-256 of canonical JSON.

Two things that say the same have the same id, on any machine and in any order of reading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False,
                            allow_nan=False, check_circular=False)


def canonical_json(value: Json) -> str:
    """The one JSON text of ``value``: sorted keys, no blanks, UTF-8, finite numbers only."""
    return _ENCODER.encode(value)


def content_id(kind: str, value: Json) -> str:
    """The id of ``value`` as a ``kind`` of thing: 64 hexadecimal digits."""
    return id_of_json(kind, canonical_json(value))


def id_of_json(kind: str, text: str) -> str:
    """As :func:`content_id`, of a value whose canonical JSON is there already."""
    return hashlib.sha256(f"[{canonical_json(kind)},{text}]".encode()).hexdigest()
