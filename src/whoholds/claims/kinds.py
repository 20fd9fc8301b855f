"""What reading asks of each kind of claim, and the words by which places are told apart."""

from __future__ import annotations

import re

from whoholds.claims.arguments import COMPASS

# Sentences back that a participle may take up an event from.
EVENT_REACH = 2
# Prepositions that put the event beside the place: its surroundings are the part spoken of.
BESIDE = frozenset({"near", "outside", "around", "close to", "outside of", "north", "south", "east",
                    "west"}) | COMPASS
PARTS = frozenset({"part", "street", "route"})
VAGUE = frozenset({"territory", "ground", "land", "turf", "soil", "area", "position", "zone",
                   "site", "part", "half", "stretch", "swath", "swathe", "pocket", "most", "place",
                   "front"})
AT = BESIDE | {"in", "at", "inside"}
IDIOMS = frozenset({"part", "place", "office", "ground", "position", "side", "post", "centre",
                    "center", "most", "half", "line", "front", "exit", "way", "land", "area"})
ROUTES = frozenset({"close", "open"})    # of these a road is the place itself
COUNTED_ACTORS = frozenset({"surrender", "defect", "deploy", "withdraw", "enter", "attack",
                            "approach"})
LEAVING = frozenset({"evacuate", "displace", "withdraw"})
# pronouns for places named side by side
SEVERAL = frozenset({"they", "them", "both"})
# words that stand for no place by themselves: *all would have been lost*
EVERYTHING = frozenset({"all", "everything", "anything", "nothing", "something", "much", "little"})
EARLIER_VERSION = re.compile(r"\b(?:earlier|previous|original|first) version of (?:this|the|our) ")
COUNTED_NOUNS = frozenset({"casualty", "detain", "strike", "attack"})
# facilities whose singular looks like a plural
INVARIANT = frozenset({"headquarters", "barracks", "hq"})
# who does one of these speaks for it: *admitted the loss of eight men*, *claims the village*
OWNING = frozenset({"admit", "acknowledge", "concede", "confirm", "deny", "claim", "report", "put",
                    "record", "count", "disclose", "reveal"})
# of these, what is beside a place is not the place; elsewhere it is as near as news says
HELD = frozenset({"gain", "loss", "hold", "contest", "enter"})
# kinds that tell of people and not of a place: a sentence that names none leaves it open
UNPLACED = frozenset({"casualty", "detain", "surrender"})
TALKS = frozenset({"demand", "threaten", "negotiate", "agree"})
NEGATORS = frozenset({"not", "n't", "n’t", "no", "never", "neither", "nor", "without"})
PEOPLE_KINDS = frozenset({"casualty", "detain", "evacuate", "displace"})
# pronouns for one who acts
PERSONAL = frozenset({"it", "he", "she", "they", "we"})
# sentences back that an unsaid place may be taken up from
SCENE_REACH = 2
SETTLED_WAYS = frozenset({"gain", "loss", "hold", "contest", "encircle", "enter", "approach",
                          "attack", "strike", "close", "open"})
