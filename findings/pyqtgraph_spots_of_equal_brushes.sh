#!/usr/bin/env bash
# pyqtgraph 0.14.0: a scatter plot that is given the same colour again paints and keeps another picture of its spots.
#
# The atlas of spots knows a look by the identity of pen and brush, not by what they are. A plot whose colour is set with
# every frame, to the very same value, fills it: it is emptied only beyond a thousand looks.
#
# Output seen:
#   0.14.0
#   one brush given 200 times: 2 looks kept
#   200 equal brushes given: 201 looks kept
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'PySide6-Essentials==6.11.3' 'pyqtgraph==0.14.0' 'numpy==2.3.5'
cat > "$folder/spots.py" <<'PYTHON'
import pyqtgraph as pg

app = pg.mkQApp()


def kept(brushes):
    """The number of looks in the atlas of a plot with one spot that is given one brush after another."""
    item = pg.ScatterPlotItem([0.0], [0.0], size=8, pen=None)
    plot = pg.PlotWidget()
    plot.addItem(item)
    plot.show()
    for brush in brushes:
        item.setBrush(brush)
        app.processEvents()
    return len(item.fragmentAtlas)


one = pg.mkBrush("#0072b2")
same, equal = kept([one] * 200), kept([pg.mkBrush("#0072b2") for _ in range(200)])
print(pg.__version__)
print(f"one brush given 200 times: {same} looks kept")
print(f"200 equal brushes given: {equal} looks kept")
PYTHON
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" "$folder/spots.py" 2>/dev/null | tee "$folder/out"
grep -q "^one brush given 200 times: [12] looks kept$" "$folder/out"
grep -Eq "^200 equal brushes given: (19[0-9]|20[0-9]) looks kept$" "$folder/out"
