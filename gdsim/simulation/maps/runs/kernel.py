"""Machine code for the steps of a map: one function and one rule, in a single loop over steps and runs.

The code is made by LLVM, through llvmlite, which is an optional part (``gdsim[native]``). Without it, or where a
function needs more than arithmetic, maps are worked out by numpy: the same numbers, more slowly.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from gdsim.objectives.base import Array
from gdsim.optimizers.compiled.float_loop import gradient_lines
from gdsim.simulation.maps.runs.kernel_code import Lines, Shape, module_of
from gdsim.simulation.maps.runs.vector_code import WIDTH, UntranslatableError


class Kernel:
    """The compiled loop.

    Parameters
    ----------
    shape, lines
        Its arrays, and what is done with them.
    dimension
        The number of coordinates.
    """

    def __init__(self, shape: Shape, lines: Lines, dimension: int) -> None:
        self._engine, address = _compiled(module_of(shape, lines, dimension))
        kinds = [ctypes.c_void_p] * 4 + [ctypes.c_int64] * 4 + [ctypes.c_double] * 2
        self._advance = ctypes.CFUNCTYPE(ctypes.c_bool, *kinds)(address)

    def advance(
        self, rows: Array, table: Array, fed: Array | None, given: Array, t: int, most: float, radius: float
    ) -> bool:
        """Take a step for each row of `table` ``(steps, …)`` with all runs that have not ended.

        Parameters
        ----------
        rows
            ``(arrays, runs)``: `kept`, `read`, then as `ENDED` and d more say how each run ended and, of one that was
            lost, where it was before; runs a multiple of `WIDTH`.
        fed
            ``(steps, powers, runs)``.
        given
            What is the same throughout.
        t
            The steps taken before.
        most
            The largest square of the length of a step and of a gradient at which a run has converged.
        radius
            The function is a number where no coordinate is farther from 0.

        Returns
        -------
        bool
            Whether any run may go on: none does if all had ended before the last few steps.
        """
        assert rows.flags.c_contiguous
        assert table.flags.c_contiguous
        assert rows.shape[1] % WIDTH == 0
        assert given.flags.c_contiguous
        places = [rows, table, table if fed is None else fed, given]
        runs = rows.shape[1]
        goes_on: bool = self._advance(*[each.ctypes.data for each in places], runs, runs, len(table), t, most, radius)
        return goes_on


def kernel_for(
    shape: Shape,
    lines: tuple[str, ...],
    gradient: Callable[..., Any],
    value: Callable[..., Any],
    dimension: int,
) -> Kernel | None:
    """The kernel of a rule's lines and of a gradient and value on floats; None if it is not to be had."""
    sources = [getattr(each, "source", "") for each in (gradient, value)]
    if not all(source.startswith("def f(") for source in sources) or not is_there():
        return None
    return _kernel(shape, lines, *sources, dimension)


def parameters_of(value: Callable[..., Any]) -> dict[str, float]:
    """The numbers that a printed function knows by name: a formula's parameters."""
    numbers = getattr(value, "__globals__", {}).items()
    return {name: number for name, number in numbers if isinstance(number, float) and math.isfinite(number)}


@lru_cache(maxsize=64)
def _kernel(
    shape: Shape,
    lines: tuple[str, ...],
    gradient: str,
    value: str,
    dimension: int,
) -> Kernel | None:
    back = gradient_lines(dimension, gradient)
    height = [
        line.replace(f"{', '.join(f'g_{i}' for i in range(dimension))}, = ", "f = ")
        for line in gradient_lines(dimension, value)
    ]
    try:
        return Kernel(shape, Lines(lines, tuple(back), tuple(height)), dimension)
    except (UntranslatableError, RuntimeError, OSError):
        # numpy gives the same numbers where LLVM refuses
        return None


@cache
def is_there() -> bool:
    """Return whether machine code can be made: llvmlite may be missing, or there and broken."""
    try:
        _machine()
    except (ImportError, OSError, RuntimeError, AttributeError):
        return False
    return True


@cache
def _target() -> Any:
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.Target.from_default_triple()


def _machine() -> Any:
    """The processor that code is made for, with all it has; a new one each time, as an engine takes it over."""
    from llvmlite import binding

    features = binding.get_host_cpu_features().flatten()
    return _target().create_target_machine(cpu=binding.get_host_cpu_name(), features=features, opt=2)


def _compiled(text: str) -> tuple[Any, int]:
    """Compile a module; the engine, which has to be kept, and the address of its function."""
    from llvmlite import binding

    # the engine is given the code alone: with the module it was made of, it keeps sixteen times the memory
    code = _machine().emit_object(binding.parse_assembly(text))
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), _machine())
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine, engine.get_function_address("advance")


def padded(runs: int) -> int:
    """The next odd multiple of `WIDTH`.

    Rows an even number of vectors apart fall into few sets of the processor's cache, and drive each other out of it.
    """
    return (-(-runs // WIDTH) | 1) * WIDTH
