"""Gradients given beforehand, to hand two implementations the same ones."""

import numpy as np

from gdsim.objectives import Objective


class Recorded(Objective):
    """An objective whose gradient at step t is the t-th of a recording ``(steps, d, runs)``."""

    names = ("x", "y")

    def __init__(self, gradients, t=1):
        self.gradients = gradients
        self.t = t

    def at(self, t):
        return Recorded(self.gradients, t)

    def gradient(self, points, out=None):
        out = np.empty_like(points) if out is None else out
        out[...] = self.gradients[self.t - 1][:, None]
        return out

    value = hessian = None
