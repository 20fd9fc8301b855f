"""Mends trees in which the parser took a wrong turn early in a sentence and could not come back.

Each repair asks for a shape that no right tree has, so that right trees stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.arcs import attach, subtree
from whoholds.core import Word

_NOMINAL = frozenset({"NOUN", "PROPN"})
_SUBJECTS = ("nsubj", "csubj", "expl")


def fronted_clauses(words: list[Word]) -> None:
    """*Shortly before they entered Norwick, the Tarra crossing, the last post, fell*: what stands
    behind the first comma fell, and is no other name of Norwick.

    Two shapes are wrong: a finite verb without a subject, and a subject set off by commas on both
    sides.
    """
    for clause in list(words):
        if clause.deprel != "advcl" or clause.head <= clause.index:
            continue
        verb = words[clause.head]
        named = _apposed(words, clause, verb)
        if named is None or verb.upos != "VERB":
            continue
        subject = next((w for w in words if w.head == verb.index and w.index < verb.index
                        and w.deprel.startswith(_SUBJECTS)), None)
        if subject is None:
            if not _finite(words, verb):
                continue
            passive = any(w.head == verb.index and w.deprel == "aux:pass" for w in words)
            attach(words, named.index, verb.index, "nsubj:pass" if passive else "nsubj")
            for w in list(words[named.index:verb.index]):
                if w.head == named.index and w.deprel.startswith("nsubj"):
                    attach(words, w.index, named.index, "appos")
        elif subject.deprel.startswith("nsubj") and named.index < subject.index \
                and _set_off(words, subject, verb):
            attach(words, named.index, verb.index, subject.deprel)
            attach(words, subject.index, named.index, "appos")


def _apposed(words: list[Word], clause: Word, verb: Word) -> Word | None:
    """The first nominal behind a comma that a fronted clause has in apposition."""
    inside = set(subtree(words, clause.index))
    for word in words[clause.index + 1:verb.index]:
        if word.deprel == "appos" and word.upos in _NOMINAL and word.index in inside \
                and word.head > clause.index and words[word.head].upos in _NOMINAL:
            start = min(subtree(words, word.index))
            if words[start].form == "," or (start and words[start - 1].form == ","):
                return word
    return None


def _finite(words: list[Word], verb: Word) -> bool:
    """Whether a verb is in the past or present of somebody: no imperative, no infinitive."""
    helpers = [w for w in words if w.head == verb.index and w.deprel.startswith("aux")]
    return any(w.feat("VerbForm") == "Fin" and w.feat("Mood") != "Imp" for w in [verb, *helpers])


def _set_off(words: list[Word], subject: Word, verb: Word) -> bool:
    """Whether one comma stands before a subject, one between it and its verb, none inside."""
    first = subject.index
    while first and words[first - 1].head == subject.index and words[first - 1].form != ",":
        first -= 1
    commas = [w.index for w in words[max(first - 1, 0):verb.index] if w.form == ","]
    return len(commas) == 2 and commas[0] == first - 1 and commas[1] > subject.index and all(
        w.head == verb.index for w in words[commas[1] + 1:verb.index])


# verbs whose content may follow without *that*
_TELLING = frozenset({"say", "report", "announce", "predict", "warn", "claim", "argue", "believe",
                      "think", "estimate", "insist", "declare", "confirm", "admit", "concede",
                      "fear", "hope", "expect", "assess", "judge", "reckon", "assume", "conclude",
                      "suggest", "know", "learn", "find", "deny", "acknowledge", "maintain"})


def bare_reports(words: list[Word]) -> None:
    """*Intelligence assessed Norwick could fall*: a participle that describes a noun has no object,
    and a verb with a subject but no conjunction stands under no other; so it is the verb, and its
    object is what could fall."""
    for report in list(words):
        if report.deprel not in ("acl", "advcl") or report.head < 0 \
                or report.lemma.lower() not in _TELLING \
                or report.feat("Tense") not in ("Past", None) or report.form.endswith("ing"):
            continue
        own = [w for w in words if w.head == report.index]
        topic = next((w for w in own if w.deprel == "obj" and w.index > report.index), None)
        if report.deprel == "acl":
            teller: Word | None = words[report.head]
        else:
            teller = next((w for w in own if w.deprel == "nsubj"), None)
        if topic is None or teller is None or any(w.deprel == "mark" for w in own):
            continue
        verb = words[report.head]
        if report.deprel == "acl":
            verb = words[teller.head] if teller.head >= 0 and teller.deprel.startswith("nsubj") \
                else report
        elif any(w.head == verb.index and w.deprel.startswith(_SUBJECTS) for w in words):
            continue
        if not report.index < topic.index < verb.index or not _finite(words, verb) or any(
                w.form == "," for w in words[teller.index:verb.index]):
            continue
        _told(words, teller.index, report.index, topic.index, verb.index)


def _told(words: list[Word], teller: int, report: int, topic: int, verb: int) -> None:
    """Makes a clause of four words of a report: who told, the telling, of what, what of it."""
    passive = any(w.head == verb and w.deprel == "aux:pass" for w in words)
    old = words[verb]
    words[report] = replace(words[report], head=old.head, deprel=old.deprel,
                            feats=(("Mood", "Ind"), ("Tense", "Past"), ("VerbForm", "Fin")))
    words[verb] = replace(old, head=report, deprel="ccomp")
    words[topic] = replace(words[topic], head=verb, deprel="nsubj:pass" if passive else "nsubj")
    words[teller] = replace(words[teller], head=report, deprel="nsubj")
    for w in list(words):
        if w.head == verb and w.index != topic and (
                w.index < report or w.index == len(words) - 1) \
                and w.deprel not in ("aux", "aux:pass", "cop"):
            words[w.index] = replace(w, head=report)


def subjects_beside(words: list[Word]) -> None:
    """*said that clashes in the suburbs continue*: a noun between a clause's conjunction and its
    verb, hung beside the verb, is its subject."""
    for noun in list(words):
        if noun.deprel != "ccomp" or noun.upos not in _NOMINAL or any(
                w.head == noun.index and w.deprel in ("cop", "mark") for w in words):
            continue
        verb = next((w for w in words[noun.index + 1:] if w.head == noun.head
                     and w.deprel == "ccomp" and w.upos == "VERB"), None)
        if verb is None:
            continue
        own = [w for w in words if w.head == verb.index]
        if any(w.deprel == "mark" and w.index < noun.index for w in own) \
                and not any(w.deprel.startswith(_SUBJECTS) for w in own):
            passive = any(w.deprel == "aux:pass" for w in own)
            attach(words, noun.index, verb.index, "nsubj:pass" if passive else "nsubj")


def crossings(words: list[Word]) -> None:
    """*the Tarra border crossing with Wenland, the last post under their control, fell*: right
    behind a noun and with no object, a crossing is a place and crosses nothing."""
    for word in list(words[1:]):
        first = words[word.index - 1]
        own = [w for w in words if w.head == word.index]
        if word.form.lower() != "crossing" or word.deprel != "acl" or word.head != first.index \
                or first.upos not in _NOMINAL or any(w.deprel == "obj" for w in own):
            continue
        words[word.index] = replace(word, head=first.head, deprel=first.deprel, upos="NOUN",
                                    lemma="crossing", feats=(("Number", "Sing"),))
        for w in list(words):
            if w.head == first.index and w.index != word.index:
                words[w.index] = replace(w, head=word.index)
        words[first.index] = replace(first, head=word.index, deprel="compound")
        apposed = next((w for w in own if w.deprel.startswith("nsubj") and w.index > word.index),
                       None)
        for w in own:
            if apposed is not None and w.index == apposed.index:
                words[w.index] = replace(w, deprel="appos")
            elif apposed is not None and w.index > apposed.index and w.deprel in ("obl", "conj"):
                words[w.index] = replace(w, head=apposed.index, deprel="nmod")
            elif w.deprel == "obl":
                words[w.index] = replace(w, deprel="nmod")


def split_compounds(words: list[Word]) -> None:
    """*the Tarra border crossing*: a noun right behind another is not in apposition to something
    earlier; the two are one compound."""
    for word in list(words[1:]):
        first = words[word.index - 1]
        gerund = word.upos == "VERB" and word.form.endswith("ing")
        if word.deprel != "appos" or not (word.upos == "NOUN" or gerund) or first.upos != "NOUN" \
                or not 0 <= word.head < first.index or first.head in (word.index, -1) \
                or first.feat("Number") == "Plur" \
                or first.deprel not in ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos") \
                or first.head in subtree(words, word.index):
            continue
        words[word.index] = replace(
            word, head=first.head, deprel=first.deprel, upos="NOUN",
            lemma=word.form.lower() if gerund else word.lemma,
            feats=(("Number", "Sing"),) if gerund else word.feats)
        words[first.index] = replace(first, head=word.index, deprel="compound")
        for w in list(words):
            if w.head == first.index:
                words[w.index] = replace(w, head=word.index)
            elif w.head == word.index and w.deprel == "obl":
                words[w.index] = replace(w, deprel="nmod")


# verbs that say what something is or becomes
LINKING: frozenset[str] = frozenset({
    "become", "remain", "seem", "appear", "grow", "stay", "prove", "look"})


def linked_adjectives(words: list[Word]) -> None:
    """*are sending more as the risk becomes clear*: nothing is sent clear; the risk becomes so."""
    for word in list(words):
        if word.deprel != "xcomp" or word.upos != "ADJ" or not 0 <= word.head < word.index:
            continue
        before = word.index - 1
        while before > word.head and words[before].upos in ("ADV", "ADJ") \
                and words[before].head == word.index:
            before -= 1
        verb = words[before]
        if verb.index != word.head and verb.lemma.lower() in LINKING and verb.upos == "VERB" \
                and verb.index not in subtree(words, word.index):
            attach(words, word.index, verb.index, "xcomp")


def marked_parts(words: list[Word]) -> None:
    """*at the doors of the capital Norwick*, *including its port Tarra*: the preposition belongs to
    the phrase, not to a noun inside it."""
    for case in list(words):
        if case.deprel != "case" or case.upos not in ("ADP", "VERB") or case.head <= case.index:
            continue
        part = words[case.head]
        inside = part.deprel == "compound" and part.upos == "NOUN" and part.head == part.index + 1
        behind = part.deprel in ("appos", "flat") and case.index < part.head < part.index
        if (inside or behind) and not any(w.head == part.head and w.deprel == "case"
                                          and w.index < part.head for w in words):
            attach(words, case.index, part.head, "case")


def over_names(words: list[Word]) -> None:
    """*the control of the Huns over it*: nobody's name has an *over* of its own."""
    for word in list(words):
        if word.deprel != "nmod" or word.head < 0 or words[word.head].upos != "PROPN":
            continue
        name = words[word.head]
        cases = [w.lemma.lower() for w in words if w.head == word.index and w.deprel == "case"]
        owner = any(w.head == name.index and w.deprel == "case" and w.lemma.lower() == "of"
                    for w in words)
        if cases == ["over"] and owner and name.deprel == "nmod" and name.head >= 0 \
                and name.index < word.index and words[name.head].upos == "NOUN":
            attach(words, word.index, name.head, "nmod")


