"""Attributions that news marks by layout: datelines, and headlines with a colon or a dash."""

from __future__ import annotations

import re

from whoholds.claims.clauses import Tree
from whoholds.claims.sources import label_of, words

# KABUL, Aug 15 (Reuters) - ... ; (AP) — ... : within a report's first lines
DATELINE = re.compile(
    r"^[^\n]{0,60}?\((?P<agency>[A-Z][\w ./&’'-]{1,30})\)\s*[-–—]{1,2}\s", re.MULTILINE)
CREDITS = frozenset({"source", "sources"})
SOURCE_WORDS = 6             # words that a headline's source has at most
STAMP_WORDS = 6              # words within which the dash behind a time of day stands
# who may stand before a colon and words without a verb (*Police: at least 13 dead*)
SPEAKERS = frozenset({"official", "spokesperson", "media", "agency"})
CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:am|pm)?|\d{1,2}(?:am|pm)|noon|midnight", re.IGNORECASE)
DATELINE_REACH = 600         # characters from the start in which a dateline may stand


def dateline_agency(text: str) -> str | None:
    """The agency named in the report's dateline, or None."""
    found = DATELINE.search(text[:DATELINE_REACH])
    return found["agency"].strip() if found else None


def credited(tree: Tree) -> int | None:
    """The head of the name behind *Source:* where a line says nothing else; None elsewhere."""
    if len(tree.words) < 3 or tree.low[0] not in CREDITS or tree.words[1].form != ":" \
            or any(w.upos in ("VERB", "AUX") for w in tree.words):
        return None
    return next((w.index for w in tree.words[2:] if w.upos in ("NOUN", "PROPN")
                 and not 1 < w.head < len(tree.words)), None)


def headline(tree: Tree) -> tuple[int, frozenset[int], frozenset[int]] | None:
    """The source of a line such as *Taliban take Herat: officials* or *UN: clashes in Herat*.

    Gives the head of its noun phrase, its words, and the words reported; None where the line has no
    such form: a short verbless part before or behind a colon or dash, beside a part with a verb.
    """
    for word in tree.words:
        if word.form not in (":", "-", "–", "—", "|") or not 0 < word.index < len(tree.words) - 1 \
                or word.span.end == tree.words[word.index + 1].span.start:
            continue
        left = frozenset(range(_stamped(tree), word.index))
        right = frozenset(range(word.index + 1, len(tree.words)))
        for own, content in ((right, left), (left, right)):
            if (own is left and word.form != ":") or (
                    own is right and tree.low[-1] == "." and not _signed(tree, word.index)):
                continue
            plain = [i for i in own if tree.words[i].upos != "PUNCT"]
            if not 0 < len(plain) <= SOURCE_WORDS or any(
                    tree.words[i].upos in ("VERB", "AUX", "NUM") for i in plain):
                continue
            head = _head(tree, plain)
            if not any(tree.words[i].upos in ("VERB", "AUX") for i in content) and not (
                    own is left and label_of(tree.words[head]) in SPEAKERS):
                continue
            if own is left and not _speaks(tree, head):
                continue
            return head, own, content
    return None


def _signed(tree: Tree, dash: int) -> bool:
    """*Tunnel closed – police.*: one or two words behind a dash, the last one a speaker's."""
    behind = [w for w in tree.words[dash + 1:] if w.upos != "PUNCT"]
    return tree.words[dash].form != ":" and 0 < len(behind) <= 3 \
        and behind[-1].lemma.lower() in words().nouns


def _stamped(tree: Tree) -> int:
    """Where the line starts behind a live report's time (*09:00 GMT - Interior ministry: ...*)."""
    if CLOCK.fullmatch(tree.words[0].form) and len(tree.words) > 2 \
            and tree.words[1].upos in ("PROPN", "NOUN", "ADJ"):
        return 1 + (tree.low[1] in ("am", "pm"))             # 18:45 Police official: ...
    for word in tree.words[1:STAMP_WORDS]:
        before = tree.words[:word.index]
        if word.form in ("-", "–", "—"):
            return word.index + 1 if any(w.upos == "NUM" for w in before) and not any(
                w.upos in ("VERB", "AUX") for w in before) else 0
    return 0


def _head(tree: Tree, plain: list[int]) -> int:
    """The noun whose head lies outside the part, else its last noun."""
    nouns = [i for i in plain if tree.words[i].upos in ("NOUN", "PROPN")] or plain
    return next((i for i in nouns if tree.words[i].head not in plain), nouns[-1])


def _speaks(tree: Tree, head: int) -> bool:
    """Before a colon a bare place name heads a dateline; a person or an organisation speaks."""
    found = tree.sentence.name_at(head)
    return (found is not None and found.type in ("PER", "ORG")) or tree.low[head] in words().nouns \
        or tree.words[head].lemma.lower() in words().nouns
