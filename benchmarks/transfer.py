"""Does the reader know English, or this war? The seeds renamed twenty times, and read again.

Each renaming gives the theatre's places, actors, people and outlets invented names, moves it to
another country with one of its neighbours and to other days of the week, and makes the pack of the
result. The scores should stay what they were: what moves is knowledge of names. The names are drawn
from a seeded generator, so each run draws the same; none is an English word or given twice, and
the theatre's places keep their distances from each other.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from benchmarks.figures import tell
from whoholds.language import Reader
from whoholds.pipeline import open_ledger
from whoholds.pipeline.scoring import score_reading
from whoholds.resolve.words import CLOSED, GENERIC, TYPE_PHRASES, vocabulary
from whoholds.resolve.world import read_countries
from whoholds.settings import settings_from

RENAMINGS = 20
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Code, GeoNames id, name, people, a neighbour and its code.
COUNTRIES = (("BO", 3923057, "Bolivia", "Bolivian", "Paraguay", "PY"),
             ("MN", 2029969, "Mongolia", "Mongolian", "Russia", "RU"),
             ("ZM", 895949, "Zambia", "Zambian", "Malawi", "MW"),
             ("KH", 1831722, "Cambodia", "Cambodian", "Vietnam", "VN"),
             ("TN", 2464461, "Tunisia", "Tunisian", "Algeria", "DZ"),
             ("BG", 732800, "Bulgaria", "Bulgarian", "Romania", "RO"),
             ("GM", 2413451, "Gambia", "Gambian", "Senegal", "SN"),
             ("TZ", 149590, "Tanzania", "Tanzanian", "Mozambique", "MZ"),
             ("MR", 2378080, "Mauritania", "Mauritanian", "Mali", "ML"),
             ("KE", 192950, "Kenya", "Kenyan", "Uganda", "UG"))
AGENCIES = ("Reuters", "Associated Press", "Agence France-Presse", "Interfax", "Xinhua")
PAPERS = ("New York Times", "Washington Post", "Guardian")
OUTLETS = ("Sputnik", "South Front")
# Names that stay: who is far away, and words of names that are no names.
_STAY = vocabulary(
    "affairs air airfield airport alliance american arms assistance bank base bastion bridge camp "
    "charter city command council detention directorate district embassy emirate endowment "
    "facility far force forces friendship front gate general government high international "
    "islamic islamists joint khan level liberation marshal mile mission movement mullah national "
    "nato network north northern popular president prison province qari reconciliation republic "
    "resistance resolute second sheikh silk south state states support town united university "
    "uprising us vice washington west"
) | GENERIC | CLOSED | {word for phrase in TYPE_PHRASES for word in phrase}
_TOKEN = re.compile(r"[A-Z][^\W\d_]*(?:-[^\W\d_]+)*")
_DAY = re.compile(r"2021-08-(\d\d)")


@dataclass(frozen=True, slots=True)
class Renaming:
    """A consistent map of words to words, a shift in days, and the country it all moves to, with
    its neighbour's code."""

    words: Mapping[str, str]
    days: int
    iso: str
    country_id: int
    beyond: str

    def text(self, text: str) -> tuple[str, list[int]]:
        """The text renamed, and for each old offset the new one."""
        out: list[str] = []
        offsets: list[int] = []
        length = last = 0
        phrases = sorted(self.words, key=lambda w: (-len(w), w))
        start = r"(?:(?<![\w-])|(?<=\banti-)|(?<=\bpro-))"
        pattern = re.compile(start + "(?:" + "|".join(map(re.escape, phrases)) + r")(?![\w-])")
        for found in pattern.finditer(text):
            before, new = text[last:found.start()], self.words[found[0]]
            offsets += range(length, length + len(before))
            length += len(before)
            old = len(found[0])
            offsets += [length + min(i, len(new)) for i in range(old)]
            out += [before, new]
            length += len(new)
            last = found.end()
        out.append(text[last:])
        offsets += range(length, length + len(text) - last + 1)
        return "".join(out), offsets

    def day(self, text: str) -> str:
        """A text's dates moved by the days."""
        def moved(found: re.Match[str]) -> str:
            return (date(2021, 8, int(found[1])) + timedelta(self.days)).isoformat()
        return _DAY.sub(moved, text)


def renaming(number: int, pack: str) -> Renaming:
    """The ``number``-th renaming of the theatre that ``pack``, a pack's YAML text, tells of."""
    draw = random.Random(number)
    iso, country_id, country, people, neighbour, beyond = draw.choice(COUNTRIES)
    days = draw.randrange(1, 7)
    taken: set[str] = set()
    words = {"Afghanistan": country, "Afghan": people, "Afghani": people, "Afghans": people + "s",
             "Pakistan": neighbour}
    words |= {day: WEEK[(i + days) % 7] for i, day in enumerate(WEEK)}
    words |= {outlet: f"{_word(draw, taken)} {kind}" for outlet, kind in
              zip(OUTLETS, draw.sample(("Courier", "Radio", "Wire", "Herald", "Monitor"), 2),
                  strict=True)}
    for group in (AGENCIES, PAPERS):
        words |= dict(zip(group, draw.sample(group, len(group)), strict=True))
    names = sorted(set(_TOKEN.findall(_names_of(pack))))
    for name in names:
        if name not in words and not name.isupper() and not _stays(name):
            words[name] = _word(draw, taken)
    return Renaming(words, days, iso, country_id, beyond)


