import ast
import math
from dataclasses import replace

import numpy as np
import pytest
from any_experiment import experiments, models
from example_counts import many_examples
from hypothesis import HealthCheck, Phase, assume, given
from programs_run import EVERY, UNUSUAL, executed, unusual

import gdsim
from gdsim import Entry, Experiment, GdsimError
from gdsim.objectives import CentralDifference, ForwardDifference, objective_for
from gdsim.objectives.data.models.activations import ACTIVATIONS
from gdsim.objectives.formula.formula import FUNCTIONS as LANGUAGE
from gdsim.objectives.surfaces.high_dimensional import MANY, many
from gdsim.optimizers import (
    METHODS,
    RULES,
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    ReduceOnPlateau,
    StepDecay,
    WarmupCosine,
)
from gdsim.storage.programs.gdsim_program import python_code
from gdsim.storage.programs.torch_formula import torch_function
from gdsim.storage.programs.torch_many import torch_many
from gdsim.storage.programs.torch_program import torch_code

SHOWN = Experiment(
    "rosenbrock",
    start=(-1.5, 2.0),
    restarts=2,
    seed=3,
    steps=60,
    tolerance=0.0,
    learning_rate=1e-3,
    momentum=0.8,
    bounds=((-1, 1), (0, 2)),
    optimizers=(Entry("adam", {"learning_rate": 0.05}), Entry("radam", {}, False), Entry("momentum")),
)


def test_the_program_reads_well():
    assert python_code(SHOWN).partition("\n\nfor")[0] == (
        "import gdsim\n"
        "\n"
        "race = gdsim.descend(\n"
        '    "rosenbrock",\n'
        "    [\n"
        "        gdsim.Adam(learning_rate=0.05),\n"
        "        gdsim.Momentum(learning_rate=0.001, momentum=0.8),\n"
        "    ],\n"
        "    start=(-1.5, 2.0),\n"
        "    restarts=2,\n"
        "    seed=3,\n"
        "    bounds=((-1.0, 1.0), (0.0, 2.0)),\n"
        "    steps=60,\n"
        "    tolerance=0.0,\n"
        ")\n"
        "positions = race.positions  # (steps + 1, optimizers, coordinates, runs)"
    )


RARE = replace(
    SHOWN,
    direction="ascent",
    gradient=CentralDifference(1e-5),
    noise=0.1,
    schedule=Cosine(steps=50),
    optimizers=(Entry("adam", {"learning_rate": 0.05}, schedule=StepDecay(every=5)), Entry("gd")),
    clip=2.0,
)

TYPED = Experiment(
    "a*x² + |y|/b + log(x + 6)",
    name='A "valley"',
    parameters={"a": 3, "b": -0.5},
    bounds=((-5.5, 5), (-4, 4)),
    restarts=9,
    steps=50,
)


def test_the_bounds_of_a_formula_are_written_even_where_they_are_its_own():
    assert "    bounds=((0.0, 2.0),),\n" in python_code(Experiment("x*log(x)", restarts=3))
    assert "bounds" not in python_code(Experiment("bowl", restarts=3))


def test_a_typed_function_is_written_as_it_is():
    program = python_code(TYPED)
    assert '    "a*x² + |y|/b + log(x + 6)",\n' in program
    assert "    parameters={'a': 3.0, 'b': -0.5},\n" in program


def test_what_is_rarely_set_reads_well():
    program = python_code(RARE)
    for line in (
        "        gdsim.Adam(learning_rate=gdsim.StepDecay(0.05, every=5)),\n",
        "        gdsim.GradientDescent(learning_rate=0.001),\n",
        '    direction="ascent",\n',
        "    gradient=gdsim.CentralDifference(1e-05),\n",
        "    noise=0.1,\n",
        "    schedule=gdsim.Cosine(steps=50),\n",
        "    clip=2.0,\n",
    ):
        assert line in program
    apart = replace(RARE, optimizers=(Entry("adam", clip=1.0), Entry("gd", schedule=Cosine())))
    assert '    optimizers=(\n        gdsim.Entry("adam", {"learning_rate": 0.001}, clip=1.0),\n' in python_code(apart)


@pytest.mark.parametrize("write", [python_code, torch_code])
def test_there_is_no_program_of_a_python_function(write):
    class Plane(gdsim.Objective):
        names, bounds, start = ("x", "y"), np.array([(-1.0, 1.0)] * 2), (0.0, 0.0)
        value = gradient = hessian = None

    with pytest.raises(GdsimError, match=r"^function is a Python object: programs are written for "):
        write(Experiment(Plane()))


