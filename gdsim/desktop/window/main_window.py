"""The window: docks round the landscape, menus, and who tells whom."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QToolBar,
    QWidget,
)

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.preload import Preload
from gdsim.desktop.compute.prepare import made_ready
from gdsim.desktop.compute.races import Races
from gdsim.desktop.compute.request_queue import RequestQueue
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.surfaces import Surfaces
from gdsim.desktop.compute.visible_area import VisibleArea
from gdsim.desktop.compute.worker import AdviceResult, RaceResult, Trying, Worker
from gdsim.desktop.files.export_menu import ExportMenu
from gdsim.desktop.files.file_menu import FileMenu
from gdsim.desktop.files.open_data import OpenData
from gdsim.desktop.files.recovery import offer_recovery
from gdsim.desktop.look.style import Theme, dress
from gdsim.desktop.panels.parameters import ParametersPanel
from gdsim.desktop.state.document import DocumentFile
from gdsim.desktop.state.overlays import Overlays
from gdsim.desktop.state.own_functions import OwnFunctions
from gdsim.desktop.state.plane import PlaneState
from gdsim.desktop.state.player import Player
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import Selection
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.state.staleness import Staleness
from gdsim.desktop.state.store import Store
from gdsim.desktop.state.surface_choice import SurfaceChoice
from gdsim.desktop.text import numbers
from gdsim.desktop.text.phrases import changes_text, error_text, known_text
from gdsim.desktop.views.base import Desk, ShowsScenes
from gdsim.desktop.views.history import HistoryView
from gdsim.desktop.views.landscape.veil import Veil
from gdsim.desktop.views.loss.view import LossView
from gdsim.desktop.views.player_bar import PlayerBar
from gdsim.desktop.views.runs.view import RunsView
from gdsim.desktop.widgets.disposal import Garbage
from gdsim.desktop.widgets.focus_keys import settle_keys
from gdsim.desktop.window.appearance import Appearance, Dressed
from gdsim.desktop.window.centre import Centre
from gdsim.desktop.window.data_dock import DataDock
from gdsim.desktop.window.docks import add_first_docks, lazy_docks
from gdsim.desktop.window.menu_bar import fill_menus, make_tool_bar
from gdsim.desktop.window.run_again import RunAgain
from gdsim.errors import GdsimError
from gdsim.objectives.surfaces.high_dimensional import DIMENSION
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.desktop.help.what_is_what import WhatIsWhat
    from gdsim.simulation.advice.advice import Advice

#: So long a thread that is told to end is waited for where the process is to end, in milliseconds.
_PATIENCE = 500


class MainWindow(QMainWindow):
    """Assembles the store, the worker, the player, the panels and the views.

    Parameters
    ----------
    settings
        What is remembered; without, nothing is kept and nothing asked on closing.
    """

    def __init__(self, experiment: Experiment, theme: Theme, settings: Settings | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        dress(self, theme)
        self.settings = settings or Settings(lasting=False)
        self.settings.not_kept = self._not_kept
        preferences = self.settings.preferences
        numbers.set_digits(preferences.digits)
        self.scene = self._shown = Scene(experiment, theme)
        self._showing = False
        # nobody waits at a window that is not open yet
        self._objective = made_ready(experiment.objective)
        self._story = _story(experiment)
        #: What every sign stands for, made when it is asked for.
        self._signs: WhatIsWhat | None = None
        self._shown_once = False
        self._closed = False
        self._ending = False
        self.store = Store(experiment, self)
        # first of all who listens: what takes long is worked on while panels and views show what they can
        self.store.changed.connect(self._experiment_changed)
        self.selection = Selection(self)
        self.overlays = Overlays(self)
        self.player = Player(self)
        self.player.set_speed(preferences.speed)
        self.worker = Worker(self)
        self._garbage = Garbage(self)
        self.races = Races(self.worker, lambda: self.store.drag.is_active, self)
        self.staleness = Staleness(self.races, self.worker, self)
        self.run_again = RunAgain(self.races, self.worker, lambda: self.store.experiment, self)
        self.surfaces = Surfaces(self.worker, lambda: self.store.drag.coarse, self)
        self.requests = Requests(self.worker, self)
        self.changes = ModelChanges(self.store, self.requests, self)
        self.staleness.wait_for(self.changes)
        self.preload = Preload(self)
        self.document = DocumentFile(self.store, self.settings.lasting, self)
        self.files = FileMenu(self.document, self.settings, self.requests, self.say, self)
        self.data_files = OpenData(self.store, self.requests, self.changes, self.say, self)
        self.export_menu = ExportMenu(self, lambda: self.scene.race)
        self.export_menu.theme = theme
        self.actions_table = Actions(self, theme, self._handlers())
        self.actions_table.set_shortcuts(self.settings.shortcuts)
        buttons = [self.actions_table.by_name[name] for name in ("first", "back", "play", "forward", "last")]
        self.player_bar = PlayerBar(self.player, buttons)
        self.plane = PlaneState(self.requests, self.selection, self.store.drag, self)
        self.plane.set_experiment(experiment)
        self.surface_choice = SurfaceChoice(self.requests, self)
        self.stage = Centre(theme, self.player_bar, self.plane)
        self.landscape, self.side_by_side = self.stage.landscape, self.stage.side_by_side
        self.visible_area = VisibleArea(
            self.store, self.stage, self.overlays, self.plane, self.surface_choice, self.surfaces, self.requests, self
        )
        self.visible_area.scene, self.visible_area.show_parts = lambda: self.scene, self._show_parts
        self.landscape.readings = RequestQueue(self.requests, "reading")
        self.landscape.plot.gradient.turns = RequestQueue(self.requests, "marks")
        self.status = self.stage.status
        self.loss = LossView(theme, self.requests)
        self.runs = RunsView(theme, self.requests)
        self.history = HistoryView(self.store)
        self.own_functions = OwnFunctions(self.settings.functions_path, self)
        self.parameters = ParametersPanel(self.store, theme, self.requests, self.changes, self.own_functions)
        self._stale = self._trying = False
        self._lay_out(theme)
        self._veils = (Veil(self.loss), Veil(self.runs))
        self.appearance = Appearance(self, self.settings, theme, self.actions_table, self.docks, self._dressed)
        self.tool_bar = make_tool_bar(self, self.actions_table)
        self._parts: list[QDockWidget | QToolBar] = [*self.docks, self.tool_bar]
        self._recent, self._examples = fill_menus(self.menuBar(), self.actions_table, self.files, self._parts)
        self._connect()
        settle_keys(self)
        self.player_bar.set_theme(theme)
        self.stage.show_scene(self.scene)
        self._allow(experiment)
        self._show_stopped()
        self._allow_stop()
        self._show_document()
        self._show_history()
        self._garbage.start()
        self.worker.start()
        self.visible_area.sample()
        self.races.ask(experiment)

    def _lay_out(self, theme: Theme) -> None:
        self.setCentralWidget(self.stage)
        # the panel takes the full height, the table the width of landscape and loss
        left, bottom = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setCorner(Qt.Corner.BottomRightCorner, bottom)
        self.docks: list[QDockWidget] = [
            self._dock("parameters_dock", self.tr("Parameters"), self.parameters, left),
            *add_first_docks(self, {"loss": self.loss, "runs": self.runs, "history": self.history}),
        ]
        # the rest is made when it is first looked at
        desk = Desk(self.store, self.worker, self.requests, self.changes, self.selection, self.say, self.overlays)
        self.lazy_docks = lazy_docks(self, desk, theme)
        self.docks += self.lazy_docks
        self._data_dock = DataDock(self.lazy_docks)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _handlers(self) -> dict[str, Callable[..., object]]:
        return {
            "new": self.files.new,
            "open": self.files.open,
            "open_data": self.data_files.ask,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "export_picture": self.export_menu.export_picture,
            "copy_picture": self.export_menu.copy_picture,
            "export_table": self.export_menu.export_table,
            "export_iterates": self.export_menu.export_iterates,
            "copy_python": self.export_menu.copy_python,
            "copy_torch": self.export_menu.copy_torch,
            "save_python": self.export_menu.save_python,
            "save_torch": self.export_menu.save_torch,
            "settings": self._change_settings,
            "quit": self.close,
            "undo": self.store.undo,
            "redo": self.store.redo,
            "reset_all": lambda: self.store.reset(),
            "side_by_side": lambda on: self.stage.show_side_by_side(on),
            "reset_view": lambda: self.stage.reset_view(),
            "equal_aspect": lambda on: self.stage.set_equal_aspect(on),
            "arrows": lambda on: self.overlays.mark(arrows=on),
            "arrows_alike": lambda on: self.overlays.mark(alike=on),
            "components": lambda on: self.overlays.mark(components=on),
            "batch_surface": lambda on: self.surface_choice.set_on(on),
            "log_loss": lambda on: self.loss.logarithmic.want(on),
            "theme_system": lambda: self.appearance.use_system(),
            "theme_light": lambda: self.appearance.use_light(),
            "theme_dark": lambda: self.appearance.use_dark(),
            "larger": lambda: self.appearance.larger(),
            "smaller": lambda: self.appearance.smaller(),
            "normal_size": lambda: self.appearance.normal_size(),
            "full_screen": lambda on: self.appearance.full_screen(on),
            "reset_layout": self._reset_layout,
            "first": self.player.first,
            "back": self.player.back,
            "play": self._play,
            "forward": self.player.forward,
            "last": self.player.to_end,
            "new_seed": self.store.draw_seed,
            "stop": self.worker.cancel,
            "run_again": self.run_again.ask,
            "palette": self.show_palette,
            "shortcuts": self._change_shortcuts,
            "what_is_what": self._tell_what_is_what,
            "about": self._tell_about,
        }

    def _connect(self) -> None:
        self.store.history_changed.connect(self._show_history)
        self.document.changed.connect(self._show_document)
        self.document.not_kept.connect(self._not_kept)
        self.races.came.connect(self._raced)
        self.visible_area.connect_all()
        self.worker.advised.connect(self._advised)
        self.worker.trying.connect(self._show_trying)
        self.worker.failed.connect(self._failed)
        self.run_again.changed.connect(self._show_stopped)
        self.staleness.changed.connect(self._show_waiting)
        self.status.again_wanted.connect(self.run_again.ask)
        self.status.stopped.connect(self.worker.cancel)
        self.status.stopped.connect(self.files.stop_reading)
        self.status.stopped.connect(self.changes.stop)
        self.files.reading.connect(self.status.show_progress)
        self.files.read.connect(self.status.done)
        self.player.moved.connect(self._show_step)
        self.player.playing_changed.connect(self._show_playing)
        self.stage.start_dragged.connect(self._start_dragged)
        self.selection.changed.connect(self._show_chosen)
        self.loss.step_chosen.connect(self.player.seek)
        for view in (self.stage, self.runs, self.loss):
            view.run_chosen.connect(self.selection.choose)
        self.stage.side_by_side_shown.connect(self._show_mode)
        self.loss.legend.toggled.connect(self._toggle)
        self.loss.logarithmic.wish_changed.connect(self.actions_table.by_name["log_loss"].setChecked)
        self.runs.advice_taken.connect(self._take_advice)
        self.parameters.formulas_wanted.connect(self._toggle_formulas)
        self.parameters.table_wanted.connect(self.data_files.ask)
        self.files.example_opened.connect(self._data_dock.want)
        # what is dropped is let go of before anything is asked
        self.files.table_found.connect(self.data_files.ask_columns, Qt.ConnectionType.QueuedConnection)
        drag = self.store.drag
        self.stage.grabbed.connect(lambda: drag.begin(self.stage))
        self.stage.released.connect(drag.end)
        drag.begun.connect(self._drag_begun)
        drag.ended.connect(self._drag_ended)

    def _dressed(self) -> list[Dressed]:
        return [self.parameters, self.player_bar, self.actions_table, self]

    def _show_parts(self, **parts: object) -> None:
        """Show the scene with some parts exchanged."""
        self.scene = self.scene.with_(**parts)
        if self._showing:
            return  # a view that is being shown a scene has brought about another: it is shown to all after that one
        self._showing = True
        try:
            while self._shown is not self.scene:
                self._shown = self.scene
                for view in self._views():
                    view.show_scene(self._shown)
        finally:
            self._showing = False

    def _views(self) -> list[ShowsScenes]:
        return [self.stage, self.loss, self.runs, *self.lazy_docks]

    def set_theme(self, theme: Theme) -> None:
        """What the window itself knows of the theme."""
        self.export_menu.theme = theme
        self._show_parts(theme=theme)
        if self._signs is not None:
            self._signs.set_theme(theme)
        self.visible_area.ask_arrows()
        self._show_playing(self.player.playing)

    def _experiment_changed(self, experiment: Experiment) -> None:
        self.say("")
        hidden = self.scene.hidden & experiment.names.keys()  # who comes later by the same name is not hidden
        if hidden != self.scene.hidden:
            self._hide(hidden)
        self.plane.set_experiment(experiment)
        # the slice that is shown stays until that of this experiment is there, unless it is of other parameters
        self._show_parts(experiment=experiment, plane=None if self.plane.seen is None else self.scene.plane)
        self._data_dock.show_experiment(experiment)
        self._allow(experiment)
        if experiment.objective is not self._objective:
            self._objective = experiment.objective
            self.visible_area.sample()  # asked for first: the race takes longer
        self.races.ask(experiment)
        if _story(experiment) != self._story:
            # another surface is another story: it is told from its beginning
            self._story = _story(experiment)
            self.player.rewind()
            self.player.play()

    def _allow(self, experiment: Experiment) -> None:
        """What a function of one variable, or of many, has no use for."""
        for name in ("equal_aspect", "arrows", "arrows_alike", "components"):
            self.actions_table.by_name[name].setEnabled(experiment.objective.dimension > 1)
        self.surface_choice.set_experiment(experiment)
        why = self.tr("It is for models whose steps go by batches: choose a size for them first.")
        self.actions_table.allow("batch_surface", self.surface_choice.possible, why)
        self.stage.show_batch_switch(self.actions_table.by_name["batch_surface"])
        # the gradient at a run does not lie in the plane that is seen
        self.actions_table.by_name["components"].setEnabled(experiment.objective.dimension == 2)

    def _raced(self, result: RaceResult) -> None:
        # a result may be on its way while the window closes; one that was overtaken in a drag is still the newest seen
        if self._closed or not _same_racers(result.experiment, self.store.experiment):
            return
        first, race = self.scene.race is None, result.trajectories
        self._show_parts(race=race)
        self.selection.set_race(race)
        self.plane.set_race(race)
        self.player_bar.set_epoch_steps(race.course.epoch_steps)
        self.player.set_length(race.steps)
        if first:
            self.player.play()
            self.preload.begin()

    def _advised(self, result: AdviceResult) -> None:
        is_current = result.experiment == self.store.experiment
        self.runs.set_advice(result.advice if is_current else {})

    def _show_trying(self, trying: Trying) -> None:
        is_current = trying.experiment == self.store.experiment
        self.runs.set_trying(trying.places if is_current else frozenset())
        self._trying = bool(trying.places)
        self._allow_stop()

    def _show_step(self, step: int) -> None:
        # while something is dragged whole paths are shown: the batch is still that of the step one stands at
        self.surface_choice.set_step(self.player.step)
        self._show_parts(step=step)

    def _show_chosen(self) -> None:
        self._show_parts(selection=(self.selection.key, self.selection.run))

    def _show_playing(self, playing: bool) -> None:
        self.actions_table.show_playing(playing)
        self.surface_choice.set_quick(playing)

    def _show_history(self) -> None:
        self.actions_table.show_history(self.store.undo_text, self.store.redo_text)

    def _show_document(self) -> None:
        name, modified = self.document.name, not self.document.is_saved
        title = f"{name or self.tr('Untitled')}[*] — gdsim"  # with the name as Qt adds it where it is missing
        # while something is dragged this is asked for with every move, and telling the screen takes a while
        if title != self.windowTitle():
            self.setWindowTitle(title)
        if modified != self.isWindowModified():
            self.setWindowModified(modified)
        title, note = (known_text("Example", text) for text in self.document.words)
        self.stage.note.show_note(title, note, self.document.has_changed_since)

    def _show_mode(self, side_by_side: bool) -> None:
        action = self.actions_table.by_name["side_by_side"]
        action.blockSignals(True)
        action.setChecked(side_by_side)
        action.blockSignals(False)

    def view_named(self, name: str) -> QWidget:
        """The widget of a view, up to date."""
        if name in ("landscape", "side_by_side"):
            self.stage.prepare(self.landscape if name == "landscape" else self.side_by_side)
        for dock in self.lazy_docks:
            if dock.name == name:
                return dock.pictured()
        return {
            "landscape": self.landscape.picture,
            "side_by_side": self.side_by_side,
            "loss": self.loss,
            "runs": self.runs,
        }.get(name, self)

    def _start_dragged(self, start: tuple[float, ...]) -> None:
        experiment, seen = self.store.experiment, self.plane.seen
        if experiment.objective.dimension > 2:
            if seen is None:
                return
            start = seen.moved(experiment.start or experiment.objective.start, start)
        try:
            self.store.change(start=start)
        except GdsimError as error:
            self.say(error_text(error))

    def _drag_begun(self) -> None:
        # at the end there is no next step to be seen: then it is the first
        step = self.player.step if self.player.step < self.player.last else 0
        self.overlays.mark(held=step)
        self.player.set_whole(True)
        self.surface_choice.set_quick(True)

    def _drag_ended(self) -> None:
        self.overlays.mark(held=None)
        self.player.set_whole(False)
        self.surface_choice.set_quick(self.player.playing)
        # what followed the hand is as fine as ever now; of many parameters another plane is seen, which asks for itself
        if self.surfaces.coarse and self.store.experiment.objective.dimension <= 2:
            self.visible_area.sample()

    def _toggle(self, key: str, shown: bool) -> None:
        self._hide(self.scene.hidden - {key} if shown else self.scene.hidden | {key})

    def _hide(self, hidden: frozenset[str]) -> None:
        self._show_parts(hidden=hidden)
        self.selection.set_hidden(hidden)

    def _reset_layout(self) -> None:
        self.appearance.reset()
        for dock in self.lazy_docks:
            dock.forget_place()

    def _toggle_formulas(self) -> None:
        next(dock for dock in self.lazy_docks if dock.name == "formulas").toggleViewAction().trigger()

    def _take_advice(self, advice: Advice) -> None:
        try:
            several = changes_text(advice) if len(advice.changes) > 1 else ""
            self.store.replace(advice.applied(self.store.experiment), several)
        except GdsimError as error:
            self.say(error_text(error))

    def say(self, sentence: str, good: bool = False) -> None:
        """Tell what went wrong, or what is done, at the foot of the landscape."""
        self.stage.message.say(sentence, good)

    def _not_kept(self, error: GdsimError) -> None:
        """What would be there at the next start is not."""
        if not self._closed:
            self.say(error_text(error))

    def show_palette(self) -> None:
        """Everything the program can do, found by typing."""
        from gdsim.desktop.commands.palette import CommandPalette

        shown = [part.toggleViewAction() for part in self._parts]
        actions = [*self.actions_table.by_name.values(), *shown]
        examples = self.files.example_actions(self._examples)
        CommandPalette([*actions, *self.parameters.optimizers.commands(), *examples], self).open()

    def _tell_what_is_what(self) -> None:
        from gdsim.desktop.commands.dialogs import tell_what_is_what

        self._signs = tell_what_is_what(self._signs, self.appearance.theme, self)

    def _tell_about(self) -> None:
        from gdsim.desktop.commands.dialogs import tell_about

        tell_about(self)

    def _change_shortcuts(self) -> None:
        from gdsim.desktop.commands.dialogs import ask_shortcuts

        ask_shortcuts(self.actions_table, self.settings, self)

    def _change_settings(self) -> None:
        from gdsim.desktop.commands.dialogs import settings_asked

        if settings_asked(self.settings, self.appearance.theme, self):
            numbers.set_digits(self.settings.preferences.digits)
            self.player.set_speed(self.settings.preferences.speed)
            self.appearance.apply_preferences()
            self._show_step(self.player.shown_step)

    def _show_waiting(self) -> None:
        if self.staleness.busy:
            self.status.show_progress(self.staleness.share)
        else:
            self.status.done()
        self._allow_stop()
        stale = self.staleness.stale and self.scene.race is not None
        if stale != self._stale:
            self._stale = stale
            self._show_parts(stale=stale)
            for veil in self._veils:
                veil.draw(stale)

    def _play(self) -> None:
        """Play or pause; where there is nothing of the race yet because it was stopped, have it run."""
        if self.run_again.is_nothing:
            self.run_again.ask()
        else:
            self.player.toggle()

    def _show_stopped(self) -> None:
        if self._closed:
            return
        stopped, actions = self.run_again.stopped, self.actions_table
        actions.allow("run_again", stopped is not None, self.tr("No race was stopped."))
        self.status.show_stopped(stopped is not None)
        self.player_bar.set_wanted(0 if stopped is None or stopped.step is None else stopped.of)
        keys = actions.by_name["play"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        sentence = self.run_again.sentence(actions.by_name["run_again"].text().replace("&", ""), keys)
        self.stage.message.say(sentence, good=True, stays=True)

    def _allow_stop(self) -> None:
        busy = self.staleness.busy or self._trying
        self.actions_table.allow("stop", busy, self.tr("Nothing is computed now."))

    def _failed(self, sentence: str) -> None:
        self.status.done()
        self.say(self.tr("The computation failed: {reason}").format(reason=sentence))

    def end(self) -> None:
        """Close without a question, as when the process is told to end: what is unsaved is offered next time."""
        if not self._closed:
            self._ending = True
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Sizes that depend on the size of the window."""
        super().showEvent(event)
        if not self._shown_once:
            self._shown_once = True
            self.appearance.first_shown()
            self.runs.wishes = self.settings.columns
            self._data_dock.show_experiment(self.store.experiment)
            # keys mean the player until a person goes somewhere with Tab
            self.stage.setFocus()
            if self.settings.lasting:
                QTimer.singleShot(0, self, lambda: offer_recovery(self.document, self.files, self.say, self))

    def changeEvent(self, event: QEvent) -> None:
        """The system, too, can take the window into and out of full screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            action = self.actions_table.by_name["full_screen"]
            action.blockSignals(True)
            action.setChecked(self.isFullScreen())
            action.blockSignals(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        for url in event.mimeData().urls()[:1]:
            self.files.open_path(Path(url.toLocalFile() or url.toString()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is left running, and nothing lost."""
        if not (self._closed or self._ending or self.files.may_leave()):
            event.ignore()
            return
        self._closed = True
        self.player.pause()
        self.staleness.stop()
        self.changes.stop()
        self.preload.stop()
        self.visible_area.stop()
        self.worker.stop(_PATIENCE if self._ending else None)
        if self.worker.isFinished():
            self._garbage.stop()
        self.runs.stop()
        self.parameters.stop()
        for dock in self.lazy_docks:
            dock.stop()
        self.document.close(keep=self._ending)
        with contextlib.suppress(OSError):
            self.appearance.keep()
            self.settings.columns = self.runs.wishes
        super().closeEvent(event)


def _same_racers(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments are the same optimizers on the same function."""
    same = _story(one) == _story(other)
    return same and [e.id for e in one.racing] == [e.id for e in other.racing]


def _story(experiment: Experiment) -> tuple[object, object]:
    """Which surface it is about."""
    return experiment.function, experiment.options.get(DIMENSION)
