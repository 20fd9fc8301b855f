"""Appends made-up reports until it is killed: `python crasher.py LEDGER SEED COUNT`.

Prints the number of each report once the ledger has acknowledged it.
"""

from __future__ import annotations

import random
import sys

from tests.ledger.made import DAY_ZERO, NOW, made, reread
from whoholds.core import Interval
from whoholds.ledger import Entry, Ledger


def main() -> None:
    path, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    order = list(range(count))
    random.Random(seed).shuffle(order)
    with Ledger.open(path) as ledger:
        for number in order:
            append(ledger, number)
            print(number, flush=True)
    print("done", flush=True)


def append(ledger: Ledger, number: int) -> None:
    """Report ``number``; some are read twice, some withdrawn."""
    reading = made(number)
    reading.into(ledger)
    if number % 3 == 0:
        reread(reading, "reader 2", keep=1).into(ledger)
    if number % 7 == 0:
        ledger.enter(Entry("retraction", reading.report.id, "outlet",
                           Interval.of_days(DAY_ZERO.replace(month=7))), NOW)


if __name__ == "__main__":
    main()