@pytest.mark.parametrize(
    "experiment",
    [
        SHOWN,
        RARE,
        TYPED,
        Experiment(optimizers=EVERY, restarts=12, steps=100),
        replace(SHOWN, tolerance=1e-2, start=(-0.0, 1e-300)),
    ],
    ids=["shown", "rare", "typed", "every", "ends"],
)
def test_a_program_of_its_own_gives_the_same_bits(experiment, tmp_path):
    positions, printed = executed(python_code(experiment), tmp_path)
    race = experiment.run()
    assert positions.tobytes() == race.positions.tobytes()
    first = printed.splitlines()[0].split(" ", 3)
    assert [float(number) for number in first[1:3]] == race.positions[-1, 0, :, 0].tolist()
    assert first[3] == str(race.outcomes[0][0])
    assert len(printed.splitlines()) == len(race.rules) * race.runs


@many_examples(100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(experiments())
def test_any_experiment_as_a_program_gives_the_same_bits(capsys, experiment):
    assume(experiment.racing)
    scope = {}
    exec(compile(python_code(experiment), "<program>", "exec"), scope)
    assert scope["positions"].tobytes() == experiment.run().positions.tobytes()


@many_examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(models())
def test_any_model_as_a_program_gives_the_same_bits(capsys, experiment):
    assume(experiment.racing)
    scope = {}
    exec(compile(python_code(experiment), "<program>", "exec"), scope)
    assert scope["positions"].tobytes() == experiment.run().positions.tobytes()


def test_the_program_of_a_model(tmp_path):
    points = tmp_path / "points.csv"
    points.write_text("x,label\n" + "".join(f"{i},{'ab'[i % 3 % 2]}\n" for i in range(30)), "utf-8")
    by_path = Experiment("logistic", data=gdsim.read_csv(points, held_out=0.5)[0], batch=4, steps=30)
    program = python_code(by_path)
    assert f"    data=gdsim.read_csv({str(points)!r}, features=('x',), target='label', held_out=0.5, che" in program
    assert executed(program, tmp_path)[0].tobytes() == by_path.run().positions.tobytes()
    network = Experiment("network", data=gdsim.Source("xor", count=50), options={"hidden": (4,)}, seed=3, batch=8)
    lines = ("data=gdsim.Source(key='xor', count=50)", "options={'hidden': (4,)}", "batch=8", "seed=3")
    assert "".join(f"    {line},\n" for line in lines) in python_code(network)
    large = Experiment("linear", data=gdsim.Source("line", count=40_000), steps=2)
    with pytest.raises(GdsimError, match=r"^the 30000 examples are too many to be written into a program with torch"):
        torch_code(large)


@pytest.mark.parametrize("write", [python_code, torch_code])
def test_without_optimizers_there_is_no_program(write):
    with pytest.raises(GdsimError, match="no optimizer to write a program for"):
        write(Experiment(optimizers=(Entry("gd", {}, False),)))


@many_examples(60, phases=[Phase.generate])
@given(experiments(known=RULES))
def test_the_torch_program_is_python_and_imports_nothing_else(experiment):
    assume(experiment.racing)
    tree = ast.parse(torch_code(experiment))
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert imported in (["torch"], ["math", "torch"])
    assert ("math" in imported) == ("math." in torch_code(experiment).replace("import math", ""))
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))
    calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert not calls & {"eval", "exec", "open", "__import__", "compile"}


@many_examples(60, phases=[Phase.generate])
@given(models(known=RULES))
def test_so_is_that_of_a_model_but_for_the_order_of_batches(experiment):
    assume(experiment.racing)
    program = torch_code(experiment)
    tree = ast.parse(program)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported - {"math"} == ({"torch", "numpy"} if experiment.batch else {"torch"})
    listed = next(n.value for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id == "EXAMPLES")
    model = experiment.objective
    assert np.array_equal(ast.literal_eval(listed), np.column_stack([model.X, model.y]))


