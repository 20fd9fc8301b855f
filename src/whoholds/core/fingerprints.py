"""Fingerprints of texts, and the marks by which a report is found from another like it.

A fingerprint holds the MinHash of a text (Broder 1997) and a hash of each of its longer sentences.
Its *marks* are numbers of 48 bits: one for each band of minima and each sentence. Reports that
share a mark may be near-copies. They are kept in an index, so that few need be compared.
"""

from __future__ import annotations

import hashlib
import struct

VERSION = b"\x01"     # of the layout: VERSION, minima (32 bits each), sentences (64 bits each)
HASHES = 128          # minima: the estimate's standard error is at most 0.044
ROWS = 2              # of minima in a band: of pairs at a likeness of 0.25 1.6 % share no band, at
                      # 0.4 none
WIDTH = 1 + 4 * HASHES                            # bytes before the sentences
BITS = 48             # of a mark: among 20 million (250,000 reports) less than one meets by chance
MULTIPLIERS = tuple(
    value | 1 for value in struct.unpack(
        f"<{HASHES // ROWS}Q", hashlib.shake_256(b"whoholds bands 1").digest(8 * HASHES // ROWS)))
"""One for each band: odd, so that multiplying loses nothing (Dietzfelbinger 1997)."""


def is_fingerprint(mark: bytes | None) -> bool:
    """Whether these bytes are a fingerprint of this version."""
    return mark is not None and mark[:1] == VERSION and len(mark) >= WIDTH and (
        len(mark) - WIDTH) % 8 == 0


def bands(fingerprint: bytes) -> tuple[int, ...]:
    """A mark for each band of minima."""
    minima = struct.unpack_from(f"<{HASHES}I", fingerprint, 1)
    return tuple(((minima[ROWS * i] << 31 | minima[ROWS * i + 1]) * multiplier & 0xFFFFFFFFFFFFFFFF)
                 >> 64 - BITS for i, multiplier in enumerate(MULTIPLIERS))


def sentences(fingerprint: bytes) -> tuple[int, ...]:
    """A mark for each of the longer sentences, in order."""
    count = (len(fingerprint) - WIDTH) // 8
    hashes = struct.unpack_from(f"<{count}Q", fingerprint, WIDTH)
    return tuple(dict.fromkeys(sorted(value >> 64 - BITS for value in hashes)))


def named(what: str, text: str) -> int:
    """The mark of another thing that reports of one story share: *url* or *title*."""
    digest = hashlib.blake2b(f"{what}\n{text}".encode("utf8", "replace"), digest_size=BITS // 8)
    return int.from_bytes(digest.digest(), "little")


def marks(fingerprint: bytes | None, url: str | None, title: str | None) -> frozenset[int]:
    """All marks of a report; none for a fingerprint of another make."""
    found = {named(what, text) for what, text in (("url", url), ("title", title)) if text}
    if fingerprint is not None and is_fingerprint(fingerprint):
        found.update(bands(fingerprint), sentences(fingerprint))
    return frozenset(found)
