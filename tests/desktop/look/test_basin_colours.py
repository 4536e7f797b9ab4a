"""Colours of basins: even, readable without any colour, and told apart by colour-blind eyes."""

import itertools

import numpy as np
import pytest

from gdsim.desktop.look.basin_colours import COUNT, basin_shades
from gdsim.desktop.look.outcome_greys import other_greys

THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
#: Machado, Oliveira & Fernandes (2009), of full severity, on linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def linear(rgba):
    srgb = rgba[..., :3] / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def oklab(rgb):
    """OKLab of linear RGB ``(…, 3)``: Ottosson (2020)."""
    lms = np.cbrt(
        np.clip(rgb, 0, 1)
        @ np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        ).T
    )
    return (
        lms
        @ np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        ).T
    )


@THEMES
def test_every_step_more_is_as_much_darker(dark):
    for place in range(COUNT):
        lab = oklab(linear(basin_shades(place, dark)))
        lightness = lab[:, 0]
        steps = np.diff(np.convolve(lightness, np.ones(8) / 8, "valid"))  # rounding to 256 levels aside
        assert (steps < 0).all()
        assert steps.std() < 0.25 * abs(steps.mean())
        # the hue stays
        assert np.ptp(np.degrees(np.arctan2(lab[:, 2], lab[:, 1]))) < 12


@THEMES
@pytest.mark.parametrize("eyes", EYES)
def test_no_two_basins_look_alike_at_the_same_number_of_steps(dark, eyes):
    shades = np.stack([basin_shades(place, dark) for place in range(COUNT)])
    lab = oklab(linear(shades) @ np.array(EYES[eyes]).T)
    least = 0.05 if dark else 0.055
    for one, other in itertools.combinations(range(COUNT), 2):
        assert np.linalg.norm(lab[one, 32] - lab[other, 32]) > least, (one, other)


@THEMES
def test_without_any_colour_the_first_basins_differ(dark):
    lightness = [oklab(linear(basin_shades(place, dark)))[32, 0] for place in range(COUNT)]
    assert min(abs(a - b) for a, b in itertools.combinations(lightness[:4], 2)) > 0.045
    assert min(abs(a - b) for a, b in itertools.combinations(lightness, 2)) > 0.015


@THEMES
def test_what_is_no_basin_has_no_hue(dark):
    chroma = np.linalg.norm(oklab(linear(other_greys(dark)))[:, 1:], axis=1)
    assert chroma.max() < 0.005
    basins = np.stack([basin_shades(place, dark) for place in range(COUNT)])
    assert np.linalg.norm(oklab(linear(basins))[..., 1:], axis=-1).min() > 0.04


def test_further_basins_have_the_same_again():
    assert np.array_equal(basin_shades(COUNT + 2, False), basin_shades(2, False))
