"""Dates claims: the interval that certainly contains what a predicate speaks of.

Expressions of time count for the predicate that syntax gives them to, never for another's: the day
in *announced on Sunday* dates the announcement. What is undated falls back on tense and modality
(coding rule 6): a present state holds at publication, the past lies anywhere before, plans lie
ahead, a forecast runs from its assessment to its horizon.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from whoholds.claims.anchors import REPORTING, Frame, Link, Scene, frame_of, links_of
from whoholds.claims.calendars import Direction, around, length, resolve, shifted
from whoholds.claims.clauses import Tree
from whoholds.claims.tenses import has_going_to, tense_of
from whoholds.claims.timevalues import CalendarDate, Daytime, Distance, Period, Same, Value
from whoholds.claims.timex import Expression
from whoholds.core import Granularity, Interval, Modality, Parse, Polarity, Report

_FRESH = timedelta(days=1)
"""How old an undated event is at most in the headline's present (*rebels take the city*) and where
the text counts hours from it: the day before publication, the news cycle of a daily."""
_AHEAD: frozenset[Modality] = frozenset({"planned", "ordered", "demanded", "promised", "forecast",
                                         "possible"})


class Clock:
    """Dates what the predicates of one report speak of.

    ``reporting`` are the lemmas of verbs whose own time is that of saying, not of what is said;
    ``trees`` those of the sentences, where they are there already.
    """

    def __init__(self, report: Report, parse: Parse, reporting: frozenset[str] = REPORTING,
                 trees: Sequence[Tree] | None = None) -> None:
        self.published = report.published
        self._trees = trees if trees is not None else [Tree(s) for s in parse.sentences]
        self._reporting = reporting
        self._scenes: dict[int, Scene] = {}
        self._open: set[tuple[int, int]] = set()

    def valid(self, sentence_index: int, predicate: int, kind_is_state: bool = False,
              polarity: Polarity = "affirmed", modality: Modality = "actual") -> Interval | None:
        """The interval that certainly contains what the predicate speaks of.

        ``predicate`` is a word of the sentence: verb, event noun or adjective. ``kind_is_state``:
        the claim says that something is so (holds, surrounds, lies open), not that it happens.
        A denial is dated as what it denies: its ``polarity`` changes nothing.
        None where the report has no date and the text gives none.
        """
        scene = self._scene(sentence_index)
        frame = frame_of(scene, predicate)
        ahead = modality in _AHEAD and not (
            modality == "possible" and frame.tense in ("past", "perfect", "perfect participle"))
        ahead = ahead or (frame.tense == "future") or has_going_to(scene.tree, predicate)
        speech = self._speech(sentence_index, frame)
        onward: Direction = "future" if ahead or frame.tense in ("modal", "infinitive") else "past"
        if scene.is_now(predicate) and not ahead and speech is not None \
                and frame.tense in ("present", "progressive", "past", "none", "participle"):
            return speech                    # lowered the flag on Monday and now hold the base
        dated = self._dated(sentence_index, predicate, frame, onward, speech)
        if ahead or (onward == "future" and dated is not None):
            return self._ahead(dated, speech)
        return self._behind(dated, frame, speech, kind_is_state, scene)

    def expressions(self, sentence_index: int) -> tuple[Expression, ...]:
        """The expressions of time of a sentence."""
        return self._scene(sentence_index).every

    # -- what the defaults are ----------------------------------------------------------------

    def _ahead(self, dated: Interval | None, speech: Interval | None) -> Interval | None:
        start = speech.earliest if speech else None
        if dated is None:
            return Interval(start, None, "open") if speech else None
        if dated.latest is not None and start is not None and dated.latest < start:
            return Interval(start, None, "open")
        earliest = _later(dated.earliest, start)
        return Interval(earliest, dated.latest, dated.granularity)

    def _behind(self, dated: Interval | None, frame: Frame, speech: Interval | None,
                state: bool, scene: Scene) -> Interval | None:
        limit = self.published.latest if self.published else None
        if dated is not None:
            latest = _sooner(dated.latest, limit)
            if dated.earliest is None or latest is None or dated.earliest <= latest:
                return Interval(dated.earliest, latest, dated.granularity)
        if speech is None:
            return None
        if scene.clocked() and speech.earliest is not None:
            return speech                    # 14:05 – Police have sealed off the bridge
        told_in_past = frame.speech is not None and tense_of(scene.tree, frame.speech) in (
            "past", "perfect", "gerund")
        under_way = told_in_past and frame.under_way
        if under_way or _is_now(frame, state, told_in_past):
            return speech                    # he said soldiers were patrolling it
        if frame.tense == "present" and not state and speech.earliest is not None:
            return Interval(speech.earliest - _FRESH, speech.latest, "day")
        return Interval(None, speech.latest, "open")

    # -- what the text says -------------------------------------------------------------------

    def _scene(self, sentence_index: int) -> Scene:
        found = self._scenes.get(sentence_index)
        if found is None:
            found = self._scenes[sentence_index] = Scene(self._trees[sentence_index],
                                                         self._reporting)
        return found

    def _speech(self, sentence_index: int, frame: Frame) -> Interval | None:
        """When the words were said: the day of the verb of saying, else the publication."""
        if frame.speech is None or (sentence_index, frame.speech) in self._open:
            return self.published
        scene = self._scene(sentence_index)
        self._open.add((sentence_index, frame.speech))
        try:
            above = frame_of(scene, frame.speech)
            dated = self._dated(sentence_index, frame.speech, above, "past", self.published)
        finally:
            self._open.discard((sentence_index, frame.speech))
        if dated is None or dated.earliest is None or self.published is None:
            return self.published
        latest = _sooner(dated.latest, self.published.latest)
        return Interval(dated.earliest, latest, dated.granularity) \
            if latest is None or dated.earliest <= latest else self.published

    def _dated(self, sentence_index: int, predicate: int, frame: Frame, direction: Direction,
               speech: Interval | None) -> Interval | None:
        """What expressions and other events say; those of the predicate itself before others'."""
        scene = self._scene(sentence_index)
        for holder, only_before in [(predicate, False), *frame.holders]:
            said = self._said(sentence_index, scene.of(holder, only_before), frame, direction,
                              speech)
            told = said or self._told(sentence_index, holder, direction, speech)
            if told is not None:
                return told
        if frame.bound is not None and direction == "past":
            said = self._said(sentence_index, scene.of(frame.bound), frame, direction, speech)
            if said is not None:
                return Interval(None, said.latest, said.granularity)
        return None

    def _said(self, sentence_index: int, found: list[Expression], frame: Frame,
              direction: Direction, speech: Interval | None) -> Interval | None:
        """The meet of the expressions' intervals; one that contradicts the others is left out."""
        result: Interval | None = None
        for one, until in _paired(found):
            meaning = self._meaning(sentence_index, one, frame, direction, speech)
            if until is not None and meaning is not None:
                end = self._meaning(sentence_index, until, frame, direction, speech)
                if end and end.latest and (meaning.earliest is None
                                           or meaning.earliest <= end.latest):
                    meaning = Interval(meaning.earliest, end.latest, meaning.granularity)
            if meaning is not None:
                result = meaning if result is None else _meet(result, meaning)
        return result

    def _meaning(self, sentence_index: int, one: Expression, frame: Frame, direction: Direction,
                 speech: Interval | None) -> Interval | None:
        """The interval in which something lies that is dated by ``one`` (preposition included)."""
        value = one.value
        relative = isinstance(value, Distance) and value.side in ("ago", "ahead")
        if one.relation == "since" and frame.tense != "future":
            direction = "past"
        elif frame.tense in ("present", "progressive") and direction == "past":
            direction = self._nearer(value)
        if isinstance(value, Distance) and value.side == "ahead" and direction == "past":
            return self._lasting(value, frame, speech) if one.relation == "for" else None
        day = resolve(value, speech if relative else self.published, direction,
                      self._spoken_of(sentence_index, one)
                      if isinstance(value, Same) or not relative else None)
        if day is None and isinstance(value, Daytime):        # at noon: today's or yesterday's
            day = resolve(Period("day", 0, night=True, eve=True), self.published, direction)
        if day is None and isinstance(value, Distance) and value.side == "earlier" \
                and (value.unit, value.low) == ("day", 1) and direction == "past":
            day = resolve(Period("day", -1), self.published, direction)
        if day is None:
            return None
        if isinstance(value, Daytime) and one.relation in ("by", "until"):
            return day                       # signed by nightfall: that day
        return _related(one, day, direction, speech or self.published)

    def _nearer(self, value: Value) -> Direction:
        """Where a date without a year lies for the present tense: *the talks begin on May 3*."""
        if not isinstance(value, CalendarDate) or value.year is not None or not self.published:
            return "past"
        before = resolve(value, self.published, "past")
        after = resolve(value, self.published, "future")
        now = self.published.earliest
        if before is None or after is None or not (now and before.latest and after.earliest):
            return "past"
        return "future" if after.earliest - now < now - before.latest else "past"

    def _lasting(self, value: Distance, frame: Frame, speech: Interval | None) -> Interval | None:
        """*Has been surrounded for weeks*: from then to now."""
        if frame.tense not in ("perfect", "present", "progressive") or speech is None:
            return None
        back = length(value.unit, value.high or 1)
        return Interval(shifted(speech.earliest, -back), speech.latest, "day")

    def _spoken_of(self, sentence_index: int, one: Expression) -> Interval | None:
        """The last time that the text dates before ``one``, at most two sentences back."""
        for at in range(sentence_index, max(sentence_index - 3, -1), -1):
            for other in reversed(self._scene(at).found):
                if (at == sentence_index and other.start >= one.start) or isinstance(
                        other.value, Same | Distance):
                    continue
                day = resolve(other.value, self.published, "past")
                if day is not None and day.granularity in ("day", "week"):
                    return day
        return None

    def _told(self, sentence_index: int, holder: int, direction: Direction,
              speech: Interval | None) -> Interval | None:
        """What other events say: *hours after seizing Y*, *before X entered Y*, *when Z began*."""
        key = (sentence_index, holder)
        if key in self._open or speech is None:
            return None
        scene = self._scene(sentence_index)
        self._open.add(key)
        try:
            for link in links_of(scene, holder):
                other = self._other(sentence_index, link, speech)
                told = _linked(link, other, direction, speech)
                if told is not None:
                    return told
        finally:
            self._open.discard(key)
        return None

    def _other(self, sentence_index: int, link: Link, speech: Interval) -> Interval | None:
        """When the other event was, as far as expressions tell: never by way of this one."""
        frame = frame_of(self._scene(sentence_index), link.other)
        if link.reverse:
            frame.holders = [h for h in frame.holders if h[0] != link.other]
        direction: Direction = "future" if frame.tense == "future" else "past"
        holders = {(sentence_index, at) for at, _ in [(link.other, False), *frame.holders]}
        opened = holders - self._open
        self._open |= opened
        try:
            return self._dated(sentence_index, link.other, frame, direction, speech)
        finally:
            self._open -= opened


