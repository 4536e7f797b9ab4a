"""The functions of any number of variables as functions of tensors, in torch's own words."""

from __future__ import annotations

#: By key: what it comes to, of `x` with one row a coordinate.
_BODIES = {
    "rosenbrock": """\
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum(0)
""",
    "rastrigin": """\
    return (x**2 + 10 * (1 - torch.cos(2 * math.pi * x))).sum(0)
""",
    # the norm's gradient is 0 where the norm is, that of a square root would be undefined
    "ackley": """\
    length = torch.linalg.vector_norm(x, dim=0) / len(x) ** 0.5
    waves = torch.cos(2 * math.pi * x).sum(0) / len(x)
    return -20 * torch.expm1(-0.2 * length) - math.e * torch.expm1(waves - 1)
""",
    "styblinski_tang": """\
    return (x**4 - 16 * x**2 + 5 * x).sum(0) / 2
""",
    "griewank": """\
    roots = torch.sqrt(torch.arange(1.0, len(x) + 1))[:, None]
    return (x**2).sum(0) / 4000 + 1 - torch.cos(x / roots).prod(0)
""",
}


def torch_many(key: str) -> str:
    """The Python text of a function ``f`` of any number of coordinates."""
    return f'\ndef f(*point):\n    """What is minimised."""\n    x = torch.stack(point)\n{_BODIES[key]}\n'
