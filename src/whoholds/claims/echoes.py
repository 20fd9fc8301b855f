"""Denials that do not say what they deny: *The army denies it*, *called the report a lie*.

What is denied is what the report told just before: the same claims, denied by somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.claims.clauses import cover
from whoholds.claims.trees import Tree
from whoholds.claims.verbs import verb_lemma_of
from whoholds.core import Claim, Modality, Source

DENYING = frozenset({"deny", "dismiss", "reject", "refute", "rebut", "dispute", "contradict",
                     "rubbish", "debunk", "disprove", "disclaim", "gainsay", "disavow", "scotch",
                     "laugh off", "scoff", "pooh-pooh", "repudiate"})
NAMING = frozenset({"call", "brand", "label", "describe", "term", "denounce", "decry"})
SAYING = frozenset({"say", "tell", "insist", "reply", "answer", "retort", "add", "write", "state",
                    "assure", "maintain", "declare"})
LIES = frozenset({"lie", "falsehood", "fabrication", "nonsense", "fake", "invention", "propaganda",
                  "disinformation", "hoax", "fantasy", "fiction", "myth", "slander", "rubbish",
                  "untruth", "canard", "fairy tale", "tale", "false", "untrue", "baseless",
                  "groundless", "unfounded", "wrong", "fictitious", "fabricated", "invented",
                  "incorrect", "absurd", "ridiculous", "bogus"})
TRUTHS = frozenset({"true", "so", "case", "correct", "accurate", "right"})
REPORTS = frozenset({"report", "claim", "allegation", "account", "story", "rumour", "rumor",
                     "statement", "assertion", "suggestion", "charge", "news", "accusation",
                     "announcement", "boast", "version", "information", "reports"})
AIMS = frozenset({"intention", "plan", "aim", "intent", "design", "ambition"})
ANAPHORS = frozenset({"it", "this", "that", "them", "these", "those", "so"})
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "both", "its", "their",
                      "his", "any", "all"})


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial in a sentence: its predicate, what stands for the denied, and whether that is only
    meant (*denied any such plan*); ``negated`` where a *not* is what denies (*is not so*)."""

    head: int
    what: int
    words: tuple[int, ...]
    meant: bool = False
    negated: bool = False


def denials(tree: Tree) -> Iterator[Denial]:
    """The denials of a sentence that leave to the text before what they deny."""
    for word in tree.words:
        i = word.index
        if word.upos == "VERB":
            lemma = verb_lemma_of(word.form, tree.lemma(i))
            if not (lemma in DENYING or lemma in NAMING or lemma == "have"):
                continue
            for k in tree.kids(i, "obj", "nsubj:pass"):
                if lemma in DENYING and _stands_for(tree, k):
                    yield Denial(i, k, (i, k))
                elif (lemma in DENYING or lemma == "have") and _such(tree, k) and (
                        lemma != "have" or _negated(tree, k)):
                    yield Denial(i, k, (i, k), meant=True)
                elif lemma in NAMING and _stands_for(tree, k) and (lie := _lie(tree, i, k)):
                    yield Denial(i, k, (i, lie))
        elif tree.bases[i] == "ccomp" and tree.kids(i, "cop") \
                and tree.lemma(word.head) in SAYING:
            subject = next((s for s in tree.kids(i, "nsubj")), None)
            if subject is not None and _stands_for(tree, subject) and (
                    tree.lemma(i) in LIES or (tree.lemma(i) in TRUTHS and _negated(tree, i))):
                yield Denial(i, subject, (subject, i), negated=_negated(tree, i))


def _stands_for(tree: Tree, k: int) -> bool:
    """*It*, *this*, *the report*: what was told, with nothing said of what that is."""
    word = tree.word(k)
    if word.upos == "PRON" or tree.lemma(k) in ANAPHORS:
        return word.form.lower() in ANAPHORS and not tree.kids(k, "acl", "nmod")
    return tree.lemma(k) in REPORTS and not tree.kids(k, "acl", "nmod", "ccomp", "compound") \
        and any(tree.lemma(d) in POINTING for d in tree.kids(k, "det", "nmod:poss"))


def _such(tree: Tree, k: int) -> bool:
    return tree.lemma(k) in AIMS and any(
        tree.lemma(d) == "such" for d in tree.kids(k, "det", "amod", "det:predet"))


def _negated(tree: Tree, i: int) -> bool:
    return any(tree.lemma(k) in ("not", "no", "n't", "never", "hardly")
               for k in tree.kids(i, "advmod", "det"))


def _lie(tree: Tree, verb: int, k: int) -> int | None:
    """What somebody calls it: *a lie*, *as baseless*."""
    return next((x for x in tree.kids(verb, "xcomp", "obj", "obl", "ccomp") if x != k
                 and x > verb and tree.lemma(x) in LIES), None)


def with_denials(claims: Sequence[Claim], trees: Sequence[Tree],
                 firm: Callable[[int, int], bool],
                 sources: Callable[[int, int, int], tuple[Source, ...]]) -> Iterator[Claim]:
    """The claims, and behind those of each sentence what it denies of those before.

    ``firm`` says whether a sentence's word is affirmed as fact; ``sources`` gives the chain behind
    what its subject says of another word.
    """
    by_sentence: dict[int, list[Claim]] = {}
    number = {tree.sentence.span: n for n, tree in enumerate(trees)}
    for claim in claims:
        by_sentence.setdefault(number[claim.sentence], []).append(claim)
    for n, tree in enumerate(trees):
        own = by_sentence.get(n, [])
        yield from own
        for denial in denials(tree):
            if denial.negated or firm(n, denial.head):
                yield from _denied(tree, denial, own, _before(trees, by_sentence, n),
                                   sources(n, denial.head, denial.what))


def _before(trees: Sequence[Tree], by_sentence: dict[int, list[Claim]], n: int) -> list[Claim]:
    """The claims of the sentence before, if it is of the same or the last paragraph."""
    if n == 0 or trees[n].sentence.paragraph - trees[n - 1].sentence.paragraph > 1:
        return []
    return by_sentence.get(n - 1, [])


def _denied(tree: Tree, denial: Denial, own: Sequence[Claim], before: Sequence[Claim],
            chain: tuple[Source, ...]) -> Iterator[Claim]:
    span = cover(tree.words, list(denial.words))
    told = [c for c in own if c.span.end <= span.start] or list(before)
    last = told[-1].sources[-1] if told else None
    for claim in (c for c in told if c.sources[-1] == last):
        modality: Modality = "planned" if denial.meant else "actual"
        fits = claim.modality != "actual" if denial.meant else claim.modality == "actual"
        if claim.polarity != "affirmed" or not fits or claim.sources[-1] == chain[-1]:
            continue
        yield replace(claim, span=span, sentence=tree.sentence.span, sources=chain,
                      polarity="denied", modality=modality, hedges=(), quantity=None,
                      confidence_p=min(claim.confidence_p, 0.6))
