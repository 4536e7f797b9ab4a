"""The setting map in its dock: what is chosen, the map, and what can be done with it."""

from __future__ import annotations

import time
from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gdsim.desktop.compute.map_requests import SettingMaps
from gdsim.desktop.compute.setting_work import asked_map
from gdsim.desktop.edits.setting_edits import value_of, with_values
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.long_works import LongWork
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.setting_map.choice import Choice, is_mappable
from gdsim.desktop.views.setting_map.foot import MapFoot
from gdsim.desktop.views.setting_map.head import MapHead
from gdsim.desktop.views.setting_map.page import MapPage
from gdsim.desktop.views.setting_map.texts import cell_text, take_text
from gdsim.desktop.widgets.wrapping_label import WrappedLabel
from gdsim.errors import GdsimError
from gdsim.optimizers import Rule, rule_named
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.settings import SettingMap

#: Arrow keys that follow each other within so many seconds are one change.
_BURST = 1.5
#: What its menu offers beside the best cell, by name of the command.
_COMMANDS = ("export_picture", "export_setting_map")


class SettingMapView(LazyView):
    """Tell how the chosen optimizer does with every pair of values of two of its hyperparameters."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName(self.tr("Setting map"))
        self._desk = desk
        self._choice = Choice()
        self._over: tuple[float, float] | None = None
        self._burst, self._pressed = object(), 0.0
        self.maps = SettingMaps(desk.requests, self)
        self.maps.changed.connect(self._show_maps)
        self.head, self.page, self.foot = MapHead(), MapPage(theme, desk.store.drag), MapFoot()
        self.head.chosen.connect(self._take_choice)
        self.head.optimizer_chosen.connect(desk.selection.choose)
        self.error = WrappedLabel()
        self.error.setObjectName("setting_map_error")
        self.error.setProperty("role", "error")
        self.error.hide()
        plot = self.page.plot
        plot.moved.connect(self._take_setting)
        plot.hovered.connect(self._hover)
        plot.menu_wanted.connect(self._pop_up)
        self.foot.best.clicked.connect(self.take_best)
        self.foot.stopped.connect(self.maps.stop)
        self.foot.wanted.connect(self.maps.go_on)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.error)
        column.addWidget(self.page, 1)
        column.addWidget(self.foot)

    def sizeHint(self) -> QSize:
        """Room for a map that is nearly a square."""
        return QSize(360, 560)

    @property
    def picture(self) -> QWidget:
        """The map without what is chosen there."""
        return self.page

    @property
    def is_ready(self) -> bool:
        """Return whether there is no finer map on its way."""
        return not self.maps.busy

    @property
    def map(self) -> SettingMap | None:
        """The last whole map."""
        return None if self.page.done is None else self.page.done.map

    def stop(self) -> None:
        """Draw nothing more."""
        self._forget()

    def _apply_theme(self, theme: Theme) -> None:
        self.page.set_theme(theme)

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        if scene.changed(before, "digits"):
            self.page.draw_anew()
        if scene.changed(before, "experiment", "selection", "digits"):
            self._show(scene.experiment)

    @property
    def _key(self) -> str:
        """The optimizer that is mapped: the selected one, or the first that has two settings; "" if none has."""
        if self.scene is None:
            return ""
        keys = [entry.id for entry in self.scene.experiment.racing if is_mappable(rule_named(entry.key))]
        chosen = self.scene.selection[0]
        return chosen if chosen in keys else next(iter(keys), "")

    def _rule(self, experiment: Experiment) -> type[Rule]:
        return rule_named(next(entry for entry in experiment.racing if entry.id == self._key).key)

    def _show(self, experiment: Experiment) -> None:
        key = self._key
        for part in (self.head, self.page, self.foot):
            part.setVisible(bool(key))
        if not key:
            self._forget()
            none = self.tr("No optimizer takes part.")
            few = self.tr("None of the optimizers that take part has two settings that could be mapped.")
            self._say(few if experiment.racing else none)
            return
        axes = self._choice.axes(self._rule(experiment))
        self.head.show_choice(self._choice, experiment, key)
        try:
            asked = asked_map(experiment, key, axes, self._choice.measure, self._choice.median)
        except GdsimError as error:
            self._forget()
            self._say(error_text(error))
        else:
            self._say("")
            self.maps.want(asked)
        self._show_maps()
        self.page.plot.show_setting(*[value_of(experiment, key, axis.name) for axis in axes])
        self._read()

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.error.updateGeometry()

    def _show_maps(self) -> None:
        """Show what there is of the map."""
        if not self._key or self.scene is None:
            return
        rule = self._rule(self.scene.experiment)
        self.page.show_maps(self.maps, self._choice.axes(rule), rule.key)
        self.foot.show_best(self.page.done)
        self.foot.show_progress(self.maps)
        self._tell_work()
        if self.maps.error is not None:
            self._say(error_text(self.maps.error))
        self._read()

    def _forget(self) -> None:
        self.maps.forget()
        self._tell_work()

    def _tell_work(self) -> None:
        maps = self.maps
        work = LongWork(maps.share, maps.remaining, maps.stop) if maps.busy and self.foot.is_long else None
        self._desk.long_works.tell(self.objectName(), work)

    def _take_choice(self, choice: Choice) -> None:
        self._choice = choice
        if self.scene is not None:
            self._show(self.scene.experiment)

    def _take_setting(self, x: float, y: float, by_key: bool) -> None:
        axes = self.page.plot.axes
        if axes is None:
            return
        now = time.monotonic()
        if not by_key or now - self._pressed > _BURST:
            self._burst = object()
        self._pressed = now
        values = {axis.name: value for axis, value in zip(axes, (x, y), strict=True)}
        self._set(values, self._burst if by_key else None)

    def take_best(self) -> None:
        """Race with the values of the best cell."""
        done = self.page.done
        if done is not None and done.best is not None:
            self._set(done.map.setting(*done.best))

    def _set(self, values: Mapping[str, float], burst: object = None) -> None:
        store = self._desk.store
        # a map that is not seen may be that of an optimizer which is gone by now
        if self._key not in [entry.id for entry in store.experiment.optimizers]:
            return
        try:
            store.replace(with_values(store.experiment, self._key, values), burst=burst)
        except GdsimError as error:
            self._desk.say(error_text(error))

    def _hover(self, place: tuple[float, float] | None) -> None:
        self._over = place
        self._read()

    def _read(self) -> None:
        """Tell of the cell under the mouse, or else of the current setting's."""
        cross = self.page.plot.cross.pos()
        cell = self.page.cell_at(*(self._over or (cross.x(), cross.y())))
        self.foot.reading.setText("" if cell is None else cell_text(*cell))

    def _pop_up(self, at: QPoint) -> None:
        menu = QMenu(self)
        take = menu.addAction(take_text(self.page.done))
        take.setEnabled(self.foot.best.isEnabled())
        take.triggered.connect(self.take_best)
        menu.addSeparator()
        commands = [self.window().findChild(QAction, name) for name in _COMMANDS]
        menu.addActions([action for action in commands if action is not None])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
