"""When claims are valid: expressions, tenses, sayings, other events."""

from __future__ import annotations

from tests.claims.trees import parse_of
from whoholds.claims.times import Clock

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
