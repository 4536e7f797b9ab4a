"""Tests of who may import whom, read from the import statements themselves."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from gdsim import OPTIMIZERS

PACKAGE = Path(__file__).parent.parent / "gdsim"
FILES = sorted(PACKAGE.rglob("*.py"))

#: The rooms, and the rooms each may import from. Single files at the top are rooms too.
MAY_IMPORT = {
    "errors": set(),
    "translatable": set(),
    "checks": {"errors"},
    "assets": {"errors"},
    "objectives": {"errors", "assets", "checks"},
    "optimizers": {"errors", "translatable", "checks"},
    "simulation": {"errors", "translatable", "checks", "objectives", "optimizers"},
    "storage": {"errors", "assets", "checks", "objectives", "optimizers", "simulation"},
    "desktop": {"errors", "assets", "checks", "objectives", "optimizers", "simulation", "storage"},
    "cli": {"errors", "assets", "checks", "objectives", "optimizers", "simulation", "storage", "desktop"},
    "__init__": {"errors", "checks", "objectives", "optimizers", "simulation", "storage"},
    "__main__": {"cli"},
}
#: The same inside objectives; what lies beside these folders is "base".
MAY_IMPORT_IN_OBJECTIVES = {
    "base": set(),
    "formula": {"base"},
    "surfaces": {"base", "formula"},
    "data": {"base", "surfaces"},
}
#: Files of views/ that are no view.
SHARED_BY_VIEWS = {"base", "run_point", "table"}
QT = {"PySide6", "shiboken6", "pyqtgraph", "PyQt5", "PyQt6", "OpenGL"}
#: Imported at first use, so that the program starts without them.
HEAVY = {"sympy", "PIL", "OpenGL", "ziamath"}


def room_of(module):
    """The room of a dotted name: "optimizers" of gdsim.optimizers.base; the package itself is "__init__"."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def view_of(module):
    """The view that a module is part of, a file or a folder; "" of all else, and of what all views share."""
    parts = module.split(".")
    if parts[:3] != ["gdsim", "desktop", "views"] or len(parts) < 4 or parts[3] in SHARED_BY_VIEWS:
        return ""
    return parts[3]


def room_in_objectives(module):
    """The room of gdsim.objectives that a module or a name is in; "" of all else, and of the package itself."""
    parts = module.split(".")
    if parts[:2] != ["gdsim", "objectives"] or len(parts) == 2:
        return ""
    return parts[2] if parts[2] in MAY_IMPORT_IN_OBJECTIVES else "base"


