"""Corrections: where a report says that an earlier version of it was wrong, or is withdrawn.

Outlets say so in set phrases, at the end of the article or above it. A notice about another
outlet's words, or about a *correction* in prices or course, is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from whoholds.core import Span

NoticeKind = Literal["correction", "withdrawal"]

WORK = r"(?:article|story|report|piece|post|item|dispatch|headline|version|page|alert|update)"
THIS = rf"(?:this|the|our|a|an|its|that) (?:\w+ ){{0,3}}?{WORK}"
EARLIER = r"(?:earlier|previous|prior|original|initial|first|former|preceding)"
WRONG = (r"(?:misstated|mis-?reported|mis-?identified|mis-?spelled|mis-?spelt|misquoted|"
         r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately) \w+|said incorrectly|"
         r"contained an? (?:\w+ )?error|gave the wrong|had the wrong|was incorrect)")
LOOSE = (rf"(?:{WRONG}|said|stated|referred to|named|described|attributed|reported|put|gave|"
         r"identified|quoted|was wrong|was published|misattributed)")
LABEL = (r"(?:corrections?|corrected|corrections? and clarifications?|clarifications?|"
         r"editor['’]s note|corrigendum|erratum|errata)")

CORRECTIONS = (
    # An earlier version of this article misstated …; A previous headline on this story said …
    rf"\b(?:an?|the) {EARLIER} (?:\w+ )?(?:version|{WORK}) (?:of|on|to|for) {THIS}"
    rf"[^.\n]{{0,80}}?\b{LOOSE}\b",
    rf"\b(?:an?|the) {EARLIER} (?:\w+ )?(?:version|{WORK}) (?:of|on|to|for) (?:this|our) {WORK}\b",
    rf"\b(?:this|our) {WORK} (?:was|has been|is) (?:corrected|amended)\b",
    rf"\b(?:an?|the|our) {EARLIER} {WORK}(?:,? [\w, ]{{0,60}}?)? {WRONG}\b",
    rf"\b{THIS}(?:,? [\w, ]{{0,60}}?)? (?:has|have) been (?:updated and )?"
    r"(?:corrected|amended to correct|updated to correct|changed to correct|edited to correct|"
    r"revised to correct)\b",
    rf"\b{THIS} (?:was|is) (?:corrected|amended|updated|changed|edited|revised) "
    r"(?:on [^.\n]{1,40} )?(?:to correct|to reflect that|because an earlier|after an earlier|"
    r"to fix an error)\b",
    r"\bwe (?:originally|initially|previously|earlier) (?:reported|said|stated|wrote)\b"
    r"[^.\n]{0,160}?\b(?:wrong|incorrect|in error|an error|a mistake|not the case)\b",
    r"\bwe (?:regret|apologi[sz]e for) (?:the|this|our|any) (?:\w+ )?(?:error|mistake|confusion)\b",
)
LABELLED = re.compile(rf"^[ \t*_>\[(#-]*{LABEL}\b[ \t*_]*(?:\([^)\n]{{1,40}}\)|, [^:\n]{{1,40}}"
                      r"|[ \d/.-]{0,12})?[ \t*_]*(?::|—|–| - )[ \t*_]*(?=\S)",
                      re.IGNORECASE | re.MULTILINE)
HEADED = re.compile(r"\A[\s*_#]*(?:\w+[- ]){0,2}?(?:CORRECT(?:ION|ED)|Correct(?:ion|ed))"
                    r"(?:\s?\([^)\n]{1,30}\))?(?:\s?[-:—–]+\s?|\s?\|\s?)(?=\S)")
NOTES = re.compile(r"correct|error|wrong|earlier version|previous version|amend|misstat|mistak",
                   re.IGNORECASE)  # what an editor's note must speak of to be a correction
WITHDRAWALS = (
    rf"\b{THIS}(?:,? [\w, ]{{0,60}}?)? (?:has|have) been (?:withdrawn|retracted|removed|"
    r"taken down)\b",
    rf"\b{THIS} (?:was|is) (?:withdrawn|retracted)\b(?! by (?:the|its) (?:army|military|troops))",
    rf"\bwe (?:have |are )?(?:withdr[ae]wn?|withdrawing|retract(?:ed|ing)?) {THIS}",
    rf"^[ \t*_\[(#-]*(?:retraction|retracted|withdrawn|withdrawal notice|kill notice|"
    rf"advisory: story (?:killed|withdrawn))[ \t*_]*(?::|—|–| - )[ \t*_]*(?=[^\n]{{0,200}}{WORK})",
)
FOUND = {kind: re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE | re.MULTILINE)
         for kind, patterns in (("withdrawal", WITHDRAWALS), ("correction", CORRECTIONS))}
HINTS = (  # no notice is without one of them; they are looked for first
    "correct", "amend", "version", "headline", "withdrawn", "we withdr", "we have withdr",
    "we are withdr", "withdrawal notice", "retract", "regret", "apolog", "clarif",
    "editor", "errat", "corrigend", "wrong", "error", "erron", "mistak", "inaccura", "misst",
    "misre", "misid", "missp", "misqu", "mis-", "not the case", "reflect that", "an earlier",
    "been removed", "been taken down", "kill notice", "story killed")
EDGE = 3000  # characters at either end of a report in which a notice stands


@dataclass(frozen=True, slots=True)
class Notice:
    """The words with which a report corrects or withdraws what it said before."""

    kind: NoticeKind
    span: Span


def notice(text: str) -> Notice | None:
    """The notice in a report's text, None where there is none; a withdrawal before a correction.

    ``span`` covers the line that holds it. Only the ends of the text are looked at.
    """
    lowered = text[:2 * EDGE].lower() + text[-EDGE:].lower()
    if not any(hint in lowered for hint in HINTS):
        return None
    starts = (0,) if len(text) <= 2 * EDGE else (0, len(text) - EDGE)
    for kind in ("withdrawal", "correction"):
        for start in starts:
            part = text[start:start + (EDGE if len(starts) > 1 else len(text))]
            found = FOUND[kind].search(part) or (_labelled(part, start == 0)
                                                 if kind == "correction" else None)
            if found:
                return Notice(kind, _line(text, start + found.start(), start + found.end()))
    return None


def _labelled(part: str, top: bool) -> re.Match[str] | None:
    """*Correction: …* at the beginning of a line; *Editor's note: …* that speaks of an error."""
    for match in LABELLED.finditer(part):
        end = part.find("\n", match.end())
        rest = part[match.end():end if end >= 0 else len(part)]
        if "note" not in match.group().lower() or NOTES.search(rest):
            return match
    return HEADED.search(part) if top else None


def _line(text: str, start: int, end: int) -> Span:
    """The line around the words, without the blanks at its ends."""
    first = text.rfind("\n", 0, start + 1) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Span(first, max(last, first + 1))
