"""Mends phrases that a parser hung on the wrong word: lists, and what a preposition marks.

Each repair asks for a shape that no right tree has, so that right trees stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.arcs import attach, subtree
from whoholds.core import Word


def further_objects(words: list[Word]) -> None:
    """*Took the island and, with it, sixty prisoners*: the second noun is not the verb's peer."""
    for word in list(words):
        if word.upos not in ("NOUN", "PROPN") or word.deprel != "conj" or word.head < 0 \
                or words[word.head].upos != "VERB" or any(
                    w.head == word.index and w.deprel.startswith(("nsubj", "cop", "aux"))
                    for w in words):
            continue
        objects = [w for w in words if w.head == word.head and w.deprel == "obj"
                   and word.head < w.index < word.index]
        if objects:
            attach(words, word.index, objects[-1].index, "conj")


def in_case(words: list[Word]) -> None:
    """*in case it attacks*: a conjunction of two words, not a phrase of place."""
    for word in list(words[:-2]):
        case = words[word.index + 1]
        if word.form.lower() != "in" or case.form.lower() != "case" or case.deprel == "fixed":
            continue
        clause = next((w for w in words[case.index + 1:] if w.upos in ("VERB", "AUX") and any(
            s.head == w.index and s.deprel.startswith("nsubj") and s.index > case.index
            for s in words)), None)
        between = words[case.index + 1:clause.index] if clause else ()
        if clause is not None and not any(w.upos in ("PUNCT", "ADP") for w in between):
            attach(words, word.index, clause.index, "mark")
            attach(words, case.index, word.index, "fixed")


def as_far_as(words: list[Word]) -> None:
    """*got as far as Norwick*: a preposition of three words."""
    for word in list(words[:-3]):
        far, second = words[word.index + 1], words[word.index + 2]
        if (word.form.lower(), far.form.lower(), second.form.lower()) != ("as", "far", "as") \
                or second.deprel != "case":
            continue
        noun = words[second.head]
        if noun.index <= second.index or word.index in subtree(words, noun.index):
            continue
        if noun.head in (far.index, word.index) and far.head >= 0:
            words[noun.index] = replace(noun, head=far.head, deprel="obl")
            noun = words[noun.index]
        words[far.index] = replace(far, head=word.index, deprel="fixed")
        words[second.index] = replace(second, head=word.index, deprel="fixed")
        words[word.index] = replace(word, head=noun.index, deprel="case", upos="ADP", lemma="as")


def close_to(words: list[Word]) -> None:
    """*occupies close to 40 per cent of it*: nearly so much is the object; *landed close to the
    hospital*: a preposition of two words."""
    for word in list(words[:-2]):
        to = words[word.index + 1]
        if word.form.lower() != "close" or to.form.lower() != "to" or to.deprel != "case" \
                or word.deprel not in ("xcomp", "advmod") or word.head < 0:
            continue
        noun = words[to.head]
        if noun.upos == "NUM" and noun.head > noun.index:
            noun = words[noun.head]
        counted = any(w.head == noun.index and w.deprel == "nummod" for w in words)
        if noun.index <= to.index or noun.head not in (word.head, word.index) \
                or noun.upos not in ("NOUN", "PROPN") \
                or words[word.head].lemma.lower() in ("come", "get", "go", "bring", "be"):
            continue             # *came close to a defeat*: it was none
        if counted:
            words[noun.index] = replace(noun, head=word.head, deprel="obj")
            words[word.index] = replace(word, head=noun.index, deprel="advmod", upos="ADV")
        else:
            words[noun.index] = replace(noun, head=word.head, deprel="obl")
            words[word.index] = replace(word, head=noun.index, deprel="case", upos="ADP",
                                        lemma="close")
        words[to.index] = replace(to, head=word.index, deprel="fixed")


def coordinated_modifiers(words: list[Word]) -> None:
    """*security and defence forces*: one group, not *security* and then *defence forces*."""
    for word in list(words):
        if word.deprel != "conj" or word.upos != "NOUN" or word.feat("Number") != "Plur":
            continue
        first = words[word.head]
        between = words[first.index + 1:word.index]
        if first.upos not in ("NOUN", "ADJ") or first.feat("Number") == "Plur" or len(between) < 2:
            continue
        if between[0].deprel != "cc" or any(
                b.deprel not in ("compound", "amod", "conj")
                or b.head not in (word.index, first.index) for b in between[1:]):
            continue
        for b in between[1:]:
            if b.deprel == "conj":
                attach(words, b.index, word.index, "compound")
        own = [w for w in words if w.head == first.index and w.index != word.index]
        if any(w.index > first.index and w.index != between[0].index and w.deprel != "punct"
               for w in own):
            continue
        attach(words, word.index, first.head, first.deprel)
        attach(words, first.index, word.index, "compound")
        for w in own:
            if w.index < first.index:
                attach(words, w.index, word.index, w.deprel)


