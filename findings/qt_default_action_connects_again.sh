#!/usr/bin/env bash
# Qt 6.11.3 (PySide6-Essentials): with every change of a QToolButton's default action the button is connected to the
# action's changed() once more.
#
# One connection is what a button needs. But whenever the action changes (its text, say) the
# button takes the action as its default again, and adds a connection each time: a Play/Pause button of a program that is
# used all day has thousands, memory grows with each, and every further change calls all of them. A button that a QToolBar
# makes for an action does the same. Without a default action nothing grows.
#
# Output seen:
#   6.11.3
#   default action: 1 connection at first, 1001 after 1000 changes of its text
#   a QToolBar's button: 1001 after as many
#   no default action: 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'PySide6-Essentials==6.11.3'
cat > "$folder/button.py" <<'PYTHON'
from PySide6.QtCore import SIGNAL, qVersion
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton

app = QApplication([])


def connections(action, times=1000):
    for i in range(times):
        action.setText(f"Play {i}")
    return action.receivers(SIGNAL("changed()"))


own, button = QAction("Play"), QToolButton()
button.setDefaultAction(own)
first = own.receivers(SIGNAL("changed()"))
after = connections(own)
listed, bar = QAction("Play"), QToolBar()
bar.addAction(listed)
in_bar = connections(listed)
alone = connections(QAction("Play"))
print(qVersion())
print(f"default action: {first} connection at first, {after} after 1000 changes of its text")
print(f"a QToolBar's button: {in_bar} after as many")
print(f"no default action: {alone}")
assert (first, after, alone) == (1, 1001, 0), "it is otherwise now"
assert in_bar >= 1000, "it is otherwise now"
PYTHON
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" "$folder/button.py" 2>&1 | grep -v propagateSizeHints
