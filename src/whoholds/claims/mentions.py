"""Mentions of places and actors: which words they are, and what the words say of the thing."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.claims.arguments import COMPASS
from whoholds.claims.members import apposed, called, members, owners
from whoholds.claims.nouns import ACTORS, PLACES, Nouns
from whoholds.claims.trees import Tree, base
from whoholds.core import Form, Mention, Span

QUANTIFIERS = frozenset({"all", "every", "each", "most", "many", "some", "several", "few", "both",
                         "any", "no", "half", "majority", "dozen", "hundred", "much", "another"})
KIND_WORDS = frozenset({"provincial", "regional", "national", "military", "naval", "border", "air",
                        "international", "federal", "nuclear", "administrative", "central"})
WHOLE = frozenset({"whole", "entirety", "all", "entire"})
NEARLY = frozenset({"nearly", "almost", "virtually", "practically"})
SCATTERED = frozenset({"different", "various", "many", "all", "other"})
ARTICLES = frozenset({"the", "a", "an"})
# adverbs that stand before a phrase and say nothing of it: *only the base*
# prepositions behind a place that say where it is
SITED = frozenset({"in", "of", "on", "at", "near", "outside", "along", "between", "around",
                   "beyond", "across", "inside", "beside", "below", "above", "opposite"}) | COMPASS
FOCUS = frozenset({"only", "even", "just", "also", "still", "then", "now", "already"})
WAYWARD = frozenset({"to", "into", "out of", "from", "with", "through", "across", "between",
                     "over"})
# where troops stand, whatever it is that they stand on
STANDS = frozenset({"position", "emplacement", "trench"})
# types of what has sides of a place to lie on
SIDES = frozenset({"terrain", "facility", "stronghold"})
QUARTERS = frozenset({"suburb", "quarter", "ward", "neighbourhood", "neighborhood", "precinct"})
UNITS = frozenset({"district", "subdistrict", "province", "county", "governorate", "oblast",
                   "raion", "canton", "prefecture", "municipality"})


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place mention, the part of it that is spoken of, and the words that both cover."""

    mention: Mention
    part: str | None
    head: int
    words: tuple[int, ...]