# verbs that take an *of* phrase of their own
_TAKE_OF = frozenset({"accuse", "convict", "warn", "clear", "rid", "cleanse", "deprive", "strip",
                      "purge", "inform", "suspect", "consist", "die", "speak", "think", "free",
                      "dispose", "remind", "assure", "notify", "rob", "approve", "complain",
                      "hear"})


def detached_of(words: list[Word]) -> None:
    """*hit areas of Norwick*: an *of* phrase right after a noun belongs to the noun."""
    for word in list(words):
        above = words[word.head]
        if word.deprel == "nmod" and above.form in CALENDAR and above.head >= 0 \
                and words[above.head].lemma.lower() in _TAKE_OF and any(
                    w.head == word.index and w.lemma.lower() == "of" for w in words):
            attach(words, word.index, above.head, "obl")     # *cleared on Saturday of the last*
            continue
        if word.deprel != "obl" or word.head < 0 or words[word.head].upos != "VERB" \
                or words[word.head].lemma.lower() in _TAKE_OF:
            continue
        case = next((w for w in words if w.head == word.index and w.deprel == "case"
                     and w.lemma.lower() == "of"), None)
        if case is None or case.index < 1 or case.index < word.head:
            continue
        noun = words[case.index - 1]
        if noun.upos in ("NOUN", "PROPN") and noun.index > word.head:
            while noun.deprel in ("flat", "compound") and noun.head > word.head:
                noun = words[noun.head]
            if noun.index != word.index:
                attach(words, word.index, noun.index, "nmod")


def detached_by(words: list[Word]) -> None:
    """*spoke of the siege of the city by the army*: behind a verb in the active, whoever *by*
    names did what the noun with *of* says."""
    for word in list(words):
        if word.deprel not in ("obl", "obl:agent") or word.head < 0 \
                or words[word.head].upos != "VERB" or not words[word.head].index < word.index:
            continue
        verb = words[word.head]
        own = [w for w in words if w.head == verb.index]
        by = any(w.head == word.index and w.deprel == "case" and w.lemma.lower() == "by"
                 for w in words)
        active = verb.feat("VerbForm") == "Fin" and not any(
            w.deprel in ("aux:pass", "nsubj:pass") for w in own)
        if not by or not active or word.upos not in ("NOUN", "PROPN"):
            continue
        start = min(subtree(words, word.index))
        of = next((w for w in reversed(words[verb.index:start]) if w.upos in ("NOUN", "PROPN")
                   and w.deprel == "nmod" and any(k.head == w.index and k.lemma.lower() == "of"
                                                  for k in words)), None)
        if of is not None and max(subtree(words, of.index)) == start - 1:
            attach(words, word.index, of.head, "nmod")


COMPASS: frozenset[str] = frozenset({
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
    "north-east", "north-west", "south-east", "south-west", "short"})


def compass(words: list[Word]) -> None:
    """*villages south of Norwick*: *south of* is a preposition of two words."""
    for word in list(words[1:-2]):
        of = words[word.index + 1]
        if word.form.lower() not in COMPASS or of.form.lower() != "of" or of.deprel == "fixed" \
                or words[word.index - 1].upos == "DET":
            continue
        target = words[of.head]
        if target.index <= of.index or of.deprel != "case":
            continue
        before = words[word.index - 1]
        host = word.head if word.head != target.index else target.head
        if before.upos in ("NOUN", "PROPN") and before.lemma.lower() not in _MEASURES \
                and words[before.head].index != target.index:
            host = before.index
        elif words[host].lemma.lower() in _MEASURES and words[host].head >= 0:
            host = words[host].head
        if host in subtree(words, target.index) or host < 0 or target.head < 0:
            continue
        nominal = words[host].upos in ("NOUN", "PROPN") and not any(
            w.head == host and w.deprel == "cop" for w in words)
        words[target.index] = replace(target, head=host, deprel="nmod" if nominal else "obl")
        words[word.index] = replace(word, head=target.index, deprel="case", upos="ADP",
                                    lemma=word.form.lower())
        words[of.index] = replace(of, head=word.index, deprel="fixed")


_MEASURES = frozenset({"mile", "kilometre", "kilometer", "km", "metre", "meter", "yard", "league",
                       "hour", "march", "block"})


