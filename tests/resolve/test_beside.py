"""What stands beside a name."""

from __future__ import annotations

import pytest

from whoholds.resolve.beside import kind_beside


def beside(line: str, name: str = "Parwan") -> str | None:
    return kind_beside(line, line.index(name), name, lambda other, kind: other != "Baltic")


@pytest.mark.parametrize(("line", "kind"), [
    ("fighting in Parwan province went on", "province"),
    ("the Parwan district fell", "district"),
    ("they hold Parwan city, but", "city"),
    ("in the province of Parwan, troops", "province"),
    ("the town of Parwan fell", "city"),
    ("in Parwan, Takhar and the Kunduz provinces", "province"),
    ("in Parwan and Takhar districts", "district")])
def test_the_kind_that_the_words_tell(line: str, kind: str) -> None:
    assert beside(line) == kind


@pytest.mark.parametrize("line", [
    "a Parwan town was hit", "the Parwan town was hit", "the Parwan town of Charikar",
    "in several Parwan districts", "the Parwan District Council", "Parwan. District officials",
    "in Parwan and Baltic provinces", "in Parwan and other provinces",
    "in Parwan, Takhar and towns",
    "the capital of Parwan", "in Parwan and Takhar cities", "Parwan"])
def test_words_that_tell_no_kind_of_this_name(line: str) -> None:
    assert beside(line) is None
