"""Files of a time when every longer name in a formula was a parameter open with the same numbers."""

import json

import numpy as np
import pytest

from gdsim.storage.files import dump, load

#: Formula and parameters of a file of version 1; those now; the value at (0.7, 1.3) as version 1 had it.
OLD = [
    ("velocity*x^2 + y^2", {"velocity": 3}, "velocity*x^2 + y^2", {"velocity": 3.0}, 3.16),
    ("velocity*x + y", {}, "velocity*x + y", {"velocity": 1.0}, 2.0),
    ("xy + x^2 + bx*y", {"xy": 2, "bx": -1.5}, "x1 + x^2 + b1*y", {"x1": 2.0, "b1": -1.5}, 0.54),
    ("10cosx + siny + x", {"cosx": 0.5}, "10c1 + s1 + x", {"c1": 0.5}, 6.7),
    ("x^2*PI + E*y + Pi", {"PI": 2.0}, "x^2*P1 + E1*y + P2", {"P1": 2.0}, 3.28),
    ("a_1*x + a1*y", {"a_1": 2, "a1": 3}, "a_1*x + a2*y", {"a1": 2.0, "a2": 3.0}, 5.3),
    ("x_0*x + x_1*y + x1", {"x_0": 2}, "x_0*x + x_1*y + x2", {"x0": 2.0}, 3.7),
    ("2j*x + y^2", {"j": 3}, "2j1*x + y^2", {"j1": 3.0}, 5.89),
    ("2erf*x", {"erf": 2}, "2p1*x", {"p1": 2.0}, 2.8),
    ("sec*x + round*y + mod", {"mod": 4, "sec": 2}, "s1*x + r1*y + m1", {"m1": 4.0, "s1": 2.0}, 6.7),
    ("if*x + deg*y + nan*x + True", {"deg": 2}, "i1*x + d1*y + n1*x + T1", {"d1": 2.0}, 5.0),
    ("a_max*x + lambda*y", {"a_max": 2}, "a_max*x + lambda*y", {"a_max": 2.0}, 2.7),
    ("x³ √y + x", {}, "x³· √y + x", {}, 0.343 * 1.3**0.5 + 0.7),
    ("sum*y + and*x + X^2", {"and": 2, "X": 5}, "s1*y + a1*x + X^2", {"a1": 2.0, "X": 5.0}, 27.7),
]


@pytest.mark.parametrize(("text", "parameters", "now", "values", "number"), OLD, ids=[text for text, *_ in OLD])
def test_a_formula_of_version_1(text, parameters, now, values, number):
    experiment = load(json.dumps({"gdsim": 1, "function": text, "parameters": parameters}).encode()).experiment
    assert (experiment.function, experiment.parameters) == (now, values)
    objective = experiment.objective
    assert objective.value(np.array([0.7, 1.3])[: objective.dimension]) == pytest.approx(number, rel=1e-15)
    again = load(dump(experiment)).experiment
    assert (again.function, again.parameters) == (now, values)


def test_what_is_wrong_in_an_old_file_is_still_found():
    for tree, sentence in {
        '{"gdsim": 1, "function": "xy*x", "parameters": {"xy": 1, "xy": 2}}': "parameters.xy stands there twice",
        '{"gdsim": 1, "function": "xy*x", "parameters": {"bx": 1}}': "parameters.bx: unknown parameter 'bx'",
        '{"gdsim": 1, "function": 3, "parameters": 3}': "function must be a text",
    }.items():
        with pytest.raises(ValueError, match=sentence):
            load(tree.encode())
