"""An update rule as torch takes it: a class of torch.optim, or its step written out as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from gdsim.errors import GdsimError
from gdsim.optimizers import LBFGS, Method, Rule
from gdsim.optimizers.compiled.record import Record, general_look_record
from gdsim.optimizers.compiled.terms import Level, Term
from gdsim.storage.programs.torch_step import TorchStep, spelled

_CLASS = '''
class {name}(torch.optim.Optimizer):
    """{title}; torch.optim has none: its step as gdsim takes it."""

    def __init__(self, points, *, maximize=False, **values):
        super().__init__(points, {{**values, "maximize": maximize}})

    def memory_of(self, x):
        memory = self.state[x]
        if not memory:
            memory["t"] = 0
{begun}        return memory
{look}
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
{values}            for x in group["params"]:
                memory = self.memory_of(x)
                memory["t"] += 1
                t = memory["t"]
{remembered}                g = -x.grad if group["maximize"] else x.grad
{lines}
'''


_LOOK = '''
    @torch.no_grad()
    def look(self, x):
        """Point at which the gradient of the next step is taken."""
        group, memory = self.param_groups[0], self.memory_of(x)
{values}{remembered}{lines}        return look
'''


class TorchRules:
    """Calls that make the rules of a race, and the classes of those that torch.optim has not.

    Attributes
    ----------
    classes
        The name of each class, by its text.
    is_looking
        Whether any takes its gradient elsewhere than where it is.
    """

    def __init__(self) -> None:
        self.classes: dict[str, str] = {}
        self.is_looking = False

    @property
    def text(self) -> str:
        """The Python text of all classes."""
        return "".join(text.replace("{name}", name, 1) for text, name in self.classes.items())

    def made(self, rule: Rule, ascent: bool) -> str:
        """A function that makes the optimizer of a rule for some points."""
        if isinstance(rule, Method):
            _refuse(rule)
        given, place = _given(rule), f"torch.optim.{rule.torch_class}"
        if not rule.torch_class:
            given = {spelled(hyper.name): getattr(rule, hyper.name) for hyper in rule.hypers()}
            place = self._class(rule)
        arguments = [f"{name}={value!r}" for name, value in given.items()] + ["maximize=True"] * ascent
        return f"lambda points: {place}({', '.join(['points', *arguments])})"

    def _class(self, rule: Rule) -> str:
        """The class of a rule; entries whose switches differ have one each."""
        # what the text depends on, switches and the state at the start, is different or the same with it
        text = _class_text(rule)
        self.is_looking = self.is_looking or general_look_record(rule) is not None
        if text not in self.classes:
            name = type(rule).__name__
            others = sum(other.rstrip("0123456789") == name for other in self.classes.values())
            self.classes[text] = f"{name}{others + 1}" if others else name
        return self.classes[text]


def _refuse(method: Method) -> NoReturn:
    """Say why there is no program of a method."""
    template = (
        "{name} is no update of torch's kind: there is no program of it for PyTorch. Copy as Python has one with gdsim"
    )
    if method.key == LBFGS.key:
        template = (
            "{name} here is SciPy's, with another line search than torch.optim.LBFGS, and takes other steps: there is "
            "no program of it for PyTorch. Copy as Python has one with gdsim"
        )
    raise GdsimError(template, "optimizers", name=method.title)


def _given(rule: Rule) -> dict[str, object]:
    """The arguments of its class in torch.optim: first what stands alone, then pairs, then what is switched on."""
    spelled: dict[str, list[float | bool]] = {}
    for hyper in rule.hypers():
        spelled.setdefault(hyper.torch or hyper.name, []).append(getattr(rule, hyper.name))
    alone = {name: values[0] for name, values in spelled.items() if len(values) == 1}
    together = {name: tuple(values) for name, values in spelled.items() if len(values) > 1}
    return {**alone, **together, **dict.fromkeys(rule.torch_switches(), True)}


def _class_text(rule: Rule) -> str:
    step, look = TorchStep(rule), general_look_record(rule)
    values = [f'{variable} = group["{name}"]' for name, variable in step.hypers.items()]
    begun = [f'memory["{name}"] = {_filled(rule.initial(name, _X))}' for name in rule.state]
    remembered = [f'{name} = memory["{name}"]' for name in rule.state]
    return _CLASS.format(
        name="{name}",
        title=rule.title,
        values=_block(values, 3),
        begun=_block(begun, 3),
        look=_look_text(rule, look) if look else "",
        remembered=_block(remembered, 4),
        lines=_block(step.lines, 4),
    )


def _look_text(rule: Rule, look: Record) -> str:
    step = TorchStep(rule, look)
    values = [f'{variable} = group["{name}"]' for name, variable in step.hypers.items()]
    remembered = [f'{name} = memory["{name}"]' for name in rule.state]
    return _LOOK.format(values=_block(values, 2), remembered=_block(remembered, 2), lines=_block(step.lines, 2))


#: The start, for a state that begins there.
_X = Term("x", level=Level.ELEMENT)


def _filled(value: Any) -> str:
    if value is _X:
        return "x.clone()"
    return f"torch.full_like(x, {value!r})" if value else "torch.zeros_like(x)"


def _block(lines: Sequence[str], depth: int) -> str:
    return "".join(f"{'    ' * depth}{line}\n" for line in lines)
