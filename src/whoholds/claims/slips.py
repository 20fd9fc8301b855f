"""Mends the trees of a parser where its usual slips would hide a proposition.

Each repair asks for a shape that no right tree has, so that right trees stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.core import Word


def mended_words(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with better heads and relations where a slip was found."""
    changed = [replace(w, upos="NOUN") if w.upos == "PROPN" and len(w.form) > 2 and w.form.islower()
               and w.form.isalpha() else w for w in words]
    _plurals(changed)
    _flat_objects(changed)
    _house_to_house(changed)
    _capital_participles(changed)
    _nouns_for_verbs(changed)
    _event_gerunds(changed)
    _in_case(changed)
    _with_absolute(changed)
    _further_objects(changed)
    _coordinated_modifiers(changed)
    _list_after_flat(changed)
    _described_list(changed)
    _detached_of(changed)
    _compass(changed)
    _detached_at(changed)
    _list_after_colon(changed)
    _strayed_subjects(changed)
    _outer_subjects(changed)
    _double_subjects(changed)
    _double_objects(changed)
    _headless_subject(changed)
    return tuple(changed)


def _set(words: list[Word], index: int, head: int, deprel: str) -> None:
    """Moves a word, unless it would come to stand below itself."""
    if head < 0 or head not in _subtree(words, index):
        words[index] = replace(words[index], head=head, deprel=deprel)


def _subtree(words: list[Word], index: int) -> list[int]:
    found, todo = {index}, [index]
    while todo:
        at = todo.pop()
        for word in words:
            if word.head == at and word.index not in found:
                found.add(word.index)
                todo.append(word.index)
    return sorted(found)


def _with_absolute(words: list[Word]) -> None:
    """*with only the fort still held by the king*: held is the fort."""
    for verb in list(words):
        if verb.deprel != "advcl" or verb.feat("VerbForm") != "Part" or any(
                w.head == verb.index and w.deprel.startswith(("nsubj", "mark", "aux"))
                for w in words):
            continue
        before = verb.index - 1
        while before > 0 and words[before].upos == "ADV":
            before -= 1
        noun = words[before]
        if noun.deprel == "obl" and noun.head == verb.head and any(
                w.head == noun.index and w.deprel == "case" and w.lemma.lower() == "with"
                for w in words):
            _set(words, verb.index, noun.index, "acl")


# plurals of nouns that are verbs in the present as well, before an infinitive
_INTENDING = frozenset({"plans", "vows", "hopes", "aims", "moves", "orders", "attempts", "claims",
                        "demands", "threatens", "pledges", "promises", "bids", "fights", "battles",
                        "struggles", "offers", "schemes", "fails", "refuses"})


def _nouns_for_verbs(words: list[Word]) -> None:
    """*The army plans to retake it*: a plan of no army, but what the army does."""
    for word in list(words):
        if word.upos != "NOUN" or word.form.lower() not in _INTENDING \
                or word.deprel not in ("root", "ccomp", "parataxis", "nsubj"):
            continue
        own = [w for w in words if w.head == word.index]
        actor = next((w for w in own if w.deprel in ("compound", "nmod:desc", "nsubj")
                      and w.index == word.index - 1), None)
        aim = next((w for w in own if w.deprel in ("acl", "xcomp") and w.upos == "VERB" and any(
            k.head == w.index and k.form.lower() == "to" for k in words)), None)
        if actor is None or aim is None or any(w.deprel in ("cop", "case") for w in own):
            continue
        if word.deprel == "nsubj":
            verb = words[word.head]
            if not any(w.deprel == "nsubj" and w.head == verb.index and w.index != word.index
                       for w in words):
                continue
        words[word.index] = replace(word, upos="VERB", lemma=word.form.lower().removesuffix("s"),
                                    deprel="ccomp" if word.deprel == "nsubj" else word.deprel,
                                    feats=(("Tense", "Pres"), ("VerbForm", "Fin")))
        _set(words, actor.index, word.index, "nsubj")
        _set(words, aim.index, word.index, "xcomp")
        for w in own:
            if w.index < actor.index and w.deprel in ("det", "amod", "nmod:poss", "compound"):
                _set(words, w.index, actor.index, w.deprel)


def _further_objects(words: list[Word]) -> None:
    """*Took the island and, with it, sixty prisoners*: the second noun is not the verb's peer."""
    for word in list(words):
        if word.upos != "NOUN" or word.deprel != "conj" or word.head < 0 \
                or words[word.head].upos != "VERB" or any(
                    w.head == word.index and w.deprel.startswith(("nsubj", "cop", "aux"))
                    for w in words):
            continue
        objects = [w for w in words if w.head == word.head and w.deprel == "obj"
                   and word.head < w.index < word.index]
        if objects:
            _set(words, word.index, objects[-1].index, "conj")


