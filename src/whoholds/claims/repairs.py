"""Mends parses where a parser's usual slips would hide a proposition, and makes names agree.

Each repair asks for a shape that no right tree has, so that right trees stay as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from whoholds.core import Name, Parse, Sentence, Word


def mended(parse: Parse) -> Parse:
    """The parse with its slips mended and its names made consistent over the report."""
    sentences = tuple(replace(s, words=mended_words(s.words)) for s in parse.sentences)
    return Parse(parse.report_id, consistent(sentences), parse.reader)


# -- trees -------------------------------------------------------------------------------------

def mended_words(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with better heads and relations where a slip was found."""
    changed = list(words)
    _coordinated_modifiers(changed)
    _strayed_subjects(changed)
    _double_subjects(changed)
    return tuple(changed)


def _set(words: list[Word], index: int, head: int, deprel: str) -> None:
    words[index] = replace(words[index], head=head, deprel=deprel)


def _subtree(words: list[Word], index: int) -> list[int]:
    found, todo = {index}, [index]
    while todo:
        at = todo.pop()
        for word in words:
            if word.head == at and word.index not in found:
                found.add(word.index)
                todo.append(word.index)
    return sorted(found)


def _coordinated_modifiers(words: list[Word]) -> None:
    """*security and defence forces*: one group, not *security* and then *defence forces*."""
    for word in list(words):
        if word.deprel != "conj" or word.upos != "NOUN" or word.feat("Number") != "Plur":
            continue
        first = words[word.head]
        between = words[first.index + 1:word.index]
        if first.upos not in ("NOUN", "ADJ") or first.feat("Number") == "Plur" or len(between) < 2:
            continue
        if between[0].deprel != "cc" or any(
                b.deprel not in ("compound", "amod") or b.head != word.index for b in between[1:]):
            continue
        own = [w for w in words if w.head == first.index and w.index != word.index]
        if any(w.index > first.index and w.index != between[0].index and w.deprel != "punct"
               for w in own):
            continue
        _set(words, word.index, first.head, first.deprel)
        _set(words, first.index, word.index, "compound")
        for w in own:
            if w.index < first.index:
                _set(words, w.index, word.index, w.deprel)


def _strayed_subjects(words: list[Word]) -> None:
    """*Before X entered Y, Z fell*: Z is no second subject of *entered*."""
    for word in list(words):
        if not word.deprel.startswith("nsubj") or word.head < 0 or word.index < word.head:
            continue
        verb = words[word.head]
        if verb.upos != "VERB" or verb.head < word.index:
            continue
        earlier = any(w.head == verb.index and w.deprel.startswith("nsubj") and w.index < verb.index
                      for w in words)
        if earlier and any(w.form == "," for w in words[verb.index:word.index]):
            _set(words, word.index, verb.head, "nsubj")


def _double_subjects(words: list[Word]) -> None:
    """*X, the last of them, fell* and *In X, the capital of Y, soldiers surrendered*, where both
    nominals before the verb were made its subjects."""
    for verb in list(words):
        subjects = [w for w in words if w.head == verb.index and w.index < verb.index
                    and w.deprel in ("nsubj", "nsubj:pass")]
        if len(subjects) != 2 or verb.upos != "VERB":
            continue
        first, second = subjects
        end = max(i for i in _subtree(words, second.index) if i < verb.index)
        if not any(w.form == "," for w in words[first.index:second.index]):
            continue
        if any(w.form == "," for w in words[end:verb.index]):
            _set(words, second.index, first.index, "appos")
            continue
        start = min(_subtree(words, first.index))
        hosts = [w for w in words[:start] if w.upos in ("NOUN", "PROPN")]
        if hosts and words[start - 1].form == "," and start >= 1:
            _set(words, first.index, hosts[-1].index, "appos")


# -- names -------------------------------------------------------------------------------------

def consistent(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """One type for each name over the report (the commonest; the first where even), and names
    that were found in one sentence and missed in another."""
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for sentence in sentences:
        for name in sentence.names:
            votes.setdefault(_key(sentence, name.start, name.end), Counter())[name.type] += 1
    types = {key: counts.most_common(1)[0][0] for key, counts in votes.items()}
    return tuple(replace(s, names=_names(s, types)) for s in sentences)


def _key(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    return tuple(w.form for w in sentence.words[start:end])


def _names(sentence: Sentence, types: dict[tuple[str, ...], str]) -> tuple[Name, ...]:
    found = [replace(n, type=types[_key(sentence, n.start, n.end)]) for n in sentence.names]  # type: ignore[arg-type]
    taken = {i for n in found for i in range(n.start, n.end)}
    for word in sentence.words:
        key = (word.form,)
        if word.index not in taken and word.upos == "PROPN" and key in types:
            found.append(Name(word.index, word.index + 1, types[key]))  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda n: n.start))
