"""English words that tell kinds of places, shares of them, directions, forces and roles.

Closed classes of the language, not of any theatre; every entry is a singular normal form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from whoholds.core import PlaceType
from whoholds.resolve.names import singular

AskedType = PlaceType | Literal["capital"]



def vocabulary(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


_BY_KIND: dict[AskedType, str] = {
        "capital": "capital|capital city|provincial capital|regional capital|state capital",
        "city": "city|town|village|settlement|hamlet|municipality|border town|border city|"
                "port city|port town|market town|township|suburb",
        "district": "district|county|raion|rayon|subdistrict|woreda|locality|neighbourhood|"
                    "neighborhood|district center|district centre",
        "province": "province|governorate|oblast|region|state|prefecture|department|emirate",
        "country": "country|nation",
        "crossing": "border crossing|crossing|crossing point|border post|border point|"
                    "border checkpoint|border gate|border crossing point|frontier post|"
                    "land crossing|customs post",
        "airport": "airport|international airport|civilian airport|airstrip",
        "airbase": "airbase|air base|air force base|airfield|air field|military airport|"
                   "military airfield",
        "base": "base|military base|army base|garrison|barrack|camp|headquarter|outpost|"
                "corp headquarter",
        "university": "university|college|campus",
        "building": "embassy|palace|presidential palace|parliament|ministry|station|"
                    "police station|hospital|school|compound|consulate|mosque|church|factory|"
                    "plant|steel plant|power plant|nuclear power plant|refinery|governor office|"
                    "police headquarter|tower|monastery|stadium|state house|government house|"
                    "town hall|city hall|radio station|television station",
        "bridge": "bridge", "dam": "dam|hydroelectric dam",
        "prison": "prison|jail|detention centre|detention center|detention facility",
        "road": "road|highway|motorway|ring road|route",
        "port": "port|seaport|harbour|harbor",
        "area": "area|valley|pass|corridor|plain|hill|mountain|island|desert|forest|lake|river|"
                "delta|peninsula|sector|zone|frontline|refugee camp",
        "region": "north|south|east|west|northeast|northwest|southeast|southwest"}
TYPE_PHRASES: dict[tuple[str, ...], AskedType] = {
    tuple(phrase.split()): kind for kind, phrases in _BY_KIND.items()
    for phrase in phrases.split("|")}
_FIRST_WORDS = frozenset([phrase[0] for phrase in TYPE_PHRASES])

# What may be meant by each word: a city is never a district, but an airfield is an air base.
COMPATIBLE: dict[str, frozenset[str]] = {
    "city": frozenset({"city"}), "district": frozenset({"district"}),
    "province": frozenset({"province", "region"}), "country": frozenset({"country"}),
    "crossing": frozenset({"crossing"}), "airport": frozenset({"airport", "airbase"}),
    "airbase": frozenset({"airbase", "airport", "base"}), "base": frozenset({"base", "airbase"}),
    "university": frozenset({"university"}), "building": frozenset({"building"}),
    "bridge": frozenset({"bridge", "crossing"}), "dam": frozenset({"dam"}),
    "prison": frozenset({"prison"}), "road": frozenset({"road"}),
    "port": frozenset({"port", "crossing", "city"}), "area": frozenset({"area", "region"}),
    "region": frozenset({"region"}), "set": frozenset({"set"}), "other": frozenset({"other"})}

# Kinds that a city has one or few of, named after it or told by it.
FACILITIES: frozenset[str] = frozenset(
    {"airport", "airbase", "base", "university", "building", "bridge", "dam", "prison", "port",
     "crossing", "road"})

DIRECTIONS = {word: direction for direction, words in {
    "northern": "northern north", "southern": "southern south", "eastern": "eastern east",
    "western": "western west", "central": "central", "northeastern": "northeastern northeast",
    "northwestern": "northwestern northwest", "southeastern": "southeastern southeast",
    "southwestern": "southwestern southwest"}.items() for word in words.split()}

FORCES = vocabulary(
    "force troop soldier army military fighter militia militiaman rebel insurgent militant "
    "guerrilla guerilla separatist paramilitary paramilitaries jihadist jihadi mercenary "
    "commando serviceman marine airborne paratrooper unit brigade battalion police policeman "
    "guard navy warplane jet aircraft airstrike artillery defender defence defense troopers "
    "regiment division corps warship drone partisan gunman extremist terrorist "
    "islamist infantry infantryman cavalry cavalryman ranger gunner lancer squadron irregular "
    "volunteer sapper legion platoon squad patrol garrison fleet tribesman bandit pirate "
    "column contingent armour airman")
# Who fights a state: nationality + one of these is not the state's own.
AGAINST_STATE = vocabulary(
    "rebel insurgent militant guerrilla guerilla separatist jihadist jihadi gunman extremist "
    "terrorist islamist partisan opposition militia militiaman paramilitary mercenary "
    "resistance secessionist mutineer mutinous rebellious renegade breakaway dissident")
# Adjectives that name a side of a war: *Communist troops*.
PARTIES = vocabulary(
    "nationalist communist royalist monarchist confederate unionist federalist socialist fascist "
    "falangist baathist maoist marxist leftist rightist constitutionalist republican")
RANKS = vocabulary(
    "major colonel captain lieutenant sergeant brigadier admiral marshal corporal officer")
STATE_BODIES = vocabulary(
    "government govt authority administration ministry minister president presidency parliament "
    "official officer spokesman spokeswoman spokesperson general commander army military navy "
    "police intelligence embassy ambassador diplomat chancellor premier cabinet senate congress "
    "lawmaker secretary department regime state staff command agency service office court "
    "governor mayor council republic security junta defence "
    "defense")
GROUPS = vocabulary(
    "group movement organisation organization faction militia network insurgency "
    "rebellion front party")
SPEAKERS = vocabulary(
    "spokesman spokeswoman spokesperson official commander leader representative member source "
    "statement negotiator negotiating team fighter militant soldier force troop general chief "
    "head deputy delegation envoy political bureau office secretary press minister")
NOBODY = vocabulary(
    "resident people civilian citizen local source witness eyewitness report media video footage "
    "social tv television radio analyst expert observer refugee journalist correspondent "
    "reporter user photo image picture map tweet post channel everyone nobody man woman "
    "critic engineer trader bishop priest preacher diplomat historian pundit "
    "child student doctor worker staff elder villager")


# Words that make no name by themselves, capitalised or not: National Defence and Security Forces.
GENERIC = FORCES | STATE_BODIES | AGAINST_STATE | vocabulary(
    "national defence defense interior foreign public order armed special operation border local "
    "internal affair general air ground land naval republican presidential federal central "
    "popular joint task counter terrorism")
FIRST_PERSON = vocabulary("we us our ours i me my")
# Closed classes of English: at the start of a sentence no name of a place, whatever is called so.
CLOSED = FIRST_PERSON | vocabulary(
    "a an the this that these those all any no some each every both few many most more one he she "
    "it its they them their his her you your who whom whose what which when where why how and or "
    "but nor so yet if as at by for from in into of off on onto out over per than to under until "
    "up upon with within is are was were be been do did does has have had can could may might "
    "must shall should will would not also now then there here even still just only")
ENEMIES = vocabulary("enemy adversary foe aggressor")
# Who serves a state unless told otherwise.
STATE_SERVANTS = vocabulary(
    "soldier troop garrison serviceman servicewoman police policeman commando army military navy "
    "marine guard conscript paratrooper infantry infantryman cavalry ranger airman cadet "
    "reservist")

# Adjectives that a capital at a sentence's start does not make a name.
PLAIN_ADJECTIVES = vocabulary(
    "armed heavy heavily light lightly local senior junior unidentified unknown suspected "
    "alleged masked "
    "foreign domestic ethnic regime opposition loyal allied advancing retreating besieged national "
    "federal state official military regional provincial several many hundreds thousands dozens "
    "some all other more few two three four five six seven eight nine ten new fresh elite special "
    "regular pro anti former fleeing captured surviving top high ranking islamic popular")


# Verbs whose subject speaks: a city that says is a government.
SPEECH = vocabulary("say deny claim announce report confirm warn accuse insist add state declare "
                    "demand call urge vow pledge reject condemn acknowledge admit blame tell")
# Singulars that look like plurals.
INVARIANT = vocabulary("headquarters barracks corps premises crossroads")
_WHOLE = {singular(word): word for word in INVARIANT}


def readable(label: str) -> str:
    """A kind in normal form as a person writes it: *police headquarters*."""
    return " ".join(_WHOLE.get(word, word) for word in label.split())


def find_type(words: Sequence[str]) -> tuple[int, int, AskedType] | None:
    """The first longest phrase among normal words that tells a kind of place: start, end, kind.

    Of two kinds side by side the last is the head: a *garrison town* is a town.
    """
    plain = [singular(w) for w in words]
    best: tuple[int, int, AskedType] | None = None
    for start, first in enumerate(plain):
        if first not in _FIRST_WORDS:
            continue
        for length in (4, 3, 2, 1):
            kind = TYPE_PHRASES.get(tuple(plain[start:start + length]))
            if kind is not None and start + length <= len(plain):
                if best is None or length > best[1] - best[0]:
                    best = (start, start + length, kind)
                break
    while best is not None:
        head = TYPE_PHRASES.get(tuple(plain[best[1]:best[1] + 1]))
        if head is None or head in _NO_HEADS:
            break
        best = (best[1], best[1] + 1, head)
    return best


# What stands after a kind without being its head: *the city north of it*, *a district capital*.
_NO_HEADS = ("region", "capital")


def plural(words: str) -> str:
    """English words with the last in the plural, by its ending."""
    if words.endswith("y") and words[-2:-1] not in ("a", "e", "o", "u"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith(("s", "x", "ch", "sh")) else f"{words}s"
