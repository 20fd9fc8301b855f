"""Lemmas of irregular verbs, for the forms that a statistical lemmatiser gets wrong."""

from __future__ import annotations

from functools import lru_cache

# past tenses that are no participles: who *drove* was not driven
PRETERITES = frozenset({
    "began", "bore", "broke", "chose", "came", "drew", "drove", "fell", "flew", "forbade", "gave",
    "went", "hid", "knew", "rode", "rose", "saw", "shook", "slew", "spoke", "swore", "took",
    "threw", "withdrew", "wrote", "rang", "ran", "sprang", "sank", "swam", "stole", "tore", "wore",
    "retook", "overtook", "overran", "undertook", "overthrew", "ate", "froze", "grew", "lay"})
IRREGULAR = {
    "began": "begin", "begun": "begin", "beset": "beset", "bore": "bear", "borne": "bear",
    "broke": "break", "broken": "break", "brought": "bring", "built": "build", "caught": "catch",
    "chose": "choose", "chosen": "choose", "came": "come", "cut": "cut", "dealt": "deal",
    "drew": "draw", "drawn": "draw", "drove": "drive", "driven": "drive", "fell": "fall",
    "fallen": "fall", "fled": "flee", "flew": "fly", "flown": "fly", "forbade": "forbid",
    "forbidden": "forbid", "fought": "fight", "found": "find", "gave": "give", "given": "give",
    "gone": "go", "went": "go", "held": "hold", "hid": "hide", "hidden": "hide", "hit": "hit",
    "kept": "keep", "knew": "know", "known": "know", "laid": "lay", "led": "lead", "left": "leave",
    "lost": "lose", "made": "make", "met": "meet", "put": "put", "ran": "run", "rode": "ride",
    "ridden": "ride", "rose": "rise", "risen": "rise", "said": "say", "saw": "see", "seen": "see",
    "sent": "send", "set": "set", "shot": "shoot", "shook": "shake", "shut": "shut",
    "slain": "slay", "slew": "slay", "sought": "seek", "spoke": "speak", "spoken": "speak",
    "spread": "spread", "stood": "stand", "struck": "strike", "stricken": "strike",
    "swept": "sweep",
    "took": "take", "taken": "take", "told": "tell", "thought": "think", "threw": "throw",
    "thrown": "throw", "withstood": "withstand", "withdrew": "withdraw",
    "withdrawn": "withdraw", "won": "win", "wrote": "write", "written": "write", "rang": "ring",
    "ceded": "cede", "besieged": "besiege", "ravage": "ravage", "ravaged": "ravage",
    "ravaging": "ravage", "uprooted": "uproot", "bussed": "bus", "bused": "bus", "bussing": "bus",
    "fallen back": "fall back", "routed": "rout", "routing": "rout", "massed": "mass",
    "massing": "mass", "amassed": "amass", "mined": "mine", "razed": "raze", "razing": "raze",
    "sacked": "sack", "freed": "free", "quitted": "quit", "shelled": "shell",
    "repelled": "repel", "repelling": "repel", "expelled": "expel", "expelling": "expel",
    "shrank": "shrink", "shrunk": "shrink", "shied": "shy", "dared": "dare", "foresaw": "foresee",
    "foreseen": "foresee", "foretold": "foretell", "forsook": "forsake", "forsaken": "forsake",
    "forwent": "forgo", "forgone": "forgo", "forgot": "forget", "forgotten": "forget",
    "forswore": "forswear", "forsworn": "forswear", "sworn": "swear", "swore": "swear",
    "bade": "bid", "bidden": "bid", "besought": "beseech", "strove": "strive",
    "striven": "strive", "meant": "mean", "dreamt": "dream",
    "overcame": "overcome", "foreknew": "foreknow",
}
PREFIXES = ("re", "over", "under", "out")


@lru_cache(maxsize=65536)
def verb_lemma_of(form: str, lemma: str) -> str:
    """The lemma of a verb's form; ``lemma`` where the form is not in the table.

    >>> verb_lemma_of("retaken", "retak")
    'retake'
    """
    low = form.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    for prefix in PREFIXES:
        rest = low.removeprefix(prefix).lstrip("-")
        if rest != low and rest in IRREGULAR and len(rest) > 2:
            return prefix + IRREGULAR[rest]
    return unclipped(low, lemma)


def unclipped(form: str, lemma: str) -> str:
    """The lemma with the *e* that a lemmatiser took off with the ending: *rage* of *raged*."""
    for ending in ("ed", "ing"):
        stem = form.removesuffix(ending)
        if stem != form and lemma == stem and len(stem) > 2 and stem[-1] not in "aeiouwxy" \
                and stem[-2] in "aeiou" and stem[-3] not in "aeiou" \
                and sum(c in "aeiouy" for c in stem) == 1:
            return stem + "e"
    return lemma
