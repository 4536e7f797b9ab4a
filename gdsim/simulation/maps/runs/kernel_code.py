"""The loop of a kernel, in LLVM's language: runs by the vector, and for each vector many steps in registers.

Most steps end no run. So a block of steps is taken without a look, but for the shortest gradient that is met; only if a
run of the vector may have ended by that, or was far out, it is taken again, looking at each step as a race does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gdsim.simulation.maps.runs.vector_code import BITS, DECLARED, MASK, TYPE, WIDTH, VectorCode, constant

#: So many steps are a block: of few, little is taken again; of many, numbers stay longer in registers.
_BLOCK = 16
#: The square of a length at which a run ends that has ended.
_NEVER = constant(float("-inf"))
#: What may be added to the bits of the size of a number, but of none that is infinite, before the first bit turns.
_ROOM = f"<{', '.join([f'i64 {2**63 - 0x7FF0000000000000}'] * WIDTH)}>"
#: What is met within a block, by its first value: the least square of a gradient's length, what was too far out.
MET = {"low": constant(float("inf")), "far": "zeroinitializer"}
#: Rows after those that are kept and read: how a run ended, and after how many steps.
ENDED = ("status", "ended")
#: How a run ended: not yet, converged, lost.
GOES_ON, CONVERGED, LOST = 0.0, 1.0, 2.0


@dataclass(frozen=True)
class Shape:
    """The arrays that a kernel works on, each of one number a run.

    Attributes
    ----------
    kept
        What changes: x, then the state, then the gradient, by coordinate.
    read
        What differs from run to run and stays.
    fed
        What differs from run to run and from step to step.
    table
        What differs from step to step.
    given
        What is the same throughout: a formula's parameters, a bound of the gradient's length. They are handed in, so
        that the code serves all their values.
    is_total
        Whether the function is a number within some radius, so that it need not be worked out there.
    """

    kept: tuple[str, ...]
    read: tuple[str, ...]
    fed: tuple[str, ...]
    table: tuple[str, ...]
    given: tuple[str, ...]
    is_total: bool


@dataclass(frozen=True)
class Lines:
    """The lines of one step: what the rule does, then the gradient and the value at the new point."""

    rule: tuple[str, ...]
    gradient: tuple[str, ...]
    value: tuple[str, ...]


def module_of(shape: Shape, lines: Lines, d: int) -> str:
    """The text of the module, with one function ``advance``; see `Kernel.advance`."""
    return "\n".join([*DECLARED, *_Loop(shape, lines, d).text()])


class _Loop:
    """The function, as it is put together."""

    def __init__(self, shape: Shape, lines: Lines, d: int) -> None:
        self._shape, self._lines, self._d = shape, lines, d
        self._x, self._left = [f"x_{i}" for i in range(d)], [f"left_{i}" for i in range(d)]
        self._rows = (*shape.kept, *shape.read, *ENDED, *self._left)
        self._count = 0

    def text(self) -> list[str]:
        """All lines of it."""
        pointers = "ptr %rows, ptr %table, ptr %fed, ptr %given"
        numbers = "i64 %n, i64 %stride, i64 %k, i64 %t0, double %most, double %radius"
        shape = self._shape
        quick = self._quick() if shape.is_total else ["br label %again"]
        return [
            f"define zeroext i1 @advance({pointers}, {numbers}) {{",
            "entry:",
            *_splat("most", "%most"),
            # what may be added to the bits of a size within the radius before the first bit turns
            "%radius_b = bitcast double %radius to i64\n%room = sub i64 9223372036854775807, %radius_b",
            *_splat("room", "%room", "i64"),
            *self._given(),
            "br label %runs",
            "runs:\n%i = phi i64 [0, %entry], [%i2, %next]\n%before = phi i1 [false, %entry], [%alive, %next]",
            *self._pointers(),
            "br label %blocks",
            "blocks:\n%s0 = phi i64 [0, %runs], [%s1, %after]",
            f"%s0b = add i64 %s0, {_BLOCK}\n%short = icmp slt i64 %s0b, %k",
            "%s1 = select i1 %short, i64 %s0b, i64 %k",
            f"%l_status = load {TYPE}, ptr %p_status, align 8",
            f"%active = fcmp oeq {TYPE} %l_status, {constant(GOES_ON)}",
            f"%any = {_any_of('%active')}",
            "br i1 %any, label %loaded, label %next",
            "loaded:",
            *[f"%l_{a} = load {TYPE}, ptr %p_{a}, align 8" for a in (*shape.kept, *shape.read)],
            *quick,
            "again:",
            *self._careful(),
            "after:\n%goes = icmp slt i64 %s1, %k\nbr i1 %goes, label %blocks, label %next",
            # a vector that comes from its last block may have ended in it: the next call finds out
            "next:\n%alive = phi i1 [%before, %blocks], [true, %after]",
            f"%i2 = add i64 %i, {WIDTH}\n%others = icmp slt i64 %i2, %n",
            "br i1 %others, label %runs, label %end",
            "end:\nret i1 %alive\n}",
        ]

    def _given(self) -> list[str]:
        """Load once what is the same throughout."""
        lines: list[str] = []
        for k in range(len(self._shape.given)):
            lines += [f"%gp{k} = getelementptr double, ptr %given, i64 {k}", f"%gl{k} = load double, ptr %gp{k}"]
            lines += _splat(f"given{k}", f"%gl{k}")
        return lines

    def _pointers(self) -> list[str]:
        """Point to this vector's part of each row."""
        lines: list[str] = []
        for k, array in enumerate(self._rows):
            lines += [f"%o_{array} = mul i64 %stride, {k}", f"%q_{array} = add i64 %o_{array}, %i"]
            lines.append(f"%p_{array} = getelementptr double, ptr %rows, i64 %q_{array}")
        return lines

    def _quick(self) -> list[str]:
        """Take the block, and go on to the next vector if no run can have ended."""
        kept = self._shape.kept
        inputs, values = self._inputs("a", (*kept, *MET))
        body = self._translated(values, [*self._lines.rule, *self._lines.gradient, self._square("g", "square")])
        self._note_met(body)
        begin = {name: f"%l_{name}" for name in kept} | MET
        loop = self._loop("a", "loaded", begin, body, inputs, ["br label %alast\nalast:"])
        end = self._after(body)
        short = end.emit(f"fcmp ole {TYPE} {body.values['low']}, %most_v")
        out = end.emit(f"icmp slt {BITS} {body.values['far']}, zeroinitializer")
        suspect = end.both(end.emit(f"or {MASK} {short}, {out}"), "%active")
        end.lines += [f"%maybe = {_any_of(suspect)}", "br i1 %maybe, label %again, label %kept\nkept:"]
        for name in kept:
            new = body.values[name]
            _store(end, name, end.chosen("%active", new, f"%l_{name}") if name in self._x else new)
        return [*loop, *end.lines, "br label %after"]

    def _note_met(self, body: VectorCode) -> None:
        """Note the least square of a gradient's length, and whether a coordinate was farther out than the radius."""
        less = body.emit(f"fcmp olt {TYPE} {body.values['square']}, {body.values['low']}")
        body.values["low"] = body.chosen(less, body.values["square"], body.values["low"])
        for name in self._x:
            turned = _turned(body, body.values[name], "%room_v")
            body.values["far"] = body.emit(f"or {BITS} {body.values['far']}, {turned}")

    def _careful(self) -> list[str]:
        """Take the block with a look at every step, and go on to the next vector."""
        kept = self._shape.kept
        inputs, values = self._inputs("b", (*kept, "bound"))
        lines = [*self._lines.rule, *self._lines.gradient, self._square("g", "square"), *self._lines.value]
        body = self._translated(values, lines)
        last = self._note_ends(body, values)
        begin = {name: f"%l_{name}" for name in (*kept, "bound")}
        loop = self._loop("b", "again_", begin, body, inputs, last)
        end = self._after(body)
        going = _going(end, body.values["bound"])
        for name in kept:
            _store(end, name, body.values[name], going if name in self._x else "")
        bound = f"%l_bound = select {MASK} %active, {TYPE} %most_v, {TYPE} {_NEVER}"
        return [bound, "br label %again_", "again_:", *loop, *end.lines, "br label %after"]

    def _note_ends(self, body: VectorCode, before: dict[str, str]) -> list[str]:
        """Tell which runs end with this step, as `EndFinder` has it; few do, so it is stored at once how and where."""
        short = body.emit(f"fcmp ole {TYPE} {body.values['square']}, {body.values['bound']}")
        lost = body.both(self._lost(body), _going(body, body.values["bound"]))
        found = _any_of(body.emit(f"or {MASK} {short}, {lost}"))
        ends = VectorCode(dict(body.values), body.count)
        converged = ends.both(short, self._small(ends, before))
        both = ends.emit(f"or {MASK} {converged}, {lost}")
        _store(ends, "status", constant(CONVERGED), converged)
        _store(ends, "status", constant(LOST), lost)
        _store(ends, "ended", "%bt_v", both)
        for name, left in zip(self._x, self._left, strict=True):
            _store(ends, name, body.values[name], both)
            _store(ends, left, before[name], lost)
        bound = ends.chosen(both, _NEVER, body.values["bound"])
        body.count, body.values["bound"] = ends.count, "%b_bound2"
        return [
            f"%bfound = {found}\nbr i1 %bfound, label %ending, label %blast\nending:",
            *ends.lines,
            f"br label %blast\nblast:\n%b_bound2 = phi {TYPE} [%b_bound, %bsteps], [{bound}, %ending]",
        ]

    def _small(self, body: VectorCode, before: dict[str, str]) -> str:
        """Tell which runs have a short step behind them."""
        for i, name in enumerate(self._x):
            body.values[f"d_{i}"] = body.emit(f"fsub {TYPE} {body.values[name]}, {before[name]}")
        body.add([self._square("d", "length")])
        return body.emit(f"fcmp ole {TYPE} {body.values['length']}, %most_v")

    def _lost(self, body: VectorCode) -> str:
        """Tell of which runs the value or a coordinate is infinite, or no number."""
        turned = [_turned(body, body.values[name], _ROOM) for name in ("f", *self._x)]
        for more in turned[1:]:
            turned[0] = body.emit(f"or {BITS} {turned[0]}, {more}")
        return body.emit(f"icmp slt {BITS} {turned[0]}, zeroinitializer")

    def _inputs(self, loop: str, held: Iterable[str]) -> tuple[list[str], dict[str, str]]:
        """The lines that load what a step is given, and what holds each name."""
        shape, values = self._shape, {name: f"%{loop}_{name}" for name in held}
        values |= {name: f"%given{k}_v" for k, name in enumerate(shape.given)}
        lines = [f"%{loop}tb = mul i64 %{loop}s, {len(shape.table)}"]
        for k, name in enumerate(shape.table):
            lines += [f"%{loop}o{k} = add i64 %{loop}tb, {k}"]
            lines += [f"%{loop}p{k} = getelementptr double, ptr %table, i64 %{loop}o{k}"]
            lines += [f"%{loop}d{k} = load double, ptr %{loop}p{k}", *_splat(f"{loop}n{k}", f"%{loop}d{k}")]
            values[name] = f"%{loop}n{k}_v"
        for k, name in enumerate(shape.fed):
            lines += [f"%{loop}fa{k} = mul i64 %{loop}s, {len(shape.fed)}", f"%{loop}fb{k} = add i64 %{loop}fa{k}, {k}"]
            lines += [f"%{loop}fc{k} = mul i64 %{loop}fb{k}, %stride", f"%{loop}fd{k} = add i64 %{loop}fc{k}, %i"]
            lines += [f"%{loop}fp{k} = getelementptr double, ptr %fed, i64 %{loop}fd{k}"]
            lines.append(f"%{loop}fl{k} = load {TYPE}, ptr %{loop}fp{k}, align 8")
            values |= {f"{name}_{i}": f"%{loop}fl{k}" for i in range(self._d)}
        for name in shape.read:
            # the rule's lines have one of each a coordinate
            values |= {name: f"%l_{name}"} | {f"{name}_{i}": f"%l_{name}" for i in range(self._d)}
        return lines, values

    def _translated(self, values: dict[str, str], lines: list[str]) -> VectorCode:
        body = VectorCode(dict(values), self._count)
        body.add(lines)
        return body

    def _after(self, body: VectorCode) -> VectorCode:
        """Instructions after those of a body, with names of their own."""
        return VectorCode({}, body.count)

    def _loop(
        self,
        loop: str,
        entered: str,
        first: Mapping[str, str],
        body: VectorCode,
        inputs: list[str],
        last: list[str],
    ) -> list[str]:
        """A loop over the steps, which ends with a block of its own; what is held goes on in registers."""
        self._count = body.count + 1000
        phis = [
            f"%{loop}_{n} = phi {BITS if n == 'far' else TYPE} [{begin}, %{entered}], [{body.values[n]}, %{loop}last]"
            for n, begin in first.items()
        ]
        return [
            f"br label %{loop}steps",
            f"{loop}steps:\n%{loop}s = phi i64 [%s0, %{entered}], [%{loop}s2, %{loop}last]",
            *phis,
            f"%{loop}s2 = add i64 %{loop}s, 1",
            f"%{loop}ti = add i64 %t0, %{loop}s2\n%{loop}tf = sitofp i64 %{loop}ti to double",
            *_splat(f"{loop}t", f"%{loop}tf"),
            *inputs,
            *body.lines,
            *last,
            f"%{loop}more = icmp slt i64 %{loop}s2, %s1",
            f"br i1 %{loop}more, label %{loop}steps, label %{loop}done",
            f"{loop}done:",
        ]

    def _square(self, letter: str, name: str) -> str:
        """The line for the square of a length, summed in the order of the coordinates."""
        return f"{name} = {' + '.join(f'{letter}_{i}*{letter}_{i}' for i in range(self._d))}"


