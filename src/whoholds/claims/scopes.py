"""What a word's own dependents say of it: negators, modals, marks, adverbs, determiners."""

from __future__ import annotations

from whoholds.claims.clauses import Tree, base, modal_lemma
from whoholds.claims.operators import Operators
from whoholds.claims.prospects import better, imagined, lies_ahead
from whoholds.core import Modality, Word

NEGATIVE_PRONOUNS = frozenset({"none", "nobody", "nothing", "no-one", "neither"})
LET_ALONE = frozenset({("let", "alone"), ("much", "less"), ("never", "mind"), ("still", "less")})
_LET_ALONE = frozenset(second for _, second in LET_ALONE)
# words that make a condition of the clause behind them, whatever the parser hung them on
BEFORE = frozenset({"if", "unless", "lest", "whether", "assuming", "supposing", "provided",
                    "providing", "presuming"})
_CONDITIONS = BEFORE | {"case", "long"}
NEGATIVE_DETERMINERS = frozenset({"no", "neither"})
# at no point, in no way, by no means, under no circumstances
NO_POINT = frozenset({"point", "stage", "moment", "way", "wise", "means", "account", "accounts",
                      "circumstances", "circumstance", "case", "sense", "instance", "occasion",
                      "juncture", "respect", "conditions"})
# nearly so: what they are said of has happened, but for the rest of it
COMPLETED = frozenset({"complete", "completed", "over", "finished", "done", "concluded"})
UNDER_WAY = frozenset({"underway", "afoot", "progress", "swing", "course", "way"})
# what somebody has who holds a place
HELD = frozenset({"control", "hand", "hands", "grip", "grasp", "rule", "authority", "reach", "sway",
                  "jurisdiction", "possession"})


class Local:
    """The operators that hang on one word; those under its child ``below`` are left to that child.

    ``modals`` run outermost first; *future* is a headline's or *be to*'s infinitive, *demanded* an
    imperative. ``near``: it is as good as so (*nearly encircled*); ``missed``: it nearly happened,
    and did not (*nearly broke in*). ``inherited`` are the operators of the conjunct before it,
    where they are shared. What only a modal asks for is looked at when it does.
    """

    def __init__(self, tree: Tree, table: Operators, at: int, below: int | None,
                 inherited: Local | None = None) -> None:
        self._tree, self._table, self._at, self._before = tree, table, at, inherited
        children = [c for c in tree.children[at] if c.index != below]
        marks = set(tree.marks(at))
        adverbs = {tree.low[c.index] for c in children
                   if tree.bases[c.index] in ("advmod", "discourse")}
        near = (not adverbs.isdisjoint(table.near_adverbs) or _all_but(tree, at)) \
            and tree.low[at] not in COMPLETED
        self.modals = _modals(tree, table, at, below)
        self.negated = negated(tree, table, at, children)
        self.contrary = not marks.isdisjoint(table.contrary_marks)
        self.never = _let_alone(tree, at) or any(
            c.deprel == "cc" and tree.low[c.index] == "nor" for c in children) or any(
            c.deprel == "cc" and tree.low[c.index] == "nor" for a in tree.auxiliaries(at)
            for c in tree.children[a.index])         # nor have they entered
        self.conditional = _conditional(tree, table, at, marks) or imagined(tree, table, at)
        self.question = _question(tree, at)
        self.taken_side = _side(tree, at, marks)
        self.missed = near and not adverbs.isdisjoint(table.missing_adverbs) \
            and tree.words[at].upos == "VERB" \
            and (tree.is_past(at) or bool(tree.child(at, "obj")))
        self.near = near and not self.missed
        self.maybe = not adverbs.isdisjoint(table.possible_adverbs) or _either(tree, at)
        self.adjective = _adjective(tree, table, at, children)
        self.hedges = _hedges(tree, table, at, children)
        if inherited is not None:
            self.modals = inherited.modals + self.modals
            self.negated = self.negated or inherited.negated     # no retreat and no surrender
            self.contrary = self.contrary or inherited.contrary
            self.conditional = self.conditional or inherited.conditional
            self.adjective = self.adjective or inherited.adjective

    @property
    def conditioned(self) -> bool:
        """A conditional clause hangs on the word."""
        tree, table = self._tree, self._table
        return any(tree.bases[c.index] == "advcl" and _conditional(
            tree, table, c.index, set(tree.marks(c.index))) for c in tree.children[self._at]) or (
            self._before is not None and self._before.conditioned)

    @property
    def unless(self) -> bool:
        """The condition begins with that word."""
        tree = self._tree
        return any("unless" in tree.marks(c.index)
                   for c in tree.all_children(self._at, "advcl")) or (
            self._before is not None and self._before.unless)

    @property
    def counterfactual(self) -> bool:
        """Neither condition nor consequence came about."""
        return _counterfactual(self._tree, self._at) or (
            self._before is not None and self._before.counterfactual)

    @property
    def perfect(self) -> bool:
        """*Have* stands behind the modal."""
        return any(a.lemma == "have" for a in self._tree.auxiliaries(self._at)) or (
            self._before is not None and self._before.perfect)

    @property
    def past(self) -> bool:
        return self._tree.is_past(self._at) or (self._before is not None and self._before.past)

    @property
    def horizon(self) -> bool:
        """A time by which it is to come."""
        return _horizon(self._tree, self._table, self._at) or (
            self._before is not None and self._before.horizon)

    @property
    def first_person(self) -> bool:
        if self._before is not None:
            return self._before.first_person
        subject = self._tree.subject(self._at)
        return subject is not None and self._tree.low[subject.index] in ("i", "we")


