"""Reading: bytes become reports.

Takes: paths, bytes from the web, a manifest, what is given about them (outlet, date, time zone).
Gives: reports with stable offsets and the provenance of their date, refusals, links of copies.
Never: parses a sentence, uses the network, asks what time it is, or guesses a date in silence.
"""

from whoholds.reading.composing import Given, compose
from whoholds.reading.copies import Copy, copies_among, fingerprint, near_copies
from whoholds.reading.corrections import Notice, notice
from whoholds.reading.families import Families
from whoholds.reading.paths import read_paths
from whoholds.reading.results import LARGEST, Options, ReadResult, Refusal
from whoholds.reading.web import Fetch, Fetched, Listed, listed, read_fetched

__all__ = [
    "LARGEST", "Copy", "Families", "Fetch", "Fetched", "Given", "Listed", "Notice", "Options",
    "ReadResult", "Refusal", "compose", "copies_among", "fingerprint", "listed", "near_copies",
    "notice", "read_fetched", "read_paths",
]
