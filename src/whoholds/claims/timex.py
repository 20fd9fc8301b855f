"""Finds expressions of time in a sentence: *on Sunday*, *back in May*, *within 30 to 90 days*.

Words are first written in a small alphabet (``d:6`` a weekday, ``m:8`` a month, ``n:30`` a number,
``o:12`` an ordinal, ``y:2021`` a year), so that one pattern serves every spelling. What an
expression means is a :data:`Value`; which days that is depends on the publication and on the tense:
:mod:`whoholds.claims.calendars`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from whoholds.claims.numerals import ORDINALS, SCALES, TENS, UNITS, numeral_at, ordinal
from whoholds.claims.timevalues import (
    CalendarDate,
    Daytime,
    Distance,
    Period,
    Phase,
    Same,
    Side,
    Unit,
    Value,
    Weekday,
)
from whoholds.core import Sentence

Relation = Literal["in", "since", "until", "by", "before", "after", "between", "to", "for"]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time: words ``start`` to ``end`` (end excluded, preposition included)."""

    start: int
    end: int
    value: Value
    relation: Relation = "in"


MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
                 "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_SHORT_DAYS = {"mon.": 0, "tue.": 1, "tues.": 1, "wed.": 2, "thu.": 3, "thur.": 3, "thurs.": 3,
               "fri.": 4, "sat.": 5, "sun.": 6}
_VAGUE = {"minute": 60, "hour": 24, "day": 14, "week": 8, "month": 12, "year": 10, "decade": 5}
"""The most that a bare plural means (*hours after*, *in the coming days*), in its unit: more of
them would be said in the next larger unit (24 hours, two weeks, two months, a year, a decade)."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ISO = re.compile(r"((?:1[5-9]|20)\d\d)-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence in the small alphabet, and which words each character stands for."""

    text: str
    starts: dict[int, int]    # character -> word that begins there
    ends: dict[int, int]      # character -> word after the one that ends there


def _symbols(sentence: Sentence) -> list[tuple[str, int, int]]:
    """(symbol, first word, word after the last) for all words."""
    forms = [w.form for w in sentence.words]
    out: list[tuple[str, int, int]] = []
    at = 0
    while at < len(forms):
        plain = _plain(forms[at])
        if plain is not None:
            out.append((plain, at, at + 1))
            at += 1
            continue
        symbol = _name_symbol(sentence, at)
        number = None if symbol else numeral_at(forms, at)
        if symbol:
            out.append((symbol, at, at + 1))
        elif number and number.end > at:
            out.append((_number_symbol(forms[at], number.value), at, number.end))
        elif (nth := ordinal(forms[at])) is not None:
            out.append((f"o:{nth}", at, at + 1))
        else:
            out.append((forms[at].lower().replace("’", "'").replace(" ", ""), at, at + 1))
        at = out[-1][2]
    return out


_TELLING = frozenset({"a", "an", "half", *UNITS, *TENS, *SCALES, *ORDINALS, *MONTHS, *DAYS,
                      *_SHORT_MONTHS, *(d.rstrip(".") for d in _SHORT_DAYS)})


@lru_cache(maxsize=65536)
def _plain(form: str) -> str | None:
    """The symbol of a word that names no time and begins no number; None for any other."""
    low = form.lower()
    bare = low.rstrip(".")
    if bare in _TELLING or bare.rstrip("s") in DAYS or "-" in low or any(map(str.isdigit, low)):
        return None
    return low.replace("’", "'").replace(" ", "")


_NUMBERS = frozenset({"a", "an", "half", *UNITS, *TENS, *SCALES})
_UNITS_OF_TIME = ("minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade",
                  "weekend")
_TIMELY = frozenset({*_UNITS_OF_TIME, *(f"{unit}s" for unit in _UNITS_OF_TIME), "today", "tonight",
                     "tomorrow", "yesterday", "overnight", "noon", "afternoon", "midnoon",
                     "morning", "evening", "dawn", "daybreak", "midday", "dusk", "nightfall",
                     "midnight", "sunset", "sunrise", "time", "then"})


