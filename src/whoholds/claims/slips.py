"""Mends the trees of a parser where its usual slips would hide a proposition.

Each repair asks for a shape that no right tree has, so that right trees stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from whoholds.claims import gapping, garden_paths, lost_verbs, phrases
from whoholds.claims.arcs import attach, subtree
from whoholds.core import Word


def mended_words(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with better heads and relations where a slip was found."""
    changed = [replace(w, upos="NOUN") if w.upos == "PROPN" and len(w.form) > 2 and w.form.islower()
               and w.form.isalpha() else w for w in words]
    said = {w.form.lower() for w in words}
    said.update([w.lemma.lower() for w in words])
    for needs, mend in _REPAIRS:
        if needs is None or not needs.isdisjoint(said):
            mend(changed)
    return tuple(changed)


def _stamps(words: list[Word]) -> None:
    """*16:10 Airport closed*: a live report's time of day heads nothing."""
    if len(words) < 4 or words[0].head != -1 or not re.fullmatch(r"\d{1,2}[:.h]\d{2}",
                                                                words[0].form):
        return
    own = [w for w in words if w.head == 0 and w.deprel != "punct"]
    verb = next((w for w in own if w.upos in ("VERB", "AUX")), None)
    if verb is None:
        return
    words[verb.index] = replace(verb, head=-1, deprel="root")
    subject = any(w.head == verb.index and w.deprel.startswith(("nsubj", "expl")) for w in words)
    passive = verb.feat("VerbForm") == "Part"
    for w in own:
        if w.index == verb.index:
            continue
        before = w.index < verb.index and w.upos in ("NOUN", "PROPN", "PRON")
        if before and not subject:
            words[w.index] = replace(w, head=verb.index,
                                     deprel="nsubj:pass" if passive else "nsubj")
            subject = True
        else:
            words[w.index] = replace(w, head=verb.index)
    words[0] = replace(words[0], head=verb.index, deprel="obl:unmarked")


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
            attach(words, verb.index, noun.index, "acl")


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
        attach(words, actor.index, word.index, "nsubj")
        attach(words, aim.index, word.index, "xcomp")
        for w in own:
            if w.index < actor.index and w.deprel in ("det", "amod", "nmod:poss", "compound"):
                attach(words, w.index, actor.index, w.deprel)


# verbs of saying whose further predicates are said, too, or the sayer's own
_SAYING = frozenset({"say", "add", "tell", "report", "announce", "predict", "warn", "claim",
                     "argue", "believe", "think", "estimate", "insist", "declare", "confirm",
                     "write", "note", "admit", "concede", "acknowledge", "maintain", "expect",
                     "fear", "hope", "deny", "promise", "vow", "ask", "urge", "accuse", "call",
                     "blame", "put", "give", "refuse", "decline", "describe", "complain", "stress",
                     "state", "swear", "assert", "suggest", "hint", "explain"})


def _predicates_after_reports(words: list[Word]) -> None:
    """*It will be next, officers predict, and could be in their hands by May*: what goes on behind
    the comma is what they predict, unless they say it."""
    for word in list(words):
        if word.deprel != "conj" or word.head < 0 or words[word.head].upos != "VERB" \
                or words[word.head].lemma.lower() not in _SAYING \
                or word.lemma.lower() in _SAYING:
            continue
        saying = words[word.head]
        told = next((w for w in words[:saying.index] if w.head == saying.index
                     and w.deprel in ("ccomp", "parataxis")), None)
        if told is None and saying.deprel == "parataxis" and 0 <= saying.head < saying.index:
            told = words[saying.head]
        own = [w for w in words if w.head == word.index]
        before = min(subtree(words, word.index)) - 1
        if told is None or any(w.deprel.startswith(("nsubj", "mark")) for w in own) \
                or not any(w.form == "," for w in words[max(before, saying.index):word.index]) \
                or not any(w.form == "," for w in words[told.index:saying.index]):
            continue
        modal = any(w.deprel == "aux" for w in own)
        if modal or word.upos != "VERB":
            attach(words, word.index, told.index, "conj")


