"""Earlier names that descriptions, pronouns and unsaid places go back to.

Salience by nearness: the nearest earlier name that agrees in type and number, subjects first. What
a mention finally means is for ``resolve`` to say; this gives it the words to look at.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Sequence

from whoholds.claims.arguments import passive
from whoholds.claims.candidates import CandidateReader
from whoholds.claims.nouns import PLACES, Nouns
from whoholds.claims.promises import promiser
from whoholds.claims.salience import PRONOUN_REACH, Candidate, foremost, salient
from whoholds.claims.trees import Tree, base
from whoholds.core import Mention, Span

PERSONAL = frozenset({"he", "she", "him", "his", "her"})
# words for a site whatever it is, and the types of noun that they may go back to
SORTS = {"building": "facility", "complex": "facility", "compound": "facility",
         "facility": "facility", "installation": "facility", "site": "facility",
         "structure": "facility", "post": "crossing", "checkpoint": "crossing", "span": "crossing",
         "position": "stronghold", "stronghold": "stronghold"}
# what an organisation is called when it has been named
GROUPS = frozenset({"group", "movement", "organisation", "organization", "faction", "outfit",
                    "armed group", "militant group", "rebel group", "insurgent group",
                    "militia group", "alliance", "coalition"})
# verbs whose object somebody is in
KEEPING = frozenset({"leave", "abandon", "evacuate", "quit", "flee", "vacate", "desert", "hold",
                     "keep", "defend", "control", "rule", "govern", "patrol"})
# words for places by their nature, alike in each set
NATURES = (
    frozenset({"peak", "hill", "mountain", "summit", "height", "ridge", "crest", "hilltop"}),
    frozenset({"island", "isle", "islet", "atoll", "peninsula", "archipelago"}),
    frozenset({"oasis", "spa", "resort"}), frozenset({"valley", "gorge", "ravine", "canyon"}),
    frozenset({"pass", "saddle", "col", "defile"}))
RULED = frozenset({"province", "region", "governorate", "oblast"})
NEXT_DOOR = frozenset({"neighbouring", "neighboring", "neighbour", "neighbor", "nearby"})
# verbs whose subject may be the scene of what they tell
SCENES = frozenset({"see", "witness", "lose", "suffer", "receive", "get", "await", "expect", "fear",
                    "hear", "have", "face", "remain", "become", "mark", "endure", "shelter", "host",
                    "experience", "mourn", "bury", "survive", "fall", "surrender", "yield"})
LAND = frozenset({"country", "nation", "republic", "state", "homeland", "land"})


class Discourse:
    """The candidates of one report, in reading order."""

    def __init__(self, text: str, trees: Iterable[Tree], nouns: Nouns) -> None:
        self.text, self.nouns = text, nouns
        self.trees = list(trees)
        self.reader = CandidateReader(text, nouns)
        self.candidates = [c for n, tree in enumerate(self.trees)
                           for c in self.reader.candidates(n, tree)]
        self._armed = self._armed_names()
        self._acting: set[str] = set()

    def _armed_names(self) -> dict[str, int]:
        """Names that the report gives to fighters, with how often: *N* of *N fighters*."""
        found: dict[str, int] = {}
        states = {c.text for c in self.candidates if c.named and c.state}
        for c in self.candidates:
            if c.named and c.rebel and c.text not in states and not c.country:
                found[c.text] = found.get(c.text, 0) + 1
        return found

    def note_fighters(self, texts: Iterable[str]) -> None:
        """Names that the codebook's frames found fighting; they count where nobody is called a
        fighter."""
        states = {c.text for c in self.candidates if c.named and (c.state or c.country)}
        self._acting.update(text for text in texts if text not in states)

    def note_places(self, texts: Iterable[str]) -> None:
        """Names that the codebook's frames found to be held or taken: places, whatever the parser
        took them for."""
        held = set(texts)
        self.candidates = [c._replace(place=True, actor=False) if c.named and c.text in held else c
                           for c in self.candidates]

    def add_places(self, mentions: Iterable[tuple[int, int, Mention]]) -> None:
        """Places that the codebook's frames found where the reader saw no name, each with its
        sentence and word: names it missed, and sites that have none (*the bridge at Norwick*)."""
        for sentence, word, mention in mentions:
            for c in self._over(sentence, mention):
                if c.place and mention.form == "name" and c.type_word == mention.type_word \
                        and mention.span.start <= c.span.start and c.span.end < mention.span.end:
                    self.candidates[self.candidates.index(c)] = c._replace(whole=mention.span)
            if not any(c.place or mention.form == "name" for c in self._over(sentence, mention)):
                one = self._unnamed(sentence, word, mention)._replace(
                    place=True, actor=False, type_word=mention.type_word)
                self._add(one)

    def add_actors(self, mentions: Iterable[tuple[int, int, Mention]]) -> None:
        """The same for names of actors."""
        for sentence, word, mention in mentions:
            if not any(c.named for c in self._over(sentence, mention)):
                self._add(self._unnamed(sentence, word, mention)._replace(actor=True, place=False))

    def _over(self, sentence: int, mention: Mention) -> list[Candidate]:
        return [c for c in self.candidates
                if c.sentence == sentence and c.span.overlaps(mention.span)]

    def _unnamed(self, sentence: int, word: int, mention: Mention) -> Candidate:
        one = self.reader.candidate(sentence, self.trees[sentence], word, word, word + 1)
        return one._replace(span=mention.span, text=mention.text, person=False,
                            named=mention.form == "name")

    def _add(self, one: Candidate) -> None:
        insort(self.candidates, one, key=lambda c: (c.sentence, c.word))

    def fights(self, text: str) -> bool:
        """Whether the report speaks of a name as of fighters."""
        return text in self._armed or text in self._acting

    # -- answers --------------------------------------------------------------------------------

    def before(self, sentence: int, word: int) -> list[Candidate]:
        """The candidates before a word, nearest first."""
        return [c for c in reversed(self.candidates)
                if (c.sentence, c.word) < (sentence, word)]

    def place(self, mention: Mention, sentence: int, word: int) -> Span | None:
        """The earlier name of a place that a description or pronoun goes back to."""
        kind = (mention.type_word or "").split()[-1:] or [""]
        asked = kind[0]
        earlier = self.before(sentence, word)
        if mention.form == "pronoun":
            near = [c for c in earlier if c.place and not c.country
                    and sentence - c.sentence <= PRONOUN_REACH]
            here = [c for c in near if c.sentence == near[0].sentence and not c.nested]
            best = (here or near)[0] if near else None
            noun = self._nameless(sentence, word)
            if noun is not None and (best is None or best.sentence < sentence or not best.core):
                return noun
            return best.meant if best else None
        if mention.plural or mention.quantifier == "another":
            return None
        if asked in LAND:
            return self._land(earlier, sentence)
        if asked == "capital" and len((mention.type_word or "").split()) == 1:
            known = [c for c in [*earlier, *reversed(self.candidates)] if c.type_word == "capital"
                     and c.place and not c.country]
            if mention.container is not None:
                return None
            return known[0].span if known else self._seat(earlier, sentence, word)
        if mention.container is not None and asked != "capital":
            return self._just_named(asked, earlier, sentence, word)
        alike = [c for c in earlier if c.place and not c.country
                 and (c.type_word == asked or c.type_word is None or (
                     self._settlement(c.type_word) and self._settlement(asked)))]
        same = [c for c in alike if c.type_word == asked]
        pool = alike if self._settlement(asked) else same or self._sort_of(asked, earlier)
        if not self._settlement(asked):
            pool = pool or self._ruled(asked, earlier) \
                or self._natural(asked, earlier, sentence, word)
            pool = [c for c in pool if not c.actor] or pool
            pool = [c for c in pool if c.home or not c.whence] or pool
            return foremost(pool).meant if pool else self._served(asked, earlier)
        mayors = [c for c in pool if c.sentence == sentence and self._under(c, "mayor")]
        if mayors:               # the mayor of Norwick said that the town
            return mayors[0].meant
        return salient(pool, sentence).meant if pool else self._served(asked, earlier)

    def _land(self, earlier: Sequence[Candidate], sentence: int) -> Span | None:
        """The country that *the country* goes back to: one that something is told to be in or of,
        none that somebody goes over to; else one that the sentence says something of."""
        lands = [c for c in earlier if c.place and c.country
                 and not any(self.trees[c.sentence].lemma(k) in NEXT_DOOR
                             for k in self.trees[c.sentence].kids(c.word, "amod"))]
        stays = [c for c in lands if c.setting and self.trees[c.sentence].case(c.word)
                 not in ("to", "into")]
        near = [c for c in lands if sentence - c.sentence <= 1 and (c.core or c.setting)]
        return next((c.span for c in [*stays, *near, *lands]), None)

    def _just_named(self, asked: str, earlier: Sequence[Candidate], sentence: int,
                    word: int) -> Span | None:
        """*Fighting in Norwick went on as troops entered the city in the province*: the town that
        the sentence is set in, with words that only say where it is."""
        tree = self.trees[sentence]
        if not self._settlement(asked) or not any(
                tree.lemma(k) == "the" for k in tree.kids(word, "det")):
            return None
        own = tree.subtree(word)
        here = [c for c in earlier if c.sentence == sentence and c.place and c.named
                and not (c.country or c.whence or c.nested or c.actor) and c.word not in own
                and (c.type_word is None or self._settlement(c.type_word))]
        return here[0].meant if len({c.text for c in here}) == 1 else None

    def _ruled(self, asked: str, earlier: Sequence[Candidate]) -> list[Candidate]:
        """Names of units by who rules them: *the Norwick governor … the province*."""
        return [c for c in earlier if asked in RULED and c.named and not (c.country or c.person)
                and self._under(c, "governor")]

    def _seat(self, earlier: Sequence[Candidate], sentence: int, word: int) -> Span | None:
        """*The capital*, where somebody is in it or leaves it and the text names one town and no
        country: that town."""
        towns = [c for c in earlier if c.place and c.named]
        tree = self.trees[sentence]
        above = tree.word(word).head
        inside = tree.case(word) in ("in", "of", "inside") or (
            tree.rel(word) == "obj" and tree.lemma(above) in KEEPING)
        if not inside or len({c.text for c in towns}) != 1 or any(c.country for c in towns):
            return None
        fits = towns[0].type_word is None or self._settlement(towns[0].type_word)
        return towns[0].meant if fits else None

    def _natural(self, asked: str, earlier: Sequence[Candidate], sentence: int,
                 word: int) -> list[Candidate]:
        """The name that a word for its nature means: *Karoo … the oasis*; one of its own nature
        before those that may be anything."""
        nature = next((n for n in NATURES if asked in n), None)
        tree = self.trees[sentence]
        if nature is None or not any(tree.lemma(k) in ("the", "this", "that")
                                     for k in tree.kids(word, "det")):
            return []
        pool = [c for c in earlier if c.place and c.named and not (c.country or c.person)]
        akin = [c for c in pool if c.type_word is not None and c.type_word.split()[-1] in nature]
        pool = akin or [c for c in pool if c.type_word is None]
        return [salient(pool, sentence)] if pool else []

    def _under(self, one: Candidate, lemma: str) -> bool:
        tree = self.trees[one.sentence]
        above = tree.word(one.word).head
        return above >= 0 and tree.lemma(above).lower() == lemma

    def _sort_of(self, asked: str, earlier: Sequence[Candidate]) -> list[Candidate]:
        """Facilities that a word for their sort means: *the building*, *the post*."""
        sort = SORTS.get(asked)
        return [c for c in earlier if sort and c.place and c.type_word is not None
                and sort in self.nouns.of_lemma(c.type_word.split()[-1])]

    def _served(self, asked: str, earlier: Sequence[Candidate]) -> Span | None:
        """The city that a facility named after it serves: *Norwick airport … the city*."""
        if not self._settlement(asked):
            return None
        return next((c.span for c in earlier if c.named and c.type_word is not None
                     and self.nouns.of_lemma(c.type_word.split()[-1]) & {"facility"}
                     and not self.nouns.of_lemma(c.text.split()[-1].lower()) & PLACES), None)

    def city(self, sentence: int, word: int) -> Candidate | None:
        """The settlement that the text is about at a word, or None where two are alike.

        That of the latest sentence of the paragraph that says something of one; else where its
        witness is at home; else that of the paragraphs before, up to the first.
        """
        pool = [c for c in self.before(sentence, word) if c.place and c.named and not c.country
                and not c.nested and (c.type_word is None or self._settlement(c.type_word))]
        told = [c for c in pool if not (c.whence or c.aside or c.actor)]
        paragraph = self.trees[sentence].sentence.paragraph
        here = [c for c in told if c.paragraph == paragraph] or [
            c for c in pool if c.paragraph == paragraph and c.home]
        found = here or told
        if not found:
            return None
        best = foremost(found)
        alike = {c.text for c in found if c.sentence == best.sentence and c.core == best.core}
        return best if len(alike) == 1 or best.sentence == sentence else None

    def _nameless(self, sentence: int, word: int) -> Span | None:
        """A place without a name that the sentence spoke of before a pronoun: *the base*."""
        tree = self.trees[sentence]
        found = [w for w in tree.words[:word] if w.upos == "NOUN"
                 and base(w.deprel) in ("obj", "obl") and tree.kids(w.index, "det")
                 and self.nouns.of_lemma(tree.lemma(w.index)) & {"facility", "crossing"}
                 and not any(tree.word(k).upos == "PROPN"
                             for k in tree.kids(w.index, "compound", "appos", "flat"))]
        if not found:
            return None
        over = [c.span for c in self.candidates if c.sentence == sentence and c.place
                and c.span.overlaps(found[-1].span)]
        return over[0] if over else found[-1].span

    def several(self, sentence: int, word: int, reach: int = 1) -> list[Span]:
        """The places named side by side, at most ``reach`` sentences back, that *them* or *both
        cities* goes back to."""
        before = [c for c in self.before(sentence, word) if c.place and not c.country
                  and sentence - c.sentence <= reach]
        for last in before:
            tree = self.trees[last.sentence]
            head = tree.word(last.word).head if base(tree.rel(last.word)) == "conj" else -1
            listed = {head, *tree.kids(head, "conj")} if head >= 0 else set()
            beside = [c.meant for c in reversed(before)
                      if c.sentence == last.sentence and c.word in listed]
            if len(beside) > 1:
                return beside
        return []

    def _lies(self, type_word: str) -> bool:
        return bool(self.nouns.of_lemma(type_word.rsplit(maxsplit=1)[-1])
                    & {"settlement", "admin", "stronghold"})

    def _settlement(self, type_word: str | None) -> bool:
        return type_word is not None and bool(
            self.nouns.of_lemma(type_word.split()[-1]) & {"settlement", "stronghold"})

    def actor(self, mention: Mention, sentence: int, word: int,
              speaker: Span | None = None, fighters: bool = False) -> Span | None:
        """The earlier name of an actor that a description or pronoun goes back to; ``fighters``
        where it does what fighters do."""
        if mention.form == "pronoun":
            if mention.head in ("we", "i", "our", "us", "my"):
                return speaker
            return self._pronoun(mention, sentence, word, fighters)
        types = self.nouns.of_lemma(mention.head)
        if mention.form == "description" and mention.text.lower() in GROUPS:
            return self._group(sentence, word)
        if mention.form != "description" or "rebel" not in types:
            return None
        if any(n in mention.text for n in self._armed):
            return None
        return self._fighters(sentence, word)

    def _group(self, sentence: int, word: int) -> Span | None:
        """*The group*: the organisation named last, one that fights before any other."""
        near = [c for c in self.before(sentence, word) if c.actor and c.named and not c.country
                and not c.person and not self._modifies(c)]
        fighting = [c for c in near if self.fights(c.text)]
        pool = fighting or [c for c in near if c.subject] or near
        return pool[0].span if pool else None

    def _fighters(self, sentence: int, word: int) -> Span | None:
        for known in (self._armed, self._acting):
            armed = [c for c in self.before(sentence, word) if c.named and c.text in known]
            if armed:
                counts = Counter(c.text for c in armed)
                return self._whole(max(armed, key=lambda c: counts[c.text]))
        return None

    def _whole(self, one: Candidate) -> Span:
        """*Ruritanian rebels* rather than *Ruritanian*: a people is not its fighters."""
        if self.trees[one.sentence].word(one.word).upos != "ADJ":
            return one.span
        return next((c.span for c in self.candidates if c.sentence == one.sentence and not c.named
                     and c.span.start <= one.span.start and one.span.end <= c.span.end), one.span)

    def _modifies(self, one: Candidate) -> bool:
        """Whether a name only qualifies a candidate (*Ruritanian* in *Ruritanian rebels*)."""
        return one.named and any(
            c.sentence == one.sentence and c is not one and c.span.start <= one.span.start
            and one.span.end < c.span.end for c in self.candidates)

    def _pronoun(self, mention: Mention, sentence: int, word: int,
                 fighters: bool) -> Span | None:
        plural = mention.head in ("they", "them", "their") or mention.plural
        if mention.head in PERSONAL:
            teller = self._teller(sentence, word)
            if teller is not None:
                return teller
            people = [c for c in self.before(sentence, word) if c.person
                      and sentence - c.sentence <= PRONOUN_REACH]
            return next((c.span for c in people if c.subject), people[0].span if people else
                        self._titled(sentence, word))
        near = [c for c in self.before(sentence, word) if c.actor
                and sentence - c.sentence <= PRONOUN_REACH
                and (plural or not c.plural) and not self._modifies(c)]
        best: Candidate | None = None
        for distance in range(PRONOUN_REACH + 1):
            here = [c for c in near if sentence - c.sentence == distance]
            subjects = [c for c in here if c.subject]
            fighting = [c for c in here if c.rebel or c.text in self._armed] if fighters else []
            if subjects or here:
                best = (fighting or subjects or here)[0]
                break
        giver = promiser(self.trees[sentence], word)
        best = next((c for c in self.before(sentence, word)
                     if (c.actor or c.named) and c.sentence == sentence
                     and c.word == giver and (c.named or c.plural == plural)), best)
        if best is None:
            return None
        if best.named or not best.rebel or any(n in best.text for n in self._armed):
            return best.span
        return self._fighters(best.sentence, best.word) or best.span

    def _teller(self, sentence: int, word: int) -> Span | None:
        """Who says, plans or thinks what a personal pronoun is told in: *N swears that he will*."""
        tree = self.trees[sentence]
        for clause in tree.ancestors(word):
            if base(tree.rel(clause)) != "ccomp":
                continue
            tellers = [k for k in tree.kids(tree.word(clause).head, "nsubj") if k < word]
            if not tellers:
                continue
            found = tree.word(tellers[-1])
            name = tree.sentence.name_at(found.index)
            titled = "title" in self.nouns.of_lemma(tree.lemma(found.index))
            if found.upos == "PROPN" and (titled or name is None or name.type in ("PER", "MISC")):
                return next((c.span for c in self.candidates if c.sentence == sentence
                             and c.word == found.index), found.span)
            if found.upos == "NOUN" and titled:
                return found.span
            return None
        return None

    def _titled(self, sentence: int, word: int) -> Span | None:
        """Where no name of a person is near, who is called by an office: *the governor … he*."""
        for number in range(sentence, max(-1, sentence - PRONOUN_REACH - 1), -1):
            tree = self.trees[number]
            end = word if number == sentence else len(tree.words)
            found = [w for w in tree.words[:end] if w.upos in ("NOUN", "PROPN")
                     and w.feat("Number") != "Plur" and tree.bases[w.index] in ("nsubj", "obj")
                     and "title" in self.nouns.of_lemma(tree.lemma(w.index))]
            subjects = [w for w in found if tree.bases[w.index] == "nsubj"]
            if found:
                return (subjects or found)[-1].span
        return None

    def _acts(self, one: Candidate, sentence: int, word: int) -> bool:
        """Whether a place's name is that of who acts in the clause of a word or one above it:
        *Norwick flew its people out*."""
        if one.sentence != sentence:
            return False
        tree = self.trees[sentence]
        above = tree.word(one.word).head
        return tree.bases[one.word] == "nsubj" \
            and (above == word or above in tree.ancestors(word)) \
            and tree.word(above).upos == "VERB" \
            and bool(tree.kids(above, "obj", "xcomp", "ccomp")) \
            and tree.lemma(above) not in SCENES and not passive(tree, above)

    def here(self, sentence: int, word: int, country: bool,
             whole: bool = False) -> Candidate | None:
        """The place that the report speaks of at a word: the nearest earlier name of one, no
        country unless ``country``, not one that only locates another. The ``whole`` of a part
        (*the northern half*) that no name of its sentence is: what the report is about."""
        pool = [c for c in self.before(sentence, word) if c.place and c.named
                and c.country == country and not self.fights(c.text)
                and (country or c.type_word is None or self._lies(c.type_word))
                and (country or not self._acts(c, sentence, word))]
        if not pool:
            return None
        if country:
            pool = [c for c in pool if c.setting] or pool
        else:
            pool = [c for c in pool if not (c.whence or c.aside or c.actor)] or pool
            paragraph = self.trees[sentence].sentence.paragraph
            later = [c for c in self.candidates if c.sentence == sentence and c.place and c.named
                     and not c.country and not c.whence and not c.nested]
            if pool[0].paragraph != paragraph and later:
                return later[0]
        if whole and pool[0].sentence != sentence:
            return salient(pool, sentence)
        latest = [c for c in pool if c.sentence == pool[0].sentence]
        return next((c for c in latest if not c.nested), latest[0])
