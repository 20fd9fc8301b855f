"""Mends parses: their trees (slips.py), and their names so that they agree over a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace

from whoholds.claims.phrases import UNITS
from whoholds.claims.slips import mended_words
from whoholds.core import Name, NameType, Parse, Sentence, Word


def mended(parse: Parse, is_place: Callable[[str], bool] | None = None,
           titles: Collection[str] = (), fighters: Collection[str] = ()) -> Parse:
    """The parse with its slips mended and its names made consistent over the report.

    ``is_place``, ``titles`` and ``fighters`` as in :func:`consistent`.
    """
    sentences = tuple(replace(s, words=mended_words(s.words), names=_apart(s, is_place))
                      for s in parse.sentences)
    return Parse(parse.report_id, consistent(sentences, is_place, titles, fighters),
                 parse.reader)


def _apart(sentence: Sentence, is_place: Callable[[str], bool] | None) -> tuple[Name, ...]:
    """*Norwick and Dunholt provinces*: the two names that a reader took for one, unless they are
    one (*Bosnia and Herzegovina*)."""
    found: list[Name] = []
    words = sentence.words
    for name in sentence.names:
        joins = [i for i in range(name.start + 1, name.end - 1) if words[i].lemma.lower() == "and"]
        after = words[name.end] if name.end < len(words) else None
        if name.type == "LOC" and len(joins) == 1 and after is not None \
                and after.feat("Number") == "Plur" and after.lemma.lower() in UNITS and not (
                    is_place is not None
                    and is_place(" ".join(w.form for w in words[name.start:name.end]))):
            found += [replace(name, end=joins[0]), replace(name, start=joins[0] + 1)]
        else:
            found.append(name)
    return tuple(found)


# -- names -------------------------------------------------------------------------------------

# lemmas of verbs whose subject is somebody
_SOMEBODY = frozenset({"say", "tell", "add", "write", "tweet", "warn", "believe", "think", "argue",
                       "insist", "ask", "explain", "recall", "speak", "die", "resign", "flee"})


OF_FIGHTERS = 12     # votes: a name before *fighters* outweighs what it is read as elsewhere

OF_PLACES = 0.25     # share of the votes that makes a name of the gazetteer a place's


def consistent(sentences: tuple[Sentence, ...], is_place: Callable[[str], bool] | None = None,
               titles: Collection[str] = (),
               fighters: Collection[str] = ()) -> tuple[Sentence, ...]:
    """Names as written in capitals, one type for each over the report (the commonest; the first
    where even), found in every sentence where a proper noun repeats them.

    A name that stands before one of ``fighters`` (*N rebels*) and that ``is_place`` does not know
    is rather a group's; where it is read as a people's there (*Afghan rebels*), only if it has an
    article elsewhere (*the N fled*).

    A name that ``is_place`` knows is a place where the parser says person or nothing, or says place
    often enough, unless the report treats it as somebody: with one of ``titles``, by a fuller name,
    as one who speaks. A plural that ends as those of peoples do (*Norwickians*) and that it does
    not know is theirs.
    """
    sentences = tuple(replace(s, names=_proper(s, _whole(s))) for s in sentences)
    articled = {key for s in sentences for key in _articled(s)}
    votes: dict[tuple[str, ...], Counter[NameType]] = {}
    surnames: set[str] = set()
    for sentence in sentences:
        for name in sentence.names:
            key = _key(sentence, name)
            open_ = name.type in ("LOC", "MISC", "ORG", "PER") or (
                name.type == "NORP" and key in articled)
            group = open_ and is_place is not None \
                and _of_fighters(sentence, name, fighters) and not is_place(" ".join(key))
            votes.setdefault(key, Counter())["ORG" if group else name.type] += \
                OF_FIGHTERS if group else 1
            if name.type == "PER" and len(key) > 1:
                surnames.update(key)
    somebody = {_key(s, n) for s in sentences for n in s.names
                if n.type == "PER" and _personal(s, n.start, n.end, titles)}
    types: dict[tuple[str, ...], NameType] = {}
    for key, counts in votes.items():
        kind = counts.most_common(1)[0][0]
        if counts["LOC"] >= OF_PLACES * counts.total() and key not in somebody | articled \
                and is_place is not None and is_place(" ".join(key)):
            kind = "LOC"
        # a lone capital word that no fuller name backs may be a place as well as a person
        types[key] = "MISC" if kind == "PER" and len(key) == 1 and key[0] not in surnames \
            and key not in somebody else kind
    if is_place is not None:
        types |= _known_places(sentences, types, surnames, is_place, titles)
        types |= {_key(s, n): "NORP" for s in sentences for n in s.names
                  if n.type in ("LOC", "MISC") and _peoples(s, n, is_place)}
    return tuple(replace(s, names=_names(s, types)) for s in sentences)


def _articled(sentence: Sentence) -> list[tuple[str, ...]]:
    """The names that have a definite article of their own: *the Huns*, not *the Hun camp*."""
    found: list[tuple[str, ...]] = []
    heads = {w.head for w in sentence.words if w.deprel == "det" and w.form.lower() == "the"}
    for name in sentence.names if heads else ():
        inside = range(name.start, name.end)
        head = next((w for w in sentence.words[name.start:name.end] if w.head not in inside), None)
        if head is not None and head.index in heads and head.upos == "PROPN" \
                and head.deprel not in ("compound", "amod", "flat"):
            found.append(_key(sentence, name))
    return found


def _peoples(sentence: Sentence, name: Name, is_place: Callable[[str], bool]) -> bool:
    """Whether a name is the plural of a people's: *Kenyans*, *Iraqis*."""
    word = sentence.words[name.start]
    if name.end - name.start > 1 or word.feat("Number") != "Plur" or is_place(word.form):
        return False
    return word.form.endswith("ans") or (
        word.form.endswith("is") and is_place(word.form.removesuffix("is")))


