"""One file of named arrays: written at once, read through a memory map, never half there.

Layout: 8 bytes magic, 4 bytes version, 8 bytes length of the head, 32 bytes SHA-256 of the head,
the head (JSON: arrays with type, shape and offset; size; SHA-256 of all arrays; what the writer
adds), then the arrays, each on a 64-byte boundary. Little-endian throughout.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import mmap
import os
import struct
import sys
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from whoholds.core import DataError

Array = npt.NDArray[Any]

MAGIC = b"WHOGAZET"
VERSION = 1                    # of the layout; a reader refuses any other
_FIXED = struct.Struct("<8sIQ32s")
_ALIGN = 64                    # bytes: a cache line
_BUFFER = 1 << 16              # values of a column kept in memory; bytes copied at once
_LARGEST = 2**32 - 1           # bytes: what the offsets of strings can count
_CODES = {"|u1": "B", "<u4": "I", "<i8": "q", "<f4": "f"}
_MAX_HEAD = 64 * 1024 * 1024   # bytes: no head is near this; a larger length is a broken file


class Column:
    """One array that is written value by value: to a file in ``folder``, not to memory."""

    def __init__(self, folder: Path, dtype: str) -> None:
        self.dtype = np.dtype(dtype)
        self._buffer: array[Any] = array(_CODES[self.dtype.str])
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  (lives as long as we do)
        self._flushed = 0

    @property
    def count(self) -> int:
        """Values so far."""
        return self._flushed + len(self._buffer)

    @property
    def shape(self) -> tuple[int]:
        return (self.count,)

    @property
    def nbytes(self) -> int:
        return self.count * self.dtype.itemsize

    def extend(self, values: Iterable[float] | bytes) -> None:
        """Numbers; or bytes, for a column of bytes."""
        if isinstance(values, bytes):
            self._buffer.frombytes(values)
        else:
            self._buffer.extend(values)
        if len(self._buffer) >= _BUFFER:
            self._flush()

    def chunks(self) -> Iterator[bytes]:
        """All bytes, piece by piece."""
        self._flush()
        self._file.seek(0)
        while piece := self._file.read(_BUFFER):
            yield piece

    def _flush(self) -> None:
        self._file.seek(0, os.SEEK_END)
        if sys.byteorder == "big":
            self._buffer.byteswap()
        self._file.write(self._buffer)
        self._flushed += len(self._buffer)
        self._buffer = array(self._buffer.typecode)


def _chunks(values: Array | Column) -> Iterator[bytes | memoryview]:
    if isinstance(values, Column):
        yield from values.chunks()
    else:
        yield np.ascontiguousarray(values).data


def write_arrays(path: Path, arrays: Mapping[str, Array | Column],
                 about: Mapping[str, Any]) -> None:
    """Write ``arrays`` and the JSON ``about`` to ``path``: whole or not at all.

    DataError where strings take more bytes than their offsets can count.
    """
    directory: dict[str, Any] = {}
    digest = hashlib.sha256()
    offset = 0
    for name, array_ in arrays.items():
        if array_.nbytes > _LARGEST:
            raise DataError(str(path), f"the array {name} would take {array_.nbytes} bytes")
        offset += -offset % _ALIGN
        directory[name] = {"dtype": array_.dtype.str, "shape": list(array_.shape),
                           "offset": offset}
        for piece in _chunks(array_):
            digest.update(piece)
        offset += array_.nbytes
    head = json.dumps({"arrays": directory, "size": offset, "sha256": digest.hexdigest(),
                       "about": dict(about)}, sort_keys=True).encode()
    head += b" " * (-(_FIXED.size + len(head)) % _ALIGN)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as out:
            out.write(_FIXED.pack(MAGIC, VERSION, len(head), hashlib.sha256(head).digest()))
            out.write(head)
            at = 0
            for array_ in arrays.values():
                out.write(b"\0" * (-at % _ALIGN))
                at += -at % _ALIGN
                for piece in _chunks(array_):
                    out.write(piece)
                at += array_.nbytes
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


class ArrayFile:
    """An open file of arrays. Raises DataError where the file is not whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb")
        try:
            head, start = self._read_head()
            self.about: dict[str, Any] = head["about"]
            self.sha256: str = head["sha256"]
            size = self._file.seek(0, os.SEEK_END)
            if size != start + head["size"]:
                raise DataError(str(path), f"has {size} bytes, {start + head['size']} expected")
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        except BaseException:
            self._file.close()
            raise
        self._arrays = {
            name: np.frombuffer(self._map, dtype=np.dtype(a["dtype"]),
                                count=int(np.prod(a["shape"], dtype=np.int64)),
                                offset=start + a["offset"]).reshape(a["shape"])
            for name, a in sorted(head["arrays"].items(), key=lambda item: item[1]["offset"])}

    def _read_head(self) -> tuple[dict[str, Any], int]:
        where, fixed = str(self.path), self._file.read(_FIXED.size)
        if len(fixed) < _FIXED.size:
            raise DataError(where, "too short for an index")
        magic, version, length, digest = _FIXED.unpack(fixed)
        if magic != MAGIC:
            raise DataError(where, "not an index of places")
        if version != VERSION:
            raise DataError(where, f"layout {version}; this program reads {VERSION}")
        text = self._file.read(length) if length <= _MAX_HEAD else b""
        if len(text) != length or hashlib.sha256(text).digest() != digest:
            raise DataError(where, "the head is damaged")
        head: dict[str, Any] = json.loads(text)
        return head, _FIXED.size + length

    def __getitem__(self, name: str) -> Array:
        try:
            return self._arrays[name]
        except KeyError:
            raise DataError(str(self.path), f"lacks the array {name!r}") from None

    def verify(self) -> None:
        """Read all arrays and compare their hash; DataError where they have changed."""
        digest = hashlib.sha256()
        for values in self._arrays.values():
            digest.update(np.ascontiguousarray(values).data)
        if digest.hexdigest() != self.sha256:
            raise DataError(str(self.path), "the arrays are damaged")

    def close(self) -> None:
        """Let go of the file (arrays still in use keep the map alive)."""
        self._arrays.clear()
        with contextlib.suppress(BufferError):
            self._map.close()
        self._file.close()


