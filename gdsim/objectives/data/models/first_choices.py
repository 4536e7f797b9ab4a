"""Choice of standardising for the first fit of a table of one's own."""

from __future__ import annotations

import numpy as np

from gdsim.objectives.data.dataset import Dataset, spread

#: Features of standard deviations in between, and with a mean not larger than that, are of one size already.
_LEAST, _MOST = 0.5, 2.0


def needs_standardising(data: Dataset) -> bool:
    """Tell whether columns of a set make a valley that plain descent does not get along.

    Features far from 0 do so, and those that are large, small, or of different size: one alone lies beside the bias.
    """
    with np.errstate(all="ignore"):
        middle, scale = spread(data.X[data.train])
        fine = (np.abs(middle) <= scale) & (scale >= _LEAST) & (scale <= _MOST)
    return not bool(fine.all())