@lru_cache(maxsize=65536)
def _may_tell(form: str) -> bool:
    """Whether a sentence with this word may speak of time (see ``_TRIGGER``): a number written in
    letters alone does not."""
    plain = _plain(form)
    return plain in _TIMELY if plain is not None else form.lower() not in _NUMBERS


def _name_symbol(sentence: Sentence, at: int) -> str | None:
    """The symbol of a month, a weekday or a whole date written as one word."""
    word = sentence.words[at]
    lowered = word.form.lower()
    bare = lowered.rstrip(".")
    if iso := _ISO.fullmatch(lowered):
        return f"iso:{iso[1]}:{int(iso[2])}:{int(iso[3])}"
    prefix, _, rest = bare.partition("-")
    if prefix in ("early", "mid", "late") and rest:
        inner = _month(rest, True) or (f"y:{rest}" if _YEAR.fullmatch(rest) else None)
        return f"{prefix} {inner}" if inner else None
    if bare in DAYS:
        return f"d:{DAYS.index(bare)}"
    if bare.rstrip("s") in DAYS:
        return None
    if lowered in _SHORT_DAYS and word.form[0].isupper():
        return f"d:{_SHORT_DAYS[lowered]}"
    named = word.form[0].isupper() and word.upos not in ("AUX", "VERB", "ADJ")
    return _month(bare, named)


def _month(bare: str, named: bool) -> str | None:
    if bare in MONTHS and (named or bare not in ("may", "march", "august")):
        return f"m:{MONTHS.index(bare) + 1}"
    return f"m:{_SHORT_MONTHS[bare]}" if bare in _SHORT_MONTHS and named else None


def _number_symbol(form: str, value: float) -> str:
    if _YEAR.fullmatch(form):
        return f"y:{form}"
    return f"n:{value:g}" if value < 100_000 else "n:many"


def line_of(sentence: Sentence) -> _Line:
    text, starts, ends = "", {}, {}
    for symbol, first, after in _symbols(sentence):
        text += " "
        starts[len(text)] = first
        text += symbol
        ends[len(text)] = after
    return _Line(text + " ", starts, ends)


# -- the patterns -----------------------------------------------------------------------------

UNIT = r"(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade)s?"
MANY = (r"(?:(?P<n>n:[\d.]+)(?: (?:to|or|-|–) (?P<n2>n:[\d.]+))?|(?P<a>an?|one)|(?P<half>half an?)"
         r"|(?P<few>(?:a )?(?:few|couple(?: of)?|handful of|several|many|some)|a matter of))")
LIMIT = (r"(?:(?P<under>less than|under|not even|barely|within|only|just)"
          r"|(?P<over>more than|over|at least)"
          r"|(?P<about>about|around|some|roughly|nearly|almost|approximately|up to)) ")
_PART = r"(?: (?P<part>morning|afternoon|evening|night|noon|midnight|dawn))"
_PHASE = (r"(?:(?P<phase>early|mid|late|the (?:beginning|start|middle|end|close|first half"
          r"|second half) of"
          r"|the (?:first|last|final|opening|closing) (?:days|weeks|day|week|months) of)"
          r"(?: -)?(?: on| in)? (?:the )?)")
_SHIFT = r"(?P<shift>(?<!the )last|this past|this coming|this|next|the previous|previous)"
_YEARS = r"(?:(?: ,)? (?:in |of )?(?:y:(?P<year>\d{4})|(?P<yshift>this|last|next) year))"
_LEAD = (r"(?:before (?:dawn|sunrise|daybreak)(?: on)? )?"
         r"(?:(?P<rel>ever since|since|not until|until|till|no later than|by|before|ahead of"
         r"|prior to|after|following|from|starting|beginning|as of|between|through|to|up to|for"
         r"|in|on|at|over|during|throughout|within|around|about|back in|as early as|as late as) )?"
         r"(?P<hedge>(?:at least|about|around|just|only|roughly|some|the night of|the morning of"
         r"|the evening of|dawn on|dawn of|noon on|the early hours of|early in the morning of"
         r"|the) )*")

