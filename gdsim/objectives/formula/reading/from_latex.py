r"""Pasted LaTeX as a text of the language: fractions, roots, brackets, functions, Greek letters, indices, sums, cases.

Packages that read LaTeX were measured and not taken: SymPy's two need a parser of 1 MB each and 2 s at first use, read
\operatorname as a product of letters, cancel x/x or leave it open what \sin x \cos y means, and tell no places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from gdsim.objectives.formula.functions import ROWS
from gdsim.objectives.formula.nodes import FormulaError
from gdsim.objectives.formula.reading.characters import GREEK
from gdsim.objectives.formula.reading.latex_cases import CASES, Cell, in_pieces

_SIGNS = {
    **{name: letter for letter, name in GREEK.items() if letter != "ς"},
    **{"varphi": "φ", "vartheta": "θ", "varepsilon": "ε", "varrho": "ρ", "varsigma": "σ"},
    **dict.fromkeys(("cdot", "times", "ast", "bullet"), "*"),
    **{"div": "/", "lt": "<", "gt": ">", "infty": "∞", "colon": ":", "{": "(", "}": ")", "lbrace": "(", "rbrace": ")"},
    **{"lbrack": "(", "rbrack": ")", "lparen": "(", "rparen": ")"},
    **dict.fromkeys(("le", "leq", "leqslant"), "≤"),
    **dict.fromkeys(("ge", "geq", "geqslant"), "≥"),
    **dict.fromkeys(("ne", "neq"), "≠"),
    **dict.fromkeys(("land", "wedge"), "∧"),
    **dict.fromkeys(("lor", "vee"), "∨"),
    **dict.fromkeys(("lnot", "neg"), "¬"),
    **dict.fromkeys(("vert", "Vert", "|"), "|"),
    **dict.fromkeys(("lvert", "lVert"), "abs("),
    **dict.fromkeys(("rvert", "rVert"), ")"),
    **{"lfloor": "floor(", "rfloor": ")", "lceil": "ceil(", "rceil": ")"},
}
#: Commands for functions: those that we write, too, and some that others do.
_FUNCTIONS = frozenset(row.latex[1:] for row in ROWS.values() if re.fullmatch(r"\\[a-z]+", row.latex)) | {
    "exp",
    "log",
    "lg",
}
#: Commands that change only how a formula looks.
_NOTHING = (
    ",",
    ";",
    ":",
    "!",
    " ",
    ">",
    "[",
    "]",
    "(",
    ")",
    "\\",
    "quad",
    "qquad",
    "displaystyle",
    "textstyle",
    "scriptstyle",
    "limits",
    "nolimits",
    "mathopen",
    "mathclose",
    "mathord",
    "rm",
    "bf",
    "it",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "Bigl",
    "Bigr",
    "biggl",
    "biggr",
    "Biggl",
    "Biggr",
)
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")
_WRITTEN = (
    "operatorname",
    "mathrm",
    "mathit",
    "mathbf",
    "mathsf",
    "text",
    "textrm",
    "textit",
    "mbox",
    "boldsymbol",
    "bm",
)
_COMMAND = re.compile(r"\\([A-Za-z]+\*?|.|$)", re.DOTALL)
#: The bars after \\left and \\right; and the brace before cases, which nothing closes.
_BARS = re.compile(r"\\(?:\||[lr]?[vV]ert(?![A-Za-z]))")
_BRACE_OF_CASES = re.compile(r"\\(?:\{|lbrace)(?=\s*\\begin)")
_MOST_LEVELS = 32


def translated(text: str) -> tuple[str, list[int]]:
    """A LaTeX formula in the language, and the column in `text` of each of its letters; or `FormulaError`."""
    translation = _Translation(text)
    while translation.at < len(text):
        translation.piece()
    return "".join(translation.out), [*translation.columns, len(text)]


class _Translation:
    """A translation under way: the text written so far, and the place in the LaTeX."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.columns: list[int] = []
        self.levels = 0

    def write(self, text: str, column: int) -> None:
        self.out += text
        self.columns += [column] * len(text)

    def refuse(self, part: str, column: int) -> NoReturn:
        raise FormulaError("'{part}' at column {column} is LaTeX that is not read here", column, part=part)

    def piece(self) -> None:
        """Translate a command with what belongs to it, or a letter."""
        start, letter = self.at, self.text[self.at]
        if letter == "\\":
            match = _COMMAND.match(self.text, start)
            assert match is not None  # it begins with the backslash
            self.at = match.end()
            self.command(match[1].rstrip("*"), start)
            return
        self.at += 1
        if letter == "^" and self.text[self.at : self.at + 1] == "{":
            self.write("^(", start)
            self.group()
            self.write(")", self.at - 1)
        elif letter == "{" and self.text.startswith(",}", self.at):  # a decimal comma: 0{,}5
            self.at += 2
            self.write(".", start)
        else:
            self.write(" " if letter in "$~" else letter, start)

    def command(self, name: str, start: int) -> None:
        self.levels += 1
        if self.levels > _MOST_LEVELS:
            raise FormulaError(
                "the formula is nested too deep at column {column}: at most {most} levels", start, most=_MOST_LEVELS
            )
        self.translate(name, start)
        self.levels -= 1

    def translate(self, name: str, start: int) -> None:
        if name in _SIGNS:
            self.write(_SIGNS[name], start)
        elif name in _FUNCTIONS:
            self.write(f" {name}{self.base(name, start)} ", start)
        elif name in _NOTHING:
            self.write(" ", start)
        elif name in ("left", "right"):
            self.delimiter(name, start)
        elif name in _FRACTIONS:
            self.around(start, "((", self.group)
            self.around(start, ")/(", self.group)
            self.write("))", self.at - 1)
        elif name == "sqrt":
            self.root(start)
        elif name in _WRITTEN:
            self.write(f" {self.raw(start).strip()} ", start)
        elif name in ("sum", "prod"):
            self.series(name, start)
        elif name == "begin":
            self.environment(start)
        else:
            self.refuse(f"\\{name}", start)

    def around(self, start: int, before: str, part: Callable[[], None]) -> None:
        self.write(before, start)
        part()

    def delimiter(self, side: str, start: int) -> None:
        """The bracket after \\left or \\right."""
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1
        sign = self.text[self.at : self.at + 1]
        if found := _BARS.match(self.text, self.at):
            self.at = found.end()
            self.write("abs(" if side == "left" else ")", start)
            return
        if found := _BRACE_OF_CASES.match(self.text, self.at):
            self.at = found.end()
            return
        if sign == "\\":
            self.piece()
            return
        self.at += 1
        if sign == "|":
            self.write("abs(" if side == "left" else ")", start)
        elif sign and sign in "()[]":
            self.write("(" if side == "left" else ")", self.at - 1)
        elif sign != ".":
            self.refuse(f"\\{side}{sign}", start)

    def environment(self, start: int) -> None:
        """Cases, which are pieces of a function; nothing else that begins and ends."""
        name = self.raw(start)
        if name == "array":
            self.raw(start)  # how its columns are set
        if name not in CASES:
            self.refuse(f"\\begin{{{name}}}", start)
        rows: list[list[Cell]] = [[]]
        first = len(self.out)
        while True:
            begun, ended = len(self.out), self.text.startswith(f"\\end{{{name}}}", self.at)
            while not (ended or self.text.startswith(("&", "\\\\"), self.at)):
                if self.at >= len(self.text):
                    raise FormulaError("the bracket opened at column {column} is not closed", start)
                self.piece()
                ended = self.text.startswith(f"\\end{{{name}}}", self.at)
            rows[-1].append(("".join(self.out[begun:]), self.columns[begun:]))
            if ended:
                break
            if self.text[self.at] == "&":
                self.at += 1
            else:
                self.at += 2
                rows.append([])
        self.at += len(f"\\end{{{name}}}")
        del self.out[first:], self.columns[first:]
        for text, columns in in_pieces(rows, start):
            self.out += text
            self.columns += columns

    def group(self) -> None:
        """Translate what stands in braces, or the one piece that stands there without."""
        self.skip()
        if self.at == len(self.text):
            raise FormulaError(
                "the formula ends at column {column} where a number, a name or a bracket is missing", self.at
            )
        if self.text[self.at] != "{":
            self.piece()
            return
        opened, self.at = self.at, self.at + 1
        depth = 0
        while depth or self.text[self.at : self.at + 1] != "}":
            if self.at == len(self.text):
                raise FormulaError("the bracket opened at column {column} is not closed", opened)
            depth += {"{": 1, "}": -1}.get(self.text[self.at], 0)
            self.piece()
        self.at += 1

    def skip(self) -> None:
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1

    def raw(self, start: int) -> str:
        """The text in braces as it is, or the one character that stands there without."""
        self.skip()
        match = re.compile(r"\{([^{}\\]*)\}|[^{}\\]").match(self.text, self.at)
        if match is None:
            self.refuse(self.text[start : self.at + 1], start)
        self.at = match.end()
        return match[1] if match[1] is not None else match[0]

    def base(self, name: str, start: int) -> str:
        """The base of a logarithm."""
        if self.text[self.at : self.at + 1] != "_":
            return ""
        self.at += 1
        base = self.raw(start).strip()
        if name != "log" or base not in ("2", "10"):
            raise FormulaError(
                "the base of the logarithm at column {column} is written so: log(x, {base})", start, base=base
            )
        return base

    def root(self, start: int) -> None:
        self.skip()
        end = self.text.find("]", self.at) if self.text[self.at : self.at + 1] == "[" else -1
        if end < 0:
            self.around(start, " sqrt(", self.group)
            self.write(")", self.at - 1)
            return
        degree, self.at = self.text[self.at + 1 : end], end + 1
        self.around(start, " root(", self.group)
        self.write(f",({degree}))", self.at - 1)

    def series(self, name: str, start: int) -> None:
        """A sum of what follows it, up to the next + or − outside brackets."""
        low = high = ""
        for _ in range(2):
            self.skip()
            sign = self.text[self.at : self.at + 1]
            if sign in ("_", "^") and sign:
                self.at += 1
                low, high = (self.raw(start), high) if sign == "_" else (low, self.raw(start))
        index, equals, first = low.partition("=")
        if not equals or not high:
            raise FormulaError(
                "\\{name} at column {column} needs an index and its ends: \\{name}_{{i=1}}^{{5}}", start, name=name
            )
        self.write(f" {name}(", start)
        depth, begun = 0, len(self.out)
        while self.at < len(self.text):
            sign = self.text[self.at]
            if self.text.startswith("\\\\", self.at) or self.text.startswith("\\end{", self.at):
                break
            if not depth and ((sign in "+-=" and "".join(self.out[begun:]).strip()) or sign in ")]}&,$"):
                break
            before = len(self.out)
            self.piece()
            depth += sum({"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(s, 0) for s in self.out[before:])
            if depth < 0:  # a bracket of what is around it
                del self.out[before:], self.columns[before:]
                self.write(f",{index},{first},{high}))", self.at - 1)
                return
        self.write(f",{index},{first},{high})", self.at - 1)
