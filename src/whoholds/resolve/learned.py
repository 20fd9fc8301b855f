"""What a report itself tells of its actors: acronyms, groups, who speaks for whom, unknown states.

By constructions of English news: apposition (*the M23, a rebel group*), naming (*a militia called
the Column*), possession (*fighters of the Column*), titles (*rebel commander Ilan Koray*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from whoholds.resolve.names import normalise
from whoholds.resolve.words import vocabulary

# Words are of a bounded length: a line of rubbish must not take long.
_WORD = r"(?:[A-Z][\w’'-]{0,40}\w)"
_LINK = r"(?:(?:of|for|and)(?: the)?|de|du|des|la|al|el)"
_NAME = rf"{_WORD}(?: (?:{_LINK} )?{_WORD}){{0,5}}"
# Rwanda-backed rebels are no Rwandans; US-led forces are Americans.
BACKED = vocabulary(
    "backed supported allied aligned linked sponsored funded trained armed held controlled "
    "occupied based speaking born affiliated friendly installed appointed")
_AGAINST = (r"(?i:rebel|insurgent|paramilitary|militant|separatist|jihadist|guerrilla|guerilla|"
            r"armed|breakaway|secessionist|[Ii]slamist|opposition)")
_GROUP = (r"(?:groups?|militias?|movements?|factions?|insurgency|alliance|coalition|"
          r"organi[sz]ation|front|rebels|fighters|insurgents|guerrillas|guerillas|paramilitar(?:y|ies)|"
          r"force|army|network|gang)")
_FIGHTERS = (r"(?i:rebels?|fighters?|militants?|insurgents?|guerrillas?|militiam[ae]n|gunm[ae]n|"
             r"separatists?|paramilitar(?:y|ies)|militias?)")
_ROLE = (r"(?:spokes(?:man|woman|person)|commander|leader|minister|president|chief|general|officer|"
         r"official|governor|mayor|secretary|envoy|negotiator|head|ambassador)")
_BODY = (r"(?:government|president|presidency|parliament|military|army|armed forces|navy|"
         r"air force|defen[cs]e ministry|foreign ministry|interior ministry|"
         r"ministry of (?:defen[cs]e|the interior|interior|foreign affairs))")

# No hyphen is both in a word and between two: else a line of hyphens takes for ever.
_ACRONYM = re.compile(r"((?:[A-Z][\w’']{1,40}(?:-[a-z][\w’']{0,40}){0,2}[ -]"
                      r"(?:(?:of|for|and|the|de|du|des|la) ){0,2}){1,7})"
                      r"\((?:the )?([A-Z][A-Za-z0-9-]{1,9})\)")
_SPELLED = re.compile(rf"\b([A-Z][A-Z0-9-]{{1,8}}) \((?:the )?({_NAME})\)")
_TITLED = re.compile(r"[A-Z][a-z]\w{0,40}"
                     r"(?:[ -](?:(?:of|for|and|the) ){0,2}[A-Z][a-z]\w{0,40}){2,6}")
_CAPITALS = re.compile(r"\b[A-Z]{3,6}\b")
_GROUPS = (
    # the M23 (March 23 Movement), a rebel group backed by Rwanda
    re.compile(rf"\b(?P<name>{_NAME})(?: \([^()]{{2,40}}\))?, (?:an?|the|one of the) "
               rf"(?P<told>(?:[\w’'-]{{1,40}} ){{0,6}}?{_GROUP})\b"),
    # a rebel group called the Column; the paramilitary Rapid Support Forces
    re.compile(rf"\b(?P<told>{_AGAINST}(?: {_GROUP})?)"
               rf"(?: (?:called|known as|named|calling itself))?,? (?:the )?(?P<name>{_NAME})"),
    re.compile(rf"\b(?P<told>militia|gang|insurgency|faction)"
               rf"(?: (?:called|known as|named|calling itself)),? (?:the )?(?P<name>{_NAME})"),
    # fighters of the Column
    re.compile(rf"\b(?P<told>{_FIGHTERS}) (?:of|from|loyal to|allied with|belonging to) (?:the )?"
               rf"(?P<name>{_NAME})"),
    # M23 rebels
    re.compile(rf"\b(?P<name>{_NAME}) (?P<told>{_FIGHTERS})\b"))
_PEOPLE = (
    re.compile(rf"\b(?P<name>{_WORD}(?: {_WORD}){{1,3}}), (?:an?|the|its|their|his|her)? ?"
               rf"(?P<told>(?:[\w’'-]{{1,40}} ){{0,6}}?{_ROLE}"
               r"(?: (?:of|for) (?:the )?[\w’' -]{2,40}?)?)"
               r"[,.;:)]"),)
_STATES = (
    re.compile(rf"\b(?:[Gg]overnment|[Pp]resident|[Pp]arliament|[Rr]epublic|[Kk]ingdom|"
               rf"[Pp]rime [Mm]inister) of (?:the )?(?P<name>{_WORD}(?: {_WORD})?)"),
    re.compile(rf"\b(?P<name>{_WORD}(?: {_WORD})?)(?:’s|'s) {_BODY}\b"),
    re.compile(rf"\b(?P<name>{_WORD}) {_BODY}\b"))


@dataclass(frozen=True, slots=True)
class Told:
    """A name, where it stands, and the words that the text tells it by."""

    name: str
    at: int
    words: str
    words_at: int


def groups(text: str) -> Iterator[Told]:
    """Names that the text calls an armed group, in its order; also wrong ones: names of places
    and peoples are for the reader to leave out."""
    yield from _found(text, _GROUPS)


def people(text: str) -> Mapping[str, Told]:
    """Persons (normal form of the name) with the office that an apposition gives them."""
    out: dict[str, Told] = {}
    for told in _found(text, _PEOPLE):
        out.setdefault(normalise(told.name), told)
    return out


def states(text: str) -> Iterator[Told]:
    """Names that the text gives a government, a parliament or an army of a state."""
    yield from _found(text, _STATES)


def _found(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Told]:
    found: dict[tuple[int, str], Told] = {}       # the longest words for each name
    for pattern in patterns:
        for match in pattern.finditer(text):
            name, at = re.sub(r"['’]s?$", "", match["name"]), match.start("name")
            while first := re.match(r"(?:The|A|An|In|On|But|And|For|When|While|As) ", name):
                name, at = name[first.end():], at + first.end()
            words = match.groupdict().get("told") or ""
            if name and name not in ("The", "A", "An") \
                    and not BACKED & set(normalise(name).split()):
                old = found.get((at, name))
                if old is None or len(words) > len(old.words):
                    found[at, name] = Told(name, at, words, match.start("told") if words else at)
    yield from sorted(found.values(), key=lambda t: (t.at, -len(t.name), t.words))


_ENDINGS = re.compile(r"(?:eans?|ians?|ans?|ese|ish|ic|is?|s)$")


def stem(name: str) -> str:
    """What a country's name and the name of its people share: *Miravalle*, *Miravallean*."""
    normal = normalise(name).split()
    if not normal:
        return ""
    word = normal[-1]
    short = _ENDINGS.sub("", word)
    word = (short if len(short) >= 4 else word).rstrip("aeiouy")
    return " ".join((*normal[:-1], word))


def acronyms(text: str) -> dict[str, str]:
    """Acronyms of names in the text, explained or not: normal form to the full name."""
    out: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        words = match.group(1).strip(" -").split()
        for drop in range(len(words)):
            name = " ".join(words[drop:])
            if sorted(_initials(name)) == sorted(match.group(2).upper()):
                out[normalise(match.group(2))] = name      # FARC: in another language's order
                break
    for match in _SPELLED.finditer(text):
        if sorted(_initials(match.group(2))) == sorted(match.group(1)):
            out.setdefault(normalise(match.group(1)), match.group(2))
    runs = [re.split(r"[\s-]+", m.group()) for m in _TITLED.finditer(text)]
    for short in sorted({m.group() for m in _CAPITALS.finditer(text)}):
        for run in runs:
            names = [" ".join(run[i:i + n]) for i in range(len(run))
                     for n in range(len(short), len(run) - i + 1)
                     if "".join(w[0] for w in run[i:i + n] if w[0].isupper()) == short
                     and run[i][0].isupper()]
            if names:
                out.setdefault(normalise(short), names[0])
                break
    return out


def _initials(name: str) -> str:
    return "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper()).upper()
