"""What a watch remembers of its sources between polls and restarts: a JSON file, written whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from whoholds.core import UsageError, canonical_json, instant_text, parse_instant
from whoholds.pipeline.fetching import Tag

FORMAT = "whoholds watch 1"
KEPT = 21            # moments of a source's news that are remembered: twenty gaps
LEAST_GAPS = 5       # below, nobody can say what a source's rhythm is
QUIET = 2.0          # times its longest gap: then a source has gone silent. Were news to come by
                     # chance alone, the longest of 20 gaps is about 3.6 mean ones, and one gap in
                     # 1,300 is twice that
LEAST_QUIET = timedelta(hours=1)
SPREAD = 0.1         # share by which a wait is longer or shorter, so that sources do not come in
                     # step; drawn from the source's name, not from chance
MOST_DOUBLINGS = 20  # of a wait; it reaches its limit long before
KEPT_LINKS = 1000    # of a feed's entries; feeds hold some ten to two hundred
NO_TAG = Tag()
LARGEST = 50_000_000  # bytes of a state file


@dataclass(frozen=True, slots=True)
class Watched:
    """One source, as it stood after its last poll.

    ``heard``: when its latest news were published, in order. ``links``: addresses of the feed's
    entries that were followed. ``files``: of a folder, each file with its size and time.
    ``told``: hashes of the refusals of the last poll.
    """

    tag: Tag = NO_TAG
    digest: str = ""
    failures: int = 0
    polls: int = 0
    next_at: datetime | None = None
    heard: tuple[datetime, ...] = ()
    silent: bool = False
    links: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()

    def with_news(self, moments: set[datetime]) -> Watched:
        """After news of these moments."""
        if not moments:
            return self
        return replace(self, heard=tuple(sorted({*self.heard, *moments}))[-KEPT:])

    def quiet_after(self) -> timedelta | None:
        """How long after its last news the source counts as silent; None where it has no rhythm."""
        gaps = [b - a for a, b in zip(self.heard, self.heard[1:], strict=False)]
        return max(LEAST_QUIET, QUIET * max(gaps)) if len(gaps) >= LEAST_GAPS else None

    def to_json(self) -> dict[str, Any]:
        return {"etag": self.tag.etag, "modified": self.tag.modified, "digest": self.digest,
                "failures": self.failures, "polls": self.polls,
                "next_at": instant_text(self.next_at), "silent": self.silent,
                "heard": [instant_text(m) for m in self.heard], "links": list(self.links),
                "files": dict(self.files), "told": sorted(self.told)}

    @classmethod
    def from_json(cls, v: Mapping[str, Any]) -> Watched:
        return cls(
            Tag(v["etag"], v["modified"]), str(v["digest"]), int(v["failures"]), int(v["polls"]),
            parse_instant(v["next_at"]) if v["next_at"] else None,
            tuple(parse_instant(m) for m in v["heard"]), bool(v["silent"]),
            tuple(map(str, v["links"])), {str(k): str(t) for k, t in v["files"].items()},
            frozenset(v["told"]))


@dataclass(frozen=True, slots=True)
class State:
    """All of it: sources by name, and the holder last told of each place that is watched.

    ``chosen``: what was last told of each side and number that is watched; ``outbox``: alerts that
    are not delivered yet.
    """

    sources: Mapping[str, Watched] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    outbox: Sequence[Mapping[str, Any]] = ()


def wait_of(name: str, every_s: float, failures: int, longest_s: float, number: int) -> float:
    """Seconds until a source's next poll: ``every_s``, doubled for each failure in a row up to
    ``longest_s``, and spread by up to SPREAD."""
    wait = min(every_s * 2.0 ** min(failures, MOST_DOUBLINGS), max(longest_s, every_s))
    draw = int.from_bytes(hashlib.sha256(f"{name}\0{number}".encode()).digest()[:8], "big") / 2**64
    return wait * (1 - SPREAD + 2 * SPREAD * draw)


def load(path: Path) -> State:
    """The state in a file; an empty one where there is no file. UsageError where it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            raise ValueError(value["format"])
        return State({str(k): Watched.from_json(v) for k, v in value["sources"].items()},
                     {str(k): str(v) for k, v in value["places"].items()},
                     {str(k): {str(i): str(line) for i, line in v.items()}
                      for k, v in value.get("chosen", {}).items()},
                     tuple(dict(letter) for letter in value.get("outbox", ())))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path}: not the state of a watch; move it away to begin anew") from error


def save(path: Path, state: State) -> None:
    """Writes the state: the whole of it, or nothing. UsageError where it cannot be written."""
    text = canonical_json({"format": FORMAT, "places": dict(state.places), "chosen": {
        k: dict(v) for k, v in state.chosen.items()}, "outbox": list(state.outbox), "sources": {
        name: watched.to_json() for name, watched in state.sources.items()}})
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("w", encoding="utf8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
