"""Scores claims and beliefs against what people have coded.

Takes: gold claims or a record of changes (text), predictions with their mentions resolved, beliefs.
Gives: figures (precision, recall, F1, days off, Brier), and every miss and false alarm.
Never: reads files or the ledger, resolves names, or looks at the gold while predictions are made.
"""

from whoholds.evaluation.agreement import Predicted, content_words
from whoholds.evaluation.cases import Case, read_cases
from whoholds.evaluation.claims_score import ClaimsScore, FalseAlarm, Hit, Miss, score_claims
from whoholds.evaluation.gold import Gold, read_gold
from whoholds.evaluation.record import Change, read_record
from whoholds.evaluation.record_score import (
    Believed,
    RecordScore,
    RowScore,
    score_record,
    solar_zone,
)

__all__ = [
    "Believed", "Case", "Change", "ClaimsScore", "FalseAlarm", "Gold", "Hit", "Miss", "Predicted",
    "RecordScore", "RowScore", "content_words",
    "read_cases", "read_gold", "read_record", "score_claims",
    "score_record", "solar_zone",
]
