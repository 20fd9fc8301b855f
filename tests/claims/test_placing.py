"""Where events happened: told, taken up from what was told before, or left unsaid."""

from __future__ import annotations

from tests.claims.test_whereabouts import places


def test_prisoners_are_taken_where_the_post_was_stormed() -> None:
    text = "Rebels stormed the post in Norwick and took eleven soldiers prisoner."
    assert places(text, "detain") == ["post in Norwick"]
