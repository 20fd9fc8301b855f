"""Mends trees in which the parser lost a predicate: a verb taken for a noun, a noun for a clause,
or what is said hung on the wrong verb.

Each repair asks for a shape that no right tree has, so that right trees stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.arcs import attach, subtree
from whoholds.claims.clauses import is_ing
from whoholds.core import Word

_NOMINAL = frozenset({"NOUN", "PROPN"})
_OWN = ("nsubj", "csubj", "expl", "cop", "aux", "obj", "xcomp", "ccomp")


def mend(words: list[Word]) -> None:
    """All repairs of this module, in order."""
    _gerunds(words)
    _verbs_behind_compounds(words)
    _nouns_behind_marks(words)
    _objects_before(words)
    _absolutes(words)
    _said_by_papers(words)
    _called(words)
    _beyond_questions(words)
    _what_there_is(words)
    _behind_parties(words)


def _gerunds(words: list[Word]) -> None:
    """*after shelling by the rebels*: a noun of what is done is no shell."""
    for word in list(words):
        low = word.form.lower()
        if word.upos == "NOUN" and is_ing(low) and not word.lemma.lower().endswith("ing"):
            words[word.index] = replace(word, lemma=low)


# the present of verbs of happening that is hardly ever the plural of a noun
_HAPPENS = {"looms": "loom", "nears": "near", "continues": "continue", "begins": "begin",
            "fails": "fail", "resumes": "resume", "erupts": "erupt", "rages": "rage",
            "intensifies": "intensify", "falters": "falter", "beckons": "beckon",
            "impends": "impend", "commences": "commence", "persists": "persist",
            "succeeds": "succeed"}


def _verbs_behind_compounds(words: list[Word]) -> None:
    """*The capture of the airport looms*: in a sentence without a verb, no airport has looms."""
    if any(w.upos in ("VERB", "AUX") and w.feat("VerbForm") == "Fin" for w in words):
        return
    for word in list(words[2:]):
        noun = words[word.index - 1]
        lemma = _HAPPENS.get(word.form)
        if lemma is None or word.upos not in _NOMINAL or noun.upos not in _NOMINAL \
                or word.head < 0 or word.deprel not in ("nmod", "obl") \
                or words[word.head].head != -1:
            continue
        root = words[word.head]
        if root.upos != "NOUN" and not is_ing(root.form.lower()):
            continue
        own = noun.deprel == "compound" and noun.head == word.index
        if not own and any(w.head == word.index and w.index < word.index for w in words):
            continue
        for w in list(words):
            if own and w.head == word.index and w.index < noun.index:
                words[w.index] = replace(w, head=noun.index)
            elif w.head == word.index and w.deprel == "nmod":
                words[w.index] = replace(w, deprel="obl")
            elif w.head == root.index and w.index > word.index:
                words[w.index] = replace(w, head=word.index)
        if own:
            words[noun.index] = replace(noun, head=root.index, deprel="nmod")
        words[root.index] = replace(
            root, head=word.index, deprel="nsubj", upos="NOUN",
            lemma=root.lemma if root.upos == "NOUN" else root.form.lower())
        for w in list(words[root.index:word.index]):
            if w.head == root.index and w.deprel == "obl":
                words[w.index] = replace(w, deprel="nmod")
        words[word.index] = replace(word, head=-1, deprel="root", upos="VERB", lemma=lemma,
                                    feats=(("Tense", "Pres"), ("VerbForm", "Fin")))
        return


# conjunctions that are prepositions before a noun
_BOTH = frozenset({"after", "before", "since", "until", "till", "of", "in", "by", "from", "for",
                   "on", "against", "following", "amid", "despite", "during"})


def _nouns_behind_marks(words: list[Word]) -> None:
    """*after shelling by the rebels*: a noun with nothing that a clause has is no clause."""
    for word in list(words):
        if word.upos != "NOUN" or word.deprel not in ("advcl", "acl") or word.head < 0:
            continue
        own = [w for w in words if w.head == word.index]
        marks = [w for w in own if w.deprel == "mark"]
        if len(marks) != 1 or marks[0].form.lower() not in _BOTH \
                or any(w.deprel.startswith(_OWN) for w in own):
            continue
        nominal = words[word.head].upos in _NOMINAL
        words[word.index] = replace(word, deprel="nmod" if nominal else "obl")
        words[marks[0].index] = replace(marks[0], deprel="case", upos="ADP")
        for w in own:
            if w.deprel == "obl":
                words[w.index] = replace(w, deprel="nmod")


def _objects_before(words: list[Word]) -> None:
    """*A closure might follow*: what stands before a verb that has no subject is its subject."""
    for word in list(words):
        if word.deprel != "obj" or word.upos not in _NOMINAL or word.head <= word.index:
            continue
        verb = words[word.head]
        own = [w for w in words if w.head == verb.index]
        helpers = [w for w in own if w.deprel.startswith("aux")]
        finite = any(w.feat("VerbForm") == "Fin" and w.index > word.index for w in helpers)
        clause = verb.deprel in ("root", "ccomp", "conj", "parataxis")
        if finite and clause and verb.upos == "VERB" \
                and not any(w.deprel.startswith(("nsubj", "csubj", "expl")) for w in own) \
                and all(w.index > word.index for w in helpers):
            passive = any(w.deprel == "aux:pass" for w in own)
            attach(words, word.index, verb.index, "nsubj:pass" if passive else "nsubj")


def _absolutes(words: list[Word]) -> None:
    """*With the fall of the port a matter of days, families fled*: what stands right behind *with*
    is the subject of what is said of it."""
    for word in list(words):
        if word.deprel != "advcl" or word.upos not in ("NOUN", "ADJ") or word.head < 0:
            continue
        mark = next((w for w in words if w.head == word.index and w.index < word.index
                     and w.deprel in ("mark", "case") and w.form.lower() == "with"), None)
        noun = mark and next((w for w in words[mark.index + 1:word.index] if w.head == word.head
                              and w.deprel in ("nsubj", "nsubj:pass", "obl", "nmod")), None)
        if mark and noun and min(subtree(words, noun.index)) == mark.index + 1:
            attach(words, noun.index, word.index, "nsubj")


# what a paper, a picture or a voice does when it tells
_TELLS = frozenset({"saying", "claiming", "alleging", "stating", "reporting", "asserting",
                    "announcing", "insisting", "suggesting", "declaring", "confirming"})


def _said_by_papers(words: list[Word]) -> None:
    """*A letter saying the rebels had left*: a clause right behind *saying* is what it says."""
    for clause in list(words):
        if clause.deprel not in ("acl:relcl", "acl") or clause.head < 0:
            continue
        own = [w for w in words if w.head == clause.index]
        subject = next((w for w in own if w.deprel.startswith("nsubj")), None)
        if subject is None or (subject.upos == "PRON" and subject.feat("PronType") == "Rel"):
            continue
        start = min(subtree(words, clause.index))
        said = words[start - 1] if start else clause
        if said.form.lower() in _TELLS and said.deprel == "acl" and said.head == clause.head \
                and min(subtree(words, subject.index)) == start and not any(
                    w.head == said.index and w.deprel in ("obj", "ccomp") for w in words):
            attach(words, clause.index, said.index, "ccomp")


# verbs that say nothing without what something is called
_CALLING = frozenset({"call", "brand", "label", "term", "deem", "dub"})
# verbs that keep an object in the passive
_GIVING = frozenset({"give", "award", "grant", "offer", "show", "tell", "teach", "pay", "send",
                     "deny", "call", "name", "elect", "appoint", "declare", "lend", "promise"})
# verbs that never have an object
_BARE = frozenset({"fall", "collapse", "happen", "occur", "surrender"})


def _called(words: list[Word]) -> None:
    """*called reports that it had been taken propaganda*: what cannot be the object of the verb
    before it is what the reports were called."""
    for verb in list(words):
        if verb.upos != "VERB" or verb.lemma.lower() not in _CALLING:
            continue
        own = [w for w in words if w.head == verb.index]
        named = next((w for w in own if w.deprel == "obj" and w.index > verb.index), None)
        if named is None or any(w.deprel == "xcomp" for w in own):
            continue
        inside = set(subtree(words, named.index)) - {named.index}
        for word in list(words[named.index + 1:]):
            above = words[word.head] if word.head >= 0 else word
            passive = any(w.head == above.index and w.deprel == "aux:pass" for w in words)
            if word.deprel == "obj" and above.index in inside and above.index < word.index \
                    and above.upos == "VERB" and above.lemma.lower() not in _GIVING \
                    and (passive or above.lemma.lower() in _BARE):
                attach(words, word.index, verb.index, "xcomp")
                break


_ASKING = frozenset({"who", "what", "which", "whether", "how", "why", "where", "whose", "if"})


def _beyond_questions(words: list[Word]) -> None:
    """*It is not clear who holds it, and the claim could not be checked*: a clause with a subject
    of its own that asks nothing is joined to the clause that holds the question."""
    for word in list(words):
        question = words[word.head] if word.head >= 0 else None
        if word.deprel != "conj" or question is None or question.head < 0 \
                or question.deprel not in ("ccomp", "csubj", "csubj:pass") \
                or question.index > word.index:
            continue
        own = subtree(words, word.index)
        first = subtree(words, question.index)[0]
        start = next(i for i in own if words[i].deprel != "punct")
        if words[first].form.lower() not in _ASKING or words[start].form.lower() not in (
                "and", "but") or start == 0 or words[start - 1].form != ",":
            continue
        parts = [w for w in words if w.head == word.index]
        finite = any(w.feat("VerbForm") == "Fin" for w in [
            word, *(w for w in parts if w.deprel.startswith(("aux", "cop")))])
        if finite and any(w.deprel.startswith("nsubj") for w in parts) \
                and words[start + 1].form.lower() not in _ASKING:
            attach(words, word.index, question.head, "conj")


def _what_there_is(words: list[Word]) -> None:
    """*as saying there had been no fighting*: what there was is no clause beside the verb."""
    for there in [w for w in words if w.deprel == "expl" and w.form.lower() == "there"]:
        verb = words[there.head] if there.head >= 0 else there
        if verb.lemma != "be" or any(w.head == verb.index and w.deprel.startswith(
                ("nsubj", "obj")) for w in words):
            continue
        noun = next((w for w in words[verb.index + 1:] if w.upos in ("NOUN", "VERB")), None)
        if noun is not None and noun.head == verb.head and noun.deprel == verb.deprel \
                and (noun.upos == "NOUN" or is_ing(noun.form.lower())):
            words[noun.index] = replace(noun, head=verb.index, deprel="nsubj", upos="NOUN")


def _behind_parties(words: list[Word]) -> None:
    """*a pact between the Ostmark and Norland, signed in May*: what is signed is the pact, for the
    parties end with the comma."""
    for verb in [w for w in words if w.deprel == "acl" and w.upos == "VERB" and w.index > 1]:
        party = words[verb.head]
        if words[verb.index - 1].form != "," or party.index > verb.index:
            continue
        while party.deprel in ("conj", "flat") and party.head >= 0:
            party = words[party.head]
        between = any(w.head == party.index and w.deprel == "case" and w.form.lower() == "between"
                      for w in words)
        if between and party.deprel == "nmod" and words[party.head].upos == "NOUN":
            words[verb.index] = replace(verb, head=party.head)
