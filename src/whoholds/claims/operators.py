"""The lexicon of words that say something of the events under them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from whoholds.claims.clauses import Tree, base
from whoholds.claims.lexicons import classes_of, lexicon, words_of
from whoholds.claims.verbs import verb_lemma_of
from whoholds.core import DataError

FILE = "commitment.yaml"
EFFECTS = frozenset({"same", "opposite", "actual", "open", "say", "assess", "future", "possible",
                     "planned", "ordered", "demanded", "promised", "forecast", "forbidden",
                     "improbable", "refuted", "prohibited", "renounced", "unable"})
# a complement's kind may name an effect outright
OUTRIGHT = {"possible": "possible", "actual": "factive", "planned": "intention",
            "demanded": "demand", "forecast": "forecast", "say": "say", "assess": "assess",
            "same": "implicative", "denied": "denial", "renounced": "renouncing",
            "promised": "promise", "evident": "evident"}
# prepositions before the complements of such words
COMPLEMENT_MARKS = frozenset({"to", "from", "of", "in", "at", "for", "on", "into", "against",
                              "about", "over", "with", "upon", "towards", "toward", "out",
                              "out of"})
# prepositions before an event noun that its governor speaks of; others only add to it
EVENT_MARKS = frozenset({"to", "from", "of", "for", "on", "against", "about", "upon", "into",
                         "over"})
UNDOING_MARKS = frozenset({"from", "of"})      # prevented from, deprived of
UNDOING = frozenset({"negative", "preventing", "cancelling", "denial", "refusing"})
# classes of what nobody says has happened
AHEAD = frozenset({"intention", "possible", "forecast", "order", "demand", "promise", "threat",
                   "denial", "preventing", "cancelling", "prohibiting", "doubt", "near", "attempt",
                   "unlikely", "renouncing", "dissuading", "unfit"})


@dataclass(frozen=True)
class Operators:
    """Word classes by part of speech and complement, and their effects (see commitment.yaml)."""

    effects: dict[str, tuple[str, str]]
    verbs: dict[str, str]
    nouns: dict[str, str]
    by_form: dict[str, dict[str, str]]
    adjectives: dict[str, str]
    predicates: dict[str, str]
    fragments: dict[str, str]
    sets: dict[str, frozenset[str]]

    def effect(self, kind: str, denied: bool) -> str:
        """What a word of class ``kind`` says of the event under it."""
        return self.effects[kind][denied]

    def kind(self, tree: Tree, at: int, below: int | None = None, form: str = "") -> str | None:
        """The class of word ``at`` as governor of ``below``, whose form is *finite*, *infinitive*,
        *gerund* (also for event nouns that are objects) or *nominal*; None where it has none."""
        word = tree.words[at]
        lemma = word.lemma.lower()
        nominal = word.upos in ("NOUN", "PROPN") and (
            tree.child(at, "cop") is not None or not tree.auxiliaries(at))
        table = self.nouns if nominal else self.verbs
        if tree.low[at] == "going" and form == "infinitive":
            return "future"
        by_form = {} if nominal else self.by_form.get(form, {})
        tails = self._tails(tree, at, below)
        for name in names_of(tree.low[at], lemma, lemma in table, nominal):
            for key in (*(f"{name} {tail}" for tail in tails), name):
                if found := by_form.get(key):
                    return OUTRIGHT[found]
                if found := table.get(key):
                    return found
        if nominal and (found := self._headline_verb(tree, at, tails)):
            return found
        if not nominal and word.upos == "ADJ" and (found := self.adjectives.get(lemma)):
            return OUTRIGHT.get(found, "implicative")
        return self.nouns.get(lemma) if word.upos in ("NOUN", "PROPN") else None

    @staticmethod
    def _tails(tree: Tree, at: int, below: int | None) -> list[str]:
        """The words that may make another word of ``at``: particles, the marks of ``below``."""
        tails = [tree.low[c.index] for c in tree.children[at] if c.deprel == "compound:prt"]
        if below is not None:
            marks = tree.marks(below)
            tails = [f"{tail} {mark}" for tail in tails for mark in marks] + tails + list(marks)
            tails.sort(key=lambda tail: -tail.count(" "))    # talked out of it, not of it
        # a stranded or detached particle right behind the verb
        if at + 1 < len(tree.words) and tree.words[at + 1].upos in ("ADP", "ADV", "PART", "ADJ"):
            tails.append(tree.low[at + 1])
        return tails

    def _headline_verb(self, tree: Tree, at: int, tails: list[str]) -> str | None:
        """*Army braces for assault*: a verb that the parser took for a noun, as the root."""
        low = tree.low[at]
        if tree.words[at].deprel != "root" or not low.endswith("s") \
                or tree.child(at, "cop", "det") is not None:
            return None
        keys = [k for s in stems(low) for k in (*(f"{s} {tail}" for tail in tails), s)]
        found = next((v for k in keys if (v := self.verbs.get(k))), None)
        return found if found in AHEAD else None

    def is_say(self, tree: Tree, at: int) -> bool:
        """Whether the word reports or assesses."""
        return tree.words[at].upos in ("VERB", "AUX", "NOUN", "PROPN", "X") and (
            self.kind(tree, at) in ("say", "assess", "denial")
            or tree.words[at].lemma in ("tell", "warn", "expect", "predict", "fear")) \
            and base(tree.words[at].deprel) not in ("compound", "amod")

    def assesses(self, tree: Tree, cue: int) -> bool:
        """Whether a reporting word assesses, or its subject is one whose business that is."""
        if self.kind(tree, cue) in ("assess", "forecast") or tree.words[cue].lemma in self.warners:
            return True
        subject = tree.subject(cue)
        return subject is not None and subject.lemma.lower() in self.assessors

    def __getattr__(self, name: str) -> frozenset[str]:
        try:
            return self.sets[name]
        except KeyError:
            raise AttributeError(name) from None


def spellings(lemma: str) -> list[str]:
    """What a lemmatiser's *aborte*, *rehears* or *dissuaded* may stand for."""
    halved = lemma[:-1] if lemma[-1:] == lemma[-2:-1] else lemma        # barr
    return [halved, f"{lemma}e",
            *(lemma.removesuffix(ending) for ending in ("e", "d", "ed"))]


