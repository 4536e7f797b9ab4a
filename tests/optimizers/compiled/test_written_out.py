"""A rule written out gives what its `step` gives, to the last bit."""

import math
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import assume, given
from hypothesis import strategies as st
from recorded import Recorded
from rule_cases import decaying

import gdsim
from gdsim.optimizers.base import Rule, hyper
from gdsim.optimizers.compiled.elementwise import absolute, maximum, minimum, sign, sqrt, total, where
from gdsim.optimizers.compiled.record import record
from gdsim.optimizers.compiled.terms import in_order
from gdsim.simulation import arrays, floats
from gdsim.simulation.course import Course, Lane

STEPS = 12
SIZES = st.one_of(
    st.floats(-1e3, 1e3, allow_nan=False),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e-200, 1e100]),
)


@st.composite
def rules(draw):
    kind = gdsim.optimizers.RULES[draw(st.sampled_from(list(gdsim.optimizers.RULES)))]
    values = {}
    for parameter in kind.hypers():
        if draw(st.booleans()):
            if isinstance(parameter.default, bool):
                values[parameter.name] = draw(st.booleans())
            else:
                low, high = parameter.low, parameter.high
                edges = [value for value in (0.0, 1.0, low, high) if low <= value <= high]
                values[parameter.name] = draw(st.one_of(st.floats(*parameter.slider), st.sampled_from(edges)))
    return kind(**values)


def by_hand(rule, x, gradients):
    """Iterates of a rule by its own `step`, for floats or arrays alike."""
    state = [x * 0.0 + rule.initial(name, x) for name in rule.state]
    path = []
    for t, g in enumerate(gradients, start=1):
        x = x * 1.0
        if rule.decay_to_gradient():
            g = g + rule.decay_to_gradient() * rule.look(x, *state)
        if rule.decay_of_weights():
            x *= 1 - rule.decay_of_weights()
        x, *state = rule.step(t, x, g, *state)
        path.append(x)
    return path


def coordinates_by_hand(rule, start, gradients):
    """Iterates ``(steps, 2)`` of a rule by its own `step`: on a float a coordinate, unless it sums over them."""
    if any(term.op == "total" for term in in_order(record(rule).results)):
        with np.errstate(all="ignore"):
            path = np.array(by_hand(rule, np.array(start), np.array(gradients)))
        # where floats raise, these are not finite
        assume(np.isfinite(path).all())
        return path
    return np.transpose([by_hand(rule, x, [g[i] for g in gradients]) for i, x in enumerate(start)])


def written_out_on_floats(rule, start, gradients):
    """Iterates ``(steps, 2)`` of the written-out loop."""
    following = iter(gradients)
    pieces = floats.walk(
        Course(Recorded(())), lambda x, y: next(following), Lane(rule), np.array(start), len(gradients), 5
    )
    return np.concatenate([piece.T for piece in pieces])


def written_out_on_arrays(rule, starts, gradients):
    """Iterates ``(steps, 2, runs)`` of the written-out loop."""
    positions = np.empty((len(gradients) + 1, 1, *starts.shape))
    positions[0, 0] = starts
    with np.errstate(all="ignore"):
        for _ in arrays.march(Course(Recorded(gradients)), [Lane(rule)], positions, 5):
            pass
    return positions[1:, 0]


@many_examples(300)
@given(rule=rules(), data=st.data())
def test_floats(rule, data):
    start = data.draw(st.tuples(SIZES, SIZES))
    gradients = data.draw(st.lists(st.tuples(SIZES, SIZES), min_size=STEPS, max_size=STEPS))
    try:
        expected = coordinates_by_hand(rule, start, gradients)
        found = written_out_on_floats(rule, start, gradients)
    except (ArithmeticError, ValueError):
        assume(False)
    np.testing.assert_array_equal(found, expected)


@many_examples(300)
@given(rule=rules(), data=st.data())
def test_arrays(rule, data):
    drawn = data.draw(st.lists(SIZES, min_size=6 * (STEPS + 1), max_size=6 * (STEPS + 1)))
    starts, *gradients = np.array(drawn).reshape(STEPS + 1, 2, 3)
    gradients = np.array(gradients)
    with np.errstate(all="ignore"):
        expected = np.array(by_hand(rule, starts, gradients))
    found = written_out_on_arrays(rule, starts, gradients)
    # a part that is switched off is left out, where `step` would make inf · 0 of it
    finite = np.isfinite(expected).all(axis=0)
    np.testing.assert_array_equal(found[:, finite], expected[:, finite])


