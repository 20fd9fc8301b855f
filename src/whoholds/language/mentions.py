"""Finds what a report's words speak of: names, descriptions and pronouns, each with what tells
them apart and what says that two are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whoholds.core import Name, Parse, Sentence, Span, Word

Nouns = Mapping[str, str]      # lemma -> what it mostly speaks of: person, place, time ...
Children = Sequence[Sequence[int]]

GROUPS = {form: group for group, forms in {
    "he": "he him his himself", "she": "she her hers herself", "it": "it its itself",
    "they": "they them their theirs themselves 'em", "i": "i me my mine myself",
    "you": "you your yours yourself yourselves", "we": "we us our ours ourselves",
    "this": "this that these those", "who": "who whom whose which",
}.items() for form in forms.split()}
FIRST_OR_SECOND = frozenset(("i", "you", "we"))
NAME_KINDS = {"PER": "person", "ORG": "organization", "LOC": "place", "NORP": "person",
              "DATE": "time", "MISC": "abstract"}
PERSONS = frozenset(("he", "she", "i", "you", "we", "who"))
ROLES = {"nsubj": "subject", "csubj": "subject", "obj": "object", "iobj": "object",
         "obl": "oblique", "nmod": "modifier", "compound": "compound", "appos": "apposition",
         "root": "root", "parataxis": "root", "dislocated": "root", "vocative": "root"}
NEVER_HEADS = frozenset(("flat", "fixed", "goeswith", "expl", "nummod", "discourse", "punct",
                         "case", "mark", "cc", "advmod", "reparandum", "list"))
NOT_INSIDE = frozenset(("conj", "cc", "appos", "parataxis", "cop", "nsubj", "mark", "aux", "dep",
                        "discourse", "orphan", "advcl", "csubj", "expl"))
NEVER_FIRST = frozenset(("PUNCT", "CCONJ", "SCONJ", "ADP"))
POSSESSIVE = frozenset(("'s", "'", "’s", "’", "s"))
QUOTES = frozenset("\"“”«»„")


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """Words ``start`` to ``end`` (end excluded) of a sentence, with their head word; ``span`` is
    in characters of the report."""

    sentence: int
    start: int
    end: int
    head: int
    span: Span


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention as who-is-who sees it. ``order`` counts the report's mentions; ``head`` and
    ``qualifiers`` are lemmas; ``keys`` are words by which later mentions find it."""

    span: MentionSpan
    order: int
    kind: str                     # name, noun, pronoun
    label: str                    # the kind, nouns with their article
    group: str                    # of a pronoun: he, she, it ...
    article: str
    head: str
    text: str
    type: str
    number: str
    role: str
    modified: bool
    quoted: bool
    governor: int
    appositive: int
    predicate_of: int
    names: frozenset[str]
    qualifiers: frozenset[str]
    keys: tuple[str, ...]
    initials: str
    often: int                    # how often the report has the head, up to 6

    @property
    def sentence(self) -> int:
        return self.span.sentence

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end

    @property
    def word(self) -> int:
        return self.span.head


def mentions(parse: Parse, nouns: Nouns) -> list[Seen]:
    """The mentions of a report in reading order, the outer before the inner."""
    found: list[Seen] = []
    quoting, paragraph = False, -1
    often = Counter(w.lemma.lower() for s in parse.sentences for w in s.words
                    if w.upos in ("NOUN", "PROPN"))
    for number, sentence in enumerate(parse.sentences):
        if sentence.paragraph != paragraph:
            quoting, paragraph = False, sentence.paragraph
        children = _children(sentence)
        quoted = []
        for word in sentence.words:
            quoting = quoting != (word.form in QUOTES)
            quoted.append(quoting)
        spans = [_span(sentence, number, children, word.index) for word in sentence.words
                 if _heads(sentence, word)]
        for span in sorted(spans, key=lambda s: (s.start, -s.end)):
            found.append(_seen(sentence, children, span, quoted[span.head], len(found), nouns,
                               often))
    return found


def _children(sentence: Sentence) -> Children:
    below: list[list[int]] = [[] for _ in sentence.words]
    for word in sentence.words:
        if word.head >= 0:
            below[word.head].append(word.index)
    return below


