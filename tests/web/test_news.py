"""Server-sent events: open pages hear of changes, whoever made them."""

from __future__ import annotations

import asyncio

from whoholds.web import news as news_module
from whoholds.web.news import News, watch


def test_all_who_listen_hear_in_one_line() -> None:
    async def hear() -> list[str]:
        news = News()
        first, second = news.listen(), news.listen()
        assert await anext(first) == await anext(second) == "retry: 3000\n\n"
        await asyncio.to_thread(news.tell, "changed", "a\nevent: forged")
        return [await anext(first), await anext(second)]
    assert asyncio.run(hear()) == ["event: changed\ndata: a event: forged\n\n"] * 2


def test_no_more_pages_than_can_be_told() -> None:
    async def fill() -> tuple[bool, bool]:
        news = News()
        ears = [news.listen() for _ in range(news_module.MOST_EARS)]
        for ear in ears[:-1]:
            await anext(ear)
        before = news.full()
        await anext(ears[-1])
        return before, news.full()
    assert asyncio.run(fill()) == (False, True)


def test_a_change_by_another_program_is_told_after_answers_are_ready() -> None:
    async def see() -> list[str]:
        news, state, ready = News(), ["one"], []
        ear = news.listen()
        await anext(ear)
        watching = asyncio.create_task(
            watch(lambda: state[0], news, 0.01, lambda: ready.append("ready")))
        await asyncio.sleep(0.05)
        state[0] = "two"
        heard = await anext(ear)
        await asyncio.sleep(0.05)
        watching.cancel()
        return [heard, *ready]
    assert asyncio.run(see()) == ["event: changed\ndata: two\n\n", "ready"]
