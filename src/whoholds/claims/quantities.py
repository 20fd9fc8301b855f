"""Reads how many: *at least two helicopters*, *18 of 34 capitals*, *hundreds of men*, *over half*.

Numbers that say when (dates, hours), that name (*Resolution 2254*) or that rank (*the sixth city*)
are no quantities. *All* and *every* are quantifiers of a mention, not numbers, and give none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from whoholds.claims import bounds
from whoholds.claims.clauses import Tree, base
from whoholds.claims.counts import (
    FRACTIONS,
    GROUPS,
    NOUNS,
    PAIRS,
    PERCENT,
    VAGUE_NOUNS,
    Count,
    counts_in,
)
from whoholds.claims.timex import Expression, expressions
from whoholds.core import Quantity, Sentence, Span

_CURRENCIES = frozenset({"$", "€", "£", "us$", "¥", "₽"})
_SINGULARS = {"people": "person", "basis": "base"}     # a base's plural is lemmatised as a basis's
_HOURS = (("a.m.",), ("p.m.",), ("am",), ("pm",), ("o'clock",), ("gmt",))
# what stands for a noun told before: *27 others*, *two more*
_OTHERS = frozenset({"other", "more", "further"})
_RESTS = frozenset({"rest", "remainder", "remnant", "garrison", "force", "army", "crew"})
_ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl", "root", "nmod", "conj", "ccomp", "xcomp",
                        "parataxis", "advcl", "acl", "orphan"})
_OLDEST = 130    # years: a bare number behind a person's name may be an age
_COUNTING = frozenset({"additional", "extra", "further", "other", "more", "total", "estimated",
                       "new", "remaining", "last", "first", "many", "several", "few", "such",
                       "same", "entire", "whole", "second", "numerous", "various", "multiple"})
_PRONOUNS = frozenset({"these", "those", "them", "which", "whom", "us", "you"})
# what something is of, which does not count it: *a bombardment of three days*, *of ten nations*
_MEASURES = frozenset({"minute", "hour", "day", "night", "week", "month", "year", "mile", "metre",
                       "meter", "kilometre", "kilometer", "km", "yard", "nationality", "nation",
                       "country", "kind", "type", "sort", "calibre", "degree"})
_CAPTIVES = frozenset({"prisoner", "hostage", "captive"})
_STAMP = re.compile(r"0\d[.:]\d\d")      # 00.45: a live page's time of day
# adjectives that are counted like nouns: *thirty dead*
_COUNTED = frozenset({"dead", "wounded", "injured", "killed", "missing", "homeless", "displaced"})


def quantities_in(sentence: Sentence) -> tuple[tuple[int, Quantity], ...]:
    """Every quantity of the sentence with the word it counts (the noun's position), in order.

    A count without a noun (*four of them*) is given with the position of the number itself.
    """
    return Counted(Tree(sentence)).found


class Counted:
    """The quantities of one sentence, read when first asked for. ``times`` gives its expressions
    of time, where they are known already; ``earlier`` is the sentence before."""

    def __init__(self, tree: Tree, times: Callable[[], Sequence[Expression]] | None = None,
                 earlier: Counted | None = None) -> None:
        self.tree, self._times, self._earlier = tree, times, earlier
        self._known_found: tuple[tuple[int, Quantity], ...] | None = None

    @property
    def found(self) -> tuple[tuple[int, Quantity], ...]:
        """As :func:`quantities_in` gives them."""
        if self._known_found is None:
            self._known_found = self._find_found()
        return self._known_found

    def _find_found(self) -> tuple[tuple[int, Quantity], ...]:
        counts = counts_in(self.tree)
        if not counts:
            return ()
        times = self._times() if self._times is not None else expressions(self.tree.sentence)
        timed = {i for e in times for i in range(e.start, e.end)}
        return _told(self.tree, [
            c for c in counts if c.core not in timed
            and not _STAMP.fullmatch(self.tree.low[c.core])
            and self.tree.low[max(c.start - 1, 0)] not in _CURRENCIES
            and not bounds.set_aside(self.tree.low, c.start)
            and self.tree.low[c.end:c.end + 1] not in _HOURS])

    def units_before(self, index: int) -> Iterator[str]:
        """What was counted before the word, the nearest first, in this sentence and the one
        before."""
        for at, quantity in reversed(self.found):
            if at < index and quantity.unit and not quantity.unit.startswith("share of"):
                yield quantity.unit
        if self._earlier is not None:
            for _, quantity in reversed(self._earlier.found):
                if quantity.unit and not quantity.unit.startswith("share of"):
                    yield quantity.unit

    def of(self, head_word: int) -> Quantity | None:
        """As :func:`quantity_of` gives it."""
        tree, found = self.tree, dict(reversed(self.found))
        if not found:
            return None
        for child in tree.all_children(head_word, "nmod"):
            if "of" in tree.marks(child.index) and child.index in found \
                    and child.lemma not in _MEASURES \
                    and not _joined(tree, head_word, child.index) \
                    and not found[child.index].unit.startswith("share of"):
                return found[child.index]
        if head_word in found:
            return found[head_word]
        inside = tree.words[head_word]
        for index, quantity in found.items():
            if quantity.span is not None and quantity.span.overlaps(inside.span) and (
                    tree.words[index].head == head_word or _is_number_word(tree, head_word)):
                return quantity
        return None


def _joined(tree: Tree, start: int, end: int) -> bool:
    """*Three colonels and sixty of their men*: the *of* belongs to another."""
    return any(tree.bases[i] == "cc" for i in range(start + 1, end))


def _told(tree: Tree, counts: list[Count]) -> tuple[tuple[int, Quantity], ...]:
    found: list[tuple[int, Quantity]] = []
    wholes = set()
    for count in counts:
        if count.core in wholes:
            continue
        part = _pronoun_partitive(tree, count)
        if part and found:
            found[-1] = (found[-1][0], _with_part(found[-1][1], count))
            continue
        noun = _counted(tree, count)
        whole = _whole(tree, count, counts)
        if whole is not None:
            wholes.add(whole.core)
            if noun is None or tree.low[count.end] == "of":    # 18 of the country's 34 capitals
                noun = _counted(tree, whole)
        quantity = _quantity(tree, count, noun, whole)
        if quantity is not None:
            found.append((count.core if noun is None else noun, quantity))
    return tuple(found)


def quantity_of(sentence: Sentence, head_word: int) -> Quantity | None:
    """How many of a noun phrase there are, or None where the text does not say.

    ``head_word`` is the phrase's head: the noun, or the number itself (*hundreds of soldiers*, *two
    of them*, *over half of the capitals*). A group with counted members (*three battalions of
    around 3,000 soldiers*) is as many as its members.
    """
    return Counted(Tree(sentence)).of(head_word)


def _is_number_word(tree: Tree, index: int) -> bool:
    low = tree.low[index]
    return tree.words[index].upos == "NUM" or low in VAGUE_NOUNS or low in FRACTIONS \
        or low in PERCENT or low in GROUPS or low in PAIRS or low == "cent"


# -- what is counted --------------------------------------------------------------------------


def _counted(tree: Tree, count: Count) -> int | None:
    """The noun that is counted: what the number modifies, its *of*, or the subject of *is four*."""
    word = tree.words[count.core]
    partitive = next((c.index for c in tree.all_children(count.core, "nmod", "obl")
                      if {"of", "out of"} & set(tree.marks(c.index))
                      and not count.start <= c.index < count.end), None)
    if partitive is not None and not count.share:
        return partitive if tree.words[partitive].upos in NOUNS else None
    if partitive is not None:
        return partitive
    if base(word.deprel) in ("nummod", "amod", "det", "compound", "nmod") \
            and 0 <= word.head < len(tree.words) and _noun_like(tree, word.head) \
            and (word.head > count.core or count.share or count.members):
        return _not_a_name(tree, word.head, count)
    if tree.child(count.core, "cop") is not None:
        return _number_of(tree, count.core)
    return _next_noun(tree, count)


def _noun_like(tree: Tree, index: int) -> bool:
    return tree.words[index].upos in NOUNS or tree.low[index] in _COUNTED \
        or tree.words[index].lemma in _OTHERS


def _left_dead(tree: Tree, index: int) -> bool:
    """*Left thirty dead*, *with ten wounded*: no verb, and no noun behind it."""
    return tree.low[index] in _COUNTED and tree.words[index].upos == "ADJ" and (
        index + 1 >= len(tree.words) or tree.words[index + 1].upos not in ("NOUN", "PROPN"))


def _not_a_name(tree: Tree, noun: int, count: Count) -> int | None:
    """The noun, unless the number is part of a name (*3 Corps*) and no quantity."""
    name = tree.sentence.name_at(count.core)
    return None if name is not None and name.start <= noun < name.end and name.type != "DATE" \
        else noun


def _number_of(tree: Tree, index: int) -> int | None:
    """*The number of helicopters is four*: the helicopters; *the dead were two*: the dead."""
    subject = tree.subject(index)
    if subject is None:
        return None
    if subject.lemma in ("number", "total", "figure", "count", "toll", "tally"):
        return next((c.index for c in tree.all_children(subject.index, "nmod")), subject.index)
    return subject.index if subject.upos == "NOUN" else None


def _next_noun(tree: Tree, count: Count) -> int | None:
    """The noun after the number where the tree does not join them: *two [seized] helicopters*."""
    at, last = count.end, None
    if at < len(tree.words) and tree.low[at] == "of":
        at += 1
        while at < len(tree.words) and tree.words[at].upos in ("DET", "PRON"):
            at += 1
    while at < len(tree.words) and tree.words[at].upos in ("ADJ", "NOUN", "PROPN", "VERB"):
        if tree.words[at].upos in ("NOUN", "PROPN") or _left_dead(tree, at):
            last = at
        elif last is not None:
            break
        at += 1
    return last


def _pronoun_partitive(tree: Tree, count: Count) -> bool:
    """*Two of these*, *three of whom*: a part of what was counted before."""
    after = tree.low[count.end:count.end + 2]
    return len(after) == 2 and after[0] == "of" and after[1] in _PRONOUNS \
        and count.value is not None and _no_noun_follows(tree, count.end + 2)


def _no_noun_follows(tree: Tree, at: int) -> bool:
    return at >= len(tree.words) or tree.words[at].upos not in ("NOUN", "ADJ", "PROPN", "NUM")


def _with_part(quantity: Quantity, count: Count) -> Quantity:
    value = count.value or 0.0
    if quantity.value is None or sum(quantity.parts) + value > quantity.value:
        return quantity
    return replace(quantity, parts=(*quantity.parts, value))


def _whole(tree: Tree, count: Count, counts: list[Count]) -> Count | None:
    """The count that this one is out of: *18 of 34*, *18 capitals out of 34*, *18 of its 34*."""
    for other in counts:
        if other.start < count.end or other.value is None or count.share \
                or (count.value is not None and other.value < count.value) \
                or (count.value is None and count.bound not in ("most", "many", "several")):
            continue
        between = tree.low[count.end:other.start]
        if "of" not in between or len(between) > 8 or any(
                w in (",", "and", "but", ";", "–", "in") for w in between):
            continue
        out = between[-2:] == ("out", "of") or between[-3:-1] == ("out", "of")
        of = between[0] == "of" and all(
            tree.words[i].upos != "VERB" and (tree.words[i].upos != "NOUN" or _possesses(tree, i))
            for i in range(count.end + 1, other.start))
        if out or of:
            return other
    return None


def _possesses(tree: Tree, index: int) -> bool:
    """*The country 's 34 capitals*."""
    return tree.child(index, "case") is not None and base(tree.words[index].deprel) == "nmod"