CALENDAR = frozenset({"January", "February", "March", "April", "May", "June", "July", "August",
                       "September", "October", "November", "December", "Monday", "Tuesday",
                       "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Christmas",
                       "Easter", "Ramadan"})


def flat_objects(words: list[Word]) -> None:
    """*retook Norwick*: a name right behind a verb is no part of a name with it."""
    for word in list(words):
        if word.deprel == "flat" and word.upos == "PROPN" and word.head == word.index - 1 \
                and words[word.head].upos == "VERB" and not any(
                    w.head == word.head and w.deprel == "obj" for w in words):
            words[word.index] = replace(word, deprel="obj")


def house_to_house(words: list[Word]) -> None:
    """*fought house to house in Norwick*: how they fought, and where."""
    for word in list(words[2:]):
        first, joint = words[word.index - 2], words[word.index - 1]
        if word.upos != "NOUN" or joint.upos not in ("ADP", "PART") \
                or word.form.lower() != first.form.lower() or words[first.head].upos != "VERB":
            continue
        verb = first.head
        words[first.index] = replace(first, deprel="obl:unmarked")
        for w in list(words):
            if w.head in (word.index, first.index) and w.index > word.index \
                    and w.deprel in ("nmod", "obl"):
                attach(words, w.index, verb, "obl")


COUNTING = frozenset({("more", "than"), ("fewer", "than"), ("less", "than"), ("upwards", "of"),
                      ("upward", "of")})


def more_than(words: list[Word]) -> None:
    """*No more than two battalions gave up*, *took upwards of six guns*: the battalions did, the
    guns were taken."""
    for word in list(words[:-2]):
        than = words[word.index + 1]
        if (word.form.lower(), than.form.lower()) not in COUNTING:
            continue
        noun = next((w for w in words[than.index + 1:than.index + 5] if w.upos == "NOUN" and any(
            k.head == w.index and k.deprel == "nummod" for k in words)), None)
        no = words[word.index - 1] if word.index and words[word.index - 1].form.lower() == "no" \
            else None
        hosts = {word.index, *([no.index] if no else [])}
        verb = words[word.head] if word.head >= 0 else None
        if noun is None or verb is None or verb.upos != "VERB" or word.deprel not in (
                "obj", "nsubj", "obl", "nsubj:pass", "advmod"):
            continue
        beside = noun.head == verb.index and noun.deprel == "obl" and than.head == noun.index
        if noun.head not in hosts and not (beside and word.deprel == "advmod"):
            continue
        subjects = any(w.head == verb.index and w.deprel.startswith("nsubj")
                       and w.index != word.index for w in words)
        deprel = "nsubj" if noun.index < verb.index and not subjects else "obj"
        if deprel == "nsubj" and any(
                w.head == verb.index and w.deprel == "aux:pass" for w in words):
            deprel = "nsubj:pass"
        words[noun.index] = replace(noun, head=verb.index, deprel=deprel)
        words[word.index] = replace(word, head=noun.index, deprel="advmod", upos="ADV")
        words[than.index] = replace(than, head=word.index, deprel="fixed")
        if no is not None:
            words[no.index] = replace(no, head=word.index, deprel="advmod")


BLOWS = frozenset({"attack", "strike", "raid", "assault", "ambush", "airstrike", "bombing",
                    "offensive", "advance", "march", "bombardment", "shelling", "incursion",
                    "onslaught", "barrage", "siege", "blockade", "drive"})


def detached_on(words: list[Word]) -> None:
    """*killed in a strike on Norwick*: what is struck belongs to the strike."""
    for word in list(words):
        if word.deprel != "obl" or word.head < 0 or words[word.head].upos != "VERB" \
                or word.upos not in ("NOUN", "PROPN") or word.form in CALENDAR:
            continue
        case = next((w for w in words if w.head == word.index and w.deprel == "case"), None)
        if case is None or case.index < 1 or case.lemma.lower() not in ("on", "against", "upon"):
            continue
        noun = words[case.index - 1]
        if noun.upos == "NOUN" and noun.lemma.lower() in BLOWS and noun.head == word.head \
                and noun.deprel == "obl":
            attach(words, word.index, noun.index, "nmod")


def round_it(words: list[Word]) -> None:
    """*closed the ring round Norwick*: a preposition, though read as an adverb."""
    for word in list(words[1:-1]):
        if word.form.lower() not in ("round", "around") or word.upos != "ADV" or word.head < 0 \
                or words[word.head].upos != "VERB":
            continue
        objects = [w for w in words if w.head == word.head and w.deprel == "obj"]
        if len(objects) == 2 and objects[0].index < word.index < objects[1].index \
                and min(subtree(words, objects[1].index)) == word.index + 1:
            words[objects[1].index] = replace(objects[1], deprel="obl")
            words[word.index] = replace(word, upos="ADP", deprel="case", head=objects[1].index)


