#!/usr/bin/env bash
# Qt 6.11.3 (PySide6-Essentials): a style sheet whose QMainWindow::separator is one pixel wide leaves a hidden widget
# behind for every dock that is shown again; with two pixels it does not.
#
# A separator of one pixel is too thin for the mouse, so Qt lays an unseen widget over it, "qt_qmainwindow_extended_splitter",
# and makes a new one whenever a dock comes back. A window whose docks are opened and closed all day collects them, and
# each takes part in every change of style.
#
# Output seen:
#   6.11.3
#   1 px: 20 more hidden separators after docks were hidden and shown 20 times
#   2 px: 0 more hidden separators after docks were hidden and shown 20 times
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'PySide6-Essentials==6.11.3'
cat > "$folder/docks.py" <<'PYTHON'
from PySide6 import __version__
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow, QWidget

app = QApplication([])


def settle():
    for _ in range(5):
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def left_behind(pixels):
    window = QMainWindow()
    window.setCentralWidget(QLabel("middle"))
    docks = [QDockWidget(f"dock {i}", window) for i in range(4)]
    for dock in docks:
        dock.setWidget(QLabel("dock"))
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    window.setStyleSheet(f"QMainWindow::separator {{ width: {pixels}px; height: {pixels}px; }}")
    window.show()
    settle()

    def count():
        return len(window.findChildren(QWidget, "qt_qmainwindow_extended_splitter"))

    before = count()
    for turn in range(40):  # hidden, and with the next round shown
        docks[turn % 4].toggleViewAction().trigger()
        settle()
    found = count() - before
    window.close()
    return found


print(__version__)
found = {pixels: left_behind(pixels) for pixels in (1, 2)}
for pixels, number in found.items():
    print(f"{pixels} px: {number} more hidden separators after docks were hidden and shown 20 times")
assert found == {1: 20, 2: 0}, "it is otherwise now"
PYTHON
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" "$folder/docks.py" 2>&1 | grep -v propagateSizeHints
