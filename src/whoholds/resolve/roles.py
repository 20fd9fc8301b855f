"""What words make of an actor's mention: who fights, who holds an office, what is no name.

Unions of the closed classes of English in ``words.py``, as the rules of ``actors.py`` ask for them.
"""

from __future__ import annotations

from whoholds.resolve.cast import TITLES
from whoholds.resolve.words import (
    AGAINST_STATE,
    FORCES,
    GENERIC,
    GROUPS,
    RANKS,
    SPEAKERS,
    STATE_BODIES,
    vocabulary,
)

# Words for troops that as often stand in a name: the Volunteer Army, the Column.
IN_NAMES = vocabulary("volunteer column legion irregular lancer ranger tribesman")
# A nationality's arms are its army's; words that are no name within a state body's.
ARMS = vocabulary("tank gun plane destroyer bomber helicopter missile ship frigate gunboat "
                   "battery howitzer rocket armour submarine fighter")
GRAND = vocabulary("high supreme royal imperial general expeditionary territorial")
# Who holds an office of state; a speaker of another body may too, and is told by the words.
BODIES_ONLY = STATE_BODIES - SPEAKERS
OFFICES = BODIES_ONLY | vocabulary("minister admiralty")
# Words that are no name by themselves; those who fight; all who act, who bear arms, who hold office
NO_NAMES = GENERIC - IN_NAMES
FIGHTING = FORCES | GROUPS | AGAINST_STATE
PEOPLE = FORCES | GROUPS | SPEAKERS | RANKS
ANYONE = PEOPLE | AGAINST_STATE | STATE_BODIES
ARMED_STATE = FORCES | STATE_BODIES | ARMS
OF_STATE = STATE_BODIES | FORCES | SPEAKERS
HOLDERS = (SPEAKERS | STATE_BODIES | RANKS) - FORCES
TITLED = TITLES | STATE_BODIES | AGAINST_STATE | FORCES | GENERIC
STATE_MEDIA = vocabulary("television tv radio media broadcaster agency newspaper")
DETERMINERS = vocabulary("the a an its their his her our other this that these those")