def _is_now(frame: Frame, state: bool, told_in_past: bool) -> bool:
    """Whether what is undated is so at the time of speaking."""
    if frame.tense in ("progressive", "modal") or frame.ongoing:
        return True
    if not (state or frame.copular):
        return False
    if frame.tense == "present" or (frame.tense == "infinitive" and frame.speech is not None):
        return True
    if frame.tense == "past":
        return told_in_past and state
    if frame.tense in ("none", "participle"):
        return frame.governing not in ("past", "perfect participle") or told_in_past
    return frame.tense == "gerund" and frame.governing != "past"


def _linked(link: Link, other: Interval | None, direction: Direction,
            speech: Interval) -> Interval | None:
    """The interval of an event that is told by another one's."""
    mark = {"following": "after", "once": "after", "prior to": "before", "till": "until"}.get(
        link.mark, link.mark)
    if mark == "when":
        return other
    low, high = around(link.offset) if link.offset else (timedelta(0), None)
    if other is None:
        if high is not None and high <= _FRESH and direction == "past" and speech.earliest:
            return Interval(speech.earliest - _FRESH, speech.latest, "day")
        return None
    if mark == "until":
        return None if link.reverse else Interval(
            None if direction == "past" else speech.earliest, other.latest, other.granularity)
    if mark == "since" and not link.reverse:
        return Interval(other.earliest, _later(other.earliest, speech.latest), other.granularity)
    after = (mark == "after") != link.reverse if mark in ("after", "before") else None
    if after is None:
        return None
    return _apart(other, low, high, after=after, direction=direction, speech=speech)


