"""How many a claim speaks of: of what its frame counts, of a set of places, of those who act."""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims import kinds
from whoholds.claims.frames import Match
from whoholds.claims.mentions import PlaceReading
from whoholds.claims.nouns import Nouns
from whoholds.claims.quantities import Counted
from whoholds.claims.trees import Tree, base
from whoholds.core import Bound, Quantity

# kinds of claim in which those who come along are counted (*marched with forty thousand men*)
WITH_MEN = frozenset({"deploy", "attack", "enter", "withdraw", "approach", "defect", "surrender"})
# kinds of claim whose numbers are of fighters where the text has no noun
FORCES = frozenset({"deploy", "defect", "surrender", "withdraw", "enter"})
_MEMBERS = frozenset({"forces", "people", "title", "group", "rebel", "civilian"})
HURT = frozenset({"dead", "wounded", "injured", "killed", "hurt"})
LOSSES = frozenset({"loss", "casualty", "fatality", "toll", "tally", "total"})
TALLIES = frozenset({"number", "toll", "tally", "total", "count", "figure"})
# what a number that something is said to come to is bounded by: *has passed 20,000*
PASSING: dict[str, Bound] = {"exceed": "more than", "pass": "more than", "surpass": "more than",
                             "top": "more than", "near": "about", "approach": "about"}
REACHING = frozenset({*PASSING, "reach", "number", "total", "hit", "be", "stand", "rise", "climb",
                      "grow", "jump", "swell", "amount", "come", "mount", "soar", "fall", "drop"})
# what counted people may be put at: *losses were estimated at 200*
PUTTING = frozenset({"put", "estimate", "set", "place", "reckon", "give", "fix"})


def amount(tree: Tree, counted: Counted, nouns: Nouns, match: Match, reading: PlaceReading | None,
           quantity_head: int | None) -> Quantity | None:
    """The quantity of a match at one of its places, None where the text gives none.

    ``reading`` is the place, ``quantity_head`` the word that counts it, where one does.
    """
    if (gapped := _gapped(tree, counted, match)) is not None:
        return gapped
    for head in _heads(tree, counted, match, reading, quantity_head):
        inner = nouns.counted(tree, head)
        for h in dict.fromkeys((inner, head)):
            quantity = counted.of(h) or _apposed(tree, counted, h) or _come_to(tree, counted, h)
            if quantity is not None and _is_share(match, quantity):
                quantity = _apposed(tree, counted, h) or quantity     # half of them, some 200 men
            if quantity is not None:
                quantity = _of_all(tree, match, h, quantity)
                quantity = _named(tree, counted, nouns, match, h, quantity)
                return quantity if _fits(match, quantity) else None
    found = _put_at(tree, counted, match) or _with_men(tree, counted, nouns, match) \
        or _alone(tree, counted, match)
    return None if found is None else _of_people(tree, match, match.proposition.head, found)


def _fits(match: Match, quantity: Quantity) -> bool:
    """Whether what is counted can be the kind's: *hit by rockets, five dead* counts no strikes, and
    *demanded the release of twelve* no demands."""
    if match.frame.kind == "strike":
        return quantity.unit not in HURT
    return bool(quantity.unit) or match.frame.kind not in kinds.TALKS


def _of_all(tree: Tree, match: Match, head: int, quantity: Quantity) -> Quantity:
    """*One of four occupied provinces*, *one of the towns that they took*: what describes them
    describes all four, of whom so ever one is spoken."""
    at = match.proposition.head
    above = [at, *tree.ancestors(at)]
    if quantity.of is None or head not in above[1:]:
        return quantity
    clause = above[above.index(head) - 1]
    described = base(tree.rel(clause)) == "amod" or tree.rel(clause) == "acl:relcl"
    return replace(quantity, value=quantity.of, bound="exactly", of=None) if described else quantity


def _heads(tree: Tree, counted: Counted, match: Match, reading: PlaceReading | None,
           quantity_head: int | None) -> list[int]:
    """The words whose number counts."""
    objects = match.filled("object")
    heads = list(objects.heads) if objects else []
    if heads and match.frame.kind != "seize":        # rice, radios and 340 rifles
        named = tree.word(heads[0]).upos == "PROPN" or bool(tree.kids(heads[0], "flat"))
        heads = tree.conjuncts(heads[0]) if named else heads[:1]     # Hale and 24 generals
    inner = match.proposition.inner
    if not heads and inner is not None and match.frame.kind in kinds.COUNTED_NOUNS:
        heads = [inner]               # took sixty prisoners, left thirty dead
        if reading is not None and reading.mention.plural and match.frame.kind == "strike":
            heads += [h for h in (quantity_head, reading.head) if h is not None]
    if not heads and reading is not None and reading.mention.plural:
        heads = [h for h in (quantity_head, reading.head) if h is not None]
    actor = match.filled("actor")
    if not heads and actor and match.frame.kind in kinds.COUNTED_ACTORS:
        heads = [actor.heads[0]]
    if not heads and match.frame.kind in kinds.COUNTED_NOUNS \
            and match.proposition.shape == "noun":
        heads = [match.proposition.head]           # six rockets landed in Norwick, two assaults on
    if not heads and reading is not None and reading.part is not None:
        heads = [w for w in reading.words          # seven of the eleven districts of N
                 if (q := counted.of(w)) is not None and q.of is not None]
    return heads


