"""Ways in which runs are lost: told from the last place that is a number and the one after it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gdsim.objectives import FUNCTIONS, objective_for
from gdsim.simulation.endings.lost import LostRuns

NUMBERS = st.one_of(st.floats(-10, 10), st.floats(allow_nan=False, allow_infinity=False))
ANY = st.one_of(NUMBERS, st.sampled_from([np.nan, np.inf, -np.inf]))
OBJECTIVES = (FUNCTIONS["himmelblau"], objective_for("log(x) + y^2"), objective_for("1/x + y^2"))


@settings(deadline=None)
@given(st.sampled_from(OBJECTIVES), st.lists(st.tuples(NUMBERS, NUMBERS, ANY, ANY), min_size=1, max_size=8))
def test_runs_that_were_never_near_have_diverged_and_no_more(objective, places):
    left, here = np.array(places).T.reshape(2, 2, -1)
    how = LostRuns(objective)
    with np.errstate(all="ignore"):
        far = ~how.near(left, here)
        assert not (how.left_domain(left, here, objective.value(here)) & far).any()
        assert not (how.has_no_gradient(left) & far).any()
