"""Words that bound a number: *at least*, *no more than*, *or so*; and words that set one aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.core import Bound

# *no more than* before *more than*, *not less than* before *less than*: the longer words decide
_BEFORE: tuple[tuple[str, Bound], ...] = (
    (r"at (?:the )?(?:very )?least|(?:no|not) (?:fewer|less) than|not (?:under|below)"
     r"|a minimum of|minimum of", "at least"),
    (r"at (?:the )?(?:very )?most|up to|as (?:many|much) as|(?:no|not) more than|not (?:over|above)"
     r"|not exceeding|a maximum of|maximum of", "at most"),
    (r"(?:less|fewer) than|under|below|just under|just short of", "less than"),
    (r"more than|over|above|upwards? of|in excess of|exceed(?:s|ed|ing)?|greater than"
     r"|beyond|topp?(?:s|ed|ing)|surpass(?:es|ed|ing)?", "more than"),
    (r"about|around|some|roughly|approximately|an estimated|estimated|circa|nearly|almost|well-nigh"
     r"|close (?:to|on|upon)|(?:in|of) the (?:region|order|neighbourhood|neighborhood) of"
     r"|or so|approx\.?|c\.|~|perhaps|maybe|possibly|probably|an average of|somewhere around",
     "about"))
_FILLERS = r"(?: (?:a|the|another|additional|further|extra|only|just|total|of|its|their|his|well" \
           r"|some|about))*"
_BOUNDS = tuple((re.compile(rf"(?:^| )(?P<words>{words}){_FILLERS} ?$"), bound)
                for words, bound in _BEFORE)
_AFTER: tuple[tuple[str, Bound], ...] = (
    (r"or (?:so|thereabouts)|- odd|-odd|odd|or nearly so|give or take", "about"),
    (r"or (?:less|fewer|under)|at (?:the )?(?:very )?most", "at most"),
    (r"or (?:more|over|above)|and (?:more|over)(?! than)|at (?:the )?(?:very )?least"
     r"|\+|plus|- plus", "at least"))
_FOLLOWING = tuple((re.compile(rf"(?:{words})(?= |$)"), bound) for words, bound in _AFTER)
# *all but six of its guns*, *every town except two*: what is left out is not what is counted
_SET_ASIDE = re.compile(r"(?:^| )(?:all but|(?:every|any)(?: \w+){1,2} but|except(?: for)?"
                        r"|apart from|aside from|other than|barring|excluding|but for)"
                        r"(?: (?:a|the|its|their|only))*$")
_AGED = re.compile(r"(?:^| )(?:aged|ages|age of|ages of)(?: (?:between|about|around|only|just))?$")
_POWER = frozenset({"control", "sway", "power", "hold", "authority", "command", "rule", "dominion",
                    "influence", "grip", "sovereignty", "mastery", "victory", "battle", "fight"})
_LONGEST = 6      # words before a number that may bound it


def before(low: Sequence[str], lemmas: Sequence[str], start: int) -> tuple[int, Bound]:
    """Where the words that bound the number at ``start`` begin, and the bound; of several the one
    that reaches furthest back."""
    text = " ".join(low[max(start - _LONGEST, 0):start])
    found: list[tuple[int, Bound]] = []
    for pattern, bound in _BOUNDS:
        match = pattern.search(text)
        if match and not (match["words"] == "over" and _of_power(lemmas, start - 1)) \
                and match[0].split()[:2] != ["some", "of"]:
            found.append((start - len(text[match.start("words"):].split()), bound))
    return min(found, key=lambda f: f[0], default=(start, "exactly"))


def after(low: Sequence[str], end: int) -> tuple[int, Bound] | None:
    """Where the words end that bound what stands before ``end``, and the bound."""
    text = " ".join(low[end:end + 4])
    for pattern, bound in _FOLLOWING:
        match = pattern.match(text)
        if match:
            return end + len(match[0].split()), bound
    return None


def set_aside(low: Sequence[str], start: int) -> bool:
    """Whether the number at ``start`` says how many are left out, or how old somebody is."""
    text = " ".join(low[max(start - _LONGEST, 0):start])
    return bool(_SET_ASIDE.search(text) or _AGED.search(text))


def _of_power(lemmas: Sequence[str], over: int) -> bool:
    """*Control over four towns*: of what, not how many."""
    return over > 0 and lemmas[over - 1].lower() in _POWER