@many_examples(200)
@given(rule=rules(), data=st.data())
def test_floats_equal_arrays(rule, data):
    start = data.draw(st.tuples(SIZES, SIZES))
    gradients = data.draw(st.lists(st.tuples(SIZES, SIZES), min_size=STEPS, max_size=STEPS))
    try:
        on_floats = written_out_on_floats(rule, start, gradients)
    except (ArithmeticError, ValueError):
        assume(False)
    repeated = np.repeat(np.array(gradients)[:, :, None], 17, axis=2)
    on_arrays = written_out_on_arrays(rule, np.repeat(np.reshape(start, (2, 1)), 17, axis=1), repeated)
    for run in (0, 8, 16):
        np.testing.assert_array_equal(on_arrays[:, :, run], on_floats)


@pytest.mark.parametrize("key", gdsim.optimizers.RULES)
def test_the_gradient_is_only_read(key):
    gradients = np.random.default_rng(3).normal(size=(4, 2, 5))
    kept = gradients.copy()
    by_hand(decaying(key, 0.1), np.ones((2, 5)), gradients)
    assert np.array_equal(gradients, kept)


@pytest.mark.parametrize("key", gdsim.optimizers.RULES)
def test_two_races_of_one_rule_do_not_share_memory(key):
    gradients = np.random.default_rng(4).normal(size=(5, 2, 3))
    starts = np.ones((2, 3))
    first = written_out_on_arrays(gdsim.optimizers.RULES[key](), starts, gradients)
    written_out_on_arrays(gdsim.optimizers.RULES[key](learning_rate=0.5), starts, 7 * gradients)
    np.testing.assert_array_equal(written_out_on_arrays(gdsim.optimizers.RULES[key](), starts, gradients), first)


@pytest.mark.parametrize("kind", [float, np.array])
def test_elementwise(kind):
    for a, b in ((2.0, 3.0), (3.0, 2.0), (math.nan, 1.0), (1.0, math.nan), (-0.5, -0.25)):
        np.testing.assert_array_equal(maximum(kind(a), kind(b)), np.maximum(a, b))
        np.testing.assert_array_equal(absolute(kind(a)), abs(a))
        np.testing.assert_array_equal(sign(kind(a)), np.sign(a))
        np.testing.assert_array_equal(minimum(kind(a), kind(b)), a if math.isnan(b) else np.minimum(a, b))
        np.testing.assert_array_equal(where(kind(a) > 1, kind(a), kind(b)), a if a > 1 else b)
    assert sqrt(kind(2.0)) == math.sqrt(2.0)
    assert sign(kind(0.0)) == 0


@pytest.mark.parametrize("runs", [1, 3])
def test_a_total_goes_from_coordinate_to_coordinate(runs):
    x = np.random.default_rng(1).normal(size=(1000, runs)) * 10.0 ** (np.arange(1000)[:, None] % 7)
    np.testing.assert_array_equal(total(x), [reduce(add, column) for column in x.T.tolist()])
    assert total(3.0) == 3.0


@dataclass(frozen=True)
class Entangled(Rule):
    """Uses the old x for the new state, and hands states on: what is overwritten must not be needed any more."""

    key = "entangled"
    state = ("v", "w")
    learning_rate: float = hyper(0.1, "η", "Rate.")

    def step(self, t, x, g, v, w):
        new = x - self.learning_rate * g - 0.25 * v
        return new, w, 0.5 * (v + x)


@dataclass(frozen=True)
class Swapping(Rule):
    key = "swapping"
    state = ("v",)
    learning_rate: float = hyper(0.1, "η", "Rate.")

    def step(self, t, x, g, v):
        return v, x

    def initial(self, name, x):
        return 3.0


@dataclass(frozen=True)
class Coupled(Rule):
    """Sums of sums over the coordinates, and a gradient that is taken elsewhere."""

    key = "coupled"
    state = ("v", "w")
    learning_rate: float = hyper(0.1, "η", "Rate.")

    def look(self, x, v, w):
        return x + 0.5 * v

    def step(self, t, x, g, v, w):
        mean = total(x) / 2
        spread = sqrt(total((x - mean) * (x - mean)))
        return x - self.learning_rate * g / (spread + 1), v + g * spread, mean * 1.0


@pytest.mark.parametrize("kind", [Entangled, Swapping, Coupled])
def test_old_values_last_as_long_as_they_are_needed(kind):
    gradients = np.random.default_rng(5).normal(size=(9, 2, 4))
    starts = np.random.default_rng(6).normal(size=(2, 4))
    expected = np.array(by_hand(kind(), starts, gradients))
    np.testing.assert_array_equal(written_out_on_arrays(kind(), starts, gradients), expected)
    on_floats = written_out_on_floats(kind(), starts[:, 1], gradients[:, :, 1].tolist())
    np.testing.assert_array_equal(on_floats, expected[:, :, 1])


def test_a_step_that_branches_on_a_number_is_refused():
    class Branching(Rule):
        key = "branching"
        learning_rate: float = hyper(0.1, "η", "Rate.")

        def step(self, t, x, g):
            return (x - g if t > 3 else x + g,)

    with pytest.raises(TypeError, match="where"):
        written_out_on_floats(Branching(), (1.0, 2.0), [(1.0, 1.0)])
