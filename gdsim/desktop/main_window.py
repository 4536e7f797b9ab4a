"""The window: docks round the landscape, menus, and who tells whom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

import gdsim
from gdsim.desktop.actions import Actions
from gdsim.desktop.keys import settle_keys
from gdsim.desktop.panels.descent_panel import DescentPanel
from gdsim.desktop.panels.function_panel import FunctionPanel
from gdsim.desktop.panels.optimizers_panel import OptimizersPanel
from gdsim.desktop.panels.start_panel import StartPanel
from gdsim.desktop.player import Player
from gdsim.desktop.store import Store
from gdsim.desktop.style import DARK, LIGHT, Theme, apply_theme
from gdsim.desktop.views.landscape import LandscapeView
from gdsim.desktop.views.loss import LossView
from gdsim.desktop.views.player_bar import PlayerBar
from gdsim.desktop.views.runs import RunsView
from gdsim.desktop.views.status import StatusStrip
from gdsim.desktop.words import error_text
from gdsim.desktop.worker import AdviceResult, RaceResult, View, Worker
from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.landscape import Surface
from gdsim.simulation.trajectories import Trajectories


class MainWindow(QMainWindow):
    """Assembles the store, the worker, the player, the panels and the views."""

    def __init__(self, experiment: Experiment, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("gdsim")
        self._theme = theme
        self._hidden: frozenset[str] = frozenset()
        self._race: Trajectories | None = None
        self._function = experiment.function
        self._sized = False
        self._closed = False
        self.store = Store(experiment, self)
        self.player = Player(self)
        self.worker = Worker(self)
        self.actions_table = Actions(self, theme, self._handlers())
        self.actions_table.by_name["dark"].setChecked(theme.dark)
        self.landscape = LandscapeView(theme)
        self.loss = LossView(theme)
        self.runs = RunsView(theme)
        self.status = StatusStrip()
        self.descent = DescentPanel(self.store)
        self.optimizers = OptimizersPanel(self.store, theme)
        self._lay_out()
        self._fill_menus()
        self._connect()
        settle_keys(self)
        self._show_starts(experiment)
        self.worker.start()
        self.worker.sample(experiment.objective, self.landscape.view())
        self.worker.race(experiment)

    # --- assembly

    def _lay_out(self) -> None:
        buttons = [self.actions_table.by_name[name] for name in ("first", "back", "play", "forward", "last")]
        self.player_bar = PlayerBar(self.player, buttons)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.landscape, 1)
        column.addWidget(self.player_bar)
        self.setCentralWidget(middle)
        # the panel takes the full height, the table the width of landscape and loss
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self.docks = [
            self._dock("parameters_dock", self.tr("Parameters"), self._parameters(), left),
            self._dock("loss_dock", self.tr("Loss"), self.loss, right),
            self._dock("runs_dock", self.tr("Runs"), self.runs, bottom),
        ]
        self.landscape.footer.addWidget(self.status, 1)

    def _parameters(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        start = StartPanel(self.store)
        for title, panel in (
            (self.tr("Function"), FunctionPanel(self.store)),
            (self.tr("Start and restarts"), start),
            (self.tr("Learning rate η and momentum β, shared"), self.descent),
            (self.tr("Optimizers"), self.optimizers),
        ):
            heading = QLabel(title)
            heading.setProperty("role", "heading")
            column.addWidget(heading)
            column.addWidget(panel)
            column.addSpacing(6)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("parameters")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(292)
        return area

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _size_docks(self, size: QSize) -> None:
        parameters, loss, runs = self.docks
        wide = size.width() >= 1300
        self.resizeDocks([parameters, loss], [296, 400 if wide else 236], Qt.Orientation.Horizontal)
        self.resizeDocks([runs], [230 if size.height() >= 800 else 160], Qt.Orientation.Vertical)

    def _fill_menus(self) -> None:
        titles = {
            "file": self.tr("&File"),
            "view": self.tr("&View"),
            "run": self.tr("&Run"),
            "help": self.tr("&Help"),
        }
        for name, title in titles.items():
            menu = self.menuBar().addMenu(title)
            menu.addActions(self.actions_table.by_menu[name])
            if name == "view":
                menu.addSeparator()
                menu.addActions([dock.toggleViewAction() for dock in self.docks])

    def _handlers(self) -> dict[str, Callable[..., object]]:
        return {
            "save_picture": self._save_picture,
            "quit": self.close,
            "reset_view": lambda: self.landscape.reset_view(),
            "equal_aspect": lambda on: self.landscape.set_equal_aspect(on),
            "log_loss": lambda on: self.loss.logarithmic.setChecked(on),
            "dark": lambda on: self.set_theme(DARK if on else LIGHT),
            "first": self.player.first,
            "back": self.player.back,
            "play": self.player.toggle,
            "forward": self.player.forward,
            "last": self.player.to_end,
            "stop": self.worker.cancel,
            "about": self._about,
        }

    def _connect(self) -> None:
        self.store.changed.connect(self._experiment_changed)
        self.worker.raced.connect(self._raced)
        self.worker.sampled.connect(self._sampled)
        self.worker.advised.connect(self._advised)
        self.worker.failed.connect(self._failed)
        self.worker.progressed.connect(self.status.show_progress)
        self.status.stopped.connect(self.worker.cancel)
        self.player.moved.connect(self._show_step)
        self.player.playing_changed.connect(self._show_playing)
        self.landscape.start_dragged.connect(self._start_dragged)
        self.landscape.view_changed.connect(self._view_changed)
        self.loss.legend.toggled.connect(self._toggle)
        self.loss.logarithmic.toggled.connect(self.actions_table.by_name["log_loss"].setChecked)
        self.runs.advice_taken.connect(self._take_advice)
        for source in (self.landscape, self.descent, self.optimizers):
            source.grabbed.connect(self._grabbed)
            source.released.connect(self._released)

    # --- from the experiment to the views

    def _experiment_changed(self, experiment: Experiment) -> None:
        self.status.say("")
        self._show_starts(experiment)
        self.worker.race(experiment)
        if experiment.function != self._function:
            # another surface is another story: it is told from its beginning
            self._function = experiment.function
            self.worker.sample(experiment.objective, self.landscape.view())
            self.player.rewind()
            self.player.play()

    def _show_starts(self, experiment: Experiment) -> None:
        self.landscape.set_function(experiment.objective)
        self.landscape.set_start(experiment.start or experiment.objective.start)

    def _raced(self, result: RaceResult) -> None:
        # a result may be on its way while the window closes; one that was overtaken in a drag is still the newest seen
        if self._closed or not _same_racers(result.experiment, self.store.experiment):
            return
        self.status.done()
        first = self._race is None
        self._race = result.trajectories
        for view in (self.landscape, self.loss, self.runs):
            view.set_race(self._race)
        self.player.set_length(self._race.steps)
        if first:
            self.player.play()

    def _sampled(self, surface: Surface) -> None:
        self.landscape.set_surface(surface)

    def _advised(self, result: AdviceResult) -> None:
        if result.experiment == self.store.experiment:
            self.runs.set_advice(result.advice)

    def _show_step(self, step: int) -> None:
        for view in (self.landscape, self.loss, self.runs):
            view.set_step(step)

    def _show_playing(self, playing: bool) -> None:
        self.actions_table.show_playing(playing, self._theme)

    # --- from the person to the experiment

    def _start_dragged(self, x: float, y: float) -> None:
        try:
            self.store.change(start=(x, y))
        except GdsimError as error:
            self.status.say(error_text(error))

    def _view_changed(self, view: View) -> None:
        self.worker.sample(self.store.experiment.objective, view)

    def _grabbed(self) -> None:
        self.player.set_whole(True)

    def _released(self) -> None:
        self.player.set_whole(False)

    def _toggle(self, key: str, shown: bool) -> None:
        self._hidden = self._hidden - {key} if shown else self._hidden | {key}
        for view in (self.landscape, self.loss, self.runs):
            view.set_hidden(self._hidden)

    def _take_advice(self, key: str, name: str, value: float) -> None:
        try:
            if name == "steps":
                self.store.change(steps=value)
            else:
                self.store.set_value(key, name, value)
        except GdsimError as error:
            self.status.say(error_text(error))

    # --- the rest

    def set_theme(self, theme: Theme) -> None:
        """Dress the window anew."""
        if theme == self._theme:
            return
        self._theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)
        for part in (self.landscape, self.loss, self.runs, self.optimizers, self.actions_table):
            part.set_theme(theme)
        self._show_playing(self.player.playing)

    def _failed(self, sentence: str) -> None:
        self.status.done()
        self.status.say(self.tr("The computation failed: {reason}").format(reason=sentence))

    def _save_picture(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save picture"), f"{self.store.experiment.function}.png", self.tr("Pictures (*.png)")
        )
        if path and not self.landscape.grab().save(path):
            self.status.say(self.tr("The picture could not be written to {path}.").format(path=path))

    def _about(self) -> None:
        QMessageBox.about(
            self,
            self.tr("About gdsim"),
            self.tr("gdsim {version}: a laboratory for gradient descent. MIT licence.").format(
                version=gdsim.__version__
            ),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Sizes that depend on the size of the window."""
        super().showEvent(event)
        if not self._sized:
            self._sized = True
            self._size_docks(self.size())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is left running."""
        self._closed = True
        self.player.pause()
        self.worker.stop()
        self.runs.stop()
        super().closeEvent(event)


def _same_racers(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments are the same optimizers on the same function."""
    return one.function == other.function and [e.key for e in one.racing] == [e.key for e in other.racing]
