"""Reading much: a stream of which 5 % of the reports matter, two workers, Ray's bytes.

``python -m benchmarks.scale --json FILE`` wants the corpora in the folder ``shared`` beside the
repository (``--shared``). All times are of the processor; the stream is read on one core.

The stream: the 5 % are reports about Afghanistan, in equal parts the sample dispatches and two
newspaper reports of August 2021, and press releases of 2009-2013 (ISAF). The 95 % are American
local news (LGL), an election campaign (PolNeAR), Wikinews (GeoVirus), and all genres of the
treebanks GUM and EWT, such as mails, reviews, lectures, court records: all texts in which none of
the words ELSEWHERE stands, so that nothing in them matters. As a day's run soon has met most names,
half of them and another hundred press releases are read before, and not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from benchmarks.figures import compiled, tell
from whoholds.core import Report
from whoholds.pipeline import bulk, open_ledger, runners
from whoholds.pipeline.stages import Stages
from whoholds.settings import Settings, settings_from

SHARED = Path(__file__).resolve().parents[2] / "shared"
RELEVANT = 40          # reports that matter in the stream: with the others some 350,000 words
SHARE = 0.05
SEED = 5               # of the order of the stream
ENCODED = 60           # reports of the stream that the bare encoder reads: some 25,000 words
BEFORE = 100           # reports about Afghanistan that are read before the stream
PER_PIECE = 200
FEW_AND_MANY = (16, 160)    # reports for one and two workers; what lies between them is measured
ABOUT = "afghanistan"
ELSEWHERE = re.compile(r"afghan|taliban|taleban|kabul|kandahar|helmand|bin laden|qaeda|qaida", re.I)


def measure() -> dict[str, float]:
    """All figures; none of those that want corpora which are not there."""
    found: dict[str, float] = {}
    if SHARED.is_dir():
        found |= relevant5(SHARED)
    return found | two_workers() | identical()


def relevant5(shared: Path) -> dict[str, float]:
    """The stream, from JSON Lines to the ledger, against the bare encoder on the same words."""
    settings = settings_from({"read.about": ABOUT, "read.threads": "1"}, {})
    stages = Stages(settings)
    (matter, alike), others = _relevant(shared), _others(shared)
    half = len(others) // 2
    stream = [*matter, *others[half:half + round(len(matter) * (1 - SHARE) / SHARE)]]
    random.Random(SEED).shuffle(stream)
    encoder = _Bare(stages, stream[:ENCODED])
    for text in alike:
        stages.understand(Report(text, "warm"))
    for text in others[:half]:
        stages.concerned(Report(text, "warm"))
    words = sum(len(text.split()) for text in stream)
    encoder.run()                                 # once to warm up, then before and after
    bare_s = _seconds(encoder.run)
    with tempfile.TemporaryDirectory() as folder:
        read_s, load_s, counts = _through(Path(folder), stream, stages, settings)
        bare_s += _seconds(encoder.run)
        tables = sum(f.stat().st_size for f in Path(folder, "out").rglob("*") if f.is_file())
        ledger = Path(folder, "l.db").stat().st_size
    passed = [t for t in stream if stages.concerned(Report(t, ""))]
    lines = _seconds(lambda: [stages.concerned(Report(t, "")) for t in stream])
    rate, bare = words / (read_s + load_s), 2 * encoder.words / bare_s
    alone = [t for t in matter if t in set(stream)]
    parse_s = _seconds(lambda: [stages.understand(Report(t, "")) for t in alone])
    return {
        "throughput.relevant5_ratio": round(rate / bare, 2),
        "throughput.relevant5_compiled": compiled(),
        "throughput.relevant5_words_per_s": round(rate),
        "throughput.relevant5_encoder_words_per_s": round(bare),
        "throughput.relevant5_words_per_report": round(words / len(stream)),
        "throughput.relevant5_passing_reports": round(len(passed) / len(stream), 4),
        "throughput.relevant5_passing_words": round(
            sum(len(t.split()) for t in passed) / words, 4),
        "throughput.relevant5_scan_us_per_word": round(1e6 * lines / words, 2),
        "throughput.relevant5_read_us_per_word": round(1e6 * read_s / words, 2),
        "throughput.relevant5_load_us_per_word": round(1e6 * load_s / words, 2),
        "throughput.relevant5_claims": counts,
        "throughput.relevant5_table_bytes_per_word": round(tables / words, 2),
        "throughput.relevant5_ledger_bytes_per_word": round(ledger / words, 2),
        "throughput.parsed_words_per_s": round(sum(len(t.split()) for t in alone) / parse_s)}


def _through(folder: Path, texts: Sequence[str], stages: Stages,
             settings: Settings) -> tuple[float, float, int]:
    """Processor seconds of a bulk run over the texts and of its load, and the claims loaded. The
    two seconds in which the tools are loaded are not counted: a day's run does it once."""
    source = _lines(folder / "stream.jsonl", texts)
    job = bulk.plan(folder / "out", [str(source)], bulk.Intake(), settings, PER_PIECE)
    read_s = _seconds(lambda: list(runners.run_here(job, stages)))
    with open_ledger(folder / "l.db") as desk:
        counts: list[dict[str, int]] = []
        load_s = _seconds(lambda: counts.append(desk.load([job.out])))
    return read_s, load_s, counts[0]["claims"]