def _infinitives_on_nouns(words: list[Word]) -> None:
    """*proposes to cross the strait and march on it*: a bare infinitive joined to a noun goes on
    from the verb above."""
    for word in list(words):
        if word.deprel != "conj" or word.upos != "VERB" or word.head < 0 \
                or words[word.head].upos not in ("NOUN", "PROPN") \
                or word.form.lower() != word.lemma.lower() \
                or word.feat("VerbForm") not in ("Inf", None):
            continue
        noun = words[word.head]
        verb = words[noun.head] if noun.head >= 0 else None
        own = [w for w in words if w.head == word.index]
        if verb is None or verb.upos != "VERB" or verb.feat("VerbForm") != "Inf" \
                or any(w.deprel.startswith(("det", "amod", "nsubj", "mark")) for w in own):
            continue
        attach(words, word.index, verb.index, "conj")
        for w in own:
            if w.deprel == "nmod":
                attach(words, w.index, word.index, "obl")


# verbs of a headline that are nouns as well
_BLUNT = frozenset({"attack", "bomb", "shell", "raid", "storm", "strike", "target", "patrol",
                    "rout", "ambush", "blockade", "hit", "assault", "pound", "torch", "loot",
                    "guard", "control", "battle", "fight", "retreat", "advance", "march", "rocket",
                    "mortar", "surrender", "counter-attack", "defend", "block", "clash"})


def _headline_verbs(words: list[Word]) -> None:
    """*Rebel planes bomb school*, *Fighters patrol Norwick*: a singular noun behind a plural is a
    verb."""
    for word in list(words[1:]):
        before = words[word.index - 1]
        if word.upos != "NOUN" or word.lemma.lower() not in _BLUNT \
                or word.form.lower() != word.lemma.lower() or before.upos not in ("NOUN", "PROPN") \
                or before.feat("Number") != "Plur" or not before.deprel.startswith("compound"):
            continue
        own = before.head == word.index                # *Fighters patrol Norwick*
        head = words[word.head] if word.head >= 0 else None
        if not own and not (head is not None and word.deprel == "compound"
                            and before.head == head.index and head.index > word.index):
            continue
        verb = replace(word, upos="VERB", feats=(("Tense", "Pres"), ("VerbForm", "Fin")))
        if own:
            words[word.index] = verb
            for w in list(words[word.index + 1:]):
                if w.head == word.index and w.deprel in ("flat", "appos", "nmod:unmarked",
                                                         "compound") and w.upos == "PROPN":
                    words[w.index] = replace(w, deprel="obj")
        elif head is not None:
            words[word.index] = replace(verb, head=head.head, deprel=head.deprel)
            words[head.index] = replace(head, head=word.index, deprel="obj")
        for w in list(words[:before.index]):
            host = w.head in (word.index, words[word.index].head) or (
                head is not None and w.head == head.index)
            if host and w.deprel in ("det", "amod", "compound", "nummod", "nmod:poss"):
                attach(words, w.index, before.index, w.deprel)
        words[before.index] = replace(before, head=word.index, deprel="nsubj")


def _verbs_behind_nouns(words: list[Word]) -> None:
    """*The forces advanced on the pass, were halted and fell back*: a verb of its own."""
    for word in list(words):
        if word.upos != "VERB" or word.deprel != "amod" or word.head < 0 \
                or word.index < word.head or word.feat("Tense") != "Past":
            continue
        noun = words[word.head]
        verb = words[noun.head] if noun.head >= 0 else None
        phrase = any(w.head == word.index and w.deprel == "obl" for w in words)
        if phrase and verb is not None and noun.deprel.startswith("nsubj") \
                and verb.upos == "VERB" and verb.index > word.index:
            attach(words, word.index, verb.index, "parataxis")


def _strayed_relatives(words: list[Word]) -> None:
    """*opens the road to the capital, which may fall*: what stands before *which* is meant."""
    for clause in list(words):
        if clause.deprel != "acl:relcl" or clause.head < 0:
            continue
        which = next((w for w in words[clause.head:clause.index] if w.head == clause.index
                      and w.form.lower() == "which" and w.deprel.startswith("nsubj")), None)
        if which is None or which.index < 2 or words[which.index - 1].form != ",":
            continue
        noun = words[which.index - 2]
        if noun.upos == "PROPN" and noun.head >= 0 and noun.deprel in ("flat", "compound"):
            noun = words[noun.head]
        if noun.upos in ("NOUN", "PROPN") and noun.index > clause.head \
                and noun.index not in subtree(words, clause.head):
            attach(words, clause.index, noun.index, "acl:relcl")