NEAR: frozenset[str] = frozenset({"at", "near", "along", "outside", "between", "in"})


def detached_at(words: list[Word]) -> None:
    """*bombed a camp near Norwick*: a phrase of place right behind the object belongs to it."""
    for word in list(words):
        if word.deprel != "obl" or word.upos != "PROPN" or words[word.head].upos != "VERB":
            continue
        case = next((w for w in words if w.head == word.index and w.deprel == "case"), None)
        if case is None or case.index < 1 or case.lemma.lower() not in NEAR:
            continue
        noun = words[case.index - 1]
        if case.lemma.lower() == "in" and word.form in CALENDAR:
            continue
        if noun.upos == "NOUN" and noun.head == word.head and noun.deprel == "obj" \
                and noun.index > word.head:
            attach(words, word.index, noun.index, "nmod")


def list_after_flat(words: list[Word]) -> None:
    """*Tarra Gol and Arcow*: the list goes on from the name, not from its second word."""
    for word in list(words):
        if word.deprel == "conj" and word.head >= 0 and words[word.head].deprel == "flat":
            attach(words, word.index, words[word.head].head, "conj")


def joined_flat(words: list[Word]) -> None:
    """*Saint-Marc and Grand-Goâve*: what *and* stands before is no part of the name before it."""
    for word in list(words):
        if word.deprel != "flat" or word.upos != "PROPN" or not 0 <= word.head < word.index \
                or not any(w.head == word.index and w.deprel == "cc" for w in words):
            continue
        head = words[word.head]
        while head.deprel in ("flat", "compound", "nmod:desc") and head.head >= 0 \
                and head.head < word.index:
            head = words[head.head]
        attach(words, word.index, head.index, "conj")


def listed_appositions(words: list[Word]) -> None:
    """*took A, B and C*: three names side by side, and no name that the second explains."""
    for word in list(words):
        if word.deprel != "appos" or word.head < 0 or word.index < word.head \
                or words[word.head].upos != "PROPN" or word.upos not in ("PROPN", "NOUN"):
            continue
        others = [w for w in words if w.head == word.index and w.deprel == "conj"
                  and w.upos == "PROPN" and w.index > word.index]
        if not others or any(w.deprel in ("case", "cop", "nsubj") and w.head in (
                word.index, others[0].index) for w in words):
            continue
        between = words[word.index + 1:others[0].index]
        described = any(w.head == word.index and w.deprel == "det" for w in words)
        apart = any(w.form == "," for w in words[word.head:word.index])
        closed = described and any(w.form == "," for w in between)
        if not apart or closed or (word.upos == "NOUN" and not described):
            continue
        attach(words, word.index, word.head, "conj")


def described_list(words: list[Word]) -> None:
    """*A and B, the two largest cities*: the description is no third member of the list."""
    for word in list(words):
        if word.deprel != "conj" or word.upos != "NOUN" or word.feat("Number") != "Plur":
            continue
        members = [w for w in words if w.index == word.head or (
            w.head == word.head and w.deprel == "conj" and w.index < word.index)]
        joined = any(w.deprel == "cc" and w.head in {m.index for m in members} for w in words)
        own = any(w.deprel == "cc" and w.head == word.index for w in words)
        if joined and not own and all(m.upos == "PROPN" for m in members):
            attach(words, word.index, word.head, "appos")


def list_after_colon(words: list[Word]) -> None:
    """*seized three towns: A, B and C*: the list stands in apposition to the towns."""
    for mark in list(words):
        if mark.form not in (":", "-", "–", "—") or not 0 < mark.index < len(words) - 1:
            continue
        before = words[mark.index - 1]
        if before.upos != "NOUN" or before.feat("Number") != "Plur":
            continue
        first = next((w for w in words[mark.index + 1:] if w.upos == "PROPN" and w.deprel not in (
            "compound", "flat", "amod")), None)
        if first is None or first.index > mark.index + 3 or first.deprel == "appos" or any(
                w.head == first.index and w.deprel in ("case", "cop", "nsubj", "mark")
                for w in words) or first.head >= mark.index or first.deprel in ("root", "conj"):
            continue
        if first.deprel.startswith("nsubj"):
            continue
        attach(words, first.index, before.index, "appos")


