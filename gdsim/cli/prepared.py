"""The experiment of a command line, with what is chosen where nobody says."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from gdsim.cli.arguments import experiment
from gdsim.cli.fit_defaults import fitted
from gdsim.cli.terminal import tell
from gdsim.errors import GdsimError
from gdsim.objectives.table_reading import told
from gdsim.simulation.experiment import Entry, Experiment


def prepared(
    words: argparse.Namespace, choose: Callable[[Experiment], Entry | None] | None = None
) -> tuple[Experiment, Experiment]:
    """The experiment that was asked for, and that with the first fit to a table; how a table was read is told."""
    asked = experiment(words, choose)
    raced = fitted(words, asked)
    if not raced.racing:
        raise GdsimError("no optimizer takes part: name one with --optimizer", "optimizers")
    if words.data is not None and raced.data is not None and raced.data.reading is not None:
        for sentence in told(raced.data.reading):
            tell(sentence)
    return asked, raced
