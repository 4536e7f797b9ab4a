"""A formula as LaTeX: itself, and its derivatives."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

from gdsim.objectives.formula.formula import read
from gdsim.objectives.formula.functions import BY_SYMBOL, ROWS, row_of
from gdsim.objectives.formula.functions.row import ATOM, POWER, PRODUCT, SUM
from gdsim.objectives.formula.nodes import Node, fold


class _Text(NamedTuple):
    text: str
    holds: int

    def within(self, least: int) -> str:
        return self.text if self.holds >= least else rf"\left({self.text}\right)"


@lru_cache(maxsize=64)
def latex(text: str) -> str:
    """A formula as LaTeX, its parts in the order in which they were typed."""
    return apart(fold(read(text).tree, _part).text)


_GREEK = (
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "eta",
    "theta",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "rho",
    "sigma",
    "tau",
    "phi",
    "chi",
    "psi",
    "omega",
    "zeta",
)


def name_latex(name: str) -> str:
    """A coordinate, constant or parameter; the digits after a letter are set low."""
    if name == "pi" or name in _GREEK:
        return rf"\{name}"
    head, _, low = name.partition("_")
    if not low and head[:1].isalpha():
        letters = head.rstrip("0123456789")
        head, low = letters, head[len(letters) :]
    head = head if len(head) == 1 else rf"\{head}" if head in _GREEK else rf"\mathrm{{{head}}}"
    low = low.replace("_", r"\_")
    return f"{head}_{{{low}}}" if low else head


_WORD_LAST = re.compile(r"\\mathrm\{[^{}]*\}(?:_\{[^{}]*\})?(?:\^\{[^{}]*\})?$")
#: Signs that no factor begins or ends with.
_NO_FACTOR = (
    r"[-+=<>&,]|\\(?:cdot|leq?|geq?|neq?|land|lor|wedge|vee|lnot|bmod|text|quad)(?![a-z])|\\\\|\\[lr]?(?:floor|ceil)"
)
_SIGN, _OPEN = re.compile(rf"{_NO_FACTOR}|\\right"), re.compile(rf"(?:{_NO_FACTOR}|\\begin\{{cases\}})$")


def apart(text: str) -> str:
    """LaTeX with a thin space beside names of several letters where they are factors: velocity x, and not velocityx."""
    pieces = text.split(" ")
    for i, (left, right) in enumerate(itertools.pairwise(pieces[:])):
        if not (_WORD_LAST.search(left) or right.startswith(r"\mathrm{")):
            continue
        if left and right and not (_SIGN.match(right) or _OPEN.search(left)):
            pieces[i] += r"\,"
    return " ".join(pieces)


def _part(node: Node, args: list[_Text]) -> _Text:
    match node.op:
        case "number":
            return _number(node.name)
        case "name":
            return _Text(name_latex(node.name), ATOM)
        case "item":
            return _Text(f"{name_latex(node.name)}_{{{args[0].text}}}", ATOM)
        case "+":
            return _Text(f"{args[0].text} + {_unsigned(args[1])}", SUM)
        case "-":
            return _Text(f"{args[0].text} - {_unsigned(args[1])}", SUM)
        case "neg":
            return _Text(f"-{args[0].within(POWER)}", PRODUCT)
        case "*":
            return _product(node, args)
        case "/":
            return _quotient(node, args)
        case "^" if squared_first(node.args[0].op) and node.args[1].op == "number":
            operator, _, inside = args[0].text.partition(r"\left(")
            return _Text(rf"{operator}^{{{args[1].text}}}\left({inside}", ATOM)
        case "^":
            return _Text(f"{args[0].within(ATOM)}^{{{args[1].text}}}", POWER)
        case "sum" | "prod":
            return _Text(
                rf"\{node.op}_{{{name_latex(node.name)} = {args[1].text}}}^{{{args[2].text}}} "
                f"{_unsigned(args[0])}",
                PRODUCT,
            )
    if node.op in ("and", "or", "not", "mod"):
        args = [
            arg._replace(text=arg.within(ATOM)) if a.op in ("and", "or", "+", "-", "mod") else arg
            for a, arg in zip(node.args, args, strict=True)
        ]
    return _Text(call_latex(node.op, [a.text for a in args]), row_of(node.op).holds)


def _number(digits: str) -> _Text:
    mantissa, _, exponent = digits.lower().partition("e")
    if not exponent:
        return _Text(mantissa, ATOM)
    return _Text(rf"{mantissa} \cdot 10^{{{int(exponent)}}}", PRODUCT)


def _unsigned(part: _Text) -> str:
    return rf"\left({part.text}\right)" if part.text.startswith("-") else part.within(PRODUCT)


def _product(node: Node, args: list[_Text]) -> _Text:
    # a sum sign reaches as far as products do
    left = args[0].within(POWER if node.args[0].op in ("sum", "prod", "mod") else PRODUCT)
    right = args[1].within(POWER) if node.args[1].op == "mod" else _unsigned(args[1])
    # 2·3, and x·2, need their sign
    sign = r" \cdot " if right[0].isdigit() or (node.args[1].op == "/" and left[-1].isdigit()) else " "
    return _Text(f"{left}{sign}{right}", PRODUCT)


def _quotient(node: Node, args: list[_Text]) -> _Text:
    above, sign = args[0].text, ""
    if node.args[0].op == "neg":
        # one sees the sign better before the bar than above it
        above, sign = above.removeprefix("-"), "-"
        if node.args[0].args[0].op in ("+", "-"):
            above = above.removeprefix(r"\left(").removesuffix(r"\right)")
    return _Text(rf"{sign}\frac{{{above}}}{{{args[1].text}}}", PRODUCT)


def call_latex(op: str, args: list[str]) -> str:
    """A function, by its name in the language or in `symbolic`, of arguments in LaTeX."""
    if op == "root" and args[1] == "2":
        op = "sqrt"
    row = row_of(op, len(args))
    text = row.latex or rf"\operatorname{{{row.name}}}"
    if "#" not in text:
        return rf"{text}\left({', '.join(args)}\right)"
    for i, arg in enumerate(args):
        text = text.replace(f"#{i + 1}²", _squared(arg)).replace(f"#{i + 1}", arg)
    return text


def squared_first(op: str) -> bool:
    """Tell whether the power of a function is written before its bracket: sin²(x)."""
    row = ROWS.get(op) or BY_SYMBOL.get(op)
    return row is not None and row.raised_first


def _squared(part: str) -> str:
    return rf"{part}^{{2}}" if len(part) == 1 else rf"\left({part}\right)^{{2}}"