def _quantity(tree: Tree, count: Count, noun: int | None, whole: Count | None) -> Quantity | None:
    if noun is None and (count.share or whole is None) and not _stands_alone(tree, count) \
            and not (count.share and (tree.low[count.end - 1] == "cent"
                                      or tree.low[count.end - 1] in PERCENT)):
        return None
    if count.value == 1 and noun is not None and whole is None and (
            tree.low[count.end:count.end + 1] == ("of",)
            or tree.low[max(count.start - 1, 0)] == "not"):       # not one person
        return None
    unit = "" if noun is None or count.members else _unit_of(tree, noun, count)
    if count.share:
        unit = f"share of {unit}".strip()
    end = max(count.end, noun + 1) if noun is not None and noun - count.end < 12 else count.end
    start = count.start if noun is None else min(count.start, count.end - 1)
    bound = count.bound
    if bound == "exactly" and count.value is not None and noun is not None and end == noun + 1 \
            and (tail := bounds.after(tree.low, end)) and tree.low[end] in ("or", "at", "and"):
        end, bound = tail                       # twenty men or more, forty guns at least
    return Quantity(count.value, bound, unit, count.high,
                    whole.value if whole is not None else None, (),
                    Span(tree.words[start].span.start, tree.words[end - 1].span.end))


