"""Takes: a report and its parse, a codebook.
Gives: claims: kind, actor, place, polarity, modality, sources, time, quantity, each with its span.
Never: decides which place or actor words mean; looks at clocks, chance, settings or other reports.
"""

from whoholds.claims.codebook import Codebook, load_codebook
from whoholds.claims.extract import extract

__all__ = ["Codebook", "extract", "load_codebook"]
