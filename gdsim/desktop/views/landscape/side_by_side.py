"""One landscape an optimizer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.overlays import Marks
from gdsim.desktop.text.phrases import button_text, optimizer_text, tip_text
from gdsim.desktop.views.landscape.surface_plot import LandscapeMap
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.focus_keys import settle_keys
from gdsim.desktop.widgets.legend import swatch
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.sampling.gradient_field import Arrows

#: More landscapes than these are not shown.
MOST = 12


class SideBySideView(QWidget):
    """A grid of landscapes with one optimizer each, linked in zoom, start, step and colours."""

    start_dragged = Signal(object)
    grabbed = Signal()
    released = Signal()
    view_changed = Signal(object)
    run_chosen = Signal(str, int)
    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_by_side_view")
        self._theme = theme
        self._objective: Objective | None = None
        self._read_from: Objective | None = None
        self._ascent = False
        self._race: Trajectories | None = None
        self._surface: Surface | Curve | None = None
        self._start: tuple[float, ...] = (0.0, 0.0)
        self._step = 0
        self._chosen = ("", 0)
        self._marks = Marks()
        self._arrows: Arrows | None = None
        self._equal = True
        self._hidden: frozenset[str] = frozenset()
        self._target: View | None = None
        self._y_free = False
        self._linking = False
        self.panels: dict[str, Panel] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self.footer = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(self._grid, 1)
        column.addLayout(self.footer)
        self._nothing = QLabel(self.tr("No optimizer takes part."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for panel in self.panels.values():
            panel.set_theme(theme)

    def set_function(self, objective: Objective, ascent: bool = False) -> None:
        """Show another function; uphill, with its maxima."""
        if objective is not self._objective:
            self._target = None
            if self._objective is not None and self._objective.dimension != objective.dimension:
                self._surface = self._arrows = None
        self._objective, self._ascent = objective, ascent
        for panel in self.panels.values():
            panel.map.set_function(objective, ascent)

    def set_start(self, start: tuple[float, ...]) -> None:
        """Put the handles somewhere."""
        self._start = start
        for panel in self.panels.values():
            panel.map.set_start(start)

    def set_surface(self, surface: Surface | Curve) -> None:
        """Show the surface or the curve that was asked for."""
        self._surface = surface
        for panel in self.panels.values():
            panel.map.set_surface(surface)

    def read_from(self, objective: Objective | None) -> None:
        """The surface is that of something else than the function."""
        self._read_from = objective
        for panel in self.panels.values():
            panel.map.read_from(objective)

    def clear_surface(self) -> None:
        """Show no surface, and no arrows, until others come."""
        self._surface = self._arrows = None
        for panel in self.panels.values():
            panel.map.clear_surface()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self._race = race
        self._arrange()
        for panel in self.panels.values():
            panel.set_race(race)

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        for panel in self.panels.values():
            panel.map.set_step(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self._arrange()

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely."""
        self._chosen = (key, run)
        for panel in self.panels.values():
            panel.map.set_chosen(key, run)

    def set_marks(self, marks: Marks) -> None:
        """What is drawn of the gradient."""
        self._marks = marks
        self._arrows = self._arrows if marks.arrows else None
        for panel in self.panels.values():
            panel.map.gradient.set_marks(marks)

    def set_arrows(self, arrows: Arrows | None) -> None:
        """Show the arrows that were asked for, or none."""
        self._arrows = arrows
        for panel in self.panels.values():
            panel.map.gradient.set_arrows(arrows)

    def arrow_spacing(self) -> tuple[float, float]:
        """From one arrow to the next, along x and along y."""
        return next((panel.map.arrow_spacing() for panel in self.panels.values()), (0.0, 0.0))

    def set_equal_aspect(self, equal: bool) -> None:
        """One unit of x as long as one of y, or each axis filled."""
        self._equal = equal
        for panel in self.panels.values():
            panel.map.set_equal_aspect(equal)

    def reset_view(self) -> None:
        """Back to the function's bounds."""
        for panel in self.panels.values():
            panel.map.reset_view()

    def view(self) -> View | None:
        """What is in view in any panel, as their sizes may differ by a pixel; None if nothing is."""
        views = [panel.map.view() for panel in self.panels.values()]
        if not views:
            return None
        left, right, bottom, top = zip(*views, strict=True)
        return min(left), max(right), min(bottom), max(top)

    def _arrange(self) -> None:
        """Make the panels for who takes part, as nearly square as they fit."""
        keys = [] if self._race is None else [key for key in self._race.ids if key not in self._hidden]
        keys = list(dict.fromkeys(keys))[:MOST]
        if keys == list(self.panels) and keys:
            return
        for key in [key for key in self.panels if key not in keys]:
            self._remove(self.panels.pop(key))
        self.panels = {key: self.panels.get(key) or self._make(key) for key in keys}
        self._grid.removeWidget(self._nothing)
        self._nothing.setVisible(not keys)
        columns = max(1, math.ceil(math.sqrt(len(keys))))
        for i in range(MOST):
            self._grid.setColumnStretch(i, int(i < columns and bool(keys)))
            self._grid.setRowStretch(i, int(i * columns < len(keys)))
        for i, panel in enumerate(self.panels.values()):
            self._grid.removeWidget(panel)
            self._grid.addWidget(panel, i // columns, i % columns)
        if not keys:
            self._grid.addWidget(self._nothing, 0, 0)

    def _make(self, key: str) -> Panel:
        panel = Panel(key, self._theme)
        panel.map.set_equal_aspect(self._equal)
        if self._objective is not None:
            panel.map.set_function(self._objective, self._ascent)
        if self._target is not None:
            panel.map.set_view(self._target, self._y_free)
        panel.map.read_from(self._read_from)
        panel.map.set_start(self._start)
        if self._surface is not None:
            panel.map.set_surface(self._surface)
        if self._race is not None:
            panel.set_race(self._race)
        panel.map.set_step(self._step)
        panel.map.set_chosen(*self._chosen)
        panel.map.gradient.set_marks(self._marks)
        panel.map.gradient.set_arrows(self._arrows)
        panel.map.start_dragged.connect(self.start_dragged)
        panel.map.grabbed.connect(self.grabbed)
        panel.map.released.connect(self.released)
        panel.map.run_chosen.connect(self.run_chosen)
        panel.map.view_changed.connect(lambda _, panel=panel: self._link(panel))
        panel.button.clicked.connect(lambda: self.chosen.emit(key))
        settle_keys(panel)
        return panel

    def _remove(self, panel: Panel) -> None:
        self._grid.removeWidget(panel)
        take_away(panel)

    def _link(self, source: Panel) -> None:
        if self._linking:
            return
        # a panel that became larger shows more, but wants to show the same
        target = source.map.target()
        if target != self._target:
            self._target, self._y_free = target, source.map.y_free
            self._linking = True
            for panel in self.panels.values():
                if panel is not source:
                    panel.map.set_view(target, self._y_free)
            self._linking = False
        view = self.view()
        if view is not None:
            self.view_changed.emit(view)


class Panel(QWidget):
    """One optimizer's landscape under a button with its name."""

    def __init__(self, key: str, theme: Theme) -> None:
        super().__init__()
        self.key = key
        self.map = LandscapeMap(theme)
        self.map.setMinimumSize(60, 60)
        self.button = QPushButton()
        self.button.setObjectName(f"panel.{key}")
        self.button.setFlat(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        column.addWidget(self.map, 1)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.map.set_theme(theme)
        self.button.setIcon(swatch(self.key, theme, theme.pixels(12)))

    def set_race(self, race: Trajectories) -> None:
        """Show this optimizer's part of another race."""
        self.map.set_hidden(race.others(self.key))
        self.map.set_race(race)
        title = optimizer_text(self.key, race)
        if button_text(title) != self.button.text():
            self.button.setText(button_text(title))
            self.button.setToolTip(tip_text(self.tr("Show {name} alone, and big.").format(name=title)))
