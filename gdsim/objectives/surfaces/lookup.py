"""From what a person writes to a function: a key of the catalogue, or a formula."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from gdsim.checks import as_float
from gdsim.errors import GdsimError, UnknownNameError, listed, named, shown
from gdsim.objectives.formula.formula import FormulaError, NoCoordinateError, read
from gdsim.objectives.formula.reading.questions import check_answered
from gdsim.objectives.formula.reading.words import canonical
from gdsim.objectives.source import MODEL_KEYS
from gdsim.objectives.surfaces.catalogue import FUNCTIONS
from gdsim.objectives.surfaces.function import Function

#: The bounds of a coordinate of which nothing is known, and the value of a parameter that nobody has set.
DEFAULT_BOUNDS, DEFAULT_PARAMETER = (-5.0, 5.0), 1.0
#: The most letters the name of a function may have.
LONGEST_NAME = 60


def function_named(key: object) -> Function:
    """The built-in surface of a key, or `UnknownNameError`."""
    return named(FUNCTIONS, key, "function", "function")


def objective_for(
    function: str,
    parameters: Mapping[str, float] | None = None,
    bounds: Sequence[Sequence[float]] | None = None,
    name: str = "",
) -> Function:
    """The function of a description; the same one for the same description.

    Parameters
    ----------
    function
        A key of FUNCTIONS, or a formula.
    parameters
        Values for names in the formula; those not given are 1, but a name of several letters has to be given one.
    bounds
        ``((low, high), …)``, one pair a coordinate; if None, the function's own: of a formula, where it shows
        something, which depends on nothing but its text.
    name
        What a person calls it; the function's title if empty.
    """
    if callable(function):
        raise GdsimError(
            "function must be a name or a formula; of a Python function gdsim.objective makes one: "
            "gdsim.objective(f, bounds=((-2, 2), (-2, 2)))",
            "function",
        )
    if not isinstance(function, str):
        raise UnknownNameError("function", str(function), FUNCTIONS, field="function")
    given = tuple(
        (parameter, as_float(value, f"parameter {parameter}")) for parameter, value in (parameters or {}).items()
    )
    found = _objective(function, given, checked_name(name))
    return found if bounds is None else found.within(checked_bounds(bounds, found.names))


@lru_cache(maxsize=64)
def _objective(text: str, parameters: tuple[tuple[str, float], ...], name: str) -> Function:
    base = FUNCTIONS.get(text)
    if base is None:
        base = _typed(text, dict(parameters))
    elif parameters:
        raise GdsimError("{function} has no parameter '{name}'", "parameters", function=text, name=parameters[0][0])
    return base.called(name) if name else base


def _typed(text: str, parameters: dict[str, float]) -> Function:
    try:
        formula = read(text)
    except NoCoordinateError:
        # not a formula, but a key with a slip in it
        from difflib import get_close_matches

        known = (*FUNCTIONS, *MODEL_KEYS)
        if text.strip().isidentifier() or get_close_matches(text.strip().lower(), known, n=1, cutoff=0.8):
            raise UnknownNameError("function", text, known, field="function") from None
        raise
    parameters = {canonical(name): value for name, value in parameters.items()}
    for name in parameters:
        if name not in formula.parameters:
            raise FormulaError(
                "the formula has no parameter '{name}'; it has: {known}",
                name=name,
                known=", ".join(formula.parameters) or "none",
            )
    check_answered(formula.questions, parameters)
    values = {name: parameters.get(name, DEFAULT_PARAMETER) for name in formula.parameters}
    return Function("", "", "", text, None, names=formula.names, parameters=values)


def asked_in(text: str) -> tuple[str, ...]:
    """The names in a formula that need an answer; none in what is no formula."""
    try:
        return tuple(question.name for question in read(text).questions)
    except FormulaError:
        return ()


def checked_name(name: str) -> str:
    """The name that a person gives a function, without blanks around it, or `GdsimError`."""
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not all(map(str.isprintable, name)):
        raise GdsimError(
            "name must be a text of at most {most} letters, not {given}",
            "name",
            most=LONGEST_NAME,
            given=shown(repr(name)),
        )
    return name.strip()


def checked_bounds(bounds: Sequence[Sequence[float]], names: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Bounds as pairs of floats, one for each of the coordinates that are named, or `GdsimError`."""
    try:
        shape = np.shape(bounds)
    except ValueError:  # rows of different length
        shape = ()
    if shape != (len(names), 2):
        raise GdsimError(
            "bounds must be one pair (low, high) for each of {names}, not {given}",
            "bounds",
            names=listed(names),
            given=shown(str(bounds)),
        )
    pairs = tuple((as_float(low, "bounds"), as_float(high, "bounds")) for low, high in bounds)
    for low, high in pairs:
        if not 0 < high - low < math.inf:
            raise GdsimError(
                "bounds must have low < high and a finite width, not ({low:g}, {high:g})", "bounds", low=low, high=high
            )
    return pairs
