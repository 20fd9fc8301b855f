"""What sort of thing a noun phrase names: place, forces, people, matériel ... by its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from whoholds.claims.trees import Tree, base
from whoholds.core import DataError

LISTED = frozenset({"settlement", "admin", "stronghold", "crossing", "facility", "route", "terrain",
                    "part", "forces", "group", "state", "rebel", "title", "people", "materiel",
                    "combat", "situation", "flag", "time", "street", "talks", "deal", "plea",
                    "civilian", "threat", "projectile", "abstract", "aircraft"})
PLACES = frozenset({"settlement", "admin", "stronghold", "crossing", "facility", "terrain", "part"})
ACTORS = frozenset({"forces", "group", "state"})
TYPES = LISTED | {"place", "settled", "actor", "person", "name", "named", "pronoun", "armed",
                  "site"}
# what the types *armed* (who fights) and *site* (what is fought over) are made of
ARMED = ("forces", "group", "name", "pronoun")
SITES = ("place", "route", "street")
_NONE: frozenset[str] = frozenset()
SURE, MAYBE = 2, 1       # strengths of a type: what the words say; what they do not rule out
THEY = frozenset({"they", "we", "them", "us", "their", "our", "themselves", "theirs", "ours"})
PERSONS = frozenset({"he", "she", "him", "her", "his", "i", "you", "who"})
# pronouns for whoever it may be
ANYBODY = frozenset({"anyone", "anybody", "nobody", "someone", "somebody", "everyone", "everybody"})
# one more of what was told
ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "latter", "former"})
# adjectives that make *men*, *ships* and the like forces
MARTIAL = frozenset({"armed", "military", "naval", "masked", "uniformed", "enemy", "rebel",
                     "hostile", "mutinous", "loyal", "heavily-armed", "opposing", "allied",
                     "armoured", "armored", "loyalist", "insurgent", "guerrilla", "amphibious"})
# endings of nouns for those who do something, and of nouns for what cannot be a place
DOERS = ("ers", "ors", "men", "ists", "iers", "eers", "ants", "ites", "ians")
UNSPATIAL = ("tion", "sion", "ment", "ness", "ity", "ship", "ism", "ance", "ence", "ing", "cy",
             "hood", "dom", "ist", "er", "or", "ian", "man", "age")
PLACING = frozenset({"in", "at", "of", "near", "outside", "on", "south of", "north of", "west of",
                     "east of", "inside", "around", "along", "between", "off"})


@dataclass(frozen=True)
class Nouns:
    """Types by noun; classifiers, counters, countries and directions as in ``nouns.yaml``;
    ``titles`` are words for people by what they are (*general*), ``fighters`` for those who fight a
    state (*rebels*)."""

    types: dict[str, frozenset[str]]
    classifiers: frozenset[str]
    counters: frozenset[str]
    countries: frozenset[str]
    directions: frozenset[str]
    martial: frozenset[str]
    titles: frozenset[str] = field(init=False)
    fighters: frozenset[str] = field(init=False)

    def of_lemma(self, lemma: str) -> frozenset[str]:
        found = self.types.get(lemma)
        return found if found else self.types.get(singular(lemma), _NONE)

    def __post_init__(self) -> None:
        for name, kind in (("titles", "title"), ("fighters", "rebel")):
            object.__setattr__(self, name, frozenset(
                word for word, types in self.types.items() if kind in types))

    def counted(self, tree: Tree, index: int) -> int:
        """The thing behind a counting word: *soldiers* of *hundreds of soldiers*."""
        seen = {index}
        while tree.lemma(index) in self.counters or tree.word(index).upos in ("NUM", "DET"):
            inner = [k for k in tree.kids(index, "nmod", "obl") if tree.case(k) == "of"
                     and k not in seen]
            if not inner:
                break
            index = inner[0]
            seen.add(index)
        return index

    def typed(self, tree: Tree, index: int) -> dict[str, int]:
        """The types of the phrase that word ``index`` heads, each with its strength."""
        index = self.counted(tree, index)
        word = tree.word(index)
        if word.upos == "PRON" or word.lemma.lower() in ("it", "its"):
            return _grouped(_pronoun(word.lemma.lower(), word.form.lower()))
        name = tree.name_at(index)
        if word.upos == "PROPN" or (name and name.type != "DATE" and word.form[:1].isupper()) \
                or self._initials(tree, index):
            return _grouped(self._name(tree, index))
        found = dict.fromkeys(self._listed(tree, index), SURE)
        if word.upos == "ADJ" and base(word.deprel) == "amod":      # a major attack is no major's
            found = {t: s for t, s in found.items() if t not in ("title", "people", "civilian")}
        if word.upos == "NOUN" and found.keys() <= {"abstract"} and _people_of(tree, index):
            found = {"actor": SURE, "name": SURE}
        if word.upos == "NOUN":
            found = self._open(tree, index, found)
        if word.lemma.lower() in ORDINALS and not found and base(word.deprel) != "amod":
            return _grouped(_pronoun("another", "another"))
        if word.lemma.lower() in ("other", "more") and not found and tree.kids(index, "nummod"):
            return {"people": MAYBE}             # wounded thirty others
        if word.upos in ("ADJ", "DET", "NUM") and not found:
            if word.upos == "ADJ" and ((name is not None and name.type != "DATE") or (
                    index > 0 and word.form[:1].isupper()
                    and tree.word(index - 1).upos != "PUNCT")):
                return {"actor": SURE, "name": SURE, "armed": SURE}
            if word.upos == "ADJ" or any(c.isdigit() for c in word.form):
                return {} if word.upos == "ADJ" else {"people": MAYBE}
            return {"place": MAYBE, "settled": MAYBE, "people": MAYBE, "site": MAYBE}
        return _widened(found)

    def _initials(self, tree: Tree, index: int) -> bool:
        """*By the GUNT*: capitals in a sentence that has small letters make a name."""
        word = tree.word(index)
        return word.upos == "NOUN" and len(word.form) > 2 and word.form.isalpha() \
            and word.form.isupper() and not self.of_lemma(tree.lemma(index)) \
            and any(w.form.islower() and w.upos in ("VERB", "NOUN", "ADJ") for w in tree.words)

    def _open(self, tree: Tree, index: int, found: dict[str, int]) -> dict[str, int]:
        """Types of a noun that its modifiers tell: *our men*, *Kurdish levies*, *the kiln at N*."""
        lemma, form = tree.lemma(index), tree.word(index).form.lower()
        owned = any(self._of_actors(tree, k) for k in tree.kids(
            index, "amod", "compound", "nmod:poss", "nmod:desc", "nmod"))
        if lemma in self.martial and owned:
            return found | {"forces": SURE}
        if found:
            return found
        if tree.word(index).feat("Number") == "Plur" and form.endswith(DOERS) and owned:
            return {"forces": MAYBE, "actor": MAYBE, "armed": MAYBE, "people": MAYBE}
        if owned and not form.endswith(UNSPATIAL):
            return {"actor": MAYBE, "site": MAYBE}
        located = any((name := tree.name_at(k)) is not None and name.type == "LOC"
                      and (tree.rel(k) in ("compound", "nmod:poss", "nmod:desc")
                           or tree.case(k) in PLACING)
                      for k in tree.kids(index, "compound", "nmod"))
        return {"site": MAYBE} if located and not form.endswith(UNSPATIAL) else {}

    def _of_actors(self, tree: Tree, k: int) -> bool:
        """Whether modifier ``k`` says whose forces something is."""
        word, name = tree.word(k), tree.name_at(k)
        if tree.rel(k) == "nmod:poss" and word.upos == "PRON":
            return word.form.lower() in THEY | {"his", "her", "its"}
        if base(tree.rel(k)) == "nmod" and tree.rel(k) != "nmod:poss" and tree.case(k) != "of":
            return False
        if name is not None and name.type in ("NORP", "ORG"):
            return True
        if tree.rel(k) == "nmod:poss" and word.upos == "PROPN" and (
                name is None or name.type in ("PER", "MISC")):
            return True
        if word.upos == "ADJ" and word.form[:1].isupper() and (k > 0 or name is not None):
            return True
        return tree.lemma(k) in MARTIAL or bool(
            (ACTORS | {"rebel", "title"}) & self.of_lemma(tree.lemma(k)))

    def _listed(self, tree: Tree, index: int) -> frozenset[str]:
        lemma = tree.lemma(index)
        form = tree.word(index).form.lower()
        doers = self.types.get(form[:-1]) if form.endswith(("ers", "ors")) else None
        types = doers or self.of_lemma(lemma) or self.of_lemma(form)   # villagers are no village
        if lemma == "mine" and tree.word(index).feat("Number") == "Plur":
            types -= {"facility"}                  # mines are laid and cleared
        if not types and "-" in lemma:             # a sub-prefect, the vice-governor
            types = self.of_lemma(lemma.rpartition("-")[2]) & {"title", "people", "forces"}
        compounds = [tree.lemma(k) for k in tree.kids(index, "compound", "amod") if k < index]
        for start in range(len(compounds)):
            joined = self.types.get(" ".join([*compounds[start:], lemma]))
            if joined:
                return joined
        return types

    def _name(self, tree: Tree, index: int) -> dict[str, int]:
        name = tree.name_at(index)
        last = tree.word(name.end - 1).lemma.lower() if name else tree.lemma(index)
        kind = name.type if name else None
        if kind == "DATE":
            return {"time": SURE}
        text = " ".join(w.form for w in tree.words[name.start:name.end]) if name else \
            tree.word(index).form
        listed = self.of_lemma(last) or self.of_lemma(tree.lemma(index))
        found = dict.fromkeys(listed, SURE)
        places, actors = listed & PLACES, listed & ACTORS
        several = tree.word(index).feat("Number") == "Plur" or kind != "LOC"
        apposed = {t for k in tree.kids(index, "appos", "nmod:desc")
                   if several or tree.word(k).feat("Number") != "Plur"
                   for t in self.of_lemma(tree.lemma(k))}
        within = any(tree.case(k) == "in" and (inner := tree.name_at(k)) is not None
                     and inner.type == "LOC" for k in tree.kids(index, "nmod"))
        if kind in ("PER", "MISC", None) and within and not listed:
            return {"place": SURE, "settled": SURE, "actor": MAYBE, "name": MAYBE}
        if apposed & PLACES and not apposed & (ACTORS | {"title", "people"}):
            return {"place": SURE, "settled": SURE, "actor": MAYBE, "name": MAYBE}
        if kind == "LOC" and apposed & {"title", "people"} and not apposed & PLACES:
            return {"person": SURE, "actor": MAYBE, "people": MAYBE}
        if kind == "LOC":
            found |= {"place": SURE, "settled": SURE, "actor": MAYBE, "name": MAYBE, "named": SURE}
            if text.lower().removeprefix("the ") in self.countries:
                found |= {"actor": SURE, "name": SURE, "state": SURE}
        elif kind in ("ORG", "NORP") or (tree.word(index).upos == "ADJ" and kind != "PER") or (
                kind != "PER" and _demonym(tree, index, text)) or (
                kind in (None, "MISC") and (_people_of(tree, index) or _party(tree, index))):
            found |= {"actor": SURE, "name": SURE}
            found |= {"people": SURE} if kind == "NORP" and _demonym(tree, index, text) \
                else {"place": MAYBE, "settled": MAYBE}
        elif kind == "PER":
            found |= {"person": SURE, "actor": MAYBE, "people": MAYBE}
            if not apposed & {"title", "people"}:
                found |= {"place": MAYBE, "settled": MAYBE}
        else:
            found |= {"actor": MAYBE, "name": MAYBE, "place": MAYBE, "settled": MAYBE}
        if "time" in listed or (kind is None and self.of_lemma(text.lower()) & {"time"}):
            return {"time": SURE}
        if places and not actors:
            found |= {"place": SURE, "settled": SURE}
            if "admin" not in places:
                found.pop("actor", None)
        if actors:
            found |= {"actor": SURE, "name": SURE}
            if not places:
                found.pop("place", None)
                found.pop("settled", None)
        return found


def _demonym(tree: Tree, index: int, text: str) -> bool:
    """Whether a name is the plural of a people's or a movement's: *Kenyans*, *Maoists*."""
    return text.endswith(("ians", "anese", "ans", "ists", "ites")) \
        and tree.word(index).feat("Number") != "Sing"


def _party(tree: Tree, index: int) -> bool:
    """*The Taliban have it*: a name with its article that does something is a party's."""
    return tree.rel(index) == "nsubj" and any(
        tree.lemma(k) == "the" for k in tree.kids(index, "det")) and bool(
        tree.kids(tree.word(index).head, "obj", "obl"))


