"""Mentions to places and actors, by a gazetteer of the world and packs of theatres.

Takes: a report, its parse and its claims; a gazetteer's index and packs.
Gives: resolutions (ranked candidates with probabilities and reasons), places, actors.
Never: edits a claim, hides what it could not resolve, or lets a city stand for a district.
"""

from whoholds.resolve.actors import coin
from whoholds.resolve.build import build_index
from whoholds.resolve.decisions import Decisions
from whoholds.resolve.drafting import doubts, draft_pack
from whoholds.resolve.entries import Entry
from whoholds.resolve.gazetteer import Gazetteer, Hit
from whoholds.resolve.names import loose_key, normalise
from whoholds.resolve.packs import Pack, load_packs, parse_pack, shipped_packs, state_id
from whoholds.resolve.places import provisional
from whoholds.resolve.resolver import Resolver
from whoholds.resolve.scope import Scope
from whoholds.resolve.shelf import Added, Shelf
from whoholds.resolve.world import country_names

__all__ = ["Added", "Decisions", "Entry", "Gazetteer", "Hit", "Pack", "Resolver", "Scope", "Shelf",
           "build_index", "coin", "country_names", "doubts", "draft_pack", "load_packs",
           "loose_key", "normalise", "parse_pack", "provisional", "shipped_packs", "state_id"]
