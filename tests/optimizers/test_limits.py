"""Tests of what is said of a rule near a bottom: the largest η that settles, and how far it swings by itself."""

import numpy as np
import pytest

import gdsim
from gdsim import QHM, LookAhead, Nesterov1983

STEPS = 4000


def quadratic(rng):
    """A quadratic of condition 100 at most, turned, as text, and its largest curvature."""
    small, large = np.sort(rng.uniform(0.1, 10, 2))
    angle = rng.uniform(0.2, 1.3)
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    (a, b), (_, c) = large * np.outer(along, along) + small * np.outer(across, across)
    return f"{a / 2!r}*x^2 + {b!r}*x*y + {c / 2!r}*y^2".replace("np.float64", ""), large


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rule", [LookAhead, QHM, Nesterov1983])
def test_just_below_its_limit_a_rule_settles_and_just_above_it_grows(rule, seed):
    rng = np.random.default_rng(seed)
    text, curvature = quadratic(rng)
    values = {h.name: float(rng.uniform(0.3, 0.95)) for h in rule.hypers() if h.name in ("momentum", "nu")}
    limit = rule(**values).limit(curvature)
    below, above = (rule(learning_rate=share * limit, **values) for share in (0.99, 1.01))
    # two entries of one rule: a race each
    losses = [gdsim.descend(text, each, (1, 0.7), steps=STEPS, tolerance=0).losses[:, 0, 0] for each in (below, above)]
    assert losses[0][-1] < 1e-6 * losses[0][0]
    assert losses[1][-1] > 1e6 * losses[1][0]


@pytest.mark.parametrize("curvature", [1.0, 1e4])
@pytest.mark.parametrize("key", ["normalised_gd", "signsgd", "lion", "adabelief", "adan", "qhadam"])
def test_a_restless_rule_swings_as_far_as_it_is_said_to(key, curvature):
    kind, rate = gdsim.OPTIMIZERS[key], 0.01
    race = gdsim.descend(
        f"{curvature / 2!r}*x^2 + {curvature / 8!r}*y^2", kind(learning_rate=rate), (0.7, 0.4), steps=20000, tolerance=0
    )
    windows = race.positions[-2000:, 0, :, 0].reshape(20, 100, 2)
    widest = np.ptp(windows, axis=1).max() / 2
    assert 0.9 * kind.swing * rate < widest < 1.3 * kind.swing * rate
    assert kind.restless
