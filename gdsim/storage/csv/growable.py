"""Stores that grow while a table is read: arrays with room for what is to come, and words that were seen before."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_FACTORS = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
#: So many words of eight letters make a longer one at most.
MOST_WORDS = len(_FACTORS)


class GrowableArray:
    """An array that grows, of zeros where nothing was put.

    It is copied only if more comes than was expected: room that is not used costs nothing.
    """

    def __init__(self, kind: type, count: int = 0, expected: int = 0) -> None:
        self._kept: NDArray[Any] = np.zeros(max(count, expected), dtype=kind)
        self.count = count

    def more(self, count: int, expected: int) -> NDArray[Any]:
        """The place of some more, of which there will be as many as expected in all."""
        at, self.count = self.count, self.count + count
        if self.count > len(self._kept):
            larger = np.zeros(max(self.count, expected, len(self._kept) * 3 // 2), dtype=self._kept.dtype)
            larger[:at] = self._kept[:at]
            self._kept = larger
        return self._kept[at : self.count]

    def whole(self) -> NDArray[Any]:
        """All that was put."""
        return self._kept[: self.count]


class WordCache:
    """Codes of words that were seen before, each word whole numbers of eight letters."""

    def __init__(self) -> None:
        self._keys = np.empty(0, dtype=np.uint64)
        self._words = np.empty((MOST_WORDS, 0), dtype=np.uint64)
        self._values = np.empty(0)
        self._codes = np.empty(0, dtype=np.int16)

    def __len__(self) -> int:
        return len(self._keys)

    def look_up(self, words: NDArray[np.uint64]) -> tuple[NDArray[np.float64], NDArray[np.int16], NDArray[np.bool_]]:
        """Numbers and codes of some words, ``(parts, words)``, and which of them are known."""
        if not len(self._keys):
            count = words.shape[1]
            return np.zeros(count), np.zeros(count, dtype=np.int16), np.zeros(count, dtype=bool)
        keys = _keys(words)
        at = np.searchsorted(self._keys, keys)
        at[at == len(self._keys)] = 0
        known = self._keys[at] == keys
        for mine, theirs in zip(self._words, words, strict=False):
            known &= mine[at] == theirs
        for mine in self._words[len(words) :]:
            known &= mine[at] == 0
        return self._values[at], self._codes[at], known

    def learn(self, words: NDArray[np.uint64], values: NDArray[np.float64], codes: NDArray[np.int16]) -> None:
        """Know what some words are that were not known; of two with one key only the first is."""
        whole = np.zeros((MOST_WORDS, words.shape[1]), dtype=np.uint64)
        whole[: len(words)] = words
        keys, first = np.unique(np.concatenate([self._keys, _keys(words)]), return_index=True)
        self._keys = keys
        self._words = np.concatenate([self._words, whole], axis=1)[:, first]
        self._values = np.concatenate([self._values, values])[first]
        self._codes = np.concatenate([self._codes, codes])[first]


def _keys(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    found: NDArray[np.uint64] = words[0]
    for factor, more in zip(_FACTORS[1:], words[1:], strict=False):
        found = found + factor * more
    return found
