"""Strategies for any experiment at all, for property tests."""

from dataclasses import replace

from hypothesis import strategies as st

import gdsim
from gdsim.objectives import MODEL_KEYS, CentralDifference, Exact, ForwardDifference, Source, objective_for
from gdsim.objectives.data.models.model_kinds import MODELS
from gdsim.objectives.surfaces.high_dimensional import MANY
from gdsim.optimizers import RULES, SCHEDULES, Method
from gdsim.simulation.entry import without_idle
from gdsim.simulation.maps.tuning_rule import Criterion, TuningRule

ordinary = st.floats(-10, 10)
extreme = st.floats(allow_nan=False, allow_infinity=False)

#: Typed functions: parameters, corners, places where they are not defined, one and two variables.
TEXTS = [
    "a*x^2 + b*y^2 + sin(3x)",
    "log(x) + 1/y",
    "|x|*c + max(x^2, 2x)",
    "(1 - x)**2 + floor(y) + relu(y)·y² + e^(-x²)",
]


def within(hyper):
    if isinstance(hyper.default, bool):
        return st.booleans()
    if isinstance(hyper.default, int):
        return st.integers(int(hyper.low), int(min(hyper.high, 100)))
    return st.floats(hyper.low, min(hyper.high, 1e300))


@st.composite
def schedules(draw):
    kind = SCHEDULES[draw(st.sampled_from(list(SCHEDULES)))]
    return kind(**{hyper.name: draw(within(hyper)) for hyper in kind.hypers() if draw(st.booleans())})


gradients = (
    st.just(Exact())
    | st.builds(CentralDifference, st.floats(1e-12, 1))
    | st.builds(ForwardDifference, st.floats(1e-12, 1))
)
clips = st.just(0.0) | st.floats(1e-3, 1e12)


names = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=12) | st.sampled_from(['a, "b" %d', "adam"])


@st.composite
def entries(draw, known):
    rule = known[draw(st.sampled_from(list(known)))]
    hypers = [hyper for hyper in rule.hypers() if draw(st.booleans())]
    values = {hyper.name: draw(within(hyper)) for hyper in hypers}
    own = draw(st.none() | schedules()), draw(st.none() | clips)
    if issubclass(rule, Method):
        own = None, draw(st.none() | st.just(0.0))
    number, name = draw(st.just(1) | st.integers(1, 4)), draw(st.just("") | names)
    return gdsim.Entry(rule.key, values, draw(st.booleans()), *own, number, name)


def racers(fewest, most, known=gdsim.OPTIMIZERS):
    """Strategy for optimizers, no two of which are called the same."""
    return st.lists(entries(known), min_size=fewest, max_size=most, unique_by=lambda entry: entry.name or id(entry))


ranges = st.tuples(st.sampled_from(["learning_rate", "momentum", "beta1"]), extreme, extreme) | st.tuples(
    st.just("learning_rate"), ordinary, ordinary, st.sampled_from(["log", "linear", "log1m"])
)
tunings = st.builds(
    TuningRule,
    st.integers(2, 1000),
    st.integers(1, 1000),
    st.sampled_from(Criterion),
    st.integers(0, 2**32 - 1),
    st.dictionaries(st.sampled_from(["gd", "adam", "adam 2"]), st.lists(ranges, max_size=2), max_size=2),
)


@st.composite
def boxes(draw, dimension):
    lows = draw(st.tuples(*[ordinary] * dimension))
    return tuple((low, low + draw(st.floats(0.1, 10))) for low in lows)


