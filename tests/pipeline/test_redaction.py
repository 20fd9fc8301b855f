"""Protected names leave by no door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whoholds.cli import main
from whoholds.core import Span, UsageError
from whoholds.ledger import Ledger
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.redaction import Cuts, Redactor, fold, names_of, pattern

HIDE = Redactor(((pattern(["Ahmad Rähimi", "Rähimi"]), "[protected 1]"),
                 (pattern(["Radio Ten"]), "[protected 2]")))
TEXT = ("Russian troops seized Kherson on Thursday, Ahmad Rahimi said.\n\n"
        "Ukrainian forces still hold Kyiv, AHMAD  RAHIMI told Radio Ten. Rahimi's wife agreed.\n")


@pytest.mark.parametrize(("text", "shown"), [
    ("Ahmad Rähimi said", "[protected 1] said"), ("AHMAD  RAHIMI's", "[protected 1]'s"),
    ("ahmad-rahimi", "[protected 1]"), ("Ahmad\nRahimi", "[protected 1]"),
    ("mr rahimi, of Radio Ten", "mr [protected 1], of [protected 2]"),
    ("Rahimis live in Radio Tent", "Rahimis live in Radio Tent"), ("", ""),
])
def test_however_it_is_written(text: str, shown: str) -> None:
    assert HIDE.text(text) == shown


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["Ahmad Rahimi", "rahimi", "Radio Ten", "Kyiv", "said", ".", "é"]),
                max_size=12), st.data())
def test_spans_keep_to_their_words(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    shown, cuts = HIDE.cut(text)
    start = 0
    for word in words:
        if word in ("Kyiv", "said", "é"):
            moved = cuts.at(Span(start, start + len(word)))
            assert moved.of(shown) == word
        start += len(word) + 1
    if text:
        a = data.draw(st.integers(0, len(text) - 1))
        moved = cuts.at(Span(a, data.draw(st.integers(a + 1, len(text)))))
        assert 0 <= moved.start < moved.end <= len(shown)
    assert "rahimi" not in fold(shown)
    assert len(fold(text)) == len(text)


def test_an_untouched_text_keeps_its_offsets() -> None:
    assert Cuts().at(Span(3, 9)) == Span(3, 9)


def test_people_are_called_by_their_last_name_too() -> None:
    assert names_of("Ahmad Rahimi", ["A. R."], lambda word: False) == (
        "Ahmad Rahimi", "A. R.", "Rahimi")
    assert names_of("Bank of Kabul", [], lambda word: word == "Kabul") == ("Bank of Kabul",)
    assert names_of("eyewitness two", [], lambda word: False) == ("eyewitness two",)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("protected") / "l.db"


@pytest.fixture(scope="module")
def desk(path: Path) -> Iterator[Workbench]:
    """A ledger in which somebody is protected, open for whoever may see that."""
    with open_ledger(path) as opened:
        opened.note(TEXT, "Radio Ten", "2022-03-03")
        signed = opened.signed(opened.add_reviewer("Ana Lis"))
        signed.review.protect("Ahmad Rahimi", reason="asked not to be named")
        signed.review.protect("Radio Ten")
        yield signed


def test_a_redacted_snapshot_is_whole_and_silent(desk: Workbench) -> None:
    seen, hidden = desk.snapshot(), desk.signed(None).snapshot()
    assert not seen.originals
    assert "rahimi" in repr(seen).casefold()
    said = repr((hidden.known, hidden.evidence)).casefold()
    assert "rahimi" not in said
    assert "radio ten" not in said
    ids = set(seen.reports) | {c.id for c in seen.claims}
    assert not any(one in said for one in ids)      # a hash of the name is a way to guess it
    for claim in hidden.claims:
        text = hidden.reports[claim.report_id].text
        assert claim.span.of(text)
        assert claim.sentence.end <= len(text)
        if claim.place is not None and claim.place.form == "name":
            assert claim.place.span.of(text) == claim.place.text
    before = {b.place.name: round(b.probability_p, 9) for b in desk.status_in(seen)}
    after = {b.place.name: round(b.probability_p, 9) for b in desk.status_in(hidden)}
    assert before == after
    assert len({e.origin for e in hidden.evidence}) == len({e.origin for e in seen.evidence})


@pytest.mark.parametrize("arguments", [
    ["status"], ["explain", "Kherson"], ["timeline", "--all"], ["disputes"], ["sources"],
    ["review", "list"], ["review", "log"], ["review", "--next"], ["search", "Kyiv"],
    ["search", "rahimi"], ["search", "ahmad"], ["explain", "Kherson", "--according-to",
                                                "Ahmad Rahimi"],
])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_command_prints_it(desk: Workbench, path: Path, arguments: list[str],
                              form: list[str]) -> None:
    done = CliRunner().invoke(main, [*arguments, "--ledger", str(path), *form],
                              env={"WHOHOLDS_TOKEN": ""})
    asked = " ".join(arguments).casefold()
    printed = done.output.casefold()
    assert "radio ten" not in printed
    assert "rahimi" not in (printed.replace("'ahmad rahimi'", "") if "rahimi" in asked else printed)
    assert arguments[0] != "explain" or done.exit_code == (2 if "rahimi" in asked else 0)


def test_what_is_taken_in_is_not_printed_back(desk: Workbench, tmp_path: Path) -> None:
    """Neither by `read`, `note` or `reread`, nor by `watch`; whoever may see it sees it."""
    path, folder = tmp_path / "l.db", tmp_path / "inbox"
    desk.export(tmp_path / "l.zip")
    with Ledger.open(path) as copied:
        copied.import_(tmp_path / "l.zip")
    folder.mkdir()
    (folder / "Radio Ten.txt").write_text(
        "---\noutlet: Radio Ten\ndate: 2022-03-04\n---\nKyiv is quiet, Ahmad Rahimi said.")
    for arguments in (["watch", str(folder), "--once"], ["read", str(folder)],
                      ["note", "Kyiv is quiet, Ahmad Rahimi said.", "--author", "Radio Ten"],
                      ["reread"]):
        for form in ([], ["--json"]):
            for token in ("", desk.token):
                done = CliRunner().invoke(main, [*arguments, "--ledger", str(path), *form],
                                          env={"WHOHOLDS_TOKEN": token})
                assert done.exit_code == 0, done.output
                printed = done.output.casefold()
                assert "rahimi" not in printed
                if not token:
                    assert "radio ten" not in printed, (arguments, form)
                elif form and arguments[0] in ("read", "note"):
                    assert '"outlet": "radio ten"' in printed


def test_who_may_see_it_does(desk: Workbench, path: Path) -> None:
    assert desk.token is not None
    done = CliRunner().invoke(main, ["search", "Kyiv", "--ledger", str(path), "--json"],
                              env={"WHOHOLDS_TOKEN": desk.token})
    assert "RAHIMI" in json.loads(done.stdout)[0]["text"]
    blind = desk.signed(desk.add_reviewer("Ben Ode"))
    assert "rahimi" not in repr(blind.snapshot().known).casefold()


def test_a_bundle_takes_the_right_to_see(desk: Workbench, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="protected sources"):
        desk.signed(None).export(tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
    assert desk.export(tmp_path / "a.zip")["reports"] == 1


def test_a_redacted_id_is_good_for_review(desk: Workbench) -> None:
    blind = desk.signed(desk.add_reviewer("Cy Dar"))
    claim = next(c for c in blind.snapshot().claims if c.place and c.place.text == "Kyiv")
    entry = blind.review.confirm(claim.id[:12])
    assert entry.target in {c.id for c in desk.snapshot().claims}
    desk.review.undo(entry.id)
