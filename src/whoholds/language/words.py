"""Cuts text into words the way the English treebanks do (EWT, GUM).

Text is first cut at white space; each chunk is then cut by rules that look at that chunk alone, so
that results can be remembered. Every character that is not white space lands in exactly one word.
"""

from __future__ import annotations

import re
from functools import lru_cache

# prefixes that the treebanks leave joined by their hyphen (*pro-government*); all else is cut there
JOINED_PREFIXES = frozenset("""
anti ante arch auto bi bio co counter cross de e eco electro ex extra hyper infra inter intra macro
mega meta micro mid mini mis mono multi neo non over para peri post pre pro proto pseudo psycho re
semi socio sub super supra tele trans tri ultra un under uni
""".split())  # noqa: SIM905

# written as one, read as two: how many characters the first part has
_FUSED = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3, "outta": 3,
          "dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3, "aint": 2, "cant": 2,
          "couldnt": 5, "wouldnt": 5, "shouldnt": 6, "havent": 4, "hasnt": 3, "arent": 3,
          "werent": 4, "im": 1, "ive": 1}

# abbreviations that keep their full stop; a name or a number follows titles, never a new sentence
TITLES = frozenset("""
mr mrs ms dr prof gen lt col maj sgt capt cmdr cdr adm brig cpl pvt rev fr hon gov sen rep reps sens
pres st mt ft messrs mlle mme amb insp supt det ald atty dep min vs spc spec
""".split())  # noqa: SIM905
ABBREVIATIONS = TITLES | frozenset("""
jan feb apr jun jul aug sep sept oct nov mon tue tues wed thu thur thurs fri vol pp figs para
approx jr sr inc ltd co corp bros etc al dept dist univ assn est ave blvd rd hwy pt e.g i.e eg ie cf
viz ph.d lb lbs oz hr hrs mins yr yrs mo mos tel ext ed eds govt intl natl conf ariz calif colo conn
fla kan ky mich minn mont neb nev okla tenn tex va vt wyo que ont alta esp attn abbr sec
""".split())  # noqa: SIM905
# words as often as abbreviations: their full stop is theirs only before a number
NUMBERED = frozenset(("no", "nos", "mar", "sat", "sun", "art", "ch", "fig", "op", "p", "c", "dec",
                      "ca"))

_TOP = ("com|org|net|gov|edu|mil|int|info|tv|co|io|uk|us|eu|ru|ua|de|fr|af|pk|ir|iq|sy|il|ca|au|in|"
        "html?|php|pdf|docx?|xlsx?|txt|jpe?g|png|gif|zip|exe")
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.|mailto:)\S+"
    r"|[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"
    r"|[a-z]{2,}(?:\.[a-z]{2,}){2,}$"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:" + _TOP + r")(?:/\S*)?$", re.IGNORECASE)
_FACE = re.compile(r"[:;=][-']?[()DPp|/\\]$|<3$")
_SUFFIX = re.compile(r"n['’]t$|['’](?:s|re|ve|ll|d|m)$", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|Ph\.D\.?|M\.Sc\.?")
_PHONE = re.compile(r"(?:\d-)?(?:\d{3}-){1,2}\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)|"
                    r"\d{1,2}-\d{1,2}-\d{4}(?!\d)")
_NUMBER = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4}|(?:0?[1-9]|1[0-2])/(?:0?[5-9]|[12]\d|3[01])(?!\d)|"
                     r"\d+(?:[.,:]\d+)*")
