"""Lets the core's types be pickled and copied where they are compiled, as they are elsewhere.

A compiled frozen class can be taken apart by pickle, but not put together again: the C extension
has no ``__setstate__`` that may write. So it is made anew from its fields.
"""

from __future__ import annotations

import copyreg
from collections.abc import Iterable
from dataclasses import fields
from typing import Any


def made_of_fields(types: Iterable[type]) -> None:
    """Has pickle and copy make values of these dataclasses by calling them with their fields."""
    for cls in types:
        names = tuple([f.name for f in fields(cls) if f.init])
        copyreg.pickle(cls, _Taken(cls, names))


class _Taken:
    """Takes a value apart: what to call and with what."""

    def __init__(self, cls: type, names: tuple[str, ...]) -> None:
        self._cls, self._names = cls, names

    def __call__(self, value: Any) -> tuple[type, tuple[Any, ...]]:
        return self._cls, tuple([getattr(value, name) for name in self._names])
