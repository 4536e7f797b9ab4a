"""Thousands of damaged files: none does harm, and each that is refused is refused in a sentence."""

import json
import random
from copy import deepcopy

import numpy as np
import pytest

import gdsim
from gdsim import Entry, Experiment, GdsimError, Source
from gdsim.objectives import CentralDifference
from gdsim.optimizers import ReduceOnPlateau, StepDecay, WarmupCosine
from gdsim.storage.files import dump, load

COUNT = 5000

FILES = [
    dump(Experiment()),
    dump(
        Experiment(
            "rosenbrock",
            start=(-1.5, 2.0),
            restarts=7,
            learning_rate=1e-3,
            momentum=0.9,
            bounds=((-1.0, 1.0), (0.0, 2.5)),
            optimizers=tuple(
                Entry(key, {hyper.name: hyper.default for hyper in rule.hypers()})
                for key, rule in gdsim.OPTIMIZERS.items()
                if rule.hypers()  # with nothing set, one that is switched off need not be in a file
            ),
        ),
        "Every value",
        'Ünïcode and "quotes" and\nlines.',
    ),
    dump(
        Experiment(
            "sine_hill",
            start=(2.0,),
            direction="ascent",
            gradient=CentralDifference(1e-5),
            noise=0.1,
            schedule=WarmupCosine(warmup=5, steps=50, final=0.1),
            clip=2.0,
            name="Hills",
            optimizers=(
                Entry("gd", schedule=ReduceOnPlateau(gamma=0.5, patience=3), clip=0.0),
                Entry("adam", {"beta1": 0.5}, False, StepDecay(every=7), 1.5),
            ),
        ),
    ),
    dump(
        Experiment(
            "a*x^2 + b*(y - 1)² + log(x + 6)",
            name="A valley",
            parameters={"a": 3, "b": 0.5},
            bounds=((-5.5, 5), (-4, 4)),
            start=(1, 2),
        ),
        "Typed",
    ),
    dump(
        Experiment(
            "network",
            data=Source("moons", count=40, noise=0.2, seed=3, held_out=0.5),
            options={"hidden": (4, 3), "activation": "relu", "l2": 0.01, "standardise": True},
            batch=8,
        )
    ),
    dump(
        Experiment(
            "logistic",
            data=Source(
                rows=((0.5, 0), (1.5, 1), (2.5, 0), (3.5, 1)), features=("dose",), target="ill", classes=("no", "yes")
            ),
        )
    ),
    b'{"gdsim": 0, "lr": 0.1, "optimizers": [{"key": "adam", "values": {"lr": 0.2, "beta1": 0.5}}, {"key": "gd"}]}',
]

ODD = [
    None,
    True,
    False,
    0,
    -1,
    1,
    2,
    0.5,
    -0.0,
    1e308,
    -1e308,
    1e-320,
    10**30,
    10**300,
    "",
    "0.5",
    "adam",
    "\n\0",
    "\ud800",
    [],
    [[]],
    {},
    [1, 2],
    [1, 2, 3],
    [[0, 1], [0, 1]],
    {"key": "gd"},
    float("nan"),
    float("inf"),
    "__import__('os').abort()",
    "cosine",
    "central",
    {"key": "cosine"},
    {"key": "forward", "h": 1e-3},
    "x",
    "a*x^2 + y^2",
    "9**9**9**9*x",
    "(" * 1500 + "x",
    {"a": 2},
    "sin(" * 70 + "x" + ")" * 70,
]


