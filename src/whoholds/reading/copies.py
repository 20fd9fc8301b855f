"""Near-copies: reports that print, in whole or for the greater part, what another printed before.

Whole texts are compared by MinHash (Broder 1997, "On the resemblance and containment of
documents") over shingles of five words, with locality-sensitive hashing to find the pairs;
rewritten agency copy by the sentences it keeps. Both live in a *fingerprint* of some hundred bytes,
so that texts need not be read again. The links are a function of the set of reports, not of their
order.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from whoholds.core import Interval, Report

SHINGLE = 5           # words; shorter ones meet by chance, longer ones break at every edited word
HASHES = 128          # minima: the estimate's standard error is at most 0.044
ROWS = 2              # of minima in a band: of pairs at SIMILAR 1.6 % are missed, at 0.4 none
SIMILAR = 0.25        # Jaccard share of shingles: two fifths of each text. Of 172,578 pairs of
                      # local news (LGL) 2 reach it, both copies; of 65,341 pairs of releases that
                      # one office cut from a template (ISAF) 10; edited agency copy has 0.27 up
KEPT = 0.5            # share of the later report's sentences that stand in the earlier one
LEAST_KEPT = 3        # sentences: fewer may be a quotation that both were sent
SENTENCE = 6          # words from which on a sentence is unlikely to be written twice
COMPARED = 30         # earliest reports with one sentence or band that later ones are compared
                      # with: a line under every article must not make pairs of them all
VERSION = b"\x01"     # of the fingerprint's layout
PRIME = np.uint64((1 << 31) - 1)  # Mersenne: products of two residues fit 64 bits

WORD = re.compile(r"\w+")
BREAK = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")


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
    shingles = {" ".join(words[i:i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    values = np.array([_hash64(s) for s in sorted(shingles)], np.uint64) % PRIME
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
    return int.from_bytes(hashlib.blake2b(text.encode("utf8", "replace"), digest_size=8).digest(),
                          "little")


def near_copies(reports: Iterable[Report]) -> dict[str, Copy]:
    """The near-copies among ``reports``: report id -> the earliest report that it copies."""
    return copies_among({r.id: (r.published, fingerprint(r.text)) for r in reports})


def copies_among(prints: Mapping[str, tuple[Interval | None, bytes]]) -> dict[str, Copy]:
    """The near-copies among reports known by publication and fingerprint, by report id.

    Copies of copies count as one family; each is linked to the family's earliest by (publication,
    id), undated ones last. The earliest itself has no link.
    """
    ids = sorted(prints, key=lambda i: (_moment(prints[i][0]), i))
    marks = [prints[i][1] for i in ids]
    if any(mark[:1] != VERSION for mark in marks):
        raise ValueError("a fingerprint of another version")
    width = 1 + 4 * HASHES
    minima = np.frombuffer(b"".join(mark[1:width] for mark in marks), "<u4").reshape(-1, HASHES)
    sentences = [np.frombuffer(mark[width:], "<u8") for mark in marks]
    leader = list(range(len(ids)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for a, b in (*_alike(minima), *_kept(sentences)):
        first, second = sorted((find(a), find(b)))
        leader[second] = first
    return {ids[i]: Copy(ids[find(i)], _similarity(i, find(i), minima, sentences))
            for i in range(len(ids)) if find(i) != i}


def _moment(published: Interval | None) -> tuple[bool, datetime, datetime]:
    """The sort key of a publication: when it was known, then when it may have begun."""
    latest = published.latest if published else None
    first = datetime.min.replace(tzinfo=UTC)
    earliest = published.earliest if published else None
    return latest is None, latest or first, earliest or first


def _alike(minima: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Pairs (positions) whose MinHash similarity reaches SIMILAR, verbatim copies first."""
    distinct, first, which = np.unique(minima, axis=0, return_index=True, return_inverse=True)
    for i, group in enumerate(which.reshape(-1)):
        if first[group] != i:
            yield int(first[group]), i
    order = np.argsort(first)  # the distinct texts by when they were first printed
    distinct, first = np.ascontiguousarray(distinct[order]), first[order]
    pairs: set[tuple[int, int]] = set()
    for start in range(0, HASHES, ROWS):
        for bucket in _buckets(distinct[:, start:start + ROWS]):
            pairs.update(combinations(bucket[:COMPARED], 2))
            pairs.update((a, b) for b in bucket[COMPARED:] for a in bucket[:COMPARED])
    for a, b in sorted(pairs):
        if np.mean(distinct[a] == distinct[b]) >= SIMILAR:
            yield int(first[a]), int(first[b])


def _buckets(band: NDArray[np.uint32]) -> Iterator[list[int]]:
    """The rows of a band that are equal, two or more together, each group in order."""
    keys = np.ascontiguousarray(band).view(f"V{band.shape[1] * band.itemsize}").reshape(-1)
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    order = np.argsort(which.reshape(-1), kind="stable")
    ends = np.cumsum(counts)
    for group in np.flatnonzero(counts > 1):
        yield order[ends[group] - counts[group]:ends[group]].tolist()


def _kept(sentences: list[NDArray[np.uint64]]) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) of which the later keeps KEPT of its sentences from the earlier."""
    holders: dict[int, list[int]] = {}
    for later, hashes in enumerate(sentences):
        shared: Counter[int] = Counter()
        for value in hashes.tolist():
            earlier = holders.setdefault(value, [])
            shared.update(earlier)
            if len(earlier) < COMPARED:
                earlier.append(later)
        for first, count in sorted(shared.items()):
            if count >= LEAST_KEPT and count >= KEPT * len(hashes):
                yield first, later


def _similarity(copy: int, first: int, minima: NDArray[np.uint32],
                sentences: list[NDArray[np.uint64]]) -> float:
    alike = float(np.mean(minima[copy] == minima[first]))
    count = len(np.intersect1d(sentences[copy], sentences[first]))
    return max(alike, count / len(sentences[copy]) if len(sentences[copy]) else 0.0)