def _adjective(tree: Tree, table: Operators, at: int,
               children: list[Word]) -> Modality | str | None:
    if tree.words[at].upos in ("NOUN", "PROPN", "ADJ"):
        for child in children:
            if _describes(tree, at, child) and (
                    found := table.adjectives.get(tree.low[child.index])
                    or table.adjectives.get(child.lemma.lower())) and not (
                        found not in ("possible", "denied") and _happened(tree, table, at)):
                return found
    return _said_of_fragment(tree, table, at)


def _happened(tree: Tree, table: Operators, at: int) -> bool:
    """*The planned withdrawal began*, *the pullout, ordered at dawn, is complete*: it is under way,
    whatever it was before."""
    above = tree.words[at].head
    if above < 0 or base(tree.words[at].deprel) != "nsubj" or tree.modals(above) or any(
            tree.low[c.index] in table.negators for c in tree.children[above]):
        return False
    if tree.low[above] in COMPLETED | UNDER_WAY and tree.child(above, "cop") is not None:
        return True
    return tree.words[above].lemma in table.happening and tree.is_past(above) \
        and not tree.is_infinitive(above) and tree.child(above, "xcomp") is None


def _describes(tree: Tree, at: int, child: Word) -> bool:
    """An adjective before the noun, or behind it (*with the assault imminent*)."""
    return base(child.deprel) == "amod" or (
        base(child.deprel) in ("acl", "parataxis", "appos")
        and (child.upos == "ADJ" or (child.deprel == "acl" and tree.low[child.index] != "failed"))
        and child.index > at and tree.subject(child.index) is None)