def passive_adjectives(words: list[Word], participles: dict[str, str]) -> None:
    """*could be isolated*: with the helper of a passive and what it is done to, a verb;
    ``participles``: those that are adjectives as well, and their verbs."""
    for word in list(words):
        lemma = participles.get(word.form.lower())
        own = {w.deprel for w in words if w.head == word.index}
        if lemma and word.upos == "ADJ" and {"aux:pass", "nsubj:pass"} <= own:
            words[word.index] = replace(word, upos="VERB", lemma=lemma,
                                        feats=(("Tense", "Past"), ("VerbForm", "Part"),
                                               ("Voice", "Pass")))


# what stands before a name as a preposition or before a clause as its conjunction
_BOTH = frozenset({"after", "before", "since"})


def names_after(words: list[Word]) -> None:
    """*the largest towns after Norwick were taken*: one name is no subject of *were*; the towns
    are."""
    for name in list(words[1:]):
        mark = words[name.index - 1]
        if name.upos != "PROPN" or not name.deprel.startswith("nsubj") or name.head <= name.index \
                or name.feat("Number") != "Sing" or mark.lemma.lower() not in _BOTH \
                or mark.deprel != "mark" or mark.head != name.head or mark.index < 1 \
                or words[mark.index - 1].upos not in _NOMINAL or any(
                    w.head == name.index and w.deprel == "conj" for w in words):
            continue
        helper = words[name.index + 1]
        if helper.head != name.head or helper.form.lower() not in ("were", "are", "have"):
            continue
        words[mark.index] = replace(mark, head=name.index, deprel="case", upos="ADP")
        attach(words, name.index, mark.index - 1, "nmod")