def _people_of(tree: Tree, index: int) -> bool:
    """*the Boers*, *Tartars ravaged it*: a capitalised plural of one word that does something or
    has something done to it, as a people's or a party's name does."""
    word = tree.word(index)
    name = tree.name_at(index)
    return word.form[:1].isupper() and word.feat("Number") == "Plur" \
        and word.form.endswith("s") and not word.form.isupper() \
        and (name is None or name.end - name.start == 1) \
        and not tree.kids(index, "compound", "flat", "nmod:desc") \
        and base(word.deprel) in ("nsubj", "conj", "obl", "obj") \
        and (word.upos == "PROPN" or index > 0) \
        and (base(word.deprel) == "nsubj" or tree.case(index) in ("by", "against", "on"))


def _pronoun(lemma: str, form: str) -> dict[str, int]:
    if form in ANYBODY:
        return {"people": SURE}
    if form in THEY or lemma in THEY:
        return {"actor": SURE, "pronoun": SURE, "people": MAYBE, "place": MAYBE}
    if lemma in ("it", "its", "itself", "which"):
        return {"actor": MAYBE, "pronoun": MAYBE, "place": MAYBE, "settled": MAYBE}
    if lemma in PERSONS:
        return {"person": SURE, "actor": MAYBE, "people": MAYBE}
    if lemma in ("this", "that", "these", "those", "both", "one", "all", "some", "many", "most",
                 "several", "another"):
        return {"place": MAYBE, "settled": MAYBE, "people": MAYBE}
    return {}


