"""Changes and captions: an experiment told in words."""

from dataclasses import replace

import pytest

from gdsim import Entry, Experiment
from gdsim.desktop.text.captions import caption_of
from gdsim.desktop.text.changes import change_between
from gdsim.objectives import CentralDifference, ForwardDifference
from gdsim.optimizers import Constant, Cosine, StepDecay, WarmupCosine

PLAIN = Experiment("bowl", optimizers=(Entry("gd"), Entry("adam")))


def own(**fields):
    return (Entry("gd"), replace(Entry("adam"), **fields))


@pytest.mark.parametrize(
    ("before", "after", "what", "text"),
    [
        ({}, {"noise": 0.1}, "noise", "noise 0 → 0.1"),
        ({}, {"direction": "ascent"}, "direction", "direction descent → ascent"),
        ({}, {"clip": 2.0}, "clip", "clipping off → 2"),
        ({}, {"gradient": CentralDifference()}, "gradient", "gradient Exact → Central difference h = 0.0001"),
        ({"gradient": ForwardDifference(0.1)}, {"gradient": ForwardDifference(1e-5)}, "gradient.h", "h 0.1 → 1e−5"),
        ({}, {"schedule": Cosine()}, "schedule", "schedule Constant → Cosine"),
        ({"schedule": Constant()}, {"schedule": WarmupCosine()}, "schedule", "schedule Constant → Warm-up + cosine"),
        ({"schedule": Cosine()}, {"schedule": Cosine(steps=9)}, "schedule.steps", "schedule T 0 → 9"),
        ({}, {"optimizers": own(schedule=StepDecay())}, "adam.schedule", "Adam schedule followed → Step decay"),
        (
            {"optimizers": own(schedule=StepDecay())},
            {"optimizers": own(schedule=StepDecay(gamma=0.1))},
            "adam.schedule.gamma",
            "Adam schedule γ 0.5 → 0.1",
        ),
        ({"optimizers": own(clip=0.0)}, {"optimizers": own(clip=3.0)}, "adam.clip", "Adam clipping off → 3"),
        ({}, {"optimizers": own(clip=0.5)}, "adam.clip", "Adam clipping followed → 0.5"),
        ({}, {"name": "Mine"}, "name", "name Bowl → Mine"),
        ({}, {"function": "square", "noise": 1.0}, "function", "function Bowl → Square"),
        ({}, {"noise": 1.0, "clip": 1.0}, "several", "several values"),
    ],
)
def test_a_change_is_told(qapp, before, after, what, text):
    change = change_between(replace(PLAIN, **before), replace(PLAIN, **after))
    assert (change.what, change.text) == (what, text)


def test_a_caption_says_all_that_is_needed(qapp):
    assert caption_of(replace(PLAIN, tolerance=0)) == "start (−3, 4); 500 steps; tolerance 0"
    experiment = replace(
        PLAIN,
        direction="ascent",
        seed=3,
        gradient=CentralDifference(1e-5),
        noise=0.1,
        learning_rate=0.5,
        schedule=WarmupCosine(warmup=5),
        clip=2.0,
        optimizers=own(values={"beta1": 0.5}, schedule=Constant(), clip=0.0),
    )
    assert caption_of(experiment) == (
        "start (−3, 4); seed 3; 500 steps; tolerance 1e−8; η = 0.5; ascent; Central difference h = 1e−5; "
        "noise σ = 0.1; schedule Warm-up + cosine (w = 5, T = 0, ρ = 0); gradient cut to 2; "
        "Adam: β₁ = 0.5, schedule Constant, gradient not cut"
    )
