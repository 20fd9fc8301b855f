"""Who holds each place, how surely, since when; what moved that; who contradicts whom.

Takes: Evidence (resolved claims with origins), Places, valid and known times, Priors.
Gives: Beliefs, Histories, Contributions, Disputes, Events, Series, Forecasts, Exits, SourceRecords.
Never: reads text, stores anything, looks at a clock, draws chance, or lets what is known after K
move an answer at K.
"""

from whoholds.belief.disputes import Dispute, Stance, disputes
from whoholds.belief.exits import Exit, exits, only_exit_p
from whoholds.belief.forecasts import Forecast, Forecaster, forecasters, forecasts
from whoholds.belief.model import Change, History, beliefs, contributions, history
from whoholds.belief.priors import Priors
from whoholds.belief.sources import Copying, Reliabilities, SourceRecord, copying, fit, sources
from whoholds.belief.tally import Bounded, Check, Series, tally
from whoholds.belief.timeline import Difference, Event, changes, timeline
from whoholds.belief.words import icd203, meant_p

__all__ = [
    "Bounded", "Change", "Check", "Copying", "Difference", "Dispute", "Event", "Exit", "Forecast",
    "Forecaster", "History", "Priors", "Reliabilities", "Series", "SourceRecord", "Stance",
    "beliefs", "changes", "contributions", "copying", "disputes", "exits", "fit", "forecasters",
    "forecasts", "history", "icd203", "meant_p", "only_exit_p", "sources", "tally", "timeline",
]
