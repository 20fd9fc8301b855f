"""Claims of words that no frame speaks of: what the reader learned to be told by them.

The reader marks words that seem to tell of an event of some kind, with the words that seem to head
its parties and places. Where the codebook has a frame for the word, the frame decides; elsewhere a
sure enough mark stands for a frame of its own. And a frame that matches where the reader sees no
event at all, of whatever kind, has met the word in another sense (*talks* of a conference, *will
take place in the port*).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from whoholds.claims.arguments import Argument, Proposition, clause_arguments, noun_arguments
from whoholds.claims.codebook import Codebook, Filler, Frame, Slot
from whoholds.claims.counts import VAGUE_NOUNS
from whoholds.claims.frames import Filled, Match, Matcher
from whoholds.claims.kinds import PEOPLE_KINDS, SETTLED_WAYS, TALKS
from whoholds.claims.nouns import MAYBE, SURE
from whoholds.claims.trees import Tree, base
from whoholds.core import Event

# Probability of a mark that is believed where nothing else is asked for. On paragraphs opened for
# development the F1 is the same from 0.5 to 0.65, for less of the precision and more of the recall.
HUNCH_P = 0.5
# Of the claims of such marks 45 in 100 are right in every field (68 of 151 in those paragraphs),
# where the mean of their probabilities is about 0.75.
BORNE_OUT = 0.6
# Probability of a mark below which a word tells of no event of any kind. Of the claims of pages of
# news 4 in 100 have no surer mark near the words of the frame; two of three were of other senses.
HEARD_P = 0.03
# words for what is aimed at: *Norwick is next*, *the next objective is Norwick*
AIMED = frozenset({"next", "objective", "target", "goal", "aim", "ambition", "prize"})
# of whom a number before them tells: *2,800 held, 265 dead*
HURT = frozenset({"dead", "wounded", "injured", "hurt", "missing"})
LEADING = frozenset({"ADP", "ADV", "PART", "SCONJ", "DET"})   # before what is the predicate
# kinds that say little without a place: it must be told
PLACED = SETTLED_WAYS - {"attack", "strike"}
# kinds whose unsaid place is the one that the report speaks of
NEAR = frozenset({"withdraw", "surrender", "seize", "detain", "casualty"})
# kinds that are one and the same fighting, by what is said of it
FIGHTING = frozenset({"clash", "contest"})
_TYPES: dict[Filler, tuple[str, ...]] = {
    "actor": ("actor", "people", "title", "person"), "counterpart": ("actor",),
    "place": ("place", "site", "crossing", "facility", "route", "street", "settled"),
    "object": ("people", "person", "forces", "title", "actor")}
_SLOTS = (Slot(("where",), "place", ("place",), False),
          Slot(("agent",), "actor", ("actor",), False),
          Slot(("to",), "counterpart", ("actor",), False),
          Slot(("patient",), "object", ("people",), False))


def hunches(matcher: Matcher, codebook: Codebook, standing: Iterable[Match],
            least: float = HUNCH_P) -> list[Match]:
    """Matches for the events of a sentence that no standing match tells and that are at least so
    probable, in order of words. With 1 there are none."""
    if least >= 1:
        return []
    told = list(standing)
    taken = {w for m in told for w in (m.proposition.head, *m.proposition.words)}
    taken |= {h for m in told for name, f in m.fillers if name in ("object", "event")
              for h in f.heads}
    found: list[Match] = []
    for event in matcher.tree.sentence.events:
        if event.word in taken or event.probability < least \
                or _asks(matcher, event) or _ahead(matcher, event.word) \
                or _done_by_things(matcher, event):
            continue
        match = _match(matcher, codebook, event)
        if match is not None and match.proposition.head not in taken \
                and not matcher.asks(match.proposition) and not any(
                    _same(matcher, match, other) or _fought(match, other)
                    for other in [*told, *found]):
            found.append(match)
    return found


def heard(matcher: Matcher, matches: Iterable[Match], least: float = HEARD_P,
          forces: Collection[str] = ()) -> list[Match]:
    """The matches that have some mark at least so probable on a word of the frame, above or below
    one; all of them where the reader tells nothing of events. A frame of several words knows better
    where the reader sees no event in the whole sentence (*claimed responsibility*), and where one
    of ``forces``, names of armed groups and forces, stands beside (*the Ostmark surge began*)."""
    sentence = matcher.tree.sentence
    if not sentence.doubts:
        return list(matches)
    marked = {e.word for e in sentence.events if e.probability >= least}

    def near(match: Match) -> set[int]:
        words = {match.proposition.head, *match.proposition.words}
        return words | {sentence.words[w].head for w in words} \
            | {k for w in words for k in matcher.tree.below[w]}

    fighters = {w.index for w in sentence.words if w.form in forces}
    return [m for m in matches if not marked.isdisjoint(near(m)) or (
        len(m.proposition.name) > 1
        and (not sentence.events or not fighters.isdisjoint(near(m))))]


def _asks(matcher: Matcher, event: Event) -> bool:
    """Whether what is asked, promised or agreed has a clause of its own: that counts, and not the
    asking (*ordered them to leave*); or the word only describes another (*negotiating team*)."""
    return event.kind in TALKS and (bool(matcher.tree.kids(event.word, "xcomp", "ccomp"))
                                    or base(matcher.tree.rel(event.word)) in ("amod", "compound"))


def _done_by_things(matcher: Matcher, event: Event) -> bool:
    """*Surrounded by hills*: nobody does it."""
    tree = matcher.tree
    by = [k for k in tree.kids(event.word, "obl") if tree.case(k) == "by"]
    return event.kind in SETTLED_WAYS and tree.word(event.word).upos == "VERB" and any(
        tree.word(k).upos == "NOUN" and not _strength(matcher, k, "actor") for k in by)


def _ahead(matcher: Matcher, word: int) -> bool:
    """*Heavy fighting yet to break out*: what is still to come, told without a verb."""
    tree = matcher.tree
    return tree.word(word).upos == "NOUN" and any(
        tree.lemma(m) == "to" for k in tree.kids(word, "advcl", "acl") for m in tree.kids(k, "mark")
        if tree.rel(k) != "acl:relcl" and tree.kids(word, "advmod"))


def _match(matcher: Matcher, codebook: Codebook, event: Event) -> Match | None:
    entry = codebook.kinds.get(event.kind)
    if entry is None:
        return None
    tree, head = matcher.tree, event.word
    while tree.word(head).upos in LEADING and tree.word(head).head >= 0 \
            and not tree.kids(head, "cop"):  # but: would be back in the town
        head = tree.word(head).head
    verbal = tree.word(head).upos in ("VERB", "AUX") or bool(tree.kids(head, "nsubj", "nsubj:pass"))
    arguments = clause_arguments(tree, head) if verbal else noun_arguments(tree, head, False)
    fillers = tuple(_fillers(matcher, event, arguments))
    placed = any(name == "place" for name, _ in fillers)
    if not placed and (event.kind in PLACED or (event.kind in SETTLED_WAYS and not verbal)):
        return None
    lemma = tree.lemma(event.word)
    frame = Frame(event.kind, f"{lemma} (as the reader has it)", (frozenset({lemma}),),
                  frozenset({"verb"}), _SLOTS, entry.state,
                  "unsaid" if event.kind in TALKS else None,
                  "place" if event.kind in NEAR else None,
                  round(BORNE_OUT * event.probability, 2),
                  modality="planned" if lemma in AIMED else None, learned=True)
    return Match(frame, Proposition((lemma,), "verb" if verbal else "noun", head,
                                    (event.word,), tuple(arguments)), fillers)


def _fillers(matcher: Matcher, event: Event,
             arguments: Sequence[Argument]) -> Iterator[tuple[Filler, Filled]]:
    """Places and parties: the words that the reader marked, else what the grammar gives."""
    people = event.kind in PEOPLE_KINDS
    used: set[int] = {event.word}
    for name, words, role in (("place", event.places, "where"), ("actor", event.actors, "agent"),
                              ("object" if people else "counterpart", event.counterparts,
                               "patient" if people else "to")):
        filler: Filler = name  # type: ignore[assignment]
        heads = [_headed(matcher, w) for w in words]
        fitting = [w for w in dict.fromkeys(heads)
                   if w not in used and _strength(matcher, w, filler) >= MAYBE]
        if name == "place":                  # the road to Kosti, and not Kosti as well
            fitting = [w for w in fitting
                       if base(matcher.tree.rel(w)) not in ("nmod", "compound")
                       or matcher.tree.word(w).head not in fitting]
        if not fitting:
            fitting = _by_grammar(matcher, filler, event, arguments, used)
        number = _told_number(matcher.tree, event) if name == "object" and (
            not fitting or matcher.tree.lemma(event.word) in HURT) else None
        if number is not None:
            yield filler, Filled(Argument((role,), number), (number,), SURE)
        elif fitting:
            used.update(fitting)
            strength = max(_strength(matcher, w, filler) for w in fitting)
            yield filler, Filled(Argument((role,), fitting[0]), tuple(fitting), strength)


def _told_number(tree: Tree, event: Event) -> int | None:
    """*26 dead*, *up to ten hurt*: the word that is counted, or the number before it."""
    if event.kind != "casualty" or tree.word(event.word).upos not in ("ADJ", "NOUN", "VERB"):
        return None
    number = next((k for k in tree.kids(event.word, "nummod") if tree.word(k).upos == "NUM"), None)
    if number is not None:
        return number if tree.word(event.word).upos == "VERB" else event.word
    before = event.word - 1
    alone = before >= 0 and tree.word(before).upos == "NUM" \
        and base(tree.rel(before)) in ("nsubj", "obj", "dep", "obl")
    return before if alone else next(              # and dozens were hurt
        (k for k in tree.kids(event.word, "nsubj:pass", "nsubj")
         if tree.word(k).upos == "NUM" or tree.word(k).form.lower() in VAGUE_NOUNS), None)


def _headed(matcher: Matcher, word: int) -> int:
    """The noun that a people's adjective or a name stands before: *Russian troops*: the troops."""
    tree = matcher.tree
    above = tree.word(word).head
    if base(tree.rel(word)) in ("amod", "compound") and above > word \
            and tree.word(above).upos in ("NOUN", "PROPN") and "actor" in matcher.types(above):
        return above
    return word


