"""When claims are valid: expressions, tenses, sayings, other events."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.trees import parse_of
from whoholds.claims.times import Clock
from whoholds.core import Interval

ANNOUNCED = """
1 Rebels rebel NOUN Number=Plur 3 nsubj
2 have have AUX Tense=Pres|VerbForm=Fin 3 aux
3 launched launch VERB Tense=Past|VerbForm=Part 0 root
4 an a DET _ 5 det
5 offensive offensive NOUN _ 3 obj
6 , , PUNCT _ 8 punct
7 having have AUX VerbForm=Ger 8 aux
8 surrounded surround VERB Tense=Past|VerbForm=Part 3 advcl
9 the the DET _ 10 det
10 capital capital NOUN _ 8 obj
11 , , PUNCT _ 14 punct
12 the the DET _ 13 det
13 ministry ministry NOUN _ 14 nsubj
14 announced announce VERB Tense=Past|VerbForm=Fin 3 parataxis
15 on on ADP _ 16 case
16 Friday Friday PROPN _ 14 obl
"""


def when(clock: Clock, word: int, *, state: bool = False, modality: str = "actual",
         at: int = 0) -> tuple[str, str] | None:
    """First and last day of word ``word`` (1-based) of sentence ``at``."""
    found = clock.valid(at, word - 1, state, "affirmed", modality)  # type: ignore[arg-type]
    return found and tuple(  # type: ignore[return-value]
        str(end.date()) if end else ".." for end in (found.earliest, found.latest))


def test_the_day_of_saying_does_not_date_what_is_said() -> None:
    clock = Clock(*parse_of(ANNOUNCED))
    assert when(clock, 3) == ("..", "2021-08-13")
    assert when(clock, 5) == ("..", "2021-08-13")
    assert when(clock, 8) == ("..", "2021-08-13")


def test_without_publication_nothing_relative_is_known() -> None:
    clock = Clock(*parse_of(ANNOUNCED, published=None))
    assert when(clock, 3) is None


HOURS_AFTER = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 took take VERB Tense=Past|VerbForm=Fin 0 root
3 control control NOUN _ 2 obj
4 of of ADP _ 5 case
5 Aleppo Aleppo PROPN _ 3 nmod
6 on on ADP _ 7 case
7 Sunday Sunday PROPN _ 2 obl
8 , , PUNCT _ 10 punct
9 just just ADV _ 10 advmod
10 hours hour NOUN Number=Plur 12 obl:unmarked
11 after after SCONJ _ 12 mark
12 seizing seize VERB VerbForm=Ger 2 advcl
13 Idlib Idlib PROPN _ 12 obj
"""


def test_hours_after_dates_the_event_before() -> None:
    clock = Clock(*parse_of(HOURS_AFTER))
    assert when(clock, 2) == ("2021-08-15", "2021-08-15")
    assert when(clock, 3) == ("2021-08-15", "2021-08-15")
    assert when(clock, 12) == ("2021-08-14", "2021-08-15")


ASSESSED = """
1 Earlier early ADV Degree=Cmp 3 advmod
2 this this DET _ 3 det
3 week week NOUN _ 6 obl:unmarked
4 , , PUNCT _ 6 punct
5 analysts analyst NOUN Number=Plur 6 nsubj
6 assessed assess VERB Tense=Past|VerbForm=Fin 0 root
7 Aleppo Aleppo PROPN _ 9 nsubj
8 could could AUX VerbForm=Fin 9 aux
9 fall fall VERB VerbForm=Inf 6 ccomp
10 within within ADP _ 12 case
11 90 90 NUM _ 12 nummod
12 days day NOUN Number=Plur 9 obl
"""


def test_a_forecast_runs_from_its_assessment_to_its_horizon() -> None:
    clock = Clock(*parse_of(ASSESSED))
    assert when(clock, 9, modality="forecast") == ("2021-08-09", "2021-11-12")
    assert when(clock, 6) == ("2021-08-09", "2021-08-14")


