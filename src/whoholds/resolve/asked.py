"""What a mention's words ask for: names, kind of place, container, direction, a set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from whoholds.core import Mention
from whoholds.resolve.atlas import Atlas, Token, tokens
from whoholds.resolve.names import normalise, phrase, singular
from whoholds.resolve.words import DIRECTIONS, FORCES, INVARIANT, AskedType, find_type, vocabulary

_INSIDE = vocabulary(
    "in near at on from with outside around inside within between along to by "
    "of into across throughout")
_LINKS = vocabulary(
    "of e i ye al el de la le du the aw wa ud di da del ez as ash ad")
_ARTICLES = frozenset({"the", "a", "an", "all"})
_QUANTIFIERS = vocabulary(
    "all every each most several many some both half over under more than less least few "
    "number dozen dozens majority remaining other another nearly almost about "
    "two three four five six seven eight nine ten eleven twelve")
_FOCUS = vocabulary("only even just its their his her our this that these those")
_BEGINNING = _QUANTIFIERS | _ARTICLES | _FOCUS | frozenset(DIRECTIONS)
_GLUE = frozenset(" -–’'.\u00a0")   # what may stand between the words of one name


@dataclass(frozen=True, slots=True)
class Asked:
    """A mention of a place, taken apart.

    ``names`` are proper names that may be the place's own, best first; ``containers`` those of
    what it lies in or belongs to; ``demonyms`` the countries that an adjective names;
    ``direction`` as in *eastern*; ``words`` the normal form, nouns in the singular; ``several``
    whether it speaks of more than one; ``label`` the words that tell the kind; ``told`` whether
    the kind is the claims stage's word, not the mention's own; ``whole`` whether the mention is
    one name and nothing else.
    """

    names: tuple[str, ...]
    type: AskedType | None
    containers: tuple[str, ...]
    demonyms: tuple[str, ...]
    direction: str | None
    words: str
    several: bool
    label: str = ""
    told: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one proper name: positions, text, and whether it is a possessor."""

    start: int
    end: int
    text: str
    possessive: bool


def read_mention(mention: Mention, atlas: Atlas) -> Asked:
    """Take a place mention apart by its own words and the fields that the claims stage filled."""
    words = tokens(mention.text)
    plain = [t.word for t in words]
    runs, demonyms = _runs(mention.text, words, atlas)
    if mention.form == "description":      # Gateway, at a sentence's start: no name
        runs = [r for r in runs if r.start or r.end > 1
                or singular(plain[0]) not in {singular(normalise(mention.head)), *FORCES}]
    found = find_type(plain)
    if found and words[found[1] - 1].possessive:      # the town's prison: a prison
        after = find_type(plain[found[1]:])
        found = (after[0] + found[1], after[1] + found[1], after[2]) if after else found
    names, containers = _roles(mention.text, words, runs, found)
    kind = found[2] if found else None
    told = kind is None and mention.type_word is not None
    if told and mention.type_word:
        asked = find_type(normalise(mention.type_word).split())
        kind = asked[2] if asked else None
    if found and len(names) == 1 and found[2] != "country" \
            and normalise(names[0]).removeprefix("the ") in atlas.country_names \
            and singular(plain[found[1] - 1]) != plain[found[1] - 1]:
        names, containers = [], [*names, *containers]      # the provinces of Mali
    if not names and mention.form == "name" and mention.head[:1].isupper() \
            and mention.head not in containers:
        names = [mention.head]
    if mention.container:
        inner, more = _runs(mention.container, tokens(mention.container), atlas)
        containers, demonyms = [r.text for r in inner] + containers, demonyms + more
    label = phrase(" ".join(plain[found[0]:found[1]]) if found else mention.type_word or "")
    direction = next((DIRECTIONS[w] for w in plain if w in DIRECTIONS), None)
    if kind == "region" and (direction is None or runs):
        kind = None          # West Virginia is no west
    plural = mention.plural and not (found and plain[found[1] - 1] in INVARIANT)
    several = plural or mention.quantifier is not None or any(
        w in _QUANTIFIERS or w.isdigit() for w in plain)
    return Asked(tuple(dict.fromkeys(names)), kind, tuple(dict.fromkeys(containers)),
                 tuple(dict.fromkeys(demonyms)), direction, phrase(mention.text), several, label,
                 told,
                 len(runs) == 1 and runs[0].end - runs[0].start >= len(words) - 1
                 and all(w.upper or w.word in _LINKS for w in words[1:]))


def _runs(text: str, words: Sequence[Token], atlas: Atlas) -> tuple[list[_Run], list[str]]:
    """Proper names by their capitals, adjectives of nationality left out; and those countries."""
    demonyms: list[str] = []
    runs: list[_Run] = []
    i = 0
    while i < len(words):
        if not words[i].upper or words[i].word.isdigit() or _merely_first(words, i):
            i += 1
            continue
        adjective = _adjective(words, i, atlas)
        if adjective:
            i, isos = adjective
            demonyms += isos
            continue
        end = i + 1
        while end < len(words) and not words[end - 1].possessive:
            step = 1 if words[end].upper else 2
            if end + step > len(words) or not words[end + step - 1].upper \
                    or (step == 2 and words[end].word not in _LINKS) \
                    or not _glued(text, words[end - 1:end + step]):
                break
            end += step
        runs.append(_Run(i, end, text[words[i].start:words[end - 1].end],
                         words[end - 1].possessive))
        i = end
    return runs, demonyms


