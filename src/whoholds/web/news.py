"""News for open pages, as server-sent events: the ledger has changed, a reading has gone on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from threading import Lock

BEAT_S = 20.0     # seconds between signs of life: proxies close what is silent for a minute
MOST_EARS = 200   # open pages; more are told to come back
MOST_UNHEARD = 50  # news that wait for a slow page; then it is let go, and comes back


class News:
    """Tells every open page. Safe to tell from any thread."""

    def __init__(self) -> None:
        self._ears: dict[asyncio.Queue[str], asyncio.AbstractEventLoop] = {}
        self._lock = Lock()
        self._over = False

    def tell(self, event: str, data: str = "") -> None:
        """Sends one event to all who listen; ``data`` is one line."""
        text = f"event: {event}\ndata: {' '.join(data.split())}\n\n"
        with self._lock:
            ears = list(self._ears.items())
        for queue, loop in ears:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_put, queue, text)

    def full(self) -> bool:
        """Whether no more can listen."""
        with self._lock:
            return len(self._ears) >= MOST_EARS

    async def listen(self) -> AsyncIterator[str]:
        """The events as they come, and signs of life in between; ends when the server does."""
        queue: asyncio.Queue[str] = asyncio.Queue(MOST_UNHEARD)
        with self._lock:
            self._ears[queue] = asyncio.get_running_loop()
        try:
            yield "retry: 3000\n\n"
            while not self._over and not queue.full():
                try:
                    yield await asyncio.wait_for(queue.get(), BEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            with self._lock:
                self._ears.pop(queue, None)

    def end(self) -> None:
        """Lets all who listen go."""
        self._over = True
        self.tell("end")


def _put(queue: asyncio.Queue[str], text: str) -> None:
    if not queue.full():
        queue.put_nowait(text)


async def watch(state: Callable[[], str], news: News, every_s: float,
                changed: Callable[[], None]) -> None:
    """Tells when the ledger changed, whoever changed it; ``changed`` is called before, in a
    thread."""
    last = await asyncio.to_thread(state)
    while True:
        await asyncio.sleep(every_s)
        try:
            now = await asyncio.to_thread(state)
            if now != last:
                last = now
                news.tell("changed", now)
                await asyncio.to_thread(changed)
        except Exception as error:  # a ledger that cannot be read now may be readable later
            news.tell("trouble", type(error).__name__)