def _apart(other: Interval, low: timedelta, high: timedelta | None, *, after: bool,
           direction: Direction, speech: Interval) -> Interval | None:
    """The interval ``low`` to ``high`` after (or before) another."""
    unit: Granularity = "day"
    if after:
        earliest = shifted(other.earliest, low)
        latest = shifted(other.latest, high) if high is not None else (
            speech.latest if direction == "past" else None)
    else:
        earliest = shifted(other.earliest, -high) if high is not None else (
            None if direction == "past" else speech.earliest)
        latest = shifted(other.latest, -low)
    if earliest is not None and latest is not None and earliest > latest:
        return None
    return Interval(earliest, latest, unit)


# -- intervals --------------------------------------------------------------------------------


def _paired(found: list[Expression]) -> list[tuple[Expression, Expression | None]]:
    """Expressions, with the second of *between A and B*, *from A to B* beside the first."""
    pairs: list[tuple[Expression, Expression | None]] = []
    at = 0
    while at < len(found):
        one = found[at]
        second = found[at + 1] if at + 1 < len(found) else None
        if second is not None and second.start - one.end <= 1 and (
                one.relation == "between"
                or (one.relation == "since" and second.relation in ("to", "until"))):
            pairs.append((Expression(one.start, one.end, one.value),
                          Expression(second.start, second.end, second.value)))
            at += 2
            continue
        pairs.append((one, None))
        at += 1
    return pairs