def test_the_torch_program_of_a_model_reads_well():
    network = Experiment("network", data=gdsim.Source("xor", count=40), options={"hidden": (3, 2), "l2": 0.1}, batch=8)
    program = torch_code(network)
    for line in (
        "import numpy\nimport torch\n",
        "BATCH = 8\nSEED = 0\n",
        "class Model(torch.nn.Module):\n",
        "            torch.nn.Linear(3, 2),\n            torch.nn.Tanh(),\n            torch.nn.Linear(2, 1),\n",
        '        print(name, "loss", loss)\n',
        "    free_of_biases = torch.stack([*point[0:6], *point[9:15], *point[17:19]])\n",
        "        order = numpy.random.default_rng([SEED, 3, epoch]).permutation(len(X))\n",
        "    for _, rows in zip(range(STEPS), batches()):\n        point.grad = gradient(point, rows=rows)\n",
    ):
        assert line in program
    assert "\n\n\n\n" not in program
    assert max(map(len, program.splitlines())) <= 120


@pytest.mark.parametrize(
    ("entry", "call"),
    [
        (Entry("gd"), "SGD(points, lr=0.001, weight_decay=0.0)"),
        (Entry("momentum"), "SGD(points, lr=0.001, momentum=0.9, dampening=0.0, weight_decay=0.0)"),
        (Entry("nesterov"), "SGD(points, lr=0.001, momentum=0.9, weight_decay=0.0, nesterov=True)"),
        (Entry("nesterov", {"momentum": 0}), "SGD(points, lr=0.001, momentum=0.0, weight_decay=0.0)"),
        (
            Entry("adagrad"),
            "Adagrad(points, lr=0.01, lr_decay=0.0, initial_accumulator_value=0.0, eps=1e-10, weight_decay=0.0)",
        ),
        (Entry("adadelta"), "Adadelta(points, lr=1.0, rho=0.9, eps=1e-06, weight_decay=0.0)"),
        (
            Entry("rmsprop"),
            "RMSprop(points, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0.0, momentum=0.0, centered=False)",
        ),
        (Entry("adam"), "Adam(points, lr=0.001, eps=1e-08, weight_decay=0.0, betas=(0.9, 0.999))"),
        (Entry("adamw"), "AdamW(points, lr=0.001, eps=1e-08, weight_decay=0.01, betas=(0.9, 0.999))"),
        (Entry("amsgrad"), "Adam(points, lr=0.001, eps=1e-08, weight_decay=0.0, betas=(0.9, 0.999), amsgrad=True)"),
        (Entry("adamax"), "Adamax(points, lr=0.002, eps=1e-08, weight_decay=0.0, betas=(0.9, 0.999))"),
        (
            Entry("nadam"),
            "NAdam(points, lr=0.002, eps=1e-08, weight_decay=0.0, momentum_decay=0.004, decoupled_weight_decay=False, "
            "betas=(0.9, 0.999))",
        ),
        (
            Entry("radam", {"decoupled_weight_decay": True}),
            "RAdam(points, lr=0.001, eps=1e-08, weight_decay=0.0, decoupled_weight_decay=True, betas=(0.9, 0.999))",
        ),
    ],
    ids=lambda value: value.key if isinstance(value, Entry) else "",
)
def test_the_names_are_those_of_torch(entry, call):
    assert f'"{entry.key}": lambda points: torch.optim.{call},\n' in torch_code(Experiment(optimizers=(entry,)))


def test_every_optimizer_says_for_itself_what_torch_calls_it():
    for kind in gdsim.optimizers.RULES.values():
        # one that is made from another would be taken for that
        assert kind.__base__ is gdsim.Rule or "torch_class" in vars(kind), kind


class _Torch:
    """As much of torch as a formula needs, done by numpy."""

    class linalg:  # noqa: N801
        vector_norm = staticmethod(lambda points, dim: np.sqrt(np.sum(points * points, axis=dim)))

    stack = staticmethod(np.stack)
    broadcast_tensors = staticmethod(np.broadcast_arrays)
    as_tensor = staticmethod(np.asarray)
    relu = staticmethod(lambda x: np.maximum(x, 0))
    sigmoid = staticmethod(lambda x: 1 / (1 + np.exp(-x)))
    erf = staticmethod(np.vectorize(math.erf))

    def __getattr__(self, name):
        return getattr(np, name)


def program_value(text, names, parameters, points):
    """Value that the torch program of a formula gives, with numpy for torch."""
    tree = ast.parse(torch_function(text, names, parameters))
    scope = {"torch": _Torch(), "math": math}
    exec(compile(tree, "<formula>", "exec"), scope)
    return scope["f"](*points)


