"""`gdsim map basin`, `gdsim map setting` and `gdsim sweep`: worked out, written and printed."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

import numpy as np

from gdsim.cli.maps.jobs import job_of
from gdsim.cli.maps.progress import Progress
from gdsim.cli.maps.sweep_table import Swept
from gdsim.cli.outputs import Desktop, begun, drawing
from gdsim.cli.terminal import tell
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.runs.found_ends import CODES
from gdsim.storage.maps import save_arrays
from gdsim.storage.sweep_rows import write_sweep_rows

#: The module of what draws, by its name.
_PICTURES = {
    "save_basins": "gdsim.desktop.map_pictures",
    "save_settings": "gdsim.desktop.map_pictures",
    "save_sweep": "gdsim.desktop.sweep_picture",
}


def run_map(words: argparse.Namespace, desktop: Desktop) -> bool:
    """Do what the words of a map or a sweep say; whether it came to its end."""
    job = job_of(words)
    save_picture = drawing(words.png, desktop, _PICTURES[job.picture], job.picture)
    with begun(csv=getattr(words, "csv", None), npz=words.npz, png=words.png) as files:
        with Progress() as progress:
            found = job.work(progress)
        files.write_text("csv", lambda file: write_sweep_rows(found.sweep, file))  # only a sweep has rows
        files.write("npz", lambda place: save_arrays(place, job.arrays(found)))
        if save_picture is not None:
            files.write("png", partial(save_picture, *job.drawn(found)))
    return _told(job.text(found), progress, found)


def _told(text: str, progress: Progress, found: Any) -> bool:
    """Print what was found; whether that is all of it."""
    print(text, flush=True)
    kinds = found.sweep.kinds if isinstance(found, Swept) else found.kinds
    if progress.stopped:
        done = int(100 * np.count_nonzero(kinds != CODES[Kind.CANCELLED]) / kinds.size)
        what = f"{done} % of the runs came to their end" if done < 100 else "what comes after the runs is left out"
        tell(f"interrupted: this is partial, {what}")
    return not progress.stopped