_Build: TypeAlias = "Callable[[re.Match[str]], Value | None]"


def _got(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _phase(match: re.Match[str]) -> Phase:
    text = _got(match, "phase") or ""
    if re.search(r"early|beginning|start|first|opening", text):
        return "early"
    if re.search(r"late|end|close|second|last|final", text):
        return "late"
    return "mid" if text else "whole"


def _shift(match: re.Match[str]) -> int | None:
    text = _got(match, "shift")
    if text is None:
        return None
    if re.search(r"last|past|previous", text):
        return -1
    return 1 if re.search(r"next|coming", text) else 0


def _at_night(match: re.Match[str]) -> bool:
    return _got(match, "part") in ("night", "midnight") or "night of" in match[0]


def _unit(text: str) -> tuple[Unit, float]:
    """A unit and how many of it ``text`` is."""
    if text == "fortnight":
        return "week", 2
    return ("day", 1) if text == "night" else (text, 1)  # type: ignore[return-value]


def _date(match: re.Match[str]) -> Value | None:
    year, month = _got(match, "year"), int(match["month"])
    first, last = _got(match, "first"), _got(match, "last")
    if any(day and not 1 <= int(day) <= 31 for day in (first, last)):
        return None
    yshift = {"this": 0, "last": -1, "next": 1}.get(_got(match, "yshift") or "")
    return CalendarDate(int(year) if year else None, month, int(first) if first else None,
                        int(last) if last else None, _shift(match), _phase(match),
                        _at_night(match), yshift)


def _iso(match: re.Match[str]) -> Value | None:
    month, day = int(match["month"]), int(match["first"])
    return CalendarDate(int(match["year"]), month, day) if 1 <= month <= 12 and 1 <= day <= 31 \
        else None


def _year(match: re.Match[str]) -> Value:
    return CalendarDate(int(match["year"]), phase=_phase(match))


def _weekday(match: re.Match[str]) -> Value:
    week = {"this": 0, "last": -1, "next": 1}.get(_got(match, "week") or "")
    return Weekday(int(match["day"]), _shift(match), week, _at_night(match))


def _deictic(match: re.Match[str]) -> Value:
    word = match["word"]
    offset = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2,
              "the day after tomorrow": 2}.get(word, 0)
    eve = word in ("overnight", "last night")
    return Period("day", offset, night=word == "tonight" or _at_night(match), eve=eve)


def _period(match: re.Match[str]) -> Value:
    unit, _ = _unit(match["unit"])
    when = _got(match, "earlier") or ""
    return Period(unit, _shift(match) or 0, _phase(match), so_far=when in ("earlier", "already"),
                  to_come=when == "later")


def _weekend(match: re.Match[str]) -> Value:
    return Period("weekend", _shift(match) or 0)


def amount(match: re.Match[str]) -> tuple[Unit, float, float | None]:
    """The unit and the least and most of it; a stated number is read as give or take one half."""
    unit, factor = _unit(match["unit"])
    if _got(match, "few") or not (_got(match, "n") or _got(match, "a") or _got(match, "half")):
        return unit, 1 * factor, _VAGUE[unit] * factor
    half = 0.5 if _got(match, "half") else 1.0
    low = float(match["n"][2:]) if _got(match, "n") else half
    high = float(match["n2"][2:]) if _got(match, "n2") else low
    if _got(match, "under"):
        return unit, 0, high * factor
    if _got(match, "over"):
        return unit, low * factor, None
    slack = 0.0 if unit == "day" and low == int(low) and not _got(match, "about") else 0.5
    return unit, max(low - slack, 0) * factor, (high + slack) * factor


def _ago(match: re.Match[str]) -> Value:
    unit, low, high = amount(match)
    side: Side = "ago" if match["side"] in ("ago", "back") else "earlier"
    return Distance(unit, low, high, side)


