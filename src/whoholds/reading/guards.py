"""Parsers of others, kept from ending the reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from whoholds.core import InputError

LONGEST = 160  # characters of another program's complaint that are passed on


@contextmanager
def guarded(where: str, kind: str) -> Iterator[None]:
    """Turns any error of a parser into an InputError of one line: "a broken ``kind``: …".

    Libraries that mend broken input meet what nobody foresaw with errors of every kind; a file that
    somebody else wrote must cost its own line and no more.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:LONGEST] or type(error).__name__
        raise InputError(where, f"a broken {kind}: {said}") from None