def _said_of_fragment(tree: Tree, table: Operators, at: int) -> str | None:
    """*Attacks on the town likely within weeks*: what is said of a noun in a line without a verb.
    """
    if tree.words[at].upos != "NOUN" or base(tree.words[at].deprel) not in (
            "root", "appos", "parataxis", "conj", "list", "dep") \
            or tree.child(at, "cop") is not None:
        return None
    end = next((w.index for w in tree.words[at:] if w.form in (";", ".", ",", ":")),
               len(tree.words))
    start = next((w.index for w in reversed(tree.words[:at]) if w.form in (";", ".", ":")), 0)
    if any(w.upos in ("VERB", "AUX") and tree.is_finite(w.index) for w in tree.words[start:end]):
        return None
    behind = range(at + 1, end)
    found = next((found for i in behind if tree.words[i].upos in ("ADJ", "ADV", "VERB") and (
        found := table.adjectives.get(tree.low[i]) or table.fragments.get(tree.low[i]))), None)
    return found or next((found for i in behind for n in (1, 2, 3) if n > 1 or i + 1 == end if (
        found := table.fragments.get(" ".join(tree.low[i:i + n])))), None)


def _either(tree: Tree, at: int) -> bool:
    """*Either they arrest the governor or he escapes and holds out*: one of the two, not known
    which."""
    if "either" not in tree.said or tree.words[at].upos != "VERB":
        return False
    while tree.bases[at] == "conj" and tree.words[tree.words[at].head].upos == "VERB":
        at = tree.words[at].head
    return any(tree.low[c.index] == "either" and c.index < at
               for c in tree.all_children(at, "cc", "advmod"))


def _let_alone(tree: Tree, at: int) -> bool:
    """*Unable to enter, let alone hold it*."""
    if _LET_ALONE.isdisjoint(tree.said):
        return False
    start = min((i for i in tree.below(at) if tree.words[i].upos != "PUNCT"), default=at)
    return any(tree.low[i:i + 2] in LET_ALONE for i in range(max(0, start - 2), min(start + 1, at)))


def _modals(tree: Tree, table: Operators, at: int, below: int | None) -> tuple[str, ...]:
    found = [m for a in tree.auxiliaries(at) if a.index != below and (m := modal_lemma(a))]
    if found or (found := _before_aside(tree, at)):
        return tuple(found)
    word = tree.words[at]
    deprel = base(word.deprel)
    free = deprel in ("root", "parataxis") or (
        deprel in ("ccomp", "conj", "dep") and tree.subject(at) is not None)
    if "due to" in tree.marks(at) and word.upos == "VERB" and tree.auxiliaries(at):
        return ("future",)                   # are due to be deployed
    be_to = tree.is_infinitive(at) and any(
        a.lemma == "be" and a.feat("VerbForm") == "Fin" for a in tree.auxiliaries(at))
    if be_to and _everybody(tree, at):
        return ("ordered",)                  # no man is to enter the town
    if tree.is_infinitive(at) and (be_to or (free and tree.subject(at) is not None)):
        return ("future",)
    if better(tree, at):
        return ("demanded",)
    if lies_ahead(tree, table, at):
        return ("future",)
    if word.feat("Mood") == "Imp" and tree.subject(at) is None and not tree.is_label(at) \
            and deprel in ("root", "parataxis", "ccomp"):
        foretells = below is not None and table.kind(tree, at) in ("forecast", "assess", "possible")
        return () if foretells else ("demanded",)      # Expect the garrison to be cut off
    return ()


def _everybody(tree: Tree, at: int) -> bool:
    """*Every ferry is to stop*, *no man is to enter*: what is to be done by all is an order."""
    subject = tree.subject(at)
    return subject is not None and not tree.is_passive(at) and (
        tree.low[subject.index] in ("nobody", "everyone", "everybody", "none") or any(
            tree.low[c.index] in ("no", "every", "each", "all")
            for c in tree.all_children(subject.index, "det")))


def _before_aside(tree: Tree, at: int) -> list[str]:
    """*Would, officials warn, trigger*: a modal that an aside parts from its verb, where the parser
    lost it."""
    if not tree.is_bare(at) or at < 2 or tree.low[at - 1] != ",":
        return []
    comma = next((i for i in range(at - 2, max(0, at - 14), -1) if tree.low[i] == ","), None)
    modal = tree.words[comma - 1] if comma else None
    lost = modal is not None and modal.upos == "AUX" and base(modal.deprel) != "aux"
    return [found] if modal is not None and lost and (found := modal_lemma(modal)) else []


