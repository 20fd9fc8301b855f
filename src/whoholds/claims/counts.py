"""Numbers in a sentence, and what stands for them, with the words that bound them: *at least two*,
*18 to 20*, *dozens of*, *over half*. What they count is looked for in quantities.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.claims import bounds
from whoholds.claims.clauses import Tree, base
from whoholds.claims.numerals import HUNG, SCALES, Numeral, numerals
from whoholds.core import Bound, Word

VAGUE_NOUNS: dict[str, Bound] = {
    "dozens": "dozens", "scores": "dozens", "tens": "dozens", "hundreds": "hundreds",
    "thousands": "thousands", "millions": "thousands", "lots": "many"}
_VAGUE_WORDS: dict[str, Bound] = {
    "several": "several", "few": "several", "multiple": "several", "various": "several",
    "many": "many", "numerous": "many", "countless": "many", "most": "most"}
GROUPS: dict[str, Bound] = {"number": "several", "handful": "several", "couple": "several",
                           "majority": "most", "lot": "many", "bulk": "most"}
_SCALES: dict[str, Bound] = {"dozen": "dozens", "hundred": "hundreds", "thousand": "thousands",
                             "million": "thousands"}
FRACTIONS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
             "fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1}
PAIRS = {"pair": 2.0, "brace": 2.0, "trio": 3.0}
_VAGUE = frozenset({"some", *PAIRS, *FRACTIONS, *VAGUE_NOUNS, *_VAGUE_WORDS, *GROUPS})
_SOME_OF = frozenset({("of", "the"), ("of", "its"), ("of", "their"), ("of", "those"),
                      ("of", "these")})
PERCENT = frozenset({"percent", "%", "pc", "p.c.", "percentage"})
_CHANGES = frozenset({"rise", "raise", "grow", "climb", "increase", "jump", "soar", "swell", "fall",
                      "drop", "cut", "reduce", "shrink", "decline", "dwindle", "revise", "double"})
_PLACING = frozenset({"around", "over", "above", "under", "below", "beyond"})
# what stands between two numbers of which the second is less sure: *eight, perhaps nine, men*
_PERHAPS = frozenset({(",", "perhaps"), (",", "maybe"), (",", "possibly"), ("or", "perhaps"),
                      ("or", "even"), ("or", "possibly"), ("or", "maybe"), (",", "or"),
                      (",", "or", "perhaps"), ("and", "possibly"), ("and", "perhaps")})
NOUNS = ("NOUN", "PROPN", "SYM")


@dataclass(frozen=True, slots=True)
class Count:
    """A number, or what stands for one: words ``start`` to ``end``, bound words included."""

    start: int
    end: int
    core: int                 # the word of the number that the tree joins to its noun
    value: float | None
    bound: Bound
    high: float | None = None
    share: bool = False
    members: bool = False     # *a 1,200-strong garrison*: as many as the noun has members


def counts_in(tree: Tree) -> list[Count]:
    """Digits, number words, ranges, shares and vague numbers, in order, never overlapping."""
    found = [n for n in numerals([w.form for w in tree.words])
             if not (tree.low[n.start] in _SCALES and n.start
                     and tree.low[n.start - 1] in ("several", "few", "many"))]
    counts: list[Count] = []
    at = 0
    while at < len(found):
        second = found[at + 1] if at + 1 < len(found) else None
        between = tree.low[found[at].end:second.start] if second else ()
        joint = "or" if between in _PERHAPS else between[0] if len(between) == 1 else ""
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


def _numbered(tree: Tree, one: Numeral) -> Count:
    start, bound = _bound_before(tree, one.start)
    end = one.end + 1 if tree.low[one.end:one.end + 1] == ("-",) else one.end
    share = FRACTIONS.get(tree.low[end]) if end < len(tree.words) else None
    if share is not None and share < 0.5:      # two thirds, two-thirds, a fifth
        end += 1
        return Count(start, end, _core(tree, one.start, end), one.value * share, bound, share=True)
    if (percent := _percent(tree, one.end)) is not None:
        return Count(start, percent + 1, percent, one.value / 100, bound, share=True)
    if one.value == 1 and (every := _every(tree, one.end)) is not None:
        return Count(start, every.end, _core(tree, one.start, every.end), 1 / every.value, bound,
                      share=True)
    core, last = _core(tree, one.start, one.end), one.end
    hung = tree.low[end] if end < len(tree.words) else ""
    if hung == "strong" or (end > one.end and hung in HUNG):          # 1,200-strong, 40-odd
        core, last = _core(tree, one.start, end + 1), end + 1
        if hung == "strong":
            return Count(start, last, core, one.value, bound, members=True)
    after = bounds.after(tree.low, one.end) if bound == "exactly" else None
    return Count(start, max(last, after[0]) if after else last, core, one.value,
                  after[1] if after else bound)


def _percent(tree: Tree, at: int) -> int | None:
    """The last word of *percent*, *per cent* at ``at``."""
    if tree.low[at:at + 2] == ("per", "cent"):
        return at + 1
    return at if at < len(tree.words) and tree.low[at] in PERCENT else None


def _every(tree: Tree, at: int) -> Numeral | None:
    """The number after *one in …*, *one in every …*."""
    if tree.low[at:at + 1] != ("in",):
        return None
    at += 2 if tree.low[at + 1:at + 2] == ("every",) else 1
    return next((n for n in numerals([w.form for w in tree.words[at:at + 3]])
                 if n.start == 0 and 1 < n.value <= 1_000
                 for n in (Numeral(at, at + n.end, n.value),)), None)


def _ranged(tree: Tree, low: Numeral, high: Numeral) -> Count:
    start = low.start - 1 if low.start and tree.low[low.start - 1] == "between" else low.start
    core = _core(tree, low.start, high.end)
    if (percent := _percent(tree, high.end)) is not None:
        return Count(start, percent + 1, percent, low.value / 100, "between", high.value / 100,
                      share=True)
    scale = SCALES.get(tree.low[high.end - 1], 1)
    if scale > 12 and low.value < high.value / scale:        # two to three thousand
        return Count(start, high.end, core, low.value * scale, "between", high.value)
    return Count(start, high.end, core, low.value, "between", high.value)


def _changed(tree: Tree, low: Numeral) -> bool:
    """*Rose from 40 to 64*: two numbers, one after the other."""
    return low.start > 0 and tree.low[low.start - 1] == "from" and any(
        tree.words[i].lemma.lower() in _CHANGES for i in tree.path(low.start))


def _bound_before(tree: Tree, start: int) -> tuple[int, Bound]:
    """Where the words that bound the number begin, and the bound."""
    if start and _where(tree, tree.words[start - 1]):
        return start, "exactly"              # fighting around two towns
    return bounds.before(tree.low, [w.lemma for w in tree.words[:start]], start)


def _where(tree: Tree, word: Word) -> bool:
    """Whether *around*, *over* or *under* says where, and not how many: it is the only preposition
    of a phrase."""
    if word.form.lower() not in _PLACING or word.upos != "ADP" or base(word.deprel) != "case" \
            or word.head < 0:
        return False
    return base(tree.words[word.head].deprel) in ("nmod", "obl") \
        and len(tree.all_children(word.head, "case")) == 1


def _vague(tree: Tree) -> list[Count]:
    """*Dozens of*, *several*, *most*, *a number of*, *half*."""
    found = []
    for index, low in enumerate(tree.low):
        if low not in _VAGUE:
            continue
        start, bound = _bound_before(tree, index)
        following = tree.low[index + 1] if index + 1 < len(tree.low) else ""
        if low in ("half", "quarter", "third") and (
                low == "half" or (index and tree.low[index - 1] == "a")):
            found.append(Count(min(start, index), index + 1, index, FRACTIONS[low], bound,
                                share=True))
        elif low in VAGUE_NOUNS:
            scale = VAGUE_NOUNS[low]
            end = index + 1
            if tree.low[index - 2:index] in (("tens", "of"), ("hundreds", "of")):
                start, scale = index - 2, "thousands"
            elif tree.low[end:end + 2] in (("of", "thousands"), ("of", "millions")):
                continue
            found.append(Count(start, end, index, None, scale))
        elif low in ("several", "few", "many") and following in _SCALES:
            first = index - 1 if index and tree.low[index - 1] == "a" else index
            found.append(Count(first, index + 2, index + 1, None, _SCALES[following]))
        elif low in PAIRS and following == "of" and index and tree.low[index - 1] == "a":
            found.append(Count(index - 1, index + 1, index, PAIRS[low], "exactly"))
        elif low == "some":
            if tree.low[index + 1:index + 3] in _SOME_OF \
                    and tree.words[min(index + 3, len(tree.words) - 1)].upos == "NUM":
                found.append(Count(index, index + 1, index, None, "several"))
        elif low in _VAGUE_WORDS and _quantifies(tree, index):
            found.append(Count(index, index + 1, index, None, _VAGUE_WORDS[low]))
        elif low in GROUPS and following == "of" and index and tree.low[index - 1] in (
                "a", "the", "large", "small", "growing", "vast"):
            bound = "many" if tree.low[index - 1] in ("large", "growing") else GROUPS[low]
            if not (low == "number" and tree.low[index - 1] == "the"):
                found.append(Count(index - 1, index + 1, index, None, bound))
    return found


def _quantifies(tree: Tree, index: int) -> bool:
    """Whether *several*, *many*, *most* counts a noun (not *most important*, *so many as*)."""
    word = tree.words[index]
    if base(word.deprel) not in ("amod", "det", "nummod", "nsubj", "obj", "obl", "nmod"):
        return False
    if base(word.deprel) in ("amod", "det", "nummod"):
        return word.head > index and tree.words[word.head].upos in NOUNS
    return index + 1 < len(tree.low) and tree.low[index + 1] == "of"