class _Bare:
    """The network alone, on sentences that are cut and turned into numbers already; words as
    blanks part them."""

    def __init__(self, stages: Stages, texts: Sequence[str]) -> None:
        from whoholds.language.encoder import MOST_PIECES, MOST_WORDS
        from whoholds.language.sentences import split
        self._encoder = stages.reader.encoder
        self._feeds, self.words = [], 0
        for text in texts:
            for piece in split(text):
                feed = self._encoder.feed([text[a:b] for a, b in piece.words])
                if len(feed["first"]) <= MOST_WORDS and len(feed["ids"]) <= MOST_PIECES:
                    self._feeds.append(feed)
                    self.words += len(text[piece.words[0][0]:piece.words[-1][1]].split())

    def run(self) -> None:
        for feed in self._feeds:
            self._encoder.run(feed)


def two_workers() -> dict[str, float]:
    """How much more two workers read than one: 2 x the processor seconds that a report costs one
    worker, over those that it costs each of two that work side by side. So it also holds on a
    machine that has more to do; and by the wall clock, which wants two cores of one's own."""
    costs: dict[int, float] = {}
    walls: dict[int, float] = {}
    for workers in (1, 2):
        few, many = (_by_workers(workers, reports) for reports in FEW_AND_MANY)
        costs[workers] = many[0] - few[0]        # without what it takes to begin
        walls[workers] = many[1] - few[1]
    return {"throughput.two_core_scaling": round(2 * costs[1] / costs[2], 2),
            "throughput.two_core_scaling_by_the_wall_clock": round(walls[1] / walls[2], 2),
            "throughput.two_core_load_average": round(os.getloadavg()[0], 1)}


def _by_workers(workers: int, reports: int) -> tuple[float, float]:
    """Processor seconds of all workers, and seconds, to read some reports."""
    with tempfile.TemporaryDirectory() as folder:
        source = _lines(Path(folder) / "many.jsonl", _dispatches(reports))
        job = bulk.plan(Path(folder) / "out", [str(source)], bulk.Intake(), settings_from({}, {}),
                        4)
        before, start = os.times(), time.monotonic()
        for _ in runners.run_local(job, workers, apart=True):
            pass
        after = os.times()
        return (after.children_user + after.children_system - before.children_user
                - before.children_system), time.monotonic() - start