def negated(tree: Tree, table: Operators, at: int, children: list[Word]) -> bool:
    """An odd number of negators among the word's dependents and its arguments' determiners."""
    count, negators = 0, table.negators
    for child in children:
        low = tree.low[child.index]
        rel = tree.bases[child.index]
        adverb = rel in ("advmod", "det", "cc", "neg", "aux", "discourse", "fixed", "dep")
        negates = low in negators or _no_longer(tree, child) if adverb else \
            rel in ("nsubj", "obj", "obl") and _negative_argument(tree, table, at, child)
        if not negates or _of_ellipsis(tree, at, child) or (rel == "cc" and low == "nor") \
                or _answers(tree, child):
            continue
        count += not (adverb and _only_limits(tree, table, at, child))
    count += _at_no_point(tree, at) + _outside(tree, at) + _yet_to(tree, at) + any(
        tree.low[c.index] in negators for a in tree.auxiliaries(at)
        for c in tree.all_children(a.index, "advmod"))       # never has it fallen
    return bool(count % 2)


def _of_ellipsis(tree: Tree, at: int, negator: Word) -> bool:
    """The second *not* of *have not surrendered and will not*, which the parser hung on the verb
    that is left out."""
    before = tree.words[negator.index - 1]
    return negator.index - 1 > at and base(before.deprel) == "conj" and before.head == at \
        and before.upos in ("AUX", "VERB")


def _answers(tree: Tree, child: Word) -> bool:
    """*No, the town has not fallen*: an answer, which negates nothing behind it."""
    return tree.low[child.index] in ("no", "nope", "nay") and tree.low[
        child.index + 1:child.index + 2] in ((",",), ("-",), ("–",), ("—",), (".",), (":",))


def _outside(tree: Tree, at: int) -> bool:
    """*A third of it is outside the army's control*, *out of rebel hands*."""
    return tree.lemmas[at] in HELD and bool(
        {"outside", "beyond", "out of"} & set(tree.marks(at))) and any(
        base(c.deprel) in ("nmod", "compound", "amod") for c in tree.children[at])


def _no_longer(tree: Tree, child: Word) -> bool:
    return tree.low[child.index] in ("longer", "more", "means", "once") and any(
        tree.low[c.index] in ("no", "not") for c in tree.children[child.index])


def _only_limits(tree: Tree, table: Operators, at: int, negator: Word) -> bool:
    """*Not only*, *not until Sunday*: the event happened all the same."""
    after = negator.index + 1
    if tree.low[negator.index] in ("hardly", "scarcely", "barely") and any(
            "when" in tree.marks(c.index) or any(tree.low[d.index] in ("when", "before")
                                                 for d in tree.children[c.index])
            for c in tree.all_children(at, "advcl")):
        return True                          # scarcely had it fallen when they left
    if after < len(tree.words) and tree.low[after] in table.negator_exceptions:
        return True
    return any(tree.low[m.index] in ("until", "till")
               for c in tree.children[at] if base(c.deprel) in ("obl", "advcl", "advmod")
               for m in [*tree.children[c.index], c]) and not tree.is_infinitive(at)


def _negative_argument(tree: Tree, table: Operators, at: int, argument: Word) -> bool:
    """*No city fell*, *none of them*, *not a single soldier*; a preposition's *without* counts
    apart."""
    if base(argument.deprel) == "obl" and {"with", "but", "for"} & set(tree.marks(argument.index)):
        return False                         # ran the town, with nobody to stop them
    if tree.low[argument.index] in NEGATIVE_PRONOUNS or (
            tree.low[argument.index] == "one" and argument.index
            and tree.low[argument.index - 1] == "no"):
        return True
    if base(argument.deprel) == "obl":
        return False
    for child in tree.children[argument.index]:
        low = tree.low[child.index]
        if base(child.deprel) == "cc" and low == "neither":
            return True
        if base(child.deprel) in ("det", "advmod") and (
                low in NEGATIVE_DETERMINERS or (low == "not" and child.index < argument.index)):
            after = child.index + 1
            return not (after < len(tree.words) and tree.low[after] != "even"
                        and tree.low[after] in table.negator_exceptions)
    return False


