"""The numerical gradient beside the exact one."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue, work_of
from gdsim.desktop.look.style import Theme, optimizer_color, solid
from gdsim.desktop.plotting.log_plot import LogPlot
from gdsim.desktop.text.numbers import show, show_short
from gdsim.desktop.text.phrases import known_text, optimizer_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.numerical_gradient.h_marker import HMarker
from gdsim.desktop.widgets.labels import plain_label
from gdsim.objectives import CentralDifference, Exact, ForwardDifference, GradientMode
from gdsim.objectives.base import Array, Objective
from gdsim.objectives.gradient_errors import Valley, errors_at, valley
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.pieces import in_pieces
from gdsim.simulation.trajectories import Trajectories

#: Every h that is tried for the picture.
_HS = np.logspace(-12, 0, 121)
#: So many points of a run are looked at.
_MOST = 1000
#: Numbers that change faster than this, in milliseconds, cannot be read.
_READABLE = 90
#: Vermilion of Okabe & Ito, beside the blue of the theme's accent.
_FORWARD = "#D55E00"


class NumericalGradientView(LazyView):
    """Exact and numerical gradient at the current point of the chosen run; its error against h, and along the run."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Numerical gradient"))
        self._desk, self._theme = desk, theme
        self._race: Trajectories | None = None
        self._step = 0
        self._along, self._at_point = RequestQueue(desk.requests, "errors along"), RequestQueue(desk.requests, "errors")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READABLE)
        self._timer.timeout.connect(self._show_numbers)
        self._make_numbers()
        self._make_plots(theme)
        self._lay_out()
        self.set_theme(theme)
        desk.selection.changed.connect(self._chosen_changed)
        desk.store.changed.connect(self._experiment_changed)

    def _make_numbers(self) -> None:
        self._where = _label("numerical.where")
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._cells: dict[tuple[str, int], QLabel] = {}
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(10)
        self._table.setVerticalSpacing(2)
        self._heads = {"exact": QLabel(self.tr("exact")), "numerical": plain_label(), "error": QLabel(self.tr("error"))}
        for row, (name, head) in enumerate(self._heads.items()):
            head.setProperty("role", "faint")
            self._table.addWidget(head, row + 1, 0)
            for i in range(2):
                cell = self._cells[name, i] = plain_label()
                cell.setObjectName(f"numerical.{name}.{i}")
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._table.addWidget(cell, row + 1, i + 1, Qt.AlignmentFlag.AlignRight)
        for i in range(2):
            over = self._cells["head", i] = plain_label()
            over.setProperty("role", "faint")
            self._table.addWidget(over, 0, i + 1, Qt.AlignmentFlag.AlignRight)
        self._table.setColumnStretch(3, 1)
        self._sizes = _label("numerical.sizes")
        self._end = _label("numerical.end")
        self._end.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._end.setToolTip(self.tr("Where the run ends, with as many digits as numpy prints."))
        self._use = QPushButton(self.tr("Use central differences"))
        self._use.setObjectName("use_central")
        self._use.setToolTip(self.tr("Let all optimizers work with a numerical gradient instead of the exact one."))
        self._use.clicked.connect(lambda: self._desk.store.use_gradient(CentralDifference.key))

    def _make_plots(self, theme: Theme) -> None:
        self.valley = LogPlot(theme, 2)
        self.valley.setAccessibleName(self.tr("Error against h"))
        self.valley.getPlotItem().getAxis("bottom").setLogMode(True)
        self.valley.box.setRange(xRange=(-12.0, 0.0), padding=0.01)
        self.marker = HMarker(theme)
        self.marker.setToolTip(self.tr("The h in use: drag it."))
        self.marker.grabbed.connect(self._desk.store.begin)
        self.marker.released.connect(self._desk.store.end)
        self.marker.dragged.connect(self._take_h)
        self.valley.addItem(self.marker, ignoreBounds=True)
        self.along = LogPlot(theme, 1)
        self.along.setAccessibleName(self.tr("Error against step"))
        self._cursor = pg.InfiniteLine(angle=90)
        self.along.addItem(self._cursor, ignoreBounds=True)
        self._valley_title, self._along_title = _label("numerical.valley"), _label("numerical.along")

    def _lay_out(self) -> None:
        self._plots = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts = []
        self._valley_title.setTextFormat(Qt.TextFormat.RichText)
        for title, plot in ((self._valley_title, self.valley), (self._along_title, self.along)):
            part = QWidget()
            inside = QVBoxLayout(part)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(2)
            inside.addWidget(title)
            inside.addWidget(plot, 1)
            self._plots.addWidget(part, 1)
            self._parts.append(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self._where)
        column.addLayout(self._table)
        for widget in (self._sizes, self._end, self._use):
            column.addWidget(widget)
        column.addLayout(self._plots, 1)

    def sizeHint(self) -> QSize:
        """Room for the numbers and two plots."""
        return QSize(320, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Plots beside each other where it is wide; where there is room for one only, the valley."""
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        room = self.height() - 12 * line
        wide = self.width() > 36 * line
        ways = QBoxLayout.Direction
        self._plots.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        self._parts[1].setVisible(wide or room > 14 * line)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for plot in (self.valley, self.along):
            plot.set_theme(theme)
        self.valley.set_pen(0, QColor(theme.accent), 1.5 * theme.scale)
        self.valley.set_pen(1, QColor(_FORWARD), 1.5 * theme.scale, dashed=True)
        self.marker.set_theme(theme)
        self._cursor.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))
        names = ((theme.accent, CentralDifference.key), (_FORWARD, ForwardDifference.key))
        colored = ", ".join(f'<span style="color:{color}">{self._short(key)}</span>' for color, key in names)
        self._valley_title.setText(self.tr("Error against h: {names}").format(names=colored))
        self._show_run()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self._race = race
        self._show_run()

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self._cursor.setPos(step)
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Show nothing more."""
        self._timer.stop()
        self._along.forget()
        self._at_point.forget()

    def _chosen_changed(self) -> None:
        if self.isVisible():
            self._show_run()

    def _experiment_changed(self, _: Experiment) -> None:
        if self.isVisible():
            self._show_run()

    def _take_h(self, h: float) -> None:
        mode = self._desk.store.experiment.gradient
        if not isinstance(mode, Exact):
            self._desk.store.change(gradient=dataclasses.replace(mode, h=h))

    @property
    def _mode(self) -> CentralDifference | ForwardDifference:
        """The one in use; where none is, the one that could be."""
        mode = self._desk.store.experiment.gradient
        return CentralDifference() if isinstance(mode, Exact) else mode

    def _path(self) -> Array | None:
        """Positions of the chosen run, ``(steps + 1, d)``; None where there is nothing to be evaluated."""
        race = self._race
        place = self._desk.selection.place_in(race) if race is not None else None
        if race is None or place is None or not race.objective.ready:
            return None
        path: Array = race.positions[:, place[0], :, place[1]]
        return path

    def _show_run(self) -> None:
        """All that does not change from step to step, and then the rest."""
        exact = isinstance(self._desk.store.experiment.gradient, Exact)
        self._use.setVisible(exact)
        self.marker.setVisible(not exact)
        self.marker.show_at(self._mode.h)
        path, race = self._path(), self._race
        if path is None or race is None:
            self._show_nothing()
            return
        steps = np.unique(np.linspace(0, len(path) - 1, min(len(path), _MOST)).astype(np.int64))
        points, objective = np.ascontiguousarray(path[steps].T), race.objective
        work = partial(_along, objective, self._mode, points)
        size = work_of(objective) * len(steps) * (2 * objective.dimension + 1)
        self._along.do(work, size, partial(self._show_along, race, steps))
        self._along_title.setText(self.tr("Error along the run of {name}").format(name=self._name()))
        end = np.array2string(path[-1], separator=", ")
        for padded, plain in (("[ ", "["), (",  ", ", "), (" ]", "]")):
            end = end.replace(padded, plain)
        self._end.setText(self.tr("end: {point}").format(point=end))
        self._show_numbers()

    def _show_along(self, race: Trajectories, steps: NDArray[np.int64], errors: Array | None, _: Any) -> None:
        if race is not self._race or errors is None:
            return
        self.along.set_pen(0, optimizer_color(self._desk.selection.key, self._theme), 1.5 * self._theme.scale)
        self.along.box.setRange(xRange=(0, max(race.steps, 1)), padding=0)
        self.along.show_curves(steps.astype(np.float64), [errors])

    def _show_nothing(self) -> None:
        self._along.forget()
        self._at_point.forget()
        self._where.setText(self.tr("No optimizer takes part."))
        for label in (*self._cells.values(), self._sizes, self._end, self._along_title):
            label.setText("")
        for plot in (self.valley, self.along):
            for curve in plot.curves:
                curve.setData([], [])

    def _show_numbers(self) -> None:
        path, race = self._path(), self._race
        if path is None or race is None:
            return
        step = min(self._step, race.steps)
        point, objective, mode = path[step].copy(), race.objective, self._mode
        size = work_of(objective) * len(_HS) * 2 * objective.dimension
        self._at_point.do(partial(_numbers, objective, mode, point), size, partial(self._tell, race, step, point, mode))

    def _tell(
        self,
        race: Trajectories,
        step: int,
        point: Array,
        mode: CentralDifference | ForwardDifference,
        found: tuple[Array, Array, Valley] | None,
        _: Any,
    ) -> None:
        if race is not self._race or found is None:
            return
        exact, numerical, errors = found
        for i in range(2):
            there = i < len(point)
            self._cells["head", i].setText(f"∂f/∂{race.objective.shown_names[i]}" if there else "")
            for name, vector in (("exact", exact), ("numerical", numerical)):
                self._cells[name, i].setText(show(float(vector[i]), 8) if there else "")
            self._cells["error", i].setText(show(float(numerical[i] - exact[i]), 3) if there else "")
        where = ", ".join(show(float(x)) for x in point)
        first = self.tr("{name}, step {step}").format(name=self._name(), step=step)
        self._where.setText(f"{first}\n{self.tr('at ({point})').format(point=where)}")
        self._heads["numerical"].setText(self._short(mode.key))
        title = known_text("Gradient", mode.title)
        self._heads["numerical"].setToolTip(f"{title}, h = {show_short(mode.h)}")
        self._sizes.setText(self._sizes_text(exact, numerical))
        self.valley.show_curves(np.log10(errors.h), [errors.central, errors.forward])

    def _name(self) -> str:
        return optimizer_text(self._desk.selection.key, self._desk.store.experiment)

    def _short(self, key: str) -> str:
        return {"central": self.tr("central"), "forward": self.tr("forward")}[key]

    def _sizes_text(self, exact: Array, numerical: Array) -> str:
        with np.errstate(all="ignore"):
            error, length = float(np.linalg.norm(numerical - exact)), float(np.linalg.norm(exact))
        if not length:
            return self.tr("|error| {error}; the gradient is 0").format(error=show(error, 3))
        relative = show(error / length, 3)
        return self.tr("|error| {error}, relative {relative}").format(error=show(error, 3), relative=relative)


def _along(objective: Objective, mode: GradientMode, points: Array) -> Array:
    """The error of a numerical gradient at points ``(d, n)``, ``(n,)``."""
    if objective.effort <= MOST_WORK / points.shape[1]:
        return errors_at(objective, mode, points)
    return in_pieces(objective, partial(errors_at, objective, mode), points)


def _numbers(objective: Objective, mode: GradientMode, point: Array) -> tuple[Array, Array, Valley]:
    """At a point ``(d,)`` both gradients, and how they differ for every h."""
    with np.errstate(all="ignore"):
        return objective.gradient(point), mode.gradient(objective, point), valley(objective, point, _HS)


def _label(name: str) -> QLabel:
    label = plain_label()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