def test_a_garden_path_hides_no_assessment() -> None:
    wrong = ASSESSED.replace("6 nsubj\n6 assessed assess VERB Tense=Past|VerbForm=Fin 0 root",
                             "9 nsubj\n6 assessed assess VERB Tense=Past|VerbForm=Fin 5 acl")
    clock = Clock(*parse_of(wrong.replace("6 ccomp", "0 root")))
    assert when(clock, 9, modality="forecast") == ("2021-08-09", "2021-11-12")


SHORTLY_BEFORE = """
1 Shortly shortly ADV _ 4 advmod
2 before before SCONJ _ 4 mark
3 rebels rebel NOUN Number=Plur 4 nsubj
4 entered enter VERB Tense=Past|VerbForm=Fin 10 advcl
5 Aleppo Aleppo PROPN _ 4 obj
6 , , PUNCT _ 10 punct
7 the the DET _ 9 det
8 border border NOUN _ 9 compound
9 crossing crossing NOUN _ 10 nsubj
10 fell fall VERB Tense=Past|VerbForm=Fin 0 root
"""


def test_shortly_before_an_undated_event_is_fresh() -> None:
    clock = Clock(*parse_of(SHORTLY_BEFORE))
    assert when(clock, 10) == ("2021-08-14", "2021-08-15")
    assert when(clock, 4)[1] == "2021-08-15"  # type: ignore[index]


WHEN_BEGAN = """
1 The the DET _ 2 det
2 surge surge NOUN _ 3 nsubj
3 began begin VERB Tense=Past|VerbForm=Fin 0 root
4 back back ADV _ 6 advmod
5 in in ADP _ 6 case
6 May May PROPN _ 3 obl
7 when when SCONJ _ 9 mark
8 troops troops NOUN _ 9 nsubj
9 started start VERB Tense=Past|VerbForm=Fin 3 advcl
10 leaving leave VERB VerbForm=Ger 9 xcomp
"""


def test_when_shares_the_time_of_the_clause_above() -> None:
    clock = Clock(*parse_of(WHEN_BEGAN))
    for word in (2, 3, 9, 10):
        assert when(clock, word) == ("2021-05-01", "2021-05-31")


BOOSTED = """
1 They they PRON _ 2 nsubj
2 advanced advance VERB Tense=Past|VerbForm=Fin 0 root
3 in in ADP _ 4 case
4 August August PROPN _ 2 obl
5 , , PUNCT _ 6 punct
6 seizing seize VERB VerbForm=Ger 2 advcl
7 towns town NOUN Number=Plur 6 obj
"""


def test_a_participle_shares_the_day_of_its_clause_and_the_past_ends_at_publication() -> None:
    clock = Clock(*parse_of(BOOSTED))
    assert when(clock, 6) == ("2021-08-01", "2021-08-15")


SAFE = """
1 He he PRON _ 2 nsubj
2 claimed claim VERB Tense=Past|VerbForm=Fin 0 root
3 that that SCONJ _ 7 mark
4 the the DET _ 5 det
5 capital capital NOUN _ 7 nsubj
6 was be AUX Tense=Past|VerbForm=Fin 7 cop
7 safe safe ADJ _ 2 ccomp
"""


def test_a_state_told_in_the_past_is_so_at_the_time_of_speaking() -> None:
    clock = Clock(*parse_of(SAFE))
    assert when(clock, 7, state=True) == ("2021-08-15", "2021-08-15")


CONTINUE = """
1 clashes clash NOUN Number=Plur 2 nsubj
2 continue continue VERB Tense=Pres|VerbForm=Fin 0 root
3 in in ADP _ 5 case
4 the the DET _ 5 det
5 outskirts outskirts NOUN _ 2 obl
"""


def test_what_continues_is_now() -> None:
    clock = Clock(*parse_of(CONTINUE))
    assert when(clock, 1) == ("2021-08-15", "2021-08-15")


