from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.world import CHAIN, FORECAST, QUIET
from whoholds.core import Interval, Source
from whoholds.views import words


@pytest.mark.parametrize(("probability", "word"), [
    (0.0, "almost no chance"), (0.05, "very unlikely"), (0.2, "unlikely"),
    (0.45, "roughly even chance"), (0.55, "likely"), (0.8, "very likely"),
    (0.95, "almost certain"), (1.0, "almost certain")])
def test_the_words_of_icd_203(probability: float, word: str) -> None:
    assert words.likelihood(probability) == word


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_probable_is_never_a_weaker_word(one: float, other: float) -> None:
    order = ["almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely",
             "very likely", "almost certain"]
    low, high = sorted((one, other))
    assert order.index(words.likelihood(low)) <= order.index(words.likelihood(high))


@pytest.mark.parametrize(("probability", "text"), [
    (1.0, ">99%"), (0.995, ">99%"), (0.99, "99%"), (0.5, "50%"), (0.004, "<1%"), (0.0, "<1%")])
def test_a_percentage_never_claims_certainty(probability: float, text: str) -> None:
    assert words.percent(probability) == text


def test_a_nested_chain_comes_out_whole() -> None:
    assert words.chain(CHAIN) == "Sputnik → Associated Press → officials (anonymous)"
    assert words.chain((Source("A", "outlet"), Source("Mujahid", "spokesperson", medium="Twitter"))
                       ) == "A → Mujahid (Twitter)"


@given(st.text())
def test_safe_text_cannot_steer_a_terminal(text: str) -> None:
    made = words.safe(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in made)
    assert not set(made) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert made == made.strip()
    assert words.safe(made) == made


@given(st.lists(st.text(alphabet="ab \n\u202e"), max_size=4))
def test_pieces_made_safe_read_as_the_whole_made_safe(pieces: list[str]) -> None:
    joined = "".join(words.spaced(piece) for piece in pieces)
    assert " ".join(joined.split()) == words.safe("".join(pieces))


@given(st.text())
def test_ascii_text_is_ascii(text: str) -> None:
    assert words.to_ascii(text).isascii()


def test_ascii_text_keeps_the_words() -> None:
    assert words.to_ascii("● Jalālābād → “held”") == '* Jalalabad -> "held"'


def at(day: int, month: int = 8, year: int = 2021) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize(("earliest", "latest", "text"), [
    (None, None, "any time"), (None, at(3), "by 3 Aug 2021"), (at(3), None, "from 3 Aug 2021"),
    (at(3), at(3), "3 Aug 2021"), (at(3), at(5), "3–5 Aug 2021"),
    (at(30, 7), at(5), "30 Jul – 5 Aug 2021"),
    (at(30, 12, 2020), at(5, 1), "30 Dec 2020 – 5 Jan 2021")])
def test_periods(earliest: datetime | None, latest: datetime | None, text: str) -> None:
    assert words.period(earliest, latest) == text


def test_publication_is_told_as_finely_as_known() -> None:
    assert words.published(None) == "undated"
    assert words.published(Interval.of_days(at(3).date())) == "3 Aug 2021"
    assert words.published(Interval(at(3), at(3), "minute")) == "3 Aug 2021 00:00 UTC"


def test_why_a_claim_moves_nothing() -> None:
    assert words.why_unmoved(FORECAST) == "a forecast, not an event"
    assert words.why_unmoved(QUIET) == "denies something else than holding"


def test_kinds_that_tell_no_holder_say_so() -> None:
    deploy = replace(FORECAST, kind="deploy", modality="actual", part="gates")
    assert words.why_unmoved(deploy) == "says “deploy”, which does not tell who holds the place"
    assert words.why_unmoved(replace(FORECAST, modality="actual", valid=None)) == "has no date"


@pytest.mark.parametrize(("logodds", "word"), [
    (0.05, "negligible"), (-0.5, "slight"), (2.4, "substantial"), (-4.0, "strong"),
    (9.0, "very strong")])
def test_weights_in_words(logodds: float, word: str) -> None:
    assert words.weight(logodds) == word


def test_a_number_has_one_word_however_it_was_rounded() -> None:
    assert words.percent(0.447) == words.percent(0.453) == "45%"
    assert words.likelihood(0.447) == words.likelihood(0.453)