# verbs that hardly do without an object
_TAKERS = frozenset({"seize", "capture", "take", "control", "hold", "kill", "wound", "injure",
                     "lose", "occupy", "retake", "recapture", "destroy", "free", "liberate",
                     "arrest", "detain", "evacuate", "deploy", "send", "surround", "besiege",
                     "displace",
                     "claim", "gain", "cede", "conquer", "overrun", "release", "contain", "cover",
                     "encircle", "win", "secure", "grab", "abandon", "clear", "recover"})
ABOUT: frozenset[str] = frozenset({
    "over", "under", "about", "around", "nearly", "almost", "some", "above", "below"})
_SHARES = frozenset({"half", "third", "quarter", "dozen", "score", "hundred", "thousand", "most"})


def counted_objects(words: list[Word]) -> None:
    """*seized over half of the towns*: about how many, no direction; the number is the object."""
    for case in list(words):
        noun = words[case.head] if case.head >= 0 else None
        if noun is None or noun.deprel != "obl" or case.deprel != "case" \
                or case.lemma.lower() not in ABOUT \
                or not case.index < noun.index <= case.index + 3:
            continue
        number = noun.upos == "NUM" or noun.lemma.lower() in _SHARES or any(
            w.head == noun.index and w.deprel == "nummod" and w.index == case.index + 1
            for w in words)
        verb = words[noun.head] if noun.head >= 0 else None
        if not number or verb is None or verb.upos != "VERB" or case.index != verb.index + 1 \
                or any(w.head == verb.index and w.deprel in ("obj", "nsubj:pass", "aux:pass")
                       for w in words) or verb.lemma.lower() not in _TAKERS:
            continue
        words[noun.index] = replace(noun, deprel="obj")
        words[case.index] = replace(case, upos="ADV", deprel="advmod")


UNITS: frozenset[str] = frozenset({
    "city", "town", "village", "province", "district", "region", "oblast", "county", "governorate",
    "state", "airport", "suburb", "neighbourhood", "neighborhood"})


def names_before_plurals(words: list[Word]) -> None:
    """*the fall of Norwick and Dunholt cities*: the names say which cities."""
    for unit in list(words):
        names = _names_before(words, unit.index) \
            if unit.feat("Number") == "Plur" and unit.lemma.lower() in UNITS else []
        if len(names) < 2:
            continue
        noun, first, others = words[unit.index], words[names[0]], names[1:]
        below = subtree(words, first.index)
        if noun.index in below:                # the noun stands where the first name stood
            words[noun.index] = replace(noun, head=first.head, deprel=first.deprel)
        elif first.head not in (noun.head, noun.index) and words[names[-1]].head != noun.index:
            continue
        words[first.index] = replace(first, head=noun.index, deprel="compound")
        for w in [w for w in words if w.head == first.index and w.index not in names]:
            if w.index > noun.index or w.deprel == "case" or w.index < first.index:
                words[w.index] = replace(w, head=noun.index)
        for name in others:
            words[name] = replace(words[name], head=first.index, deprel="conj")
        joined = max(w.index for w in words[:others[-1]] if w.lemma.lower() in ("and", "or"))
        words[joined] = replace(words[joined], head=others[-1], deprel="cc")
        noun = words[noun.index]
        beside = words[noun.head] if noun.head >= 0 else noun
        if noun.deprel == "conj" and beside.deprel == "nmod" \
                and words[beside.head].lemma.lower() == unit.lemma.lower():
            words[noun.index] = replace(noun, head=beside.head)    # cities of A, and B and C cities


def _names_before(words: list[Word], noun: int) -> list[int]:
    """The heads of a list of names that runs up to a noun: *A, B and C cities*."""
    groups: list[list[int]] = [[]]
    joins: list[str] = []
    at = noun - 1
    while at >= 0:
        word, form = words[at], words[at].lemma.lower()
        if word.upos in ("PROPN", "X") or (word.form in HYPHENS and groups[-1]):
            groups[-1].append(at)
        elif groups[-1] and form in ("and", "or", ",") and (joins or form != ","):
            if form != "," and joins and groups[-1] and words[at - 1].form == ",":
                at -= 1
            joins.append(form)
            groups.append([])
        else:
            break
        at -= 1
    if not groups[-1]:
        groups.pop()
    heads = [next((i for i in g if words[i].head not in g), g[-1]) for g in reversed(groups)]
    while len(heads) > 1 and any(         # *In Norwick, Dunholt and Tarra districts fell*
            w.head == heads[0] and w.deprel == "case" for w in words) and noun not in subtree(
            words, heads[0]):
        heads.pop(0)
    return heads


HYPHENS = frozenset({"-", "–", "'", "’"})
