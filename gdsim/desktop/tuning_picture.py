"""Picture of a tuning, drawn by the window's own view without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gdsim.desktop.map_pictures import begin_without_screen, lay_out, save_view
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.simulation.maps.tuning import Tuning


def save_tuning(experiment: Experiment, found: Tuning, path: Path) -> None:
    """Write what came of a tuning as PNG: the rule, before and after, and the expected best of k tries.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    begin_without_screen()
    from gdsim.desktop.files.export import Words
    from gdsim.desktop.look.style import LIGHT
    from gdsim.desktop.text.captions import caption_of, title_of
    from gdsim.desktop.tuning.results import TuningResults

    results = TuningResults(LIGHT)
    results.show_rule(found.rule, experiment)
    results.show_tuning(found)
    lay_out(results)
    save_view(results, Words(title_of(experiment), caption_of(experiment)), path)