def _days_running(words: list[Word]) -> None:
    """*for the third day running*: nobody runs."""
    for word in list(words[1:]):
        before = words[word.index - 1]
        if word.form.lower() == "running" and before.lemma.lower() in (
                "day", "night", "week", "month", "year", "time", "morning", "evening"):
            words[word.index] = replace(word, upos="ADV", lemma="running", deprel="advmod",
                                        head=before.index if before.head != word.index
                                        else word.head)


def _so_many_more(words: list[Word]) -> None:
    """*Killed six people and wounded 48 more*: more people are the object."""
    for word in list(words[1:]):
        verb = words[word.head]
        if word.form.lower() == "more" and (word.upos, word.deprel) == ("ADV", "advmod") \
                and verb.upos == "VERB" and verb.index < word.index \
                and words[word.index - 1].upos == "NUM" \
                and words[word.index - 1].head == word.index \
                and not any(w.head == verb.index and w.deprel in ("obj", "nsubj:pass")
                            for w in words):
            words[word.index] = replace(word, upos="ADJ", deprel="obj")


_EVENTS = frozenset({"fighting", "shelling", "bombing", "shooting", "firing", "skirmishing",
                     "looting", "sniping", "rioting", "killing", "bargaining"})


def _event_gerunds(words: list[Word]) -> None:
    """*Fighting erupted*, *after heavy fighting with the army*: an event, not a clause without
    subject."""
    for word in list(words):
        if word.upos != "VERB" or word.deprel not in ("acl", "advcl", "csubj", "nsubj"):
            continue
        own = [w for w in words if w.head == word.index]
        marks = [w for w in own if w.deprel in ("mark", "case") and w.form.lower() in (
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
                    attach(words, w.index, word.index, "nmod")
            continue
        if word.deprel in ("csubj", "nsubj") and word.form.endswith("ing") \
                and not any(w.deprel.split(":")[0] in ("obj", "nsubj", "aux", "xcomp", "ccomp")
                            for w in own):
            words[word.index] = replace(word, upos="NOUN", lemma=word.form.lower(), deprel="nsubj")
            for w in own:
                if w.deprel == "obl":
                    attach(words, w.index, word.index, "nmod")


def _plurals(words: list[Word]) -> None:
    """*militiamen*: a lemmatiser that cuts one letter off makes no word."""
    for word in list(words):
        if word.upos not in ("NOUN", "PROPN") or len(word.form) <= 4:
            continue
        low = word.form.lower()
        if low.endswith("men") and word.feat("Number") != "Sing":
            words[word.index] = replace(word, lemma=low[:-2] + "an")


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
            attach(words, word.index, verb.head, "nsubj")


def _outer_subjects(words: list[Word]) -> None:
    """*Clashes went on, officials said*: the clashes are no second subject of *said*."""
    for clause in list(words):
        if clause.deprel != "ccomp" or clause.head < clause.index:
            continue
        own = any(w.head == clause.index and w.deprel.startswith(("nsubj", "csubj", "expl"))
                  for w in words)
        outer = [w for w in words if w.head == clause.head and w.deprel == "nsubj"]
        if not own and len(outer) > 1 and outer[0].index < clause.index < outer[-1].index:
            attach(words, outer[0].index, clause.index, "nsubj")
    for saying in list(words):                 # *Norwick, officials said, will be next*
        if saying.deprel != "parataxis" or not 0 <= saying.head < saying.index:
            continue
        subjects = [w for w in words if w.head == saying.index and w.deprel == "nsubj"]
        if len(subjects) > 1 and subjects[0].index < saying.head < subjects[-1].index and not any(
                w.head == saying.head and w.deprel.startswith(("nsubj", "csubj", "expl"))
                for w in words):
            words[subjects[0].index] = replace(subjects[0], head=saying.head)


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
        end = max(i for i in subtree(words, second.index) if i < verb.index)
        if not any(w.form == "," for w in words[first.index:second.index]):
            continue
        if any(w.form == "," for w in words[end:verb.index]):
            attach(words, second.index, first.index, "appos")
            continue
        start = min(subtree(words, first.index))
        hosts = [w for w in words[:start] if w.upos in ("NOUN", "PROPN")]
        if hosts and words[start - 1].form == "," and start >= 1:
            attach(words, first.index, hosts[-1].index, "appos")


def _double_objects(words: list[Word]) -> None:
    """*took N, the third town this week*: the second object describes the first."""
    for verb in list(words):
        if verb.upos != "VERB":
            continue
        objects = [w for w in words if w.head == verb.index and w.deprel == "obj"]
        if len(objects) != 2:
            continue
        first, second = objects
        start = min(subtree(words, second.index))
        if first.index > verb.index and words[start - 1].form == "," \
                and words[start].upos in ("DET", "PRON", "ADJ") and second.upos == "NOUN":
            attach(words, second.index, first.index, "appos")


def _headless_subject(words: list[Word]) -> None:
    """*A and B, the two cities were taken*: a nominal root with a finite clause that lacks its
    subject beside it is that subject."""
    for word in list(words):
        if word.upos != "VERB" or word.head < 0 \
                or word.deprel not in ("parataxis", "acl:relcl", "acl", "advcl"):
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
        attach(words, word.index, -1, "root")
        words[root.index] = replace(root, head=word.index)
        attach(words, root.index, word.index, "nsubj:pass" if passive else "nsubj")
        for w in words:
            if w.head == root.index and w.index > word.index:
                attach(words, w.index, word.index, w.deprel)
        return


def _passive_adjectives(words: list[Word]) -> None:
    garden_paths.passive_adjectives(words, PARTICIPLES)


# the repairs in their order, each with the words of which one must stand in the sentence, if any
_REPAIRS: tuple[tuple[frozenset[str] | None, Callable[[list[Word]], None]], ...] = (
    (phrases.UNITS, phrases.names_before_plurals),
    (None, _stamps),
    (None, _plurals),
    (frozenset({"than", "upwards", "upward"}), phrases.more_than),
    (None, phrases.flat_objects),
    (None, phrases.house_to_house),
    (phrases.ABOUT, phrases.counted_objects),
    (frozenset(PARTICIPLES), _capital_participles),
    (frozenset(PARTICIPLES), _passive_adjectives),
    (None, garden_paths.marked_parts),
    (None, garden_paths.names_after),
    (frozenset({"that"}), garden_paths.finite_after_content),
    (None, lost_verbs.mend),
    (None, garden_paths.bare_reports),
    (garden_paths.LINKING, garden_paths.linked_adjectives),
    (frozenset({"over"}), garden_paths.over_names),
    (_INTENDING, _nouns_for_verbs),
    (None, _event_gerunds),
    (frozenset({"running"}), _days_running),
    (frozenset({"more"}), _so_many_more),
    (_BLUNT, _headline_verbs),
    (None, _verbs_behind_nouns),
    (frozenset({"which"}), _strayed_relatives),
    (frozenset({"on", "against", "upon"}), phrases.detached_on),
    (frozenset({"round", "around"}), phrases.round_it),
    (frozenset({"case"}), phrases.in_case),
    (frozenset({"far"}), phrases.as_far_as),
    (frozenset({"close"}), phrases.close_to),
    (frozenset({"have"}), garden_paths.had_it_done),
    (frozenset({"short"}), garden_paths.short_of),
    (garden_paths.BY, garden_paths.participles_near),
    (None, _predicates_after_reports),
    (None, _infinitives_on_nouns),
    (frozenset({"with"}), _with_absolute),
    (None, phrases.further_objects),
    (None, phrases.coordinated_modifiers),
    (frozenset({"and", "or"}), phrases.joined_flat),
    (None, phrases.list_after_flat),
    (frozenset({"and", "or"}), phrases.listed_appositions),
    (None, phrases.described_list),
    (frozenset({"of"}), phrases.detached_of),
    (frozenset({"by"}), phrases.detached_by),
    (None, garden_paths.distances),
    (phrases.COMPASS, phrases.compass),
    (phrases.NEAR, phrases.detached_at),
    (frozenset({":", "-", "–", "—"}), phrases.list_after_colon),
    (frozenset({"crossing"}), garden_paths.crossings),
    (None, garden_paths.subjects_beside),
    (None, garden_paths.split_compounds),
    (None, garden_paths.fronted_clauses),
    (frozenset({"as"}), garden_paths.as_clauses),
    (frozenset({":"}), garden_paths.datelines),
    (None, _strayed_subjects),
    (None, _outer_subjects),
    (None, _double_subjects),
    (None, _double_objects),
    (None, _headless_subject),
    (gapping.JOINTS, gapping.gapped_clauses))
