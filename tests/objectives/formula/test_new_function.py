"""A new function of the language costs its row, and nothing else."""

import subprocess
import sys

#: Adds two rows to the table as it is first imported, before anything has read it; then they are used everywhere.
PROGRAM = r"""
import math, sys
from importlib.machinery import PathFinder
import numpy as np

class Adding:
    @staticmethod
    def find_spec(name, path, target=None):
        if name != "gdsim.objectives.formula.functions.typed":
            return None
        spec = PathFinder.find_spec(name, path)
        run = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (run(module), add(module))
        return spec

def add(module):
    module.TYPED_ROWS += (
        module.Row(name="lnp", of_floats=math.log1p, of_arrays=np.log1p, slopes=("1/(1 + u)",), aliases=("logplus",),
                   exact=lambda mp, u: mp.log(1 + u), latex=r"\lnp", torch="torch.log1p(#1)", partial=True),
        module.Row(name="wave", least=2, most=2, of_floats=lambda a, b: math.sin(a * b),
                   of_arrays=lambda a, b: np.sin(a * b), slopes=("b*cos(a*b)", "a*cos(a*b)"),
                   torch="torch.sin(#1 * #2)", exact=lambda mp, a, b: mp.sin(a * b)),
    )

sys.meta_path.insert(0, Adding)
from gdsim.objectives import objective_for
from gdsim.objectives.formula.careful import worked_out
from gdsim.objectives.formula.chain import chain_of
from gdsim.objectives.formula.formula import read
from gdsim.objectives.formula.latex import latex
from gdsim.storage.programs.torch_formula import torch_function

text, names = "logplus(x)*wave(x, y) + wave(2, lnp(1))", ("x", "y")
plain = objective_for("log(1 + x)*sin(x*y) + sin(2*log(2))")
new = objective_for(text)
points = np.random.default_rng(1).uniform(0.1, 3, size=(2, 9))
for of in ("value", "gradient", "hessian"):
    found, expected = getattr(new, of)(points), getattr(plain, of)(points)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    upper = worked_out(text, names, {}, of, points)
    np.testing.assert_allclose(upper[0], found.reshape(-1, 9)[0], rtol=1e-12, atol=1e-12)
point = points[:, 0].tolist()
assert new.float_value()(*point) == new.value(points)[0]
worked = chain_of(text, names).evaluate(point)
np.testing.assert_allclose(worked.totals[:2], new.gradient(points)[:, 0], rtol=1e-12)
assert [step.slopes for step in chain_of("wave(x, y)", names).steps[2:]] == [("y·cos(x·y)", "x·cos(x·y)")]
assert latex("lnp(x) + wave(x, 2)") == r"\lnp\left(x\right) + \operatorname{wave}\left(x, 2\right)"
assert new.expression.latex("gradient")[1]
assert latex(r"\lnp{(x)}") == r"\lnp\left(x\right)"
assert "torch.log1p(x) * torch.sin(x * y)" in torch_function(text, names, {})
assert read("x*lnp(-1 + 1)").plain is not None
print("known everywhere")
"""


def test_a_function_is_one_row():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "known everywhere\n", "")
