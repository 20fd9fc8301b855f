"""Near-copies: reports that print, in whole or for the greater part, what another printed before.

Whole texts are compared by MinHash (Broder 1997, "On the resemblance and containment of
documents") over shingles of five words, with locality-sensitive hashing to find the pairs;
rewritten agency copy by the sentences it keeps. Both live in a *fingerprint* of some hundred bytes
(:mod:`whoholds.core.fingerprints`), so that texts need not be read again. The links are a function
of the set of reports, not of their order; :mod:`whoholds.reading.families` finds the same links of
a few reports by an index.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from whoholds.core import Interval, Report
from whoholds.core.fingerprints import (
    BITS,
    HASHES,
    ROWS,
    VERSION,
    WIDTH,
    is_fingerprint,
)
from whoholds.core.fingerprints import MULTIPLIERS as OF_BANDS

SHINGLE = 5           # words; shorter ones meet by chance, longer ones break at every edited word
SIMILAR = 0.25        # Jaccard share of shingles: two fifths of each text. Of 172,578 pairs of
                      # local news (LGL) 2 reach it, both copies; of 65,341 pairs of releases that
                      # one office cut from a template (ISAF) 10; edited agency copy has 0.27 up
KEPT = 0.5            # share of the later report's sentences that stand in the earlier one
LEAST_KEPT = 3        # sentences: fewer may be a quotation that both were sent
SENTENCE = 6          # words from which on a sentence is unlikely to be written twice
COMPARED = 30         # earliest reports with one sentence or band (and those of the same second as
                      # the last of them) that later ones are compared with: a line under every
                      # article must not make pairs of them all
PRIME = np.uint64((1 << 31) - 1)  # Mersenne: products of two residues fit 64 bits
CHUNK = 1 << 15       # pairs compared at once: 16 million minima, some ten megabytes

WORD = re.compile(r"\w+")
BREAK = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")
Pairs = NDArray[np.int64]         # earlier and later position, in rows


class Copy(NamedTuple):
    """``of`` is the earliest report with this text; ``similarity`` between 0 and 1 (estimate)."""

    of: str
    similarity: float


def _coefficients() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Fixed multipliers and offsets of the hash family: part of the fingerprint's layout."""
    stream = hashlib.shake_256(b"whoholds minhash 1").digest(16 * HASHES)
    drawn = np.frombuffer(stream, "<u8").reshape(2, HASHES)
    return drawn[0] % (PRIME - np.uint64(1)) + np.uint64(1), drawn[1] % PRIME


MULTIPLIERS, OFFSETS = _coefficients()


def fingerprint(text: str) -> bytes:
    """What :func:`copies_among` needs of a text: its MinHash and a hash of each longer sentence."""
    words = WORD.findall(text.casefold())
    runs = zip(*(words[i:] for i in range(SHINGLE)), strict=False)
    shingles = set(map(" ".join, runs)) or {" ".join(words)}
    digests = b"".join([_digest(s) for s in shingles])      # in any order: minima are taken
    values = np.frombuffer(digests, "<u8") % PRIME
    minima = np.full(HASHES, PRIME, np.uint64)
    for start in range(0, len(values), 4096):  # bounds memory on the longest texts
        block = values[start:start + 4096, None] * MULTIPLIERS + OFFSETS
        minima = np.minimum(minima, (block % PRIME).min(axis=0))
    sentences = np.array(sorted(_sentences(text)), "<u8")
    return VERSION + minima.astype("<u4").tobytes() + sentences.tobytes()


def _sentences(text: str) -> Iterator[int]:
    """Hashes of the text's distinct longer sentences."""
    found = (" ".join(WORD.findall(part)) for part in BREAK.split(text.casefold()))
    yield from {_hash64(s) for s in found if s.count(" ") >= SENTENCE - 1}


def _hash64(text: str) -> int:
    return int.from_bytes(_digest(text), "little")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf8", "replace"), digest_size=8).digest()


def near_copies(reports: Iterable[Report]) -> dict[str, Copy]:
    """The near-copies among ``reports``: report id -> the earliest report that it copies."""
    return copies_among({r.id: (r.published, fingerprint(r.text)) for r in reports})


