"""Bulk runs: the same bytes whoever reads, however often they are killed."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pipeline.crash import Harness
from whoholds.core import Claim, Report, Resolved, UsageError
from whoholds.pipeline import bulk, open_ledger, runners
from whoholds.pipeline.stages import Stages
from whoholds.settings import settings_from

pytest.importorskip("pyarrow", reason="bulk runs want pip install 'whoholds[formats]'")

TOWNS = ("Herat", "Kunduz", "Ghazni", "Farah", "Zaranj", "Taloqan", "Aybak", "Gardez", "Asadabad")
SETTINGS = settings_from({}, {})


def reports(path: Path, count: int = len(TOWNS)) -> Path:
    with path.open("w") as file:
        for n in range(count):
            town = TOWNS[n % len(TOWNS)]
            file.write(json.dumps({
                "text": f"Taliban fighters captured {town} on Friday, officials told dispatch "
                f"{n}. Troops had withdrawn from the city.\n\nThe governor of {town} denied it.",
                "published": "2021-08-13", "outlet": f"Dispatch {n}"}) + "\n")
        file.write("{broken\n")
    return path


def plan(tmp_path: Path, out: str, count: int = len(TOWNS), per: int = 3) -> bulk.Job:
    source = tmp_path / "reports.jsonl"
    if not source.exists():
        reports(source, count)
    return bulk.plan(tmp_path / out, [str(source)], bulk.Intake(), SETTINGS, per)


def digest(job: bulk.Job) -> dict[str, str]:
    """The hash of every file of a run."""
    out = Path(job.out)
    return {str(f.relative_to(out)): hashlib.sha256(f.read_bytes()).hexdigest()
            for f in sorted(out.rglob("*")) if f.is_file()}


def killing(job: bulk.Job, sent: list[int]) -> Callable[[], None]:
    """Kills the first worker that reads (SIGKILL), once."""
    def kill() -> None:
        end = time.monotonic() + 120
        while time.monotonic() < end and not sent:
            for file in (Path(job.out) / "at").iterdir():
                try:
                    told = json.loads(file.read_text())
                except (OSError, ValueError):
                    continue
                if told["at"] >= 1 and told["pid"] != os.getpid():
                    os.kill(told["pid"], signal.SIGKILL)
                    sent.append(told["pid"])
                    return
            time.sleep(0.002)
    return kill


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, harness: Harness) -> bulk.Job:
    folder = tmp_path_factory.mktemp("whole")
    job = plan(folder, "out")
    assert [p.number for p in runners.run_here(job, harness.stages)] == [0, 1, 2, 3]
    return job


def test_a_run_tells_what_it_read_and_what_it_refused(whole: bulk.Job) -> None:
    parts = [bulk.done(whole, n) for n in range(len(whole.pieces))]
    assert [(p.reports, p.refused) for p in parts if p] == [(3, 0), (3, 0), (3, 0), (0, 1)]
    assert all(p.claims >= 3 for p in parts[:3] if p)
    assert next(what for _, what in bulk.refused(whole)).startswith("not JSON")
    assert not list((Path(whole.out) / "at").iterdir())


def test_the_tables_can_be_read_by_others(whole: bulk.Job) -> None:
    from pyarrow import parquet
    claims = parquet.read_table(Path(whole.out) / "claims").to_pylist()
    assert {"Herat", "Kunduz"} <= {c["place"] for c in claims if c["kind"] == "gain"}
    mentions = parquet.read_table(Path(whole.out) / "mentions").to_pylist()
    assert "pack:afghanistan/taliban" in {m["entity_id"] for m in mentions}
    assert {m["claim_id"] for m in mentions} <= {c["id"] for c in claims}


def test_a_run_goes_on_where_its_driver_was_killed(
        whole: bulk.Job, tmp_path: Path, harness: Harness) -> None:
    source = whole.pieces[0].files[0]
    job = bulk.plan(tmp_path / "out", [source], bulk.Intake(), SETTINGS, 3)
    first = runners.run_here(job, harness.stages)
    assert next(first).number == 0
    first.close()
    (Path(job.out) / "claims/.part-000001.parquet.77").write_bytes(b"half")   # what a kill leaves
    (Path(job.out) / "reports/part-000001.parquet").write_bytes(b"half")
    again = bulk.plan(tmp_path / "out", [source], bulk.Intake(), SETTINGS, 3)
    assert bulk.left(again) == [1, 2, 3]
    assert [p.number for p in runners.run_here(again, harness.stages)] == [1, 2, 3]
    assert digest(job) == digest(whole)


def test_other_input_or_settings_want_another_folder(tmp_path: Path, whole: bulk.Job) -> None:
    source = whole.pieces[0].files[0]
    for settings, per in ((settings_from({"read.about": "UA"}, {}), 3), (SETTINGS, 2)):
        with pytest.raises(UsageError, match="holds a run of other input"):
            bulk.plan(Path(whole.out), [source], bulk.Intake(), settings, per)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        bulk.plan(tmp_path / "full", [source], bulk.Intake(), SETTINGS, 3)
    with pytest.raises(UsageError, match="no bulk run"):
        bulk.load_job(tmp_path / "full")


def test_a_machine_with_other_versions_reads_nothing(tmp_path: Path, harness: Harness) -> None:
    job = replace(plan(tmp_path, "out"), data="other data")
    with pytest.raises(UsageError, match="reads otherwise than the run began"):
        next(runners.run_here(job, harness.stages))


def test_a_report_that_kills_its_readers_is_set_aside(tmp_path: Path, harness: Harness) -> None:
    job = plan(tmp_path, "out")
    (Path(job.out) / "at/part-000001").write_text(json.dumps(
        {"at": 1, "pid": 1, "deaths": {"1": bulk.DEATHS - 1}}))
    parts = {p.number: p for p in runners.run_here(job, harness.stages)}
    assert (parts[1].reports, parts[1].refused) == (2, 1)
    where, why = next(iter(bulk.refused(job)))
    assert where.endswith("reports.jsonl:5")
    assert why == "killed its reader 3 times: set aside"
    first_death = tmp_path / "once"
    job = plan(tmp_path, first_death.name)
    (first_death / "at/part-000001").write_text('{"at": 1, "pid": 1, "deaths": {}}')
    assert {p.reports for p in runners.run_here(job, harness.stages) if p.number < 3} == {3}


def test_a_bug_costs_its_report_alone(tmp_path: Path, harness: Harness,
                                      monkeypatch: pytest.MonkeyPatch) -> None:
    right = Stages.understand

    def trips(self: Stages, report: Report) -> tuple[tuple[Claim, ...], Resolved]:
        if "Ghazni" in report.text:
            raise ZeroDivisionError("a bug")
        return right(self, report)

    monkeypatch.setattr(Stages, "understand", trips)
    job = plan(tmp_path, "out")
    parts = list(runners.run_here(job, harness.stages))
    assert sum(p.reports for p in parts) == len(TOWNS) - 1
    told = [why for _, why in bulk.refused(job) if "JSON" not in why]
    assert told == ["a bug in whoholds: ZeroDivisionError: a bug"]


def test_loading_gives_the_ledger_that_reading_gives(whole: bulk.Job, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "a.db") as read:
        assert len(read.read([whole.pieces[0].files[0]]).read) == len(TOWNS)
        with open_ledger(tmp_path / "b.db") as loaded:
            counts = loaded.load([whole.out])
            assert counts["new reports"] == len(TOWNS)
            assert counts["pieces not read"] == 0
            for name in ("reports", "claims", "resolutions", "places", "actors", "fingerprints"):
                assert getattr(loaded.ledger, name)() == getattr(read.ledger, name)(), name
            assert loaded.ledger.check() == ()
            again = loaded.load([whole.out])
            assert (again["reports"], again["new reports"], again["new claims"]) == (
                len(TOWNS), 0, 0)


def test_workers_of_which_one_is_killed_write_the_same(whole: bulk.Job, tmp_path: Path) -> None:
    assert killed(whole, tmp_path, lambda job: runners.run_local(job, 2)) == digest(whole)


def test_ray_with_a_worker_killed_writes_the_same(whole: bulk.Job, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'whoholds[scale]'")
    assert killed(whole, tmp_path, lambda job: runners.run_ray(job, 2)) == digest(whole)


def killed(whole: bulk.Job, tmp_path: Path,
           run: Callable[[bulk.Job], Iterator[bulk.Part]]) -> dict[str, str]:
    """The digest of a run over the input of ``whole`` with one worker killed."""
    job = bulk.plan(tmp_path / "out", [whole.pieces[0].files[0]], bulk.Intake(), SETTINGS, 3)
    sent: list[int] = []
    killer = threading.Thread(target=killing(job, sent), daemon=True)
    killer.start()
    parts = sorted(p.number for p in run(job))
    killer.join()
    assert sent, "nobody was killed"
    assert parts == [0, 1, 2, 3]
    return digest(job)
