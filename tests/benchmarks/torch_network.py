"""Training networks again as plain loops over torch.nn and torch.optim, one network after another."""

from itertools import pairwise

import torch
from torch import nn
from torch_loops import optimizers

torch.set_num_threads(1)


def network(theta, widths):
    """A network of tanh layers with the parameters of gdsim's order ``(d,)``."""
    layers, first = [], 0
    for deep, wide in pairwise(widths):
        layer = nn.Linear(deep, wide, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(theta[first : first + wide * deep]).reshape(wide, deep))
            layer.bias.copy_(torch.tensor(theta[first + wide * deep : first + wide * deep + wide]))
        first += wide * deep + wide
        layers += [layer, nn.Tanh()]
    return nn.Sequential(*layers[:-1])


def flat(model):
    """Its parameters in gdsim's order, ``(d,)``."""
    return torch.cat([parameter.detach().reshape(-1) for parameter in model.parameters()]).numpy()


def optimizer(key, parameters):
    """Optimizer of torch like one of the first eight rules at its defaults, over all parameters."""
    known = optimizers(torch.zeros(1, requires_grad=True))[key]
    return type(known)(parameters, **{k: v for k, v in known.defaults.items() if k in ("lr", "momentum", "nesterov")})


def train(keys, starts, widths, batches, whole=None):
    """The parameters ``(optimizers, d, runs)`` after a step on each of `batches`.

    With `whole`, inputs and targets of all examples, the loss over them is worked out after every step.
    """
    cost = nn.BCEWithLogitsLoss()
    ends = torch.empty((len(keys), *starts.shape), dtype=torch.float64)
    losses = []
    for o, key in enumerate(keys):
        for r in range(starts.shape[1]):
            model = network(starts[:, r], widths)
            rule = optimizer(key, model.parameters())
            for inputs, targets in batches:
                rule.zero_grad()
                cost(model(inputs)[:, 0], targets).backward()
                rule.step()
                if whole is not None:
                    with torch.no_grad():
                        losses.append(cost(model(whole[0])[:, 0], whole[1]).item())
            ends[o, :, r] = torch.from_numpy(flat(model))
    return ends.numpy()
