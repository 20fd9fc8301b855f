"""Who does what a noun of action says, told by the verb that the noun is the object of.

*The army announced the capture of N*, *completed its withdrawal*, *ruled out an attack*, *an
advance was ordered by the general*: whoever begins, ends, plans, orders or announces a deed of no
other doer does it (Grimshaw 1990, *Argument Structure*, on light and control verbs).
"""

from __future__ import annotations

from whoholds.claims.arguments import passive, subject
from whoholds.claims.frames import Match
from whoholds.claims.nouns import SURE, Nouns
from whoholds.claims.trees import Tree, base
from whoholds.claims.verbs import verb_lemma_of

# verbs whose subject carries out, will carry out or carried out what their object names
UNDERTAKING = frozenset({"announce", "complete", "finish", "begin", "start", "resume", "continue",
                         "halt", "suspend", "stop", "end", "delay", "postpone", "cancel", "abandon",
                         "attempt", "plan", "prepare", "promise", "pledge", "vow", "threaten",
                         "order", "conduct", "carry", "mount", "celebrate", "boast", "proclaim",
                         "hail", "rule", "consider", "contemplate", "undertake", "achieve",
                         "launch", "unleash", "stage", "wage", "step", "intensify", "accelerate"})
# of these, only those who act for themselves: an official announces what others did
TELLING = frozenset({"announce", "celebrate", "boast", "proclaim", "hail", "order", "consider",
                     "contemplate", "rule"})
# what happens to its subject, or what is only told
BEFALLING = frozenset({"lose", "suffer", "see", "say", "report", "sustain", "take", "bury", "tell",
                       "have", "mourn", "survive", "repel", "repulse", "claim", "condemn"})
# verbs whose object did what follows *for*
BLAMING = frozenset({"blame", "condemn", "denounce", "punish", "rebuke"})
# verbs whose subject tells its own loss
ADMITTING = frozenset({"admit", "acknowledge", "concede", "deny", "confess"})
ADMITTED = frozenset({"loss", "withdraw", "surrender"})
DEEDS = frozenset({"gain", "attack", "strike", "deploy", "withdraw", "encircle", "enter",
                   "approach", "evacuate", "open", "close", "detain", "seize"})


def undertaker(tree: Tree, nouns: Nouns, match: Match) -> int | None:
    """The word for who does what a noun of action says, by the verb above it; None where nothing
    says so."""
    noun = match.proposition.head
    if match.proposition.shape != "noun" or match.frame.kind not in DEEDS | ADMITTED \
            or tree.words[noun].upos != "NOUN" or match.proposition.inner is not None:
        return None
    if (blamed := _blamed(tree, noun)) is not None:
        return blamed if _acts(tree, nouns, blamed) else None
    verb = tree.word(noun).head
    if verb < 0 or tree.word(verb).upos != "VERB":
        return None
    lemma = verb_lemma_of(tree.word(verb).form, tree.lemma(verb))
    if base(tree.rel(noun)) == "obl":
        return _by_way(tree, nouns, match, verb, lemma)
    if lemma in ADMITTING and match.frame.kind in ADMITTED and base(tree.rel(noun)) == "obj" \
            and (owner := subject(tree, verb)) is not None:
        types = nouns.typed(tree, owner)
        return owner if SURE in (types.get("armed"), types.get("state")) else None
    if lemma not in UNDERTAKING or match.frame.kind not in DEEDS or (lemma == "rule" and not any(
            tree.lemma(k) == "out" for k in tree.kids(verb, "compound:prt", "advmod"))):
        return None
    doer: int | None = None
    if passive(tree, verb):
        if base(tree.rel(noun)) == "nsubj":
            doer = next((k for k in tree.kids(verb, "obl") if tree.case(k) == "by"), None)
    elif base(tree.rel(noun)) == "obj":
        doer = subject(tree, verb)
    if doer is None:
        return None
    told = lemma in TELLING and "title" in nouns.typed(tree, doer)
    return doer if _acts(tree, nouns, doer) and not told else None


def _acts(tree: Tree, nouns: Nouns, doer: int) -> bool:
    types = nouns.typed(tree, doer)
    acting = max(types.get(t, 0) for t in ("armed", "state", "forces", "group", "name"))
    return acting == SURE or types.get("actor", 0) == SURE or "pronoun" in types


def _blamed(tree: Tree, noun: int) -> int | None:
    """*Blamed the rebels for the shelling*, *held them responsible for it*, *blamed the attack on
    them*: whom somebody names as the doer."""
    above, case = tree.word(noun).head, tree.case(noun)
    if above >= 0 and case == "for" and tree.lemma(above) == "responsible":
        above = tree.word(above).head
        if above < 0 or tree.lemma(above) != "hold":
            return None
    elif above < 0 or case != "for" or tree.lemma(above) not in BLAMING:
        return _blamed_on(tree, noun, above)
    objects = tree.kids(above, "obj", "iobj")
    if passive(tree, above):
        objects = [k for k in tree.kids(above, "nsubj") if tree.rel(k) == "nsubj:pass"]
    return objects[0] if objects and tree.word(objects[0]).upos in (
        "NOUN", "PROPN", "PRON") else None


def _blamed_on(tree: Tree, noun: int, above: int) -> int | None:
    """*The mayor blamed the attack on the army*, *an attack blamed on the army*."""
    verbs = [k for k in tree.kids(noun, "acl") if tree.lemma(k) == "blame"]
    if above >= 0 and tree.lemma(above) == "blame" and base(tree.rel(noun)) in ("obj", "nsubj"):
        verbs.append(above)
    behind = [k for v in verbs for k in (*tree.kids(v, "obl", "obj"), *tree.kids(noun, "nmod"))
              if tree.case(k) == "on" and k > v]
    return max(behind, default=None)


def _by_way(tree: Tree, nouns: Nouns, match: Match, verb: int, lemma: str) -> int | None:
    """*Seized arms in a raid on N*: who did the one thing in the course of the other."""
    noun = match.proposition.head
    agent = any(s.filler == "actor" and "agent" in s.roles for s in match.frame.slots)
    if not agent or tree.case(noun) not in ("in", "during", "with") or lemma in BEFALLING \
            or passive(tree, verb) or not tree.kids(verb, "obj"):
        return None
    doer = subject(tree, verb)
    if doer is None or "armed" not in (types := nouns.typed(tree, doer)):
        return None
    return doer if types["armed"] == SURE else None


__all__ = ["undertaker"]
