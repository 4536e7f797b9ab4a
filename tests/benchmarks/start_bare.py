"""A bare window with one plot: seconds from the time given to its being mapped."""

import json
import sys
import time

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QTimer

app = pg.mkQApp()
plot = pg.PlotWidget()
plot.plot([1, 2, 3])
plot.resize(1440, 900)


class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Expose and watched.isExposed():
            print(json.dumps({"mapped": time.time() - float(sys.argv[1])}))
            QTimer.singleShot(0, app.quit)
        return False


plot.show()
watch = Watch()
plot.windowHandle().installEventFilter(watch)
app.exec()
