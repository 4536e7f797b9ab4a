"""The map with its key and the theory, as it goes out as a picture."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.desktop.compute.map_requests import SettingMaps
from gdsim.desktop.compute.setting_work import FINEST, DoneMap
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.drag import Drag
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.setting_map.key import MapKey
from gdsim.desktop.views.setting_map.map_layer import Cells
from gdsim.desktop.views.setting_map.plot import MapPlot
from gdsim.desktop.views.setting_map.scale import Scale, scale_of
from gdsim.desktop.views.setting_map.texts import axes_text, measure_text, theory_text
from gdsim.desktop.widgets.eliding_label import ElidedLabel
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.runs.found_ends import CODES, KINDS
from gdsim.simulation.maps.settings import SettingMap

_Maps = tuple[DoneMap, tuple[SettingMap, ...]]


class MapPage(QWidget):
    """Plot, colour bar and a line on theory.

    Attributes
    ----------
    caption
        What a picture of it has to tell beside the experiment.
    """

    def __init__(self, theme: Theme, drag: Drag) -> None:
        super().__init__()
        self._theme = theme
        self._maps: _Maps | None = None
        self._drawn = False
        self.caption = ""
        self.plot, self.key = MapPlot(theme, drag), MapKey(theme)
        self.plot.setAccessibleName(self.tr("Setting map"))
        self.plot.setMinimumHeight(theme.pixels(130))
        self.theory = ElidedLabel()
        self.theory.setObjectName("setting_map_theory")
        self.theory.setProperty("role", "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.plot, 1)
        column.addWidget(self.key)
        column.addWidget(self.theory)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.plot.set_theme(theme)
        self.plot.setMinimumHeight(theme.pixels(130))
        self._draw()

    def show_maps(self, maps: SettingMaps, axes: tuple[Axis, Axis], rule_key: str) -> None:
        """Show what there is of a map of a rule on axes; of others nothing."""
        self.plot.show_axes(axes)
        done, before = maps.done, self._maps
        self._maps = (done, maps.parts) if done is not None and _is_of(done, axes, rule_key) else None
        if not _are_same(self._maps, before) or not self._drawn:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the key as many lines as it needs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # a layout reckons the height of what is broken into lines for another width than it gives
        self.key.setFixedHeight(self.key.heightForWidth(self.width()))

    @property
    def done(self) -> DoneMap | None:
        """The whole map that is shown."""
        return None if self._maps is None else self._maps[0]

    def cell_at(self, x: float, y: float) -> tuple[SettingMap, int, int] | None:
        """The finest map there is at a place on the axes, with the row and the column of its cell."""
        if self._maps is None or self.plot.axes is None:
            return None
        done, parts = self._maps
        if parts and (cell := _cell_in(parts, parts[0].y, done.asked.x, (x, y))):
            return cell
        return _cell_in((done.map,), done.asked.y, done.asked.x, (x, y))

    def draw_anew(self) -> None:
        """Draw all the next time: numbers have other digits."""
        self._drawn = False

    def _draw(self) -> None:
        self._drawn = True
        if self._maps is None:
            self.plot.layer.show_cells((), Scale("steps", 0, 1), self._theme)
            self.plot.clear_marks()
            self.theory.hide()
            self.key.hide()
            return
        done, parts = self._maps
        scale, measure = scale_of(done), done.asked.measure
        cells = [Cells.joined((done.map,), measure, done.axes, done.size)]
        if parts:
            cells.append(Cells.joined(parts, measure, done.axes, getattr(parts[0].y, "of", FINEST)))
        self.plot.layer.show_cells(tuple(cells), scale, self._theme)
        self.plot.show_theory(done)
        self.key.show_key(scale, _kinds(cells, scale), self._theme)
        self.key.show()
        text = theory_text(done)
        self.theory.setText(text)
        self.theory.setToolTip(tip_text(text))
        self.theory.setVisible(bool(text))
        self._fit()
        self.caption = " ".join(filter(None, [f"{measure_text(measure)}.", axes_text(done.axes), text]))


def _are_same(one: _Maps | None, other: _Maps | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[0] is other[0] and [id(part) for part in one[1]] == [id(part) for part in other[1]]


def _is_of(done: DoneMap, axes: tuple[Axis, Axis], rule_key: str) -> bool:
    names = [axis.name for axis in axes]
    return done.asked.lane.rule.key == rule_key and [axis.name for axis in done.axes] == names


def _kinds(cells: list[Cells], scale: Scale) -> tuple[Kind, ...]:
    """The outcomes that are seen as greys."""
    there = {int(code) for each in cells for code in set(each.bare(scale).ravel().tolist()) if code >= 0}
    return tuple(kind for kind in KINDS if CODES[kind] in there)


def _cell_in(
    maps: tuple[SettingMap, ...], y: Axis, x: Axis, place: tuple[float, float]
) -> tuple[SettingMap, int, int] | None:
    """The cell of maps above each other at a place; None where there is none."""
    of = getattr(y, "of", maps[0].shape[0])
    row, column = _nearest(y, place[1], of), _nearest(x, place[0], maps[0].shape[1])
    if row is None or column is None:
        return None
    for found in maps:
        if row < found.shape[0]:
            return found, row, column
        row -= found.shape[0]
    return None


def _nearest(axis: Axis, place: float, count: int) -> int | None:
    low, high = axis.place(axis.low), axis.place(axis.high)
    k = round((place - low) / (high - low) * (count - 1))
    return k if 0 <= k < count else None
