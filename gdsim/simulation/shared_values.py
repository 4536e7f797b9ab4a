"""The numbers that all optimizers share, described as hyperparameters are."""

from __future__ import annotations

from gdsim.optimizers import OPTIMIZERS
from gdsim.optimizers.described import Hyper

#: The two values that optimizers can share, as the rules describe them.
SHARED = {name: OPTIMIZERS["momentum"].hyper(name) for name in ("learning_rate", "momentum")}

#: The standard deviation of noise.
NOISE = Hyper(
    "noise",
    0.0,
    "σ",
    "Noise: standard deviation of what is added to every component of the gradient.",
    high=1e6,
    slider=(0.0, 10.0),
)
#: The length to which gradients are clipped.
CLIP = Hyper(
    "clip", 0.0, "c", "Clipping: a longer gradient is cut to this length; 0 for none.", high=1e12, slider=(0.0, 100.0)
)