@pytest.mark.parametrize("function", gdsim.FUNCTIONS.values(), ids=lambda function: function.key)
def test_the_formula_is_the_function(function):
    points = np.random.default_rng(1).uniform(*function.bounds.T, size=(50, function.dimension)).T
    found = program_value(function.text, function.names, {}, points)
    np.testing.assert_allclose(found, function.value(points), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("key", MANY)
def test_so_are_those_of_any_dimension(key):
    function = many(key, 5)
    points = np.random.default_rng(1).uniform(*function.bounds.T, size=(50, 5)).T
    scope = {"torch": _Torch(), "math": math}
    exec(compile(torch_many(key), "<formula>", "exec"), scope)
    np.testing.assert_allclose(scope["f"](*points), function.value(points), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    "text", ["w^2", "λ^2 − 3λ", "f(u, v) = u^2*v", "x1^2 + 2x_2^2", "sum((x_(i+1) - x_i^2)^2 + x_i/i, i, 1, 9)"]
)
def test_so_are_those_of_other_coordinates(text):
    function = gdsim.function(text)
    points = np.random.default_rng(1).uniform(-2, 2, size=(function.dimension, 50))
    found = program_value(text, function.names, {}, points)
    np.testing.assert_allclose(found, function.value(points), rtol=1e-12, atol=1e-12)
    ast.parse(torch_code(Experiment(text, restarts=2)))


def test_every_function_of_the_language_has_its_spelling():
    one = [name for name, (least, _) in LANGUAGE.items() if least == 1]
    texts = [f"{name}({'' if name != 'acosh' else '2 + '}x/10 + y/9) + x" for name in one]
    texts += [f"{name}(0.3) + x + y" for name in one if name != "acosh"]
    two = ("hypot", "atan2", "mod", "root", "log")
    texts += [f"{name}(x, y) + {name}(x, 2) + {name}(2, y) + {name}(2, 3)" for name in two]
    texts += [
        "where(x > 1 and not y >= 2 or x == y, log(x - 1) + where(y < 1, 3, y), cbrt(y - 2)*x)",
        "where(2 < 3, x, y)",
        "where(x != 2 and 1 <= 2, 2, x) + root(x - 2, 3)",
        "sum(x_i^2, i, 1, 2)",
    ]
    texts += [f"{name}(x, y, 1) + {name}(2, 3) + {name}(2, x)" for name in ("min", "max")]
    texts += ["a x^-b + 007y + .5e1 - -2^x + (-x)^2 - b^a*(x - (y - 1))/(2/y)", "x^y^0.5/pi/e", "9^300 x/9^301"]
    points = np.random.default_rng(1).uniform(0.5, 4, size=(2, 20))
    for text in texts:
        function = objective_for(text, {"a": -1.5, "b": 2} if "a x" in text else {})
        points = points[: function.dimension]
        found = program_value(text, function.names, function.parameters, points)
        np.testing.assert_allclose(found, function.value(points), rtol=1e-12, err_msg=text)
        points = np.random.default_rng(1).uniform(0.5, 4, size=(2, 20))


def test_a_program_goes_on_where_python_would_raise():
    text, parameters = "max(log(a), x) + relu(log10(a)) + atan(1/a) + min(exp(1000b), y)", {"a": 0.0, "b": 1.0}
    points = np.array([[1.0, 2.0], [3.0, 4.0]])
    with np.errstate(all="ignore"):
        found = program_value(text, ("x", "y"), parameters, points)
    np.testing.assert_allclose(found, points.sum(axis=0) + np.pi / 2)
    np.testing.assert_allclose(found, objective_for(text, parameters).value(points))


@pytest.mark.parametrize(
    "text",
    ["__import__('os').getcwd()", "x.__class__", "open('/etc/passwd')", "x; y", "[x for x in y]", "(lambda: x)()"],
)
def test_only_arithmetic_is_printed(text):
    with pytest.raises(GdsimError):
        torch_function(text, ("x", "y"), {})


#: Every rule, with weight decay where there is one.
STILL = tuple(unusual(key, UNUSUAL[0]) for key in gdsim.optimizers.RULES)
#: Every schedule, of its own; the last follows the shared one.
SCHEDULED = (
    *(
        Entry("momentum" if i % 2 else "gd", {"weight_decay": i / 100}, schedule=schedule, clip=0.5 * i)
        for i, schedule in enumerate(
            [
                Constant(),
                StepDecay(every=7),
                Exponential(gamma=0.95),
                InverseTime(decay=0.1),
                Cosine(final=0.1),
                WarmupCosine(warmup=9),
                WarmupCosine(warmup=0, steps=30),
                ReduceOnPlateau(patience=2, gamma=0.5),
                ReduceOnPlateau(gamma=1.0),
            ]
        )
    ),
    Entry("adam"),
)


def test_the_torch_program_says_what_it_does():
    program = torch_code(
        Experiment("bowl", noise=0.1, seed=5, direction="ascent", gradient=CentralDifference(), optimizers=SCHEDULED)
    )
    compile(program, "<program>", "exec")
    for line in (
        "maximize=True",
        "StepLR(optimizer, step_size=7, gamma=0.5)",
        "ExponentialLR(optimizer, gamma=0.95)",
        "lambda k: 1 / (1 + 0.1 * k)",
        "lambda k: half_wave(k, 500, 0.1)",
        "lambda k: (k + 1) / 9 if k < 9 else half_wave(k - 9, 491, 0.0)",
        "lambda k: half_wave(k, 30, 0.0)",
        "ReduceLROnPlateau(optimizer, factor=0.5, patience=2, threshold=0.0001, eps=0.0)",
        "# torch draws other numbers than gdsim",
        "(f(x + H) - f(x - H)) / 2H",
        "What is maximised.",
    ):
        assert line in program
    assert program.count("ReduceLROnPlateau") == 1  # γ = 1 changes nothing, and torch refuses it


@pytest.mark.torch
def test_the_noise_of_torch_is_as_strong(tmp_path):
    experiment = Experiment("line", steps=4000, noise=2.0, learning_rate=1.0, seed=3, restarts=1, optimizers=EVERY[:1])
    experiment = replace(experiment, optimizers=(Entry("gd"), Entry("gd", schedule=Constant())), tolerance=0)
    positions, _ = executed(torch_code(experiment), tmp_path)
    noise = -np.diff(positions[:, :, 0], axis=0) - 3
    assert noise.std() == pytest.approx(2, rel=0.05)
    assert abs(noise.mean()) < 0.1
    np.testing.assert_allclose(noise[:, 0], noise[:, 1], atol=1e-9)  # the same for every optimizer
    assert abs(np.corrcoef(noise[:, 0, 0], noise[:, 0, 1])[0, 1]) < 0.1  # each run its own


@pytest.mark.torch
@pytest.mark.parametrize("restarts", [0, 10])
def test_torch_gives_the_same_path_on_the_ravine(restarts, tmp_path):
    experiment = Experiment("ravine", restarts=restarts, optimizers=EVERY)
    positions, _ = executed(torch_code(experiment), tmp_path)
    ours = experiment.run().positions
    assert positions.shape == ours.shape
    away = np.abs(positions - ours).max(axis=(0, 2, 3))
    names = [f"{entry.key} {dict(entry.values)}" for entry in EVERY]
    assert [(name, distance) for name, distance in zip(names, away, strict=True) if not distance <= 1e-9] == []


@pytest.mark.torch
@pytest.mark.parametrize(
    "experiment",
    [
        # converges, diverges, and goes through a corner's middle
        Experiment("bowl", learning_rate=0.1, optimizers=(Entry("gd"), Entry("momentum"), Entry("nesterov"))),
        Experiment("bowl", restarts=3, steps=300, optimizers=(Entry("gd", {"learning_rate": 900}),)),
        Experiment("ackley", start=(0, 0), steps=20, learning_rate=1e-3),
        Experiment("ackley", steps=50, restarts=4, learning_rate=1e-3, optimizers=(Entry("gd"), Entry("adam"))),
        Experiment("goldstein_price", steps=30, restarts=20, learning_rate=1e-3, tolerance=0.1),
        Experiment("bowl", start=(1e200, 0), steps=5),
        Experiment("himmelblau", restarts=9, direction="ascent", steps=60, learning_rate=1e-3, optimizers=STILL),
        Experiment("ravine", restarts=2, steps=80, learning_rate=0.01, optimizers=SCHEDULED, schedule=Cosine(steps=50)),
        Experiment("sine_hill", restarts=2, steps=60, learning_rate=0.05, clip=1, gradient=CentralDifference(1e-3)),
        Experiment("ravine", steps=60, learning_rate=0.01, gradient=ForwardDifference(1e-3), direction="ascent"),
        # the loss goes below 0 and stays there
        Experiment("cos(x)", start=(2,), steps=90, learning_rate=0.3, schedule=ReduceOnPlateau(patience=2, gamma=0.5)),
        replace(TYPED, learning_rate=0.01),
        *(Experiment(key, options={"dimension": 7}, restarts=2, steps=30, learning_rate=1e-4) for key in MANY),
        Experiment("ackley", options={"dimension": 3}, start=(0, 0, 0), steps=3),
    ],
    ids=[
        "converges",
        "diverges",
        "corner",
        "ackley",
        "mixed",
        "begins outside",
        "ascent",
        "schedules",
        "clip",
        "forward",
        "plateau below 0",
        "typed",
        *MANY,
        "corner of three",
    ],
)
def test_torch_ends_where_we_end(experiment, tmp_path):
    positions, printed = executed(torch_code(experiment), tmp_path)
    ours = experiment.run().positions
    np.testing.assert_allclose(positions, ours, rtol=1e-9, atol=1e-9)
    *numbers, word, loss = printed.splitlines()[0].split()[1:]
    assert [float(number) for number in numbers] == positions[-1, 0, :, 0].tolist()
    assert (word, float(loss)) == ("loss", pytest.approx(experiment.run().losses[-1, 0, 0], rel=1e-9))


#: Batches that divide the examples or do not, penalties, both costs, every activation, one feature and many.
MODELS = [
    Experiment("linear", restarts=2, learning_rate=0.05, optimizers=EVERY, steps=40),
    Experiment(
        "linear",
        data=gdsim.Source("diabetes"),
        options={"standardise": True, "l2": 0.1},
        batch=32,
        steps=60,
        learning_rate=0.05,
        optimizers=SCHEDULED,
        seed=4,
    ),
    Experiment(
        "logistic",
        data=gdsim.Source("iris"),
        options={"l2": 0.05},
        restarts=1,
        learning_rate=0.1,
        seed=2,
        optimizers=tuple(Entry(key) for key in ("gd", "momentum", "nesterov", "adam", "radam")),
        steps=60,
    ),
    Experiment("logistic", batch=7, steps=90, gradient=CentralDifference(1e-4), clip=0.5, learning_rate=0.1),
    *(
        Experiment(
            "perceptron",
            options={"activation": name, "cost": cost, "l2": 0.01},
            batch=5,
            steps=60,
            learning_rate=0.05,
            restarts=1,
        )
        for name, cost in zip(ACTIVATIONS, ["mse", "cross_entropy"] * 4, strict=False)
    ),
    Experiment(
        "network",
        data=gdsim.Source("xor"),
        options={"hidden": (8, 8)},
        batch=16,
        steps=60,
        restarts=1,
        seed=3,
        optimizers=(Entry("gd", {"learning_rate": 0.1}), Entry("adam", {"learning_rate": 0.01})),
    ),
    Experiment(
        "network",
        data=gdsim.Source("sine"),
        options={"hidden": 5, "activation": "softplus", "l2": 1e-3},
        steps=60,
        learning_rate=0.02,
        direction="descent",
        tolerance=1e-3,
    ),
]


@pytest.mark.torch
@pytest.mark.parametrize("experiment", MODELS, ids=[f"{i} {e.function}" for i, e in enumerate(MODELS)])
def test_torch_trains_models_as_we_do(experiment, tmp_path):
    positions, printed = executed(torch_code(experiment), tmp_path)
    ours = experiment.run()
    np.testing.assert_allclose(positions, ours.positions, rtol=1e-9, atol=1e-9)
    losses = [float(line.split(" loss ")[1]) for line in printed.splitlines()]
    np.testing.assert_allclose(losses, ours.losses[-1].ravel(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("key", [method.key for method in METHODS])
def test_methods_have_no_program_of_torch_and_one_of_ours(key):
    experiment = Experiment("himmelblau", start=(0.0, 0.0), optimizers=(Entry(key), Entry("gd")), clip=1.0, steps=20)
    with pytest.raises(GdsimError, match=r"there is no program of it for PyTorch"):
        torch_code(experiment)
    scope = {}
    exec(python_code(experiment), scope)
    np.testing.assert_array_equal(scope["positions"], experiment.run().positions)
