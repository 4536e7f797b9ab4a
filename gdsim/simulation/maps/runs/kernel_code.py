"""The loop of a kernel, in LLVM's language: runs by the vector, and for each vector many steps in registers.

Most steps end no run. So a block of steps is taken without a look, but for the shortest gradient that is met; only if a
run of the vector may have ended by that, or was far out, it is taken again, looking at each step as a race does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gdsim.simulation.maps.runs.vector_code import DECLARED, MASK, TYPE, WIDTH, VectorCode, constant

#: So many steps are a block: of few, little is taken again; of many, numbers stay longer in registers.
_BLOCK = 32
_INFINITE, _NEGATIVE = constant(float("inf")), constant(float("-inf"))
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
        self._left = [f"left_{i}" for i in range(d)]
        self._rows = (*shape.kept, *shape.read, *ENDED, *self._left)
        self._count = 0

    def text(self) -> list[str]:
        """All lines of it."""
        pointers = "ptr %rows, ptr %table, ptr %fed, ptr %given"
        numbers = "i64 %n, i64 %stride, i64 %k, i64 %t0, double %most, double %radius"
        quick = self._quick() if self._shape.is_total else ["br label %again"]
        return [
            f"define void @advance({pointers}, {numbers}) {{",
            "entry:",
            *_splat("most", "%most"),
            *_splat("radius", "%radius"),
            *self._given(),
            "br label %runs",
            "runs:\n%i = phi i64 [0, %entry], [%i2, %next]",
            *self._pointers(),
            "br label %blocks",
            "blocks:\n%s0 = phi i64 [0, %runs], [%s1, %after]",
            f"%s0b = add i64 %s0, {_BLOCK}\n%short = icmp slt i64 %s0b, %k",
            "%s1 = select i1 %short, i64 %s0b, i64 %k",
            f"%l_status = load {TYPE}, ptr %p_status, align 8",
            f"%active = fcmp oeq {TYPE} %l_status, {constant(GOES_ON)}",
            f"%any = call i1 @llvm.vector.reduce.or.v{WIDTH}i1({MASK} %active)",
            "br i1 %any, label %loaded, label %next",
            "loaded:",
            *[f"%l_{a} = load {TYPE}, ptr %p_{a}, align 8" for a in self._rows if a != "status"],
            *quick,
            "again:",
            *self._careful(),
            "after:\n%goes = icmp slt i64 %s1, %k\nbr i1 %goes, label %blocks, label %next",
            "next:",
            f"%i2 = add i64 %i, {WIDTH}\n%others = icmp slt i64 %i2, %n",
            "br i1 %others, label %runs, label %end",
            "end:\nret void\n}",
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
        kept, held = self._shape.kept, (*self._shape.kept, "low")
        inputs, values = self._inputs("a", held)
        body = self._translated(values, [*self._lines.rule, *self._lines.gradient, self._square("g", "square")])
        less = body.emit(f"fcmp olt {TYPE} {body.values['square']}, {values['low']}")
        least = body.emit(f"select {MASK} {less}, {TYPE} {body.values['square']}, {TYPE} {values['low']}")
        # shorter than all: a run that was far out is looked at, even if it comes back within the block
        body.values["low"] = body.emit(f"select {MASK} {self._far(body)}, {TYPE} {_NEGATIVE}, {TYPE} {least}")
        loop = self._loop("a", "loaded", held, {"low": _INFINITE}, body, inputs)
        end = self._after(body)
        x = [body.values[name] for name in kept[: self._d]]
        mask = end.emit(f"fcmp ole {TYPE} {body.values['low']}, %most_v")
        mask = end.emit(f"and {MASK} {mask}, %active")
        end.lines.append(f"%maybe = call i1 @llvm.vector.reduce.or.v{WIDTH}i1({MASK} {mask})")
        stay = [f"%e_{k} = select {MASK} %active, {TYPE} {each}, {TYPE} %l_{kept[k]}" for k, each in enumerate(x)]
        stores = [
            f"store {TYPE} {f'%e_{k}' if k < self._d else body.values[name]}, ptr %p_{name}, align 8"
            for k, name in enumerate(kept)
        ]
        return [
            *loop,
            *end.lines,
            "br i1 %maybe, label %again, label %kept",
            "kept:",
            *stay,
            *stores,
            "br label %after",
        ]

    def _far(self, body: VectorCode) -> str:
        """Tell whether runs may be outside the radius: the sum of the sizes of their coordinates is."""
        sizes = [
            body.emit(f"call {TYPE} @llvm.fabs.v{WIDTH}f64({TYPE} {body.values[f'x_{i}']})") for i in range(self._d)
        ]
        total = sizes[0]
        for size in sizes[1:]:
            total = body.emit(f"fadd {TYPE} {total}, {size}")
        # what is no number is not within it, either
        return body.emit(f"fcmp ugt {TYPE} {total}, %radius_v")

    def _careful(self) -> list[str]:
        """Take the block with a look at every step, and go on to the next vector."""
        kept, names = self._shape.kept, (*ENDED, *self._left)
        held = (*kept, *names)
        inputs, values = self._inputs("b", held)
        before = {name: values[name] for name in held}
        lines = [*self._lines.rule, *self._lines.gradient, self._square("g", "square"), *self._lines.value]
        body = self._translated(values, lines)
        self._note_ends(body, before)
        loop = self._loop("b", "again_", held, {}, body, inputs)
        stores = [f"store {TYPE} {body.values[name]}, ptr %p_{name}, align 8" for name in held]
        return ["br label %again_", "again_:", *loop, *stores, "br label %after"]

    def _note_ends(self, body: VectorCode, before: dict[str, str]) -> None:
        """Tell which runs end with this step, as `EndFinder` has it; what has ended stays where it is."""
        x = [f"x_{i}" for i in range(self._d)]
        new = dict(body.values)
        body.values |= {f"d_{i}": body.emit(f"fsub {TYPE} {new[name]}, {before[name]}") for i, name in enumerate(x)}
        body.add([self._square("d", "length")])
        going = body.emit(f"fcmp oeq {TYPE} {before['status']}, {constant(GOES_ON)}")
        lost = ""
        for name in ("f", *x):
            size = body.emit(f"call {TYPE} @llvm.fabs.v{WIDTH}f64({TYPE} {new[name]})")
            infinite = body.emit(f"fcmp uge {TYPE} {size}, {_INFINITE}")
            lost = body.emit(f"or {MASK} {lost}, {infinite}") if lost else infinite
        lost = body.emit(f"and {MASK} {lost}, {going}")
        short = body.emit(f"fcmp ole {TYPE} {new['square']}, %most_v")
        small = body.emit(f"fcmp ole {TYPE} {body.values['length']}, %most_v")
        converged = body.emit(f"and {MASK} {body.emit(f'and {MASK} {short}, {small}')}, {going}")
        ends = body.emit(f"or {MASK} {lost}, {converged}")

        def chosen(mask: str, yes: str, no: str) -> str:
            return body.emit(f"select {MASK} {mask}, {TYPE} {yes}, {TYPE} {no}")

        status = chosen(converged, constant(CONVERGED), before["status"])
        body.values["status"] = chosen(lost, constant(LOST), status)
        body.values["ended"] = chosen(ends, "%bt_v", before["ended"])
        for i, name in enumerate(x):
            body.values[f"left_{i}"] = chosen(lost, before[name], before[f"left_{i}"])
            body.values[name] = chosen(going, new[name], before[name])

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
        held: Iterable[str],
        first: dict[str, str],
        body: VectorCode,
        inputs: list[str],
    ) -> list[str]:
        """A loop over the steps; what is held goes from one to the next in registers."""
        self._count = body.count + 1000
        begin = {name: first.get(name, f"%l_{name}") for name in held}
        phis = [f"%{loop}_{n} = phi {TYPE} [{begin[n]}, %{entered}], [{body.values[n]}, %{loop}steps]" for n in held]
        return [
            f"br label %{loop}steps",
            f"{loop}steps:\n%{loop}s = phi i64 [%s0, %{entered}], [%{loop}s2, %{loop}steps]",
            *phis,
            f"%{loop}s2 = add i64 %{loop}s, 1",
            f"%{loop}ti = add i64 %t0, %{loop}s2\n%{loop}tf = sitofp i64 %{loop}ti to double",
            *_splat(f"{loop}t", f"%{loop}tf"),
            *inputs,
            *body.lines,
            f"%{loop}more = icmp slt i64 %{loop}s2, %s1",
            f"br i1 %{loop}more, label %{loop}steps, label %{loop}done",
            f"{loop}done:",
        ]

    def _square(self, letter: str, name: str) -> str:
        """The line for the square of a length, summed in the order of the coordinates."""
        return f"{name} = {' + '.join(f'{letter}_{i}*{letter}_{i}' for i in range(self._d))}"


def _splat(name: str, scalar: str) -> list[str]:
    """The same number for every run of a vector, as ``%name_v``."""
    return [
        f"%{name}_i = insertelement {TYPE} poison, double {scalar}, i32 0",
        f"%{name}_v = shufflevector {TYPE} %{name}_i, {TYPE} poison, <{WIDTH} x i32> zeroinitializer",
    ]
