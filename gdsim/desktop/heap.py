"""Memory that goes back to the system when it is given up."""

from __future__ import annotations

import ctypes
import sys

#: Of glibc's malloc.h: how much may lie free at the end; from which size on a block is the system's; how many heaps.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
#: Arrays and pictures, in bytes.
_LARGE = 256 * 1024
#: So much more may lie free, in bytes: it is asked for again with the next frame.
_FREE = 2 * 1024 * 1024


def give_back_memory() -> None:
    """Have large blocks given back at once, and all threads share one heap, where the system's C library is glibc.

    By itself it would, after the first large array is given up, put those that follow among small blocks, up to 32 MB:
    after some hours the heap is full of holes between what has stayed, and so is that of each other thread.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        for what, value in ((_TRIM_THRESHOLD, _FREE), (_MMAP_THRESHOLD, _LARGE), (_ARENA_MAX, 1)):
            mallopt(what, value)
