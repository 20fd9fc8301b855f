"""Reads how many: *at least two helicopters*, *18 of 34 capitals*, *hundreds of men*, *over half*.

Numbers that say when (dates, hours), that name (*Resolution 2254*) or that rank (*the sixth city*)
are no quantities. *All* and *every* are quantifiers of a mention, not numbers, and give none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.claims import bounds
from whoholds.claims.clauses import Tree, base
from whoholds.claims.numerals import HUNG, SCALES, Numeral, numerals
from whoholds.claims.timex import Expression, expressions
from whoholds.core import Bound, Quantity, Sentence, Span

_VAGUE_NOUNS: dict[str, Bound] = {
    "dozens": "dozens", "scores": "dozens", "tens": "dozens", "hundreds": "hundreds",
    "thousands": "thousands", "millions": "thousands", "lots": "many"}
_VAGUE_WORDS: dict[str, Bound] = {
    "several": "several", "few": "several", "multiple": "several", "various": "several",
    "many": "many", "numerous": "many", "countless": "many", "most": "most"}
_GROUPS: dict[str, Bound] = {"number": "several", "handful": "several", "couple": "several",
                             "majority": "most", "lot": "many", "bulk": "most"}
_SCALES: dict[str, Bound] = {"dozen": "dozens", "hundred": "hundreds", "thousand": "thousands",
                             "million": "thousands"}
_CURRENCIES = frozenset({"$", "€", "£", "us$", "¥", "₽"})
_SINGULARS = {"people": "person", "basis": "base"}     # a base's plural is lemmatised as a basis's
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
              "fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1}
_PAIRS = {"pair": 2.0, "brace": 2.0, "trio": 3.0}
_VAGUE = frozenset({*_PAIRS, *_FRACTIONS, *_VAGUE_NOUNS, *_VAGUE_WORDS, *_GROUPS})
_PERCENT = frozenset({"percent", "%", "pc", "p.c.", "percentage"})
_CHANGES = frozenset({"rise", "raise", "grow", "climb", "increase", "jump", "soar", "swell", "fall",
                      "drop", "cut", "reduce", "shrink", "decline", "dwindle", "revise", "double"})
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
_NOUNS = ("NOUN", "PROPN", "SYM")
# adjectives that are counted like nouns: *thirty dead*
_COUNTED = frozenset({"dead", "wounded", "injured", "killed", "missing", "homeless", "displaced"})


@dataclass(frozen=True, slots=True)
class _Count:
    """A number, or what stands for one: words ``start`` to ``end``, bound words included."""

    start: int
    end: int
    core: int                 # the word of the number that the tree joins to its noun
    value: float | None
    bound: Bound
    high: float | None = None
    share: bool = False
    members: bool = False     # *a 1,200-strong garrison*: as many as the noun has members


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
        counts = _counts(self.tree)
        if not counts:
            return ()
        times = self._times() if self._times is not None else expressions(self.tree.sentence)
        timed = {i for e in times for i in range(e.start, e.end)}
        return _told(self.tree, [
            c for c in counts if c.core not in timed
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


def _told(tree: Tree, counts: list[_Count]) -> tuple[tuple[int, Quantity], ...]:
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
    return tree.words[index].upos == "NUM" or low in _VAGUE_NOUNS or low in _FRACTIONS \
        or low in _PERCENT or low in _GROUPS or low in _PAIRS or low == "cent"


# -- numbers and their bounds -----------------------------------------------------------------


def _counts(tree: Tree) -> list[_Count]:
    """Digits, number words, ranges, shares and vague numbers, in order, never overlapping."""
    found = [n for n in numerals([w.form for w in tree.words])
             if not (tree.low[n.start] in _SCALES and n.start
                     and tree.low[n.start - 1] in ("several", "few", "many"))]
    counts: list[_Count] = []
    at = 0
    while at < len(found):
        second = found[at + 1] if at + 1 < len(found) else None
        joint = tree.low[found[at].end] if second and second.start == found[at].end + 1 else ""
        ranged = joint in ("to", "-", "–", "or") or (
            joint == "and" and found[at].start > 0 and tree.low[found[at].start - 1] == "between")
        if second is not None and ranged and second.value > found[at].value \
                and not _changed(tree, found[at]):
            counts.append(_ranged(tree, found[at], second))
            at += 1
        else:
            counts.append(_numbered(tree, found[at]))
        at += 1
        while at < len(found) and found[at].start < counts[-1].end:      # one in three
            at += 1
    taken = {i for c in counts for i in range(c.start, c.end)}
    counts += [c for c in _vague(tree) if not taken & set(range(c.start, c.end))]
    return sorted(counts, key=lambda c: c.start)


def _core(tree: Tree, start: int, end: int) -> int:
    """The word of ``start`` to ``end`` whose head lies outside."""
    inside = range(start, end)
    return next((i for i in inside if tree.words[i].head not in inside), end - 1)


def _numbered(tree: Tree, one: Numeral) -> _Count:
    start, bound = _bound_before(tree, one.start)
    end = one.end + 1 if tree.low[one.end:one.end + 1] == ("-",) else one.end
    share = _FRACTIONS.get(tree.low[end]) if end < len(tree.words) else None
    if share is not None and share < 0.5:      # two thirds, two-thirds, a fifth
        end += 1
        return _Count(start, end, _core(tree, one.start, end), one.value * share, bound, share=True)
    if (percent := _percent(tree, one.end)) is not None:
        return _Count(start, percent + 1, percent, one.value / 100, bound, share=True)
    if one.value == 1 and (every := _every(tree, one.end)) is not None:
        return _Count(start, every.end, _core(tree, one.start, every.end), 1 / every.value, bound,
                      share=True)
    core, last = _core(tree, one.start, one.end), one.end
    hung = tree.low[end] if end < len(tree.words) else ""
    if hung == "strong" or (end > one.end and hung in HUNG):          # 1,200-strong, 40-odd
        core, last = _core(tree, one.start, end + 1), end + 1
        if hung == "strong":
            return _Count(start, last, core, one.value, bound, members=True)
    after = bounds.after(tree.low, one.end) if bound == "exactly" else None
    return _Count(start, max(last, after[0]) if after else last, core, one.value,
                  after[1] if after else bound)


def _percent(tree: Tree, at: int) -> int | None:
    """The last word of *percent*, *per cent* at ``at``."""
    if tree.low[at:at + 2] == ("per", "cent"):
        return at + 1
    return at if at < len(tree.words) and tree.low[at] in _PERCENT else None


def _every(tree: Tree, at: int) -> Numeral | None:
    """The number after *one in …*, *one in every …*."""
    if tree.low[at:at + 1] != ("in",):
        return None
    at += 2 if tree.low[at + 1:at + 2] == ("every",) else 1
    return next((n for n in numerals([w.form for w in tree.words[at:at + 3]])
                 if n.start == 0 and 1 < n.value <= 1_000
                 for n in (Numeral(at, at + n.end, n.value),)), None)


def _ranged(tree: Tree, low: Numeral, high: Numeral) -> _Count:
    start = low.start - 1 if low.start and tree.low[low.start - 1] == "between" else low.start
    core = _core(tree, low.start, high.end)
    if (percent := _percent(tree, high.end)) is not None:
        return _Count(start, percent + 1, percent, low.value / 100, "between", high.value / 100,
                      share=True)
    scale = SCALES.get(tree.low[high.end - 1], 1)
    if scale > 12 and low.value < high.value / scale:        # two to three thousand
        return _Count(start, high.end, core, low.value * scale, "between", high.value)
    return _Count(start, high.end, core, low.value, "between", high.value)


def _changed(tree: Tree, low: Numeral) -> bool:
    """*Rose from 40 to 64*: two numbers, one after the other."""
    return low.start > 0 and tree.low[low.start - 1] == "from" and any(
        tree.words[i].lemma.lower() in _CHANGES for i in tree.path(low.start))


def _bound_before(tree: Tree, start: int) -> tuple[int, Bound]:
    """Where the words that bound the number begin, and the bound."""
    return bounds.before(tree.low, [w.lemma for w in tree.words[:start]], start)


def _vague(tree: Tree) -> list[_Count]:
    """*Dozens of*, *several*, *most*, *a number of*, *half*."""
    found = []
    for index, low in enumerate(tree.low):
        if low not in _VAGUE:
            continue
        start, bound = _bound_before(tree, index)
        following = tree.low[index + 1] if index + 1 < len(tree.low) else ""
        if low in ("half", "quarter", "third") and (
                low == "half" or (index and tree.low[index - 1] == "a")):
            found.append(_Count(min(start, index), index + 1, index, _FRACTIONS[low], bound,
                                share=True))
        elif low in _VAGUE_NOUNS:
            scale = _VAGUE_NOUNS[low]
            end = index + 1
            if tree.low[index - 2:index] in (("tens", "of"), ("hundreds", "of")):
                start, scale = index - 2, "thousands"
            elif tree.low[end:end + 2] in (("of", "thousands"), ("of", "millions")):
                continue
            found.append(_Count(start, end, index, None, scale))
        elif low in ("several", "few", "many") and following in _SCALES:
            first = index - 1 if index and tree.low[index - 1] == "a" else index
            found.append(_Count(first, index + 2, index + 1, None, _SCALES[following]))
        elif low in _PAIRS and following == "of" and index and tree.low[index - 1] == "a":
            found.append(_Count(index - 1, index + 1, index, _PAIRS[low], "exactly"))
        elif low in _VAGUE_WORDS and _quantifies(tree, index):
            found.append(_Count(index, index + 1, index, None, _VAGUE_WORDS[low]))
        elif low in _GROUPS and following == "of" and index and tree.low[index - 1] in (
                "a", "the", "large", "small", "growing", "vast"):
            bound = "many" if tree.low[index - 1] in ("large", "growing") else _GROUPS[low]
            if not (low == "number" and tree.low[index - 1] == "the"):
                found.append(_Count(index - 1, index + 1, index, None, bound))
    return found


def _quantifies(tree: Tree, index: int) -> bool:
    """Whether *several*, *many*, *most* counts a noun (not *most important*, *so many as*)."""
    word = tree.words[index]
    if base(word.deprel) not in ("amod", "det", "nummod", "nsubj", "obj", "obl", "nmod"):
        return False
    if base(word.deprel) in ("amod", "det", "nummod"):
        return word.head > index and tree.words[word.head].upos in _NOUNS
    return index + 1 < len(tree.low) and tree.low[index + 1] == "of"


# -- what is counted --------------------------------------------------------------------------


def _counted(tree: Tree, count: _Count) -> int | None:
    """The noun that is counted: what the number modifies, its *of*, or the subject of *is four*."""
    word = tree.words[count.core]
    partitive = next((c.index for c in tree.all_children(count.core, "nmod", "obl")
                      if {"of", "out of"} & set(tree.marks(c.index))
                      and not count.start <= c.index < count.end), None)
    if partitive is not None and not count.share:
        return partitive if tree.words[partitive].upos in _NOUNS else None
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
    return tree.words[index].upos in _NOUNS or tree.low[index] in _COUNTED \
        or tree.words[index].lemma in _OTHERS


def _left_dead(tree: Tree, index: int) -> bool:
    """*Left thirty dead*, *with ten wounded*: no verb, and no noun behind it."""
    return tree.low[index] in _COUNTED and tree.words[index].upos == "ADJ" and (
        index + 1 >= len(tree.words) or tree.words[index + 1].upos not in ("NOUN", "PROPN"))


def _not_a_name(tree: Tree, noun: int, count: _Count) -> int | None:
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


def _next_noun(tree: Tree, count: _Count) -> int | None:
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


def _pronoun_partitive(tree: Tree, count: _Count) -> bool:
    """*Two of these*, *three of whom*: a part of what was counted before."""
    after = tree.low[count.end:count.end + 2]
    return len(after) == 2 and after[0] == "of" and after[1] in _PRONOUNS \
        and count.value is not None and _no_noun_follows(tree, count.end + 2)


def _no_noun_follows(tree: Tree, at: int) -> bool:
    return at >= len(tree.words) or tree.words[at].upos not in ("NOUN", "ADJ", "PROPN", "NUM")


def _with_part(quantity: Quantity, count: _Count) -> Quantity:
    value = count.value or 0.0
    if quantity.value is None or sum(quantity.parts) + value > quantity.value:
        return quantity
    return replace(quantity, parts=(*quantity.parts, value))


def _whole(tree: Tree, count: _Count, counts: list[_Count]) -> _Count | None:
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


def _quantity(tree: Tree, count: _Count, noun: int | None, whole: _Count | None) -> Quantity | None:
    if noun is None and (count.share or whole is None) and not _stands_alone(tree, count) \
            and not (count.share and (tree.low[count.end - 1] == "cent"
                                      or tree.low[count.end - 1] in _PERCENT)):
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


def _stands_alone(tree: Tree, count: _Count) -> bool:
    """A number that is an argument itself: *killed 12*, *hundreds fled*, *the rest, some 200*."""
    word = tree.words[count.core]
    if count.share or count.value == 1 or word.upos not in ("NUM", "NOUN") \
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


def _unit_of(tree: Tree, noun: int, count: _Count) -> str:
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
    if tree.low[noun].endswith(("ers", "ors")) and not plural:
        lemma = tree.low[noun][:-1]           # some lemmatisers make a village of villagers
    if lemma.endswith("ie") and tree.low[noun].endswith("ies"):
        lemma = lemma[:-2] + "y"              # and a lorrie of lorries
    noun_text = words[noun].form.lower() if plural else _SINGULARS.get(lemma, lemma)
    return " ".join([*(words[i].form.lower() for i in kind), noun_text])
