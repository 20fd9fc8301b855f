"""Moves the arcs of a tree that is a list of words."""

from __future__ import annotations

from dataclasses import replace

from whoholds.core import Word


def attach(words: list[Word], index: int, head: int, deprel: str) -> None:
    """Moves a word, unless it would come to stand below itself."""
    if head < 0 or head not in subtree(words, index):
        words[index] = replace(words[index], head=head, deprel=deprel)


def subtree(words: list[Word], index: int) -> list[int]:
    """The positions of a word and of all below it, in order."""
    found, todo = {index}, [index]
    while todo:
        at = todo.pop()
        for word in words:
            if word.head == at and word.index not in found:
                found.add(word.index)
                todo.append(word.index)
    return sorted(found)
