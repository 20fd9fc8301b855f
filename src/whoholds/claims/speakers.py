"""Finds the noun phrase that speaks through a reporting verb, whatever the parser made of it."""

from __future__ import annotations

from whoholds.claims.clauses import Tree, base
from whoholds.claims.sources import can_speak, first_of, words
from whoholds.core import Word

INSIDE = frozenset({"nmod", "flat", "compound", "amod"})     # arcs within a noun phrase


def speaker_of(tree: Tree, at: int) -> int | None:
    """The head of the noun phrase that speaks; None where nobody does."""
    found: int | None = _speaker(tree, at)
    if found is not None and tree.low[found] == "there":       # an official based there says
        found = _set_off(tree, at)
    return found if found is None else first_of(tree, _of_them(tree, _classed(tree, found)))


def _of_them(tree: Tree, head: int) -> int:
    """*Two of its officers said*, *one of the ministers*: the officers."""
    if tree.words[head].upos not in ("NUM", "DET", "PRON", "ADJ"):
        return head
    return next((c.index for c in tree.all_children(head, "nmod") if "of" in tree.marks(c.index)
                 and c.upos in ("NOUN", "PROPN") and can_speak(tree, c.index)), head)


def _classed(tree: Tree, name: int) -> int:
    """*The outlet Dalinform* read as two subjects of one verb: the outlet."""
    start, head = min(tree.below(name)), tree.words[name].head
    return next((c.index for c in tree.all_children(head, "nsubj") if c.index == start - 1
                 and c.upos == "NOUN" and tree.words[name].upos == "PROPN"
                 and can_speak(tree, c.index)), name) if head >= 0 else name


def _speaker(tree: Tree, at: int) -> int | None:
    if tree.subject(at) is None and not tree.is_passive(at):
        for found in (_adjacent(tree, at), _crossing(tree, at), _with_participle(tree, at),
                      _behind(tree, at)):
            if found is not None:
                return found
    return _by_tree(tree, at)


def _set_off(tree: Tree, at: int) -> int | None:
    """The head of the noun phrase that opens behind the last comma before a cue."""
    comma = next((i for i in range(at - 1, -1, -1) if tree.words[i].form == ","), -1)
    return next((i for i in range(comma + 1, at) if tree.words[i].upos in ("NOUN", "PROPN")
                 and not comma < tree.words[i].head < at and can_speak(tree, i)), None)


def _adjacent(tree: Tree, at: int) -> int | None:
    """The noun phrase between a comma and a finite cue (*the town, officials said, fell*)."""
    mistaken = base(tree.words[at].deprel) == "acl" and not any(
        tree.low[i] in ("who", "which", "that", "whose", "whom") for i in tree.below(at) if i < at)
    if (base(tree.words[at].deprel) not in ("parataxis", "root", "dep", "conj", "ccomp") \
            and not mistaken) or not tree.is_finite(at):
        return None
    i = min([at, *(a.index for a in tree.auxiliaries(at))]) - 1
    while i > 1 and tree.low[i] in ("there", "here", "nearby", "locally"):
        i -= 1                               # workers there said
    if tree.words[i].form == ")":            # the Institute for Peace (IFP) said
        i = next((j for j in range(i, 0, -1) if tree.words[j].form == "("), i) - 1
    closed = i > 0 and tree.words[i].form == ","            # behind an apposition
    i -= closed
    if i < 0 or tree.words[i].upos not in ("NOUN", "PROPN", "PRON"):
        return None
    best = i
    while True:
        word = tree.words[i]
        head = word.head
        relation = base(word.deprel)
        if not 0 <= head < i or tree.words[head].upos not in ("NOUN", "PROPN") or not (
                relation in INSIDE or relation in ("conj", "appos" if closed else "flat")):
            break
        if relation == "appos" and can_speak(tree, i) and not can_speak(tree, head) \
                and tree.words[min(tree.below(i)) - 1].form == ",":
            break                            # a bridge in the town, its governor, A. K., said
        i = head
        best = i if base(word.deprel) != "appos" or can_speak(tree, i) else best
    i = best
    start = min(j for j in tree.below(i) if all(k in tree.below(i) for k in range(j, i)))
    while tree.words[start].upos == "PUNCT":
        start += 1
    opens = start == 0 or tree.words[start - 1].form in (",", "”", '"', "''", "—", "–", "’")
    return i if opens and can_speak(tree, i) else None


def _crossing(tree: Tree, at: int) -> int | None:
    """A noun phrase right before a finite cue that was hung on a word behind it, as the subject of
    the reported clause is (*the governor says its city has fallen*)."""
    if not tree.is_finite(at):
        return None
    first = min([at, *(a.index for a in tree.auxiliaries(at))])
    for i in range(first - 1, -1, -1):
        word = tree.words[i]
        if word.head > at and word.upos in ("NOUN", "PROPN", "PRON") and base(word.deprel) in (
                "nsubj", "appos", "obl", "nmod", "dep", "dislocated", "compound"):
            between = [j for j in range(i + 1, first) if j not in tree.below(i)
                       and tree.words[j].upos not in ("PUNCT", "ADV", "AUX")
                       and tree.words[j].head != at]
            return i if not between else None
    return None


