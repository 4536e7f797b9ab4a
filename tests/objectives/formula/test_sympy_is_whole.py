"""SymPy is imported as a whole, by whichever thread needs it first."""

import ast
from pathlib import Path

import pytest

import gdsim

SOURCES = sorted(Path(gdsim.__file__).parent.rglob("*.py"))


def parts_alone(text):
    """The parts of SymPy that are imported by a function that has not imported the whole."""
    if "sympy" not in text:
        return
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            nodes = sorted((n for n in ast.walk(function) if isinstance(n, ast.stmt)), key=lambda n: n.lineno)
            whole = False
            for node in nodes:
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                origin = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
                whole = whole or "sympy" in names or origin == "sympy"
                if not whole:
                    yield from (name for name in (*names, origin) if name.startswith("sympy."))


def test_no_part_is_imported_alone():
    # a thread that asks for a part holds its lock while it waits for the whole; the thread that imports the whole then
    # gets a module that is only half there, and fails
    found = {path.name: list(parts_alone(path.read_text(encoding="utf-8"))) for path in SOURCES}
    assert {name: parts for name, parts in found.items() if parts} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f():\n    from sympy.core.mul import Mul", ["sympy.core.mul"]),
        ("def f():\n    import sympy.core", ["sympy.core"]),
        ("def f():\n    import sympy\n    from sympy.core.mul import Mul", []),
        ("def f():\n    from sympy import core", []),
    ],
)
def test_a_part_is_found(text, found):
    assert list(parts_alone(text)) == found
