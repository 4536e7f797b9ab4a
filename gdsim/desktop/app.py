"""From a process to a window."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QStyle

from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.heap import give_back_memory
from gdsim.desktop.look.style import apply_theme, load_fonts
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.text.language import use_language
from gdsim.desktop.window.appearance import theme_for
from gdsim.desktop.window.main_window import MainWindow
from gdsim.simulation.experiment import Experiment

#: How long a thread keeps the interpreter while another one wants it, in seconds; 0.005 where nobody says.
_TURN = 0.0005


def run_window(experiment: Experiment | None = None, path: Path | None = None) -> int:
    """Open the window, with a file if one is named, and stay until it is closed; the exit status."""
    app = make_application()
    settings = Settings()
    preferences = settings.preferences
    theme = theme_for(preferences.theme, preferences.scale, settings.colors)
    apply_theme(app, theme)
    use_language(app, preferences.language)
    window = MainWindow(experiment or opening_experiment(), theme, settings)
    if experiment is None:
        window.document.play()
    if path is not None:
        window.files.open_path(path)
    window.resize(*_opening_size(app))
    window.show()
    sys.excepthook = _report
    timer = _end_on_interrupt(app, window)
    # what is there by now stays, and is not looked through for garbage again while somebody waits for a frame
    gc.freeze()
    status = app.exec()
    timer.stop()
    signal.set_wakeup_fd(-1)
    if window.session.worker.isRunning():
        # it is in the middle of something that cannot be interrupted; all is saved, and nobody waits for it
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def make_application() -> QApplication:
    """The one QApplication, with the program's fonts."""
    # whatever is at work in the worker's thread may hold up a key, or a surface that is ready, by no more than this
    sys.setswitchinterval(_TURN)
    give_back_memory()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["gdsim"])
    app.setApplicationName("gdsim")
    app.setApplicationDisplayName("gdsim")
    app.setDesktopFileName("gdsim")
    load_fonts(app)
    return app


def _opening_size(app: QApplication) -> tuple[int, int]:
    room = app.primaryScreen().availableGeometry()
    # the bar with the title comes on top, and what is at the foot of the window is to be seen
    bar = app.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return min(1440, room.width()), min(900, room.height() - bar)


def _end_on_interrupt(app: QApplication, window: MainWindow) -> QTimer:
    """Ctrl-C ends the window; Python sees the signal only while Python runs, hence the waking and the timer."""

    def end(*_: object) -> None:
        # not here and now: this may be the middle of a paint
        QTimer.singleShot(0, window, window.end)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    timer = QTimer(app)
    timer.setInterval(200)
    timer.timeout.connect(lambda: None)
    timer.start()
    with contextlib.suppress(OSError):  # then the timer has to do
        _wake_on_signals(timer)
    return timer


def _wake_on_signals(owner: QObject) -> None:
    """Have Qt's loop run a little Python at once when a signal comes, however rarely timers have their turn."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, owner)

    def drain() -> None:
        with contextlib.suppress(BlockingIOError):
            ours.recv(64)

    # theirs is open as long as anyone may write into it
    notifier.activated.connect(lambda *_, both=(ours, theirs): drain())


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A defect in a slot is told on stderr; the window goes on with what it has."""
    traceback.print_exception(kind, error, trace)
