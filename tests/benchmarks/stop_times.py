"""Seconds of a processor from the press of Stop until a race has ended, at moments all along the race.

Prints a line for each kind of race: how long it takes, the worst of the moments, and what was shown of it.
"""

import sys
import threading
import time

import gdsim
from gdsim.desktop.app import make_application
from gdsim.desktop.compute import worker as worker_module
from gdsim.desktop.compute.worker import Worker
from gdsim.objectives import Source
from gdsim.optimizers import ReduceOnPlateau
from gdsim.simulation.experiment import Entry, Experiment

EIGHT = tuple(Entry(key) for key in list(gdsim.OPTIMIZERS)[:8])
TWO = EIGHT[:2]
MANY = {"restarts": 100_000, "tolerance": 1e-8}
MOONS = Source("moons", count=50_000, held_out=0.2)
PARTS = "+".join(f"sin({k}.5*x)*cos({k}*y)" for k in range(1, 36))

#: What takes long, by name.
RACES = {
    "starts": {"function": "bowl", **MANY, "steps": 1, "optimizers": TWO[:1]},
    "restarts": {"function": "bowl", **MANY, "steps": 60, "optimizers": EIGHT},
    "diverging": {"function": "rosenbrock", **MANY, "steps": 60, "optimizers": TWO, "learning_rate": 10.0},
    "noise": {"function": "bowl", **MANY, "steps": 20, "optimizers": TWO, "noise": 1.0},
    "plateau": {"function": "bowl", **MANY, "steps": 20, "optimizers": TWO, "schedule": ReduceOnPlateau()},
    "differences": {
        "function": "ackley",
        **MANY,
        "steps": 20,
        "optimizers": EIGHT,
        "gradient": gdsim.CentralDifference(1e-5),
    },
    "dimension": {
        "function": "rastrigin",
        "options": {"dimension": 100},
        "restarts": 5000,
        "steps": 50,
        "optimizers": EIGHT,
    },
    "wide": {"function": "ackley", "options": {"dimension": 100}, "restarts": 100_000, "steps": 4, "optimizers": TWO},
    "parts": {"function": PARTS, "restarts": 20_000, "steps": 30, "optimizers": EIGHT},
    "long": {"function": "himmelblau", "steps": 1_000_000, "tolerance": 0, "optimizers": EIGHT},
    "long_plateau": {
        "function": "himmelblau",
        "steps": 1_000_000,
        "tolerance": 0,
        "optimizers": EIGHT[:4],
        "schedule": ReduceOnPlateau(),
    },
    "network": {
        "function": "network",
        "data": MOONS,
        "options": {"hidden": (100, 100)},
        "steps": 20,
        "optimizers": TWO,
    },
    "networks": {
        "function": "network",
        "data": MOONS,
        "options": {"hidden": (64, 64)},
        "restarts": 20,
        "steps": 4,
        "optimizers": TWO,
    },
    "batches": {
        "function": "network",
        "data": MOONS,
        "options": {"hidden": (64, 64)},
        "restarts": 5,
        "steps": 60,
        "batch": 500,
        "optimizers": TWO,
    },
    "logistic": {"function": "logistic", "data": MOONS, "restarts": 200, "steps": 50, "optimizers": TWO},
}
#: When Stop is pressed, as shares of the whole time, of which no more than so many seconds are waited for.
MOMENTS, MOST = (0.02, 0.3, 0.6, 0.9), 6.0


class Timed(Worker):
    """A worker that says what its thread has used, and when it has done with a race."""

    def __init__(self):
        super().__init__()
        self.begun, self.done = threading.Event(), threading.Event()
        self.shown, self.after = [], 0.0
        run = worker_module.raced

        def keep(*asked):
            self.shown.append(run(*asked))
            return self.shown[-1]

        worker_module.raced = keep

    def run(self):
        self.clock = time.pthread_getcpuclockid(threading.get_ident())
        self.begun.set()
        super().run()

    def used(self):
        """Seconds of a processor."""
        return time.clock_gettime(self.clock)

    def race(self, experiment):
        self.done.clear()
        self.shown.clear()
        super().race(experiment)

    def _serve(self):
        try:
            super()._serve()
        finally:
            self.after = self.used()
            if not self.asked:
                self.done.set()


def raced(worker, experiment, press):
    """Seconds used by a race, those used after Stop, and the number of steps that there are (-1: nothing to show)."""
    began, pressed = worker.used(), None
    worker.race(experiment)
    while not worker.done.wait(0.001):
        if pressed is None and worker.used() - began >= press:
            pressed = worker.used()
            worker.cancel()
    shown = worker.shown[-1].trajectories.steps if worker.shown else -1
    return worker.after - began, 0.0 if pressed is None else worker.after - pressed, shown


def measured(name):
    """Seconds that a race takes, the worst time after Stop, when that was, and what was shown."""
    timed = Timed()
    timed.start()
    timed.begun.wait()
    fields = dict(RACES[name])

    def fresh(seed):
        # nothing of it is known from before
        return Experiment(**fields, seed=seed)

    _ = fresh(1).objective.start
    whole, _, _ = raced(timed, fresh(1), MOST)
    worst = (0.0, 0.0, 0)
    for k, moment in enumerate(MOMENTS):
        press = moment * min(whole, MOST)
        _, after, steps = raced(timed, fresh(2 + k), press)
        worst = max(worst, (after, press, steps))
    timed.stop()
    return whole, *worst


if __name__ == "__main__":
    make_application()
    for name in sys.argv[1:] or RACES:
        whole, after, press, steps = measured(name)
        print(
            f"{name:14} whole {whole:6.2f} s, worst {after:5.2f} s after Stop at {press:5.2f} s: {steps} steps",
            flush=True,
        )
