"""Pictures of sweeps, drawn by the window's own views without a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gdsim.desktop.map_pictures import begin_without_screen, lay_out, save_view
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gdsim.desktop.views.sweep.asked import Found
    from gdsim.simulation.maps.range_tests import RangeTest
    from gdsim.simulation.maps.sweeps import Sweep


def save_sweep(experiment: Experiment, sweep: Sweep, tests: Sequence[RangeTest], path: Path) -> None:
    """Write a sweep as PNG: the loss at the end against η, and the range test on the same axis under it.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    begin_without_screen()
    from gdsim.desktop.files.export import Words
    from gdsim.desktop.text.captions import caption_of, title_of
    from gdsim.desktop.text.phrases import optimizer_text

    found = _by_optimizer(experiment, sweep, tests)
    text = _tr("{name}: {decades} decades work")
    names = {
        key: text.format(name=optimizer_text(key, experiment), decades=f"{each.sweep.widths[0]:.2f}")
        for key, each in found.items()
    }
    page = _sweep_page(experiment, found)
    save_view(page, Words(title_of(experiment), caption_of(experiment), names), path)


def _by_optimizer(experiment: Experiment, sweep: Sweep, tests: Sequence[RangeTest]) -> dict[str, Found]:
    """The sweep and the range test of each optimizer, by `Entry.id`."""
    from gdsim.desktop.views.sweep.asked import Found, SweepRange, asked_of

    rates = sweep.rates
    asked = asked_of(experiment, SweepRange(float(rates[0]), float(rates[-1]), len(rates), sweep.target))
    found = {}
    for o, lane in enumerate(sweep.lanes):
        arrays = {name: getattr(sweep, name)[[o]] for name in ("steps", "kinds", "loss")}
        found[lane.id] = Found(
            asked[lane.id], replace(sweep, lanes=(lane,), **arrays), tests[o] if tests else None, True
        )
    return found


def _sweep_page(experiment: Experiment, found: Mapping[str, Found]) -> QWidget:
    """Two plots under each other, with a line over each that says what it is."""
    from gdsim.desktop.look.style import LIGHT
    from gdsim.desktop.plotting.loss_heights import heights_of_losses
    from gdsim.desktop.views.sweep.range_plot import RangePlot
    from gdsim.desktop.views.sweep.shown import Quantity, quantiles
    from gdsim.desktop.views.sweep.sweep_plot import SweepPlot
    from gdsim.desktop.views.sweep.texts import sweep_title

    objective, ascent = experiment.objective, experiment.ascent
    at_start = float(objective.value(experiment.starts[:, 0]))
    losses = [quantiles(each.sweep, Quantity.LOSS) for each in found.values()]
    tests = {key: each.test for key, each in found.items() if each.test is not None}
    heights = heights_of_losses(losses, objective, ascent, at_start)
    above, below = SweepPlot(LIGHT), RangePlot(LIGHT)
    above.show_sweeps(found, Quantity.LOSS, heights, "")
    rates = next(iter(found.values())).sweep.rates
    for plot in (above, below):
        plot.show_rates(float(rates[0]), float(rates[-1]))
    below.show_tests(tests, heights_of_losses([t.losses for t in tests.values()], objective, ascent, at_start), "")
    over = sweep_title(Quantity.LOSS, heights.scale, experiment) + _tr("; ★ best")
    test = _tr("Range test, η grows with every step: ▼ minimum ÷ 10, ◆ steepest slope")
    return _stacked({over: (above, 5), **({test: (below, 3)} if tests else {})})


def _stacked(plots: Mapping[str, tuple[QWidget, int]]) -> QWidget:
    """Plots under each other by their titles, each with its share of the room."""
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from gdsim.desktop.widgets.labels import plain_label

    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    for title, (plot, share) in plots.items():
        column.addWidget(plain_label(title))
        column.addWidget(plot, share)
    lay_out(page)
    return page


def _tr(text: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("MapPicture", text)