def _stays(name: str) -> bool:
    return len(name) < 3 or all(part.lower() in _STAY for part in name.split("-"))


def _names_of(pack: str) -> str:
    """The part of a pack's text that names things: not its sources."""
    return pack[pack.index("places:"):]


def _word(draw: random.Random, taken: set[str]) -> str:
    """An invented name of two or three syllables, no word of English and none that is taken."""
    while True:
        syllables = [draw.choice("bdfgklmnprstvz") + draw.choice("aeiou")
                     + draw.choice(["", "", *"lnrs"]) for _ in range(draw.choice((2, 3)))]
        word = "".join(syllables)
        if word not in taken and not _reader().is_word(word):
            taken.add(word)
            return word.capitalize()


@cache
def _reader() -> Reader:
    return Reader.load()


def renamed_pack(pack: str, by: Renaming) -> str:
    """The pack of the renamed theatre: no ids of a gazetteer, another country, its capital told,
    the places around the middle of that country as they lay around that of their own."""
    head, rest = pack[:pack.index("places:")], _names_of(pack)
    head = head.replace("pack: afghanistan", "pack: renamed").replace("[AF]", f"[{by.iso}]")
    rest, _ = by.text(rest)
    rest = re.sub(r"(?<=, )\d{6,8}(?=, -?\d)", "null", rest).replace(
        f"{by.words['Afghanistan']}, null", f"{by.words['Afghanistan']}, {by.country_id}", 1)
    rest = rest.replace("state: AF", f"state: {by.iso}").replace(
        "kabul-province, [", "afghanistan, [")
    rest = re.sub(r"(?<=, )PK(?=, \[)", by.beyond, _moved(rest, by.iso))
    return head.replace("name: Afghanistan", f"name: {by.words['Afghanistan']}") + rest


def _moved(rest: str, iso: str) -> str:
    """A pack's text with its coordinates moved from the middle of Afghanistan to that of a country
    (degrees)."""
    middle = {c.iso: (c.latitude or 0.0, c.longitude or 0.0) for c in read_countries()}
    north, east = (new - old for new, old in zip(middle[iso], middle["AF"], strict=True))

    def moved(found: re.Match[str]) -> str:
        return f"{float(found[1]) + north:.4f}, {float(found[2]) + east:.4f}"
    return re.sub(r"(?<=, )(-?\d+\.\d+), (-?\d+(?:\.\d+)?)(?=[,\]])", moved, rest)


def renamed_seeds(seeds: Path, folder: Path, by: Renaming) -> None:
    """Writes the seeds renamed: the reports, the manifest, the hand-coded claims."""
    offsets: dict[str, list[int]] = {}
    texts: dict[str, str] = {}
    rows = list(csv.DictReader(io.StringIO((seeds / "reports.csv").read_text("utf8"))))
    for row in rows:
        text = (seeds / row["file"]).read_text("utf8")
        texts[row["file"]], offsets[row["file"]] = by.text(text)
        (folder / row["file"]).write_text(texts[row["file"]], "utf8")
        row["outlet"], row["published"] = by.text(row["outlet"])[0], by.day(row["published"])
    with (folder / "reports.csv").open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    lines = []
    for line in (seeds / "claims.jsonl").read_text("utf8").splitlines():
        old = json.loads(line)
        new = json.loads(by.day(by.text(line)[0]))
        moved = offsets[old["report"]]
        new["start"], new["end"] = moved[old["start"]], moved[old["end"]]
        new["evidence"] = texts[old["report"]][new["start"]:new["end"]]
        lines.append(json.dumps(new, ensure_ascii=False))
    (folder / "claims.jsonl").write_text("\n".join(lines) + "\n", "utf8")


def f1_of(folder: Path, packs: str) -> float:
    """F1 over all kinds of the claims read from a folder of seeds."""
    with tempfile.TemporaryDirectory() as place, open_ledger(
            Path(place) / "x.db", settings=settings_from({"resolve.packs": packs}, {})) as desk:
        desk.read([], manifest=folder / "reports.csv")
        return score_reading(desk, folder / "claims.jsonl").overall.f1


def transfer_figures(seeds: Path, count: int = RENAMINGS) -> dict[str, float]:
    """F1 of the seeds, the mean and the lowest of ``count`` renamings, and the largest step away
    from the seeds' own."""
    pack = files("whoholds.resolve").joinpath("packs/afghanistan.yaml").read_text("utf8")
    own = f1_of(seeds, "afghanistan")
    scores = []
    for number in range(count):
        by = renaming(number, pack)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "renamed.yaml").write_text(renamed_pack(pack, by), "utf8")
            renamed_seeds(seeds, folder, by)
            scores.append(f1_of(folder, str(folder / "renamed.yaml")))
    return {"claims.transfer.f1_original": round(own, 3),
            "claims.transfer.f1_mean": round(sum(scores) / len(scores), 3),
            "claims.transfer.f1_lowest": round(min(scores), 3),
            "claims.transfer.f1_spread": round(max(abs(s - own) for s in scores), 3)}


def main() -> None:
    """Measure, print, and add to the file of figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transfer", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with the seeds")
    parser.add_argument("--count", type=int, default=RENAMINGS, help="how many renamings")
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    given = parser.parse_args()
    tell(transfer_figures(given.shared / "seeds", given.count), given.json, indent=1)


if __name__ == "__main__":
    main()
