"""A rule that torch.optim has not is written out as a class of its own, which takes the same steps."""

import math
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from programs_run import EVERY, UNUSUAL, executed, unusual

import gdsim
from gdsim import Entry, Experiment
from gdsim.optimizers.base import hyper
from gdsim.optimizers.compiled.array_step import array_step
from gdsim.optimizers.compiled.elementwise import absolute, maximum, where
from gdsim.storage.programs.torch_program import torch_code
from gdsim.storage.programs.torch_rule import TorchRules


@pytest.fixture
def no_classes(monkeypatch):
    """As if torch had no optimizers at all."""
    for kind in gdsim.optimizers.RULES.values():
        monkeypatch.setattr(kind, "torch_class", "")


class Tensor(np.ndarray):
    """As much of a tensor as an optimizer needs."""

    def clone(self):
        return self.copy()

    def expand_as(self, other):
        return np.broadcast_to(self, other.shape)

    def copy_(self, other):
        self[...] = other

    def fill_(self, value):
        self[...] = value

    def __hash__(self):
        return id(self)


class Optimizer:
    def __init__(self, params, defaults):
        self.param_groups = [{"params": params, **defaults}]
        self.state = {x: {} for x in params}


TORCH = SimpleNamespace(
    optim=SimpleNamespace(Optimizer=Optimizer),
    no_grad=lambda: lambda step: step,
    where=np.where,
    sqrt=np.sqrt,
    sum=lambda x, dim: np.add.accumulate(x, axis=dim)[-1],
    maximum=np.maximum,
    clamp=lambda x, min: np.maximum(x, min),
    zeros_like=np.zeros_like,
    full_like=np.full_like,
)


def steps_of_class(rule, gradients, ascent):
    """Steps of the class of a rule on recorded gradients ``(steps, 2, runs)``."""
    rules = TorchRules()
    make = rules.made(rule, ascent)
    scope = {"torch": TORCH, "math": math}
    exec(compile(rules.text, "<classes>", "exec"), scope)
    x = np.ones(gradients[0].shape).view(Tensor)
    optimizer = eval(make, scope)([x])
    path = []
    for g in gradients:
        x.grad = g.view(Tensor)
        optimizer.step()
        path.append(np.array(x))
    return np.array(path)


def steps_of_ours(rule, gradients, ascent):
    x = np.ones(gradients[0].shape)
    state = [np.full_like(x, rule.initial(name, x)) for name in rule.state]
    step, path = array_step(rule, x.shape), []
    for t, g in enumerate(gradients, start=1):
        step(t, x, -g if ascent else g, *state)
        path.append(x.copy())
    return np.array(path)


@pytest.mark.usefixtures("no_classes")
@pytest.mark.parametrize("ascent", [False, True])
@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: f"{entry.key}-{len(entry.values)}")
def test_every_rule_written_out_takes_the_same_steps(entry, ascent):
    rule = entry.rule({"learning_rate": None, "momentum": None})
    gradients = np.random.default_rng(3).normal(size=(20, 2, 4))
    found, ours = steps_of_class(rule, gradients, ascent), steps_of_ours(rule, gradients, ascent)
    np.testing.assert_allclose(found, ours, rtol=1e-13, atol=1e-15)


@dataclass(frozen=True)
class Entangled(gdsim.Rule):
    """Hands states on, one of them named as a hyperparameter is; x becomes a state, and a state x."""

    key = title = "entangled"
    state = ("u", "v", "w", "lr")
    learning_rate: float = hyper(0.1, "η", "Rate.")
    w: float = hyper(0.5, "w", "Weight.")

    def step(self, t, x, g, u, v, w, lr):
        return (
            v,
            x,
            maximum(absolute(u), 0.1) - (self.learning_rate * g - self.w),
            where(g > 0, 1.0, where(g < 0, -1.0, 0.0)),
            2.0,
        )


def test_old_values_last_as_long_as_they_are_needed():
    gradients = np.random.default_rng(4).normal(size=(9, 2, 3))
    found, ours = steps_of_class(Entangled(), gradients, False), steps_of_ours(Entangled(), gradients, False)
    np.testing.assert_array_equal(found, ours)


@pytest.mark.usefixtures("no_classes")
def test_the_class_reads_well():
    program = torch_code(Experiment("bowl", optimizers=(Entry("adamw"), Entry("adamw", {"beta1": 0.5}))))
    assert '"adamw:beta1=0.5": lambda points: AdamW(points, lr=0.001, beta1=0.5, beta2=0.999, ' in program
    assert program.count("(torch.optim.Optimizer)") == 1
    for lines in (
        '\n\nclass AdamW(torch.optim.Optimizer):\n    """AdamW; torch.optim has none: its step as gdsim takes it."""\n',
        "                new_m = m * beta1 + (1 - beta1) * g\n",
        "                new_v = v * beta2 + (1 - beta2) * g * g\n",
        "                x.copy_(new_x)\n",
    ):
        assert lines in program
    assert max(map(len, program.splitlines())) <= 120
    assert "\n\n\n\n" not in program


@pytest.mark.usefixtures("no_classes")
def test_those_whose_switches_differ_have_a_class_each():
    entries = (Entry("nadam"), Entry("nadam", {"decoupled_weight_decay": True}), Entry("nadam", {"beta1": 0.5}))
    program = torch_code(Experiment("bowl", optimizers=entries))
    made = [line.split("points: ")[1].split("(")[0] for line in program.splitlines() if "lambda points" in line]
    assert made == ["NAdam", "NAdam2", "NAdam"]
    assert program.count("(torch.optim.Optimizer)") == 2


@pytest.mark.torch
@pytest.mark.usefixtures("no_classes")
@pytest.mark.parametrize("schedule", [None, gdsim.Cosine(final=0.1)])
def test_written_out_torch_gives_the_same_path(schedule, tmp_path):
    still = tuple(unusual(key, UNUSUAL[0]) for key in gdsim.optimizers.RULES)
    experiment = Experiment("ravine", restarts=2, steps=100, optimizers=still, schedule=schedule)
    positions, _ = executed(torch_code(experiment), tmp_path)
    np.testing.assert_allclose(positions, experiment.run().positions, rtol=1e-9, atol=1e-9)