def _of_fighters(sentence: Sentence, name: Name, fighters: Collection[str]) -> bool:
    """Whether a name stands right before a word for those who fight: *N insurgents*."""
    after = sentence.words[name.end] if name.end < len(sentence.words) else None
    return after is not None and after.lemma.lower() in fighters and after.upos == "NOUN" and any(
        w.head == after.index and w.deprel in ("compound", "amod", "nmod")
        for w in sentence.words[name.start:name.end])


def _known_places(sentences: tuple[Sentence, ...], types: dict[tuple[str, ...], NameType],
                  surnames: set[str], is_place: Callable[[str], bool],
                  titles: Collection[str]) -> dict[tuple[str, ...], NameType]:
    """The names that a gazetteer has and that nothing in the report makes a person."""
    somebody: set[tuple[str, ...]] = set()
    open_: dict[tuple[str, ...], str] = {}
    for sentence in sentences:
        for start, end in [(n.start, n.end) for n in sentence.names] + _unnamed(sentence):
            words = sentence.words[start:end]
            key = tuple(w.form for w in words)
            if types.get(key) not in (None, "PER", "MISC"):
                continue
            open_[key] = "".join(f if n == 0 or f in _HYPHENS or words[n - 1].form in _HYPHENS
                                 else " " + f for n, f in enumerate(key))
            if _personal(sentence, start, end, titles):
                somebody.add(key)
    fuller = {k[-1] for k in types if len(k) > 1 and types[k] == "PER" and k not in open_}
    fuller |= {k[-1] for k in open_ if len(k) > 1 and types.get(k) == "PER"
               and not is_place(open_[k])}
    return {key: "LOC" for key, text in open_.items()
            if key not in somebody and not (len(key) == 1 and key[0] in fuller | (
                surnames & {w for k in somebody for w in k})) and is_place(text)}


_HYPHENS = ("-", "–", "'", "’")


def _unnamed(sentence: Sentence) -> list[tuple[int, int]]:
    """Runs of proper nouns that the parser gave no type."""
    runs: list[tuple[int, int]] = []
    for word in sentence.words:
        if word.upos != "PROPN" or not word.form[:1].isupper() \
                or sentence.name_at(word.index) is not None:
            continue
        if runs and runs[-1][1] == word.index:
            runs[-1] = (runs[-1][0], word.index + 1)
        else:
            runs.append((word.index, word.index + 1))
    return runs


def _personal(sentence: Sentence, start: int, end: int, titles: Collection[str]) -> bool:
    """Whether the words around a name make it somebody's."""
    words, inside = sentence.words, range(start, end)
    head = next((w for w in words[start:end] if w.head not in inside), words[start])
    lead = start
    while lead > 1 and words[lead - 1].form in _NOBLE:       # General von Hale
        lead -= 1
    before = words[lead - 1] if lead else None
    if before is not None and (before.lemma.lower() in titles or before.form in (
            "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Gen.", "Col.", "Sen.")):
        return True
    above = words[head.head] if head.head >= 0 else None
    if above is not None and head.deprel == "nsubj" and above.lemma.lower() in _SOMEBODY:
        return True
    apposed = [w for w in words if w.head in inside and w.deprel == "appos"]
    if head.deprel == "appos" and above is not None:
        apposed.append(above)
    return any(w.lemma.lower() in titles for w in apposed)


