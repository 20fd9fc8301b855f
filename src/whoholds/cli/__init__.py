"""The command line.

Takes: arguments.
Gives: what the pipeline answers, as tables or JSON, and an exit status.
Never: computes an answer.
"""

from whoholds.cli import (  # noqa: F401 - add their commands
    bulking,
    exporting,
    gazetteers,
    histories,
    ledgers,
    packing,
    picturing,
    reviewing,
    serving,
    testimony,
    watching,
)
from whoholds.cli.main import main

__all__ = ["main"]
