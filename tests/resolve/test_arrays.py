"""The index file: whole or refused."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.core import DataError
from whoholds.resolve.arrays import ArrayFile, Keys, slots_of, write_arrays


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.index"
    write_arrays(path, {"x": np.arange(5, dtype=np.uint32), "y": np.zeros((0,), np.uint8)},
                 {"version": "v"})
    file = ArrayFile(path)
    file.verify()
    assert file["x"].tolist() == [0, 1, 2, 3, 4]
    assert file["y"].size == 0
    assert file.about == {"version": "v"}
    with pytest.raises(DataError, match="lacks the array 'z'"):
        file["z"]


def test_writing_leaves_nothing_else_behind(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.index"
    write_arrays(path, {"x": np.arange(3)}, {})
    assert [p.name for p in path.parent.iterdir()] == ["a.index"]


@pytest.mark.parametrize("damage", ["empty", "cut", "longer", "magic", "layout", "head"])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.index"
    write_arrays(path, {"x": np.arange(1000)}, {"k": "v"})
    data = bytearray(path.read_bytes())
    if damage == "empty":
        data = bytearray()
    elif damage == "cut":
        data = data[:-100]
    elif damage == "longer":
        data += b"x"
    else:
        data[{"magic": 0, "layout": 8, "head": 60}[damage]] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(DataError) as refused:
        ArrayFile(path)
    assert str(path) in str(refused.value)


def test_damaged_arrays_are_seen_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.index"
    write_arrays(path, {"x": np.arange(1000)}, {})
    data = bytearray(path.read_bytes())
    data[-5] ^= 0xFF
    path.write_bytes(bytes(data))
    file = ArrayFile(path)
    with pytest.raises(DataError, match="damaged"):
        file.verify()


@given(st.lists(st.text(max_size=8), unique=True, max_size=40), st.text(max_size=8))
def test_search_finds_what_is_there_and_nothing_else(words: list[str], other: str) -> None:
    packed = [w.encode() for w in words]
    ends = np.cumsum([0, *map(len, packed)]).astype(np.uint32)
    hashes = np.array([crc32(w) for w in packed], dtype=np.uint32)
    keys = Keys(np.frombuffer(b"".join(packed), np.uint8), ends, slots_of(hashes))
    assert [keys.find(w) for w in packed] == list(range(len(packed)))
    assert (keys.find(other.encode()) >= 0) == (other in words)


@given(st.lists(st.integers(0, 2**32 - 1), max_size=60))
def test_every_hash_is_reached_from_its_slot(hashes: list[int]) -> None:
    slots = slots_of(np.array(hashes, dtype=np.uint32)).tolist()
    assert sorted(s for s in slots if s) == list(range(1, len(hashes) + 1))
    size = max(16, 1 << (len(slots) - 1).bit_length() - 1)
    for at, value in enumerate(hashes, 1):
        slot = value % size
        while slots[slot] not in (at, 0):
            slot += 1
        assert slots[slot] == at
