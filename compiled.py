"""Compiles the modules that cost the most into C extensions, with mypyc: the same answers, sooner.

``python compiled.py DIR`` makes DIR/whoholds: a copy of the package with the extensions in it,
which ``PYTHONPATH=DIR`` puts before any other. The build of a wheel (hatch_build.py) does it where
WHOHOLDS_COMPILED is set. Needs mypy, setuptools, NumPy and a C compiler. Standard library only
until it compiles: it runs inside the package's own build.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEEDS = ["mypy>=1.13", "setuptools>=70", "numpy>=1.26"]
PACKAGE = "whoholds"
OPTIMISE = "1"      # of the C compiler: 2 and 3 take half as long again and gain nothing measurable
# What is compiled: groups of modules, each a library of its own, so that they can be compiled side
# by side. "*" is every module of a package but those in INTERPRETED. Whatever is not named takes no
# time worth the while (it loads, stores, draws, or calls numpy and SQL), or is raised, pickled or
# subclassed in ways that a C class does not bear (errors).
GROUPS: dict[str, tuple[str, ...]] = {
    "core": tuple(f"core/{name}.py" for name in (
        "claims", "entities", "ids", "parses", "reports", "times")),
    "claims": ("claims/*",),
    "resolve": tuple(f"resolve/{name}.py" for name in (
        "actors", "areas", "arrays", "asked", "atlas", "beside", "cast", "gazetteer", "learned",
        "locate", "names", "places", "resolver", "roles", "scene", "scope", "sets", "words")),
    "text": (*(f"language/{name}.py" for name in (
        "coreference", "lemmas", "mentions", "name_kinds", "names", "pieces", "reader", "sentences",
        "trees", "words")), "reading/copies.py", "reading/corrections.py"),
}
# What stays interpreted of a package that is compiled, and why.
INTERPRETED = {
    "__init__.py": "names only; an interpreted package finds its data files",
}
LIBRARIES = (".so", ".pyd")


class CannotCompileError(Exception):
    """Why nothing was compiled, in one line."""


def modules(package: Path) -> Iterator[tuple[str, list[str]]]:
    """The groups with their files, as paths within the package."""
    for group, named in GROUPS.items():
        found: list[str] = []
        for name in named:
            folder, _, file = name.rpartition("/")
            files = sorted(p.name for p in (package / folder).glob("*.py")) if file == "*" \
                else [file]
            found += [f"{folder}/{f}" for f in files
                      if f not in INTERPRETED and f"{folder}/{f}" not in INTERPRETED]
        yield group, found


def missing() -> str | None:
    """What this machine lacks, in words; None where it can compile."""
    if os.name != "nt" and not any(shutil.which(cc) for cc in (
            *os.environ.get("CC", "").split()[:1], "cc", "gcc", "clang")):
        return "there is no C compiler"
    for needed in ("mypyc", "setuptools"):
        if importlib.util.find_spec(needed) is None:
            return f"{needed} is not installed"
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        return "Python's headers are not installed"
    return None


def libraries(source: Path, work: Path) -> list[Path]:
    """Compiles the package in folder ``source`` and gives the libraries' paths, which lie in
    ``work``/out as they are to lie beside the package. CannotCompileError says why it failed."""
    if lacking := missing():
        raise CannotCompileError(lacking)
    shutil.copytree(source / PACKAGE, work / PACKAGE, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("__pycache__", "static", "*.onnx", *(
                        f"*{ending}" for ending in LIBRARIES)))
    told = subprocess.run([sys.executable, str(Path(__file__).resolve()), "--inside", str(work)],
                          cwd=work, check=False, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if told.returncode:
        lines = [line for line in told.stdout.splitlines() if "error" in line.lower()]
        raise CannotCompileError((lines or told.stdout.splitlines() or ["mypyc failed"])[-1])
    found = sorted(p for p in (work / "out").rglob("*") if p.suffix in LIBRARIES)
    if not found:
        raise CannotCompileError("mypyc made no libraries")
    return found


def _compile(work: Path) -> None:
    """In a process of its own, in the folder ``work`` that has a copy of the package."""
    from setuptools import Distribution  # before mypyc looks for it
    from mypyc.build import mypycify     # isort: skip
    groups = [([f"{PACKAGE}/{file}" for file in files], f"{PACKAGE}_{group}")
              for group, files in modules(work / PACKAGE)]
    extensions = mypycify(
        ["--ignore-missing-imports", "--config-file=",
         "--cache-dir", str(work / "cache"), *(file for files, _ in groups for file in files)],
        opt_level=OPTIMISE, debug_level="0", separate=groups, multi_file=False,
        target_dir=str(work / "c"))
    build = Distribution({"name": PACKAGE, "ext_modules": extensions}).get_command_obj("build_ext")
    build.build_lib, build.build_temp = str(work / "out"), str(work / "temp")
    build.parallel = os.cpu_count() or 1
    build.ensure_finalized()
    build.run()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python compiled.py", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the compiled package is to lie")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        _compile(given.folder)
        return
    work = given.folder.resolve() / "work"     # another folder is worked in
    work.mkdir(parents=True, exist_ok=True)
    try:
        found = libraries(HERE / "src", work)
    except CannotCompileError as error:
        sys.exit(f"cannot compile: {error}")
    shutil.copytree(HERE / "src" / PACKAGE, given.folder / PACKAGE, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("__pycache__"))
    for path in found:
        shutil.copyfile(path, given.folder / path.relative_to(work / "out"))
    print(f"{given.folder / PACKAGE}: {len(found)} libraries")


if __name__ == "__main__":
    main()
