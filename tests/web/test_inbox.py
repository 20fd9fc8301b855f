"""Names of files that people hand in, and the order of reading."""

from __future__ import annotations

import pytest

from tests.web.conftest import until
from whoholds.core import InputError
from whoholds.pipeline import Intake, Workbench
from whoholds.web.inbox import Handed, Inbox, ending, plain_name
from whoholds.web.news import News


@pytest.mark.parametrize(("name", "plain", "end"), [
    ("story.html", "story.html", ".html"), ("/etc/passwd", "passwd", ".txt"),
    ("..\\..\\boot.ini", "boot.ini", ".ini"), ("a.warc.gz", "a.warc.gz", ".warc.gz"),
    ("x.tx\x00t", "x.txt", ".txt"), ("..", "report.txt", ".txt"),
    ("a.b;rm -rf", "a.b;rm -rf", ".txt"),
    ("n" * 500 + ".pdf", "n" * 116 + ".pdf", ".pdf")])
def test_a_name_says_the_format_and_nothing_else(name: str, plain: str, end: str) -> None:
    assert plain_name(name) == plain
    assert ending(plain_name(name)) == end


class Slow:
    """A workbench that reads one report for each line, or refuses."""

    def read_each(self, paths: list[object], **known: object) -> list[Intake]:
        text = open(str(paths[0]), encoding="utf8").read()  # noqa: SIM115
        if text == "broken":
            raise InputError(str(paths[0]), "is broken")
        if text == "bug":
            raise RuntimeError("a secret")
        return [Intake(f"{paths[0]}:{i}", claims=2) for i, _ in enumerate(text.splitlines())]


def handed(text: str) -> Handed:
    desk: Workbench = Slow()  # type: ignore[assignment]
    return Handed(text.encode(), desk, None, None)


def test_readings_go_on_after_one_that_failed() -> None:
    inbox = Inbox(News(), 10)
    for text in ("one\ntwo", "bug", "broken", "three"):
        assert inbox.hand_in(f"{text[:3]}.txt", "Ana", handed(text)) is not None
    until(lambda: all(r.state in ("done", "failed") for r in inbox.readings()))
    inbox.close()
    newest_first = [(r.state, r.read, r.claims) for r in inbox.readings()]
    assert newest_first == [("done", 1, 2), ("failed", 0, 0), ("failed", 0, 0), ("done", 2, 4)]
    assert inbox.readings()[2].problem == "a bug in whoholds"
    assert inbox.readings()[3].taken[1].where == "one.txt:1"


def test_too_much_that_waits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox(News(), 1)
    monkeypatch.setattr(inbox, "_read", lambda: None)
    assert inbox.hand_in("a.txt", "Ana", handed("a")) is not None
    assert inbox.hand_in("b.txt", "Ana", handed("b")) is None
    assert len(inbox.readings()) == 1