def module_of(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def imports(tree, module, is_package=False):
    """Every import: the dotted name, and whether it happens when the module is imported at run time."""
    found = []

    def visit(node, at_import):
        if isinstance(node, ast.Import):
            found.extend((alias.name, at_import) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module.split(".")[: None if is_package else -1]
                base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
            found.extend((f"{base}.{alias.name}", at_import) for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for child in node.body:
                visit(child, False)
            for child in node.orelse:
                visit(child, at_import)
            return
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            visit(child, at_import and not inside)

    visit(tree, True)
    return found


def imports_of(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return imports(tree, module_of(path), path.name == "__init__.py")


def faults(path, found):
    """Say what is wrong with the imports of a file, in sentences."""
    module = module_of(path)
    room = "__init__" if module == "gdsim.__init__" else room_of(module)
    wrong = []
    for name, at_import in found:
        top = name.split(".")[0]
        if top in QT and room != "desktop":
            wrong.append(f"{module} imports {name}: only desktop may")
        if top in HEAVY and at_import:
            wrong.append(f"{module} imports {name} at start-up: import it where it is used")
        if top != "gdsim":
            continue
        target = room_of(name)
        if target not in MAY_IMPORT:  # a name out of the package itself: the public API
            target = "__init__"
        if target not in (room, "__init__") and target not in MAY_IMPORT.get(room, set()):
            wrong.append(f"{module} imports {name}: {room} may not import {target}")
        if target == "__init__" and room not in ("cli", "desktop", "__init__") and name != "gdsim.__version__":
            wrong.append(f"{module} imports {name}: a room does not import the public API")
        if room == "cli" and target == "desktop" and at_import:
            wrong.append(f"{module} imports {name} at start-up: only when a window or a picture is asked for")
        inner, other = room_in_objectives(module), room_in_objectives(name)
        if inner and other not in ("", inner, *MAY_IMPORT_IN_OBJECTIVES[inner]):
            wrong.append(f"{module} imports {name}: {inner} may not import {other}")
        if (view := view_of(module)) and view_of(name) not in (view, ""):
            wrong.append(f"{module} imports {name}: views never import each other")
    return wrong


def test_there_is_something_to_look_at():
    assert {"gdsim.__init__", "gdsim.errors", "gdsim.simulation.descend"} <= {module_of(path) for path in FILES}
    assert {room_of(module_of(path)) for path in FILES} <= set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports(path):
    assert faults(path, imports_of(path)) == []


@pytest.mark.parametrize(
    ("file", "source", "complaint"),
    [
        ("objectives/x.py", "import gdsim.optimizers.base", "objectives may not import optimizers"),
        ("objectives/formula/x.py", "from gdsim.objectives.surfaces.catalogue import F", "formula may not import surf"),
        ("objectives/source.py", "def f():\n    import gdsim.objectives.data.lookup", "base may not import data"),
        ("optimizers/x.py", "from gdsim.objectives import Minimum", "optimizers may not import objectives"),
        ("optimizers/x.py", "from ..objectives import Minimum", "optimizers may not import objectives"),
        ("simulation/x.py", "def f():\n    from gdsim.storage import files", "simulation may not import storage"),
        ("storage/x.py", "from gdsim import desktop", "storage may not import desktop"),
        ("storage/x.py", "from gdsim import descend", "a room does not import the public API"),
        ("storage/x.py", "import PySide6.QtCore", "only desktop may"),
        ("cli/main.py", "def f():\n    import pyqtgraph", "only desktop may"),
        ("cli/main.py", "from gdsim.desktop import app", "only when a window or a picture is asked for"),
        ("desktop/app.py", "from gdsim.cli.main import main", "desktop may not import cli"),
        ("desktop/views/a.py", "from gdsim.desktop.views.b.c import B", "views never import each other"),
        ("desktop/views/a.py", "from .b import B", "views never import each other"),
        ("objectives/x.py", "import sympy", "import it where it is used"),
    ],
)
def test_a_wrong_import_is_seen(file, source, complaint):
    path = PACKAGE / file
    found = faults(path, imports(ast.parse(source), module_of(path)))
    assert len(found) == 1
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("cli/main.py", "import gdsim\ndef f():\n    from gdsim.desktop import app"),
        ("simulation/x.py", "from gdsim.errors import GdsimError\nfrom gdsim.objectives.base import Array"),
        ("objectives/x.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sympy"),
        ("desktop/views/a.py", "import pyqtgraph\nfrom gdsim.desktop.look.style import PALETTE"),
    ],
)
def test_a_right_import_is_let_pass(file, source):
    path = PACKAGE / file
    assert faults(path, imports(ast.parse(source), module_of(path))) == []


def test_no_imports_in_objectives_go_in_a_circle():
    """Not even those inside functions."""
    modules = {module_of(path) for path in FILES}
    graph = {}
    for path in PACKAGE.joinpath("objectives").rglob("*.py"):
        tree, module = ast.parse(path.read_text(encoding="utf-8")), module_of(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                node.body = [ast.Pass()]
        found = {name for name, _ in imports(tree, module, path.name == "__init__.py")}
        found = {name if name in modules else name.rpartition(".")[0] for name in found} & modules
        graph[module] = {name for name in found if name.startswith("gdsim.objectives")} - {module}
    TopologicalSorter(graph).prepare()  # which raises if there is one


def test_a_race_without_qt():
    program = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph'):\n"
        "    sys.modules[name] = None\n"
        "import gdsim\n"
        "race = gdsim.descend('himmelblau', list(gdsim.OPTIMIZERS), restarts=3, steps=20)\n"
        "print(race.positions.shape, str(race.outcomes[0][0])[:12])\n"
        "print(sorted({'sympy', 'contourpy', 'gdsim.desktop'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"(21, {len(OPTIMIZERS)}, 2, 4) out of steps\n[]\n"
