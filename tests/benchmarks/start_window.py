"""The program: seconds from the time given to its window being mapped, and to paths moving over a surface."""

import json
import sys
import time
from importlib import import_module

from gdsim.cli import main as cli

times = {}


def passed():
    return time.time() - float(sys.argv[1])


def watch(app):
    """Have the window of the program, whose module is given, tell when it is there."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Expose and watched.isExposed():
                times.setdefault("mapped", passed())
            if event.type() == QEvent.Type.Paint and "moving" not in times and moving(self.window):
                # the paint that this announces is done when the event loop comes round again
                QTimer.singleShot(0, self.done)
            return False

        def done(self):
            if "moving" not in times:
                times["moving"] = passed()
                self.window.close()

    def moving(window):
        return (
            window.session.scene.race is not None
            and window.session.scene.surface is not None
            and window.player.step > 0
        )

    class Window(app.MainWindow):
        def show(self):
            super().show()
            self.watch = Watch()
            self.watch.window = self
            self.windowHandle().installEventFilter(self.watch)
            self.landscape.plot.viewport().installEventFilter(self.watch)

    app.MainWindow = Window


def run_window(module, name):
    """Stand in for what the command fetches to open the window."""
    app = import_module(module)
    watch(app)
    return getattr(app, name)


cli._desktop = run_window
cli.main([])
print(json.dumps(times))