def _with_participle(tree: Tree, at: int) -> int | None:
    """*..., the brigade defending the town said*: the noun behind the last comma whose participle
    the parser made a clause of its own."""
    comma = next((i for i in range(at - 1, -1, -1) if tree.words[i].form == ","), -1)
    if comma < 0 or not tree.is_finite(at):
        return None
    noun = next((w for w in tree.words[comma + 1:at] if w.upos in ("NOUN", "PROPN")
                 and base(w.deprel) not in ("compound", "amod", "flat")), None)
    if noun is None or not can_speak(tree, noun.index):
        return None
    verbs = [w.index for w in tree.words[noun.index + 1:at] if w.upos in ("VERB", "AUX")]
    return noun.index if verbs and noun.head == verbs[0] and not tree.is_finite(verbs[0]) else None


def _behind(tree: Tree, at: int) -> int | None:
    """The subject of an inverted cue that was taken for an object (*..., reports the Post*)."""
    if at == 0 or tree.words[at - 1].form not in (",", "”", '"', "''", "’’", "’") \
            or tree.is_gerund(at):
        return None
    found = next_nominal(tree, at, len(tree.words))
    if found is None or found.deprel in ("obl:unmarked", "obl:tmod") or tree.marks(found.index) \
            or ((name := tree.sentence.name_at(found.index)) is not None and name.type == "DATE"):
        return None
    after = found.index + 1
    while after < len(tree.words) and after in tree.below(found.index) \
            and tree.words[after].upos != "PUNCT":
        after += 1
    closed = after >= len(tree.words) or tree.words[after].upos in ("PUNCT", "ADP") \
        or tree.words[after].head == at
    return found.index if closed and can_speak(tree, found.index) else None


def next_nominal(tree: Tree, at: int, end: int) -> Word | None:
    """The head of the noun phrase right behind word ``at``, before word ``end``; None where none
    is."""
    found = next((w for w in tree.words[at + 1:end]
                  if w.upos not in ("DET", "ADJ", "NUM", "ADV")), None)
    while found is not None and found.head > found.index and base(found.deprel) in (
            "compound", "amod", "nummod", "nmod", "case") and tree.words[found.head].index < end:
        found = tree.words[found.head]
    return found if found is not None and found.upos in ("NOUN", "PROPN", "PRON") else None


def _by_tree(tree: Tree, at: int) -> int | None:
    seen = {at}
    while True:
        agent = tree.child(at, "obl:agent") or next(
            (c for c in tree.all_children(at, "obl") if "by" in tree.marks(c.index)
             and tree.is_passive(at)), None)
        if agent is not None:
            return agent.index
        subjects = [c for c in tree.children[at] if c.deprel in ("nsubj", "nsubj:outer", "csubj")]
        if tree.words[at].lemma in ("tell", "inform"):          # he told the Post that
            subjects = [c for c in subjects if c.index < at] or subjects
        subjects = [c for c in subjects if can_speak(tree, c.index)] or subjects
        subject = min(subjects, key=lambda c: abs(c.index - at), default=None)
        if subject is not None:
            speaker = _antecedent(tree, at, subject)
            if len(seen) == 1 or can_speak(tree, speaker):
                return speaker
        if tree.is_passive(at) and len(seen) == 1:
            return None
        word = tree.words[at]
        rel, head = base(word.deprel), word.head
        if rel == "acl" and head >= 0 and tree.words[head].upos in ("NOUN", "PROPN", "PRON"):
            return head
        if rel not in ("conj", "xcomp", "advcl", "ccomp", "parataxis", "dep") or head < 0 \
                or head in seen:
            return None
        if rel in ("ccomp", "parataxis") and tree.is_finite(at):
            return None
        if rel == "conj" and (outer := _outer_cue(tree, head, at)) is not None:
            return outer
        passive_subject = tree.child(head, "nsubj:pass")
        if passive_subject is not None and not tree.subject(head):
            return passive_subject.index
        between = _cue_between(tree, head, at)
        if between is not None:
            return _by_tree(tree, between)
        seen.add(head)
        at = head


def _outer_cue(tree: Tree, head: int, at: int) -> int | None:
    """*The governor said soldiers were regrouping, and denied that*: the subject of the cue whose
    clause the parser joined a second cue to, behind a comma."""
    above = tree.words[head].head
    joint = next((c.index for c in tree.children[at] if base(c.deprel) == "cc"), 0)
    plain = bool(tree.auxiliaries(head)) and not tree.auxiliaries(at) and joint > 0
    if joint < 1 or not (tree.words[joint - 1].form == "," or plain) or above < 0 or base(
            tree.words[head].deprel) != "ccomp" or tree.lemmas[above] not in words().verbs \
            or tree.lemmas[head] in words().verbs or (subject := tree.subject(above)) is None:
        return None
    return subject.index


def _cue_between(tree: Tree, head: int, at: int) -> int | None:
    """*The port fell, he said, adding that*: the cue that a gerund goes on from, where the parser
    hung it on what the cue reports."""
    if not tree.is_gerund(at) or tree.words[head].lemma.lower() in words().verbs:
        return None
    return next((i for i in tree.ancestors(head) if head < i < at and tree.subject(i) is not None
                 and tree.words[i].lemma.lower() in words().verbs), None)


def _antecedent(tree: Tree, at: int, subject: Word) -> int:
    """The noun that a relative pronoun stands for; else the subject."""
    if tree.low[subject.index] in ("who", "which", "that") and tree.words[at].deprel in (
            "acl:relcl", "acl") and tree.words[at].head >= 0:
        return tree.words[at].head
    return subject.index
