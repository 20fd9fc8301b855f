"""What the package says of every few literate cases, as one hash; and whether it is compiled.

``python -m tests.answers STEP`` prints it as JSON: two builds of the package that differ in nothing
but their speed print the same hash. Also whether the core's values survive pickle.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
from importlib.resources import as_file, files
from pathlib import Path

from whoholds.core import Report, parses
from whoholds.evaluation.cases import read_cases
from whoholds.pipeline.stages import Stages
from whoholds.reading import fingerprint
from whoholds.settings import settings_from

CASES = Path(__file__).resolve().parent / "cases"


def reports(step: int) -> list[Report]:
    """The samples, and every ``step``-th case for development."""
    cases = [case.report for path in sorted(CASES.glob("*/*.md"))
             if path.parent.name in ("dev", "opened")
             for case in read_cases(path.read_text("utf8"), path.name)]
    with as_file(files("whoholds").joinpath("samples")) as folder:
        samples = [Report(p.read_text("utf8"), "sample") for p in sorted(folder.glob("*.txt"))]
    return samples + cases[::step]


def main() -> None:
    stages = Stages(settings_from({"read.threads": "1"}, {}))
    digest, claims_told = hashlib.sha256(), 0
    for report in reports(int(sys.argv[1])):
        parse = stages.reader.parse(report)
        claims, resolved = stages.understand(report)
        for value in (report, parse, resolved, *claims):
            assert pickle.loads(pickle.dumps(value)) == value
            digest.update(repr(value).encode())
        for claim in claims:
            digest.update(json.dumps([claim.id, claim.to_json()]).encode())
        for place in resolved.places:
            digest.update(json.dumps(place.to_json()).encode())
        digest.update(fingerprint(report.text))
        claims_told += len(claims)
    print(json.dumps({"compiled": Path(parses.__file__).suffix != ".py", "claims": claims_told,
                      "answers": digest.hexdigest()}))


if __name__ == "__main__":
    main()
