"""Giving up long work in the middle of it: whoever waits for no result says so, and the work asks now and then.

Whoever waits may be told meanwhile how far it is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class InterruptedWorkError(Exception):
    """Nobody wants the result any more; no input is wrong."""


class _Asked(threading.local):
    """Each thread is asked for itself: what the worker gives up, the window may need."""

    unwanted: Callable[[], bool] | None = None
    told: Callable[[float], None] | None = None


_asked = _Asked()


@contextmanager
def interruptible(unwanted: Callable[[], bool], besides: bool = False) -> Iterator[None]:
    """Within it, work on many examples ends with `InterruptedWorkError` soon after `unwanted` has begun to say True.

    With `besides`, what was asked before is asked as well.
    """
    before = _asked.unwanted
    also = before if besides else None
    _asked.unwanted = unwanted if also is None else lambda: unwanted() or also()
    try:
        yield
    finally:
        _asked.unwanted = before


@contextmanager
def allowed(seconds: float) -> Iterator[None]:
    """Within it work goes on for so many seconds of a processor, even if it is unwanted: to end in good order."""
    # the clock of this thread: a busy machine takes nothing away from it
    unwanted, until = _asked.unwanted, time.thread_time() + seconds
    with interruptible(lambda: unwanted is not None and time.thread_time() > until and unwanted()):
        yield


def give_up_if_unwanted() -> None:
    """To be called between pieces of work of some milliseconds."""
    if _asked.unwanted is not None and _asked.unwanted():
        raise InterruptedWorkError


@contextmanager
def followed(told: Callable[[float], None]) -> Iterator[None]:
    """Within it, long work tells `told` how much of it is done, from 0 to 1."""
    before, _asked.told = _asked.told, told
    try:
        yield
    finally:
        _asked.told = before


def tell(share: float) -> None:
    """To be called with how much is done."""
    if _asked.told is not None:
        _asked.told(share)