def _at_no_point(tree: Tree, at: int) -> bool:
    """*At no point was the town taken*, *they have in no way taken it*: of the verb, wherever the
    phrase was hung; any phrase with *no* that turns auxiliary and subject round."""
    if NEGATIVE_DETERMINERS.isdisjoint(tree.said):
        return False
    subject = tree.subject(at)
    above = {at} if subject is None else {at, subject.index}
    for i in range(1, len(tree.words) - 1):
        if tree.low[i] not in NEGATIVE_DETERMINERS or tree.words[i].head <= i:
            continue
        noun = tree.words[i].head
        never = tree.low[noun] in NO_POINT and tree.low[i - 1] in ("at", "in", "by", "on", "under")
        if never and noun + 1 == at and tree.words[at].upos == "VERB":
            return True                      # whatever the parser hung it on
        if base(tree.words[noun].deprel) not in ("obl", "nmod") \
                or tree.words[noun].head not in above:
            continue
        if never or (subject is not None and any(
                noun < a.index < subject.index for a in tree.auxiliaries(at))):
            return True
    return False


def _yet_to(tree: Tree, at: int) -> bool:
    """*Has yet to fall*, *is yet to be taken*: on the infinitive."""
    if "yet" not in tree.said or tree.words[at].head < 0 or not tree.is_infinitive(at):
        return False
    start = min((c.index for c in tree.children[at] if tree.low[c.index] == "to"), default=0)
    return start > 0 and tree.low[start - 1] == "yet"


def _conditional(tree: Tree, table: Operators, at: int, marks: set[str]) -> bool:
    if tree.words[at].upos == "VERB" and _inverted(tree, at):
        return True
    if tree.bases[at] == "root":
        return bool(marks & {"if", "unless", "lest"}) or _wished(tree)   # if only it fell!
    if "whether" in marks and tree.is_infinitive(at):
        return False                         # weighs whether to send troops
    if not table.conditional_marks.isdisjoint(marks - {"should", "were"}):
        return True
    if any(c.index < at and tree.low[c.index] in ("case", "event") and "in" in tree.marks(c.index)
           and not tree.all_children(c.index, "nmod") for c in tree.children[at]):
        return True                          # in case, taken for an oblique
    if not _CONDITIONS.isdisjoint(tree.said):
        start = min(tree.below(at))          # the mark hung elsewhere
        if tree.low[max(0, start - 2):start] in (("in", "case"), ("so", "long"), ("as", "long")) \
                or (start and tree.low[start - 1] in BEFORE and tree.words[start - 1].head != at):
            return True
    if _should(tree, at):
        return True
    if base(tree.words[at].deprel) != "advcl":
        return any(c.index < at and tree.low[c.index] in ("if", "whether") and
                   base(c.deprel) in ("mark", "advmod") for c in tree.children[at])
    subject = tree.subject(at)               # inversion: should Kabul fall
    return subject is not None and any(
        a.index < subject.index and tree.low[a.index] in ("should", "were", "had")
        for a in tree.auxiliaries(at))


def _should(tree: Tree, at: int) -> bool:
    """*... and that, should it fall, the war is lost*: inverted, and no question."""
    subject = tree.subject(at)
    return subject is not None and tree.low[-1] != "?" and any(
        tree.low[a.index] == "should" and a.index < subject.index for a in tree.auxiliaries(at))


def _wished(tree: Tree) -> bool:
    """*May the town be spared!*"""
    return tree.low[0] == "may" and (tree.words[0].upos == "AUX" or tree.low[-1] == "!")


