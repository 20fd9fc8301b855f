"""Takes: a report and its parse, a codebook.
Gives: claims: kind, actor, place, polarity, modality, sources, time, quantity, each with its span.
Never: decides which place or actor words mean; looks at clocks, chance, settings or other reports.
"""

from whoholds.claims.codebook import Codebook, load_codebook
from whoholds.claims.confidence import CLAIM_P
from whoholds.claims.extract import extract
from whoholds.claims.hunches import HUNCH_P

__all__ = ["CLAIM_P", "HUNCH_P", "Codebook", "extract", "load_codebook"]
