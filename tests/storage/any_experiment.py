"""Any experiment at all, for property tests."""

from hypothesis import strategies as st

import gdsim

ordinary = st.floats(-10, 10)
extreme = st.floats(allow_nan=False, allow_infinity=False)


def within(hyper):
    if isinstance(hyper.default, bool):
        return st.booleans()
    return st.floats(hyper.low, min(hyper.high, 1e300))


@st.composite
def entries(draw):
    rule = gdsim.OPTIMIZERS[draw(st.sampled_from(list(gdsim.OPTIMIZERS)))]
    hypers = draw(st.lists(st.sampled_from(rule.hypers()), unique_by=lambda hyper: hyper.name))
    return gdsim.Entry(rule.key, {hyper.name: draw(within(hyper)) for hyper in hypers}, draw(st.booleans()))


@st.composite
def boxes(draw):
    lows = draw(st.tuples(ordinary, ordinary))
    return tuple((low, low + draw(st.floats(0.1, 10))) for low in lows)


def experiments(steps=20, restarts=12):
    """Experiments that run in a moment; more than 8 runs take the other path of the engine."""
    shared = st.none() | st.floats(0, 1)
    return st.builds(
        gdsim.Experiment,
        function=st.sampled_from(list(gdsim.FUNCTIONS)),
        start=st.none() | st.tuples(ordinary, ordinary) | st.tuples(extreme, extreme),
        restarts=st.integers(0, restarts),
        seed=st.integers(0, 2**32 - 1),
        steps=st.integers(1, steps),
        tolerance=st.just(0.0) | st.floats(0, 1e300),
        learning_rate=shared,
        momentum=shared,
        optimizers=st.lists(entries(), max_size=4).map(tuple),
        bounds=st.none() | boxes(),
    )
