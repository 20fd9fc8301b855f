"""The codebook: kinds of claim and the frames that express them, read from YAML and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from whoholds.claims.arguments import Shape
from whoholds.claims.nouns import TYPES, Nouns, load_nouns
from whoholds.core import DataError, Kind, Modality

Filler = Literal["actor", "counterpart", "place", "object", "event"]
SHAPES: tuple[str, ...] = get_args(Shape)
FILLERS: tuple[str, ...] = get_args(Filler)
KINDS: tuple[str, ...] = get_args(Kind)
MODALITIES: tuple[str, ...] = get_args(Modality)
ANY = "*"
DEFAULT_TYPES: Mapping[str, tuple[str, ...]] = {
    "actor": ("actor",), "counterpart": ("actor",), "place": ("place",), "object": (), "event": ()}
SPEAKER: Mapping[str | None, Literal["always", "unsaid"] | None] = {
    None: None, "speaker": "always", "or speaker": "unsaid"}
# what a lemmatiser leaves of verbs in -e: *annihilat*, *neutraliz*
CUT = ("at", "iz", "is", "uc", "v", "rg", "dg", "nc", "rc", "ut")
NEAR: Mapping[str | None, Literal["place", "country"] | None] = {
    None: None, "stated": None, "near": "place", "country": "country"}
FOLDER = Path(__file__).parent
MOST_KNOWN = 200_000     # names of predicates whose frames are remembered
_FRAME = re.compile(r"^(?P<head>[^()\[\]]+?)\s*(?:\[(?P<shapes>[^\]]*)\])?\s*"
                    r"\((?P<slots>[^()]*)\)$")
_SLOT = re.compile(r"^(?P<roles>[^=]+)=(?P<filler>[a-z]+)(?::(?P<types>[a-z|]+))?"
                   r"(?P<marks>[?!]{0,2})$")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a frame asks of one argument: its roles (either), its filler and types (either);
    whether it must be there, and whether the words must be ``sure`` of the type."""

    roles: tuple[str, ...]
    filler: Filler
    types: tuple[str, ...]
    required: bool
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to express a kind of claim; see the head of ``codebook.yaml``.

    ``tokens`` are the sets of lemmas that the parts of a proposition's name must be in, None any.
    ``confidence_p`` is the share of its matches that a careful coder signs. ``denied`` frames say
    that it is not so (*lift the siege*); ``alone`` ones bear no phrases but those of time;
    ``present`` ones stand in the simple present; of ``agentless`` ones nobody is said to do it.
    ``modality`` is what the words themselves give an event told as a fact (*ordered to the front*).
    ``learned`` ones are of no file: they stand for a word that the reader marks.
    """

    kind: Kind
    text: str
    tokens: tuple[frozenset[str] | None, ...]
    shapes: frozenset[str]
    slots: tuple[Slot, ...]
    state: bool
    speaker: Literal["always", "unsaid"] | None
    near: Literal["place", "country"] | None
    confidence_p: float
    denied: bool = False
    alone: bool = False
    present: bool = False
    agentless: bool = False
    modality: Modality | None = None
    learned: bool = False
    order: tuple[int, ...] = field(init=False, repr=False, compare=False)
    needs: tuple[frozenset[str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """``order`` is that in which slots are filled, ``needs`` the roles (either) of those that
        an argument must fill."""
        slots = self.slots
        object.__setattr__(self, "order", tuple(sorted(range(len(slots)), key=lambda n: (
            not slots[n].required, slots[n].filler != "place"))))
        object.__setattr__(self, "needs", tuple(
            frozenset(s.roles) for s in slots if s.required and s.roles != ("self",)))

    def names(self, name: tuple[str, ...]) -> bool:
        """Whether the frame's predicate is ``name``."""
        return len(name) == len(self.tokens) and all(
            allowed is None or token in allowed
            for token, allowed in zip(name, self.tokens, strict=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of claim as the codebook has it."""

    kind: Kind
    definition: str
    state: bool
    acled: tuple[str, str]
    plover: tuple[str | None, str | None]
    examples: tuple[str, ...]
    counter_example: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class Codebook:
    """Kinds by name, frames by the last lemma of their predicate, and the types of nouns."""

    version: int
    kinds: Mapping[str, Entry]
    nouns: Nouns
    by_last: Mapping[str, tuple[Frame, ...]] = field(repr=False)
    _known: dict[tuple[str, ...], tuple[Frame, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False)

    def frames_for(self, name: tuple[str, ...]) -> tuple[Frame, ...]:
        """The frames whose predicate is ``name``, in the order of the file."""
        known = self._known.get(name)
        if known is None:
            known = self._find(name)
            if len(self._known) < MOST_KNOWN:
                self._known[name] = known
        return known

    def _find(self, name: tuple[str, ...]) -> tuple[Frame, ...]:
        found = self._named(name)
        if found or not any(t.endswith(("ed", "ing", "e", *CUT)) for t in name):
            return found
        for variant in product(*(stems(t) for t in name)):
            found = self._named(variant)
            if found:
                return found
        return ()

    def _named(self, name: tuple[str, ...]) -> tuple[Frame, ...]:
        return tuple(f for last in (name[-1], ANY) for f in self.by_last.get(last, ())
                     if f.names(name))


def stems(token: str) -> tuple[str, ...]:
    """What a lemma may be that a lemmatiser left inflected: *expelled* is *expel*."""
    if token.endswith(CUT):
        return (token, token + "e")
    if token.endswith("e") and len(token) > 4:
        return (token, token[:-1])
    if token.endswith("ie"):
        return (token, token[:-2] + "y")
    for ending in ("ed", "ing"):
        if token.endswith(ending) and len(token) > len(ending) + 2:
            stem = token.removesuffix(ending)
            undoubled = (stem[:-1],) if stem[-1] == stem[-2] else ()
            return (token, stem, stem + "e", *undoubled)
    return (token,)


def load_codebook(path: Path | None = None, nouns: Path | None = None) -> Codebook:
    """Reads a codebook and checks it; without a path, the one that ships with whoholds.

    Raises DataError naming file, kind and frame where something is wrong.
    """
    path = path or FOLDER / "codebook.yaml"
    data = _yaml(path)
    words = load_nouns(nouns or FOLDER / "nouns.yaml")
    where = path.name
    included = _included(data, where)
    files = [*((name, _yaml(path.parent / name)) for name in included), (where, data)]
    if included:
        data.setdefault("kinds", {})
    sets = {name: _word_set(value, f"{file}: set {name}") for file, part in files
            for name, value in _mapping(part.get("sets", {}), f"{file}: sets").items()}
    kinds = {}
    for file, part in files:
        for name, value in _mapping(part.get("kinds"), f"{file}: kinds").items():
            kinds[name] = _entry(name, value, sets, f"{file}: {name}")
    by_last: dict[str, list[Frame]] = {}
    for entry in kinds.values():
        for frame in entry.frames:
            for lemma in sorted(frame.tokens[-1] or (ANY,)):
                by_last.setdefault(lemma, []).append(frame)
    version = data.get("version")
    if not isinstance(version, int):
        raise DataError(where, "version: not a whole number")
    return Codebook(version, kinds, words, {k: tuple(v) for k, v in by_last.items()})


def _included(data: Mapping[str, Any], where: str) -> list[str]:
    """The files beside a codebook that are part of it."""
    value = data.get("include", [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise DataError(where, "include: not a list of files")
    return value


def _yaml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"cannot be read: {error}") from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{path.name}, line {mark.line + 1}" if mark else path.name
        raise DataError(line, f"not YAML: {getattr(error, 'problem', error)}") from error
    return _mapping(data, path.name)


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(k, str) for k in value):
        raise DataError(where, "not a mapping of names to values")
    return value


def _word_set(value: object, where: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise DataError(where, "not a list of words (quote yes, no, on and off)")
    return frozenset(v.replace("_", " ") for v in value)


def _entry(name: str, value: object, sets: Mapping[str, frozenset[str]], where: str) -> Entry:
    if name not in KINDS:
        raise DataError(where, f"no such kind; kinds are {', '.join(KINDS)}")
    data = _mapping(value, where)
    known = {"definition", "nature", "acled", "plover", "plover_note", "p", "place",
             "examples", "counter_example", "frames"}
    for key in data:
        if key not in known:
            raise DataError(where, f"unknown field {key!r}")
    for key in ("definition", "counter_example"):
        if not isinstance(data.get(key), str):
            raise DataError(where, f"{key}: missing, or not a text")
    if data.get("nature") not in ("change", "state"):
        raise DataError(where, "nature: neither 'change' nor 'state'")
    examples = data.get("examples")
    if not isinstance(examples, list) or len(examples) < 2:
        raise DataError(where, "examples: at least two are needed")
    state = data["nature"] == "state"
    frames = data.get("frames")
    if not isinstance(frames, list) or not frames:
        raise DataError(where, "frames: none given")
    kind: Kind = name  # type: ignore[assignment]
    default_p = _probability(data.get("p"), f"{where}: p")
    if data.get("place") not in (None, "near"):
        raise DataError(where, "place: only 'near' is possible")
    defaults = {"p": default_p, "place": data.get("place")}
    return Entry(kind, " ".join(data["definition"].split()), state,
                 _pair(data.get("acled"), f"{where}: acled"),  # type: ignore[arg-type]
                 _pair(data.get("plover"), f"{where}: plover"), tuple(map(str, examples)),
                 data["counter_example"],
                 tuple(_frame(kind, f, state, defaults, sets, f"{where}: frame {n}")
                       for n, f in enumerate(frames, 1)))


def _pair(value: object, where: str) -> tuple[str | None, str | None]:
    if not isinstance(value, list) or len(value) != 2:
        raise DataError(where, "not a pair of names")
    return value[0], value[1]


def _probability(value: object, where: str) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise DataError(where, "not a probability")
    return float(value)


def _frame(kind: Kind, value: object, state: bool, defaults: Mapping[str, Any],
           sets: Mapping[str, frozenset[str]], where: str) -> Frame:
    options: dict[str, Any] = {}
    if isinstance(value, dict):
        options = {k: v for k, v in value.items() if k != "frame"}
        value = value.get("frame")
    if not isinstance(value, str):
        raise DataError(where, "not a frame: a text, or a mapping with 'frame'")
    where = f"{where} ({value})"
    for key in options:
        if key not in ("state", "actor", "place", "p", "polarity", "alone", "present",
                       "agentless", "modality"):
            raise DataError(where, f"unknown option {key!r}")
    match = _FRAME.match(value.strip())
    if match is None:
        raise DataError(where, "cannot be read: predicate [shape] (slot, slot)")
    shapes = frozenset(s.strip() for s in (match["shapes"] or "").split("|") if s.strip())
    for shape in sorted(shapes - set(SHAPES)):
        raise DataError(where, f"no such shape: {shape}; shapes are {', '.join(SHAPES)}")
    if options.get("actor") not in (None, "speaker", "or speaker"):
        raise DataError(where, "actor: neither 'speaker' nor 'or speaker'")
    if options.get("place") not in (None, "near", "country", "stated"):
        raise DataError(where, "place: none of 'near', 'country' and 'stated'")
    if options.get("polarity") not in (None, "denied"):
        raise DataError(where, "polarity: only 'denied' is possible")
    if options.get("modality") is not None and options["modality"] not in MODALITIES:
        raise DataError(where, f"modality: none of {', '.join(MODALITIES)}")
    near = options.get("place", defaults["place"])
    return Frame(kind, " ".join(value.split()), _tokens(match["head"], sets, where),
                 shapes or frozenset(SHAPES), _slots(match["slots"], where),
                 bool(options.get("state", state)), SPEAKER[options.get("actor")],
                 NEAR[near], _probability(options.get("p", defaults["p"]), where),
                 options.get("polarity") == "denied", options.get("alone") is True,
                 options.get("present") is True, options.get("agentless") is True,
                 options.get("modality"))


def _tokens(head: str, sets: Mapping[str, frozenset[str]],
            where: str) -> tuple[frozenset[str] | None, ...]:
    tokens: list[frozenset[str] | None] = []
    for part in head.split():
        words: set[str] = set()
        if part == "*":
            tokens.append(None)
            continue
        for word in part.split("|"):
            if word.startswith("{") and word.endswith("}"):
                if word[1:-1] not in sets:
                    raise DataError(where, f"no such set: {word}")
                words |= sets[word[1:-1]]
            else:
                words.add(word.replace("_", " "))
        tokens.append(frozenset(words))
    if tokens[0] is None:
        raise DataError(where, "the first word of a predicate cannot be *")
    return tuple(tokens)


def _slots(text: str, where: str) -> tuple[Slot, ...]:
    slots = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        match = _SLOT.match(part)
        if match is None:
            raise DataError(where, f"slot {part!r} cannot be read: role=filler:types?!")
        if match["filler"] not in FILLERS:
            raise DataError(where, f"slot {part!r}: no such filler; fillers are "
                                   f"{', '.join(FILLERS)}")
        types = tuple((match["types"] or "").split("|")) if match["types"] else \
            DEFAULT_TYPES[match["filler"]]
        for kind in types:
            if kind not in TYPES:
                raise DataError(where, f"slot {part!r}: no such type {kind!r}; types are "
                                       f"{', '.join(sorted(TYPES))}")
        filler: Filler = match["filler"]  # type: ignore[assignment]
        slots.append(Slot(tuple(r.strip() for r in match["roles"].split("|")), filler, types,
                          "?" not in match["marks"], "!" in match["marks"]))
    return tuple(slots)