def slots_of(hashes: Array) -> Array:
    """A table that finds the position of a hash (32 bits each): open addressing, linear probing.

    As many slots as the power of two from 1.4 per hash up, and as many more as the last run
    needs, so that no probe goes round; 0 is empty, else the position plus one.
    """
    size = 1 << max(4, math.ceil(math.log2(1.4 * max(1, len(hashes)))))
    home = hashes & np.uint32(size - 1)
    order = np.argsort(home, kind="stable")
    steps = np.arange(len(order), dtype=np.int64)
    taken = np.maximum.accumulate(home[order].astype(np.int64) - steps) + steps
    slots = np.zeros(max(size, int(taken.max(initial=0)) + 1) + 1, dtype="<u4")
    slots[taken] = (order + 1).astype("<u4")
    return slots


class Strings:
    """A blob of strings, by their position."""

    def __init__(self, blob: Array, offsets: Array) -> None:
        self._blob, self._offsets = memoryview(blob.data), memoryview(offsets.data)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, i: int) -> bytes:
        return bytes(self._blob[self._offsets[i]:self._offsets[i + 1]])


class Keys(Strings):
    """Strings that can be found: each once, with the slots of their CRC-32."""

    def __init__(self, blob: Array, offsets: Array, slots: Array) -> None:
        super().__init__(blob, offsets)
        self._slots = memoryview(slots.data)
        self._mask = (1 << (len(slots) - 1).bit_length() - 1) - 1 if len(slots) > 1 else 0

    def find(self, wanted: bytes) -> int:
        """The position of ``wanted``, or -1."""
        slots, blob, offsets = self._slots, self._blob, self._offsets
        slot = crc32(wanted) & self._mask
        while at := slots[slot]:
            if blob[offsets[at - 1]:offsets[at]] == wanted:
                return at - 1
            slot += 1
        return -1
