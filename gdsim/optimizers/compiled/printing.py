"""Printing recorded terms as lines of Python: the part that is the same for floats and for arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any

from gdsim.optimizers.compiled.operations import OPERATIONS, SCOPE
from gdsim.optimizers.compiled.terms import Level, Term


class Scalars:
    """The lines for what is not elementwise: once a race and once a step.

    Attributes
    ----------
    names
        The variable that holds each term.
    lines
        By level, the lines that set them.
    """

    def __init__(self, order: Sequence[Term], prefix: str = "c") -> None:
        self.names: dict[Term, str] = {}
        self.lines: dict[Level, list[str]] = {Level.RACE: [], Level.STEP: []}
        for term in order:
            if term.level is not Level.ELEMENT:
                text = float_text(term.op, [self.name(a) for a in term.args])
                self.names[term] = f"{prefix}{len(self.names)}"
                self.lines[term.level].append(f"{self.names[term]} = {text}")

    def name(self, term: Any) -> str:
        """A term, or a plain number, as it stands in a line."""
        if not isinstance(term, Term):
            return repr(float(term))
        return term.op if term.is_input else self.names[term]


def float_text(op: str, args: list[str]) -> str:
    """An operation on Python floats, as an expression in brackets."""
    return OPERATIONS[op].floats.format(*args)


def indented(lines: Sequence[str], depth: int) -> list[str]:
    """Lines of a block so many levels deep."""
    return ["    " * depth + line for line in lines]


def compiled(lines: Sequence[str]) -> CodeType:
    """The code of lines that define ``make``."""
    return compile("\n".join(lines), "<rule>", "exec")


def maker(code: CodeType, names: dict[str, Any]) -> Callable[..., Any]:
    """The function ``make`` of compiled lines, which may call what stands in `names`."""
    scope: dict[str, Any] = {**names, **SCOPE}
    exec(code, scope)
    return scope["make"]  # type: ignore[no-any-return]