class MentionReader:
    """Reads the mentions of one sentence."""

    def __init__(self, text: str, tree: Tree, nouns: Nouns) -> None:
        self.text, self.tree, self.nouns = text, tree, nouns
        self._known_places: dict[int, list[PlaceReading]] = {}
        self._known_actors: dict[int, Mention] = {}
        self._known_names: dict[int, bool] = {}

    # -- text -----------------------------------------------------------------------------------

    def span(self, first: int, last: int) -> Span:
        words = self.tree.words
        return Span(words[first].span.start, words[last].span.end)

    def words_between(self, first: int, last: int) -> str:
        return self.span(first, last).of(self.text)

    def _leftmost(self, head: int, *deprels: str) -> int:
        """The first word of the modifiers that stand before a head."""
        left = [min(self.tree.subtree(k)) for k in self.tree.kids(head, *deprels) if k < head]
        return min([head, *left])

    # -- places ---------------------------------------------------------------------------------

    def places(self, head: int) -> list[PlaceReading]:
        """What the phrase that ``head`` heads says of places: one reading for each place.

        A list after a classifier (*the districts of A, B and C*) gives each; so does a list in
        apposition or after *including*, besides the set itself.
        """
        known = self._known_places.get(head)
        if known is None:
            known = self._known_places[head] = self._places(head, None, (), 0)
        return known

    def _places(self, head: int, part: str | None, words: tuple[int, ...],
                depth: int) -> list[PlaceReading]:
        tree = self.tree
        words = (*words, head)
        word = tree.word(head)
        if depth > 6:
            return []
        if word.upos == "PRON" and not tree.kids(head, "nmod"):
            return [PlaceReading(self._pronoun(head), part, head, words)]
        if self.named(head):
            return [self._name(head, part, words)]
        ground = self._ground(head)
        if ground is not None:
            return self._places(ground, part, words, depth + 1)
        named = self.each_named(head)
        if len(named) > 1:                   # Norwick and Dunholt provinces
            return [self._name(c, part, (*words, c), head) for c in named]
        inner = self._whole(head)
        if inner is not None and tree.lemma(head) in UNITS and self.facility_name(head) \
                and tree.case(inner[0]) == "of" and word.feat("Number") != "Plur":
            inner = None         # the Tarra district of Norwick: its own name stands before it
        if inner is not None:
            return self._of_whole(head, inner, part, words, depth)
        subjects = [k for k in tree.kids(head, "nsubj") if self.named(k)
                    and tree.kids(head, "cop") and not tree.case(head)]
        beside = apposed(self, head) or called(self, head) or subjects
        plural = word.feat("Number") == "Plur"
        if beside and not plural:
            return [self._name(k, part, (*words, k), head) if self.named(k) else
                    self._description(k, part, (*words, k)) for k in beside[:1]]
        each = owners(self, head) if plural else []
        if len(each) > 1:                    # the capitals of Norwick and Dunholt
            return [self._owned(head, k, part, words) for k in each]
        above = word.head
        if base(word.deprel) == "appos" and above >= 0 and (self.named(above)
                                                            or self.facility_name(above)):
            reading = self._name(above, part, words, head) if self.named(above) \
                else self._description(above, part, words)
            return [reading]
        found = [self._description(head, part, words)]
        for member in members(self, head):
            found.append(self._name(member, None, (*words, member), head))
        return found

    def _of_whole(self, head: int, inner: tuple[int, str], part: str | None,
                  words: tuple[int, ...], depth: int) -> list[PlaceReading]:
        """*The north of N*, *three districts of N*: the whole, with its part."""
        tree, nouns, word = self.tree, self.nouns, self.tree.word(head)
        whole, relation = inner
        target = nouns.counted(tree, whole)
        plural = tree.word(target).feat("Number") == "Plur" and not self.named(target)
        counter = tree.lemma(head) in nouns.counters or word.upos in ("NUM", "DET", "PRON")
        if relation == "class":
            named = [c for c in tree.conjuncts(whole) if self.named(c)]
            return [self._name(c, part, (*words, c), head) for c in named]
        if counter and plural and "part" not in nouns.of_lemma(tree.lemma(target)):
            return self._places(target, part, words, depth + 1)
        if counter and self._whole(target) is not None:
            deeper = self._whole(target)
            assert deeper is not None
            if deeper[1] == "part":
                return self._places(deeper[0], part or self._part(head, target, deeper[0]),
                                    (*words, target), depth + 1)
        nearly = any(tree.lemma(k) in NEARLY for k in tree.kids(head, "advmod"))
        if not self.scattered(head) and (nearly or tree.lemma(head) not in WHOLE):
            part = part or self._part(head, head, whole)
        return self._places(whole, part, words, depth + 1)

    def each_named(self, head: int) -> list[int]:
        """The names before a plural that says what they are."""
        tree = self.tree
        if tree.word(head).feat("Number") != "Plur" or tree.lemma(head) not in \
                self.nouns.classifiers:
            return []
        first = [k for k in tree.kids(head, "compound", "nmod:desc", "amod") if k < head
                 and self.named(k) and not self._country(k)]
        return [c for c in tree.conjuncts(first[0]) if self.named(c)] if first else []

    def named(self, index: int) -> bool:
        """Whether the word is a proper name that stands by itself."""
        known = self._known_names.get(index)
        if known is None:
            known = self._known_names[index] = self._is_named(index)
        return known

    def _is_named(self, index: int) -> bool:
        word, name = self.tree.word(index), self.tree.name_at(index)
        if name and name.end - name.start == 1 \
                and PLACES & self.nouns.of_lemma(word.lemma.lower()):
            return False         # Gateway, Port: a common noun with a capital
        if word.upos == "PROPN":
            return not (word.lemma.lower() in self.nouns.types and not name
                        and PLACES & self.nouns.of_lemma(word.lemma.lower())
                        and not self.tree.kids(index, "compound", "flat"))
        return bool(name and name.type in ("LOC", "ORG") and word.form[:1].isupper()
                    and word.upos in ("NOUN", "ADJ", "X"))

    def facility_name(self, head: int) -> bool:
        """*Torkham border crossing*: a common noun with a proper name before it."""
        return self.name_before(head) is not None

    def name_before(self, head: int) -> int | None:
        """Where the proper name that is part of a facility's own name begins, or None."""
        tree = self.tree
        if not PLACES & self.nouns.of_lemma(tree.lemma(head)) or tree.lemma(head) == "capital":
            return None          # *the N capital*: a people's, whatever the parser took it for
        before = [d for k in tree.kids(head, "compound", "nmod:desc", "amod", "flat") if k < head
                  for d in [k, *tree.kids(k, "compound", "flat")]]
        found = [k for k in before if tree.word(k).upos == "PROPN" and not self._country(k)
                 and not ACTORS & self.nouns.of_lemma(tree.lemma(k))
                 and self._directional(k) is None]
        names = [k for k in found if not (n := tree.name_at(k)) or n.type != "NORP"]
        return min([self._leftmost(k, "compound", "flat", "amod") for k in names], default=None) \
            if names else None

    def _country(self, index: int) -> bool:
        return self._name_text(index)[0].lower().removeprefix("the ") in self.nouns.countries

    def _directional(self, index: int) -> str | None:
        lemma = self.tree.word(index).form.lower()
        return lemma if lemma in self.nouns.directions else None

    def _name_text(self, head: int) -> tuple[str, int, int]:
        """The words of a name: its text, first and last word."""
        tree = self.tree
        name = tree.name_at(head)
        if name is not None:
            first, last = name.start, name.end - 1
            while first < head and (tree.word(first).form.lower() in ARTICLES):
                first += 1
        else:
            first = self._leftmost_proper(head)
            flats = [k for k in tree.kids(head, "flat", "compound") if k > head
                     and tree.word(k).upos == "PROPN"]
            last = max([head, *flats])
        while last > first and tree.word(last).form in ("'s", "’s", "'", "’", ",", "."):
            last -= 1
        first, last = min(first, head), max(last, head)
        return self.words_between(first, last), first, last

    def _leftmost_proper(self, head: int) -> int:
        tree = self.tree
        first = head
        for k in sorted(tree.kids(head, "compound", "flat", "amod"), reverse=True):
            proper = tree.word(k).upos == "PROPN" or (k > 0 and tree.word(k).form[:1].isupper())
            if k < first and proper and first - k <= 2 and not tree.kids(k, "nmod:poss"):
                first = k
        return first

    def _name(self, head: int, part: str | None, words: tuple[int, ...],
              described: int | None = None) -> PlaceReading:
        """A name; ``described``: the noun that says what it is (*the city of* it)."""
        tree = self.tree
        text, first, last = self._name_text(head)
        for k in tree.kids(head, "amod", "compound"):
            if k < first and self._directional(k) and part is None:
                part = self.words_between(k, k)
                words = (*words, k)
        type_word = None
        if described is not None:
            type_word = self._type_word(described)
        else:
            final = tree.word(last).lemma.lower()
            describing = [k for k in tree.kids(head, "appos", "nmod:desc", "compound")
                          if PLACES & self.nouns.of_lemma(tree.lemma(k)) and not first <= k <= last]
            if PLACES & self.nouns.of_lemma(final):
                type_word = final
            elif describing:
                type_word = self._type_word(describing[0])
        if described is None and base(tree.rel(head)) == "compound":
            type_word = type_word or None
        mention = Mention(self.span(first, last), text, "name", text, type_word,
                          self._container(head, first, last))
        return PlaceReading(mention, part, head, (*words, first, last))

    def _container(self, head: int, first: int, last: int) -> str | None:
        """The larger place that the text puts a place in: *Herat province, Afghanistan*."""
        tree = self.tree
        for k in tree.kids(head, "nmod", "appos", "nmod:unmarked"):
            name = tree.name_at(k)
            beyond = [c for c in tree.kids(k, "case") if c > 0 and self._directional(c - 1)]
            if beyond:
                continue
            if k > last and name and name.type == "LOC" and tree.rel(k) != "nmod:poss" and (
                    tree.case(k) in ("in", "of") or self._country(k) or self.facility_name(k)):
                return self._name_text(k)[0]
            if k > last and tree.case(k) in ("in", "of") and self.facility_name(k):
                start = self.name_before(k)
                return self.words_between(k if start is None else start, k)
        return None

    def _description(self, head: int, part: str | None, words: tuple[int, ...]) -> PlaceReading:
        tree = self.tree
        word = tree.word(head)
        plural = word.feat("Number") == "Plur"
        start = self.name_before(head)
        container: str | None = None
        inside = [k for k in tree.kids(head, "nmod") if k > head
                  and tree.case(k) in SITED and self.placelike(k)]
        owners = [k for k in tree.kids(head, "nmod:poss") if self.placelike(k)
                  or tree.word(k).upos == "PRON"]
        for k in [*owners, *inside]:
            container = self._place_text(k)
            break
        inside = inside or self._leading(head)
        if start is not None and not plural:
            mention = Mention(self.span(start, head), self.words_between(start, head), "name",
                              self.words_between(start, head), self._type_word(head), container)
            return PlaceReading(mention, part, head, (*words, start))
        for k in tree.kids(head, "amod", "compound", "nmod:desc"):
            name = tree.name_at(k)
            if container is None and k < head and name and name.type in ("NORP", "LOC"):
                container = self._name_text(k)[0]
        adverbs = () if tree.kids(head, "cop") else ("advmod",)      # *is not yet in the city*
        first = self._leftmost(head, "amod", "compound", "nmod:poss", "nmod:desc", "nummod",
                               *adverbs)
        while first < head and tree.lemma(first) in FOCUS | ARTICLES:
            first += 1
        last = max([head, *(max(tree.subtree(k)) for k in inside[:1])])
        mention = Mention(self.span(first, last), self.words_between(first, last), "description",
                          tree.lemma(head), self._type_word(head), container, plural,
                          self._quantifier(head))
        return PlaceReading(mention, part, head, (*words, first, last))

    def _owned(self, head: int, owner: int, part: str | None,
               words: tuple[int, ...]) -> PlaceReading:
        """One of *the capitals of A and B*: that of ``owner``, by its name."""
        text, first, last = self._name_text(owner)
        mention = Mention(self.span(first, last), text, "name", text, self._type_word(head), text)
        return PlaceReading(mention, part, head, (*words, first, last))

    def _leading(self, head: int) -> list[int]:
        """Where a way goes: *the road to N*, *the crossing into N*, *the corridor to the west*."""
        tree = self.tree
        if not {"route", "crossing"} & self.nouns.of_lemma(tree.lemma(head)):
            return []
        return [k for k in tree.kids(head, "nmod") if k > head and tree.case(k) in WAYWARD
                and (self.placelike(k) or tree.lemma(k) in self.nouns.directions)]

    def _place_text(self, head: int) -> str:
        """A place's name, or its description where it has none."""
        if self.named(head):
            return self._name_text(head)[0]
        whole = self._whole(head)
        if whole is not None and whole[1] == "class":
            return self._name_text(whole[0])[0]
        return self._np_text(head)

    def _pronoun(self, head: int) -> Mention:
        word = self.tree.word(head)
        plural = word.feat("Number") == "Plur" or word.form.lower() in ("them", "they", "both")
        return Mention(word.span, word.form, "pronoun", word.lemma.lower(), plural=plural)

    def _type_word(self, head: int) -> str:
        tree = self.tree
        parts = [k for k in tree.kids(head, "compound", "amod") if k < head and (
            tree.lemma(k) in KIND_WORDS
            or (base(tree.rel(k)) == "compound" and tree.word(k).upos == "NOUN"
                and not tree.name_at(k)
                and not ({"rebel", "group"} & self.nouns.of_lemma(tree.lemma(k)))))]
        joined = [tree.lemma(k) for k in parts if k >= head - 2]
        return " ".join([*joined, tree.lemma(head)])

    def _quantifier(self, head: int) -> str | None:
        """*all*, *most*, *several* ... of the phrase, or above it (*all of its crossings*)."""
        tree = self.tree
        for k in tree.kids(head, "det", "amod", "nummod", "advmod"):
            if tree.lemma(k) in QUANTIFIERS:
                return tree.lemma(k)
        above = tree.word(head).head
        while above >= 0 and tree.case(head) == "of":
            if tree.lemma(above) in QUANTIFIERS:
                return tree.lemma(above)
            head, above = above, tree.word(above).head
        return None

    def placelike(self, index: int) -> bool:
        return self.named(index) or bool(
            PLACES & self.nouns.of_lemma(self.tree.lemma(self.nouns.counted(self.tree, index))))

    def _ground(self, head: int) -> int | None:
        """The place that troops stand in: *positions on N*."""
        if self.tree.lemma(head) not in STANDS:
            return None
        return next((k for k in self.tree.kids(head, "nmod") if self.named(k)
                     and self.tree.case(k) in ("in", "on", "at", "inside")), None)

    def _whole(self, head: int) -> tuple[int, str] | None:
        """What a phrase is a part of, or names the class of: (word, *part* or *class*)."""
        tree, nouns = self.tree, self.nouns
        lemma = tree.lemma(head)
        types = nouns.of_lemma(lemma)
        counter = lemma in nouns.counters or tree.word(head).upos in ("NUM", "DET", "PRON")
        of = [k for k in tree.kids(head, "nmod", "obl") if tree.case(k) == "of" and k > head
              and (self.placelike(k) or (counter and tree.word(k).upos == "NOUN"))]
        owners = [k for k in tree.kids(head, "nmod:poss") if self.placelike(k)]
        if of and self._classifies(head, of[0]):
            return of[0], "class"
        if counter and of:
            return of[0], "part"
        if of and self.named(of[0]) and self._sided(head) and types & SIDES:
            return of[0], "part"         # *the outer forts of N*
        if "part" in types:
            near = [k for k in tree.kids(head, "nmod") if tree.case(k) in ("in", "around", "near")
                    and self.placelike(k)]
            inner = [k for k in tree.kids(head, "compound", "nmod:desc") if k < head
                     and self.placelike(k) and not {"admin", "crossing"} & types]
            if inner and not of and not owners and lemma in QUARTERS and self.named(inner[0]) \
                    and not self._sided(head):
                return inner[0], "class"         # *the N suburb* is N
            for found in (of, owners, inner, near):
                if found:
                    return found[0], "part"
        return None

    def _classifies(self, head: int, of: int) -> bool:
        """Whether *H of N* says that N is an H (*the city of N*), not that H belongs to N."""
        tree, lemma = self.tree, self.tree.lemma(head)
        named = self.named(of)
        if not named:
            return False
        qualified = any(
            tree.lemma(k) in KIND_WORDS or ((n := tree.name_at(k)) and n.type in
                                            ("NORP", "LOC"))
            for k in tree.kids(head, "amod", "compound", "nmod:poss", "nmod:desc"))
        if lemma == "capital":
            return qualified and not self._country(of)
        if lemma not in self.nouns.classifiers or (
                self._country(of) and lemma not in ("state", "republic", "island")):
            return False
        if tree.word(head).feat("Number") == "Plur":
            return len(tree.conjuncts(of)) > 1
        if "part" in self.nouns.of_lemma(lemma):
            return any(tree.lemma(k) == "the" for k in tree.kids(head, "det")) or not tree.kids(
                head, "det", "nummod")
        return True

    def _part(self, first_head: int, last_head: int, whole: int) -> str:
        """The words that name the part, without the whole."""
        tree = self.tree
        first = self._leftmost(first_head, "amod", "compound", "nummod", "det", "advmod")
        while first < first_head and tree.word(first).form.lower() in ARTICLES:
            first += 1
        inside = set(tree.subtree(whole))
        kept = [i for i in range(first, last_head + 1) if i not in inside]
        while kept and tree.word(kept[0]).form.lower() in ARTICLES:
            kept.pop(0)
        text = self.words_between(kept[0], kept[-1]) if kept else tree.word(first_head).form
        return " ".join(text.split())

    def _sided(self, head: int) -> bool:
        """Whether a word says on which side of the whole something lies: *northern streets*."""
        return any(self.tree.lemma(k) in self.nouns.directions
                   for k in self.tree.kids(head, "amod", "compound"))

    def scattered(self, head: int) -> bool:
        """*different parts of*, *every street of*: here and there in the whole, no part of it."""
        tree = self.tree
        if tree.lemma(head) == "street":
            return not self._sided(head)
        return tree.lemma(head) in ("part", "place", "area") and any(
            tree.lemma(k) in SCATTERED for k in tree.kids(head, "amod", "det"))

    # -- actors ---------------------------------------------------------------------------------

    def actor(self, head: int) -> Mention:
        """The mention of an actor that ``head`` heads."""
        known = self._known_actors.get(head)
        if known is None:
            known = self._known_actors[head] = self._find_actor(head)
        return known

    def _find_actor(self, head: int) -> Mention:
        tree = self.tree
        head = self.nouns.counted(tree, head)
        word = tree.word(head)
        if word.upos == "PRON":
            plural = word.feat("Number") == "Plur"
            return Mention(word.span, word.form, "pronoun", word.lemma.lower(), plural=plural)
        plural = word.feat("Number") == "Plur"
        named = word.upos in ("PROPN", "ADJ") or bool(tree.name_at(head))
        if named and word.upos != "NOUN":
            text, first, last = self._name_text(head)
            form: Form = "name"
        else:
            first = self._leftmost(head, "amod", "compound", "nmod:poss", "nmod:desc", "flat")
            last, form = head, "description"
            text = ""
        of = [k for k in tree.kids(head, "nmod") if tree.case(k) in ("of", "in")
              and min(tree.subtree(k)) == last + 1]
        container: str | None = None
        for k in [*tree.kids(head, "nmod:poss"), *of[:1]]:
            container = self._np_text(k)
        if of and tree.case(of[0]) == "of":
            last = max(last, *tree.subtree(of[0]))
        while first < head and tree.word(first).form.lower() in ARTICLES | {"“", '"'}:
            first += 1
        text = self.words_between(first, last)
        return Mention(self.span(first, last), text, form,
                       text if form == "name" else tree.lemma(head), None, container, plural)

    def _np_text(self, head: int) -> str:
        tree = self.tree
        first = self._leftmost(head, "amod", "compound", "nmod:poss", "flat", "nmod:desc")
        while first < head and tree.word(first).form.lower() in ARTICLES:
            first += 1
        flats = [k for k in tree.kids(head, "flat") if k > head]
        return self.words_between(first, max([head, *flats]))