def as_clauses(words: list[Word]) -> None:
    """*They fled as Norwick, the largest city, fell*: a name behind *as* with a finite verb that
    has no subject is the subject."""
    for mark in list(words[:-2]):
        if mark.form.lower() != "as" or mark.deprel != "case" or mark.head <= mark.index:
            continue
        noun = words[mark.head]
        verb = _next_verb(words, noun)
        if verb is None or noun.deprel != "obl" or not _finite(words, verb) \
                or verb.head == noun.index \
                or not (noun.upos == "PROPN" or any(
                    w.head == noun.index and w.upos == "PROPN" and w.deprel == "compound"
                    for w in words)) \
                or any(w.head == verb.index and w.deprel.startswith((*_SUBJECTS, "mark", "cc"))
                       for w in words):
            continue
        passive = any(w.head == verb.index and w.deprel == "aux:pass" for w in words)
        if verb.index in subtree(words, noun.index):
            continue
        attach(words, noun.index, verb.index, "nsubj:pass" if passive else "nsubj")
        words[mark.index] = replace(mark, head=verb.index, deprel="mark", upos="SCONJ")
        if verb.deprel == "parataxis":
            words[verb.index] = replace(words[verb.index], deprel="advcl")


def _next_verb(words: list[Word], noun: Word) -> Word | None:
    """The verb right behind a noun and what belongs to it."""
    end = max(i for i in subtree(words, noun.index))
    for word in words[end + 1:]:
        if word.upos == "VERB":
            return word
        if word.upos not in ("PUNCT", "AUX", "ADV"):
            return None
    return None