def _stands_alone(tree: Tree, count: Count) -> bool:
    """A number that is an argument itself: *killed 12*, *hundreds fled*, *the rest, some 200*."""
    word = tree.words[count.core]
    if count.value == 1 and not count.share:         # killed one
        return word.upos == "NUM" and word.deprel in ("obj", "nsubj:pass") and all(
            c.index > count.core and c.deprel == "nmod"
            and tree.low[c.index - 1] != "of" and tree.low[count.end] != "of"
            for c in tree.children[count.core])
    if (more := tree.words[word.head]).lemma.lower() == "more" and word.deprel == "nummod" \
            and more.upos != "NOUN" and more.index == count.end and not count.share:
        return more.deprel == "advmod" or base(more.deprel) in _ARGUMENTS     # wounded 48 more
    if count.share or word.upos not in ("NUM", "NOUN") \
            or tree.sentence.name_at(count.core) is not None:
        return False
    if count.bound != "exactly" and count.value is not None:      # nobody bounds a name's number
        return True
    if base(word.deprel) != "appos":
        return base(word.deprel) in _ARGUMENTS or _pronoun_partitive(tree, count)
    told = tree.words[word.head]                # no age
    if tree.low[count.end:count.end + 1] == ("who",) or told.upos == "PRON":
        return True                             # among them six who died
    return told.upos == "NOUN" and (told.lemma in _RESTS or told.feat("Number") == "Plur"
                                    or (count.value or _OLDEST + 1) > _OLDEST)


