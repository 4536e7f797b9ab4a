"""Count of the parts in the derivatives of a formula, found out without SymPy.

SymPy cannot be interrupted, and a product of a hundred factors has a million parts in its second derivatives. So they
are counted first, on bare numbers: differentiated like the real ones, with every derivative of a function standing for
itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gdsim.objectives.formula.functions import CONDITIONS, ROWS
from gdsim.objectives.formula.nodes import FUNCTIONS, FormulaError, Node, constant, fold
from gdsim.objectives.formula.slopes import slopes_of

#: So many parts can be worked out in about a second.
MOST_COUNTED = 16_000
#: SymPy's numbers are exact: this many bits may all of them together come to.
MOST_BITS = 60_000
_NOTHING, _ONE = 0, 1


@lru_cache(maxsize=4096)
def _is_flat(op: str) -> bool:
    """Tell whether a function, or the slope of one ("abs'0"), is constant but for its jumps: it has no derivative."""
    if op in CONDITIONS or op == "heaviside":
        return True
    name, _, place = op.partition("'")
    if name not in ROWS:
        return False
    slopes = slopes_of(ROWS[name])
    if not place:
        return not slopes and name != "where"
    return place.isdigit() and int(place) < len(slopes) and _is_flat(slopes[int(place)].tree.op)


class _TooMany(Exception):  # noqa: N818
    pass


class Counter:
    """Parts by number: the operation of each, the numbers of its arguments, and the coordinates in it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = frozenset(names)
        self.parts: list[tuple[str, tuple[int, ...]]] = [("", ()), ("1", ())]
        self.uses: list[frozenset[str]] = [frozenset(), frozenset()]
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
        # known ones, too: SymPy spends time on a part each time it is made
        self.count += len(args)
        if self.count > MOST_COUNTED:
            raise _TooMany
        part = (op, tuple(args))
        number = self.known.setdefault(part, len(self.parts))
        if number == len(self.parts):
            self.parts.append(part)
            own = self.names & {op}
            self.uses.append(own.union(*(self.uses[a] for a in args)) if not _is_flat(op) else own)
        return number

    def slope(self, number: int, by: str, known: dict[int, int]) -> int:
        """The derivative of a part by a coordinate."""
        if by not in self.uses[number]:
            return _NOTHING
        if number not in known:
            known[number] = self._slope(number, by, known)
        return known[number]

    def _slope(self, number: int, by: str, known: dict[int, int]) -> int:
        op, args = self.parts[number]
        if op == by:
            return _ONE
        changing = [(i, s) for i, a in enumerate(args) if (s := self.slope(a, by, known))]
        if op == "+":
            return self.sum([s for _, s in changing])
        if op == "*":
            return self.sum([self._product([*args[:i], *args[i + 1 :], s]) for i, s in changing])
        if op == "where":
            return self.make(op, [args[0], *(self.slope(a, by, known) for a in args[1:])])
        if op in ("min", "max"):
            self.make("+", args)  # which of the two is smaller
        return self.sum([self._product([self.make(f"{op}'{i}", args), s]) for i, s in changing])

    def sum(self, args: list[int]) -> int:
        """The number of a sum."""
        return args[0] if len(args) == 1 else self.make("+", args) if args else _NOTHING

    def _product(self, args: list[int]) -> int:
        args = [a for a in args if a != _ONE]
        return args[0] if len(args) == 1 else self.make("*", args) if args else _ONE


#: A part by number, or the terms of a sum, which is put together once and not term by term; its value if constant.
_Counted = tuple[int | list[int], float | None]


def count_parts(tree: Node, names: Sequence[str], twice: bool = True) -> int:
    """About how many parts the value and the gradient of a formula have together; if `twice`, and its Hessian."""
    counter = Counter(names)

    def whole(part: int | list[int]) -> int:
        return part if isinstance(part, int) else counter.sum(part)

    def convert(node: Node, args: list[_Counted]) -> _Counted:
        value = constant(node, [v for _, v in args])
        if value is not None:
            return counter.make(repr(value), ()), value
        if node.op in ("+", "-"):
            first = args[0][0]
            return [*(first if isinstance(first, list) else [first]), whole(args[1][0])], None
        numbers = [whole(n) for n, _ in args]
        if node.op == "name":
            return counter.make(node.name, ()), None
        if node.op in ("min", "max"):
            while len(numbers) > 1:
                pairs = (numbers[i : i + 2] for i in range(0, len(numbers), 2))
                numbers = [counter.make(node.op, pair) if len(pair) == 2 else pair[0] for pair in pairs]
            return numbers[0], None
        if node.op == "/":
            return counter.make("*", [numbers[0], counter.make("^", numbers[1:])]), None
        if node.op == "^" and args[1][1] is not None:
            return counter.make("^", numbers[:1]), None
        return counter.make(node.op, numbers), None

    top = whole(fold(tree, convert)[0])
    slopes = []
    for i, by in enumerate(names):
        known: dict[int, int] = {}
        slopes.append(counter.slope(top, by, known))
        for first in slopes[: i + 1] if twice else ():
            counter.slope(first, by, known)
    return counter.count


def _bits(node: Node, args: list[tuple[float, float | None]]) -> tuple[float, float | None]:
    """The bits of the numbers in a node when they are multiplied out, and its value if it is constant."""
    value = constant(node, [v for _, v in args])
    bits = sum(b for b, _ in args)
    if node.op == "number":
        mantissa, _, exponent = node.name.lower().partition("e")
        # a decimal digit holds log2(10) bits, about 3.32
        bits = 3.4 * (len(mantissa) + abs(int(exponent or 0)))
    elif node.op == "^":
        bits = args[0][0] * abs(args[1][1] or 0)
    elif node.op in FUNCTIONS:
        # nothing outside a function is multiplied with the numbers in it
        bits = 0
    if bits > MOST_BITS:
        raise FormulaError("the numbers at column {column} are too long", node.start)
    return bits, value


def check_size(tree: Node, names: Sequence[str]) -> bool:
    """Tell whether second derivatives are short enough, too; raise `FormulaError` if the first ones are not.

    Those of one or two coordinates always are: in many, they are as many as the pairs of coordinates.
    """
    fold(tree, _bits)
    try:
        count_parts(tree, names)
    except _TooMany:
        if len(names) > 2 and not _is_too_long(tree, names):
            return False
        raise FormulaError(
            "the formula is too long: its derivatives have more than {most:,} parts", most=MOST_COUNTED
        ) from None
    return True


def _is_too_long(tree: Node, names: Sequence[str]) -> bool:
    try:
        count_parts(tree, names, twice=False)
    except _TooMany:
        return True
    return False
