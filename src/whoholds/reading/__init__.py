"""Reading: bytes become reports.

Takes: paths, a manifest, what is given about them (outlet, publication, time zone).
Gives: reports with stable offsets and the provenance of their date, refusals, links of copies.
Never: parses a sentence, asks what time it is, or guesses a date in silence.
"""

from whoholds.reading.copies import Copy, copies_among, fingerprint, near_copies
from whoholds.reading.paths import read_paths
from whoholds.reading.results import ReadResult, Refusal

__all__ = ["Copy", "ReadResult", "Refusal", "copies_among", "fingerprint", "near_copies",
           "read_paths"]
