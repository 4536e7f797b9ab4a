"""Functions and models, named in the language of the window."""

from __future__ import annotations

import re

from gdsim.desktop.text.phrases import known_text
from gdsim.errors import shown
from gdsim.objectives import Function, Objective
from gdsim.objectives.formula.pretty import pretty
from gdsim.objectives.surfaces.high_dimensional import Many

#: A formula without a name is called by so many letters.
_NAME_LETTERS = 40


def function_text(objective: Objective) -> str:
    """The name, if it has one, and the formula of an objective."""
    if isinstance(objective, Many):
        return f"{known_text('Function', objective.title)}:  f({dimension_text(objective)}) = {objective.text}"
    if not isinstance(objective, Function):
        return known_text("Function", objective.title)
    title = known_text("Function", objective.title) if objective.key else objective.title
    formula = f"f({dimension_text(objective)}) = {pretty(objective.text)}"
    return f"{title}:  {formula}" if title else formula


def dimension_text(objective: Objective) -> str:
    """Its variables, as they stand after f."""
    names = objective.shown_names
    if len(names) <= 2 or (len(names) == 3 and isinstance(objective, Function)):
        return ", ".join(names)
    if isinstance(objective, Function):
        return f"{names[0]}, …, {names[-1]}"
    return "θ" if is_of_weights(objective) else f"x₁, …, x{str(len(names)).translate(_LOWERED)}"


def is_of_weights(objective: Objective) -> bool:
    """Return whether its variables are the weights of a model."""
    return hasattr(objective, "is_classes")


_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def function_name(objective: Objective) -> str:
    """The name of an objective in a list: its own, or else the beginning of its formula."""
    if not isinstance(objective, Function):
        return known_text("Function", objective.title)
    if objective.key:
        return known_text("Function", objective.title)
    return objective.title or _begun(pretty(objective.text))


def _begun(formula: str) -> str:
    """As many whole terms of a formula as have room, or as many letters where that is less than half of it."""
    if len(formula) <= _NAME_LETTERS:
        return shown(formula, _NAME_LETTERS)
    depth, end = 0, 0
    for i, letter in enumerate(formula[: _NAME_LETTERS - 3]):
        depth += (letter in "([{") - (letter in ")]}")
        if not depth and formula[i : i + 3] in (" + ", " − "):
            end = i + 3
    return shown(f"{formula[:end]}…" if 2 * end > _NAME_LETTERS else formula, _NAME_LETTERS)


def option_title(name: str) -> str:
    """The title of an option of a model in a form."""
    titles = {
        "l2": "L2 penalty",
        "standardise": "Standardise features",
        "init": "First weights",
        "hidden": "Hidden layers",
    }
    return known_text("Model", titles.get(name, name.capitalize()))


def choice_text(choice: str) -> str:
    """A choice in words: leaky_relu is Leaky ReLU."""
    titles = {"mse": "Mean squared error", "relu": "ReLU", "leaky_relu": "Leaky ReLU"}
    plain = choice.replace("_", " ")
    return known_text("Model", titles.get(choice, plain[:1].upper() + plain[1:]))


def file_stem(objective: Objective) -> str:
    """A name for files about a function."""
    key = getattr(objective, "key", "")
    return key or re.sub(r"\W+", "-", objective.title.lower()).strip("-")[:40] or "typed-function"
