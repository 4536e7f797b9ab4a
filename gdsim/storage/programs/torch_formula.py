"""A formula as a function of tensors, in torch's own words."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from gdsim.objectives.formula.formula import CONSTANTS, Node, fold, read
from gdsim.objectives.formula.functions import CONDITIONS, ROWS, row_of
from gdsim.objectives.formula.nodes import constant

_TORCH_WHERE = '''
def where(condition, one, other, *point):
    """One or the other of two functions, each worked out and differentiated only where it is taken."""
    point = torch.broadcast_tensors(*point)
    condition = torch.broadcast_to(condition, point[0].shape)
    result = torch.empty_like(point[0])
    for taken, part in ((condition, one), (~condition, other)):
        result[taken] = part(*(x[taken] for x in point))
    return result

'''
_TORCH_TENSOR = '''
def tensor(value):
    """A number as torch's functions take it."""
    return torch.as_tensor(value, dtype=torch.float64)

'''
#: What stands before a formula that calls it: where torch has no word, or another derivative at the corner.
_HELPERS = {
    **{row.name: row.torch_helper for row in ROWS.values() if row.torch_helper},
    "where": _TORCH_WHERE,
    # last: the others use it
    "tensor": _TORCH_TENSOR,
}
#: Of tensors; Python's own words are for numbers.
_LOGIC = {"and": "&", "or": "|", "not": "~"}


class _Part(NamedTuple):
    text: str
    #: How tightly it holds together: 0 a sum, 1 a product or a sign, 2 a power, 3 anything else.
    holds: int = 3
    #: What it comes to if it is a number, and not a tensor.
    value: float | None = None

    def within(self, least: int) -> str:
        return self.text if self.holds >= least else f"({self.text})"

    @property
    def tensor(self) -> str:
        """As an argument of a function that takes tensors only."""
        return self.text if self.value is None else f"tensor({self.text})"


def torch_function(text: str, names: tuple[str, ...], parameters: Mapping[str, float]) -> str:
    """The Python text of a function ``f`` of the coordinates, with what it needs before it."""
    formula = fold(read(text).plain, lambda node, args: _part(node, args, names, parameters)).text
    helpers = ""
    for name, helper in _HELPERS.items():
        if re.search(rf"(?<![\w.]){name}\(", formula + helpers):
            helpers = helper + helpers
    return (
        f'{helpers}\ndef f({", ".join(map(_python, names))}):\n    """What is minimised."""\n    return {formula}\n\n'
    )


def _part(node: Node, args: list[_Part], names: tuple[str, ...], parameters: Mapping[str, float]) -> _Part:
    if node.op == "name":
        return _name(node.name, names, parameters)
    value = constant(node, [a.value for a in args])
    if value is not None and math.isnan(value):
        # where floats raise, tensors give inf or nan
        args, value = [_Part(a.tensor) for a in args], None
    match node.op:
        case "number":
            return _Part(_literal(node), 3, value)
        case "+" | "-":
            return _Part(f"{args[0].text} {node.op} {args[1].within(1)}", 0, value)
        case "*" | "/":
            return _Part(f"{args[0].within(1)} {node.op} {args[1].within(2)}", 1, value)
        case "neg":
            return _Part(f"-{args[0].within(2)}", 1, value)
        case "^" if value is not None:
            return _Part(f"math.pow({args[0].text}, {args[1].text})", 3, value)
        case "^":
            return _Part(f"{args[0].within(3)} ** {args[1].within(2)}", 2)
    if node.op == "where":
        return _choice(args, names)
    return _Part(_call(node.op, args) if value is None else _of_numbers(node.op, args), 3, value)


def _choice(args: list[_Part], names: tuple[str, ...]) -> _Part:
    """Choice between two parts, by a condition."""
    condition, one, other = args
    if condition.value is not None:
        return one if condition.value else other
    point = ", ".join(map(_python, names))
    return _Part(f"where({condition.text}, lambda {point}: {one.text}, lambda {point}: {other.text}, {point})")


def _name(name: str, names: tuple[str, ...], parameters: Mapping[str, float]) -> _Part:
    if name in names:
        return _Part(_python(name))
    if name in CONSTANTS:
        return _Part(f"math.{name}", 3, CONSTANTS[name])
    value = parameters[name]
    return _Part(repr(value), 3 if value >= 0 else 1, value)


def _python(name: str) -> str:
    """A coordinate as a name of Python: lambda is none."""
    return f"{name}_" if keyword.iskeyword(name) else name


def _literal(node: Node) -> str:
    """A number as Python reads it: 007 is none there, and tensors take no whole numbers of any length."""
    return node.name if re.fullmatch(r"0|[1-9][0-9]{0,14}|[0-9]+\.[0-9]+", node.name) else repr(node.value)


def _of_numbers(op: str, args: list[_Part]) -> str:
    """A call of a function where no argument is a tensor."""
    texts = ", ".join(a.text for a in args)
    if op in CONDITIONS:
        return f"(not {args[0].text})" if op == "not" else f"({args[0].within(1)} {op} {args[1].within(1)})"
    if name := ROWS[op].in_python:
        return f"{name}({texts})"
    return f"{_call(op, [a._replace(text=a.tensor, value=None) for a in args])}.item()"


def _call(op: str, args: list[_Part]) -> str:
    """A call of a function of tensors."""
    if op in ("min", "max"):
        result = args[0].tensor
        for other in args[1:]:
            result = f"torch.{op}imum({result}, {other.tensor})"
        return result
    if op == "not":
        return f"~{args[0].text}"
    if op in CONDITIONS:
        return f"({args[0].within(1)} {_LOGIC.get(op, op)} {args[1].within(1)})"
    text = row_of(op, len(args)).torch or f"torch.{op}({', '.join(f'#{i + 1}' for i in range(len(args)))})"
    for i, arg in enumerate(args):
        text = text.replace(f"#{i + 1}", arg.within(2) if f"#{i + 1} /" in text else arg.tensor)
    return text
