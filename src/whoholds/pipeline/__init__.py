"""Composes the stages: the Python interface of whoholds.

Takes: paths, moments, places, settings.
Gives: a ledger filled with claims; answers (status, explanations, disputes, scores) as plain data.
Never: parses arguments, prints, or formats for people.
"""

from whoholds.pipeline.workbench import Intake, Outcome, Workbench, open_ledger

__all__ = ["Intake", "Outcome", "Workbench", "open_ledger"]