@st.composite
def experiments(draw, steps=20, restarts=12, known=gdsim.OPTIMIZERS):
    """Experiments that run in a moment; more than 8 runs take the other path of the engine."""
    shared = st.none() | st.floats(0, 1)
    function = draw(st.sampled_from([*gdsim.FUNCTIONS, *TEXTS]))
    options = {"dimension": draw(st.integers(2, 9))} if function in MANY and draw(st.booleans()) else {}
    objective = objective_for(function)
    d = options.get("dimension", objective.dimension)
    noise = draw(st.just(0.0) | st.floats(0, 10))
    return gdsim.Experiment(
        function=function,
        start=draw(st.none() | st.tuples(*[ordinary] * d) | st.tuples(*[extreme] * d)),
        restarts=draw(st.integers(0, restarts)),
        seed=draw(st.integers(0, 2**32 - 1)),
        steps=draw(st.integers(1, steps)),
        tolerance=draw(st.just(0.0) | st.floats(0, 1e300)),
        learning_rate=draw(shared),
        momentum=draw(shared),
        # methods know no noise
        optimizers=tuple(draw(racers(0, 4, RULES if noise else known))),
        bounds=draw(st.none() | boxes(d)),
        direction=draw(st.sampled_from(["descent", "ascent"])),
        gradient=draw(gradients),
        noise=noise,
        schedule=draw(st.none() | schedules()),
        clip=draw(clips),
        name=draw(st.sampled_from(["", "Mine", 'A "hill" of µ'])),
        parameters={name: draw(ordinary) for name in objective.parameters if draw(st.booleans())},
        options=options,
        tuning=draw(st.none() | tunings),
    )


@st.composite
def sources(draw, classes):
    """Few examples: made up, real, or a table of one's own."""
    split = {"seed": draw(st.integers(0, 2**32 - 1)), "held_out": draw(st.none() | st.floats(0, 0.5))}
    kind = draw(st.sampled_from(["made", "real", "table"]))
    if kind == "made":
        key = draw(st.sampled_from(["blobs", "moons"] if classes else ["line", "sine"]))
        return Source(key, draw(st.integers(20, 40)), draw(st.none() | st.floats(0, 2)), **split)
    if kind == "real":
        return Source("iris" if classes else "anscombe2", **split)
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[ordinary] * width), min_size=12, max_size=20))
    targets = [float(i % 2) for i in range(len(rows))] if classes else draw(st.permutations(range(len(rows))))
    # whoever holds out much of little may keep one class only
    split["held_out"] = 0.0
    names = draw(st.just(()) | st.just(tuple(f"größe {i}" for i in range(width))))
    return Source(
        rows=tuple((*row, target) for row, target in zip(rows, targets, strict=True)),
        features=names,
        target=draw(st.sampled_from(["y", 'die "Höhe"'])),
        classes=("no", "yes") if classes and draw(st.booleans()) else (),
        **split,
    )


@st.composite
def models(draw, steps=10, known=gdsim.OPTIMIZERS):
    """Experiments of models on data that run in a moment."""
    key = draw(st.sampled_from(list(MODEL_KEYS)))
    classes = key != "linear" and (key == "logistic" or draw(st.booleans()))
    values = {
        "l2": st.floats(0, 1),
        "standardise": st.booleans(),
        "activation": st.sampled_from(["relu", "tanh", "sigmoid"]),
        "hidden": st.integers(1, 5) | st.lists(st.integers(1, 5), min_size=1, max_size=2),
        "init": st.sampled_from(["he", "normal", "zeros"]),
        "cost": st.sampled_from(["mse", "cross_entropy"] if classes else ["mse"]),
    }
    options = {o.name: draw(values[o.name]) for o in MODELS[key].options if draw(st.booleans())}
    batch, noise = draw(st.integers(0, 30)), draw(st.just(0.0) | st.floats(0, 10))
    return gdsim.Experiment(
        key,
        data=draw(sources(classes)),
        options=options,
        batch=batch,
        seed=draw(st.integers(0, 2**32 - 1)),
        restarts=draw(st.integers(0, 9)),
        steps=draw(st.integers(1, steps)),
        optimizers=tuple(draw(racers(1, 2, RULES if batch or noise else known))),
        noise=noise,
    )


def as_it_comes_back(experiment):
    """An experiment without the optimizers that say nothing."""
    return replace(experiment, optimizers=without_idle(experiment.optimizers))
