"""Colours in OKLab, in which equal distances look equal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def srgb(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert OKLab ``(3, n)`` to sRGB in [0, 1]. Ottosson (2020), "A perceptual color space for image processing"."""
    to_lms = np.array(
        [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.2914855480]]
    )
    to_rgb = np.array(
        [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.7076147010],
        ]
    )
    linear = np.clip(to_rgb @ (to_lms @ lab) ** 3, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def rgba(lab: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Convert OKLab ``(3, n)`` to opaque pixels ``(n, 4)``."""
    pixels = np.full((lab.shape[1], 4), 255, dtype=np.uint8)
    pixels[:, :3] = np.round(255 * srgb(lab)).T
    return pixels
