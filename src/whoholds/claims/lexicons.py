"""Loads the word lists of commitment and attribution, and checks them."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from whoholds.core import DataError


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon ``name`` (a YAML file of this package) as a mapping.

    Raises DataError with file and line where the file is no YAML mapping.
    """
    text = resources.files(__package__).joinpath(name).read_text("utf8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        value = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise DataError(f"{name}:{mark.line + 1 if mark else 0}", "not YAML") from error
    if not isinstance(value, dict):
        raise DataError(name, "not a mapping of lists")
    return value


def words_of(value: object, where: str) -> frozenset[str]:
    """A YAML list, or a text of words between commas, as a set. Raises DataError."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(w, str) for w in value):
        raise DataError(where, "not a list of words (quote yes, no, on and off)")
    return frozenset(w for word in value if (w := " ".join(word.split())))


def classes_of(name: str, section: str) -> dict[str, str]:
    """Word to class, for a section of lists by class. A word in two classes is an error."""
    found: dict[str, str] = {}
    for label, words in lexicon(name)[section].items():
        for word in sorted(words_of(words, f"{name}: {section}.{label}")):
            if word in found:
                raise DataError(f"{name}: {section}",
                                f"{word!r} is in {found[word]} and in {label}")
            found[word] = label
    return found
