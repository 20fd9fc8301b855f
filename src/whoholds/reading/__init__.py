"""Reading: bytes become reports.

Takes: paths, a manifest, what is given about them (outlet, publication, time zone).
Gives: reports with stable offsets and the provenance of their date, refusals, links of copies.
Never: parses a sentence, asks what time it is, or guesses a date in silence.
"""

from whoholds.reading.copies import Copy, copies_among, fingerprint, near_copies
from whoholds.reading.corrections import Notice, notice, superseded
from whoholds.reading.paths import read_paths
from whoholds.reading.results import ReadResult, Refusal

__all__ = ["Copy", "Notice", "ReadResult", "Refusal", "copies_among", "fingerprint", "near_copies",
           "notice", "read_paths", "superseded"]
