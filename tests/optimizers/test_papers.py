"""A rule takes the steps of its paper, where those are written out in `rule_cases`."""

import numpy as np
import pytest
import torch_reference as reference
from other_reference import REFERENCES
from recorded import replay
from rule_cases import CASES, PAPERS

import gdsim


def test_every_rule_is_held_against_torch_or_its_paper():
    assert set(PAPERS) <= set(gdsim.optimizers.RULES)
    for key, kind in gdsim.optimizers.RULES.items():
        assert kind.torch_class or key in PAPERS or key in REFERENCES, key


@pytest.mark.parametrize("path", ["floats", "arrays"])
@pytest.mark.parametrize("name", [name for name, rule in CASES.items() if rule.key in PAPERS])
def test_each_step_is_that_of_the_paper(name, path):
    rule, gradients = CASES[name], reference.recorded_gradients()
    for i, x in enumerate(reference.START):
        expected = [x]
        state = [rule.initial(name, x) for name in rule.state]
        for t, g in enumerate(gradients[:, i].tolist(), start=1):
            g += rule.decay_to_gradient() * rule.look(x, *state)
            x, *state = PAPERS[rule.key](rule, t, x, g, *state)
            expected.append(x)
        np.testing.assert_allclose(replay(rule, gradients, path)[:, i], expected, rtol=1e-11, atol=1e-11)
