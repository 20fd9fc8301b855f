"""Attribution: chains on a table of texts through the reader, on hand-made trees, on anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from tests.claims.test_commitment import broken_trees
from tests.claims.trees import parse_of
from whoholds.claims.attribution import Attributor, is_outlet
from whoholds.core import Parse, Report, Sentence, Source
from whoholds.language import Reader

TABLE = Path(__file__).with_name("attribution_sentences.txt")
RIGHT_FLOOR = 0.93            # share of the table's chains; 1.0 when the floor was set


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def chain(reader: Reader, text: str, form: str, outlet: str = "Outlet") -> tuple[Source, ...]:
    report = Report(text=text, outlet=outlet)
    parse = reader.parse(report)
    at = [(i, w.index) for i, s in enumerate(parse.sentences)
          for w in s.words if w.form == form][-1]
    found = Attributor(report, parse).chain(*at)
    assert found[0].source_class == "outlet"
    assert found[0].mention is None
    return found[1:]


def test_table_of_texts(reader: Reader) -> None:
    rows = [[cell.strip() for cell in line.split("|", 2)]
            for line in TABLE.read_text("utf8").splitlines() if not line.startswith("#")]
    wrong = []
    for form, want, text in rows:
        names = [n.strip().lower() for n in want.split(">") if n.strip()]
        outlet, _, story = text[1:].partition("] ") if text[0] == "[" else ("Outlet", "", text)
        got = [s.name.lower() for s in chain(reader, story.replace(" // ", "\n"), form, outlet)]
        if len(got) != len(names) or not all(n in g or g in n
                                             for n, g in zip(names, got, strict=True)):
            wrong.append(f"{got}, not {names}: {form} in {text}")
    assert len(wrong) <= (1 - RIGHT_FLOOR) * len(rows), "\n".join(wrong)


def test_what_a_link_says(reader: Reader) -> None:
    told = chain(reader, "A rebel commander told Reuters that the town had fallen.", "fallen")
    assert [(s.source_class, s.anonymous, s.commitment) for s in told] == [
        ("agency", False, "reported"), ("official", True, "said")]
    posted = chain(reader, "The ministry said on Telegram that the town had fallen.", "fallen")
    assert [(s.medium, s.cue) for s in posted] == [("Telegram", "say")]
    denied = chain(reader, "The ministry denied that the town had fallen.", "fallen")
    assert [s.commitment for s in denied] == ["denied"]
    claimed = chain(reader, "The ministry claimed that the town had fallen.", "fallen")
    assert [s.commitment for s in claimed] == ["claimed"]


def test_mention_covers_the_source_phrase(reader: Reader) -> None:
    text = "A spokesman for the rebels said the town had fallen."
    (spoke,) = chain(reader, text, "fallen")
    assert spoke.mention is not None
    assert spoke.mention.span.of(text) == "A spokesman for the rebels"


def test_the_outlet_is_no_source_of_its_own(reader: Reader) -> None:
    text = "A source told Herald that the town had fallen."
    assert [s.name for s in chain(reader, text, "fallen", outlet="Herald")] == ["source"]


def test_dateline_agency_stands_behind_the_report(reader: Reader) -> None:
    text = "MIRA, Aug 15 (Reuters) - The town fell on Sunday."
    assert [s.name for s in chain(reader, text, "fell")] == ["Reuters"]
    assert chain(reader, text, "fell", outlet="Reuters") == ()


def test_hedges_are_the_cues_own_words(reader: Reader) -> None:
    report = Report(text="The rebels claimed that the town fell.", outlet="Outlet")
    parse = reader.parse(report)
    at = next(w.index for w in parse.sentences[0].words if w.form == "fell")
    assert Attributor(report, parse).hedges(0, at) == ("claimed",)


def test_a_source_beside_another_hedges_for_both(reader: Reader) -> None:
    report = Report(text="According to press reports and unconfirmed footage, the port fell.",
                    outlet="Outlet")
    parse = reader.parse(report)
    at = next(w.index for w in parse.sentences[0].words if w.form == "fell")
    assert Attributor(report, parse).hedges(0, at) == ("unconfirmed",)


@pytest.mark.parametrize(("name", "outlet", "spoken", "same"), [
    ("AP", "Associated Press", True, True), ("the Herald", "Dunmore Herald", True, True),
    ("Herald", "The Herald", True, True), ("AFP", "Agence France-Presse", False, True),
    ("Tessera", "Tessera News Agency", False, True), ("Lenk", "Lenk Post", True, False),
    ("Morning Herald", "Dunmore Herald", False, False), ("UN", "Lenk Post", True, False)])
def test_an_outlet_names_itself(name: str, outlet: str, spoken: bool, same: bool) -> None:
    assert is_outlet(name, outlet, spoken) is same


def test_a_finite_verb_between_two_subjects_reports() -> None:
    report, parse = parse_of("""
        1 Army army NOUN _ 2 compound
        2 intelligence intelligence NOUN _ 6 nsubj
        3 assessed assess VERB Tense=Past|VerbForm=Fin 2 acl
        4 Lenk Lenk PROPN _ 6 nsubj
        5 could could AUX VerbForm=Fin 6 aux
        6 fall fall VERB VerbForm=Inf 0 root
        7 . . PUNCT _ 6 punct""")
    names = [s.name for s in Attributor(report, parse).chain(0, 5)]
    assert names == ["Outlet", "army intelligence"]


def test_two_subjects_of_one_cue_speak_together() -> None:
    report, parse = parse_of("""
        1 Lawmakers lawmaker NOUN Number=Plur 5 nsubj
        2 and and CCONJ _ 4 cc
        3 army army NOUN _ 4 compound
        4 officers officer NOUN Number=Plur 5 nsubj
        5 said say VERB Tense=Past|VerbForm=Fin 0 root
        6 Lenk Lenk PROPN _ 7 nsubj
        7 fell fall VERB Tense=Past|VerbForm=Fin 5 ccomp""")
    names = [s.name for s in Attributor(report, parse).chain(0, 6)]
    assert names == ["Outlet", "lawmakers and army officers"]


def test_what_stands_on_both_sides_of_a_cue_is_said() -> None:
    report, parse = parse_of("""
        1 Lenk Lenk PROPN _ 2 nsubj
        2 fell fall VERB Tense=Past|VerbForm=Fin 0 root
        3 , , PUNCT _ 2 punct
        4 officials official NOUN Number=Plur 5 nsubj
        5 said say VERB Tense=Past|VerbForm=Fin 2 parataxis
        6 , , PUNCT _ 9 punct
        7 the the DET _ 9 det
        8 third third ADJ _ 9 amod
        9 town town NOUN _ 5 ccomp""")
    attributor = Attributor(report, parse)
    for word in (1, 8):
        assert [s.name for s in attributor.chain(0, word)] == ["Outlet", "officials"]


def test_content_by_position_where_the_parser_failed() -> None:
    report, parse = parse_of("""
        1 Mira Mira PROPN _ 2 nsubj
        2 fell fall VERB Tense=Past|VerbForm=Fin 0 root
        3 , , PUNCT _ 2 punct
        4 officials official NOUN Number=Plur 2 obl
        5 said say VERB Tense=Past|VerbForm=Fin 4 dep
        6 . . PUNCT _ 2 punct""")
    assert [s.name for s in Attributor(report, parse).chain(0, 1)] == ["Outlet", "officials"]


@given(broken_trees())
def test_broken_trees_have_chains(read: Sentence) -> None:
    text = "".join(w.form.ljust(w.span.end - w.span.start) + "  " for w in read.words)
    report = Report(text=text, outlet="Outlet")
    attributor = Attributor(report, Parse(report.id, (read,), "test"))
    for word in read.words:
        found = attributor.chain(0, word.index)
        assert found[0] == Source("Outlet", "outlet")
        assert len({s.name for s in found}) == len(found)
