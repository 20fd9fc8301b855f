"""Answers of the pipeline, printed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from whoholds import views
from whoholds.cli.output import show, show_json, terminal
from whoholds.core import InputError, UsageError
from whoholds.pipeline import Workbench
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.viewing import dispute_views, map_frames, names_for

LONGEST_MAP = 400  # frames: a slider finer than this cannot be moved by hand


def print_status(desk: Workbench, known: Snapshot, places: Sequence[str], at: str | None,
                 as_json: bool) -> None:
    """The table of who holds what, or its JSON."""
    if not known.evidence and not places:
        found: tuple[views.StatusRow, ...] = ()
    else:
        found = views.status_rows(desk.status_in(known, places, at=at), known.evidence,
                                  known.reports)
    if as_json:
        show_json(views.status_data(found, names_for(known)))
    else:
        show(views.status_text(found, names_for(known), terminal()))


def print_explanation(desk: Workbench, known: Snapshot, place: str, at: str | None,
                      as_json: bool) -> None:
    """Every place of that name, each with its sentences."""
    told = []
    for belief in desk.status_in(known, [place], at=at):
        moved = desk.contributions(known, belief.place, belief.valid_at)
        told.append(views.explanation(belief, moved, known.evidence, known.reports))
    if as_json:
        show_json([views.explain_data(t, names_for(known)) for t in told])
    else:
        show("\n\n".join(views.explain_text(t, names_for(known), terminal()).rstrip("\n")
                         for t in told))


def print_disputes(desk: Workbench, known: Snapshot, places: Sequence[str], as_json: bool) -> None:
    """The contradictions, or their JSON."""
    found = dispute_views(desk.disputes(known, places), known)
    if as_json:
        show_json(views.disputes_data(found, names_for(known)))
    else:
        show(views.disputes_text(found, names_for(known), terminal()))


def write_map(desk: Workbench, known: Snapshot, out: Path, title: str, as_json: bool) -> None:
    """Writes the map, whole or not at all, and says where it is."""
    if not known.evidence:
        raise UsageError("no claim about any place is known: there is nothing to draw")
    frames = map_frames(desk, known, timedelta(hours=6), LONGEST_MAP)
    view = views.map_view(title, frames, known.evidence, known.reports, names_for(known),
                          known_at=known.known_at.latest if known.known_at else None,
                          outlines=views.shipped_outlines())
    write_whole(out, views.map_html(view))
    located = sum(1 for b in frames[-1][1] if b.place.latitude is not None)
    if as_json:
        show_json({"file": str(out), "frames": len(frames), "places": len(frames[-1][1]),
                   "located": located})
    else:
        show(f"{out}: {located} places, {len(frames)} steps of the slider. Open it in a browser.")


def write_whole(out: Path, text: str) -> None:
    """Writes a file by way of a temporary one beside it; InputError where that cannot be."""
    try:
        handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=out.name, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf8", newline="\n") as file:
                file.write(text)
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)
            Path(temporary).replace(out)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(str(out), f"cannot be written: {error.strerror}") from error