HEADLINE = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 take take VERB Tense=Pres|VerbForm=Fin 0 root
3 Aleppo Aleppo PROPN _ 2 obj
"""


def test_the_present_of_headlines_is_the_news_day() -> None:
    clock = Clock(*parse_of(HEADLINE))
    assert when(clock, 2) == ("2021-08-14", "2021-08-15")
    assert when(clock, 2, modality="planned") == ("2021-08-15", "..")


SAID_TO_BE = """
1 The the DET _ 2 det
2 insurgents insurgent NOUN Number=Plur 4 nsubj:pass
3 are be AUX Number=Plur|Tense=Pres|VerbForm=Fin 4 aux:pass
4 said say VERB Tense=Past|VerbForm=Part 0 root
5 to to PART _ 9 mark
6 be be AUX VerbForm=Inf 9 cop
7 in in ADP _ 9 case
8 the the DET _ 9 det
9 district district NOUN Number=Sing 4 xcomp
10 . . PUNCT _ 4 punct
"""

FRONTED = """
1 On on ADP _ 2 case
2 Sunday Sunday PROPN Number=Sing 5 obl
3 the the DET _ 4 det
4 rebels rebel NOUN Number=Plur 5 nsubj
5 captured capture VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
6 the the DET _ 7 det
7 town town NOUN Number=Sing 5 obj
8 and and CCONJ _ 9 cc
9 looted loot VERB Number=Plur|Tense=Past|VerbForm=Fin 5 conj
10 the the DET _ 11 det
11 bank bank NOUN Number=Sing 9 obj
12 . . PUNCT _ 5 punct
"""

LAST = """
1 The the DET _ 2 det
2 rebels rebel NOUN Number=Plur 3 nsubj
3 captured capture VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
4 the the DET _ 5 det
5 town town NOUN Number=Sing 3 obj
6 and and CCONJ _ 7 cc
7 looted loot VERB Number=Plur|Tense=Past|VerbForm=Fin 3 conj
8 the the DET _ 9 det
9 bank bank NOUN Number=Sing 7 obj
10 on on ADP _ 11 case
11 Sunday Sunday PROPN Number=Sing 7 obl
12 . . PUNCT _ 3 punct
"""

MANAGED = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 managed manage VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
3 to to PART _ 4 mark
4 enter enter VERB VerbForm=Inf 2 xcomp
5 the the DET _ 6 det
6 town town NOUN Number=Sing 4 obj
7 on on ADP _ 8 case
8 Friday Friday PROPN Number=Sing 4 obl
9 . . PUNCT _ 2 punct
"""

MAY_HAVE = """
1 The the DET _ 2 det
2 city city NOUN Number=Sing 5 nsubj
3 may may AUX VerbForm=Fin 5 aux
4 have have AUX VerbForm=Inf 5 aux
5 fallen fall VERB Tense=Past|VerbForm=Part 0 root
6 on on ADP _ 7 case
7 Friday Friday PROPN Number=Sing 5 obl
8 . . PUNCT _ 5 punct
"""

FOR_WEEKS = """
1 The the DET _ 2 det
2 city city NOUN Number=Sing 5 nsubj:pass
3 has have AUX Number=Sing|Tense=Pres|VerbForm=Fin 5 aux
4 been be AUX Tense=Past|VerbForm=Part 5 aux:pass
5 surrounded surround VERB Tense=Past|VerbForm=Part 0 root
6 for for ADP _ 7 case
7 weeks week NOUN Number=Plur 5 obl
8 . . PUNCT _ 5 punct
"""

SINCE = """
1 Rebels rebel NOUN Number=Plur 3 nsubj
2 have have AUX Number=Plur|Tense=Pres|VerbForm=Fin 3 aux
3 controlled control VERB Tense=Past|VerbForm=Part 0 root
4 the the DET _ 5 det
5 town town NOUN Number=Sing 3 obj
6 since since ADP _ 7 case
7 May May PROPN Number=Sing 3 obl
8 . . PUNCT _ 3 punct
"""

