"""A formula as a person writes it, on one line: x**2 becomes x²."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gdsim.objectives.formula.formula import read
from gdsim.objectives.formula.functions import CONDITIONS
from gdsim.objectives.formula.functions.row import ATOM, POWER, PRODUCT, SUM
from gdsim.objectives.formula.nodes import CONSTANTS, COORDINATES, Node, fold
from gdsim.objectives.formula.reading.characters import GREEK

_LETTERS = {name: letter for letter, name in GREEK.items()}
_INDEXED = re.compile(rf"([A-Za-z]|{'|'.join(_LETTERS)})([0-9]*)")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Text(NamedTuple):
    text: str
    holds: int
    #: True if a factor may follow without a sign.
    joins: bool = False

    def within(self, least: int) -> str:
        """In brackets if it holds together less than that."""
        return self.text if self.holds >= least else f"({self.text})"


@lru_cache(maxsize=64)
def pretty(text: str) -> str:
    """A formula as a person writes it; read again, it is the same formula."""
    return pretty_tree(read(text).tree)


@lru_cache(maxsize=256)
def shown_name(name: str) -> str:
    """A name as a person writes it: θ for theta, x₁ for x1; words stay as they are."""
    indexed = _INDEXED.fullmatch(name)
    return _LETTERS.get(indexed[1], indexed[1]) + indexed[2].translate(_LOWERED) if indexed else name


def pretty_tree(tree: Node) -> str:
    """A part of a formula as a person writes it."""
    return fold(tree, _part).text


def _part(node: Node, args: list[_Text]) -> _Text:
    match node.op:
        case "number":
            return _Text(node.name, ATOM, True)
        case "name":
            return _Text("π", ATOM, True) if node.name == "pi" else _Text(shown_name(node.name), ATOM)
        case "item":
            index = args[0].text
            return _Text(f"{node.name}_{index}" if index.isalnum() else f"{node.name}_({index})", ATOM)
        case "+":
            return _Text(f"{args[0].text} + {_unsigned(args[1], PRODUCT)}", SUM)
        case "-":
            return _Text(f"{args[0].text} − {_unsigned(args[1], PRODUCT)}", SUM)
        case "neg":
            # its operand stands before all products, as it was read
            return _Text(f"−{args[0].within(POWER)}", PRODUCT, args[0].joins or args[0].holds < POWER)
        case "*":
            return _product(node, args)
        case "/":
            below = _unsigned(args[1], POWER)
            return _Text(f"{args[0].within(PRODUCT)}/{below}", PRODUCT)
        case "^":
            return _power(node, args)
        case "sqrt" if node.args[0].op in ("name", "number"):
            return _Text(f"√{args[0].text}", POWER)
        case "sqrt":
            return _Text(f"√({args[0].text})", POWER)
        case "abs" if "|" not in args[0].text:
            return _Text(f"|{args[0].text}|", ATOM)
        case "and" | "or":
            return _Text(f"{args[0].within(ATOM)} {node.op} {args[1].within(ATOM)}", SUM)
        case "not":
            return _Text(f"not {args[0].within(ATOM)}", SUM)
        case op if op in CONDITIONS:
            return _Text(f"{args[0].text} {op} {args[1].text}", PRODUCT)
        case "sum" | "prod":
            return _Text(f"{node.op}({args[0].text}, {node.name}, {args[1].text}, {args[2].text})", ATOM)
    return _Text(f"{node.op}({', '.join(a.text for a in args)})", ATOM)


def _unsigned(part: _Text, least: int) -> str:
    return f"({part.text})" if part.text.startswith("−") else part.within(least)


def _product(node: Node, args: list[_Text]) -> _Text:
    left, right = args[0].within(PRODUCT), _unsigned(args[1], POWER)
    joins = args[0].joins or left != args[0].text
    # of a quotient's lower part one would not know what belongs to it
    sign = _between(right) if joins and node.args[0].op != "/" else "·"
    return _Text(left + sign + right, PRODUCT, args[1].joins or right != args[1].text)


def _between(right: str) -> str:
    if right[0] in "(√π" or right[0] in GREEK:
        return ""
    name = re.match(r"[A-Za-z][A-Za-z0-9_]*", right)
    # 2·e3 is not 2e3, and 2j is no product in programs
    if name is None or name[0] == "j" or (right[0] in "eE" and len(name[0]) < 3):
        return "·"
    if name[0] in COORDINATES or (len(name[0]) == 1 and name[0] not in CONSTANTS):
        return ""
    return " "


def _power(node: Node, args: list[_Text]) -> _Text:
    base, exponent = args[0].within(ATOM), args[1]
    if node.args[1].op == "number" and exponent.text.isdigit():
        return _Text(base + exponent.text.translate(_RAISED), POWER, True)
    return _Text(f"{base}^{exponent.within(ATOM)}", POWER)