def _named(tree: Tree, counted: Counted, nouns: Nouns, match: Match, head: int,
           quantity: Quantity) -> Quantity:
    """The quantity with a unit: its own, the one of what was counted before (*they hold seven of
    the posts; six of them*), or the kind's (*a brigade of 3,000*: soldiers)."""
    left = not quantity.unit and _left_over(tree, head)
    quantity = quantity if left else _of_people(tree, match, head, quantity)
    if quantity.unit:
        return quantity
    forces = match.frame.kind in FORCES
    if {"forces"} & set(nouns.typed(tree, head)):
        return replace(quantity, unit="soldier")
    for unit in counted.units_before(head):
        people = bool(_MEMBERS & nouns.of_lemma(unit.split(" ")[-1])) or unit == "person"
        if people == (forces or left):
            return replace(quantity, unit=unit)
    return replace(quantity, unit="person") if forces else _of_people(tree, match, head, quantity)


def _left_over(tree: Tree, head: int) -> bool:
    """*The remaining ninety*: of those counted before."""
    return any(tree.lemma(k) == "remaining" for k in tree.kids(head, "amod"))


def _of_people(tree: Tree, match: Match, head: int, quantity: Quantity) -> Quantity:
    """People without a noun of their own, or with a nation's, are persons; so are losses, and
    those of whom only that is told (*26 dead*)."""
    if match.frame.kind not in kinds.PEOPLE_KINDS:
        return quantity
    counted = quantity.unit.split(" ")[-1]
    if counted in LOSSES or (counted in HURT and match.frame.kind == "casualty"):
        return replace(quantity, unit="person")
    name = tree.sentence.name_at(head)
    nation = (name is not None and name.type == "NORP") or any(
        w.upos == "PROPN" and quantity.span is not None and w.span.end == quantity.span.end
        for w in tree.words)
    return replace(quantity, unit="person") if nation or not quantity.unit else quantity


def _gapped(tree: Tree, counted: Counted, match: Match) -> Quantity | None:
    """*16 people were killed and dozens injured*: the second verb's own number, of the same."""
    head = match.proposition.head
    objects = match.filled("object")
    if match.frame.kind not in kinds.PEOPLE_KINDS or objects is None or head < 2 \
            or tree.rel(head) != "conj" or tree.lemma(head - 2) not in ("and", "but", ","):
        return None
    found = counted.of(head - 1)
    if found is None or found.unit or tree.word(head - 1).upos not in ("NUM", "NOUN"):
        return None
    first = tree.kids(tree.word(head).head, "nsubj:pass", "nsubj", "obj")
    same = counted.of(first[0]) if first and first[0] != head - 1 else None
    return replace(found, unit=same.unit if same is not None and same.unit else "person")


def _is_share(match: Match, quantity: Quantity) -> bool:
    return match.frame.kind in kinds.PEOPLE_KINDS and (
        quantity.unit.startswith("share of") or quantity.bound == "most")


def _come_to(tree: Tree, counted: Counted, head: int) -> Quantity | None:
    """*The number of those displaced has passed 20,000*, *its prisoners exceed ten thousand*,
    *reinforcements numbering 700*: what a subject is said to come to."""
    nouns = [head]
    if (above := tree.word(head).head) >= 0 and tree.rel(head) == "nmod" \
            and tree.case(head) == "of" and tree.lemma(above) in TALLIES:
        nouns.append(above)
    for noun in nouns:
        verbs = [v for v in tree.kids(noun, "acl") if tree.word(v).upos == "VERB"]
        if base(tree.rel(noun)) == "nsubj":
            verbs.append(tree.word(noun).head)
        for verb in verbs:
            put = tree.lemma(verb) in PUTTING
            if not put and tree.lemma(verb) not in REACHING:
                continue
            for k in tree.kids(verb, "obj", "obl", "nmod", "xcomp"):
                quantity = counted.of(k)
                if quantity is not None and k > verb and (not put or tree.case(k) == "at") and (
                        not quantity.unit or quantity.unit in HURT):
                    bound = PASSING.get(tree.lemma(verb), quantity.bound)
                    return replace(quantity, unit=_come_to_what(tree, head), bound=bound)
    return None


def _come_to_what(tree: Tree, head: int) -> str:
    """What is counted: several of a kind; of a garrison its members, who have no noun here."""
    plural = tree.word(head).feat("Number") == "Plur"
    return "person" if tree.lemma(head) == "people" else tree.lemma(head) if plural else ""


