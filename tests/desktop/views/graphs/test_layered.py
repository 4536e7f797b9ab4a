"""Laying out a graph in layers: pure decisions, no Qt."""

import random
from itertools import pairwise

import pytest

from gdsim.desktop.views.graphs.layered import lay_out
from gdsim.objectives import FUNCTIONS
from gdsim.objectives.formula.chain import chain_of


def graphs():
    for key in ("himmelblau", "six_hump_camel", "ackley", "square"):
        yield [step.sources for step in chain_of(FUNCTIONS[key].text, FUNCTIONS[key].names).steps]
    rng = random.Random(1)
    for count in (5, 25, 60):
        yield [(), ()] + [tuple({rng.randrange(i), rng.randrange(i)}) for i in range(2, count)]


@pytest.mark.parametrize("sources", list(graphs()))
def test_boxes_stand_above_what_they_depend_on_and_not_on_each_other(sources):
    widths = [60.0 + 7 * (i % 5) for i in range(len(sources))]
    layout = lay_out(sources, widths)
    rows = {}
    for i, below in enumerate(sources):
        assert all(layout.layers[source] < layout.layers[i] for source in below)
        assert layout.x[i] - widths[i] / 2 + 1e-9 >= 0
        assert layout.x[i] + widths[i] / 2 <= layout.width + 1e-9
        rows.setdefault(layout.layers[i], []).append((layout.x[i] - widths[i] / 2, layout.x[i] + widths[i] / 2))
    for (source, to), route in layout.routes.items():
        assert [layer for _, layer in route] == list(range(layout.layers[source], layout.layers[to] + 1))
        assert (route[0][0], route[-1][0]) == (layout.x[source], layout.x[to])
        # a line passes beside the boxes of a layer
        for x, layer in route[1:-1]:
            assert not any(left < x < right for left, right in rows.get(layer, ()))
    for row in rows.values():
        row.sort()
        assert all(before[1] < after[0] for before, after in pairwise(row))


def test_what_is_joined_stands_in_line():
    layout = lay_out([(), (0,), (1,), (2,)], [50.0, 90.0, 70.0, 50.0])
    assert max(layout.x) - min(layout.x) < 1
    assert layout.layers == [0, 1, 2, 3]