def identical() -> dict[str, float]:
    """1 where this process, two workers and (where it is installed) Ray write the same bytes."""
    found = set()
    with tempfile.TemporaryDirectory() as folder:
        source = _lines(Path(folder) / "some.jsonl", _dispatches(40))
        for name in ("here", "local", "ray"):
            job = bulk.plan(Path(folder) / name, [str(source)], bulk.Intake(),
                            settings_from({}, {}), 5)
            list(_run(name, job))
            found.add(hashlib.sha256(b"".join(
                str(f.relative_to(job.out)).encode() + f.read_bytes()
                for f in sorted(Path(job.out).rglob("*")) if f.is_file())).hexdigest())
    return {"bulk.identical": float(len(found) == 1)}


def _run(name: str, job: bulk.Job) -> Iterator[bulk.Part]:
    if name == "ray":
        try:
            import ray  # noqa: F401
        except ImportError:
            print("Ray is not installed: pip install 'whoholds[scale]'")
            name = "here"
    return runners.run_here(job) if name == "here" else \
        runners.run_ray(job, 2) if name == "ray" else runners.run_local(job, 2)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _lines(path: Path, texts: Sequence[str]) -> Path:
    with path.open("w", encoding="utf8") as file:
        for n, text in enumerate(texts):
            file.write(json.dumps({"text": text, "published": "2021-08-15", "outlet": f"Paper {n}"},
                                  ensure_ascii=False) + "\n")
    return path


def _samples() -> list[str]:
    with as_file(files("whoholds").joinpath("samples")) as folder:
        return [path.read_text("utf8") for path in sorted(folder.glob("*.txt"))]


def _dispatches(count: int) -> list[str]:
    texts = _samples()
    return [f"{texts[n % len(texts)]}\n\nDispatch {n}." for n in range(count)]


def _relevant(shared: Path) -> tuple[list[str], list[str]]:
    """Those of the stream, and some that are read before it."""
    seeds = [path.read_text("utf8") for path in sorted((shared / "seeds").glob("*.txt"))]
    own = [*_samples(), *seeds][:RELEVANT // 2]
    lines = (shared / "data/isaf_press_releases/data/isaf_press_releases.jsonl").read_text("utf8")
    releases = [json.loads(line)["conversations"][1]["value"].removeprefix("PRESS RELEASE TEXT: ")
                for line in lines.splitlines()]
    random.Random(SEED).shuffle(releases)
    count = RELEVANT - len(own)
    return [*own, *releases[:count]], releases[count:count + BEFORE]


def _others(shared: Path) -> list[str]:
    data = shared / "data"
    texts = [article.findtext("text") or "" for name in ("lgl", "GeoVirus") for article in ET.parse(
        data / f"geoparsing/data/Corpora/{name}.xml").getroot().iter("article")]
    texts += [path.read_text("utf8", "replace") for path in sorted(
        (data / "attribution_polnear/data").glob("*/text/*.txt"))]
    for bank in ("ud_english_gum", "ud_english_ewt"):
        for path in sorted((data / bank).glob("*.conllu")):
            texts += _documents(path)
    texts = [text for text in texts if text.strip() and not ELSEWHERE.search(text)]
    random.Random(SEED).shuffle(texts)
    return texts


def _documents(path: Path) -> Iterator[str]:
    """The documents of a treebank as text, a line for each paragraph."""
    lines: list[str] = []
    for line in path.open(encoding="utf8"):
        if line.startswith("# newdoc id"):
            if lines:
                yield "\n".join(lines)
            lines = [""]
        elif line.startswith("# newpar"):
            lines.append("")
        elif line.startswith("# text ="):
            lines[-1] = f"{lines[-1]} {line.split('=', 1)[1].strip()}".strip()
    if lines:
        yield "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    parser.add_argument("--only", choices=["relevant5", "two", "identical"])
    given = parser.parse_args()
    found: dict[str, float] = {}
    if given.only in (None, "relevant5"):
        found |= relevant5(given.shared)
    if given.only in (None, "two"):
        found |= two_workers()
    if given.only in (None, "identical"):
        found |= identical()
    tell(found, given.json)


if __name__ == "__main__":
    main()