_AFTER_NUMBER = re.compile(r"(?:st|nd|rd|th|s|['’]s)(?![^\W_])")
_UNIT = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:(?:_+|['’])[^\W_]+)*")
_SHORT_AND = re.compile(r"[A-Za-z]{1,2}(?:&[A-Za-z]{1,2})+(?![^\W_])")
_RUN = re.compile(r"([^\w\s])\1*")
_MARKS = re.compile(r"[?!]{2,}|[.…]{2,}|'{2}|’{2}|`{2}|‘’")
_DECADE = re.compile(r"['’]\d{2}s?(?![^\W_])")
_CLITIC = re.compile(r"['’](?:s|re|ve|ll|d|m|em|til|cause)(?![^\W_])", re.IGNORECASE)
_TAGGED = re.compile(r"[@#][^\W\d_]\w*")
_DOLLARS = frozenset(("US", "A", "AU", "C", "CA", "HK", "NZ", "S", "NT"))
_OUTSIDE = "\"'“”‘’«»()[]{}<>,;:!?*…"
_OPENING = "\"'“‘«([{<*"
LONGEST_CHUNK = 2_000   # characters; longer ones are cut by the simplest rule only


@lru_cache(maxsize=100_000)
def cut_chunk(chunk: str) -> tuple[int, ...]:
    """The ends of the words in a chunk without white space; the last is the chunk's length.

    >>> cut_chunk("don’t")
    (2, 5)
    """
    if chunk.isalpha():
        first = _FUSED.get(chunk.lower())
        return (first, len(chunk)) if first else (len(chunk),)
    if len(chunk) > LONGEST_CHUNK:
        return tuple(m.end() for m in re.finditer(r"\w+|[^\w\s]", chunk))
    ends: list[int] = []
    at = 0
    for end in _address(chunk):
        ends += _cut_plain(chunk, at, end[0])
        if end[1] > end[0]:
            ends.append(end[1])
        at = end[1]
    return tuple(ends)


def _address(chunk: str) -> list[tuple[int, int]]:
    """Where addresses of the net (or smileys) lie in the chunk, then its end."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(chunk) and chunk[start] in _OPENING:
        start += 1
    if "." in chunk or "@" in chunk or "://" in chunk:
        end = len(chunk)
        while end > start and chunk[end - 1] in _OUTSIDE + ".":
            end -= 1
        match = _ADDRESS.match(chunk, start, end)
        if match and not _glued(match[0]):
            found.append((start, match.end()))
    elif _FACE.match(chunk):
        found.append((0, len(chunk)))
    return [*found, (len(chunk), len(chunk))]


def _glued(text: str) -> bool:
    """Whether what looks like an address is two sentences without a blank (*it.In May*)."""
    left, _, right = text.rpartition(".")
    return right.istitle() and left.isalpha() and left[-1:].islower()


def _cut_plain(chunk: str, at: int, end: int) -> list[int]:
    """The ends of the words between two positions of a chunk that holds no address there."""
    ends: list[int] = []
    while at < end:
        at = _next(chunk, at, end, ends)
    return ends


def _next(chunk: str, at: int, end: int, ends: list[int]) -> int:
    """Appends the ends of the next word or words; gives the position after them."""
    char = chunk[at]
    if char.isdigit() or (char in "+." and at + 1 < end and chunk[at + 1].isdigit()
                          and (at == 0 or not chunk[at - 1].isalnum())):
        return _number(chunk, at, end, ends)
    if char.isalnum():
        return _letters(chunk, at, end, ends)
    match = None
    if char in "'’":
        match = _DECADE.match(chunk, at, end) or (
            _CLITIC.match(chunk, at, end) if at == 0 or chunk[at - 1] not in _OPENING else None)
    elif char in "@#" and at == 0:
        match = _TAGGED.match(chunk, at, end)
    match = match or _MARKS.match(chunk, at, end)
    if match is None:
        match = _RUN.match(chunk, at, end)
        if match and char in "%()[]{}\"“”‘’'|&°":
            ends.append(at + 1)
            return at + 1
    stop = match.end() if match else at + 1
    while stop < end and _is_mark(chunk[stop]):     # combining marks and joiners belong to the sign
        stop += 1
    ends.append(stop)
    return stop


def _is_mark(char: str) -> bool:
    return char in "\ufe0f\u200d\u20e3"


def _number(chunk: str, at: int, end: int, ends: list[int]) -> int:
    start = at + (chunk[at] in "+.")
    match = _PHONE.match(chunk, start, end) or _NUMBER.match(chunk, start, end)
    stop = match.end() if match else start + 1
    after = _AFTER_NUMBER.match(chunk, stop, end)
    if after:
        stop = after.end()
    elif stop < end and chunk[stop].isalpha():
        unit = _UNIT.match(chunk, stop, end)
        lone = unit and (unit.end() == end or not chunk[unit.end()].isalnum())
        word = unit[0] if unit else ""
        if not (lone and (word.islower() or word in ("AM", "PM", "KM", "MW", "GMT"))):
            whole = _WORD.match(chunk, stop, end)
            stop = whole.end() if whole else stop + 1
    ends.append(stop)
    return stop


def _letters(chunk: str, at: int, end: int, ends: list[int]) -> int:
    acronym = _ACRONYM.match(chunk, at, end) or _SHORT_AND.match(chunk, at, end)
    if acronym:
        ends.append(acronym.end())
        return acronym.end()
    match = _WORD.match(chunk, at, end)
    if match is None:
        ends.append(at + 1)
        return at + 1
    stop = _joined(chunk, at, match.end(), end)
    if stop < end and chunk[stop] == "." and _keeps_stop(chunk, at, stop, end):
        stop += 1
        ends.append(stop)
        return stop
    if stop < end and chunk[stop] == "$" and chunk[at:stop] in _DOLLARS:
        stop += 1
        ends.append(stop)
        return stop
    ends += _contraction(chunk, at, stop)
    return stop


def _joined(chunk: str, at: int, stop: int, end: int) -> int:
    """The end of a word with the hyphen of its prefix, if it has one of JOINED_PREFIXES."""
    while stop + 1 < end and chunk[stop] in "-‐‑" and chunk[stop + 1].isalnum() \
            and chunk[at:stop].lower() in JOINED_PREFIXES \
            and (at == 0 or chunk[at - 1] not in "-‐‑"):
        match = _WORD.match(chunk, stop + 1, end)
        if match is None:
            break
        stop = match.end()
    return stop


def _keeps_stop(chunk: str, at: int, stop: int, end: int) -> bool:
    """Whether the full stop at ``stop`` belongs to the word that ends there."""
    word = chunk[at:stop]
    if len(word) == 1:
        return word.isupper() or (stop + 1 == end and word in "pcvd")
    known = word.lower() in ABBREVIATIONS
    return known and (word[0].isupper() or word.islower()) and word.lower() not in NUMBERED


def _contraction(chunk: str, at: int, stop: int) -> list[int]:
    """The ends of the parts of a word: *would|n't|'ve*, *can|not*."""
    word = chunk[at:stop]
    first = _FUSED.get(word.lower())
    if first:
        return [at + first, stop]
    cuts = [stop]
    while len(word) > 1:
        match = _SUFFIX.search(word)
        if match is None or match.start() == 0:
            break
        word = word[: match.start()]
        cuts.append(at + len(word))
    return cuts[::-1]
