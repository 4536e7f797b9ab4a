"""How many parts the derivatives of a formula have, found out without SymPy.

SymPy cannot be interrupted, and a product of a hundred factors has a million parts in its second derivatives. So they
are counted first, on bare numbers: differentiated like the real ones, with every derivative of a function standing for
itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from gdsim.objectives.nodes import COORDINATES, FUNCTIONS, FormulaError, Node, constant, fold

#: What can be worked out in about a quarter of a second.
MOST_COUNTED = 4000
#: SymPy's numbers are exact: this many bits may all of them together come to.
MOST_BITS = 10_000
_NOTHING, _ONE = 0, 1
#: What is constant but for its jumps, and so has no derivative.
_FLAT = ("sign", "floor", "abs'0", "relu'0", *(f"{name}'{i}" for name in ("min", "max") for i in (0, 1)))


class _TooMany(Exception):  # noqa: N818
    pass


class Counter:
    """Parts by number: the operation of each, and the numbers of its arguments."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, tuple[int, ...]]] = [("", ()), ("1", ())]
        self.known = {part: i for i, part in enumerate(self.parts)}
        self.count = 0

    def make(self, op: str, args: Sequence[int]) -> int:
        """The number of a part; sums in sums and products in products are one."""
        if op in "+*":
            flat: list[int] = []
            for a in args:
                inner = self.parts[a]
                flat.extend(inner[1] if inner[0] == op else (a,))
            args = flat
        self.count += len(args)
        if self.count > MOST_COUNTED:
            raise _TooMany
        part = (op, tuple(args))
        number = self.known.setdefault(part, len(self.parts))
        if number == len(self.parts):
            self.parts.append(part)
        return number

    def slope(self, number: int, by: str, known: dict[int, int]) -> int:
        """The derivative of a part by a coordinate."""
        if number in known:
            return known[number]
        op, args = self.parts[number]
        slopes = [self.slope(a, by, known) for a in args]
        changing = [(i, s) for i, s in enumerate(slopes) if s and op not in _FLAT]
        if not changing:
            known[number] = _ONE if op == by else _NOTHING
        elif op == "+":
            known[number] = self._sum([s for _, s in changing])
        elif op == "*":
            if op in ("min", "max"):
                self.make("+", args)  # which of the two is smaller
            known[number] = self._sum([self._product([*args[:i], *args[i + 1 :], s]) for i, s in changing])
        else:
            if op in ("min", "max"):
                self.make("+", args)  # which of the two is smaller
            known[number] = self._sum([self._product([self.make(f"{op}'{i}", args), s]) for i, s in changing])
        return known[number]

    def _sum(self, args: list[int]) -> int:
        return args[0] if len(args) == 1 else self.make("+", args)

    def _product(self, args: list[int]) -> int:
        args = [a for a in args if a != _ONE]
        return args[0] if len(args) == 1 else self.make("*", args) if args else _ONE


def count_parts(tree: Node, names: Sequence[str] = COORDINATES) -> int:
    """About how many parts the value, the gradient and the Hessian of a formula have together."""
    counter = Counter()

    def convert(node: Node, args: list[tuple[int, float | None]]) -> tuple[int, float | None]:
        value = constant(node, [v for _, v in args])
        if value is not None:
            return counter.make(repr(value), ()), value
        numbers = [n for n, _ in args]
        if node.op == "name":
            return counter.make(node.name, ()), None
        if node.op in ("min", "max"):
            while len(numbers) > 1:
                pairs = (numbers[i : i + 2] for i in range(0, len(numbers), 2))
                numbers = [counter.make(node.op, pair) if len(pair) == 2 else pair[0] for pair in pairs]
            return numbers[0], None
        if node.op in ("+", "-"):
            # a long sum is put together once and not term by term
            counter.count -= len(counter.parts[numbers[0]][1]) if counter.parts[numbers[0]][0] == "+" else 0
            return counter.make("+", numbers), None
        if node.op == "/":
            return counter.make("*", [numbers[0], counter.make("^", numbers[1:])]), None
        if node.op == "^" and args[1][1] is not None:
            return counter.make("^", numbers[:1]), None
        return counter.make(node.op, numbers), None

    top, _ = fold(tree, convert)
    slopes = []
    for i, by in enumerate(names):
        known: dict[int, int] = {}
        slopes.append(counter.slope(top, by, known))
        for first in slopes[: i + 1]:
            counter.slope(first, by, known)
    return counter.count


def _bits(node: Node, args: list[tuple[float, float | None]]) -> tuple[float, float | None]:
    """How many bits the numbers of a node come to when they are multiplied out, and its value if it is constant."""
    value = constant(node, [v for _, v in args])
    bits = sum(b for b, _ in args)
    if node.op == "number":
        mantissa, _, exponent = node.name.lower().partition("e")
        bits = 3.4 * (len(mantissa) + abs(int(exponent or 0)))
    elif node.op == "^":
        bits = args[0][0] * abs(args[1][1] or 0)
    elif node.op in FUNCTIONS:
        bits = 0
    if bits > MOST_BITS:
        raise FormulaError("the numbers at column {column} are too long", node.start)
    return bits, value


def check_size(tree: Node, names: Sequence[str]) -> None:
    """Raise `FormulaError` if the derivatives would take too long to work out."""
    fold(tree, _bits)
    try:
        count_parts(tree, names)
    except _TooMany:
        raise FormulaError("the formula is too long: its derivatives have more than {most:,} parts",
                           most=MOST_COUNTED) from None  # fmt: skip
