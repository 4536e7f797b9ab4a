"""`gdsim run`: a race, the files that are asked for, and the table of how it ended."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from gdsim.cli.advice_text import advised
from gdsim.cli.arguments import digits
from gdsim.cli.fit_defaults import fit_note
from gdsim.cli.outcome_table import outcomes
from gdsim.cli.outputs import Desktop, begun, drawing
from gdsim.cli.prepared import prepared
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.trajectories import Trajectories
from gdsim.storage.tables import write_arrays, write_iterates


def run_race(words: argparse.Namespace, desktop: Desktop) -> None:
    """Race as the words say, write and print what came of it."""
    shown = digits(words)
    asked, raced = prepared(words)
    race = _race_into_files(raced, words, desktop)
    print(outcomes(raced, race, sys.stdout, shown, fit_note(words, asked, raced)), flush=True)
    if lines := advised(raced, race, sys.stdout):
        print("\n" + lines)


def _race_into_files(raced: Experiment, words: argparse.Namespace, desktop: Desktop) -> Trajectories:
    """Run a race and write the files that were asked for."""
    save_picture = drawing(words.png, desktop, "gdsim.desktop.picture", "save_picture")
    with begun(csv=words.csv, npz=words.npz, png=words.png) as files:
        race = raced.run()
        files.write_text("csv", partial(write_iterates, race))
        files.write("npz", partial(write_arrays, race))
        if save_picture is not None:
            files.write("png", partial(save_picture, race))
    return race