@cache
def stems(form: str) -> tuple[str, ...]:
    """What a form may be one of, whatever a lemmatiser says: *shy* of *shied*, *spectre* of
    *spectres*."""
    found = [form]
    for ending, again in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"),
                          ("ed", ""), ("ing", "e"), ("ing", "")):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            found.append(stem + again)
            if not again and len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])      # nipped
    irregular = verb_lemma_of(form, form)
    return tuple(dict.fromkeys((*found, irregular)))


@cache
def names_of(form: str, lemma: str, known: bool, nominal: bool) -> tuple[str, ...]:
    """The lemma, and where no table has it, what else the word may be one of."""
    if known:
        return (lemma,)
    others = (form, *(stems(form)[1:] if form.endswith("s") else ())) if nominal else (
        *spellings(lemma), *stems(form))
    return tuple(dict.fromkeys((lemma, *others)))


@cache
def operators() -> Operators:
    """The shipped lexicon. Raises DataError where it is broken."""
    data = lexicon(FILE)
    effects = {k: (str(v[0]), str(v[1])) for k, v in data["effects"].items()}
    verbs, nouns = classes_of(FILE, "verbs"), classes_of(FILE, "nouns")
    predicates = classes_of(FILE, "predicates")
    for label in {*verbs.values(), *nouns.values(), *predicates.values()} - effects.keys():
        raise DataError(f"{FILE}: effects", f"no effect for class {label!r}")
    for label, pair in effects.items():
        if not set(pair) <= EFFECTS:
            raise DataError(f"{FILE}: effects.{label}", f"not an effect: {pair}")
    by_form = {form: classes_of(FILE, form) for form in ("finite", "infinitive", "gerund")}
    sets = {name: words_of(value, f"{FILE}: {name}") for name, value in data.items()
            if isinstance(value, (str, list))}
    return Operators(effects, verbs, nouns, by_form, classes_of(FILE, "adjectives"),
                     predicates, classes_of(FILE, "fragments"), sets)
