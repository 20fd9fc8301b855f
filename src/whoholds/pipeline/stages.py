"""Makes the stages' tools from settings: loaded once, when first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from whoholds.settings import Settings

if TYPE_CHECKING:
    from whoholds.claims import Codebook
    from whoholds.language import Reader
    from whoholds.resolve import Resolver

Progress = Callable[[float], None]  # the share that is done, 0 to 1


def code_version(package: str) -> str:
    """A hash of a package's code and data files: what it would do differently has another one."""
    digest = hashlib.sha256()

    def add(folder: Traversable, prefix: str) -> None:
        for item in sorted(folder.iterdir(), key=lambda i: i.name):
            if item.is_dir() and item.name != "__pycache__":
                add(item, f"{prefix}{item.name}/")
            elif item.name.endswith((".py", ".yaml")):
                content = item.read_bytes().replace(b"\r\n", b"\n")
                digest.update(f"{prefix}{item.name}\0{len(content)}\0".encode() + content)

    add(files(package), "")
    return digest.hexdigest()[:12]


class Stages:
    """The reader, the codebook and the resolver that the settings ask for."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self._settings = settings
        self._progress = progress

    @cached_property
    def reader(self) -> Reader:
        """The parser, with the weights that ship."""
        from whoholds.language import Reader
        return Reader.load()

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook that ships."""
        from whoholds.claims import load_codebook
        return load_codebook()

    @cached_property
    def version(self) -> str:
        """The version of what turns text into claims: parser, claim code, codebook."""
        return f"{self.reader.version}+{code_version('whoholds.claims')}"

    @property
    def index_path(self) -> Path:
        """Where the gazetteer's index is, or will be built."""
        path = str(self._settings["resolve.gazetteer"])
        return Path(path) if path else user_cache_path("whoholds") / "gazetteer.index"

    @cached_property
    def resolver(self) -> Resolver:
        """The gazetteer, built when it is missing, and the packs."""
        from whoholds.resolve import Resolver, load_packs, open_gazetteer
        named = str(self._settings["resolve.packs"])
        packs = load_packs(None if named == "all" else [n.strip() for n in named.split(",") if n.strip()])
        return Resolver(open_gazetteer(self.index_path, self._progress), packs)

    @cached_property
    def data_version(self) -> str:
        """The version of what turns mentions into places and actors."""
        return f"{self.resolver.version}+{code_version('whoholds.resolve')}"
