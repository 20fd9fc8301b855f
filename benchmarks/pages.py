"""Articles out of web pages, in bulk: ``python -m benchmarks.pages [--pages FOLDER] --json FILE``.

Web archives (WARC, compressed) are read as ``whoholds bulk`` reads them, from their bytes to dated
reports, on one core and in its processor time; nothing is parsed. The pages are those of a folder
(``--pages``: HTML files, their names do not matter), at most PAGES of them, drawn by chance; else
made up: the sample dispatches within menus, scripts and links of the size that real pages have.
Figures of a folder's pages are ``pages.real.…``, of made-up ones ``pages.made.…``.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from benchmarks.figures import tell
from whoholds.reading.slices import Intake, pieces_of, read_piece

PAGES = 300
WARM = 10                 # pages read before, and not counted
SEED = 7
KILOBYTES = 140           # of a made-up page: the mean of a thousand real ones of all kinds


def measure(folder: Path | None = None, most: int = PAGES) -> dict[str, float]:
    """Rates on one core."""
    name = "made" if folder is None else "real"
    pages = list(made_up(most + WARM) if folder is None else of_folder(folder, most + WARM))
    with tempfile.TemporaryDirectory(prefix="whoholds-") as scratch:
        warm, archive = Path(scratch, "warm.warc.gz"), Path(scratch, "a.warc.gz")
        write(warm, pages[:WARM])
        write(archive, pages[WARM:])
        _through(warm)
        began = time.process_time()
        reports, words = _through(archive)
        spent = time.process_time() - began
        size = archive.stat().st_size
    count = len(pages) - WARM
    return {
        f"pages.{name}.pages": count, f"pages.{name}.articles": reports,
        f"pages.{name}.kb_per_page": round(sum(map(len, pages[WARM:])) / count / 1000, 1),
        f"pages.{name}.kb_per_page_in_archive": round(size / count / 1000, 1),
        f"pages.{name}.words_per_article": round(words / reports),
        f"pages.{name}.pages_per_s": round(count / spent, 1),
        f"pages.{name}.words_per_s": round(words / spent),
        f"pages.{name}.cpu_s_per_page": round(spent / count, 4),
        f"pages.{name}.load_average": round(os.getloadavg()[0], 1)}


def _through(archive: Path) -> tuple[int, int]:
    """How many reports, and words in them."""
    reports = words = 0
    for piece in pieces_of([str(archive)], 200):
        for result in read_piece(piece, Intake()):
            if result.report is not None:
                reports += 1
                words += len(result.report.text.split())
    return reports, words


def write(path: Path, pages: Iterable[bytes]) -> None:
    """A web archive of the pages: each record compressed by itself, as crawlers write them."""
    with path.open("wb") as out:
        for number, page in enumerate(pages):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            out.write(gzip.compress(
                (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                 f"WARC-Target-URI: https://news.example/2021/08/15/{number}\r\n"
                 "WARC-Date: 2021-08-15T00:00:00Z\r\nContent-Type: application/http; "
                 f"msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n").encode()
                + http + b"\r\n\r\n"))


def of_folder(folder: Path, most: int) -> list[bytes]:
    """Some of the pages below a folder, the same at every run."""
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".html", ".htm"))
    random.Random(SEED).shuffle(found)
    return [path.read_bytes() for path in found[:most]]


def made_up(count: int) -> Iterator[bytes]:
    """Pages around the sample dispatches."""
    chance = random.Random(SEED)
    samples = [entry.read_text("utf8") for entry in sorted(
        (files("whoholds") / "samples").iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".txt")]
    words = sorted({w for text in samples for w in text.split() if w.isalpha()})
    script = "".join(f"window.v{n}={{a:[{n},{n * n}],b:'{n:x}'}};" for n in range(2000))
    for number in range(count):
        text = samples[number % len(samples)]
        body = "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip())
        head = (f"<html><head><title>Report {number}</title><meta charset='utf-8'>"
                "<meta property='article:published_time' content='2021-08-15T10:00:00Z'>"
                f"<meta property='og:site_name' content='News {number % 9}'>")
        left = KILOBYTES * 1000 - len(head) - len(body)
        scripts = script[:left // 2]
        links = []
        while left - len(scripts) > 0:
            said = " ".join(chance.choices(words, k=chance.randrange(2, 9)))
            links.append(f"<li class='item'><a href='/{said.replace(' ', '-')}'>{said}</a></li>")
            left -= len(links[-1])
        half = len(links) // 2
        yield (f"{head}<script>{scripts}</script></head><body><nav><ul>{''.join(links[:half])}</ul>"
               f"</nav><main><article><h1>Report {number}</h1>{body}</article></main>"
               f"<aside><ul>{''.join(links[half:])}</ul></aside></body></html>").encode()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--pages", type=Path, help="a folder of HTML files")
    parser.add_argument("--most", type=int, default=PAGES, help="pages that are read")
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    given = parser.parse_args()
    tell(measure(given.pages, given.most), given.json)


if __name__ == "__main__":
    main()
