"""Turns a noun phrase that speaks into a source: its name, class, anonymity and mention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from whoholds.claims.clauses import Tree, base, cover
from whoholds.claims.lexicons import classes_of, lexicon, words_of
from whoholds.core import Commitment, Form, Mention, Report, Source, SourceClass, Word

FILE = "attribution.yaml"
KEPT = frozenset({"amod", "compound", "flat", "nummod", "nmod", "fixed", "goeswith"})
KIND_OF_MEDIUM = re.compile(
    r"(?:'s|’s)?\s+(?:news agency|newspaper|agency|television|TV|news site|website)$")
JOINING = frozenset({"-", "–", "."})
HYPHENED = re.compile(r"\w+[-–][A-Z]")      # Field-Marshal
# what a live page sets before its lines
LABELLED = re.compile(r"^(?:ALERT|BREAKING|FLASH|URGENT|UPDATE|LIVE|EXCLUSIVE|JUST IN)[:\s]+(?=\w)")
BROADCASTERS = frozenset({"CNN", "BBC", "NBC", "CBS", "ABC", "Fox", "MSNBC", "Sky"})
UNSURE = frozenset({"unconfirmed", "unverified", "unsubstantiated"})
NAME_PREPOSITIONS = frozenset({"of", "for", "in", "at", "with"})


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon of attribution (see attribution.yaml)."""

    verbs: dict[str, Commitment]
    nouns: dict[str, str]
    adverbs: dict[str, Commitment]
    sets: dict[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


@cache
def words() -> Words:
    """The shipped lexicon. Raises DataError where it is broken."""
    data = lexicon(FILE)
    return Words(classes_of(FILE, "verbs"),  # type: ignore[arg-type]
                 classes_of(FILE, "nouns"),
                 classes_of(FILE, "impersonal_adverbs"),  # type: ignore[arg-type]
                 {k: words_of(v, f"{FILE}: {k}") for k, v in data.items()
                  if isinstance(v, (str, list))})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase before its cue is known. ``head`` is the lower-cased lemma of its head
    noun."""

    name: str
    source_class: SourceClass
    anonymous: bool
    head: str
    mention: Mention | None
    pronoun: bool = False
    definite: bool = False
    group: bool = False                      # an organisation or several people: *it*, *they*
    hedges: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()     # a named person's roles: *governor*

    def source(self, commitment: Commitment, cue: str | None, medium: str | None) -> Source:
        return Source(self.name, self.source_class, commitment, cue, medium, self.anonymous,
                      self.mention)


UNNAMED = Phrase("unnamed", "unnamed", True, "", None)


def phrase(tree: Tree, report: Report, head: int) -> Phrase:
    """The source that the noun phrase headed by word ``head`` names.

    An apposition that is a person's name gives the name; the rest of the phrase then gives the
    class (*a member of the team, Matin Bek*).
    """
    table = words()
    person = _person(tree, head)
    positions = extent(tree, head)
    span = cover(tree.words, positions)
    word = tree.words[head]
    lemma = word.lemma.lower()
    pronoun = word.upos == "PRON"
    name = _single_name(tree, report, head, person)
    label = _class(tree, table, head, name, person is not None)
    proper = head > 0 and word.upos == "PROPN" and word.form[:1].isupper()     # the Rapid Guard
    anonymous = label in ("anonymous", "unnamed") or (
        person is None and not pronoun and not proper
        and (lemma in table["people"] or label == "resident")
        and not (lemma in table["offices"] and word.feat("Number") != "Plur"
                 and not any(tree.low[c.index] in ("a", "an", "one", "another")
                             for c in tree.children[head])))
    form: Form = "pronoun" if pronoun else "name" if (
        person is not None or (word.upos == "PROPN" and word.form[:1].isupper())) \
        else "description"
    if label == "media" and lemma in table["people"] and name != lemma and name[:1].isupper() \
            and tree.words[head].upos == "NOUN" and _media_name(tree, report, head) == name:
        anonymous = False                    # our reporter Lena Vogt
    if not person and (named := _named_beside(tree, head)) is not None:
        name, anonymous = _name(tree, report, named), False
    beside = _beside(tree, head)
    hedges = tuple(c.lemma.lower() for at in (head, *beside) for c in tree.children[at]
                   if c.lemma.lower() in table["hedging_adjectives"])
    if beside:
        names = [name, *(_single_name(tree, report, i, _person(tree, i)) for i in beside)]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        span = cover(tree.words, [*positions, *(i for at in beside for i in extent(tree, at))])
    mention = Mention(span, span.of(report.text), form, name if form == "name" else lemma,
                      plural=word.feat("Number") == "Plur" or bool(beside))
    plural = word.feat("Number") == "Plur" or bool(beside)
    group = plural or (person is None and lemma not in table["people"] | table["offices"])
    titles = frozenset(w.lemma.lower() for i in positions if (w := tree.words[i]).upos == "NOUN"
                       and w.lemma.lower() in table.nouns) if person is not None else frozenset()
    if _bare_reports(tree, head):
        label, anonymous = "media", True
    return Phrase(name, label, anonymous, lemma, mention, pronoun, _definite(tree, head), group,
                  hedges, titles)


def _named_beside(tree: Tree, head: int) -> int | None:
    """*A monitoring group with people on the ground, the Norwick Observatory*: an organisation's
    name set beside a description of it."""
    if tree.words[head].upos != "NOUN":
        return None
    for c in tree.all_children(head, "appos"):
        name = tree.sentence.name_at(c.index)
        if c.index > head and c.upos == "PROPN" and name is not None and name.type == "ORG" \
                and tree.words[min(tree.below(c.index)) - 1].form == ",":
            return c.index
    return None


def _beside(tree: Tree, head: int) -> list[int]:
    """The heads of the sources that share a cue with ``head`` (*lawmakers and officials said*)."""
    found = [c.index for c in tree.all_children(head, "conj") if c.index > head
             and c.upos in ("NOUN", "PROPN") and can_speak(tree, c.index)
             and tree.subject(c.index) is None]
    found += [i for i in _split_subjects(tree, head) if i not in found]
    joined = any(base(c.deprel) == "cc" and tree.low[c.index] == "and"
                 for i in found for c in tree.children[i])
    return found if joined and tree.words[head].upos != "PRON" else []


def _split_subjects(tree: Tree, head: int) -> list[int]:
    """*Lawmakers and officials said* read as two subjects of one verb."""
    verb = tree.words[head].head
    if verb < 0 or tree.words[head].deprel != "nsubj":
        return []
    end = max(tree.below(head))
    return [c.index for c in tree.all_children(verb, "nsubj") if c.index > end
            and min(tree.below(c.index)) == end + 1
            and any(base(k.deprel) == "cc" for k in tree.children[c.index])]


def first_of(tree: Tree, head: int) -> int:
    """The first of the sources that share a cue, whichever of them the parser made the subject."""
    verb = tree.words[head].head
    before = [c.index for c in tree.all_children(verb, "nsubj") if c.index < head] \
        if verb >= 0 else []
    return next((i for i in before if head in _split_subjects(tree, i)), head)


def _single_name(tree: Tree, report: Report, head: int, person: int | None) -> str:
    if person is not None:
        return _person_name(tree, report, person)
    return _media_name(tree, report, head) or _name(tree, report, head)


def _bare_reports(tree: Tree, head: int) -> bool:
    """*Reports*, *media reports*: of nobody in particular."""
    return tree.words[head].lemma.lower() == "report" and not _definite(tree, head) \
        and tree.words[head].feat("Number") == "Plur"


def _definite(tree: Tree, head: int) -> bool:
    return any(tree.low[c.index] in ("the", "this", "that") for c in tree.children[head]) \
        or tree.child(head, "nmod:poss") is not None


def _person(tree: Tree, head: int) -> int | None:
    """The head of the person's name in the phrase: its head, a flat part, or an apposition."""
    near = [c.index for c in tree.all_children(head, "appos", "flat", "compound")]
    near += [c.index for c in tree.children[head] if c.deprel == "nmod:desc"]
    for index in (head, *near):
        found = tree.sentence.name_at(index)
        if found is not None and found.type == "PER" and (
                index == head or tree.words[index].deprel != "compound"):
            return index
    return _apposed_name(tree, head)


def _apposed_name(tree: Tree, head: int) -> int | None:
    """A capitalised name of two words or more between commas behind a role noun, wherever the
    parser hung it (*a member of the team of the republic, Ali Khan, said*)."""
    role = tree.words[head].lemma.lower()
    if words().nouns.get(role) not in ("official", "spokesperson", "person", "resident"):
        return None
    for index in sorted(tree.below(head)):
        word = tree.words[index]
        flat = [c for c in tree.children[index] if base(c.deprel) == "flat"]
        if index > head and base(word.deprel) == "appos" and word.upos == "PROPN" and flat \
                and tree.words[index - 1].form == ",":
            return index
    if (behind := _name_behind(tree, head)) is not None:
        return behind
    comma = next((i for i in range(head + 1, len(tree.words))
                  if tree.words[i].form == "," or tree.words[i].upos in ("VERB", "AUX")), None)
    if comma is None or tree.words[comma].form != ",":
        return None
    run = comma + 1
    while run < len(tree.words) and tree.words[run].upos == "PROPN":
        run += 1
    closed = run < len(tree.words) and tree.words[run].form in (",", ".")
    return comma + 1 if closed and run - comma - 1 >= 2 else None


def _name_behind(tree: Tree, head: int) -> int | None:
    """A person's name right behind a role (*the head of the administration Ali Khan*), which no
    preposition or title ties to something inside it (*a spokesman for President Khan*)."""
    table = words()
    for i in range(head + 1, len(tree.words)):
        if tree.words[i].upos in ("VERB", "AUX", "PUNCT"):
            return None
        found = tree.sentence.name_at(i)
        if found is not None and found.type == "PER" and found.start == i:
            before = tree.words[i - 1]
            tied = before.upos in ("ADP", "PART", "DET") or (
                i - 1 != head and before.lemma.lower() in table["people"] | table["offices"])
            return None if tied else i
    return None


def _person_name(tree: Tree, report: Report, index: int) -> str:
    found = tree.sentence.name_at(index)
    last = index
    while last + 1 < len(tree.words) and tree.words[last + 1].upos == "PROPN":
        last += 1
    inside = tree.words[found.start:found.end] if found is not None else tree.words[index:last + 1]
    return _clean(report.text[inside[0].span.start:inside[-1].span.end])


def _media_name(tree: Tree, report: Report, head: int) -> str | None:
    """The name behind a kind of medium (*state news agency Tass* is *Tass*)."""
    if words().nouns.get(tree.words[head].lemma.lower()) not in ("media", "agency") \
            and tree.low[head] != "agency":
        return None
    run = head + 1
    while run < len(tree.words) and tree.words[run].upos == "PROPN":
        run += 1
    if run == head + 1:
        return None
    name = report.text[tree.words[head + 1].span.start:tree.words[run - 1].span.end]
    return name if media_class(name) or tree.low[head] != "agency" else None


def extent(tree: Tree, head: int) -> list[int]:
    """The words of a source phrase, without clauses and what follows them."""
    kept, todo = [], [head]
    while todo:
        at = todo.pop()
        if at in kept:                       # a parser's cycle
            continue
        kept.append(at)
        todo.extend(c.index for c in tree.children[at]
                    if base(c.deprel) in KEPT or base(c.deprel) in ("det", "case", "appos") or (
                        base(c.deprel) == "conj" and at != head)
                    if not (at == head and base(c.deprel) == "case"))
    kept.sort()
    run = [head]
    for i in range(head - 1, -1, -1):
        if i in kept or (tree.words[i].form == "-" and i - 1 in kept):
            run.append(i)
        else:
            break
    for i in range(head + 1, len(tree.words)):
        if i in kept or (tree.words[i].upos == "PUNCT" and i + 1 in kept):
            run.append(i)
        else:
            break
    return sorted(run)


def _name(tree: Tree, report: Report, head: int) -> str:
    """The head noun phrase as a person would write it: no determiner, no common possessor."""
    kept, todo = [], [head]
    while todo:
        at = todo.pop()
        if at in kept:                       # a parser's cycle
            continue
        kept.append(at)
        for c in tree.children[at]:
            rel = base(c.deprel)
            if rel in ("case", "det") and (at != head or tree.low[c.index] in ("'s", "'")):
                kept.append(c.index)
            elif rel == "amod" and c.index < at \
                    and c.lemma.lower() in UNSURE:
                continue                     # unconfirmed videos
            elif rel == "amod" and c.index > at:
                if tree.low[c.index] == "close":             # sources close to the presidency
                    kept += tree.below(c.index)
                continue                     # sources familiar with the matter
            elif rel in KEPT and (c.deprel != "nmod:poss" or c.upos == "PROPN"
                                  or _of_an_office(tree, at, c)):
                marks = tree.marks(c.index)
                if rel != "nmod" or c.index < at or (marks and marks[0] in NAME_PREPOSITIONS):
                    todo.append(c.index)
    run = _whole_organisation(tree, head, _unbroken(tree, head, frozenset(kept)))
    while run[-1] > head and (tree.words[run[-1]].upos in ("ADP", "DET", "CCONJ", "SCONJ")
                              or tree.low[run[-1]] in ("'s", "’s", "'", "’")):
        run.pop()                            # what it led to was not kept
    text = report.text[tree.words[run[0]].span.start:tree.words[run[-1]].span.end]
    cleaned = _clean(text)
    return cleaned[:1].lower() + cleaned[1:] if tree.words[run[0]].upos not in ("PROPN", "NUM") \
        and run[0] == 0 and not cleaned[:2].isupper() and tree.sentence.name_at(run[0]) is None \
        and not HYPHENED.match(cleaned) else cleaned


def _unbroken(tree: Tree, head: int, kept: frozenset[int]) -> list[int]:
    """The words around ``head`` that are kept, over hyphens (*Norland-backed rebels*) and the dot
    of a site's name (*Dalnews.net*)."""
    run = [head]
    for step in (-1, 1):
        i = head + step
        while 0 <= i < len(tree.words) and (i in kept or _joins(tree, i, i + step in kept, head)):
            run.append(i)
            if tree.words[i].form in JOINING and i + step not in kept:
                run.append(i := i + step)
            i += step
    return sorted(run)


def _joins(tree: Tree, index: int, kept: bool, head: int) -> bool:
    """Whether a hyphen in front of ``head`` or before a kept word, or a dot, stands between two
    words without a space."""
    if not 0 < index < len(tree.words) - 1:
        return False
    word = tree.words[index]
    before = index + 1 <= head                   # the Lenk-based institute
    return (word.form == "." or (word.form in JOINING and (kept or before))) \
        and tree.words[index - 1].span.end == word.span.start \
        and tree.words[index + 1].span.start == word.span.end


def _whole_organisation(tree: Tree, head: int, run: list[int]) -> list[int]:
    """With the rest of the organisation's name that ``head`` begins, wherever the parser hung it
    (*the Office of the High Commissioner for Refugees*)."""
    found, last = tree.sentence.name_at(head), run[-1]
    if tree.words[head].upos != "PROPN":
        return run
    end = found.end if found is not None and found.type == "ORG" else 0
    at = last + 1
    if head == last and tree.low[at:at + 1] in (("for",), ("of",)):     # Institute for the Study
        at += 1 + (tree.low[at + 1:at + 2] == ("the",))
        inner = tree.sentence.name_at(at) if at < len(tree.words) else None
        if inner is not None and inner.start == at and inner.type != "DATE":
            end = max(end, inner.end)
    return [*run, *range(last + 1, end)]


def _of_an_office(tree: Tree, head: int, owner: Word) -> bool:
    """*Governor's office*, *children's agency*: no name without its owner, as a person's role
    (*the town's mayor*) or a thing told apart otherwise is."""
    table = words()
    return owner.upos == "NOUN" and owner.index + 2 == head \
        and tree.words[head].lemma.lower() not in table["people"] | table["offices"]


def _clean(text: str) -> str:
    text = LABELLED.sub("", " ".join(text.split()).strip(" ,;:“”\"'‘’()[]"))
    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) or text