def _unit_of(tree: Tree, noun: int, count: Count) -> str:
    """The noun in the singular with the nouns and adjectives that say what kind it is; of a share
    the noun as it stands, of *others* none."""
    words, plural = tree.words, count.share
    if words[noun].lemma in _OTHERS:
        return ""
    if words[noun].lemma in _CAPTIVES and not plural:        # took eleven constables prisoner
        taken = next((c for c in tree.all_children(noun, "compound") if c.index == noun - 1
                      and c.feat("Number") == "Plur"), None)
        noun = taken.index if taken is not None else noun
    kind = []
    for child in tree.children[noun]:
        if child.index < noun and not count.start <= child.index < count.end \
                and base(child.deprel) in ("amod", "compound") \
                and child.upos in ("ADJ", "NOUN") and not child.form[0].isupper() \
                and child.lemma.lower() not in _COUNTING and not child.form[0].isdigit():
            kind.append(child.index)
    lemma = words[noun].lemma.lower()
    low = tree.low[noun]
    if low.endswith(("ers", "ors")) and not plural:
        lemma = low[:-1]                      # some lemmatisers make a village of villagers
    if lemma.endswith("ie") and low.endswith("ies"):
        lemma = lemma[:-2] + "y"              # and a lorrie of lorries
    if low.endswith("s") and low.startswith(lemma) and len(low) - len(lemma) > 2 \
            and not low.endswith("es"):
        lemma = low[:-1]                      # and a jaw of jawans
    if low.endswith("people") and low != "people":
        lemma = low.removesuffix("people") + "person"        # tribespeople
    noun_text = words[noun].form.lower() if plural else _SINGULARS.get(lemma, lemma)
    return " ".join([*(words[i].form.lower() for i in kind), noun_text])
