"""The pieces of a program with torch.optim that stand in it as they are, or with little filled in."""

from __future__ import annotations

from gdsim.objectives import CentralDifference, ForwardDifference, GradientMode

PROGRAM = '''\
{imports}import torch

# NAdam keeps its product of momenta in the default type, whatever that of its parameters
torch.set_default_dtype(torch.float64)

STEPS = {steps}
TOLERANCE = {tolerance!r}
{constants}# one row a coordinate, one column a run
STARTS = {starts}
{tables}
{functions}def {exact}(point{rows}):
    """The gradient of every run, by autograd."""
    point = point.detach().requires_grad_()
    return torch.autograd.grad(f(*point{given}).sum(), point)[0]

{difference}
def length(vectors):
    """The length of each column."""
    return vectors.square().sum(dim=0).sqrt()


def descend({arguments}):
    """Every iterate of one optimizer; a run that has converged or diverged stays where it is."""
    point = torch.tensor(STARTS){chosen}
    optimizer = OPTIMIZERS[name]([point])
{prepare}{looking}    path = [point.clone()]
    over = ~torch.isfinite(f(*point))
    for {turn}:
        point.grad = gradient({looked}{given})
{change}        optimizer.step()
{after}        before, now = path[-1], point.clone()
        lost = ~(torch.isfinite(f(*now)) & torch.isfinite(now).all(dim=0))
        path.append(torch.where(over | lost, before, now))
        over |= lost
        short = length(now - before) <= TOLERANCE
        if TOLERANCE > 0 and short.any():
            over |= short & (length({exact}(now)) <= TOLERANCE)
        if over.all():
            break
    path += [path[-1]] * (STEPS + 1 - len(path))
    return torch.stack(path)

{apart}
# (steps + 1, optimizers, coordinates, runs)
positions = torch.stack([{race}(name) for name in OPTIMIZERS], dim=1)

{ends}'''

#: What is printed in the end: where each run ended, and its loss; of a model, that is one of many numbers.
ENDS = """\
for name, ends in zip(OPTIMIZERS, positions[-1]):
    for end, loss in zip(ends.T.tolist(), f(*ends).tolist()):
        print(name, *end, "loss", loss)
"""
MODEL_ENDS = """\
for name, ends in zip(OPTIMIZERS, positions[-1]):
    for loss in f(*ends).tolist():
        print(name, "loss", loss)

# what the first optimizer learned from its start, for whatever comes next
torch.nn.utils.vector_to_parameters(positions[-1, 0, :, 0], MODEL.parameters())
"""

#: By gradient mode: the difference along `move`, as a comment writes it and as Python does.
DIFFERENCES: dict[type[GradientMode], tuple[str, str]] = {
    CentralDifference: (
        "(f(x + H) - f(x - H)) / 2H",
        "(f(*(point + move){given}) - f(*(point - move){given})) / (2 * H)",
    ),
    ForwardDifference: ("(f(x + H) - f(x)) / H", "(f(*(point + move){given}) - f(*point{given})) / H"),
}
DIFFERENCE = '''
def gradient(point{rows}):
    """{formula} along each coordinate, for every run."""
    moves = H * torch.eye(len(point))[:, :, None]
    return torch.stack([{quotient} for move in moves])

'''

DRAWS = """\
    # torch draws other numbers than gdsim, just as strong: each run its own, the same for every optimizer
    draws = [torch.Generator().manual_seed(SEED + run) for run in {runs}]
"""
LOOK = """\
    # some optimizers take the gradient elsewhere
    look = getattr(optimizer, "look", lambda point: point)
"""
NOISE = """\
        point.grad += NOISE * torch.stack([torch.randn(len(point), generator=draw) for draw in draws], dim=1)
"""
CLIP = """\
        if name in CLIPS:
            # not torch.nn.utils.clip_grad_norm_, which takes all runs for one and adds 1e-6 to the length
            point.grad *= (CLIPS[name] / length(point.grad)).clamp(max=1)
"""
WATCH = """\
        if watcher:
            # below 0 torch's relative threshold would turn round: a loss that stays the same would count as lower
            if watcher.threshold_mode == "rel":
                watcher.threshold = abs(watcher.threshold) if watcher.best > 0 else -abs(watcher.threshold)
            watcher.step({sign}f(*point).item())
"""
AFTER = """\
        if schedule:
            schedule.step()
"""
APART = '''
def race(name):
    """Every run by itself: what watches the loss has one rate for all that it is given."""
    return torch.cat([descend(name, [run]) for run in range(len(STARTS[0]))], dim=2)

'''
HALF_WAVE = '''
def half_wave(k, last, final):
    """A factor that falls from 1 to `final` along half a cosine wave."""
    return final + (1 - final) * (1 + math.cos(math.pi * min(k, last) / last)) / 2

'''

#: Where batches come in: what is added to a function, what is given to it, and the loop over the steps.
BATCHED = (", rows=slice(None)", ", rows=rows", "_, rows in zip(range(STEPS), batches())")
