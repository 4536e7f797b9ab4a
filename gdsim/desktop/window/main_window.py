"""The main window: docks round the landscape, menus, and what becomes of closing it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QToolBar, QWidget

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.commands.dialogs import Dialogs
from gdsim.desktop.compute.preload import Preload
from gdsim.desktop.files.file_commands import FileCommands
from gdsim.desktop.look.style import Theme, dress
from gdsim.desktop.session import Session
from gdsim.desktop.state.player import Player
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.state.store import Store
from gdsim.desktop.text import numbers
from gdsim.desktop.tuning.command import TuningCommand
from gdsim.desktop.views.base import ShowsScenes
from gdsim.desktop.views.player_bar import PlayerBar
from gdsim.desktop.widgets.disposal import Garbage
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.window.appearance import Appearance
from gdsim.desktop.window.available_commands import AvailableCommands
from gdsim.desktop.window.centre import Centre
from gdsim.desktop.window.docks import Docks
from gdsim.desktop.window.menu_bar import fill_menus, make_tool_bar
from gdsim.desktop.window.progress import Progress
from gdsim.simulation.experiment import Experiment

#: So long a thread that is told to end is waited for where the process is to end, in milliseconds.
_PATIENCE = 500


class MainWindow(QMainWindow):
    """Lays out views and panels of a session, and connects them.

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
        numbers.set_digits(self.settings.preferences.digits)
        self.session = Session(experiment, theme, self)
        self.settings.not_kept = self.session.say_error
        # first of all who listens: what else hears of a scene finds the views as they are then
        self.session.shown.connect(self._show_scene)
        self.session.player.set_speed(self.settings.preferences.speed)
        self._ending = False
        self._make_menus(theme)
        self._make_views(theme)
        dressed = (self.parameters, self.player_bar, self.actions_table, self.session, self.dialogs)
        self.appearance = Appearance(self, self.settings, theme, self.actions_table, self.docks, dressed)
        make_tool_bar(self, self.actions_table)
        fill_menus(self.menuBar(), self.actions_table, self.files, self._part_switches())
        self._bind_commands()
        self._connect()
        keep_own_keys(self)
        self.player_bar.set_theme(theme)
        self.session.shown.emit()
        self._show_document()
        self._show_history()
        self.session.races.came.connect(Preload(self).begin)
        garbage = Garbage(self)
        garbage.start()
        self.session.worker.finished.connect(garbage.stop)
        self.session.start()

    @property
    def store(self) -> Store:
        """The experiment that is worked on."""
        return self.session.store

    @property
    def player(self) -> Player:
        """The player of the race that is shown."""
        return self.session.player

    def _make_menus(self, theme: Theme) -> None:
        commands = self.file_commands = FileCommands(self.session, self.settings, self)
        self.document, self.files, self.export_menu = commands.document, commands.menu, commands.exports
        self.actions_table = Actions(self, theme)
        self.actions_table.set_shortcuts(self.settings.shortcuts)
        self.dialogs = Dialogs(self, self.actions_table, self.settings, theme, self._palette_actions)

    def _make_views(self, theme: Theme) -> None:
        session = self.session
        buttons = [self.actions_table.by_name[name] for name in ("first", "back", "play", "forward", "last")]
        self.player_bar = PlayerBar(session.player, buttons)
        self.centre = Centre(theme, self.player_bar, session)
        self.landscape, self.side_by_side = self.centre.landscape, self.centre.side_by_side
        self.setCentralWidget(self.centre)
        session.visible_area.look_through(self.centre)
        docks = Docks(self, session, theme, self.settings)
        self.parameters, self.loss, self.runs = docks.parameters, docks.loss, docks.runs
        self.docks, self.lazy_docks, self.data_dock = [*docks.first, *docks.lazy], docks.lazy, docks.data
        self.parameters.formulas_wanted.connect(lambda: docks.toggle_formulas())

    def _bind_commands(self) -> None:
        centre = self.centre
        progress = Progress(self.session, centre.status, centre.message, self.player_bar, self.runs, self.actions_table)
        tuning = TuningCommand(self.session, self)
        owners = (self.session, self.file_commands, self.appearance, self.dialogs, progress, tuning)
        for owner in owners:
            self.actions_table.bind(owner.commands())
        own: dict[str, Callable[..., object]] = {
            "quit": self.close,
            "side_by_side": centre.show_side_by_side,
            "reset_view": centre.reset_view,
            "equal_aspect": centre.set_equal_aspect,
            "take_apart": lambda: self._show_wanted("update"),
            "log_loss": self.loss.head.logarithmic.want,
        }
        self.actions_table.bind(own)

    def _connect(self) -> None:
        session, centre, files = self.session, self.centre, self.file_commands
        AvailableCommands(session, self.actions_table, centre)
        session.said.connect(centre.message.say)
        session.store.history_changed.connect(self._show_history)
        session.player.playing_changed.connect(self.actions_table.show_playing)
        self.document.changed.connect(self._show_document)
        self.document.not_kept.connect(session.say_error)
        centre.view_changed.connect(session.visible_area.see)
        centre.start_dragged.connect(session.move_start)
        centre.start_picked.connect(session.put_start)
        centre.side_by_side_shown.connect(session.basin_maps.set_side_by_side)
        centre.side_by_side_shown.connect(self._show_mode)
        for view in (centre, self.runs, self.loss):
            view.run_chosen.connect(session.selection.choose)
        self.runs.explanation_wanted.connect(lambda: self._show_wanted("update"))
        self.loss.step_chosen.connect(session.player.seek)
        self.loss.legend.toggled.connect(session.show_optimizer)
        self.loss.head.logarithmic.wish_changed.connect(self.actions_table.by_name["log_loss"].setChecked)
        self.runs.advice_taken.connect(session.take_advice)
        self.parameters.table_wanted.connect(files.tables.ask)
        files.connect_status(centre.status)
        files.menu.example_opened.connect(self.data_dock.want)
        files.menu.view_wanted.connect(self._show_wanted)
        # what is dropped is let go of before anything is asked
        files.menu.table_found.connect(files.tables.ask_columns, Qt.ConnectionType.QueuedConnection)
        self.dialogs.preferences_changed.connect(self._take_preferences)

    def _show_scene(self) -> None:
        scene = self.session.scene
        views: tuple[ShowsScenes, ...] = (self.centre, self.player_bar, self.loss, self.runs, *self.lazy_docks)
        for view in views:
            view.show_scene(scene)

    def _show_wanted(self, name: str) -> None:
        """Show what an example is looked at with: a dock, or what a command switches on."""
        switches = {dock.name: dock.toggleViewAction() for dock in self.lazy_docks} | self.actions_table.by_name
        if not switches[name].isChecked():
            switches[name].trigger()
        for dock in self.lazy_docks:
            if dock.name == name:
                dock.raise_()

    def _part_switches(self) -> list[QAction]:
        """List what shows and hides each part of the window."""
        bars: list[QToolBar] = self.findChildren(QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [part.toggleViewAction() for part in self.docks] + [bar.toggleViewAction() for bar in bars]

    def _palette_actions(self) -> list[QAction]:
        rules = self.parameters.optimizers.commands()
        return [*self._part_switches(), *rules, *self.files.example_actions()]

    def _take_preferences(self) -> None:
        preferences = self.settings.preferences
        numbers.set_digits(preferences.digits)
        self.player.set_speed(preferences.speed)
        self.appearance.apply_preferences()
        self.session.show(digits=preferences.digits)

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
        self.centre.note.show_note(*self.document.words, self.document.has_changed_since)

    def _show_mode(self, side_by_side: bool) -> None:
        self.actions_table.show_switch("side_by_side", side_by_side)

    def view_named(self, name: str) -> QWidget:
        """Return the widget of a view, up to date."""
        if name in ("landscape", "side_by_side"):
            self.centre.prepare(self.landscape if name == "landscape" else self.side_by_side)
        for dock in self.lazy_docks:
            if dock.name == name:
                return dock.pictured().picture
        return {
            "landscape": self.landscape.picture,
            "side_by_side": self.side_by_side,
            "loss": self.loss,
            "runs": self.runs,
        }.get(name, self)

    def end(self) -> None:
        """Close without a question, as when the process is told to end: what is unsaved is offered next time."""
        if not self.session.is_over:
            self._ending = True
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Take sizes that depend on the size of the window, the first time."""
        super().showEvent(event)
        if not self.appearance.was_shown:
            self.appearance.first_shown()
            self.runs.wishes = self.settings.columns
            self.data_dock.show_model()
            # keys mean the player until a person goes somewhere with Tab
            self.centre.setFocus()
            self.file_commands.offer_recovery()
            # docks and landscape take their sizes now, so that the surface is on its way before the first paint
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self.session.visible_area.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the docks fit a window of another kind: what is left is the landscape's."""
        super().resizeEvent(event)
        self.appearance.window_resized()

    def changeEvent(self, event: QEvent) -> None:
        """Learn that the system has taken the window into or out of full screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_table.show_switch("full_screen", self.isFullScreen())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let a file be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        for url in event.mimeData().urls()[:1]:
            self.files.open_path(Path(url.toLocalFile() or url.toString()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing running, and lose nothing."""
        session = self.session
        if not (session.is_over or self._ending or self.files.may_leave()):
            event.ignore()
            return
        for preload in self.findChildren(Preload):
            preload.stop()
        session.stop(_PATIENCE if self._ending else None)
        if session.worker.isFinished():  # its signal would come when nobody goes round the event loop any more
            for garbage in self.findChildren(Garbage):
                garbage.stop()
        self.runs.stop()
        self.parameters.stop()
        for dock in self.lazy_docks:
            dock.stop()
        self.document.close(keep=self._ending)
        with contextlib.suppress(OSError):
            self.appearance.keep()
            self.settings.columns = self.runs.wishes
        super().closeEvent(event)