def _by_grammar(matcher: Matcher, filler: Filler, event: Event, arguments: Sequence[Argument],
                used: set[int]) -> list[int]:
    """The words of the first argument that surely is of the right type, and in the right case."""
    for argument in arguments:
        agent = "agent" in argument.roles
        if filler == "counterpart" or (filler == "actor") != agent:
            continue
        if filler == "object" and "patient" not in argument.roles:
            continue
        fitting = [h for h in matcher.tree.conjuncts(argument.head)
                   if h not in used and _strength(matcher, h, filler) == SURE]
        if fitting:
            return fitting
    return []


def _strength(matcher: Matcher, word: int, filler: Filler) -> int:
    types = matcher.types(word)
    return max((types.get(t, 0) for t in _TYPES[filler]), default=0)


def _same(matcher: Matcher, match: Match, other: Match) -> bool:
    """Whether another match tells the same: of its kind, of the same place or parties."""
    if match.frame.kind != other.frame.kind:
        return False
    mine, theirs = match.filled("object"), other.filled("object")
    if mine is not None and theirs is not None and (
            mine.heads[0] == match.proposition.head
            or matcher.tree.word(mine.heads[0]).upos == "NUM"
            or matcher.tree.word(mine.heads[0]).form.lower() in VAGUE_NOUNS) \
            and mine.heads[0] not in theirs.heads:
        return False                         # fifteen were killed and 127 wounded
    mine, theirs = match.filled("place"), other.filled("place")
    if mine is None or theirs is None:
        return True
    told = {i for head in theirs.heads for i in matcher.tree.subtree(head)}
    return not told.isdisjoint(mine.heads)


def _fought(match: Match, other: Match) -> bool:
    """*Fighting raged for control of the port*: the fighting, told by what it is fought for."""
    return {match.frame.kind, other.frame.kind} <= FIGHTING \
        and any(a.head in match.proposition.words for a in other.proposition.arguments)


__all__ = ["HUNCH_P", "heard", "hunches"]
