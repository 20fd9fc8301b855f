"""The model's files: where they lie, and whether they are the ones that belong together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from whoholds.core import DataError

FORMAT = 3               # of the folder: which files it has and what the graph's outputs mean
GRAPH, VOCABULARY, LABELS, LEXICON = ("reader.onnx", "tokenizer.json", "labels.json",
                                      "lemmas.json")
MANIFEST = "manifest.json"
SHIPPED = Path(__file__).parent / "model"


@dataclass(frozen=True, slots=True)
class Labels:
    """The label inventories, in the order of the graph's outputs. Features in UD's text form."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    scripts: tuple[str, ...]
    names: tuple[str, ...]
    deprels: tuple[str, ...]
    events: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model folder whose files agree with its manifest. ``digest`` is the manifest's SHA-256."""

    graph: bytes
    vocabulary: Path
    labels: Labels
    lexicon: dict[str, dict[str, str]]     # part of speech -> lower-case form -> lemma
    digest: str


def read_model(folder: Path) -> ModelFiles:
    """Reads a model folder. Raises DataError with one line where a file is missing or not the
    one that the manifest names."""
    manifest_bytes = _bytes(folder / MANIFEST)
    try:
        manifest = json.loads(manifest_bytes)
        version, digests = manifest["format"], dict(manifest["files"])
        counts = dict(manifest["labels"])
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(str(folder / MANIFEST), "not a manifest of a reader's model") from error
    if version != FORMAT:
        raise DataError(str(folder / MANIFEST), f"the model has format {version}; this whoholds "
                                                f"reads format {FORMAT}")
    contents = {}
    for name in (GRAPH, VOCABULARY, LABELS, LEXICON):
        contents[name] = _bytes(folder / name)
        if hashlib.sha256(contents[name]).hexdigest() != digests.get(name):
            raise DataError(str(folder / name), "damaged, or of another model: its SHA-256 is not "
                                                "the manifest's")
    labels = Labels(**{k: tuple(v) for k, v in json.loads(contents[LABELS]).items()})
    for name, count in counts.items():
        if len(getattr(labels, name, ())) != count:
            raise DataError(str(folder / LABELS), f"not {count} labels for {name}")
    return ModelFiles(contents[GRAPH], folder / VOCABULARY, labels,
                      json.loads(contents[LEXICON]),
                      hashlib.sha256(manifest_bytes).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(str(path), "the reader's model cannot be read: "
                                   f"{error.strerror or error}") from error
