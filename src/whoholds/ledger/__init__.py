"""The ledger: what was said, when it was so, when it was known; nothing lost, nothing edited.

Takes: reports with their claims, resolutions and entities; entries (retractions, reviews).
Gives: the same back, as of any known time, in an order that does not depend on that of writing.
Never: reads text, scores anything, or looks at the clock: recorded times are passed in.
"""

from whoholds.ledger.appending import Appended, Reading
from whoholds.ledger.checking import Flaw
from whoholds.ledger.entries import OF_CLAIMS, Entry, EntryKind, standing, undoers
from whoholds.ledger.likeness import Likeness
from whoholds.ledger.reviews import REVIEW, edition_of
from whoholds.ledger.store import Ledger
from whoholds.ledger.times import Moment
from whoholds.ledger.views import Extent, Version, View

__all__ = ["OF_CLAIMS", "REVIEW", "Appended", "Entry", "EntryKind", "Extent", "Flaw", "Ledger",
           "Likeness", "Moment", "Reading", "Version", "View", "edition_of", "standing", "undoers"]
