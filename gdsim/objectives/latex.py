"""A formula as LaTeX: itself, and its derivatives."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gdsim.objectives.formula import read
from gdsim.objectives.nodes import Node, fold
from gdsim.objectives.pretty import ATOM, POWER, PRODUCT, SUM


class _Text(NamedTuple):
    text: str
    holds: int

    def within(self, least: int) -> str:
        return self.text if self.holds >= least else rf"\left({self.text}\right)"


@lru_cache(maxsize=256)
def latex(text: str) -> str:
    """A formula as LaTeX, its parts in the order in which they were typed."""
    return fold(read(text).tree, _part).text


_GREEK = ("alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "rho",
          "sigma", "tau", "phi", "chi", "psi", "omega", "zeta")  # fmt: skip
_OPERATORS = {"log": r"\ln", "log10": r"\log_{10}", "sin": r"\sin", "cos": r"\cos", "tan": r"\tan",
              "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "sinh": r"\sinh", "cosh": r"\cosh",
              "tanh": r"\tanh", "min": r"\min", "max": r"\max", "minimum": r"\min", "maximum": r"\max",
              "sign": r"\operatorname{sgn}", "sigmoid": r"\sigma"}  # fmt: skip

#: A power of these is written before the bracket.
_RAISED_FIRST = ("sin", "cos", "tan", "sinh", "cosh", "tanh", "sech", "sigmoid")


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


def _part(node: Node, args: list[_Text]) -> _Text:
    match node.op:
        case "number":
            return _number(node.name)
        case "name":
            return _Text(name_latex(node.name), ATOM)
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
        case "^" if node.args[0].op in _RAISED_FIRST and node.args[1].op == "number":
            operator, _, inside = args[0].text.partition(r"\left(")
            return _Text(rf"{operator}^{{{args[1].text}}}\left({inside}", ATOM)
        case "^":
            return _Text(f"{args[0].within(ATOM)}^{{{args[1].text}}}", POWER)
    if node.op == "exp":
        return _Text(call_latex(node.op, [a.text for a in args]), POWER)
    return _Text(call_latex(node.op, [a.text for a in args]), ATOM)


def _number(digits: str) -> _Text:
    mantissa, _, exponent = digits.lower().partition("e")
    if not exponent:
        return _Text(mantissa, ATOM)
    return _Text(rf"{mantissa} \cdot 10^{{{int(exponent)}}}", PRODUCT)


def _unsigned(part: _Text) -> str:
    return rf"\left({part.text}\right)" if part.text.startswith("-") else part.within(PRODUCT)


def _product(node: Node, args: list[_Text]) -> _Text:
    left = args[0].within(PRODUCT)
    right = _unsigned(args[1])
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
    inside = ", ".join(args)
    match op:
        case "sqrt":
            return rf"\sqrt{{{inside}}}"
        case "abs" | "absolute":
            return rf"\left|{inside}\right|"
        case "floor":
            return rf"\left\lfloor {inside} \right\rfloor"
        case "exp":
            return f"e^{{{inside}}}"
        case "hypot":
            return rf"\sqrt{{{_squared(args[0])} + {_squared(args[1])}}}"
        case "softplus":
            return rf"\ln\left(1 + e^{{{inside}}}\right)"
        case "ratio":
            return rf"\frac{{{args[0]}}}{{{args[1]}}}"
        case "heaviside":
            return rf"\left[{args[0]} > 0\right]"  # 1 where it holds, and 0 elsewhere
    operator = _OPERATORS.get(op, rf"\operatorname{{{op}}}")
    return rf"{operator}\left({inside}\right)"


def squared_first(op: str) -> bool:
    """Whether the power of a function is written before its bracket: sin²(x)."""
    return op in _RAISED_FIRST


def _squared(part: str) -> str:
    return rf"{part}^{{2}}" if len(part) == 1 else rf"\left({part}\right)^{{2}}"