def _later(match: re.Match[str]) -> Value:
    unit, low, high = amount(match)
    return Distance(unit, low, high, "later")


def _stretch(side: Side) -> _Build:
    def build(match: re.Match[str]) -> Value | None:
        unit, factor = _unit(match["unit"])
        most = float((_got(match, "n2") or match["n"])[2:]) if _got(match, "n") else None
        plural = match[0].rstrip().endswith("s") or _got(match, "few")
        if not plural and most is None and side == "ahead" and not _got(match, "rel"):
            return None       # the next day: of a story, not from now
        high = (most or (_VAGUE[unit] if plural else 0.5 if _got(match, "half") else 1)) * factor
        return Distance(unit, 0, high, side, counted=True)
    return build


def _next_day(match: re.Match[str]) -> Value | None:
    if _got(match, "rel") in ("over", "within", "during", "for", "in"):
        return None
    word = match["unit"]
    unit, _ = _unit("day" if word in ("morning", "evening", "afternoon") else word)
    later = bool(re.search(r"next|following|after", match[0]))
    return Distance(unit, 1, 1, "later" if later else "earlier")


def _same(_: re.Match[str]) -> Value:
    return Same()


def _daytime(_: re.Match[str]) -> Value:
    return Daytime()


def _of_month(match: re.Match[str]) -> Value | None:
    """*On the 5th*: of this month or the one before."""
    first, last = int(match["first"]), _got(match, "last")
    return CalendarDate(None, None, first, int(last) if last else None) if first <= 31 else None


def _nth_running(match: re.Match[str]) -> Value | None:
    """*For a fourth day*: the three before it, too."""
    unit, _ = _unit(match["unit"])
    return Distance(unit, 0, float(match["nth"]) - 1, "ago", counted=True)


def _before_last(match: re.Match[str]) -> Value:
    return Period(_unit(match["unit"])[0], -2)


def _today(_: re.Match[str]) -> Value:
    return Period("day", 0)


