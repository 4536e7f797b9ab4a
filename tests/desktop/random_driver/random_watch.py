"""Watch over the window while a hand is at it: what went wrong, how long the event loop was held up, memory."""

import ctypes
import functools
import gc
import os
import sys
import threading
import time
import traceback
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from gdsim.desktop.look.style import POINTS

#: What Qt says on a screen that is none, and has no fault of the window in it.
_HARMLESS = ("This plugin does not support", "propagateSizeHints", "Could not find accessible", "XDG_RUNTIME_DIR")
_BEAT = 5


class Watch(QObject):
    """Collects faults, stalls and memory."""

    def __init__(self, window) -> None:
        super().__init__()
        self._window = window
        self._latest = window.store.experiment
        self.faults: list[str] = []
        #: The longest times between two turns of the event loop: seconds of the GUI thread's CPU, by the clock, when.
        self.stalls: list[tuple[float, float, str]] = []
        self.doing = ""
        self._last = (time.thread_time(), time.perf_counter())
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._beat)
        window.session.races.came.connect(self._came)
        self._first = window.session.scene.race is None
        sys.excepthook = self._raised
        sys.unraisablehook = lambda args: self._raised(args.exc_type, args.exc_value, args.exc_traceback)
        threading.excepthook = lambda args: self._raised(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(self._message)
        self._send, window.session.worker.send = window.session.worker.send, self._look_through

    def start(self) -> None:
        self._last = (time.thread_time(), time.perf_counter())
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _raised(self, kind, error, trace) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def _message(self, kind, context, text) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not any(part in text for part in _HARMLESS):
            self.faults.append(f"Qt: {text}\n{''.join(traceback.format_stack(limit=12))}")

    def _look_through(self, request) -> None:
        """Find no part of the window in what the worker is given: it would end in the thread that forgets it last."""
        if held := list(_parts(request.work)):
            self.faults.append(f"the request {request.channel!r} takes {held} to the worker")
        self._send(request)

    def _came(self, result) -> None:
        self._latest = result.experiment

    @property
    def is_shown(self) -> bool:
        """Tell whether the race that is shown is that of the current experiment."""
        return self._window.session.scene.race is not None and self._latest == self._window.store.experiment

    def check(self) -> None:
        """Check what must be true whenever nothing is in somebody's hand."""
        window, app = self._window, QApplication.instance()
        experiment, table = window.store.experiment, window.actions_table.by_name
        theme = window.appearance.theme
        self._expect("undo", table["undo"].isEnabled(), bool(window.store.undo_text))
        self._expect("redo", table["redo"].isEnabled(), bool(window.store.redo_text))
        self._expect("side by side", table["side_by_side"].isChecked(), window.centre.current is window.side_by_side)
        self._expect("colours", app.palette().color(QPalette.ColorRole.Window).name(), theme.window)
        self._expect("size of the text", round(app.font().pointSizeF(), 3), round(POINTS * theme.scale, 3))
        entries = {entry.id: entry.enabled for entry in experiment.optimizers}
        for key, row in window.parameters.optimizers.rows.items():
            self._expect(f"box of {key}", row.check.isChecked(), entries.get(key, False))
        self._expect("entries without a row", sorted(entries.keys() - window.parameters.optimizers.rows.keys()), [])
        for name in ("restarts", "steps", "seed", "learning_rate", "momentum"):
            line = window.parameters.findChild(QLineEdit, name)
            field = None if line is None else line.parentWidget()
            right = getattr(experiment, name)
            if field is not None and right is not None:
                self._expect(name, field.value, right)
        if not 0 <= window.player.step <= max(window.player.last, 0):
            self.faults.append(f"step {window.player.step} of {window.player.last}")

    def _expect(self, what, found, right) -> None:
        if found != right:
            self.faults.append(f"{what}: the window has {found!r}, and {right!r} is right")

    def _beat(self) -> None:
        now = (time.thread_time(), time.perf_counter())
        cpu, clock = (a - b for a, b in zip(now, self._last, strict=True))
        self._last = now
        if cpu > 0.05 or clock > 0.2:
            self.stalls.append((cpu, clock, self.doing))
            if len(self.stalls) > 400:
                self.trim()

    def trim(self) -> None:
        worst = sorted(self.stalls, reverse=True)[:40] + sorted(self.stalls, key=lambda s: -s[1])[:40]
        self.stalls = list(dict.fromkeys(worst))

    def memory(self) -> dict[str, int]:
        """Resident memory in KB as it is, and after what is free has been given back; what is in use of it; objects.

        What is kept, but not in use, lies between what is in use.
        """
        found = {"rss": _resident()}
        # a widget that is asked for is wrapped for Python, and stays so: else those that the hand has met would count
        found["children"] = len(self._window.findChildren(QObject))
        found["widgets"] = len(QApplication.allWidgets())
        gc.collect()
        if hasattr(_LIBC, "malloc_trim"):
            _LIBC.malloc_trim(0)
        found["kept"] = _resident()
        found |= _kinds_of_resident()
        found["used"] = _used()
        found["blocks"] = sys.getallocatedblocks()
        found["objects"] = len(gc.get_objects())
        found["top"] = len([w for w in QApplication.topLevelWidgets() if type(w) is not QWidget])
        found["threads"] = len(threads())
        return found


def _parts(work):
    """The objects of Qt that a callable holds."""
    if isinstance(work, functools.partial):
        for part in (work.func, *work.args, *work.keywords.values()):
            yield from [part] if isinstance(part, QObject) else _parts(part)
    for cell in getattr(work, "__closure__", None) or ():
        yield from [cell.cell_contents] if isinstance(cell.cell_contents, QObject) else ()
    if isinstance(getattr(work, "__self__", None), QObject):
        yield work.__self__


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def _kinds_of_resident() -> dict[str, int]:
    """Return what is the process's own, in KB, and what is mapped from files: code that has been used once, fonts."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {"own": int(lines["RssAnon"].split()[0]), "mapped": int(lines["RssFile"].split()[0])}


class _Mallinfo(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


def _used() -> int:
    """Memory that malloc has given out, in KB; 0 where it does not say."""
    if not hasattr(_LIBC, "mallinfo2"):
        return 0
    _LIBC.mallinfo2.restype = _Mallinfo
    told = _LIBC.mallinfo2()
    return (told.uordblks + told.hblkhd) // 1024


def threads() -> list[str]:
    """The names of the threads of the process."""
    return sorted(path.read_text().strip() for path in Path("/proc/self/task").glob("*/comm"))


_LIBC = ctypes.CDLL(None)
