"""A model on data as a function of tensors, with its examples written out."""

from __future__ import annotations

from gdsim.errors import GdsimError
from gdsim.objectives.data import Model
from gdsim.objectives.data.activations import LEAK
from gdsim.objectives.data.dataset import spread
from gdsim.objectives.data.layers import Layer
from gdsim.objectives.data.seeds import BATCHES

#: So many numbers of examples are written into a program, and no more.
_MOST_NUMBERS = 50_000

_DATA = """\
# a row an example: its features, then its target
EXAMPLES = {examples}
X, y = torch.tensor(EXAMPLES).split([{p}, 1], dim=1)
{standardised}
"""
_STANDARDISED = """\
# mean 0 and standard deviation 1
X = X - torch.tensor({middle})
X = X / torch.tensor({scale})
"""

_MODEL = '''
def outputs(*point{rows}):
    """What the last neuron gives for every example, a row a run."""
    weights = torch.stack(point, dim=1)
    a = X{chosen}
{layers}    return a[:, :, 0]


def f(*point{rows}):
    """What is minimised."""
    a = outputs(*point{given})
    costs = {cost}
{mean}
'''
_BATCHES = '''
def batches():
    """The examples of each step: shuffled anew each epoch, one order for all optimizers, the same as in gdsim."""
    for epoch in range(STEPS):
        order = numpy.random.default_rng([SEED, {purpose}, epoch]).permutation(len(X))
        yield from torch.from_numpy(order).split(BATCH)

'''

#: By key: what a neuron makes of its weighted sum z. A step has no slope; of nothing, autograd would know none.
_ACTIVATIONS = {
    "identity": "{z}",
    "step": "step({z})",
    "sigmoid": "torch.sigmoid({z})",
    "tanh": "torch.tanh({z})",
    "relu": "torch.relu({z})",
    "leaky_relu": f"torch.nn.functional.leaky_relu({{z}}, {LEAK})",
    "softplus": "softplus({z})",
}
#: What stands before a model that calls it.
_HELPERS = {
    "step(": '''
def step(z):
    """1 above 0, else 0; its slope is 0 wherever it has one."""
    return (z > 0) + 0 * z

''',
    "softplus(": '''
def softplus(z):
    """log(1 + exp(z)); torch's own is z itself above a threshold."""
    return torch.logaddexp(z, torch.zeros_like(z))

''',
}
#: By key: the cost of every single example.
_COSTS = {
    "mse": "(a - y{chosen}.T).square()",
    "cross_entropy": """torch.nn.functional.binary_cross_entropy_with_logits(
        a, y{chosen}.T.expand_as(a), reduction="none"
    )""",
}
_MEAN = "    return costs.mean(dim=1)\n"
_PENALISED = """\
    free_of_biases = torch.stack([{weights}])
    return costs.mean(dim=1) + {l2!r} / 2 * free_of_biases.square().sum(dim=0)
"""


def torch_model(model: Model, batch: int) -> str:
    """The Python text of a function ``f`` of the parameters, with the examples before it.

    With batches, it takes which rows of the examples are meant, and ``batches()`` yields them step by step.
    """
    rows, chosen, given = (", rows=slice(None)", "[rows]", ", rows=rows") if batch else ("", "", "")
    text = _MODEL.format(
        rows=rows,
        chosen=chosen,
        given=given,
        layers="".join(map(_layer, model.layers.layers)),
        cost=_COSTS[model.layers.cost.key].format(chosen=chosen),
        mean=_PENALISED.format(weights=_weights(model), l2=model.l2) if model.l2 else _MEAN,
    )
    helpers = "".join(helper for call, helper in _HELPERS.items() if f" {call}" in text)
    return _data(model) + helpers + text + _BATCHES.format(purpose=BATCHES) * bool(batch)


def _data(model: Model) -> str:
    n, p = model.X.shape
    if n * (p + 1) > _MOST_NUMBERS:
        raise GdsimError("the {count} examples are too many to be written into a program with torch: {most} numbers "
                         "are the most; take the program with gdsim", "data", count=n, most=_MOST_NUMBERS)  # fmt: skip
    rows = "".join(f"    {[*x, y]!r},\n" for x, y in zip(model.X.tolist(), model.y.tolist(), strict=True))
    standardised = ""
    if model.standardise:
        middle, scale = spread(model.X)
        standardised = _STANDARDISED.format(middle=middle.tolist(), scale=scale.tolist())
    return _DATA.format(examples=f"[\n{rows}]", p=p, standardised=standardised)


def _layer(layer: Layer) -> str:
    weights = f"weights[:, {layer.first}:{layer.bias}].reshape(-1, {layer.wide}, {layer.deep}).mT"
    z = f"a @ {weights} + weights[:, None, {layer.bias}:{layer.end}]"
    return f"    a = {_ACTIVATIONS[layer.activation.key].format(z=z)}\n"


def _weights(model: Model) -> str:
    """All weights among the parameters, without the biases."""
    return ", ".join(f"*point[{layer.first}:{layer.bias}]" for layer in model.layers.layers)
