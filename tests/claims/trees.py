"""Parses written by hand: CoNLL-U in, sentences and reports out.

Lines hold ten columns (tabs or blanks), or seven without XPOS, DEPS and MISC:
``id form lemma upos feats head deprel``. ``SpaceAfter=No`` in MISC joins words; without MISC,
closing punctuation and clitics join to the left. A comment ``# name = 3-4 LOC`` marks a name,
``# paragraph = 2`` the paragraph.
"""

from __future__ import annotations

from datetime import date

from whoholds.core import Interval, Name, Parse, Report, Sentence, Span, Word

_CLOSING = {".", ",", ";", ":", "!", "?", ")", "'s", "’s", "n't", "n’t", "”", "%", "'", "’"}


def _rows(conllu: str) -> tuple[list[list[str]], dict[str, list[str]]]:
    rows: list[list[str]] = []
    comments: dict[str, list[str]] = {}
    for line in conllu.strip().splitlines():
        text = line.strip()
        if text.startswith("#"):
            key, _, value = text[1:].partition("=")
            comments.setdefault(key.strip(), []).append(value.strip())
        elif text:
            cells = text.split()
            if len(cells) == 7:
                cells = [*cells[:4], "_", cells[4], *cells[5:], "_", "?"]
            rows.append(cells)
    return rows, comments


def _spans(rows: list[list[str]], offset: int) -> tuple[list[Span], str]:
    spans: list[Span] = []
    text = ""
    for at, cells in enumerate(rows):
        joined = (at > 0 and ("SpaceAfter=No" in rows[at - 1][9].split("|")
                              or (cells[9] == "?" and cells[1] in _CLOSING)))
        if text and not joined:
            text += " "
        start = offset + len(text)
        text += cells[1]
        spans.append(Span(start, start + len(cells[1])))
    return spans, text


def sentence(conllu: str, offset: int = 0) -> Sentence:
    """The sentence that ``conllu`` describes, its text starting at ``offset`` of the report."""
    rows, comments = _rows(conllu)
    spans, text = _spans(rows, offset)
    words = tuple(
        Word(int(c[0]) - 1, span, c[1], c[2], c[3],
             tuple(sorted(tuple(f.split("=", 1)) for f in c[5].split("|")))  # type: ignore[misc]
             if c[5] != "_" else (),
             int(c[6]) - 1, c[7])
        for c, span in zip(rows, spans, strict=True))
    names = []
    for value in comments.get("name", []):
        where, kind = value.split()
        first, _, last = where.partition("-")
        names.append(Name(int(first) - 1, int(last or first), kind))  # type: ignore[arg-type]
    return Sentence(Span(offset, offset + len(text)), words, tuple(names),
                    int(comments.get("paragraph", ["0"])[0]))


def parse_of(*conllu: str, published: str | None = "2021-08-15",
             outlet: str = "Outlet") -> tuple[Report, Parse]:
    """A report of these sentences, published on the day ``published``, and its parse."""
    sentences: list[Sentence] = []
    text = ""
    for block in conllu:
        if text:
            text += "\n"
        rows, _ = _rows(block)
        sentences.append(sentence(block, len(text)))
        text += _spans(rows, 0)[1]
    day = Interval.of_days(date.fromisoformat(published)) if published else None
    report = Report(text=text, outlet=outlet, published=day,
                    published_from="given" if day else "none")
    return report, Parse(report.id, tuple(sentences), "test")