def _key(sentence: Sentence, name: Name) -> tuple[str, ...]:
    return tuple(w.form for w in sentence.words[name.start:name.end])


# small words inside names, between capitals
_PARTICLES = frozenset({"of", "and", "al", "de", "da", "do", "dos", "das", "del", "della", "di",
                        "du", "des", "la", "le", "el", "ul", "bin", "ibn", "van", "von", "der",
                        "den", "ter", "upon", "sur", "sous", "y"})


# small words before a surname
_NOBLE = frozenset({"von", "van", "zu", "der", "den", "de", "di", "du", "della", "ter", "bin",
                    "ibn", "al", "el", "-", "da", "dos", "la", "le"})


def _whole(sentence: Sentence) -> tuple[Name, ...]:
    """The names with what the tree hangs on them flat: *Faya-Largeau*, *Villa Somalia*, *Gate
    27*."""
    found: list[Name] = []
    words = sentence.words
    for name in sentence.names:
        if found and name.start < found[-1].end:
            continue
        end = name.end
        while name.type != "DATE" and end < len(words):
            ahead = end
            while ahead + 1 < len(words) and (words[ahead].form in _HYPHENS[:2]
                                              or words[ahead].form.lower() in _PARTICLES - {"and"}):
                ahead += 1
            word = words[ahead]
            part = word.deprel == "flat" and name.start <= word.head < end and (
                _capital(word) or word.upos == "NUM")
            dated = (other := sentence.name_at(ahead)) is not None and other.type == "DATE"
            if not part or dated or (ahead == end and word.upos == "VERB"):
                break
            end = ahead + 1
        found.append(name if end == name.end else replace(name, end=end))
    return tuple(found)


def _proper(sentence: Sentence, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names cut to their capitalised words and the joints between them: *Norwick* of *city of
    Norwick* and of *Norwick airport*."""
    found: list[Name] = []
    for name in names:
        if name.type == "DATE":
            found.append(name)
            continue
        run: list[int] = []
        for i in [*range(name.start, name.end), name.end]:
            word = sentence.words[i] if i < name.end else None
            if word is not None and (_capital(word) or (run and _joint(sentence, i, name.end))):
                run.append(i)
            elif run:
                found.append(Name(run[0], run[-1] + 1, name.type))
                run = []
    return tuple(found)


def _capital(word: Word) -> bool:
    return word.form[:1].isupper() and word.upos not in ("DET", "PRON", "VERB", "AUX")


def _joint(sentence: Sentence, i: int, end: int) -> bool:
    """Whether an uncapitalised word inside a name holds it together: hyphens and what stands
    between them, *of* and *and* between capitals."""
    word = sentence.words[i]
    if word.upos == "NUM" and word.deprel == "flat":
        return True              # Gate 27
    if i + 1 >= end:
        return False
    if word.form in ("-", "–"):
        return True
    if sentence.words[i - 1].form in ("-", "–"):
        return sentence.words[i + 1].form in ("-", "–")
    small = word.form in ("’", "'", "&", ".") or word.form.lower() in _PARTICLES
    return small and (_capital(sentence.words[i + 1]) or (
        i + 2 < end and sentence.words[i + 1].form.lower() in _PARTICLES))


def _names(sentence: Sentence, types: dict[tuple[str, ...], NameType]) -> tuple[Name, ...]:
    found = [n if (kind := types[_key(sentence, n)]) == n.type else replace(n, type=kind)
             for n in sentence.names]
    taken = {i for n in found for i in range(n.start, n.end)}
    for start, end in _unnamed(sentence):
        key = tuple(w.form for w in sentence.words[start:end])
        if end - start > 1 and types.get(key) == "LOC" and not taken & set(range(start, end)):
            found.append(Name(start, end, "LOC"))
            taken |= set(range(start, end))
    for word in sentence.words:
        if word.upos == "PROPN" or (
                word.upos in ("NOUN", "X") and word.index and word.form[:1].isupper()):
            key = (word.form,)
            if word.index not in taken and key in types:
                found.append(Name(word.index, word.index + 1, types[key]))
    return tuple(sorted(found, key=lambda n: n.start))
