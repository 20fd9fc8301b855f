"""A model folder that is not whole is refused in one clear line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from whoholds.core import DataError
from whoholds.language import Reader
from whoholds.language.files import FORMAT, GRAPH, LABELS, LEXICON, MANIFEST, SHIPPED, VOCABULARY

FILES = (GRAPH, LABELS, LEXICON, VOCABULARY, MANIFEST)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(SHIPPED / name, tmp_path / name)
    return tmp_path


def refusal(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        Reader.load(folder)
    text = str(caught.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize("name", FILES)
def test_missing(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert str(folder / name) in refusal(folder)


@pytest.mark.parametrize("name", FILES)
def test_damaged(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    assert str(folder / name) in refusal(folder)


def test_another_format(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf8"))
    (folder / MANIFEST).write_text(json.dumps({**manifest, "format": FORMAT + 1}), encoding="utf8")
    assert f"format {FORMAT + 1}" in refusal(folder)


def test_labels_that_do_not_fit(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf8"))
    manifest["labels"]["upos"] += 1
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf8")
    assert "labels for upos" in refusal(folder)


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_text("x", encoding="utf8")
    assert str(path) in refusal(path)


def test_the_version_names_the_files(folder: Path) -> None:
    same = Reader.load(folder).version
    assert same == Reader.load().version
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf8"))
    (folder / MANIFEST).write_text(json.dumps({**manifest, "note": "other"}), encoding="utf8")
    assert Reader.load(folder).version != same


def test_fits_the_package() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 32_000_000
