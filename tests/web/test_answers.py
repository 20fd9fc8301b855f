"""Answers are computed once for each state of the ledger, and forgotten with it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from tests.web.conftest import Site
from whoholds.web.answers import Answers


def test_an_answer_is_computed_once_even_for_many_who_ask(site: Site) -> None:
    answers, made = Answers(site.desk), []

    def slow() -> int:
        made.append(1)
        sleep(0.05)
        return len(made)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: answers.kept("key", slow), range(16)))
    assert found == [1] * 16


def test_another_state_of_the_ledger_has_other_answers(site: Site) -> None:
    answers = Answers(site.desk)
    before, version = answers.snapshot(), answers.version()
    assert answers.snapshot() is before
    site.desk.note("The Taliban hold Jalalabad.", author="Ana", published="2021-08-15")
    assert answers.version() != version
    assert len(answers.snapshot().reports) == len(before.reports) + 1


def test_a_failure_is_not_kept(site: Site) -> None:
    answers, tries = Answers(site.desk), []

    def fails_once() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("once")
        return "answer"
    with pytest.raises(ValueError, match="once"):
        answers.kept("key", fails_once)
    assert answers.kept("key", fails_once) == "answer"
