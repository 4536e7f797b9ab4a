#!/usr/bin/env bash
# PySide6-Essentials 6.11.3: once QtCore has been imported, every module that is imported afterwards has its source read,
# and `linecache` keeps the lines for good: with SymPy alone some tens of megabytes.
#
# PySide puts its own function in the place of builtins.__import__, so that `from __feature__ import snake_case` can work.
# To find out whether a module asks for that, it reads the module's source with inspect.getsource, whatever the module is.
# An import of SymPy takes longer by it, too. Import order changes what a program weighs: what comes before PySide costs
# nothing of the kind.
#
# Output seen:
#   6.11.3, SymPy 1.14.0
#   SymPy, then QtCore: less than 1 MB of source lines kept
#   QtCore, then SymPy: more than 10 MB of source lines kept
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'PySide6-Essentials==6.11.3' 'sympy==1.14.0'
cat > "$folder/kept.py" <<'PYTHON'
import importlib
import linecache
import sys

for name in sys.argv[1:]:
    importlib.import_module(name)
lines = [line for entry in linecache.cache.values() if len(entry) > 2 for line in entry[2]]
print(sum(map(sys.getsizeof, lines)))
PYTHON
cd "$folder"
echo "6.11.3, SymPy 1.14.0"
first=$(venv/bin/python kept.py sympy PySide6.QtCore)
second=$(venv/bin/python kept.py PySide6.QtCore sympy)
echo "bytes kept: $first with SymPy first, $second with QtCore first" >&2
[ "$first" -lt 1000000 ] && echo "SymPy, then QtCore: less than 1 MB of source lines kept"
[ "$second" -gt 10000000 ] && echo "QtCore, then SymPy: more than 10 MB of source lines kept"