def copies_among(prints: Mapping[str, tuple[Interval | None, bytes]]) -> dict[str, Copy]:
    """The near-copies among reports known by publication and fingerprint, by report id.

    A report copies an earlier one where they share a band and SIMILAR of their shingles, or where
    it keeps KEPT of its sentences from it; bands and sentences count where the earlier one is among
    the COMPARED first that have them. Copies of copies are one family; each is linked to the
    family's earliest by (publication, id), undated ones last. The earliest itself has no link.
    """
    ids = sorted(prints, key=lambda i: (moment(prints[i][0]), i))
    marks = [prints[i][1] for i in ids]
    if not all(map(is_fingerprint, marks)):
        raise ValueError("a fingerprint of another version")
    if not ids:
        return {}
    times = np.array([_seconds(prints[i][0]) for i in ids], np.float64)
    minima = np.frombuffer(b"".join(mark[1:WIDTH] for mark in marks), "<u4").reshape(-1, HASHES)
    sentences = [np.unique(np.frombuffer(mark[WIDTH:], "<u8") >> np.uint64(64 - BITS))
                 for mark in marks]
    leader = list(range(len(ids)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for pairs in (_alike(minima, times), _kept(sentences, times)):
        for a, b in pairs.tolist():
            first, second = sorted((find(a), find(b)))
            leader[second] = first
    return {ids[i]: Copy(ids[find(i)], _similarity(i, find(i), minima, sentences))
            for i in range(len(ids)) if find(i) != i}


def moment(published: Interval | None) -> tuple[bool, datetime, datetime]:
    """The sort key of a publication: when it was known, then when it may have begun."""
    latest = published.latest if published else None
    first = datetime.min.replace(tzinfo=UTC)
    earliest = published.earliest if published else None
    return latest is None, latest or first, earliest or first


def _seconds(published: Interval | None) -> float:
    """Whole seconds of the moment from which a report is known; undated ones are last."""
    latest = published.latest if published else None
    return np.inf if latest is None else latest.timestamp() // 1


def _alike(minima: NDArray[np.uint32], times: NDArray[np.float64]) -> Pairs:
    """Pairs whose MinHash similarity reaches SIMILAR."""
    wide = minima.astype(np.uint64)
    owners = np.arange(len(minima))
    found = [np.empty(0, np.int64)]
    for band, multiplier in enumerate(OF_BANDS):
        first, second = wide[:, ROWS * band], wide[:, ROWS * band + 1]
        values = (first << np.uint64(31) | second) * np.uint64(multiplier)
        found.extend(_sharing(values >> np.uint64(64 - BITS), owners, times))
    pairs = _split(np.unique(np.concatenate(found)), len(minima))
    alike = [np.mean(minima[part[:, 0]] == minima[part[:, 1]], axis=1) >= SIMILAR
             for part in np.array_split(pairs, len(pairs) // CHUNK + 1)]
    kept: Pairs = pairs[np.concatenate(alike)]
    return kept


def _kept(sentences: list[NDArray[np.uint64]], times: NDArray[np.float64]) -> Pairs:
    """Pairs of which the later keeps KEPT of its sentences from the earlier."""
    sizes = np.array([len(own) for own in sentences])
    owners = np.repeat(np.arange(len(sentences)), sizes)
    keys = np.concatenate([np.empty(0, np.int64), *_sharing(
        np.concatenate(sentences), owners, times)])
    which, counts = np.unique(keys, return_counts=True)
    pairs = _split(which, len(sentences))
    return pairs[(counts >= LEAST_KEPT) & (counts >= KEPT * sizes[pairs[:, 1]])]


def _split(keys: NDArray[np.int64], many: int) -> Pairs:
    return np.stack([keys // many, keys % many], axis=1)


def _sharing(values: NDArray[np.uint64], owners: NDArray[np.int64],
             times: NDArray[np.float64]) -> Iterator[NDArray[np.int64]]:
    """Pairs of owners (rising) of one value, as earlier * reports + later, once for each value;
    the earlier one is among the COMPARED first."""
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])[:len(values)]
    sizes = np.diff(np.r_[starts, len(values)])
    starts, sizes = starts[sizes > 1], sizes[sizes > 1]
    last = times[owners[starts + np.minimum(sizes, COMPARED) - 1]]   # of the first ones
    rank = 0
    while len(starts):
        open_ = (sizes > rank + 1) & (times[owners[np.minimum(starts + rank, len(owners) - 1)]]
                                      <= last)
        starts, sizes, last = starts[open_], sizes[open_], last[open_]
        after = sizes - rank - 1
        if len(starts):
            begin = np.repeat(starts + rank + 1, after)
            within = np.arange(after.sum()) - np.repeat(np.cumsum(after) - after, after)
            earlier = np.repeat(owners[starts + rank], after)
            yield earlier * len(times) + owners[begin + within]
        rank += 1


def _similarity(copy: int, first: int, minima: NDArray[np.uint32],
                sentences: list[NDArray[np.uint64]]) -> float:
    alike = float(np.mean(minima[copy] == minima[first]))
    count = len(np.intersect1d(sentences[copy], sentences[first]))
    return max(alike, count / len(sentences[copy]) if len(sentences[copy]) else 0.0)