BEFORE = """
1 The the DET _ 2 det
2 army army NOUN Number=Sing 3 nsubj
3 held hold VERB Number=Sing|Tense=Past|VerbForm=Fin 0 root
4 the the DET _ 5 det
5 city city NOUN Number=Sing 3 obj
6 until until ADP _ 7 case
7 Thursday Thursday PROPN Number=Sing 3 obl
8 . . PUNCT _ 3 punct
"""

BY = """
1 By by ADP _ 2 case
2 Friday Friday PROPN Number=Sing 5 obl
3 rebels rebel NOUN Number=Plur 5 nsubj
4 had have AUX Number=Plur|Tense=Past|VerbForm=Fin 5 aux
5 captured capture VERB Tense=Past|VerbForm=Part 0 root
6 the the DET _ 7 det
7 province province NOUN Number=Sing 5 obj
8 . . PUNCT _ 5 punct
"""

VOWED = """
1 Rebels rebel PROPN Number=Plur 2 nsubj
2 vowed vow VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
3 on on ADP _ 4 case
4 Monday Monday PROPN Number=Sing 2 obl
5 to to PART _ 6 mark
6 capture capture VERB VerbForm=Inf 2 xcomp
7 the the DET _ 8 det
8 city city NOUN Number=Sing 6 obj
9 . . PUNCT _ 2 punct
"""

STAGED = """
1 The the DET _ 2 det
2 offensive offensive NOUN Number=Sing 9 nsubj
3 , , PUNCT _ 4 punct
4 launched launch VERB Tense=Past|VerbForm=Part 2 acl
5 in in ADP _ 6 case
6 June June PROPN Number=Sing 4 obl
7 , , PUNCT _ 2 punct
8 has have AUX Number=Sing|Tense=Pres|VerbForm=Fin 9 aux
9 stalled stall VERB Tense=Past|VerbForm=Part 0 root
10 . . PUNCT _ 9 punct
"""

WHICH = """
1 The the DET _ 2 det
2 siege siege NOUN Number=Sing 10 nsubj
3 , , PUNCT _ 5 punct
4 which which PRON _ 5 nsubj
5 began begin VERB Number=Sing|Tense=Past|VerbForm=Fin 2 acl:relcl
6 on on ADP _ 7 case
7 1 1 NUM _ 5 obl
8 May May PROPN Number=Sing 7 nmod:unmarked
9 , , PUNCT _ 2 punct
10 goes go VERB Number=Sing|Tense=Pres|VerbForm=Fin 0 root
11 on on ADP _ 10 compound:prt
12 . . PUNCT _ 10 punct
"""

YEAR = """
1 The the DET _ 3 det
2 2001 2001 NUM _ 3 nummod
3 invasion invasion NOUN Number=Sing 4 nsubj
4 toppled topple VERB Number=Sing|Tense=Past|VerbForm=Fin 0 root
5 the the DET _ 6 det
6 government government NOUN Number=Sing 4 obj
7 . . PUNCT _ 4 punct
"""

CONDEMNED = """
1 The the DET _ 2 det
2 fall fall NOUN Number=Sing 7 nsubj:pass
3 of of ADP _ 5 case
4 the the DET _ 5 det
5 city city NOUN Number=Sing 2 nmod
6 was be AUX Number=Sing|Tense=Past|VerbForm=Fin 7 aux:pass
7 condemned condemn VERB Tense=Past|VerbForm=Part 0 root
8 on on ADP _ 9 case
9 Wednesday Wednesday PROPN Number=Sing 7 obl
10 . . PUNCT _ 7 punct
"""