_D = r"(?:d:\d (?:, )?(?:the )?)?"
_TABLE: tuple[tuple[tuple[str, ...], str, _Build], ...] = (    # one of the first stands in all
    ((" iso:",), r"iso:(?P<year>\d{4}):(?P<month>\d+):(?P<first>\d+)", _iso),
    ((" m:",), rf"{_D}(?:n|o):(?P<first>\d+)"
     r"(?: (?:to|-|–|and|until|through) (?:n|o):(?P<last>\d+))?"
     rf"(?: of)? m:(?P<month>\d+){_YEARS}?{_PART}?", _date),
    ((" m:",), rf"{_D}m:(?P<month>\d+) (?:the )?(?:n|o):(?P<first>\d+)"
     rf"(?: (?:to|-|–|and|until|through) (?:n|o):(?P<last>\d+))?{_YEARS}?{_PART}?", _date),
    ((" m:",), rf"{_PHASE}?(?:{_SHIFT} )?m:(?P<month>\d+){_YEARS}?", _date),
    ((" y:",), rf"{_PHASE}?y:(?P<year>\d{{4}})", _year),
    ((" d:",), rf"{_SHIFT} d:(?P<day>\d){_PART}?", _weekday),
    ((" d:",), rf"(?:(?:early|late|mid)(?: on)? )?d:(?P<day>\d)(?: 's)?{_PART}?"
     r"(?: (?:of )?(?P<week>this|last|next) week)?", _weekday),
    (("today", "yesterday", "tomorrow", "tonight", "overnight", "last night"),
     rf"(?P<word>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight"
     rf"|overnight|last night){_PART}?", _deictic),
    ((" this ",), rf"(?:early |late |earlier |later )?this{_PART}", _today),
    ((" earlier ", " later today"),
     r"earlier (?:today|in the day)|earlier on today|later today", _today),
    ((" last ", " this ", " next ", " previous "),
     rf"(?:(?P<earlier>earlier|later|already) (?:on )?|{_PHASE})?{_SHIFT} (?:calendar )?"
     r"(?P<unit>week|month|year|decade)", _period),
    ((" early ", " mid ", " late ", " of "), rf"{_PHASE}(?P<unit>week|month|year)", _period),
    ((" weekend",), rf"(?:{_SHIFT} |the )?weekend", _weekend),
    ((" ago", " back", " earlier", " previously"),
     rf"(?:{LIMIT})?(?:{MANY} )?{UNIT} (?P<side>ago|back|earlier|previously)(?! than)", _ago),
    ((" later", " afterwards", " thereafter"),
     rf"(?:{LIMIT})?(?:{MANY} )?{UNIT} (?P<side>later|afterwards|thereafter)(?! than)", _later),
    ((" past ", " last ", " previous ", " preceding ", " recent "),
     rf"(?:the |these )?(?:past|last|previous|preceding|recent) (?:{MANY} )?{UNIT}",
     _stretch("ago")),
    ((" coming ", " next ", " following "),
     rf"(?:the |these )?(?:coming|next|following) (?:{MANY} )?{UNIT}", _stretch("ahead")),
    ((" ahead", " to come"), rf"(?:the )?{UNIT} (?:ahead|to come)", _stretch("ahead")),
    ((" from now",), rf"(?:{LIMIT})?(?:{MANY} )?{UNIT} from now", _stretch("ahead")),
    ((" next ", " following ", " previous "),
     r"(?:the )?(?:next|following|previous) (?P<unit>day|morning|afternoon|evening|night|week|month"
     r"|year)", _next_day),
    ((" before last",), r"the (?P<unit>week|month|year|weekend) before last", _before_last),
    ((" o:",), r"(?<=for )(?:an?|the|its) o:(?P<nth>\d+) (?:straight |consecutive )?"
     r"(?P<unit>day|night|week|month|year)(?: running| in a row| in succession)?", _nth_running),
    ((" on the o:", " of the o:"), r"(?<=the )o:(?P<first>\d+)(?: (?:and|to|or) (?:the )?"
     r"o:(?P<last>\d+))?(?= (?:[.,;:)]|and|by|but|at|in|to|with|after|$))", _of_month),
    ((" dawn ", " daybreak ", " light ", " noon ", " midday ", " dusk ", " nightfall ",
      " midnight ", " sunset ", " sunrise ", " night ", " the day ", " the morning ",
      " the afternoon ", " the evening "),
     r"(?:first light|dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|midnight"
     r"|(?<=in the )(?:night|morning|afternoon|evening)"
     r"|(?<=during the )(?:night|day|morning|afternoon|evening))"
     r"(?! (?:of|on|before|after|[dmyo]:))", _daytime),
    ((" before", " after"), r"the (?P<unit>day|week|month|year|night) (?:before|after)", _next_day),
    ((" same ", " very ", " that ", " at the time", " then"),
     r"(?:the|that) (?:same|very) (?:day|time|week|month|year|night)|that (?:day|week|month|year"
     r"|night|morning|evening)|at the time|at that time|by then|since then", _same),
)
_PATTERNS = tuple((needles, re.compile(rf" (?P<all>{_LEAD}(?P<core>{pattern}))(?= )"), build)
                  for needles, pattern, build in _TABLE)
_TRIGGER = re.compile(
    r" (?:[dmy]:\d|iso:|(?:minute|hour|day|night|week|fortnight|month|year|decade|weekend)s? "
    r"|to(?:day|night|morrow) |yesterday |overnight |(?:after|mid)?noon |morning |evening "
    r"|(?:dawn|daybreak|first light|midday|dusk|nightfall|midnight|sunset|sunrise) |the o:"
    r"|(?:the|that) time |then )")
_SPAN_OF = re.compile(
    rf" (?P<all>(?P<rel>within|in|inside|for|over) (?:as little as |about |around |just |only |the "
    rf"(?:space|course) of |a period of |a matter of |(?P<under>less than|under|up to) )*"
    rf"(?:{MANY} )?{UNIT})(?= )(?! (?:of|ago|later|earlier|after|before|from) )")