def _inverted(tree: Tree, at: int) -> bool:
    """*Had the town fallen, the war would have ended*, whatever the parser made of it."""
    first = tree.low[1:2] if tree.low[0] == "even" else tree.low[:1]
    if first not in (("had",), ("should",), ("were",)) or "," not in tree.low:
        return False
    comma = tree.low.index(",")
    return at < comma and bool({"would", "could", "might", "will", "should"}
                               & set(tree.low[comma:]))


def _counterfactual(tree: Tree, at: int) -> bool:
    """*Had they held the pass, the town would not have fallen*, *if they had held it, it would have
    stood*: neither is so."""
    perfect = any(tree.low[a.index] in ("have", "'ve") for a in tree.auxiliaries(at))
    if perfect and any(m in ("would", "could", "might")
                       for m in map(modal_lemma, tree.auxiliaries(at))):
        return any(_unfulfilled(tree, c.index) for c in tree.all_children(at, "advcl"))
    return tree.bases[at] == "advcl" and _unfulfilled(tree, at)


def _unfulfilled(tree: Tree, at: int) -> bool:
    had = next((a for a in tree.auxiliaries(at) if tree.low[a.index] in ("had", "'d")), None)
    subject = tree.subject(at)
    if had is None or subject is None:
        return False
    inverted = had.index < subject.index and not (set(tree.marks(at)) - {"to"})
    above = tree.words[at].head
    would = above >= 0 and any(modal_lemma(a) in ("would", "could", "might")
                               for a in tree.auxiliaries(above)) and any(
        tree.low[a.index] in ("have", "'ve") for a in tree.auxiliaries(above))
    return would and (inverted or "if" in tree.marks(at))


def _side(tree: Tree, at: int, marks: set[str]) -> bool:
    """*They are against an assault*, *all for an assault*."""
    return tree.words[at].upos == "NOUN" and bool({"against", "for"} & marks) and any(
        tree.low[c.index] in ("against", "for") for c in tree.all_children(at, "case")) \
        and tree.child(at, "cop") is not None and tree.subject(at) is not None


def _question(tree: Tree, at: int) -> bool:
    """The main clause of a sentence that ends in a question mark; also one without a verb of its
    own: *Norwick bridge blown?*"""
    above = tree.words[at].head
    if tree.bases[at] not in ("root", "conj") and not (
            tree.bases[at] == "acl" and tree.bases[above] == "root"
            and tree.words[above].upos in ("NOUN", "PROPN")):
        return False
    last = next((w for w in reversed(tree.words)
                 if w.form not in ("”", '"', "’", "''", ")", "'")), None)
    return last is not None and last.form.startswith("?")


def _all_but(tree: Tree, at: int) -> bool:
    return "all" in tree.said and any(
        tree.low[i:i + 2] == ("all", "but") for i in range(max(0, at - 3), at))


def _hedges(tree: Tree, table: Operators, at: int, children: list[Word]) -> tuple[str, ...]:
    found: list[tuple[int, str]] = []
    for child in children:
        low = tree.low[child.index]
        rel = tree.bases[child.index]
        adverb = rel in ("advmod", "discourse") and low in table.hedge_adverbs
        if adverb or (rel == "amod" and not table.hedge_adjectives.isdisjoint((low, child.lemma))):
            found.append((child.index, low))
    return tuple(low for _, low in sorted(found))


def _horizon(tree: Tree, table: Operators, at: int) -> bool:
    """*Within 30 days*, *in the coming weeks*, *by winter*: a time by which it is to come."""
    for child in tree.all_children(at, "obl", "nmod", "advmod"):
        marks = tree.marks(child.index)
        if "within" in marks and (child.lemma in table.horizon_units or child.upos == "NUM"):
            return True
        if {"in", "over", "by"} & set(marks) and child.lemma in table.horizon_units and any(
                tree.low[c.index] in ("coming", "next", "following") or c.upos == "NUM"
                for c in tree.children[child.index]):
            return True
    return False
