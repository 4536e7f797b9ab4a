"""Lines of plain arithmetic, as they are printed for floats, as instructions for vectors of runs.

The lines are those that a race on floats goes by. Their operations are kept as they stand and in their order, no two of
them are put together, and nothing is rounded otherwise: the numbers are those of the race to the last bit.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterable

#: Runs in a vector: several of a processor's own, so that it need not wait for one result before the next.
WIDTH = 16
TYPE = f"<{WIDTH} x double>"
BITS = f"<{WIDTH} x i64>"
MASK = f"<{WIDTH} x i1>"
_OPERATIONS = {ast.Add: "fadd", ast.Sub: "fsub", ast.Mult: "fmul", ast.Div: "fdiv"}
#: Comparisons as Python's floats have them: none holds of nan.
_COMPARISONS = {ast.Gt: "ogt", ast.GtE: "oge", ast.Lt: "olt", ast.LtE: "ole", ast.Eq: "oeq"}
#: Functions that round correctly, or not at all.
_CALLS = {"root": "sqrt", "abs": "fabs"}
DECLARED = [
    *(f"declare {TYPE} @llvm.{name}.v{WIDTH}f64({TYPE})" for name in _CALLS.values()),
    f"declare i1 @llvm.vector.reduce.or.v{WIDTH}i1({MASK})",
]


class UntranslatableError(Exception):
    """Lines that call what has no instruction: a sine, a person's own function."""


class VectorCode:
    """The instructions of some lines, in LLVM's language.

    Attributes
    ----------
    lines
        The instructions so far.
    values
        The register, or the constant, that holds each name.
    count
        The number of the last register.
    """

    def __init__(self, values: dict[str, str], first: int = 0) -> None:
        self.lines: list[str] = []
        self.values = values
        self._masks: set[str] = set()
        self.count = first

    def add(self, lines: Iterable[str]) -> None:
        """Translate assignments, or raise `UntranslatableError`."""
        for statement in ast.parse("\n".join(lines)).body:
            if not isinstance(statement, ast.Assign):
                raise UntranslatableError
            (target,) = statement.targets
            if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
                # all are worked out before any is set
                found = [self.number(value) for value in statement.value.elts]
                names = [name.id for name in target.elts if isinstance(name, ast.Name)]
                self.values.update(zip(names, found, strict=True))
            elif isinstance(target, ast.Name):
                self.values[target.id] = self._expression(statement.value)
            else:
                raise UntranslatableError

    def emit(self, text: str) -> str:
        """Add an instruction; the register that holds its result."""
        self.count += 1
        self.lines.append(f"%t{self.count} = {text}")
        return f"%t{self.count}"

    def number(self, node: ast.expr) -> str:
        """The register of an expression; of a comparison, 1 where it holds and else 0."""
        found = self._expression(node)
        if found in self._masks:
            return self.emit(f"select {MASK} {found}, {TYPE} {constant(1.0)}, {TYPE} {constant(0.0)}")
        return found

    def _expression(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name) if name in self.values:
                return self.values[name]
            case ast.Constant(value=float() | int() as value):
                return constant(float(value))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.emit(f"fneg {TYPE} {self.number(operand)}")
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
                return self.emit(f"{_OPERATIONS[type(op)]} {TYPE} {self.number(left)}, {self.number(right)}")
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
                return self._mask(_COMPARISONS[type(op)], self.number(left), self.number(right))
            case ast.IfExp(test=test, body=yes, orelse=no):
                return self.chosen(self._condition(test), self.number(yes), self.number(no))
            case ast.Call(func=ast.Name(id=name), args=[argument]) if name in _CALLS:
                return self.emit(f"call {TYPE} @llvm.{_CALLS[name]}.v{WIDTH}f64({TYPE} {self.number(argument)})")
            case ast.Call(func=ast.Name(id="larger"), args=[a, b]):
                return self._larger(self.number(a), self.number(b))
        raise UntranslatableError

    def _mask(self, comparison: str, left: str, right: str) -> str:
        mask = self.emit(f"fcmp {comparison} {TYPE} {left}, {right}")
        self._masks.add(mask)
        return mask

    def _condition(self, node: ast.expr) -> str:
        found = self._expression(node)
        # a comparison that was kept as a number
        return found if found in self._masks else self._mask("une", found, constant(0.0))

    def chosen(self, mask: str, yes: str, no: str) -> str:
        """Add a choice of one of two registers for each run."""
        return self.emit(f"select {MASK} {mask}, {TYPE} {yes}, {TYPE} {no}")

    def both(self, a: str, b: str) -> str:
        """Add the mask of the runs that two masks have."""
        return self.emit(f"and {MASK} {a}, {b}")

    def _larger(self, a: str, b: str) -> str:
        """As `elementwise.larger`: a if it is larger or no number, else b."""
        mask = self.emit(f"or {MASK} {self._mask('ogt', a, b)}, {self._mask('uno', a, a)}")
        return self.chosen(mask, a, b)


def constant(value: float) -> str:
    """The same number for every run."""
    bits = struct.pack(">d", value).hex().upper()
    return f"<{', '.join([f'double 0x{bits}'] * WIDTH)}>"