def _related(one: Expression, day: Interval, direction: Direction,
             speech: Interval | None) -> Interval | None:
    """What a preposition makes of a day: since it, until it, by it, before or after it."""
    start = speech.earliest if speech and direction == "future" else None
    end = speech.latest if speech and direction == "past" else None
    if one.relation == "since":
        return _if_ordered(day.earliest, _later(end, day.latest) if end else None, day)
    if one.relation == "after":
        return _if_ordered(day.earliest, end, day)
    if one.relation == "before" and day.earliest is not None:
        last = day.earliest - timedelta(seconds=1)
        return _if_ordered(start if start is None or start <= last else None, last, day)
    if one.relation in ("until", "by", "before"):
        return _if_ordered(start, day.latest, day)
    return day


def _if_ordered(earliest: datetime | None, latest: datetime | None,
                day: Interval) -> Interval | None:
    if earliest is not None and latest is not None and earliest > latest:
        return None
    return Interval(earliest, latest, day.granularity)


def _meet(a: Interval, b: Interval) -> Interval:
    """What two intervals share; the first where they share nothing."""
    earliest, latest = _later(a.earliest, b.earliest), _sooner(a.latest, b.latest)
    if earliest is not None and latest is not None and earliest > latest:
        return a
    return Interval(earliest, latest, a.granularity)


def _later(a: datetime | None, b: datetime | None) -> datetime | None:
    """The later of two beginnings; open is earliest."""
    return max(a, b) if a and b else a or b


def _sooner(a: datetime | None, b: datetime | None) -> datetime | None:
    """The sooner of two ends; open is latest."""
    return min(a, b) if a and b else a or b
