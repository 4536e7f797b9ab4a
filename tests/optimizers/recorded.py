"""Gradients given beforehand, to hand two implementations the same ones."""

import numpy as np
import torch_reference as reference

from gdsim.objectives import Objective
from gdsim.simulation import arrays, floats
from gdsim.simulation.course import Course, Lane


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


def replay(rule, gradients, path, schedule=None, ascent=False):
    """Iterates ``(steps + 1, 2)`` of a rule on recorded gradients."""
    lane, course = Lane(rule, schedule), Course(Recorded(gradients[:, :, None]), ascent)
    if path == "floats":
        following = iter(gradients.tolist())
        pieces = floats.walk(course, lambda x, y: next(following), lane, np.array(reference.START), len(gradients), 7)
        return np.concatenate([[reference.START], *(piece.T for piece in pieces)])
    positions = np.empty((len(gradients) + 1, 1, 2, 3))
    positions[0] = np.reshape(reference.START, (1, 2, 1))
    for _ in arrays.march(course, [lane], positions, 7):
        pass
    assert np.array_equal(positions[..., 0], positions[..., 2])
    return positions[:, 0, :, 0]
