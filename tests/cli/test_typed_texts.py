"""Texts as people type them have the right values: through Python, the command line, and as the window takes them."""

import csv

import numpy as np
import pytest

import gdsim
from gdsim import Experiment, GdsimError
from gdsim.cli import main as cli
from gdsim.desktop.edits.formula_edit import typed_experiment

#: By text: its value at (0.7, 1.3), at 0.7 where it has one variable, at (0.7, 1.3, 0.7 …) where it has more.
VALUES = {
    "x^2 + xy + y^2": 3.09,
    "x^2 + y^2 + 10cosx": 9.828421872844885,
    "x^2 + siny": 1.453558185417193,
    "x^2 + bx": 1.19,
    "2xy": 1.82,
    "w^2": 0.49,
    "θ^2 − 3θ": -1.61,
    "X^2 + y^2": 2.69,
    "sin(PI*x)": 0.8090169943749475,
    "E^(-x)": 0.4965853037914095,
    "cot x": 1.187241832126679,
    "log2 x": -0.5145731728297583,
    "ceil x": 1.0,
    "cbrt x": 0.8879040017426006,
    "x + arctan y": 0.7 + 0.9151007005533605,
    "sin x cos y": 0.6442176872376911 * 0.26749882862458735,
    "sin^2(x)": 0.41501642854987947,
    "root(x, 3) + root(-x, 3)": 0.0,
    "x mod y + mod(y, x)": 1.3,
    "log(x, 3)": -0.32465952512796234,
    "min(x, y, 0.5) + max(x, y, 1)": 1.8,
    "where(x > 0, y, -y)": 1.3,
    "piecewise(x > 1, 1, x > 0.5, 2, 3)": 2.0,
    "sum(x^i, i, 1, 3)": 1.533,
    "prod(x + i, i, 1, 2)": 4.59,
    "sum(x_i^2, i, 1, 3)": 2.67,
    "x1^2 + x_2": 1.79,
    "y = x^2": 0.49,
    "f(x, y) = x y^2": 1.183,
    "½x² + ∛x": 0.245 + 0.8879040017426006,
    r"\frac{1}{2}x^{2} + \sin\left(y\right)": 0.245 + 0.963558185417193,
    "0,5x^2": 0.245,
    "1/2x": 0.35,
    "1 − x y": 0.09,
    "lambda*x^2": 0.49,
    "a*x^2 + b*x + c": 2.19,
}

REFUSED = [
    "x if y else x",
    "x and y",
    "True*x",
    "nan*x",
    "return x^2",
    "0x10*x",
    "1j*x",
    "sin(x deg)",
    "velocity*x",
    "a*w^2",
    "min x",
    "x > y",
]


@pytest.mark.parametrize("text", VALUES)
def test_a_text_has_its_value_everywhere(text, tmp_path):
    function = gdsim.function(text)
    point = np.resize([0.7, 1.3], function.dimension)
    assert function.value(point) == pytest.approx(VALUES[text], rel=1e-12, abs=1e-12)
    start = ",".join(map(str, point))
    assert cli.main(["run", text, "--steps", "1", f"--start={start}", "--csv", f"{tmp_path}/a.csv"]) == 0
    with (tmp_path / "a.csv").open() as file:
        assert float(next(csv.DictReader(file))["loss"]) == function.value(point)
    bowl = Experiment("bowl")
    assert typed_experiment(bowl, bowl, text).objective.value(point) == function.value(point)


@pytest.mark.parametrize("text", REFUSED)
def test_a_text_is_refused_everywhere(text, capsys):
    with pytest.raises(GdsimError) as error:
        gdsim.function(text)
    assert cli.main(["run", text]) == 2
    assert capsys.readouterr().err == f"gdsim: {error.value}\n"
    bowl = Experiment("bowl")
    with pytest.raises(GdsimError, match=r"^") as told:
        typed_experiment(bowl, bowl, text)
    assert str(told.value) == str(error.value)