def _heads(sentence: Sentence, word: Word) -> bool:
    """Whether a word heads a mention."""
    deprel = word.deprel.partition(":")[0]
    if deprel in NEVER_HEADS:
        return False
    if word.upos == "PRON":
        return word.form.lower() in GROUPS and word.feat("PronType") not in ("Rel", "Int")
    if word.upos == "DET":
        return word.deprel not in ("det", "det:predet") and word.form.lower() in GROUPS
    name = sentence.name_at(word.index)
    if word.upos == "ADJ":
        return deprel == "amod" and name is not None and name.type in ("NORP", "LOC")
    if word.upos not in ("NOUN", "PROPN", "NUM", "SYM", "X"):
        return False
    return not (deprel == "compound" and name is not None and name.start <= word.head < name.end)


def _span(sentence: Sentence, number: int, children: Children, head: int) -> MentionSpan:
    words = sentence.words
    inside, todo = [head], [k for k in children[head] if _inside(words[k])]
    while todo:
        at = todo.pop()
        inside.append(at)
        todo.extend(children[at])
    start, end, inner = head, max(inside), set(inside)
    while start - 1 in inner:
        start -= 1
    while start < head and words[start].upos in NEVER_FIRST:
        start += 1
    while words[end].upos == "PUNCT" and end > head:
        end -= 1
    return MentionSpan(number, start, end + 1, head,
                       Span(words[start].span.start, words[end].span.end))


def _inside(child: Word) -> bool:
    """Whether a child of the head belongs to the mention with all below it."""
    deprel = child.deprel.partition(":")[0]
    return deprel not in NOT_INSIDE and (deprel != "case" or child.form in POSSESSIVE)


def _seen(sentence: Sentence, children: Children, span: MentionSpan, quoted: bool, order: int,
          nouns: Nouns, often: Mapping[str, int]) -> Seen:
    words, word = sentence.words, sentence.words[span.head]
    kids = [words[k] for k in children[span.head]]
    name = sentence.name_at(span.head)
    lower = word.form.lower()
    group = GROUPS.get(lower, "") if word.upos in ("PRON", "DET") else ""
    kind = "pronoun" if group else \
        "name" if word.upos == "PROPN" or (name is not None and name.type != "DATE") else "noun"
    article = _article(kids) if kind != "pronoun" else "pronoun"
    head = group or (lower if kind == "name" else word.lemma.lower())
    proper = frozenset(w.form.lower() for w in words[span.start:span.end]
                       if w.upos == "PROPN") if kind == "name" else frozenset()
    inner = [w for w in words[span.start:span.end]
             if w.upos in ("NOUN", "PROPN", "ADJ", "NUM", "VERB") and w.index != span.head]
    bare = [w.form for w in words[span.start:span.end]
            if w.form not in POSSESSIVE and w.upos != "DET"]
    capitals = "".join(w[0] for w in bare if w[:1].isupper())
    predicate = any(k.deprel == "cop" for k in kids)
    return Seen(
        span=span, order=order, kind=kind,
        label=f"noun {article}" if kind == "noun" else kind, group=group, article=article,
        head=head, text=" ".join(bare).lower(), type=_type(kind, group, head, name, nouns),
        number=word.feat("Number") or ("Plur" if group in ("they", "we") else "?"),
        role=_role(words, word),
        modified=any(k.deprel in ("acl", "acl:relcl", "nmod", "nmod:of") for k in kids),
        quoted=quoted, governor=word.head,
        appositive=word.head if word.deprel == "appos" else -1,
        predicate_of=next((k.index for k in kids if predicate and k.deprel == "nsubj"), -1),
        names=proper, qualifiers=frozenset(w.lemma.lower() for w in inner),
        keys=() if group else tuple(dict.fromkeys((head, *sorted(proper)))),
        initials=capitals.lower() if kind == "name" and len(capitals) > 1 else "",
        often=min(often[word.lemma.lower()], 6))


def _article(kids: Sequence[Word]) -> str:
    for kid in kids:
        if kid.deprel == "nmod:poss":
            return "poss"
        if kid.deprel.startswith("det"):
            lower = kid.form.lower()
            return lower if lower in ("the", "a") else "a" if lower == "an" else \
                "this" if lower in ("this", "that", "these", "those") else "other"
    return "number" if any(k.deprel == "nummod" for k in kids) else "bare"


def _type(kind: str, group: str, head: str, name: Name | None, nouns: Nouns) -> str:
    if kind == "pronoun":
        return "person" if group in PERSONS else "thing" if group in ("it", "this") else "?"
    if name is not None:
        return NAME_KINDS[name.type]
    return nouns.get(head, "?")


def _role(words: Sequence[Word], word: Word) -> str:
    if word.deprel == "nmod:poss":
        return "possessor"
    while word.deprel == "conj" and word.head >= 0:
        word = words[word.head]
    return ROLES.get(word.deprel.partition(":")[0], "other")
