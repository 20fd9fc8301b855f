"""Names compared: one normal form, and one key that survives transliteration.

``Mazar-i-Sharif``, ``Mazar-e Sharif``, ``Mazār-e Sharīf`` and ``Mazare Sharif`` have four normal
forms at most and one key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

# Letters that NFKD leaves whole though Latin-script readers write them as these.
_WHOLE_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "a", "ɣ": "gh"})
# Marks inside words that transliterations put or leave out at will: ʿayn, hamza, soft signs.
_SILENT = frozenset("'’‘`´ʼʻʿʾʹʺ′″\"“”.")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_NON_LATIN = re.compile(r"[^\x00-ɏʰ-˿̀-ͯḀ-ỿ‐-‧′″]")

# Particles that link the parts of Persian, Arabic and Turkic names and are spelled every way.
_LINKS = frozenset((
    "i", "e", "ye", "yi", "ya", "al", "el", "ul", "ud", "ed", "ad", "os", "us", "as", "ash", "esh",
    "ar", "er", "an", "en", "az", "ez", "o", "u", "wa", "va", "and", "de", "du", "di", "da", "del",
    "la", "le", "of"))
# Digraphs to one letter, in this order; those with an h apart, for few names have one.
_DIGRAPHS = (("ts", "z"), ("tz", "z"), ("dj", "j"), ("ck", "k"))
_WITH_H = (("tsch", "C"), ("tsh", "C"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "C"),
           ("kh", "x"), ("dzh", "j"), ("zh", "Z"), ("gh", "g"), ("ph", "f"), ("th", "t"),
           ("dh", "d"))
_ONE_LETTER = str.maketrans({"q": "k", "c": "k", "w": "v"} | dict.fromkeys("aeiouy"))
_DOUBLED = re.compile(r"(.)\1+")
# A w that ends a diphthong (Kowt) and an h that ends a word (Gah) are written at will.
_MUTE = re.compile(r"(?<=[aeiouy])(?:w(?![aeiouy])|h\b)")


# Short for the first word of many names.
_SHORTENED = re.compile(r"\b(?:st|mt|ft)(?= )")
_FULL = {"st": "saint", "mt": "mount", "ft": "fort"}


class _Fold(dict[int, "str | None"]):
    """What each character becomes in a normal form: itself, a blank or nothing."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        found = None if letter in _SILENT or unicodedata.combining(letter) else \
            letter if letter in _PLAIN else " "
        self[code] = found
        return found


_FOLD = _Fold()
_ASCII = {code: _FOLD[code] for code in range(128)}


def normalise(text: str) -> str:
    """``text`` without case, diacritics and punctuation; words parted by single blanks.

    *St*, *Mt* and *Ft* before another word are *saint*, *mount*, *fort*.
    """
    if text.isascii():
        plain = text.lower()
        if plain.isalpha():
            return plain
        plain = plain.translate(_ASCII)
    else:
        plain = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE_LETTERS))
        plain = plain.translate(_FOLD)
    plain = " ".join(plain.split())
    if "t " in plain:
        return _SHORTENED.sub(lambda m: _FULL[m.group()], plain)
    return plain


def is_latin(text: str) -> bool:
    """Whether ``text`` is written in Latin letters throughout."""
    return bool(_LATIN.search(text)) and not _NON_LATIN.search(text)


def loose_key(normal: str) -> str:
    """The consonants of a normal form, alike for the usual transliterations of one name.

    Vowels go (a leading one becomes ``A``), linking particles go, digraphs become one letter,
    double letters single. Names that share a key still need :func:`similarity`.
    """
    if "w" in normal or "h " in normal or normal[-1:] == "h":
        normal = _MUTE.sub("", normal)
    words = normal.split()
    text = "".join([w for w in words if w not in _LINKS] or words)
    if not text:
        return ""
    lead = "A" if text[0] in "aeiouy" else ""
    if "h" in text:
        for pair, letter in _WITH_H:
            text = text.replace(pair, letter)
    for pair, letter in _DIGRAPHS:
        text = text.replace(pair, letter)
    text = text.translate(_ONE_LETTER)
    return lead + (text if len(set(text)) == len(text) else _DOUBLED.sub(r"\1", text))


def similarity(one: str, other: str) -> float:
    """How alike two normal forms are, 0 to 1, blanks aside (Indel ratio)."""
    return fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) / 100


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """An English noun's singular by its ending; good enough to compare descriptions."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=65536)
def phrase(text: str) -> str:
    """A description in normal form with its nouns in the singular and no article."""
    words = normalise(text).split()
    while words and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(singular(w) for w in words)
