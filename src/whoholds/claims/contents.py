"""Finds what a reporting verb reports: clauses, events, or whatever stands beside it."""

from __future__ import annotations

from whoholds.claims.clauses import Tree, base
from whoholds.claims.sources import Phrase, words

# verbs whose object is itself what pictures and papers report
# verbs that say what something is, behind *as*
AS_BEING = frozenset({"describe", "list", "regard", "characterise", "characterize", "portray",
                      "dismiss", "denounce"})
COUNTING = frozenset({"count", "tally"})
SHOWING = frozenset({"show", "depict", "record", "document", "capture"})
# what is expressed of what may be or is
FEELINGS = frozenset({"concern", "fear", "worry", "hope", "doubt", "confidence", "alarm", "belief",
                      "conviction", "view", "opinion", "regret", "apprehension"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose", "where"})
DASHES = frozenset({"-", "–", "—"})
# what a headline invites its reader to
INVITING = frozenset({"follow", "watch", "live", "update", "latest", "blog", "coverage", "as", "it",
                      "happen", "video", "photo", "picture", "in", "the"})
# what sets what another does or says against what the cue reports
CONTRASTING = frozenset({"while", "though", "although", "whereas", "even"})
# verbs that only carry on (*the town fell, he said, and said to be ...*)
FIGURES = frozenset({"expect", "see", "know", "feel", "hope"})
QUOTES = frozenset({"“", "”", '"', "''", "``", "«", "»"})
SET_OFF = frozenset({",", "”", '"', "–", "—", "-", "’’", "''", "’"})


def reported_words(tree: Tree, at: int, who: Phrase, outside: frozenset[int]) -> frozenset[int]:
    """The positions of what the verb at ``at`` reports, empty where it reports nothing.

    By tree where the tree has it (a clause, the clause it stands beside, an event as its object),
    else by position. ``who`` speaks; ``outside`` are the words of cue and source.
    """
    table = words()
    lemma = tree.words[at].lemma.lower()
    clause_only = lemma in table["clause_only"]
    if _contradicted(tree, at):
        return frozenset()
    found = _complements(tree, at, lemma, clause_only) - _invitation(tree)
    if found and _goes_on(tree, at, found):
        found |= _around(tree, at, clause_only)
    if not found and (not clause_only or _closes(tree, at)):
        found = _beside(tree, at, outside)
    if not found:
        found = _around(tree, at, clause_only)
    if not found:
        found = _between_subjects(tree, at)
    if not found:
        found = _objects(tree, at, lemma, who)
    if not found and not clause_only:
        found = _behind(tree, at, outside)
    found -= _another_says(tree, at, found) | _outlets_own(tree, at, found)
    return frozenset(found) - (tree.below(at) if at in found else frozenset())


def _invitation(tree: Tree) -> set[int]:
    """*... officials say – follow live*: what a page's headline ends with is nobody's word."""
    dash = next((i for i in range(len(tree.words) - 1, 0, -1) if tree.words[i].form in DASHES), 0)
    if not dash:
        return set()
    behind = {w.lemma.lower() for w in tree.words[dash + 1:] if w.upos != "PUNCT"}
    return set(range(dash, len(tree.words))) if behind <= INVITING else set()


def _contradicted(tree: Tree, at: int) -> bool:
    """*Is not, as the enemy crows, encircled*: the cue's speaker says the contrary."""
    if tree.bases[at] != "advcl":
        return False
    start = min(i for i in tree.below(at) if tree.words[i].upos != "PUNCT")
    return tree.low[start] == "as" and start > 1 \
        and tree.words[start - 1].form == "," and tree.low[start - 2] in ("not", "n't", "never")


def _closes(tree: Tree, at: int) -> bool:
    """Whether nothing but a comma or the sentence's end follows a cue."""
    return at + 1 >= len(tree.words) or tree.words[at + 1].form in (",", ".")


def _outlets_own(tree: Tree, at: int, found: set[int]) -> set[int]:
    """What is said beside and not by the cue's speaker: *..., he said, while the allies pressed
    for talks*, *it holds, residents said, and a spokesman vowed*, *it denied that, though
    travellers said ...*"""
    own = _before_semicolon(tree, at, found)
    before = {i for i in found if i < at and tree.words[i].upos != "PUNCT"}
    for i in sorted(found):
        subject = tree.subject(i)
        if i < at or subject is None or subject.index < at or not tree.is_finite(i):
            continue
        start = min(j for j in tree.below(i) if tree.words[j].upos != "PUNCT")
        marks = {tree.low[j] for j in (start, start + 1)} & CONTRASTING
        another = tree.lemmas[i] in words().verbs and subject.upos != "PRON" \
            and tree.lemmas[i] not in FIGURES
        if tree.bases[i] == "advcl" and marks and (
                (before and tree.words[start - 1].form == ",") or another):
            own |= tree.below(i) - {at}
        if tree.bases[i] == "conj" and another and _whole_before(tree, before):
            own |= tree.below(i) - {at}
    return own


def _before_semicolon(tree: Tree, at: int, found: set[int]) -> set[int]:
    """*Infantry struck the depot; nine were killed, the hospital said*: a cue behind two clauses
    reports the second, unless all is quoted."""
    stop = next((i for i in range(at - 1, 0, -1) if tree.words[i].form == ";"), 0)
    told = {i for i in found if stop < i < at and tree.words[i].upos != "PUNCT"}
    if not stop or not told or any(tree.words[i].form in QUOTES for i in range(at)):
        return set()
    whole = _whole_before(tree, told) and _whole_before(tree, {i for i in found if i < stop})
    return {i for i in found if i <= stop} if whole else set()


def _whole_before(tree: Tree, before: set[int]) -> bool:
    """Whether a whole clause stands before the cue."""
    return any(tree.is_finite(i) and tree.subject(i) is not None for i in before)


def _another_says(tree: Tree, at: int, found: set[int]) -> set[int]:
    """*..., the radio runs; but the ministry says*: what stands behind a semicolon with a cue and a
    speaker of its own."""
    stop = next((i for i in range(at + 1, len(tree.words)) if tree.words[i].form == ";"), None)
    if stop is None:
        return set()
    behind = next((w.index for w in tree.words[stop + 1:] if tree.is_finite(w.index)), -1)
    if behind < 0 or tree.words[behind].lemma.lower() not in words().verbs \
            or (speaker := tree.subject(behind)) is None or speaker.upos == "PRON":
        return set()
    return {i for i in found if i > stop}


def _complements(tree: Tree, at: int, lemma: str, clause_only: bool) -> set[int]:
    """Its clauses: finite ones; infinitives and gerunds of some verbs; a clause set beside it."""
    table = words()
    found: set[int] = set()
    for child in tree.children[at]:
        i = child.index
        rel = base(child.deprel)
        if rel == "parataxis" and _parted(tree, at, i):
            continue                         # ...; the army denied it
        reports = rel in ("ccomp", "csubj") and _reportable(tree, i, clause_only)
        reports = reports or (rel == "xcomp" and (
            lemma in table["infinitive"] if tree.is_infinitive(i) else
            not tree.is_gerund(i) and tree.subject(i) is not None))
        reports = reports or (rel in ("xcomp", "advcl", "ccomp") and lemma in table["gerund"]
                              and tree.is_gerund(i) and _starts(tree, i))
        reports = reports or (lemma in table["of_gerund"] and tree.is_gerund(i)
                              and bool({"of", "about"} & set(tree.marks(i))))
        reports = reports or (rel == "parataxis" and _plain_clause(tree, i))
        reports = reports or (rel == "conj" and bool(found) and "that" in tree.marks(i))
        if reports:
            found |= tree.below(i)
            if rel == "xcomp" and tree.is_infinitive(i):     # expect the town to fall
                found |= {j for c in tree.all_children(at, "obj") if c.index < i
                          for j in tree.below(c.index)}
            if i < at:
                if rel == "ccomp":           # if they leave, they will burn it, he said
                    found |= {j for c in tree.all_children(at, "advcl", "obl", "advmod")
                              if max(tree.below(c.index)) < min(tree.below(i))
                              for j in tree.below(c.index)}
                # its subject, hung on the cue beside the speaker
                found |= {j for c in tree.all_children(at, "nsubj") if c.index < i
                          for j in tree.below(c.index)}
            elif rel == "ccomp":             # should it fall, he added, the west is lost
                found |= {j for c in tree.all_children(at, "advcl") if c.index < at
                          and _aside(tree, c.index, at) for j in tree.below(c.index)}
    if lemma in ("express", "voice"):        # expressed concern that an assault could
        found |= {i for c in tree.all_children(at, "obj") if c.lemma.lower() in FEELINGS
                  for k in tree.all_children(c.index, "acl", "ccomp") for i in tree.below(k.index)}
    if not found:                            # said in a statement that ...
        found = {j for c in tree.all_children(at, "obl") if c.lemma.lower() in table["mediums"]
                 for k in tree.all_children(c.index, "acl", "ccomp")
                 if tree.is_content_clause(k.index) for j in tree.below(k.index)}
    return found


def _parted(tree: Tree, first: int, second: int) -> bool:
    """Whether a semicolon stands between two clauses."""
    start = min(tree.below(max(first, second)))
    return ";" in (tree.words[start].form, tree.words[max(start - 1, 0)].form)


def _aside(tree: Tree, clause: int, cue: int) -> bool:
    """*Should it fall, it added, the army might leave*: the cue between two commas."""
    speaker = tree.subject(cue)
    start = min(tree.below(speaker.index)) if speaker is not None else cue
    return start > clause and tree.words[start - 1].form == "," and tree.low[
        cue + 1:cue + 2] == (",",)


def _goes_on(tree: Tree, at: int, found: set[int]) -> bool:
    """*The port fell, he said; the bridge holds*, *the port fell, he said, the third this week*:
    the cue stands between two things said."""
    first = min((i for i in found if tree.words[i].upos != "PUNCT"), default=0)
    return first > at and tree.words[first - 1].form in (";", ",")


def _objects(tree: Tree, at: int, lemma: str, who: Phrase) -> set[int]:
    """*Footage shows fighters entering*; *confirmed the fall of the city*."""
    if lemma in SHOWING and who.source_class in ("social media", "document", "media"):
        return {i for c in tree.all_children(at, "obj", "iobj", "ccomp", "xcomp")
                for i in tree.below(c.index)}
    headline = [c for c in tree.all_children(at, "obj") if tree.child(c.index, "acl") is not None]
    if headline and lemma not in words()["clause_only"]:      # says forces preparing for offensive
        return {i for c in headline for i in tree.below(c.index)}
    if lemma in ("speak", "talk", "tell"):   # spoke of the encirclement of the town
        first = min((min(tree.below(c.index)) for c in tree.all_children(at, "obl", "advcl", "nmod")
                     if c.index > at and "of" in tree.marks(c.index)), default=len(tree.words))
        return {i for i in tree.below(at) if i > first}
    if lemma in COUNTING:                    # counted at least thirty dead
        return {i for i in tree.below(at) if i > at}
    if lemma in AS_BEING and any("as" in tree.marks(c.index) for c in tree.children[at]):
        return {i for c in tree.all_children(at, "obj", "obl", "xcomp", "advcl")
                if base(c.deprel) == "obj" or "as" in tree.marks(c.index)
                for i in tree.below(c.index)}       # described it as retaliation
    if lemma == "say":                       # says city under control
        return {i for c in tree.all_children(at, "obj") if c.upos in ("NOUN", "PROPN")
                and c.index > at for i in tree.below(c.index)}
    if lemma == "blame" and any(tree.low[c.index] in ("each", "one")
                                for c in tree.all_children(at, "obj")):
        return set()
    if lemma == "blame" and not any(tree.low[c.index] in ("each", "one")
                                    for c in tree.all_children(at, "obj")):
        return {                             # blamed the rebels for the shelling of the town
            i for c in tree.all_children(at, "obl", "obj")
            if base(c.deprel) == "obj" or "for" in tree.marks(c.index)
            for i in tree.below(c.index)}
    if lemma in words()["held_views"] and tree.is_passive(at):     # is thought possible by
        return {i for c in tree.all_children(at, "nsubj:pass") for i in tree.below(c.index)}
    if lemma in words()["objects"]:
        return {i for c in tree.children[at] if c.upos == "NOUN" and (
                    c.deprel in ("obj", "nsubj:pass")
                    or (c.deprel == "obl" and not tree.marks(c.index)))
                for i in tree.below(c.index)}
    return set()


def _starts(tree: Tree, clause: int) -> bool:
    """Nothing but auxiliaries stands before the clause's head: no preposition, no subject."""
    return all(base(tree.words[i].deprel) == "aux" for i in tree.below(clause) if i < clause)


def _reportable(tree: Tree, clause: int, clause_only: bool) -> bool:
    if not clause_only:
        return True
    return tree.is_finite(clause) or tree.subject(clause) is not None


def _plain_clause(tree: Tree, index: int) -> bool:
    """A clause set beside the cue that is no second cue itself."""
    word = tree.words[index]
    return tree.subject(index) is not None and word.lemma.lower() not in words().verbs


def _around(tree: Tree, at: int, clause_only: bool) -> set[int]:
    """*Kabul fell, officials said* and *as officials said*: the cue hangs on what it reports."""
    word = tree.words[at]
    rel = base(word.deprel)
    beside = rel == "parataxis" or (
        rel == "advcl" and "as" in tree.marks(at) and tree.child(at, "obj", "xcomp") is None) or (
        rel == "dep" and not clause_only)
    if not beside or word.head < 0 or _is_stamp(tree, word.head, at):
        return set()
    if rel == "parataxis" and at > word.head and _parted(tree, word.head, at):
        return set()                         # ...; the Red Cross hopes to bring out more
    above = tree.words[word.head]
    if rel == "parataxis" and at < above.index and above.upos == "VERB" \
            and above.lemma in words().verbs:
        return set()
    return set(tree.below(word.head)) - tree.below(at)


def _between_subjects(tree: Tree, at: int) -> set[int]:
    """The clause whose own subject follows a cue that was hung on the speaker."""
    speaker = tree.words[at].head
    told = tree.words[speaker].head if speaker >= 0 else -1
    mistaken = tree.taken_for_told(told) if told >= 0 else None
    if mistaken is None or mistaken.index != at:
        return set()
    return set(tree.below(told)) - tree.below(speaker)


def _is_stamp(tree: Tree, head: int, at: int) -> bool:
    """*09:00 GMT - Officials confirm the fall of the port*: a live report's time or place before a
    dash, which the parser took for the head of the sentence."""
    dash = next((i for i in range(head, at) if tree.words[i].form in DASHES), None)
    return dash is not None and tree.child(at, "obj", "ccomp") is not None and not any(
        w.upos in ("VERB", "AUX") for w in tree.words[:dash])


def _beside(tree: Tree, at: int, outside: frozenset[int]) -> set[int]:
    """*Kabul fell, officials said* and *Kabul, officials said, fell*: a cue set off by commas
    reports what is around it."""
    start = at
    while start - 1 in outside:
        start -= 1
    while start < at and tree.words[start].upos == "PUNCT":
        start += 1
    if start == 0 or tree.words[start - 1].form not in SET_OFF:
        return set()
    stop = next((i + 1 for i in range(start - 2, -1, -1) if tree.words[i].form == ";"), 0)
    before, after = range(stop, start), range(max(at, _run_end(outside, at)) + 1, len(tree.words))
    parenthesis = bool(after) and tree.words[after[0]].form == ","
    if parenthesis and start > 1 and tree.low[start - 2] in RELATIVES:
        clause = tree.words[start - 2].head  # Afars who, deserters predict, will not fight
        return {i for i in tree.below(clause) if i not in outside} if clause > at else set()
    reported = [i for i in (*before, *after) if i not in outside] if parenthesis else list(before)
    headline = not after and any(tree.words[i].upos in ("NOUN", "PROPN") for i in reported)
    if not (headline or any(tree.is_finite(i) for i in reported)) or any(
            tree.low[c.index] in ("who", "which", "that") for c in tree.children[at]):
        return set()
    if any(tree.words[i].upos == "CCONJ" for i in range(start, at)):
        return set()
    return set(reported) | {j for i in before if tree.is_finite(i) for j in _resumed(tree, i, at)}


def _resumed(tree: Tree, clause: int, at: int) -> set[int]:
    """What goes on behind a cue: *it beat them back, the corps said, and holds the hill*; *nor has
    it fallen*. Another clause with a subject of its own may be the outlet's again."""
    return {j for c in tree.all_children(clause, "conj") if c.index > at
            and (tree.subject(c.index) is None or any(
                k.upos == "CCONJ" and k.lemma == "nor" for k in tree.children[c.index]))
            for j in tree.below(c.index)}


def _run_end(outside: frozenset[int], at: int) -> int:
    end = at
    while end + 1 in outside:
        end += 1
    return end


def _behind(tree: Tree, at: int, outside: frozenset[int]) -> set[int]:
    """What follows a cue and *that*, a colon or a quotation mark."""
    after = range(_run_end(outside, at) + 1, len(tree.words))
    if any(tree.is_finite(i) for i in after) and (
            tree.low[after[0]] == "that" or tree.words[after[0]].form in (":", "“", '"', ",")):
        return set(after)
    return _clause_behind(tree, at)


def _clause_behind(tree: Tree, at: int) -> set[int]:
    """A finite clause whose subject starts right behind the cue, wherever it was attached."""
    for i in range(at + 1, len(tree.words)):
        subject = tree.subject(i)
        if subject is not None and tree.is_finite(i):
            first = min(tree.below(subject.index))
            inside = {j for j in tree.below(i) if j > at}
            return inside if first == at + 1 else set()
    return set()
