"""Figures of the house: how large its files, functions, folders and classes are.

    python tests/checks/house.py [folder of the package]

A function counts from its first line, without decorators, to its last. Imports of its own are those of modules of the
package, wherever in the file they stand; attributes are those that methods of a class assign to `self`. Comments are
lines with nothing else, and those at the end of a line of code; docstrings are none.
"""

import ast
import io
import sys
import tokenize
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

PACKAGE = Path(__file__).parents[2] / "gdsim"


def main(package: Path) -> None:
    files = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in files.items()}
    sizes = [text.count("\n") for text in files.values()]
    lengths = {place: length for path, tree in trees.items() for place, length in functions(path, tree)}
    folders = Counter(path.parent for path in files if path.name != "__init__.py")
    imports = {str(path.relative_to(package)): len(own_imports(tree, package.name)) for path, tree in trees.items()}
    attributes = dict(found for path, tree in trees.items() for found in classes(path, tree))
    comments = sum(map(count_comments, files.values()))
    show("files", len(files))
    show("lines of a file: median, p90, most", f"{median(sizes):.0f}, {p90(sizes):.0f}, {max(sizes)}")
    counts = list(lengths.values())
    show("lines of a function: median, p90, most", f"{median(counts):.0f}, {p90(counts):.0f}, {max(counts)}")
    show("longest functions", most(lengths))
    show("files of a folder", most({str(path.relative_to(package.parent)): n for path, n in folders.items()}))
    show("modules of its own that a module imports", most(imports))
    show("attributes of a class", most(attributes))
    show("comments a hundred lines", f"{100 * comments / sum(sizes):.1f}")
    openings = Counter(opening for tree in trees.values() for opening in first_words(tree))
    vague = ("What", "That", "Those", "One", "Some", "Whether", "Who", "Where", "How", "Which")
    show("docstrings that begin vaguely", f"{sum(openings[word] for word in vague)} of {sum(openings.values())}")


def show(name: str, value: object) -> None:
    print(f"{name:42} {value}")


def most(counts: dict[str, int], shown: int = 3) -> str:
    return ", ".join(f"{n} {name}" for name, n in sorted(counts.items(), key=lambda item: -item[1])[:shown])


def p90(counts: list[int]) -> float:
    return quantiles(counts, n=10)[-1]


def functions(path: Path, tree: ast.AST) -> list[tuple[str, int]]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(f"{path.name}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1) for node in found]


def own_imports(tree: ast.AST, package: str) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name for name in names if name.split(".")[0] == package}


def classes(path: Path, tree: ast.AST) -> list[tuple[str, int]]:
    return [
        (f"{path.name} {node.name}", len(set(assigned(node))))
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]


def assigned(of: ast.ClassDef) -> list[str]:
    return [
        node.attr
        for method in of.body
        if isinstance(method, ast.FunctionDef)
        for node in ast.walk(method)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    ]


def count_comments(text: str) -> int:
    return sum(token.type == tokenize.COMMENT for token in tokenize.generate_tokens(io.StringIO(text).readline))


def first_words(tree: ast.AST) -> list[str]:
    documented = ast.Module | ast.ClassDef | ast.FunctionDef
    texts = [ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, documented)]
    return [text.split(maxsplit=1)[0].rstrip(",.:") for text in texts if text]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE)
