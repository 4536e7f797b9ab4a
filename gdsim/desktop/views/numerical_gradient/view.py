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
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue, work_of
from gdsim.desktop.look.style import Theme, optimizer_color, solid
from gdsim.desktop.plotting.log_plot import LogPlot
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.numerical_gradient.h_marker import HMarker
from gdsim.desktop.views.numerical_gradient.number_table import Mode, NumberTable, short_name, wrapped_label
from gdsim.desktop.views.run_point import RunPoint, shown_point
from gdsim.objectives import CentralDifference, Exact, ForwardDifference, GradientMode
from gdsim.objectives.base import Array, Objective
from gdsim.objectives.gradient_errors import Valley, errors_at, valley
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
        super().__init__(theme)
        self.setAccessibleName(self.tr("Numerical gradient"))
        self._desk = desk
        self._along_queue, self._point_queue = (
            RequestQueue(desk.requests, "errors along"),
            RequestQueue(desk.requests, "errors"),
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READABLE)
        self._timer.timeout.connect(self._show_numbers)
        self.table = NumberTable()
        self._use = QPushButton(self.tr("Use central differences"))
        self._use.setObjectName("use_central")
        self._use.setToolTip(self.tr("Let all optimizers work with a numerical gradient instead of the exact one."))
        self._use.clicked.connect(lambda: self._desk.store.use_gradient(CentralDifference.key))
        self._make_plots(theme)
        self._lay_out()
        self._apply_theme(theme)

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
        self._valley_title, self._along_title = wrapped_label("numerical.valley"), wrapped_label("numerical.along")

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
        column.addWidget(self.table)
        column.addWidget(self._use)
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

    def _apply_theme(self, theme: Theme) -> None:
        for plot in (self.valley, self.along):
            plot.set_theme(theme)
        self.valley.set_pen(0, QColor(theme.accent), 1.5 * theme.scale)
        self.valley.set_pen(1, QColor(_FORWARD), 1.5 * theme.scale, dashed=True)
        self.marker.set_theme(theme)
        self._cursor.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))
        names = ((theme.accent, CentralDifference.key), (_FORWARD, ForwardDifference.key))
        colored = ", ".join(f'<span style="color:{color}">{short_name(key)}</span>' for color, key in names)
        self._valley_title.setText(self.tr("Error against h: {names}").format(names=colored))

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        self._cursor.setPos(scene.step)
        if scene.changed(before, "race", "selection", "theme", "experiment"):
            self._show_run()
        if scene.changed(before, "step", "digits") and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Show nothing more."""
        self._timer.stop()
        self._along_queue.forget()
        self._point_queue.forget()

    def _take_h(self, h: float) -> None:
        mode = self._desk.store.experiment.gradient
        if not isinstance(mode, Exact):
            self._desk.store.change(gradient=dataclasses.replace(mode, h=h))

    @property
    def _mode(self) -> Mode:
        """The one in use; where none is, the one that could be."""
        mode = self._desk.store.experiment.gradient
        return CentralDifference() if isinstance(mode, Exact) else mode

    def _point(self) -> RunPoint | None:
        """The selected run; None where there is nothing to be evaluated."""
        here = shown_point(self.scene)
        return here if here is not None and here.race.objective.ready else None

    def _show_run(self) -> None:
        """All that does not change from step to step, and then the rest."""
        exact = isinstance(self._desk.store.experiment.gradient, Exact)
        self._use.setVisible(exact)
        self.marker.setVisible(not exact)
        self.marker.show_at(self._mode.h)
        here = self._point()
        if here is None:
            self._show_nothing()
            return
        path = here.race.positions[:, here.optimizer, :, here.run]
        steps = np.unique(np.linspace(0, len(path) - 1, min(len(path), _MOST)).astype(np.int64))
        points, objective = np.ascontiguousarray(path[steps].T), here.race.objective
        work = partial(_along, objective, self._mode, points)
        size = work_of(objective) * len(steps) * (2 * objective.dimension + 1)
        self._along_queue.do(work, size, partial(self._show_along, here.race, steps))
        self._along_title.setText(self.tr("Error along the run of {name}").format(name=self._name(here)))
        self.table.show_end(path[-1])
        self._show_numbers()

    def _show_along(self, race: Trajectories, steps: NDArray[np.int64], errors: Array | None, _: Any) -> None:
        if self.scene is None or race is not self.race or errors is None:
            return
        self.along.set_pen(0, optimizer_color(self.scene.selection[0], self.theme), 1.5 * self.theme.scale)
        self.along.box.setRange(xRange=(0, max(race.steps, 1)), padding=0)
        self.along.show_curves(steps.astype(np.float64), [errors])

    def _show_nothing(self) -> None:
        self._along_queue.forget()
        self._point_queue.forget()
        self.table.clear()
        self._along_title.setText("")
        for plot in (self.valley, self.along):
            for curve in plot.curves:
                curve.setData([], [])

    def _show_numbers(self) -> None:
        here = self._point()
        if here is None:
            return
        point, objective, mode = here.point.copy(), here.race.objective, self._mode
        size = work_of(objective) * len(_HS) * 2 * objective.dimension
        self._point_queue.do(partial(_numbers, objective, mode, point), size, partial(self._show_found, here, mode))

    def _show_found(self, here: RunPoint, mode: Mode, found: tuple[Array, Array, Valley] | None, _: Any) -> None:
        if here.race is not self.race or found is None:
            return
        exact, numerical, errors = found
        self.table.show_gradients(here.race.objective.shown_names, exact, numerical, mode)
        self.table.show_place(self._name(here), here.step, here.point)
        self.valley.show_curves(np.log10(errors.h), [errors.central, errors.forward])

    def _name(self, here: RunPoint) -> str:
        return optimizer_text(here.key, self._desk.store.experiment)


def _along(objective: Objective, mode: GradientMode, points: Array) -> Array:
    """The error of a numerical gradient at points ``(d, n)``, ``(n,)``."""
    if objective.effort <= MOST_WORK / points.shape[1]:
        return errors_at(objective, mode, points)
    return in_pieces(objective, partial(errors_at, objective, mode), points)


def _numbers(objective: Objective, mode: GradientMode, point: Array) -> tuple[Array, Array, Valley]:
    """At a point ``(d,)`` both gradients, and how they differ for every h."""
    with np.errstate(all="ignore"):
        return objective.gradient(point), mode.gradient(objective, point), valley(objective, point, _HS)