WHEN = """
1 When when ADV _ 3 advmod
2 rebels rebel NOUN Number=Plur 3 nsubj
3 captured capture VERB Number=Plur|Tense=Past|VerbForm=Fin 10 advcl
4 the the DET _ 5 det
5 town town NOUN Number=Sing 3 obj
6 in in ADP _ 7 case
7 June June PROPN Number=Sing 3 obl
8 , , PUNCT _ 3 punct
9 thousands thousand NOUN Number=Plur 10 nsubj
10 fled flee VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
11 . . PUNCT _ 10 punct
"""

LATER = """
1 They they PRON Number=Plur 2 nsubj
2 captured capture VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
3 the the DET _ 4 det
4 bridge bridge NOUN Number=Sing 2 obj
5 two two NUM _ 6 nummod
6 days day NOUN Number=Plur 7 obl:unmarked
7 later late ADV _ 2 advmod
8 . . PUNCT _ 2 punct
"""

WITHDRAW = """
1 The the DET _ 2 det
2 army army NOUN Number=Sing 4 nsubj
3 will will AUX VerbForm=Fin 4 aux
4 withdraw withdraw VERB VerbForm=Inf 0 root
5 by by ADP _ 7 case
6 September September PROPN Number=Sing 7 nmod:unmarked
7 11 11 NUM _ 4 obl
8 . . PUNCT _ 4 punct
"""

COMPLETED = """
1 The the DET _ 2 det
2 withdrawal withdrawal NOUN Number=Sing 5 nsubj:pass
3 should should AUX VerbForm=Fin 5 aux
4 be be AUX VerbForm=Inf 5 aux:pass
5 completed complete VERB Tense=Past|VerbForm=Part 0 root
6 in in ADP _ 7 case
7 October October PROPN Number=Sing 5 obl
8 . . PUNCT _ 5 punct
"""

ENCIRCLED = """
1 Troops troops NOUN Number=Plur 2 nsubj
2 entered enter VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
3 the the DET _ 5 det
4 encircled encircle VERB Tense=Past|VerbForm=Part 5 amod
5 city city NOUN Number=Sing 2 obj
6 . . PUNCT _ 2 punct
"""

AFTER_DATED = """
1 The the DET _ 2 det
2 attack attack NOUN Number=Sing 3 nsubj
3 came come VERB Number=Sing|Tense=Past|VerbForm=Fin 0 root
4 days day NOUN Number=Plur 9 obl:unmarked
5 after after SCONJ _ 9 mark
6 a a DET _ 7 det
7 ceasefire ceasefire NOUN Number=Sing 9 nsubj:pass
8 was be AUX Number=Sing|Tense=Past|VerbForm=Fin 9 aux:pass
9 signed sign VERB Tense=Past|VerbForm=Part 3 advcl
10 on on ADP _ 12 case
11 August August PROPN Number=Sing 12 nmod:unmarked
12 1 1 NUM _ 9 obl
13 . . PUNCT _ 3 punct
"""

