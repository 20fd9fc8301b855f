"""How many a claim speaks of, on sentences read by the shipped reader (all made up)."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.claims import Codebook, extract, load_codebook
from whoholds.core import Interval, Report
from whoholds.language import Reader


@pytest.fixture(scope="module")
def tools() -> tuple[Reader, Codebook]:
    return Reader.load(), load_codebook()


@pytest.mark.parametrize(("text", "kind", "value", "bound", "unit"), [
    ("At least 16 people were killed and dozens injured in Norwick.", "casualty", None, "dozens",
     "person"),
    ("Seven marines were killed and nineteen wounded in Norwick.", "casualty", 19, "exactly",
     "marine"),
    ("The commander has surrendered all forces on the islands, about 9,800 men.", "surrender",
     9800, "about", "man"),
    ("The rebels have taken eleven constables prisoner.", "detain", 11, "exactly", "constable"),
    ("The king marched to its relief with forty thousand men.", "deploy", 40000, "exactly", "man"),
    ("The garrison on the islands will be raised from 5,000 men to 8,000.", "deploy", 8000,
     "exactly", "man"),
    ("Field Marshal Paulus and 24 generals were taken at Stalingrad.", "detain", 24, "exactly",
     "general"),
    ("Moldonia has shut one of its three crossings.", "close", 1, "exactly", "crossing"),
    ("Ships have taken more than 5,000 people of a hundred nationalities out of Norwick.",
     "evacuate", 5000, "more than", "person"),
    ("No more than two battalions surrendered at Norwick.", "surrender", 2, "at most", "battalion"),
    ("The governor puts the toll in Norwick at no more than 150.", "casualty", 150, "at most",
     "person"),
    ("The town was burned; over 4,100 fled to Norwick.", "displace", 4100, "more than", "person"),
    ("More than 80 people were killed and 48,000 displaced in Norwick.", "displace", 48000,
     "exactly", "person"),
    ("Dozens more may have been kidnapped in Norwick.", "detain", None, "dozens", "person"),
    ("Police expect thousands more to flee Norwick.", "displace", None, "thousands", "person"),
    ("The number of people displaced from Norwick has passed 20,000.", "displace", 20000,
     "more than", "person"),
    ("Reinforcements numbering 700 arrived in Norwick.", "enter", 700, "exactly", "reinforcement"),
    ("The garrison of Norwick, which numbered 600, surrendered on Sunday.", "surrender", 600,
     "exactly", "soldier"),
    ("The bombing left 12 dead and more than 30 injured in Norwick.", "casualty", 12, "exactly",
     "person"),
    ("The rebels have 20 hostages in Norwick.", "detain", 20, "exactly", "hostage"),
    ("Losses in Norwick were put at 900 dead.", "casualty", 900, "exactly", "person"),
    ("More than half of its people, some 6,500 souls, have fled Norwick.", "displace", 6500,
     "about", "soul"),
    ("Half-a-dozen soldiers were wounded in Norwick.", "casualty", 6, "exactly", "soldier"),
    ("Twenty men or more were killed in Norwick.", "casualty", 20, "at least", "man"),
    ("Some 40-odd tanks crossed the river at Norwick.", "enter", 40, "about", "tank"),
    ("A 1,200-strong garrison surrendered at Norwick.", "surrender", 1200, "exactly", "soldier"),
    ("A brigade of 3,000 was sent to Norwick.", "deploy", 3000, "exactly", "soldier"),
    ("Two score marines landed at Norwick.", "enter", 40, "exactly", "marine"),
    ("The fleet has landed nine thousand men at Norwick.", "enter", 9000, "exactly", "man"),
    ("A dozen or so gunmen stormed the post at Norwick.", "attack", 12, "about", "gunman"),
    ("Rebel forces conducted drone strikes against two refineries in Norwick.", "strike", 2,
     "exactly", "refinery"),
    ("Eight battalions held Norwick. Six of them surrendered.", "surrender", 6, "exactly",
     "battalion"),
    ("Three colonels and some 60 of their men defected to the rebels.", "defect", 3, "exactly",
     "colonel"),
    ("Northern Brigade, 1,800 strong, laid down its arms at Norwick.", "surrender", 1800, "exactly",
     "soldier"),
    ("Five hundred settlers were airlifted from Norwick. The navy hopes to take off the remaining "
     "ninety by sea.", "evacuate", 90, "exactly", "settler"),
    ("The army put its losses in Norwick at over 100.", "casualty", 100, "more than", "person"),
    ("Norwick is one of four occupied provinces.", "hold", 4, "exactly", "province"),
    ("There was heavy fighting around two towns in the east.", "clash", 2, "exactly", "town"),
    ("The shelling wounded six people and killed one in Norwick.", "casualty", 1, "exactly",
     "person"),
    ("The shelling of Norwick killed six people and wounded 48 more.", "casualty", 48, "exactly",
     "person"),
    ("Shells hit Norwick; 26 dead.", "casualty", 26, "exactly", "person"),
    ("Some of the 130 prisoners were wounded in Norwick.", "casualty", None, "several",
     "prisoner"),
])
def test_amounts(tools: tuple[Reader, Codebook], text: str, kind: str, value: float | None,
                 bound: str, unit: str) -> None:
    reader, book = tools
    report = Report(text, "Wire", Interval.of_days(date(2024, 5, 8)), "manifest")
    found = [c.quantity for c in extract(report, reader.parse(report), book) if c.kind == kind]
    assert (value, bound, unit) in [(q.value, q.bound, q.unit) for q in found if q is not None]


def test_a_bombardment_of_days_has_no_number(tools: tuple[Reader, Codebook]) -> None:
    reader, book = tools
    report = Report("Norwick fell after a bombardment of three days.", "Wire",
                    Interval.of_days(date(2024, 5, 8)), "manifest")
    assert all(c.quantity is None for c in extract(report, reader.parse(report), book))


@pytest.mark.parametrize("text", [
    "The rebels captured all but two of the guns at Norwick.",
    "Shelling killed a man aged 60 in Norwick.",
    "Ali Hasan, 45, was detained in Norwick.",
    "At 6 p.m. shelling killed a man in Norwick.",
    "00.45 Troops have withdrawn from Norwick."])
def test_what_is_left_out_or_an_age_has_no_number(tools: tuple[Reader, Codebook],
                                                 text: str) -> None:
    reader, book = tools
    report = Report(text, "Wire", Interval.of_days(date(2024, 5, 8)), "manifest")
    found = extract(report, reader.parse(report), book)
    assert found
    assert all(c.quantity is None for c in found)