def _store(code: VectorCode, row: str, new: str, where: str = "") -> None:
    """Store numbers of all runs, or of those of a mask alone."""
    if where:
        new = code.chosen(where, new, code.emit(f"load {TYPE}, ptr %p_{row}, align 8"))
    code.lines.append(f"store {TYPE} {new}, ptr %p_{row}, align 8")


def _any_of(mask: str) -> str:
    """The instruction that tells whether a mask has any run."""
    return f"call i1 @llvm.vector.reduce.or.v{WIDTH}i1({MASK} {mask})"


def _going(code: VectorCode, bound: str) -> str:
    """Add the mask of runs that have not ended."""
    return code.emit(f"fcmp ogt {TYPE} {bound}, {_NEVER}")


def _turned(code: VectorCode, number: str, room: str) -> str:
    """Add bits whose first one, that of the sign, is set where the size of a number has no such room.

    As whole numbers, the bits of sizes are in their order, those of what is no number after all others: adding the room
    turns the first bit of those that are too large. Any part of a processor that does arithmetic adds whole numbers,
    few compare.
    """
    bits = code.emit(f"bitcast {TYPE} {number} to {BITS}")
    return code.emit(f"xor {BITS} {code.emit(f'add {BITS} {bits}, {room}')}, {bits}")


def _splat(name: str, scalar: str, of: str = "double") -> list[str]:
    """The same number for every run of a vector, as ``%name_v``."""
    many = f"<{WIDTH} x {of}>"
    return [
        f"%{name}_i = insertelement {many} poison, {of} {scalar}, i32 0",
        f"%{name}_v = shufflevector {many} %{name}_i, {many} poison, <{WIDTH} x i32> zeroinitializer",
    ]
