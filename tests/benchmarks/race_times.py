"""Races of 8 optimizers: milliseconds of the processor, medians, for one that is dragged and for one with restarts."""

import json
import time
from statistics import median

import gdsim

KEYS = list(gdsim.OPTIMIZERS)[:8]


def milliseconds(restarts, steps, times):
    entries = tuple(gdsim.Entry(key) for key in KEYS)
    experiment = gdsim.Experiment("rosenbrock", restarts=restarts, steps=steps, tolerance=0, optimizers=entries)
    found = []
    for _ in range(times):
        began = time.process_time()
        experiment.run()
        found.append(1e3 * (time.process_time() - began))
    return median(found[1:])


print(json.dumps({"drag": milliseconds(0, 500, 60), "restarts": milliseconds(63, 1000, 10)}))