def _in_case(words: list[Word]) -> None:
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
            _set(words, word.index, clause.index, "mark")
            _set(words, case.index, word.index, "fixed")


_EVENTS = frozenset({"fighting", "shelling", "bombing", "shooting", "firing", "skirmishing",
                     "looting", "sniping", "rioting", "killing", "bargaining"})


def _event_gerunds(words: list[Word]) -> None:
    """*Fighting erupted*, *after heavy fighting with the army*: an event, not a clause without
    subject."""
    for word in list(words):
        if word.upos != "VERB" or word.deprel not in ("acl", "advcl", "csubj", "nsubj"):
            continue
        own = [w for w in words if w.head == word.index]
        marks = [w for w in own if w.deprel == "mark" and w.form.lower() in (
            "of", "after", "amid", "despite", "during", "in", "by", "because", "with", "without")]
        if word.form.lower() in _EVENTS and marks \
                and word.deprel in ("acl", "advcl") and word.head >= 0 \
                and not any(w.deprel.split(":")[0] in ("obj", "nsubj", "aux") for w in own):
            noun = words[word.head].upos in ("NOUN", "PROPN")
            words[word.index] = replace(word, upos="NOUN", lemma=word.form.lower(),
                                        deprel="nmod" if noun else "obl")
            for w in own:
                if w in marks:
                    words[w.index] = replace(w, deprel="case", upos="ADP")
                elif w.deprel == "obl":
                    _set(words, w.index, word.index, "nmod")
            continue
        if word.deprel in ("csubj", "nsubj") and word.form.endswith("ing") \
                and not any(w.deprel.split(":")[0] in ("obj", "nsubj", "aux", "xcomp", "ccomp")
                            for w in own):
            words[word.index] = replace(word, upos="NOUN", lemma=word.form.lower(), deprel="nsubj")
            for w in own:
                if w.deprel == "obl":
                    _set(words, w.index, word.index, "nmod")


def _coordinated_modifiers(words: list[Word]) -> None:
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
                _set(words, b.index, word.index, "compound")
        own = [w for w in words if w.head == first.index and w.index != word.index]
        if any(w.index > first.index and w.index != between[0].index and w.deprel != "punct"
               for w in own):
            continue
        _set(words, word.index, first.head, first.deprel)
        _set(words, first.index, word.index, "compound")
        for w in own:
            if w.index < first.index:
                _set(words, w.index, word.index, w.deprel)


# verbs that take an *of* phrase of their own
_TAKE_OF = frozenset({"accuse", "convict", "warn", "clear", "rid", "cleanse", "deprive", "strip",
                      "purge", "inform", "suspect", "consist", "die", "speak", "think", "free",
                      "dispose", "remind", "assure", "notify", "rob", "approve", "complain",
                      "hear"})


def _detached_of(words: list[Word]) -> None:
    """*hit areas of Norwick*: an *of* phrase right after a noun belongs to the noun."""
    for word in list(words):
        above = words[word.head]
        if word.deprel == "nmod" and above.form in _CALENDAR and above.head >= 0 \
                and words[above.head].lemma.lower() in _TAKE_OF and any(
                    w.head == word.index and w.lemma.lower() == "of" for w in words):
            _set(words, word.index, above.head, "obl")     # *cleared on Saturday of the last*
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
                _set(words, word.index, noun.index, "nmod")


_COMPASS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast",
                      "southwest", "north-east", "north-west", "south-east", "south-west", "short"})


def _compass(words: list[Word]) -> None:
    """*villages south of Norwick*: *south of* is a preposition of two words."""
    for word in list(words[1:-2]):
        of = words[word.index + 1]
        if word.form.lower() not in _COMPASS or of.form.lower() != "of" or of.deprel == "fixed" \
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
        if host in _subtree(words, target.index) or host < 0 or target.head < 0:
            continue
        nominal = words[host].upos in ("NOUN", "PROPN") and not any(
            w.head == host and w.deprel == "cop" for w in words)
        words[target.index] = replace(target, head=host, deprel="nmod" if nominal else "obl")
        words[word.index] = replace(word, head=target.index, deprel="case", upos="ADP",
                                    lemma=word.form.lower())
        words[of.index] = replace(of, head=word.index, deprel="fixed")