def _widened(found: dict[str, int]) -> dict[str, int]:
    """Adds the broad types (place, settled, actor, person) that the narrow ones imply."""
    narrow = set(found)
    if narrow & PLACES:
        found["place"] = SURE
        if narrow & (PLACES - {"terrain"}):
            found["settled"] = SURE
    if narrow & ACTORS:
        found["actor"] = SURE
    if narrow & {"rebel", "aircraft"}:
        found["actor"] = found["armed"] = SURE
    if "title" in narrow:
        found["person"] = SURE
        found.setdefault("actor", MAYBE)
    if "people" in narrow:
        found["people"] = SURE
    return _grouped(found)


def _grouped(found: dict[str, int]) -> dict[str, int]:
    """Adds *armed* and *site* with the best strength of their members."""
    for broad, members in (("armed", ARMED), ("site", SITES)):
        best = found.get(broad, 0)
        for member in members:
            best = max(best, found.get(member, 0))
        if best:
            found[broad] = best
    return found


@lru_cache(maxsize=65536)
def singular(lemma: str) -> str:
    """What a plural is of that a lemmatiser took for a name: *warplane* of *warplanes*."""
    if lemma.endswith("men"):
        return lemma[:-2] + "an"
    if lemma.endswith("ies"):
        return lemma[:-3] + "y"
    return lemma[:-1] if lemma.endswith("s") and len(lemma) > 4 else lemma


def load_nouns(path: Path) -> Nouns:
    """Reads the word lists, with those of the files that they include; DataError with file and
    list where one is wrong."""
    data = _lists(path)
    types: dict[str, set[str]] = {}
    included = _words(data.get("include", []), f"{path.name}: include")
    for file, part in [(path.name, data), *((f, _lists(path.parent / f)) for f in included)]:
        for name, words in part["types"].items():
            if name not in LISTED:
                raise DataError(file, f"no such type: {name}")
            for word in _words(words, f"{file}: {name}"):
                types.setdefault(word, set()).add(name)
    return Nouns({w: frozenset(t) for w, t in types.items()},
                 *(frozenset(_words(data.get(key), f"{path.name}: {key}"))
                   for key in ("classifiers", "counters", "countries", "directions", "martial")))


def _lists(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"),
                         Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(str(path), f"cannot be read: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("types"), dict):
        raise DataError(path.name, "types: missing")
    return data


def _words(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise DataError(where, "not a list of words (quote yes, no, on and off)")
    return value


__all__ = ["ACTORS", "MAYBE", "PLACES", "SURE", "TYPES", "Nouns", "base", "load_nouns"]
