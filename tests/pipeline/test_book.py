"""The Python interface, and the tutorial that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

import whoholds
from whoholds.core import UsageError
from whoholds.pipeline.book import Book

TUTORIAL = Path(__file__).parents[2] / "docs/tutorial.ipynb"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("book")
    with as_file(files("whoholds").joinpath("samples")) as samples, \
            whoholds.open(folder / "samples.db") as opened:
        assert len(opened.read(manifest=samples / "manifest.csv").read) == 20
        yield opened


def test_answers_are_plain_rows_texts_and_frames(book: Book) -> None:
    status = book.status("Kandahar")
    assert status[0]["holder"] == "Taliban"
    assert "Kandahar" in repr(status)
    assert "<td>Kandahar</td>" in status._repr_html_()
    assert status.to_arrow()["probability"].to_pylist() == [status[0]["probability"]]
    assert len(book.status()) > 20
    assert book.status("Kandahar", at="2021-08-01", known_at="2021-08-09")[0] != status[0]


def test_every_question_has_an_answer(book: Book) -> None:
    for answer in (book.explain("Kandahar"), book.timeline(), book.changes("2021-08-12"),
                   book.disputes(), book.tally(), book.forecasts(), book.exits("Afghanistan"),
                   book.sources()):
        assert len(answer)
        assert repr(answer)
        assert answer._repr_html_().startswith("<table>")
    assert book.claims().num_rows > 100


def test_briefs_maps_and_files(book: Book, tmp_path: Path) -> None:
    brief = book.brief(country="Afghanistan")
    assert repr(brief).startswith("# Afghanistan")
    assert "</html>" in brief._repr_html_()
    picture = book.map()
    picture.save(tmp_path / "map.png")
    picture.save(tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text("utf8") == picture._repr_svg_()
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert book.export("hxl", tmp_path / "status.csv").stat().st_size


def test_settings_are_named_with_an_underscore(tmp_path: Path) -> None:
    with whoholds.open(tmp_path / "x.db", belief_since="0.8") as opened:
        assert opened.desk.priors.since_mass_p == 0.8
    with pytest.raises(UsageError):
        whoholds.open(tmp_path / "y.db", belief_moon="1")


def test_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    notebook = json.loads(TUTORIAL.read_text("utf8"))
    names: dict[str, object] = {}
    cells = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert len(cells) >= 8
    for cell in cells:
        exec("".join(cell["source"]), names)