_MEASURES = frozenset({"mile", "kilometre", "kilometer", "km", "metre", "meter", "yard", "league",
                       "hour", "march", "block"})


_CALENDAR = frozenset({"January", "February", "March", "April", "May", "June", "July", "August",
                       "September", "October", "November", "December", "Monday", "Tuesday",
                       "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Christmas",
                       "Easter", "Ramadan"})


def _plurals(words: list[Word]) -> None:
    """*militiamen*: a lemmatiser that cuts one letter off makes no word."""
    for word in list(words):
        low = word.form.lower()
        if low.endswith("men") and len(low) > 4 and word.upos in ("NOUN", "PROPN") \
                and word.feat("Number") != "Sing":
            words[word.index] = replace(word, lemma=low[:-2] + "an")


def _flat_objects(words: list[Word]) -> None:
    """*retook Norwick*: a name right behind a verb is no part of a name with it."""
    for word in list(words):
        if word.deprel == "flat" and word.upos == "PROPN" and word.head == word.index - 1 \
                and words[word.head].upos == "VERB" and not any(
                    w.head == word.head and w.deprel == "obj" for w in words):
            words[word.index] = replace(word, deprel="obj")


def _house_to_house(words: list[Word]) -> None:
    """*fought house to house in Norwick*: how they fought, and where."""
    for word in list(words[2:]):
        first, joint = words[word.index - 2], words[word.index - 1]
        if word.form.lower() != first.form.lower() or word.upos != "NOUN" \
                or joint.upos not in ("ADP", "PART") or words[first.head].upos != "VERB":
            continue
        verb = first.head
        words[first.index] = replace(first, deprel="obl:unmarked")
        for w in list(words):
            if w.head == word.index and w.index > word.index and w.deprel in ("nmod", "obl"):
                _set(words, w.index, verb, "obl")


# participles that a capital makes look like part of a name
PARTICIPLES = {"besieged": "besiege", "encircled": "encircle", "surrounded": "surround",
                "occupied": "occupy", "blockaded": "blockade", "contested": "contest",
                "captured": "capture", "liberated": "liberate", "isolated": "isolate",
                "beleaguered": "beleaguer", "disputed": "dispute"}


def _capital_participles(words: list[Word]) -> None:
    """*Besieged Norwick has no bread*, at the head of a sentence."""
    for word in words[:1]:
        lemma = PARTICIPLES.get(word.form.lower())
        if lemma and word.upos in ("PROPN", "ADJ") and len(words) > 1 and words[1].upos == "PROPN" \
                and word.deprel in ("compound", "amod", "flat", "nsubj") and word.head > 0:
            host = words[1].head if words[1].deprel in ("compound", "flat") else 1
            words[0] = replace(word, upos="VERB", lemma=lemma, deprel="amod", head=host,
                               feats=(("Tense", "Past"), ("VerbForm", "Part")))


def _detached_at(words: list[Word]) -> None:
    """*bombed a camp near Norwick*: a phrase of place right behind the object belongs to it."""
    for word in list(words):
        if word.deprel != "obl" or word.upos != "PROPN" or words[word.head].upos != "VERB":
            continue
        case = next((w for w in words if w.head == word.index and w.deprel == "case"), None)
        if case is None or case.index < 1 or case.lemma.lower() not in (
                "at", "near", "along", "outside", "between", "in"):
            continue
        noun = words[case.index - 1]
        if case.lemma.lower() == "in" and word.form in _CALENDAR:
            continue
        if noun.upos == "NOUN" and noun.head == word.head and noun.deprel == "obj" \
                and noun.index > word.head:
            _set(words, word.index, noun.index, "nmod")


def _list_after_flat(words: list[Word]) -> None:
    """*Tarra Gol and Arcow*: the list goes on from the name, not from its second word."""
    for word in list(words):
        if word.deprel == "conj" and word.head >= 0 and words[word.head].deprel == "flat":
            _set(words, word.index, words[word.head].head, "conj")


def _described_list(words: list[Word]) -> None:
    """*A and B, the two largest cities*: the description is no third member of the list."""
    for word in list(words):
        if word.deprel != "conj" or word.upos != "NOUN" or word.feat("Number") != "Plur":
            continue
        members = [w for w in words if w.index == word.head or (
            w.head == word.head and w.deprel == "conj" and w.index < word.index)]
        joined = any(w.deprel == "cc" and w.head in {m.index for m in members} for w in words)
        own = any(w.deprel == "cc" and w.head == word.index for w in words)
        if joined and not own and all(m.upos == "PROPN" for m in members):
            _set(words, word.index, word.head, "appos")


