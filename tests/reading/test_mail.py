"""Mailboxes: one report for each message."""

from __future__ import annotations

from pathlib import Path

from tests.reading.made import NEWS
from whoholds.reading import read_paths


def message(subject: str, body: str = NEWS) -> str:
    return (f"From reporter@h.example Fri Aug 13 21:00:00 2021\nFrom: Herald <r@h.example>\n"
            f"Subject: {subject}\nDate: Fri, 13 Aug 2021 21:00:00 +0430\n\n{body}\n\n")


def mailbox(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "box.mbox"
    path.write_bytes(text.encode())
    return path


def test_each_message_is_a_report(tmp_path: Path) -> None:
    path = mailbox(tmp_path, message("Marn falls") + message("Kesh falls"))
    found = list(read_paths([path]))
    assert [r.where for r in found] == [f"{path}!1", f"{path}!2"]
    assert [r.report and r.report.text for r in found] == [
        f"Marn falls\n\n{NEWS}\n\n", f"Kesh falls\n\n{NEWS}\n\n"]
    assert {r.report.outlet for r in found if r.report} == {"Herald"}


def test_lines_that_look_like_a_new_message_are_of_the_text(tmp_path: Path) -> None:
    path = mailbox(tmp_path, message("Marn", f"{NEWS}\nFrom Kesh came news.\n\n>From Marn none."))
    (found,) = read_paths([path])
    assert found.report is not None
    assert found.report.text.endswith("From Kesh came news.\n\nFrom Marn none.\n\n")


def test_a_broken_or_large_message_costs_itself(tmp_path: Path) -> None:
    path = mailbox(tmp_path, message("Marn") + "From x\n\nno headers\n\n" + message(
        "Long", "word " * 1000) + message("Kesh"))
    found = list(read_paths([path], largest=2000))
    assert [r.refusal and r.refusal.what for r in found] == [
        None, "not an e-mail: no subject, sender or date",
        "larger than 2,000 bytes: no single report", None]


def test_no_mailbox(tmp_path: Path) -> None:
    for text, what in (("", "empty"), ("took the town\n", "not a mailbox")):
        (found,) = read_paths([mailbox(tmp_path, text)])
        assert what in str(found.refusal)
