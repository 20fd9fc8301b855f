"""Names in EWT's training part stand by number of sentence and word."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from training.corpora import NAME_TAGS, NAME_TYPES, WEB_NAMES, read_web_names, web_tags

TREE = "\n".join("\t".join(row.split()) for row in """\
1 Ann Ann PROPN _ _ 3 nsubj _ _
2 Roe Roe PROPN _ _ 1 flat _ _
3 left leave VERB _ _ 0 root _ _
4 Velm Velm PROPN _ _ 3 obj _ _""".splitlines())


def said(marks: str) -> list[str]:
    return ["|".join(sorted(NAME_TAGS[t] for t in tags)) for tags in web_tags(marks)]


def test_marks_allow_tags() -> None:
    assert said("PPxL") == ["B-PER", "I-PER", "B-DATE|I-DATE|O", "B-LOC"]
    assert said("L/LLG") == ["B-LOC", "B-LOC", "I-LOC", "B-ORG"]
    assert said("Q") == ["B-LOC|B-ORG"]
    assert len(web_tags("?")[0]) == len(NAME_TAGS)
    unmarked = {NAME_TAGS[t][2:] or "O" for t in web_tags("O")[0]}
    assert unmarked == {"O", *NAME_TYPES} - {"PER", "ORG", "LOC"}


def test_a_sheet_belongs_to_its_treebank(tmp_path: Path) -> None:
    treebank, sheet = tmp_path / "a.conllu", tmp_path / "sheet.txt"
    treebank.write_text(f"{TREE}\n\n{TREE}\n\n", "utf8")
    digest = hashlib.sha256(treebank.read_bytes()).hexdigest()
    sheet.write_text(f"# notes\n# {digest}\n2 1:PP 4:L\n", "utf8")
    first, second = read_web_names(treebank, sheet)
    assert first.names == web_tags("OOOO")
    assert second.names == web_tags("PPOL")
    assert second.heads == (3, 1, 0, 3)
    treebank.write_text(f"{TREE}\n\n", "utf8")
    with pytest.raises(ValueError, match="not the file that"):
        read_web_names(treebank, sheet)


def test_the_sheet_speaks_of_the_treebank_at_hand(shared: Path) -> None:
    sentences = read_web_names(shared / "data/ud_english_ewt/en_ewt-ud-train.conllu")
    lines = [line for line in WEB_NAMES.read_text("utf8").splitlines() if line[0] != "#"]
    assert 0 < len(lines) < len(sentences)
    for line in lines:
        number, *runs = line.split()
        for run in runs:
            first, _, marks = run.partition(":")
            last = int(first) - 1 + len(marks.replace("/", ""))
            assert last <= len(sentences[int(number) - 1].words)
            assert set(marks) <= set("PGLQNMDSx?/")
