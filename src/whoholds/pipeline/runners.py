"""Who reads the pieces of a bulk run: this process, several on this machine, or a Ray cluster.

All write the same bytes: a part depends on its piece alone, and is there wholly or not at all.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from whoholds.core import UsageError, WhoholdsError
from whoholds.pipeline.bulk import Job, Part, begun, job_settings, left, load_job, read_part_of
from whoholds.pipeline.stages import Stages

MOST_ATTEMPTS = 100     # at one piece; each report that kills costs a few
MOST_UNBORN = 5         # workers in a row that died before they read anything: it is no report's
STARTING = multiprocessing.get_context("spawn")   # a fork would share the network's threads


class PieceFailed(WhoholdsError):
    """A piece that no worker could read to its end."""


def run_here(job: Job, stages: Stages | None = None) -> Iterator[Part]:
    """Reads what is left, one piece after the other."""
    stages = stages or Stages(job_settings(job))
    for number in left(job):
        yield read_part_of(job, number, stages)


def run_local(job: Job, workers: int, apart: bool = False) -> Iterator[Part]:
    """Reads what is left with some processes; one that is killed is replaced and its piece read
    again. Parts come as they are done. A single worker is this process, unless it is to be
    ``apart``."""
    todo = left(job)
    if not apart and (workers <= 1 or len(todo) <= 1):
        yield from run_here(job)
        return
    attempts, unborn = dict[int, int](), 0
    crew: dict[Connection, tuple[Any, int]] = {}
    todo.reverse()
    try:
        while todo or crew:
            while todo and len(crew) < workers:
                _start(job, todo.pop(), crew)
            for ready in wait(list(crew)):
                connection: Connection = ready  # type: ignore[assignment]
                process, number = crew.pop(connection)
                try:
                    told = connection.recv()
                except (EOFError, OSError):          # killed
                    process.join()
                    connection.close()
                    unborn = 0 if begun(job, number) else unborn + 1
                    attempts[number] = attempts.get(number, 0) + 1
                    if attempts[number] > MOST_ATTEMPTS or unborn > MOST_UNBORN:
                        raise PieceFailed(f"{job.pieces[number].files[0]}: its worker died "
                                          f"{attempts[number]} times (code {process.exitcode})"
                                          ) from None
                    todo.append(number)
                    continue
                if isinstance(told, str):
                    raise PieceFailed(told)
                yield told
                if todo:
                    number = todo.pop()
                    connection.send(number)
                    crew[connection] = process, number
                else:
                    _dismiss(connection, process)
    finally:
        for connection, (process, _) in crew.items():
            process.terminate()
            _dismiss(connection, process)


def _start(job: Job, number: int, crew: dict[Connection, tuple[Any, int]]) -> None:
    ours, theirs = STARTING.Pipe()
    process = STARTING.Process(target=_work, args=(job.out, theirs), daemon=True)
    process.start()
    theirs.close()
    ours.send(number)
    crew[ours] = process, number


def _dismiss(connection: Connection, process: Any) -> None:
    connection.close()
    process.join()


def _work(out: str, connection: Connection) -> None:
    """A worker: reads the pieces whose numbers it is sent, until nobody sends any."""
    job = load_job(Path(out))
    stages = Stages(job_settings(job))
    while True:
        try:
            number = connection.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            connection.send(read_part_of(job, number, stages))
        except KeyboardInterrupt:
            return
        except Exception as error:
            connection.send(f"piece {number}: {type(error).__name__}: {error}")


class RayReader:
    """A worker of Ray Data: reads the pieces of a run whose folder all machines see."""

    def __init__(self) -> None:
        self._jobs: dict[str, tuple[Job, Stages]] = {}

    def __call__(self, batch: dict[str, Sequence[Any]]) -> dict[str, list[str]]:
        parts = [self._part(str(out), int(number))
                 for out, number in zip(batch["out"], batch["number"], strict=True)]
        return {"part": [json.dumps(asdict(part)) for part in parts]}

    def _part(self, out: str, number: int) -> Part:
        if out not in self._jobs:
            job = load_job(Path(out))
            self._jobs[out] = job, Stages(job_settings(job))
        job, stages = self._jobs[out]
        return read_part_of(job, number, stages)


def run_ray(job: Job, workers: int, address: str | None = None) -> Iterator[Part]:
    """Reads what is left on a Ray cluster (``address``; by default the one of this machine, started
    where there is none) with some workers of one processor each. Workers that are killed are
    replaced by Ray. UsageError where Ray is not installed or the cluster cannot be reached."""
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError("--runner ray wants pip install 'whoholds[scale]'") from None
    todo = left(job)
    if not todo:
        return
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")    # Ray tells its makers, else
    started = not ray.is_initialized()
    if started:
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR,
                     num_cpus=None if address else workers, include_dashboard=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise UsageError(f"no Ray cluster: {error}") from error
    try:
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
        pieces = ray.data.from_items([{"out": job.out, "number": n} for n in todo],
                                     override_num_blocks=len(todo))
        parts = pieces.map_batches(
            RayReader, batch_size=1, num_cpus=1,
            compute=ray.data.ActorPoolStrategy(size=workers), batch_format="numpy")
        for row in parts.iter_rows():
            yield Part(**json.loads(row["part"]))
    finally:
        if started:
            ray.shutdown()


__all__ = ["PieceFailed", "RayReader", "run_here", "run_local", "run_ray"]