def _class(tree: Tree, table: Words, head: int, name: str, person: bool) -> SourceClass:
    word = tree.words[head]
    label = label_of(word)
    medium = media_class(name)
    if medium and not person:
        return medium
    if word.upos == "PRON":
        return "person"
    titles = [w for i in sorted(_without_clauses(tree, head)) if not _social(tree, i) and (
        w := table.nouns.get(tree.words[i].lemma.lower()))]
    if person:
        return next((_source_class(t) for t in titles if t in ("spokesperson", "official")),
                    next((_source_class(t) for t in titles), "person"))
    if label:
        if label in ("social media", "document") and any(
                t in ("media",) for t in titles if t != label):
            return "media"
        if label == "person" and "belligerent" in titles:
            return "spokesperson"
        return _source_class(label)
    if _whole_name_is_organisation(tree, head):
        return next((_source_class(t) for t in titles), "official")
    return next((_source_class(t) for t in titles), "person")


def _without_clauses(tree: Tree, head: int) -> frozenset[int]:
    """The words of a phrase but for its relative clauses (*Berlin, which gives no figures*)."""
    clauses = (tree.below(c.index) for c in tree.children[head] if c.deprel == "acl:relcl")
    return tree.below(head).difference(*clauses)


def _social(tree: Tree, index: int) -> bool:
    """The *media* of *social media*."""
    return tree.low[index] == "media" and index > 0 and tree.low[index - 1] == "social"


