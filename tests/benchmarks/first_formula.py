"""From a text to a sampled surface, the first time in a process and then again; prints milliseconds."""

import sys
import time

import gdsim
from gdsim.simulation.sampling.landscape import sample

TEXTS = [
    "(1-x)**2 + 100*(y-x**2)**2 + sin(3*x)*cos(2*y)",
    "(4 - 2.1x^2 + x^4/3)x^2 + x*y + (4y^2 - 4)y^2",
    "a*x^2 + b*|y| + exp(-x^2 - y^2)",
    "log(1 + (x - 1)^2 + 3y^2) - tanh(x*y)",
    "sin(x)*sin(y)*sqrt(x^2 + y^2 + 0.1)/(1 + x^2)",
]


def milliseconds(text):
    began = time.perf_counter()
    sample(gdsim.function(text), (-5, 5, -5, 5))
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    # the surface alone is warm: fonts, contours and numpy belong to the window
    sample(gdsim.FUNCTIONS["bowl"], (-5, 5, -5, 5))
    print(milliseconds("x^2 + y^2 + x*y"))
    print(*(min(milliseconds(text + " " * k) for k in range(3)) for text in TEXTS[: int(sys.argv[1])]))