DAY_AFTER = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 entered enter VERB Number=Plur|Tense=Past|VerbForm=Fin 0 root
3 the the DET _ 4 det
4 capital capital NOUN Number=Sing 2 obj
5 a a DET _ 6 det
6 day day NOUN Number=Sing 10 obl:unmarked
7 after after SCONJ _ 10 mark
8 the the DET _ 9 det
9 president president NOUN Number=Sing 10 nsubj
10 fled flee VERB Number=Sing|Tense=Past|VerbForm=Fin 2 advcl
11 . . PUNCT _ 2 punct
"""

WITHIN = """
1 The the DET _ 2 det
2 town town NOUN Number=Sing 3 nsubj
3 fell fall VERB Number=Sing|Tense=Past|VerbForm=Fin 0 root
4 within within ADP _ 5 case
5 hours hour NOUN Number=Plur 3 obl
6 . . PUNCT _ 3 punct
"""

UNTIL = BEFORE.replace("7 Thursday Thursday PROPN", "7 Friday Friday PROPN")


@pytest.mark.parametrize(("text", "word", "expected"), [
    (FRONTED, 5, ("2021-08-15", "2021-08-15")),
    (FRONTED, 9, ("2021-08-15", "2021-08-15")),
    (LAST, 3, ("..", "2021-08-15")),             # only what precedes is sure to be shared
    (LAST, 7, ("2021-08-15", "2021-08-15")),
    (MANAGED, 4, ("2021-08-13", "2021-08-13")),
    (MANAGED, 2, ("2021-08-13", "2021-08-13")),
    (BY, 5, ("..", "2021-08-13")),
    (STAGED, 2, ("2021-06-01", "2021-06-30")),
    (STAGED, 4, ("2021-06-01", "2021-06-30")),
    (WHICH, 2, ("2021-05-01", "2021-05-01")),
    (YEAR, 3, ("2001-01-01", "2001-12-31")),
    (YEAR, 4, ("..", "2021-08-15")),
    (CONDEMNED, 2, ("..", "2021-08-11")),
    (CONDEMNED, 7, ("2021-08-11", "2021-08-11")),
    (WHEN, 3, ("2021-06-01", "2021-06-30")),
    (WHEN, 10, ("2021-06-01", "2021-06-30")),
    (AFTER_DATED, 2, ("2021-08-02", "2021-08-15")),
    (AFTER_DATED, 9, ("2021-08-01", "2021-08-01")),
    (DAY_AFTER, 2, ("2021-08-14", "2021-08-15")),
    (WITHIN, 3, ("..", "2021-08-15")),
])
def test_events_of_the_past(text: str, word: int, expected: tuple[str, str]) -> None:
    assert when(Clock(*parse_of(text)), word) == expected


@pytest.mark.parametrize(("text", "word", "expected"), [
    (SAID_TO_BE, 9, ("2021-08-15", "2021-08-15")),
    (FOR_WEEKS, 5, ("2021-06-20", "2021-08-15")),
    (SINCE, 3, ("2021-05-01", "2021-08-15")),
    (BEFORE, 3, ("..", "2021-08-12")),
    (UNTIL, 3, ("..", "2021-08-13")),
    (ENCIRCLED, 4, ("..", "2021-08-15")),
])
def test_states(text: str, word: int, expected: tuple[str, str]) -> None:
    assert when(Clock(*parse_of(text)), word, state=True) == expected


@pytest.mark.parametrize(("text", "word", "modality", "expected"), [
    (VOWED, 6, "promised", ("2021-08-09", "..")),
    (WITHDRAW, 4, "planned", ("2021-08-15", "2021-09-11")),
    (WITHDRAW, 4, "actual", ("2021-08-15", "2021-09-11")),       # the tense knows better
    (COMPLETED, 5, "possible", ("2021-10-01", "2021-10-31")),
    (MAY_HAVE, 5, "possible", ("2021-08-13", "2021-08-13")),
    (LATER, 2, "ordered", ("2021-08-15", "..")),
])
def test_what_is_not_yet_so(text: str, word: int, modality: str,
                            expected: tuple[str, str]) -> None:
    assert when(Clock(*parse_of(text)), word, modality=modality) == expected


def test_days_later_counts_from_the_time_last_spoken_of() -> None:
    clock = Clock(*parse_of(DATED, LATER))
    assert when(clock, 2, at=1) == ("2021-08-09", "2021-08-09")
    assert when(Clock(*parse_of(LATER)), 2) == ("..", "2021-08-15")


DATED = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 advanced advance VERB Tense=Past|VerbForm=Fin 0 root
3 on on ADP _ 5 case
4 August August PROPN _ 5 nmod:unmarked
5 7 7 NUM _ 2 obl
"""

