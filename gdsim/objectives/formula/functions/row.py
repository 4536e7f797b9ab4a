"""A function of the formula language, told in one row."""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: Degrees to which the parts of a formula hold together.
SUM, PRODUCT, POWER, ATOM = range(4)
#: Facts about the sign of a function's values.
ANY_SIGN, NOT_NEGATIVE, POSITIVE = range(3)


@dataclass(frozen=True, kw_only=True, eq=False)
class Row:
    """A function.

    Attributes
    ----------
    name
        As it is typed; of an inner one, as it is printed.
    least, most
        The least and the largest number of its arguments; `most` is 0 for any number.
    of_floats
        Its value on Python floats, by `math`; it may raise where it is undefined.
    of_arrays
        Its value by numpy, for scalars as for arrays: the printed functions call it by the row's name.
    slopes
        Its derivative by each of its arguments, of u or of a, b, …; see `slopes`. None if it is constant but for its
        jumps.
    shown
        The same as a person writes it, of {0}, {1}, …, where that is not the best way to compute it.
    aliases
        Other names that people type for it.
    latex
        LaTeX with #1, #2 or #* (all of them) for the arguments; #1² is the square of one. Without these, the operator
        before the bracket.
    holds
        How tightly its LaTeX holds together.
    torch
        The same for torch with #1 and #2; ``torch.`` and the name if empty.
    torch_helper
        What has to be defined first where torch has no such function, or another derivative at a corner.
    code
        How it is printed as Python, of u and numpy's functions; a call by its name if empty.
    exact
        Its value by mpmath, of the module and the arguments; mpmath's function of that name if None.
    corners
        It has corners or jumps: its derivatives are those almost everywhere.
    partial
        There are real numbers at which it is undefined or infinite.
    steep
        Its printed derivatives may come to no number where it has some; see `careful`.
    fading
        Where its derivative is 0, it has fallen faster than its argument can have grown at a pole.
    logarithmic
        It is a logarithm, which grows more slowly than any pole.
    sign
        What is known of the sign of its values.
    raised_first
        A power of it is written before its bracket: sin²(x).
    symbol
        What it is called in `symbolic` if not by its name.
    own
        It is one of `special`: on floats another function, which answers with a float.
    """

    name: str
    least: int = 1
    most: int = 1
    of_floats: Callable[..., Any] | None = None
    of_arrays: Callable[..., Any]
    slopes: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    latex: str = ""
    holds: int = ATOM
    torch: str = ""
    torch_helper: str = ""
    code: str = ""
    exact: Callable[..., Any] | None = None
    corners: bool = False
    partial: bool = False
    steep: bool = False
    fading: bool = False
    logarithmic: bool = False
    sign: int = ANY_SIGN
    raised_first: bool = False
    symbol: str = ""
    own: Callable[..., float] | None = None

    @property
    def printed(self) -> str:
        """Its name where it is printed as Python and in `symbolic`."""
        return self.symbol or self.name

    @property
    def in_python(self) -> str:
        """The name of Python's own function of numbers; "" if there is none."""
        if hasattr(math, self.name):
            return f"math.{self.name}"
        return self.name if hasattr(builtins, self.name) else ""

    def worked_out(self, mp: Any, *args: Any) -> Any:
        """Its value by mpmath."""
        return self.exact(mp, *args) if self.exact else getattr(mp, self.name)(*args)