_RELATIONS: dict[str, Relation] = {
    "ever since": "since", "since": "since", "from": "since", "starting": "since",
    "beginning": "since", "as of": "since", "not until": "until", "until": "until",
    "till": "until", "through": "until", "up to": "until", "no later than": "by", "by": "by",
    "before": "before", "ahead of": "before", "prior to": "before", "after": "after",
    "following": "after", "between": "between", "to": "to"}
_NEEDS_PREPOSITION = frozenset({
    "in", "since", "ever since", "until", "till", "by", "before", "after", "during", "from",
    "between", "through", "throughout", "of", "back in", "as of", "early", "late", "mid", "to"})


def expressions(sentence: Sentence) -> tuple[Expression, ...]:
    """The expressions of time of a sentence, in order, never overlapping: the longest wins."""
    if not any(_may_tell(w.form) for w in sentence.words):
        return ()
    line = line_of(sentence)
    if _TRIGGER.search(line.text) is None:
        return ()
    found: list[Expression] = []
    for needles, pattern, build in _PATTERNS:
        if not any(needle in line.text for needle in needles):
            continue
        for match in pattern.finditer(line.text):
            core_at = line.starts.get(match.start("core"))
            if core_at is not None and _is_time(sentence, line, match, core_at):
                value = build(match)
                if value is not None:
                    found.append(_placed(line, match, value))
    found += [_placed(line, m, v) for m in _SPAN_OF.finditer(line.text)
              if (v := _stretch("ahead")(m)) is not None]
    return _without_overlaps(_dated_days(found))


def _dated_days(found: list[Expression]) -> list[Expression]:
    """A time of day beside a date adds nothing to it."""
    dated = any(not isinstance(e.value, Daytime) for e in found)
    return [e for e in found if not (dated and isinstance(e.value, Daytime))]


def _is_time(sentence: Sentence, line: _Line, match: re.Match[str], core_at: int) -> bool:
    """Whether the match is one: a bare year needs a preposition, lest it be a number of things."""
    if not re.fullmatch(r"y:\d{4}", match["core"]):
        return True
    word = sentence.words[core_at]
    if _dates_a_noun(sentence, core_at) \
            or re.search(r" between (?:y:)?\d{4} and $", line.text[:match.start("core")]):
        return True
    if re.search(r" (?:region|order|neighbou?rhood) of $", line.text[:match.start("core")]):
        return False                     # in the region of 1500 tanks
    before = (match["rel"] or line.text[:match.start("core")].rsplit(" ", 2)[-2:][0]).strip()
    counts = word.deprel == "nummod" and sentence.words[word.head].index > core_at
    return (before in _NEEDS_PREPOSITION and not counts) or \
        word.deprel in ("nmod:tmod", "nmod:unmarked", "obl:tmod", "obl:unmarked")


def _dates_a_noun(sentence: Sentence, at: int) -> bool:
    """*The 2001 invasion*, *the 2015 Minsk accord*: a year between an article or owner and a noun
    in the singular or a name."""
    if at == 0 or at + 1 >= len(sentence.words):
        return False
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    return (before.upos == "DET" or (before.deprel in ("nmod:poss", "case")
            and before.form in ("'s", "’s", "its", "their", "his", "her"))) \
        and (after.upos == "PROPN" or (after.upos == "NOUN" and after.feat("Number") == "Sing"))


def _placed(line: _Line, match: re.Match[str], value: Value) -> Expression:
    relation = _RELATIONS.get(_got(match, "rel") or "", "in")
    if _got(match, "rel") == "for" and isinstance(value, Distance):
        relation = "for"
    return Expression(line.starts[match.start("all")], line.ends[match.end("all")], value, relation)


def _without_overlaps(found: list[Expression]) -> tuple[Expression, ...]:
    taken: set[int] = set()
    kept: list[Expression] = []
    for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        words = set(range(one.start, one.end))
        if not words & taken:
            taken |= words
            kept.append(one)
    return tuple(sorted(kept, key=lambda e: e.start))