def datelines(words: list[Word]) -> None:
    """*Norwick: Rebels have surrendered*: the place before the colon heads nothing."""
    first = words[0]
    if first.head != -1 or first.upos != "PROPN":
        return
    colon = next((w.index for w in words[:6] if w.form == ":"), 0)
    if not colon or any(w.upos not in ("PROPN", "PUNCT") for w in words[:colon]):
        return
    verb = next((w for w in words[colon:] if w.head == 0 and w.deprel == "parataxis"
                 and w.upos in ("VERB", "AUX")), None)
    if verb is None:
        return
    words[verb.index] = replace(verb, head=-1, deprel="root")
    for w in list(words[colon:]):
        if w.head == 0:
            words[w.index] = replace(
                w, head=verb.index, deprel="advcl" if w.deprel == "parataxis" and any(
                    k.head == w.index and k.deprel == "mark" for k in words) else w.deprel)
    words[0] = replace(words[0], head=verb.index, deprel="dep")


_DISTANCES = frozenset({"mile", "kilometre", "kilometer", "km", "metre", "meter", "yard", "league"})


def distances(words: list[Word]) -> None:
    """*took Norwick, 30 miles north of Dunholt*: the miles say where Norwick is."""
    for measure in list(words):
        if not measure.deprel.startswith("obl") or measure.lemma.lower() not in _DISTANCES \
                or measure.head < 0 or measure.head > measure.index:
            continue
        start = min(subtree(words, measure.index))
        start += words[start].form == ","
        if start < 2 or words[start - 1].form != ",":
            continue
        what = next((w for w in words if w.head == measure.head and w.deprel == "obj"
                     and w.upos == "PROPN" and start - 2 in subtree(words, w.index)), None)
        if what is not None:
            attach(words, measure.index, what.index, "nmod:unmarked")


def finite_after_content(words: list[Word]) -> None:
    """*The claim that they hold it could not be verified*: a finite verb behind a noun and what the
    noun is about describes nothing; the noun is its subject."""
    for verb in list(words):
        if verb.deprel != "acl" or verb.upos != "VERB":
            continue
        own = [w for w in words if w.head == verb.index]
        noun = words[verb.head]
        told = [w for w in words if w.head == noun.index and w.deprel in ("acl", "ccomp")
                and w.index < verb.index]
        if not told or any(w.deprel in ("mark", "nsubj", "nsubj:pass") for w in own) \
                or not any(w.deprel == "aux" and ("VerbForm", "Fin") in w.feats for w in own):
            continue
        passive = any(w.deprel == "aux:pass" for w in own)
        head, deprel = noun.head, noun.deprel
        words[verb.index] = replace(verb, head=head, deprel=deprel)
        words[noun.index] = replace(noun, head=verb.index,
                                    deprel="nsubj:pass" if passive else "nsubj")
        for word in own + [w for w in words if w.head == noun.index]:
            if word.deprel in ("cc", "punct") and word.index < noun.index:
                words[word.index] = replace(word, head=verb.index)