def can_speak(tree: Tree, head: int) -> bool:
    """Whether a phrase is one of those that speak: a pronoun, a name, or a noun of a known
    class."""
    word = tree.words[head]
    return word.upos in ("PRON", "PROPN") or tree.sentence.name_at(head) is not None or \
        label_of(word) is not None or word.lemma.lower() in words()["utterances"]


def label_of(word: Word) -> str | None:
    """The class that the lexicon gives a noun: by its lemma, its form (a lemmatiser may make a
    village of villagers), or the part of a compound that does (*governor-designate*)."""
    nouns, low = words().nouns, word.form.lower()
    known = (nouns.get(w) for w in (word.lemma.lower(), low, low.removesuffix("s")))
    parts = (nouns.get(w) for w in re.split("[-–]", low)) if "-" in low or "–" in low else ()
    return next((label for label in (*known, *parts) if label is not None), None)


def _whole_name_is_organisation(tree: Tree, head: int) -> bool:
    found = tree.sentence.name_at(head)
    return found is not None and found.type in ("ORG", "LOC", "NORP", "MISC")


def _source_class(label: str) -> SourceClass:
    return "spokesperson" if label == "belligerent" else label  # type: ignore[return-value]


def media_class(name: str) -> SourceClass | None:
    """*agency* or *media* where the name is a news organisation's, else None."""
    table = words()
    plain = _clean(name)
    plain = KIND_OF_MEDIUM.sub("", plain)
    if plain in table["agencies"] or re.search(r"news\s?agency|newswire", name, re.IGNORECASE):
        return "agency"
    parts = plain.split()
    first = re.split("['’]", parts[0])[0] if parts else ""
    if plain in table["media_names"] or first in BROADCASTERS:
        return "media"
    capital = [p for p in parts if p[:1].isupper() or p[:1].isdigit()]
    if capital and parts == capital and parts[-1] in table["media_words"] and (
            len(capital) > 1 or not parts[0].isdigit()):
        return "media"
    return None