def _glued(text: str, words: Sequence[Token]) -> bool:
    return all(set(text[a.end:b.start]) <= _GLUE
               for a, b in pairwise(words))


def _merely_first(words: Sequence[Token], i: int) -> bool:
    """A capital that only begins a sentence: *The capital*, *All border crossings*."""
    return i == 0 and words[0].word in _BEGINNING \
        and not (len(words) > 1 and words[1].upper and words[0].word in DIRECTIONS)


def _adjective(words: Sequence[Token], i: int, atlas: Atlas) -> tuple[int, list[str]] | None:
    """A demonym before another word at ``i``: where it ends, and its countries."""
    for length in (2, 1):
        isos = atlas.demonyms.get(" ".join(t.word for t in words[i:i + length]))
        if isos and i + length < len(words) and not words[i + length - 1].possessive:
            return i + length, list(isos)
    return None


def _stem(text: str, words: Sequence[Token], run: _Run, found: tuple[int, int, AskedType]) -> str:
    """A name without the word of its kind, where that stands first or last."""
    if found[1] == run.end and found[0] > run.start:
        return text[words[run.start].start:words[found[0] - 1].end]
    if found[0] == run.start and found[1] < run.end:
        rest = found[1] + (words[found[1]].word == "of")
        return text[words[rest].start:words[run.end - 1].end] if rest < run.end else ""
    return ""


def _roles(text: str, words: Sequence[Token], runs: list[_Run],
           found: tuple[int, int, AskedType] | None) -> tuple[list[str], list[str]]:
    """Which runs name the place itself, and which name what holds it."""
    names: list[str] = []
    inside: list[str] = []
    for run in runs:
        before = [w.word for w in words[:run.start] if w.word not in _ARTICLES]
        last = before[-1] if before else ""
        within = found is not None and run.start <= found[0] and found[1] <= run.end
        if within and found and (run.start, run.end) == found[:2]:
            continue                                  # Embassy: a kind, no name
        if within and found:
            stem = _stem(text, words, run, found)     # Kabul University, Takhar Province
            names = [run.text, *([stem] if stem else []), *names]
        elif run.possessive:
            inside.append(run.text)                   # Ukraine's capital
        elif found and last == "of" and found[2] != "capital" and not names \
                and find_type(before[:-1]) is not None:
            names.append(run.text)                    # the district of Bagram
        elif last in _INSIDE:
            inside.append(run.text)
        else:
            names.append(run.text)                    # Torkham border crossing; the capital Kabul
    if not names and inside and found is None:
        names = inside[-1:]                           # the northern bastion of Mazar-i-Sharif
        inside = inside[:-1]
    return names, inside


ORDINALS = vocabulary("another first second third fourth fifth sixth seventh eighth ninth tenth "
                       "eleventh twelfth a an one")
_RANKS = (ORDINALS - {"a", "an", "one"}) | vocabulary("next last previous latest most biggest")
_NO_SUPERLATIVES = vocabulary("west northwest southwest forest midwest guest request harvest rest")


def vague(asked: Asked) -> bool:
    """Whether a rank or another unsaid one of its kind is meant: *the third largest city*."""
    return any(w in _RANKS or (w.endswith("est") and len(w) > 4 and w not in _NO_SUPERLATIVES)
               for w in asked.words.split())


def pointed_at(mention: Mention, asked: Asked) -> str | None:
    """The kind of place that a set belongs to by words that only point back: *its suburbs*, *towns
    in its district*, *buildings of the city*; None where they may be a country's."""
    pointing = normalise(mention.container or "").split()
    found = find_type(pointing)
    if found is not None and found[2] in ("city", "district", "province"):
        return found[2]
    own = mention.text.split()[:1] in (["its"], ["Its"]) or bool(pointing)
    return "city" if own and (asked.label in _PARTS_OF_CITIES or asked.type == "building") else None


_PARTS_OF_CITIES = vocabulary("suburb neighbourhood neighborhood township")
THEIRS = ("their ", "his ", "her ", "our ", "my ")
_PART_WORDS = vocabulary("part half end country of the most all")


def only_direction(asked: Asked) -> bool:
    """Whether the words name but a part of a country: *the east*, not *the eastern forts*."""
    return all(w in DIRECTIONS or w in _PART_WORDS for w in asked.words.split())


def without_article(text: str) -> str:
    words = text.split()
    return " ".join(words[1:] if words and words[0].lower() in ("the", "a", "an") else words)


def speaks_of_several(mention: Mention) -> bool:
    """Whether a word of the mention that tells a kind of place is a plural by its form."""
    plain = [t.word for t in tokens(mention.text)]
    found = find_type(plain)
    last = plain[found[1] - 1] if found else ""
    return singular(last) != last and last not in INVARIANT
