"""Paths, folders, manifests and standard input, as a user gives them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from whoholds.core import Interval, Report, UsageError, parse_moment
from whoholds.reading import ReadResult, read_paths

NEWS = "Rebels took the town of Marn on Friday, residents said by telephone.\n"
DAY = parse_moment("2021-08-15")


def one(path: Path | str, **options: object) -> ReadResult:
    results = list(read_paths([path], **options))  # type: ignore[arg-type]
    assert len(results) == 1
    return results[0]


def report(path: Path | str, **options: object) -> Report:
    found = one(path, **options).report
    assert found is not None
    return found


def refusal(path: Path | str, **options: object) -> str:
    found = one(path, **options).refusal
    assert found is not None
    assert found.where
    assert "\n" not in str(found)
    return found.what


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf8")
    return path


def test_a_plain_text_is_the_file(news: Path) -> None:
    found = one(news)
    assert found.where == str(news)
    assert found.report is not None
    assert found.report.text == NEWS
    assert found.report.published is None
    assert found.report.published_from == "none"
    assert found.report.outlet == "unknown"
    assert found.notes == ("no date of publication: its claims have no absolute time",
                           "no outlet is named")


def test_what_is_given_counts_most(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\ndate: 2020-01-01\noutlet: Gazette\nlink: https://x.example/2019/01/01/\n"
                    f"---\n{NEWS}")
    own = report(path)
    assert (own.outlet, own.published_from, own.url) == (
        "Gazette", "front matter", "https://x.example/2019/01/01/")
    assert own.published == parse_moment("2020-01-01")
    assert own.text == NEWS
    given = report(path, outlet="Herald", published="2021-08-15")
    assert (given.outlet, given.published, given.published_from) == ("Herald", DAY, "given")
    assert report(path, published=DAY).id == report(path, published="2021-08-15").id
    with pytest.raises(UsageError, match="not a date or time: 'soon'"):
        list(read_paths([path], published="soon"))


def test_the_date_falls_back_and_says_where_from(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ndate: some day\nurl: https://www.herald.example/2021/08/15/a\n---\n{NEWS}")
    found = one(path)
    assert found.report is not None
    assert (found.report.published, found.report.published_from) == (DAY, "url")
    assert found.report.outlet == "herald.example"
    assert found.notes == ("the date in its front matter is none: 'some day'",)
    path.write_text(f"MARN, August 15, 2021 (Agency) - {NEWS}")
    assert (report(path).published, report(path).published_from) == (DAY, "dateline")


def test_a_zone_makes_days_local(news: Path) -> None:
    local = report(news, published="2021-08-15", zone=ZoneInfo("Asia/Kabul"))
    assert local.published is not None
    assert local.published.to_json()[0] == "2021-08-14T19:30:00Z"
    assert local.zone_known
    assert not report(news, published="2021-08-15").zone_known


def test_markdown_gives_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Marn falls\ndate: 2021-08-15\n---\n"
                    "Rebels took **Marn** on [Friday](https://x.example),\nresidents said.\n\n"
                    "* The mayor fled.\n* `Calm` returned.\n\n```\ncode stays\n```\n")
    assert report(path).text == ("Marn falls\n\nRebels took Marn on Friday, residents said.\n\n"
                                 "The mayor fled.\n\nCalm returned.\n\ncode stays")
    path.write_text("# Marn falls\n\nRebels took it.")
    assert report(path).text == "Marn falls\n\nRebels took it."
    path.write_text("---\n\nA rule, no front matter.\n\n---\n\nMore.")
    assert report(path).text == "A rule, no front matter.\n\nMore."


@pytest.mark.parametrize(("front", "what"), [
    ("date: [2021", "broken front matter"), ("date:\n  - 2021-08-15", "date is not a single value"),
])
def test_broken_front_matter(tmp_path: Path, front: str, what: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{front}\n---\n{NEWS}")
    assert what in refusal(path)


def test_a_folder_is_read_sorted_with_all_below_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "ä.txt", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NEWS)
    (tmp_path / "table.csv").write_text("a,b\n")
    (tmp_path / "empty.txt").touch()
    found = [(Path(r.where).relative_to(tmp_path).as_posix(), r.refusal and r.refusal.what)
             for r in read_paths([tmp_path])]
    assert found == [
        ("a/b/c.txt", None), ("a/z.txt", None), ("b.txt", None), ("empty.txt", "empty"),
        ("table.csv", "a table, not a report (a list of reports is given with --manifest)"),
        ("ä.txt", None)]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_links_that_lead_back_or_nowhere(tmp_path: Path, news: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    os.mkfifo(tmp_path / "pipe")
    said = {Path(r.where).name: r.refusal.what for r in read_paths([tmp_path]) if r.refusal}
    assert said["again"] == "a link to a folder that is read already"
    assert said["gone"] == "a broken link"
    assert said["pipe"] == "neither a file nor a folder"
    assert "self" in said
    assert len(said) == 4


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_file_that_may_not_be_read(news: Path) -> None:
    news.chmod(0)
    script = ("import os, sys\nfrom whoholds.reading import read_paths\n"
              "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
              "for r in read_paths([sys.argv[1]]): print(r.refusal)")
    for folder in (news.parent, news.parent.parent, news.parent.parent.parent):
        folder.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", script, str(news)], text=True, check=True,
                          capture_output=True)
    assert done.stdout == f"{news}: permission denied\n"


def test_what_is_refused_leaves_the_rest(tmp_path: Path, news: Path) -> None:
    big, binary, foreign = tmp_path / "big.txt", tmp_path / "a.bin", tmp_path / "b.txt"
    big.write_bytes(NEWS.encode() * 800_000)
    binary.write_bytes(bytes(range(256)) * 40)
    foreign.write_text("Die Aufständischen haben am Freitag die Stadt eingenommen, sagten Leute. "
                       "Die Armee zog sich in Richtung der Hauptstadt zurück.")
    wide = tmp_path / "c.txt"
    wide.write_text(NEWS, encoding="utf-16")
    found = list(read_paths([big, binary, tmp_path / "none", foreign, wide, news,
                             "https://x.example/a"]))
    assert [r.refusal.what if r.refusal else None for r in found] == [
        "larger than 5,000,000 bytes: no single report",
        "not text (binary)", "no such file or folder", None, None, None,
        "an address on the web; save the page and give its file"]
    german = found[3]
    assert german.report is not None
    assert german.report.language == "de"
    assert "not in English (language: de): stored, not read" in german.notes
    assert found[4].report is not None
    assert found[4].report.text == NEWS


def test_a_huge_file_costs_no_more_memory_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    tracemalloc.start()
    try:
        assert "larger than" in refusal(path, largest=100_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("data", [
    NEWS.encode(), f"<html><body><p>{NEWS * 5}</p></body></html>".encode()])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    found = one("-", published="2021-08-15", outlet="A")
    assert found.where == "standard input"
    assert found.report is not None
    assert found.report.text.startswith("Rebels took the town")
    assert found.report.published == DAY


def test_english_headlines_are_not_taken_for_other_languages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text in ("Taliban take Herat", "Kabul", "LIVE: rebels enter Mazar-i-Sharif", "Marn falls"):
        path.write_text(text)
        assert report(path).language == "en", text
    path.write_text("Повстанцы взяли город Марн в пятницу, сообщили жители.")
    assert report(path).language == "ru"


class TestManifest:
    """A CSV table of files with their dates and outlets."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in ("a.txt", "b.txt", "c.txt"):
            (tmp_path / name).write_text(NEWS + name)
        return tmp_path

    def manifest(self, folder: Path, text: str) -> Path:
        path = folder / "manifest.csv"
        path.write_text(text, encoding="utf8")
        return path

    def test_its_files_are_read_in_its_order(self, folder: Path) -> None:
        path = self.manifest(folder, "\ufefffile,published,outlet,url,title,note\n"
                             "b.txt,2021-08-15,Herald,https://h.example/b,Marn falls,x\n\n"
                             "a.txt,2021-08-15T18:00Z,Gazette,,,\nc.txt,,Gazette,,,\n")
        found = [r.report for r in read_paths([], manifest=path)]
        assert [r and (r.outlet, r.published_from, r.title, r.url) for r in found] == [
            ("Herald", "manifest", "Marn falls", "https://h.example/b"),
            ("Gazette", "manifest", None, None), ("Gazette", "none", None, None)]
        assert found[0] is not None
        assert found[0].published == DAY
        assert found[0].text == NEWS + "b.txt"

    def test_paths_that_are_given_keep_their_rows(self, folder: Path) -> None:
        path = self.manifest(folder, "file,published,outlet\na.txt,2021-08-15,Herald\n")
        found = {Path(r.where).name: r.report for r in read_paths([folder], manifest=path)}
        assert sorted(found) == ["a.txt", "b.txt", "c.txt"]
        assert [r and r.outlet for r in found.values()] == ["Herald", "unknown", "unknown"]

    def test_broken_rows_are_told_by_line(self, folder: Path) -> None:
        path = self.manifest(
            folder, 'file,published,outlet\na.txt,soon,Herald\nnone.txt,2021-08-15,Herald\n'
            'b.txt,2021-08-15\n"c.txt",2021-08-15,"The ""Herald"",\nwith a line break"\n'
            ',2021-08-15,Herald\nc.txt,2021-08-15,Herald\na.txt,2021-08-15,A, B\n')
        found = list(read_paths([], manifest=path))
        assert [str(r.refusal) for r in found if r.refusal] == [
            f"{path}:2: published is not a date or time: 'soon' (write 2021-08-15 or "
            "2021-08-15T18:00Z)",
            f"{path}:3: no such file: none.txt",
            f"{path}:4: fewer cells than columns",
            f"{path}:7: no file named",
            f"{path}:8: c.txt stands already on line 6",
            f"{path}:9: more cells than columns (a comma that needs quotes?)"]
        assert [r.report.outlet for r in found if r.report] == ['The "Herald", with a line break']

    @pytest.mark.parametrize(("text", "what"), [
        ("file,date,outlet\n", "1: no column 'published' (a manifest has file, published, outlet)"),
        ("file,published,outlet,colour\n", "1: unknown column 'colour'"),
        ("file,published,outlet,file\n", "1: a column stands twice"),
        ("", "empty"), ("\x00\x01\x02\x03", "not text"),
        ('file,published,outlet\n"a.txt" x,2021-08-15,A\n', "2: not a table row"),
    ])
    def test_no_manifest(self, folder: Path, text: str, what: str) -> None:
        path = self.manifest(folder, text)
        found = list(read_paths([folder / "a.txt"], manifest=path))
        assert len(found) == 1
        assert what in str(found[0].refusal)
        assert str(found[0].refusal).startswith(str(path))

    def test_a_missing_manifest(self, folder: Path) -> None:
        found = list(read_paths([folder], manifest=folder / "none.csv"))
        assert [str(r.refusal) for r in found] == [
            f"{folder / 'none.csv'}: no such file or directory"]


def test_the_seeds_keep_their_offsets(shared: Path) -> None:
    seeds = shared / "seeds"
    found = list(read_paths([], manifest=seeds / "reports.csv"))
    assert [(r.report.outlet, r.report.language) for r in found if r.report] == [
        ("Sputnik", "en"), ("South Front", "en")]
    for result in found:
        assert result.report is not None
        assert result.report.text == Path(result.where).read_text(encoding="utf8")
        assert isinstance(result.report.published, Interval)


def test_an_empty_folder_archive_or_web_archive_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    body = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"
    (tmp_path / "picture.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x.png\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body))
    for name in ("folder", "empty.zip", "picture.warc"):
        (told,) = read_paths([tmp_path / name])
        assert told.refusal is not None, name
        assert told.refusal.where == str(tmp_path / name)
        assert "in it" in told.refusal.what
