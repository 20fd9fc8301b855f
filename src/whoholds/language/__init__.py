"""Takes: reports, and the model that ships in this package.
Gives: parses: sentences of words with lemmas, parts of speech, features, trees, and names.
Never: knows of claims, places or wars; never lets one sentence's parse depend on another's.
"""

from whoholds.language.reader import Reader

__all__ = ["Reader"]
