"""Landscapes side by side, one an optimizer."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.drag import Drag
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.phrases import button_text, optimizer_text, tip_text
from gdsim.desktop.views.landscape.basins.shares_strip import SharesStrip
from gdsim.desktop.views.landscape.landscape_plot import LandscapePlot
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.widgets.legend import swatch
from gdsim.simulation.sampling.landscape import View

#: More landscapes than these are not shown.
MOST = 12


class SideBySideView(QWidget):
    """Grid of landscapes with one optimizer each, linked in zoom, start, step and colours."""

    start_dragged = Signal(object)
    start_picked = Signal(object)
    view_changed = Signal(object)
    run_chosen = Signal(str, int)
    chosen = Signal(str)

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, drag: Drag | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drag = drag
        self.setObjectName("side_by_side_view")
        self._equal = True
        #: What all landscapes are to have in view, once a person has zoomed or panned one.
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
        self.nothing = QLabel(self.tr("No optimizer takes part."), self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "objective"):
            self._target = None  # what a person zoomed into was another function
        if scene.changed(before, "race", "paths", "hidden"):
            self._arrange(scene)
        for panel in self.panels.values():
            panel.show_scene(scene)

    def arrow_spacing(self) -> tuple[float, float]:
        """Return the way from one arrow to the next, along x and along y."""
        return next((panel.plot.arrow_spacing() for panel in self.panels.values()), (0.0, 0.0))

    def pixels(self) -> int:
        """Return how many pixels the longer side of a landscape has."""
        return max((panel.plot.pixels() for panel in self.panels.values()), default=1)

    def set_equal_aspect(self, equal: bool) -> None:
        """Make one unit of x as long as one of y, or fill each axis."""
        self._equal = equal
        for panel in self.panels.values():
            panel.plot.set_equal_aspect(equal)

    def reset_view(self) -> None:
        """Go back to the function's bounds."""
        for panel in self.panels.values():
            panel.plot.reset_view()

    def view(self) -> View | None:
        """Return what is in view in any panel, as their sizes may differ by a pixel; None if nothing is."""
        views = [panel.plot.view() for panel in self.panels.values()]
        if not views:
            return None
        left, right, bottom, top = zip(*views, strict=True)
        return min(left), max(right), min(bottom), max(top)

    def _arrange(self, scene: Scene) -> None:
        """Make the panels for the optimizers that take part, as nearly square as they fit."""
        race = scene.paths or scene.race
        keys = [] if race is None else [key for key in race.ids if key not in scene.hidden]
        keys = list(dict.fromkeys(keys))[:MOST]
        if keys == list(self.panels) and keys:
            return
        for key in [key for key in self.panels if key not in keys]:
            self._remove(self.panels.pop(key))
        self.panels = {key: self.panels.get(key) or self._make(key, scene) for key in keys}
        self._grid.removeWidget(self.nothing)
        self.nothing.setVisible(not keys)
        columns = max(1, math.ceil(math.sqrt(len(keys))))
        for i in range(MOST):
            self._grid.setColumnStretch(i, int(i < columns and bool(keys)))
            self._grid.setRowStretch(i, int(i * columns < len(keys)))
        for i, panel in enumerate(self.panels.values()):
            self._grid.removeWidget(panel)
            self._grid.addWidget(panel, i // columns, i % columns)
        if not keys:
            self._grid.addWidget(self.nothing, 0, 0)

    def _make(self, key: str, scene: Scene) -> Panel:
        panel = Panel(key, scene.theme, self._drag)
        panel.plot.set_equal_aspect(self._equal)
        panel.show_scene(scene)
        if self._target is not None:
            panel.plot.set_view(self._target, self._y_free)
        # not before: until it shows what the others do it has nothing to tell them
        panel.plot.view_changed.connect(lambda _, panel=panel: self._link(panel))
        panel.plot.start_dragged.connect(self.start_dragged)
        panel.plot.start_picked.connect(self.start_picked)
        panel.plot.run_chosen.connect(self.run_chosen)
        panel.button.clicked.connect(lambda: self.chosen.emit(key))
        keep_own_keys(panel)
        return panel

    def _remove(self, panel: Panel) -> None:
        self._grid.removeWidget(panel)
        take_away(panel)

    def _link(self, source: Panel) -> None:
        if self._linking:
            return
        # a panel that became larger shows more, but wants to show the same
        target = source.plot.target()
        if target != self._target:
            self._target, self._y_free = target, source.plot.y_free
            # each that is moved now would tell all others to move
            self._linking = True
            for panel in self.panels.values():
                if panel is not source:
                    panel.plot.set_view(target, self._y_free)
            self._linking = False
        view = self.view()
        if view is not None:
            self.view_changed.emit(view)


class Panel(QWidget):
    """Landscape of one optimizer, under a button with its name."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, key: str, theme: Theme, drag: Drag | None = None) -> None:
        super().__init__()
        self.key = key
        self.plot = LandscapePlot(theme, drag)
        self.plot.setMinimumSize(60, 60)
        self.button = QPushButton()
        self.button.setObjectName(f"panel.{key}")
        self.button.setFlat(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.shares = SharesStrip()
        column.addWidget(self.button)
        column.addWidget(self.shares)
        column.addWidget(self.plot, 1)

    def show_scene(self, scene: Scene) -> None:
        """Show this optimizer's part of a scene."""
        before, self.shown = self.shown, scene
        race = scene.paths or scene.race
        others = frozenset() if race is None else race.others(self.key)
        basins = None if scene.basins is None else scene.basins.of(self.key)
        self.plot.show_scene(scene.with_(hidden=others, basins=basins))
        self.shares.show_scene(scene.with_(basins=basins))
        if scene.changed(before, "theme"):
            self.button.setIcon(swatch(self.key, scene.theme, scene.theme.pixels(12)))
        if race is not None and scene.changed(before, "race", "paths"):
            self._name(optimizer_text(self.key, race))

    def _name(self, title: str) -> None:
        if button_text(title) != self.button.text():
            self.button.setText(button_text(title))
            self.button.setToolTip(tip_text(self.tr("Show {name} alone, and big.").format(name=title)))