def _alone(tree: Tree, counted: Counted, match: Match) -> Quantity | None:
    """The number of people without a noun (*over 6,200 fled*, *48,000 displaced*, *dozens more may
    have been kidnapped*, *expects thousands more to flee*), or those of whom a clause tells (*the
    20,000 villagers who crossed*); of a verb that the reader alone knows, of things as well."""
    head, kind = match.proposition.head, match.frame.kind
    if match.filled("object") is not None or tree.word(head).upos not in ("VERB", "ADJ"):
        return None
    if kind == "seize" and match.frame.learned:          # helped themselves to 60 cars
        things = [*tree.kids(head, "obj"), *(k for k in tree.kids(head, "obl")
                                             if tree.case(k) in ("to", "with", "of"))]
        counts = [counted.of(k) for k in things]
        return next((q for q in counts if q is not None and q.unit), None)
    if kind not in kinds.PEOPLE_KINDS and kind != "encircle":    # eight hundred men trapped there
        return None
    for k in _told_of(tree, head, kind):
        near = [k, *(n for n in tree.kids(k, "nsubj", "nummod", "advmod", "amod") if n == k - 1)]
        if tree.lemma(k) == "more" and k:
            near.append(k - 1)
        for n in near:
            found = counted.of(n)
            if found is not None:
                return found
    return None


def _told_of(tree: Tree, head: int, kind: str) -> list[int]:
    """The words that may stand for the people whom a verb tells of."""
    more = [k for k in tree.kids(head, "advmod") if tree.lemma(k) == "more" and k < head]
    if head and tree.word(head - 1).upos == "NUM":       # wherever the parser hung it
        more.append(head - 1)
    if tree.kids(head, "nsubj:pass", "aux:pass"):
        return tree.kids(head, "nsubj:pass") + more
    if kind != "displace":
        return tree.kids(head, "obj")
    told = [k for k in tree.kids(head, "nsubj", "obj") if k < head] + more
    if tree.rel(head) == "xcomp" and not told:           # expect thousands more to flee
        told = tree.kids(tree.word(head).head, "obj", "nsubj:pass")
    if tree.rel(head) == "acl:relcl" and all(
            tree.lemma(k) in ("who", "that", "which") for k in told):
        told = [tree.word(head).head]
    return told + [k for k in tree.kids(head, "obj") if k > head]


def _put_at(tree: Tree, counted: Counted, match: Match) -> Quantity | None:
    """*Enemy losses are put at twenty*, *put the number of rebels killed at 45*, *raised from 5,000
    men to 8,000*: the number behind *at* or *to*."""
    inner, objects = match.proposition.inner, match.filled("object")
    arguments = [a.head for a in match.proposition.arguments
                 if {"at", "to", "between"} & set(a.roles)]
    if match.frame.kind == "casualty" and inner is not None:
        unit = tree.lemma(inner)
    elif match.frame.kind == "casualty" and objects is not None:
        tally = tree.word(objects.heads[0]).head
        if tally < 0 or tree.lemma(tally) not in TALLIES or tree.word(tally).head < 0:
            return None
        unit = tree.lemma(objects.heads[0])
        arguments = [k for k in tree.kids(tree.word(tally).head, "obl") if tree.case(k) == "at"]
    elif match.frame.kind == "deploy":
        before = [q for k in tree.kids(match.proposition.head, "obl") if tree.case(k) == "from"
                  and (q := counted.of(k)) is not None]
        if not before:
            return None
        unit = before[0].unit
    else:
        return None
    return next((replace(q, unit=unit) for a in arguments
                 if (q := counted.of(a)) is not None and (not q.unit or q.unit in HURT)), None)


def _with_men(tree: Tree, counted: Counted, nouns: Nouns, match: Match) -> Quantity | None:
    """*Marched to its relief with forty thousand men*, *landed nine thousand men*."""
    head = match.proposition.head
    if match.frame.kind not in WITH_MEN or tree.word(head).upos != "VERB":
        return None
    if match.filled("object") is None:
        for k in tree.kids(head, "obj"):
            if {"forces", "people", "group"} & set(nouns.typed(tree, k)) \
                    and (found := counted.of(k)) is not None:
                return found
    below = [k for k in tree.kids(head, "obl") if k > head]
    for k in [*below, *(n for o in below for n in tree.kids(o, "nmod"))]:
        if tree.case(k) == "with" and {"forces", "people", "group"} & set(nouns.typed(tree, k)) \
                and (found := counted.of(k)) is not None:
            return found
    return None


def _apposed(tree: Tree, counted: Counted, head: int) -> Quantity | None:
    """*Another brigade, some 4,000 soldiers*; *all forces on the islands, about 9,800 men*."""
    near = [k for k in tree.kids(head, "appos") if k > head]
    near += [k for n in tree.kids(head, "nmod") for k in tree.kids(n, "appos") if n > head]
    end = max(tree.subtree(head))
    for k in tree.kids(tree.word(head).head, "obl"):     # on the islands, hung from the verb
        if tree.case(k) and min(tree.subtree(k)) == end + 1:
            end = max(tree.subtree(k))
    if tree.rel(head) in ("obj", "nsubj:pass") and end + 1 < len(tree.words) \
            and tree.words[end + 1].form == ",":
        near += [k for k in tree.kids(tree.word(head).head, "obl", "obj", "conj", "appos",
                                      "parataxis")
                 if k > end and not tree.case(k) and min(tree.subtree(k)) in (end + 1, end + 2)
                 and not tree.kids(k, "cc")]
    return next((q for k in near if (q := counted.of(k)) is not None), None)
