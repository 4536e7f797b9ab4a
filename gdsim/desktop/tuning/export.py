"""Tunings that go out as picture or as arrays."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning import Tuning

_SIZE = QSize(1600, 1200)


def write_out(path: Path, tuning: Tuning, experiment: Experiment, results: QWidget, theme: Theme) -> None:
    """Write a tuning as NPZ, or what a widget shows of it as PNG or SVG, by the ending of the name.

    Raises
    ------
    GdsimError
        If the ending is another, or the file cannot be written.
    """
    if path.suffix.lower() == ".npz":
        from gdsim.storage.tuning_arrays import write_tuning

        write_tuning(path, tuning)
        return
    from gdsim.desktop.files.export import Words, write_picture
    from gdsim.desktop.text.captions import caption_of, title_of

    write_picture(path, results, Words(title_of(experiment), caption_of(experiment)), _SIZE, theme)
