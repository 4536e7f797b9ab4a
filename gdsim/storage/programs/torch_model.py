"""A model on data as a function of tensors, with its examples written out."""

from __future__ import annotations

from gdsim.errors import GdsimError
from gdsim.objectives.data import Model
from gdsim.objectives.data.dataset import spread
from gdsim.objectives.data.models.activations import LEAK
from gdsim.objectives.data.models.layers import Layer
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
class Model(torch.nn.Module):
    """{title}: what the last neuron gives."""

    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(
{layers}        )

    def forward(self, features):
        return self.layers(features).squeeze(-1)


MODEL = Model()


def outputs(*point{rows}):
    """What the model gives for every example, a row a run."""
    names, shapes = zip(*((name, of.shape) for name, of in MODEL.named_parameters()))

    def of_one_run(weights):
        parts = weights.split([shape.numel() for shape in shapes])
        named = {{name: part.reshape(shape) for name, part, shape in zip(names, parts, shapes)}}
        return torch.func.functional_call(MODEL, named, X{chosen})

    return torch.func.vmap(of_one_run)(torch.stack(point, dim=1))


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

#: By key: what a neuron makes of its weighted sum, as a module; "" where it makes nothing of it.
_ACTIVATIONS = {
    "identity": "",
    "step": "Step()",
    "sigmoid": "torch.nn.Sigmoid()",
    "tanh": "torch.nn.Tanh()",
    "relu": "torch.nn.ReLU()",
    "leaky_relu": f"torch.nn.LeakyReLU({LEAK})",
    "softplus": "Softplus()",
}
#: What stands before a model that has it.
_HELPERS = {
    " Step()": '''
class Step(torch.nn.Module):
    """1 above 0, else 0; its slope is 0 wherever it has one."""

    def forward(self, z):
        return (z > 0) + 0 * z  # of nothing, autograd would know no slope

''',
    " Softplus()": '''
class Softplus(torch.nn.Module):
    """log(1 + exp(z)); torch's own is z itself above a threshold."""

    def forward(self, z):
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
        title=model.title,
        chosen=chosen,
        given=given,
        layers="".join(f"            {module},\n" for layer in model.layers.layers for module in _modules(layer)),
        cost=_COSTS[model.layers.cost.key].format(chosen=chosen),
        mean=_PENALISED.format(weights=_weights(model), l2=model.l2) if model.l2 else _MEAN,
    )
    helpers = "".join(helper for made, helper in _HELPERS.items() if made in text)
    return _data(model) + helpers + text + _BATCHES.format(purpose=BATCHES) * bool(batch)


def _data(model: Model) -> str:
    n, p = model.X.shape
    if n * (p + 1) > _MOST_NUMBERS:
        raise GdsimError(
            "the {count} examples are too many to be written into a program with torch: {most} numbers "
            "are the most; take the program with gdsim",
            "data",
            count=n,
            most=_MOST_NUMBERS,
        )
    rows = "".join(f"    {[*x, y]!r},\n" for x, y in zip(model.X.tolist(), model.y.tolist(), strict=True))
    standardised = ""
    if model.standardise:
        middle, scale = spread(model.X)
        standardised = _STANDARDISED.format(middle=middle.tolist(), scale=scale.tolist())
    return _DATA.format(examples=f"[\n{rows}]", p=p, standardised=standardised)


def _modules(layer: Layer) -> list[str]:
    """A layer as torch makes it; its parameters come in our order: weights row by row, then biases."""
    activation = _ACTIVATIONS[layer.activation.key]
    return [f"torch.nn.Linear({layer.deep}, {layer.wide})", *([activation] if activation else [])]


def _weights(model: Model) -> str:
    """All weights among the parameters, without the biases."""
    return ", ".join(f"*point[{layer.first}:{layer.bias}]" for layer in model.layers.layers)
