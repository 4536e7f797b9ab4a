#!/usr/bin/env bash
# Qt 6.11.3 (PySide6-Essentials, Linux, FreeType 2.12): a font that is added by its path is mapped, not read. Whoever
# writes over the file, as cp does, ends every process that uses it: a segmentation fault in FT_Get_Char_Index the next
# time that a text is measured, wherever that is. A font that is added as bytes is not touched by it.
#
# It looks like a fault of whatever view happens to measure a text, most often in a resize event.
#
# Output seen:
#   added by its path: ended by signal 11
#   added as bytes: measured
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fonts=$(cd "$(dirname "$0")/../resources/fonts" && pwd)
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'PySide6-Essentials==6.11.3'
cat > "$folder/overwritten.py" <<'PYTHON'
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QGuiApplication

app, path, way = QGuiApplication([]), Path(sys.argv[1]), sys.argv[2]
number = (
    QFontDatabase.addApplicationFont(str(path))
    if way == "path"
    else QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes()))
)
family = QFontDatabase.applicationFontFamilies(number)[0]
QFontMetrics(QFont(family, 12)).horizontalAdvance("before")
path.write_bytes(b"\xff" * path.stat().st_size)
for size in (12, 31):
    QFontMetrics(QFont(family, size)).horizontalAdvance("Afterwards ∂ж")
print("measured", flush=True)
PYTHON
export QT_QPA_PLATFORM=offscreen
for way in path bytes; do
    cp "$fonts/Inter-Regular.otf" "$folder/font.otf"
    status=0
    said=$("$folder/venv/bin/python" "$folder/overwritten.py" "$folder/font.otf" "$way" 2> "$folder/errors") || status=$?
    name=$([ "$way" = path ] && echo "added by its path" || echo "added as bytes")
    if [ "$status" -ge 128 ]; then echo "$name: ended by signal $((status - 128))"; else echo "$name: $said"; fi
done