# participles of how a place is held, which say with *have* what its subject does
_HELD_SO = frozenset({"surrounded", "encircled", "besieged", "blockaded", "isolated", "cornered",
                      "ringed", "cut", "hemmed", "boxed", "bottled", "pinned", "trapped",
                      "occupied", "covered", "secured", "locked", "sealed"})


def had_it_done(words: list[Word]) -> None:
    """*The army has Norwick surrounded*: the noun behind *has* is what is surrounded, and the army
    surrounds it."""
    for verb in list(words):
        if verb.upos == "VERB" and verb.feat("VerbForm") == "Part":
            _has_held(words, verb)
            _two_subjects(words, words[verb.index])


def _two_subjects(words: list[Word], verb: Word) -> None:
    """The noun between *has* and the participle, made a second subject, is its object."""
    have = next((w for w in words if w.head == verb.index and w.deprel == "aux"
                 and w.lemma.lower() == "have"), None)
    subjects = [w for w in words if w.head == verb.index and w.deprel.startswith("nsubj")]
    if have is None or len(subjects) != 2 or any(w.deprel == "obj" and w.head == verb.index
                                                 for w in words):
        return
    first, second = subjects
    if first.index < have.index < second.index < verb.index \
            and min(subtree(words, second.index)) > have.index:
        words[second.index] = replace(second, deprel="obj")


def _has_held(words: list[Word], verb: Word) -> None:
    """*Has it* with a participle that says how: the participle is the verb, *has* its helper."""
    if verb.deprel != "xcomp" or verb.form.lower() not in _HELD_SO or not (
            0 <= verb.head < verb.index) or words[verb.head].lemma.lower() != "have":
        return
    have = words[verb.head]
    own = [w for w in words if w.head == have.index and w.index != verb.index]
    held = next((w for w in own if w.deprel == "obj" and have.index < w.index < verb.index), None)
    if held is None or have.upos != "VERB" or any(w.deprel == "mark" for w in own):
        return
    words[verb.index] = replace(verb, head=have.head, deprel=have.deprel)
    words[have.index] = replace(have, upos="AUX", head=verb.index, deprel="aux")
    for w in own:
        words[w.index] = replace(w, head=verb.index)


def short_of(words: list[Word]) -> None:
    """*stopped short of entering it*: whoever stopped would have entered."""
    for short in list(words):
        if short.form.lower() != "short" or short.upos not in ("ADV", "ADJ") \
                or short.deprel not in ("advmod", "xcomp") or not 0 <= short.head < short.index:
            continue
        clause = next((w for w in words if w.head == short.index and w.index > short.index
                       and w.upos == "VERB" and w.deprel in ("advcl", "ccomp", "acl")), None)
        if clause is not None and words[short.head].upos == "VERB" and any(
                w.head == clause.index and w.form.lower() == "of" for w in words):
            attach(words, clause.index, short.head, "advcl")


# where one stands near the land, and takes it seldom
_LANDMARKS = frozenset({"river", "lake", "sea", "coast", "shore", "border", "frontier", "road",
                        "highway", "motorway", "railway", "mountain", "hill", "forest", "wood",
                        "desert", "canal", "stream", "line"})
BY: frozenset[str] = frozenset({
    "near", "outside", "beside", "around", "by", "opposite", "above", "below", "overlooking",
    "behind"})


def participles_near(words: list[Word]) -> None:
    """*the hills near a post taken from the rebels*: what is new to the listener, and stands right
    before the participle, is described by it."""
    for verb in list(words):
        near = words[verb.index - 1] if verb.index else verb
        if verb.deprel != "acl" or verb.upos != "VERB" or verb.feat("VerbForm") != "Part" \
                or verb.form.endswith("ing") or near.upos not in _NOMINAL \
                or near.deprel != "nmod" or near.head != verb.head or near.head > near.index \
                or near.lemma.lower() in _LANDMARKS:
            continue
        own = [w for w in words if w.head == near.index]
        beside = any(w.deprel == "case" and w.form.lower() in BY for w in own)
        new = any(w.deprel == "det" and w.form.lower() in ("a", "an", "another") for w in own)
        known = not any(w.head == near.head and w.deprel == "det"
                        and w.form.lower() in ("a", "an", "another") for w in words)
        if beside and new and known:
            attach(words, verb.index, near.index, "acl")
