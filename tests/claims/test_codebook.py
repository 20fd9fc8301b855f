"""The codebook: what ships is whole, and what is broken is named exactly."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml

from whoholds.claims.codebook import FOLDER, load_codebook
from whoholds.core import DataError, Kind

GOOD = """
version: 1
sets:
  get: [take, gain]
kinds:
  gain:
    definition: An actor comes to hold a place.
    nature: change
    acled: [Battles, Non-state actor overtakes territory]
    plover: [ASSAULT, null]
    p: 0.9
    examples: [one, two]
    counter_example: none
    frames:
      - capture (agent=actor?, patient=place)
      - "{get} control (agent=actor, of|over=place)"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "book.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_is_in_the_book() -> None:
    book = load_codebook()
    assert set(book.kinds) == set(get_args(Kind))
    for entry in book.kinds.values():
        assert entry.frames
        assert len(entry.examples) >= 2
        assert entry.definition
        assert entry.counter_example


def test_acled_types_are_theirs() -> None:
    known = {
        "Battles": {"Government regains territory", "Non-state actor overtakes territory",
                    "Armed clash"},
        "Explosions/Remote violence": {"Air/drone strike", "Shelling/artillery/missile attack"},
        "Violence against civilians": {"Attack", "Abduction/forced disappearance"},
        "Strategic developments": {
            "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
            "Headquarters or base established", "Looting/property destruction",
            "Non-violent transfer of territory", "Other"}}
    for entry in load_codebook().kinds.values():
        event, sub = entry.acled
        assert sub in known[event], entry.kind


def test_frames_are_found_by_name(tmp_path: Path) -> None:
    book = load_codebook(written(tmp_path, GOOD))
    assert [f.kind for f in book.frames_for(("take", "control"))] == ["gain"]
    assert book.frames_for(("take", "part")) == ()
    assert book.frames_for(("captured",))[0].text.startswith("capture")
    slot = book.frames_for(("capture",))[0].slots[0]
    assert (slot.roles, slot.filler, slot.required) == (("agent",), "actor", False)


def test_a_predicate_with_any_complement(tmp_path: Path) -> None:
    book = load_codebook(written(tmp_path, GOOD.replace("capture (", "capture to * (")))
    assert [f.kind for f in book.frames_for(("capture", "to", "hold"))] == ["gain"]
    assert book.frames_for(("capture", "of", "hold")) == ()


@pytest.mark.parametrize(("old", "new", "message"), [
    ("gain:", "gane:", "no such kind"),
    ("nature: change", "nature: thing", "neither 'change' nor 'state'"),
    ("p: 0.9", "p: 2", "not a probability"),
    ("{get}", "{got}", r"frame 2 .*no such set: \{got\}"),
    ("patient=place", "patient=plaice", "no such filler"),
    ("patient=place", "patient=place:fish", "no such type 'fish'"),
    ("capture (agent", "capture [verbal] (agent", "no such shape: verbal"),
    ("capture (agent=actor?, patient=place)", "capture agent", "cannot be read"),
    ("examples: [one, two]", "examples: [one]", "at least two"),
    ("version: 1", "version: one", "version"),
    ("    p: 0.9", "    p: 0.9\n    colour: red", "unknown field 'colour'"),
    ("    p: 0.9", "    p: 0.9\n    place: far", "place: only 'near' is possible"),
    ("      - capture (agent=actor?, patient=place)",
     "      - {frame: 'capture (agent=actor)', modality: sure}", "frame 1 .*modality: none of"),
    ("- capture (agent=actor?, patient=place)", '- "* capture (agent=actor)"',
     "first word of a predicate cannot be"),
    ("version: 1", "version: 1\ninclude: more.yaml", "include: not a list of files"),
])
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DataError, match=message) as caught:
        load_codebook(path)
    assert caught.value.where.startswith("book.yaml")


def test_no_yaml_names_the_line(tmp_path: Path) -> None:
    path = written(tmp_path, "version: 1\nkinds: [\n  a: b: c\n")
    with pytest.raises(DataError, match=r"line \d"):
        load_codebook(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_codebook(tmp_path / "none.yaml")


def test_lists_hold_only_words() -> None:
    for name in ("codebook.yaml", "control.yaml", "forces.yaml", "talks.yaml", "nouns.yaml",
                 "people.yaml"):
        data = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
        for words in (data.get("sets") or data["types"]).values():
            assert all(isinstance(w, str) for w in words)
