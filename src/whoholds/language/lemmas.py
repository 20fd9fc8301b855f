"""Lemmas as edit scripts: what to cut from a form and what to add, so that a head can choose one.

A script is written ``case:cut:add``: case ``l`` (lower-case the form first) or ``k`` (keep it), how
many characters to cut from the end, and what to append. *took* to *take* is ``l:3:ake``.
"""

from __future__ import annotations


def script_of(form: str, lemma: str) -> str:
    """The script that turns ``form`` into ``lemma``."""
    lowered = lemma == lemma.lower() and form != lemma
    start = form.lower() if lowered else form
    shared = 0
    while shared < min(len(start), len(lemma)) and start[shared] == lemma[shared]:
        shared += 1
    return f"{'l' if lowered else 'k'}:{len(start) - shared}:{lemma[shared:]}"


def apply_script(form: str, script: str) -> str:
    """The lemma that ``script`` makes of ``form``; the form itself where it cuts too much."""
    case, cut, add = script.split(":", 2)
    start = form.lower() if case == "l" else form
    if int(cut) > len(start):
        return form
    return (start[: len(start) - int(cut)] + add) or form
