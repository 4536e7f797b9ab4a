"""`gdsim tune`: the same budget for every optimizer, and what came of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TextIO

from gdsim.cli.arguments import digits
from gdsim.cli.fit_defaults import fit_note
from gdsim.cli.maps import values
from gdsim.cli.maps.progress import Progress
from gdsim.cli.maps.tune_table import tuning_text
from gdsim.cli.outputs import Desktop, begun, drawing
from gdsim.cli.prepared import prepared
from gdsim.cli.terminal import tell
from gdsim.cli.values import as_number
from gdsim.errors import GdsimError, UnknownNameError, shown
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning import Tuning, checked_axes, tuned
from gdsim.simulation.maps.tuning_rule import Criterion, TuningRule
from gdsim.storage.files import dump
from gdsim.storage.maps import save_arrays
from gdsim.storage.tables import labels, quoted
from gdsim.storage.tuning_arrays import tuning_arrays


def run_tune(words: argparse.Namespace, desktop: Desktop) -> bool:
    """Do what the words of a tuning say; whether it came to its end."""
    shown_digits, threads = digits(words), values.threads(words)
    asked, raced = prepared(words)
    rule = _rule(words, raced)
    # before any file is begun
    checked_axes(raced, rule)
    save_picture = drawing(words.png, desktop, "gdsim.desktop.tuning_picture", "save_tuning")
    with begun(csv=words.csv, npz=words.npz, png=words.png, save=words.save) as files:
        with Progress() as progress:
            found = tuned(raced, rule, progress.pulse, threads)
        files.write_text("csv", partial(_write_tries, found))
        files.write("save", lambda place: place.write_bytes(dump(replace(found.experiment, tuning=rule))))
        files.write("npz", lambda place: save_arrays(place, tuning_arrays(found)))
        if save_picture is not None:
            files.write("png", partial(save_picture, raced, found))
    print(tuning_text(raced, found, sys.stdout, shown_digits, fit_note(words, asked, raced)), flush=True)
    if not found.is_whole:
        tell(f"interrupted: this is partial, {int(100 * progress.share)} % of the search was done")
    return found.is_whole


def _rule(words: argparse.Namespace, raced: Experiment) -> TuningRule:
    """The rule of the file, if one is opened that has one, with what the options say."""
    rule = raced.tuning or TuningRule()
    given: dict[str, Any] = {
        name: as_number(text)
        for name, text in (("tries", words.tries), ("starts", words.starts), ("seed", words.search_seed))
        if text is not None
    }
    if words.criterion is not None:
        if words.criterion not in tuple(Criterion):
            raise UnknownNameError("criterion", words.criterion, Criterion, "criterion")
        given["criterion"] = words.criterion
    if words.ranges is not None:
        given["ranges"] = {**rule.ranges, **_ranges(words.ranges, raced)}
    return replace(rule, **given)


def _ranges(texts: Sequence[str], raced: Experiment) -> dict[str, tuple[tuple[Any, ...], ...]]:
    """Ranges by the ids of optimizers, each written as ``adam:learning_rate=1e-4,1``."""
    found: dict[str, tuple[tuple[Any, ...], ...]] = {}
    called = {entry.name or entry.id: entry.id for entry in raced.racing} | {e.id: e.id for e in raced.racing}
    for text in texts:
        name, colon, rest = text.partition(":")
        hyper, equals, ends = rest.partition("=")
        parts = ends.split(",")
        if not (colon and equals) or len(parts) not in (2, 3):
            raise GdsimError(
                "--range must be an optimizer, a hyperparameter and its range, such as "
                "--range adam:learning_rate=1e-4,1, not '{given}'",
                "ranges",
                given=shown(text),
            )
        if name not in called:
            raise UnknownNameError("optimizer of this race", name, called, "ranges")
        words = (hyper, *map(as_number, parts[:2]), *parts[2:])
        found[called[name]] = (*found.get(called[name], ()), words)
    return found


def _write_tries(found: Tuning, file: TextIO) -> None:
    """Write every try as CSV: optimizer, try, setting (JSON text), score; the smaller the better."""
    file.write("optimizer,try,setting,score\n")
    for label, each in zip(labels(found.experiment.lanes), found.optimizers, strict=True):
        names = [axis.name for axis in each.axes]
        for k, (row, score) in enumerate(zip(each.tried.tolist(), each.scores.tolist(), strict=True)):
            setting = json.dumps(dict(zip(names, row, strict=True)))
            file.write(f"{quoted(label)},{k},{quoted(setting)},{score!r}\n")
