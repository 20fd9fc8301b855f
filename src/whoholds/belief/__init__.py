"""Who holds each place, how surely, since when; what moved that; who contradicts whom.

Takes: Evidence (resolved claims with origins), Places, two times, Priors.
Gives: Beliefs, Histories, Contributions, Disputes.
Never: reads text, stores anything, looks at a clock, draws chance, or lets what is known after K
move an answer at K.
"""

from whoholds.belief.disputes import Dispute, Stance, disputes
from whoholds.belief.model import Change, History, beliefs, contributions, history
from whoholds.belief.priors import Priors

__all__ = [
    "Change", "Dispute", "History", "Priors", "Stance", "beliefs", "contributions", "disputes",
    "history",
]
