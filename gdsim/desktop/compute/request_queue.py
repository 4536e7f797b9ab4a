"""Requests that are finished before the next one begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from gdsim.desktop.compute.requests import Answer, Requests
from gdsim.errors import GdsimError
from gdsim.objectives.base import Objective

#: Within a frame so many parameters times examples, or points of a formula, are gone through.
MOST_WORK = 300_000


class RequestQueue:
    """Has one thing after the other done on a channel, when no race waits; of what is asked meanwhile only the last.

    Who plays asks with every step, and would see nothing if each were given up for the next.
    """

    def __init__(self, requests: Requests, channel: str) -> None:
        self._requests = requests
        self._channel = channel
        self._busy = False
        self._next: tuple[Callable[[], Any], Answer] | None = None

    def ask(self, work: Callable[[], Any], answer: Answer) -> None:
        """Have something done."""
        if self._busy:
            self._next = work, answer
        else:
            self._busy = True
            self._requests.send(self._channel, work, partial(self._take, answer), background=True)

    def do(self, work: Callable[[], Any], size: int, answer: Answer) -> None:
        """Have something done that goes through so much: on the spot if that is little."""
        if size > MOST_WORK:
            self.ask(work, answer)
            return
        self.forget()
        answer(work(), None)

    def forget(self) -> None:
        """Forget what is asked: nobody wants an answer any more."""
        self._requests.forget(self._channel)
        self._busy, self._next = False, None

    def _take(self, answer: Answer, value: Any, error: GdsimError | None) -> None:
        self._busy = False
        upcoming, self._next = self._next, None
        if upcoming is not None:
            self.ask(*upcoming)
        answer(value, error)


def work_of(objective: Objective) -> int:
    """Return how much is gone through for one point of a function, or to see how well a model does there."""
    examples = [getattr(objective, "examples", None), getattr(objective, "held_out", None)]
    count = sum(len(each.targets) for each in examples if each is not None)
    return max(objective.effort, objective.dimension * count)
