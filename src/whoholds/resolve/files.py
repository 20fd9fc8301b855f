"""Opens the files that people bring, plain or packed, line by line or piece by piece."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoholds.core import DataError

PIECE = 1 << 20          # bytes read at once
_HEAD = 1 << 16          # bytes that tell what a file is
_ASIDE = ("readme.txt", "iso-languagecodes.txt")
_BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines of a text file, plain, gzipped or zipped; DataError where it is cut off."""
    number = 0
    try:
        with _opened(path) as file:
            for number, raw in enumerate(file, 1):
                try:
                    text = raw.decode("utf8")
                except UnicodeDecodeError as error:
                    raise DataError(str(path), f"line {number}: not UTF-8") from error
                if text.strip() and not text.startswith("#"):
                    yield number, text.rstrip("\r\n")
    except _BROKEN as error:
        where = f"line {number + 1}: " if number else ""
        raise DataError(str(path), f"{where}the file is cut off or damaged ({error})") from error
    except OSError as error:
        raise DataError(str(path), error.strerror or str(error)) from error


def chunks(path: Path) -> Iterator[bytes]:
    """A file's bytes, unpacked, :data:`PIECE` at a time; DataError where it is cut off."""
    line = 0
    try:
        with _opened(path) as file:
            while piece := file.read(PIECE):
                yield piece
                line += piece.count(b"\n")
    except _BROKEN as error:
        where = f"after line {line}: " if line else ""
        raise DataError(str(path), f"{where}the file is cut off or damaged ({error})") from error
    except OSError as error:
        raise DataError(str(path), error.strerror or str(error)) from error


def head(path: Path) -> str:
    """How a file begins."""
    return next(chunks(path), b"")[:_HEAD].decode("utf8", "replace")


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedIOBase | Any]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist()
                       if m.filename.lower().endswith((".txt", ".geojson", ".json"))
                       and Path(m.filename).name.lower() not in _ASIDE]
            if not members:
                raise DataError(str(path), "holds no dump: no .txt or .geojson file")
            with archive.open(max(members, key=lambda m: (m.file_size, m.filename))) as file:
                yield file
    elif path.suffix == ".gz":
        with gzip.open(path) as file:
            yield file
    else:
        with path.open("rb") as file:
            yield file