DATELINE = """
1 ALEPPO ALEPPO PROPN _ 10 parataxis
2 , , PUNCT _ 1 punct
3 Aug Aug PROPN _ 4 nmod:unmarked
4 12 12 NUM _ 1 nmod
5 ( ( PUNCT _ 6 punct
6 Agency Agency PROPN _ 1 appos
7 ) ) PUNCT _ 6 punct
8 - - PUNCT _ 1 punct
9 Rebels rebel NOUN Number=Plur 10 nsubj
10 advanced advance VERB Tense=Past|VerbForm=Fin 0 root
"""


def test_a_dateline_dates_no_event() -> None:
    assert when(Clock(*parse_of(DATELINE)), 10) == ("..", "2021-08-15")


@pytest.mark.parametrize("mark", [":", "–"])
def test_a_date_that_heads_a_line_dates_what_follows(mark: str) -> None:
    clock = Clock(*parse_of(f"""
1 • • PUNCT _ 3 punct
2 March March PROPN _ 3 nmod:unmarked
3 5 5 NUM _ 0 root
4 {mark} {mark} PUNCT _ 3 punct
5 Rebels rebel NOUN Number=Plur 6 nsubj
6 take take VERB Tense=Pres|VerbForm=Fin 3 parataxis
7 Norwick Norwick PROPN _ 6 obj
"""))
    assert when(clock, 6) == ("2021-03-05", "2021-03-05")


EXPRESSIONS = ["on Friday", "last month", "in May", "two days ago", "overnight", "since Monday",
               "by Friday", "until August 12", "before Tuesday", "after August 2", "in 2019",
               "within 30 days", "next week", "in the coming days", "earlier this week", "today",
               "on February 29", "for weeks", "hours ago", "over the weekend", "tomorrow"]
MODALITIES = ["planned", "ordered", "demanded", "promised", "forecast", "possible"]


def told(expression: str, tense: str) -> str:
    """*Rebels took the town* with an expression of time."""
    words = expression.split()
    rows = ["1 Rebels rebel NOUN Number=Plur 2 nsubj",
            f"2 took take VERB Tense={tense}|VerbForm=Fin 0 root", "3 towns town NOUN _ 2 obj"]
    last = 3 + len(words)
    for at, form in enumerate(words, 4):
        upos = "PROPN" if form[0].isupper() else "NUM" if form.isdigit() else "NOUN"
        if at == 4 and form in ("on", "in", "by", "since", "until", "before", "after", "within",
                                "for", "over"):
            upos = "ADP"
        rows.append(f"{at} {form} {form.lower()} {upos} _ "
                    f"{2 if at == last else last} {'obl' if at == last else 'dep'}")
    return "\n".join(rows)


@given(st.sampled_from(EXPRESSIONS), st.dates(date(1990, 1, 1), date(2060, 12, 31)),
       st.booleans())
def test_the_past_never_ends_after_publication(expression: str, today: date, state: bool) -> None:
    report, parse = parse_of(told(expression, "Past"), published=today.isoformat())
    found = Clock(report, parse).valid(0, 1, state)
    assert found is not None
    assert found.latest is not None
    assert report.published is not None
    assert found.latest <= report.published.latest  # type: ignore[operator]


@given(st.sampled_from(EXPRESSIONS), st.dates(date(1990, 1, 1), date(2060, 12, 31)),
       st.sampled_from(MODALITIES))
def test_what_lies_ahead_never_begins_before_the_words(expression: str, today: date,
                                                       modality: str) -> None:
    report, parse = parse_of(told(expression, "Pres"), published=today.isoformat())
    found = Clock(report, parse).valid(0, 1, False, "affirmed", modality)  # type: ignore[arg-type]
    assert found is not None
    assert found.earliest is not None
    assert found.earliest >= Interval.of_days(today).earliest  # type: ignore[operator]


@given(st.sampled_from(EXPRESSIONS))
def test_without_publication_only_written_years_are_known(expression: str) -> None:
    found = Clock(*parse_of(told(expression, "Past"), published=None)).valid(0, 1)
    assert (found is not None) == (expression == "in 2019")