def places(tree, path=()):
    """The paths of all values in a tree."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, value in items:
        yield (*path, name)
        yield from places(value, (*path, name))


def at(tree, path):
    for name in path:
        tree = tree[name]
    return tree


def flip(chance, data):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def truncate(chance, data):
    return data[: chance.randrange(len(data) - 1)]


def cut_out(chance, data):
    first, last = sorted(chance.sample(range(len(data)), 2))
    return data[:first] + data[last:]


def repeat(chance, data):
    first, last = sorted(chance.sample(range(len(data)), 2))
    return data[:last] + data[first:]


def change(chance, data):
    tree = json.loads(data)
    for _ in range(chance.choice([1, 1, 3])):
        *path, name = chance.choice(list(places(tree)))
        at(tree, path)[name] = deepcopy(chance.choice(ODD))
    return json.dumps(tree).encode()


def swap(chance, data):
    tree = json.loads(data)
    a, b = chance.sample([path for path in places(tree) if not isinstance(at(tree, path), list | dict)], 2)
    at(tree, a[:-1])[a[-1]], at(tree, b[:-1])[b[-1]] = at(tree, b), at(tree, a)
    return json.dumps(tree).encode()


def rename(chance, data):
    tree = json.loads(data)
    *path, name = chance.choice([path for path in places(tree) if isinstance(path[-1], str)])
    holder = at(tree, path)
    known = ["", "lr", "key", "steps", "clip", "schedule", "parameters"]
    new = chance.choice([*known, name[:-1], name + "s", name.upper(), "x" * 10_000, "a\nb", "{0}"])
    holder[new] = holder.pop(name)
    return json.dumps(tree).encode()


def nest(chance, data):
    tree = json.loads(data)
    *path, name = chance.choice(list(places(tree)))
    at(tree, path)[name] = "DEEP"
    depth = chance.choice([5, 18, 1000, 10_000])
    opened, closed = chance.choice([("[", "]"), ('{"a":', "}")])
    deep = opened * depth + chance.choice(["", "1"] if opened == "[" else ["1"]) + closed * depth
    return json.dumps(tree).replace('"DEEP"', deep).encode()


def number(chance, data):
    tree = json.loads(data)
    numbers = [path for path in places(tree) if type(at(tree, path)) in (int, float)]
    *path, name = chance.choice(numbers)
    at(tree, path)[name] = "NUMBER"
    text = chance.choice(
        [
            "1e999",
            "-1e999",
            "NaN",
            "-Infinity",
            "9" * 5000,
            "1" + "0" * 300,
            "-0",
            "1e-999",
            "1E+3",
            "0.1" + "0" * 5000,
            "01",
            "1.",
            ".5",
            "+1",
            "0x1",
            "1_000",
            "-",
        ]
    )
    return json.dumps(tree).replace('"NUMBER"', text).encode()


def double(chance, data):
    text = data.decode()
    return (
        text[:1] + chance.choice(['"steps": 3,', '"gdsim": 1,', '"optimizers": [],', '"title": "",']) + text[1:]
    ).encode()


MUTATIONS = [flip, truncate, cut_out, repeat, change, swap, rename, nest, number, double]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_mutated_files(mutation):
    chance = random.Random(mutation.__name__)
    opened = refused = 0
    for _ in range(COUNT // len(MUTATIONS)):
        data = mutation(chance, chance.choice(FILES))
        try:
            document = load(data)
        except GdsimError as error:
            sentence = str(error)
            assert sentence == " ".join(sentence.splitlines())
            assert sentence.isprintable()
            assert 10 < len(sentence) < 600
            refused += 1
        else:
            written = dump(document.experiment, document.title, document.note)
            assert load(written) == document
            assert dump(load(written).experiment, document.title, document.note) == written
            says_the_same(json.loads(data), document)
            opened += 1
    assert refused > 50, "the mutations do no damage"
    if mutation in (truncate, nest):
        assert opened == 0


def says_the_same(tree, document):
    """Tell whether what opened is what stands in the file, by a reading of its own."""
    experiment = document.experiment
    old = {"lr"} if tree["gdsim"] == 0 else set()
    assert set(tree) <= set(Experiment.__dataclass_fields__) | {"gdsim", "title", "note"} | old
    numbers = ("restarts", "seed", "steps", "tolerance", "momentum", "learning_rate", "noise", "clip", "batch")
    for name in ("function", "direction", *numbers):
        if name in tree:
            same(getattr(experiment, name), tree[name])
    assert experiment.name == tree.get("name", "").strip()
    assert set(experiment.parameters) == set(tree.get("parameters", {}))
    for name, value in experiment.parameters.items():
        same(value, tree["parameters"][name])
    same_examples(experiment, tree)
    same_settings(experiment.gradient, tree.get("gradient", "exact"))
    same_settings(experiment.schedule, tree.get("schedule"))
    for entry, written in zip(experiment.optimizers, tree.get("optimizers", [{"key": "gd"}]), strict=True):
        assert entry.key == written["key"]
        assert entry.enabled is written.get("enabled", True)
        values = {"learning_rate" if n == "lr" and old else n: v for n, v in written.get("values", {}).items()}
        assert set(entry.values) == set(values)
        for name, value in values.items():
            same(entry.values[name], value)
        same_settings(entry.schedule, written.get("schedule"))
        same(entry.clip, written.get("clip"))


def same_examples(experiment, tree):
    data = tree.get("data")
    data = {"key": data} if isinstance(data, str) else data or {}
    assert (experiment.data is not None) == (tree.get("data") is not None)
    for name, value in data.items():
        ours = getattr(experiment.data, name)
        if name == "rows":
            ours, value = [list(row) for row in ours], [[float(number) for number in row] for row in value]
        same(list(ours) if isinstance(value, list) else ours, value)
    assert set(experiment.options) == set(tree.get("options", {}))
    for name, value in tree.get("options", {}).items():
        ours = experiment.options[name]
        same(list(ours) if isinstance(value, list) else ours, value if name != "hidden" else [*np.atleast_1d(value)])


def same_settings(ours, theirs):
    if ours is None or theirs is None:
        assert ours is theirs
    elif isinstance(theirs, str):
        assert ours == type(ours)()
        assert ours.key == theirs
    else:
        for name, value in theirs.items():
            same(getattr(ours, name), value)


def same(ours, theirs):
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        ours, theirs = float(ours), float(theirs)
    assert type(ours) is type(theirs)
    assert ours == theirs