def _list_after_colon(words: list[Word]) -> None:
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
        _set(words, first.index, before.index, "appos")


def _strayed_subjects(words: list[Word]) -> None:
    """*Before X entered Y, Z fell*: Z is no second subject of *entered*."""
    for word in list(words):
        nominal = word.deprel == "parataxis" and word.upos in ("NOUN", "PROPN") and not any(
            w.head == word.index and w.deprel in ("cop", "case", "nsubj") for w in words)
        if not (nominal or word.deprel.startswith("nsubj")) or word.head < 0 \
                or word.index < word.head:
            continue
        verb = words[word.head]
        if verb.upos != "VERB" or verb.head < word.index:
            continue
        earlier = any(w.head == verb.index and w.deprel.startswith("nsubj") and w.index < verb.index
                      for w in words)
        if earlier and any(w.form == "," for w in words[verb.index:word.index]):
            _set(words, word.index, verb.head, "nsubj")


def _outer_subjects(words: list[Word]) -> None:
    """*Clashes went on, officials said*: the clashes are no second subject of *said*."""
    for clause in list(words):
        if clause.deprel != "ccomp" or clause.head < clause.index:
            continue
        own = any(w.head == clause.index and w.deprel.startswith(("nsubj", "csubj", "expl"))
                  for w in words)
        outer = [w for w in words if w.head == clause.head and w.deprel == "nsubj"]
        if not own and len(outer) > 1 and outer[0].index < clause.index < outer[-1].index:
            _set(words, outer[0].index, clause.index, "nsubj")


def _double_subjects(words: list[Word]) -> None:
    """*X, the last of them, fell* and *In X, the capital of Y, soldiers surrendered*, where both
    nominals before the verb were made its subjects."""
    for verb in list(words):
        if verb.upos != "VERB":
            continue
        subjects = [w for w in words if w.head == verb.index and w.index < verb.index
                    and w.deprel in ("nsubj", "nsubj:pass")]
        if len(subjects) != 2:
            continue
        first, second = subjects
        end = max(i for i in _subtree(words, second.index) if i < verb.index)
        if not any(w.form == "," for w in words[first.index:second.index]):
            continue
        if any(w.form == "," for w in words[end:verb.index]):
            _set(words, second.index, first.index, "appos")
            continue
        start = min(_subtree(words, first.index))
        hosts = [w for w in words[:start] if w.upos in ("NOUN", "PROPN")]
        if hosts and words[start - 1].form == "," and start >= 1:
            _set(words, first.index, hosts[-1].index, "appos")


def _double_objects(words: list[Word]) -> None:
    """*took N, the third town this week*: the second object describes the first."""
    for verb in list(words):
        if verb.upos != "VERB":
            continue
        objects = [w for w in words if w.head == verb.index and w.deprel == "obj"]
        if len(objects) != 2:
            continue
        first, second = objects
        start = min(_subtree(words, second.index))
        if first.index > verb.index and words[start - 1].form == "," \
                and words[start].upos in ("DET", "PRON", "ADJ") and second.upos == "NOUN":
            _set(words, second.index, first.index, "appos")


def _headless_subject(words: list[Word]) -> None:
    """*A and B, the two cities were taken*: a nominal root with a finite clause that lacks its
    subject beside it is that subject."""
    for word in list(words):
        if word.upos != "VERB" or word.head < 0 \
                or word.deprel not in ("parataxis", "acl:relcl", "advcl"):
            continue
        root = words[word.head]
        if root.head != -1 or root.upos not in ("NOUN", "PROPN", "PRON") or root.index > word.index:
            continue
        own = [w for w in words if w.head == word.index]
        finite = word.feat("VerbForm") == "Fin" or any(
            w.deprel in ("aux", "aux:pass") and w.feat("VerbForm") == "Fin" for w in own)
        subjects = any(w.deprel.startswith(("nsubj", "csubj", "mark")) for w in own)
        predicates = any(w.head == root.index and w.deprel in ("cop", "nsubj", "expl")
                         for w in words)
        relative = any(w.feat("PronType") in ("Rel", "Int") for w in words[root.index:word.index])
        if not finite or subjects or predicates or relative:
            continue
        passive = any(w.deprel == "aux:pass" for w in own)
        _set(words, word.index, -1, "root")
        words[root.index] = replace(root, head=word.index)
        _set(words, root.index, word.index, "nsubj:pass" if passive else "nsubj")
        for w in words:
            if w.head == root.index and w.index > word.index:
                _set(words, w.index, word.index, w.deprel)
        return
