"""Small work that is too long for a frame: done by the worker between two chunks, answered in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from gdsim.desktop.compute.request import Request, Returned
from gdsim.desktop.compute.worker import Worker
from gdsim.errors import GdsimError

#: Is given what the work came to, or None and what is wrong.
Answer = Callable[[Any, GdsimError | None], None]


class Requests(QObject):
    """Sends work to the worker and hands the answer to whoever asked.

    On each channel only the last asked for is answered: who types does not wait for what was typed before.
    """

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        #: What is asked for and not yet answered, by channel.
        self.waiting: dict[str, tuple[Request, Answer]] = {}
        worker.returned.connect(self._answer)

    def send(
        self,
        channel: str,
        work: Callable[[], Any],
        answer: Answer,
        background: bool = False,
        urgent: bool = False,
        long: bool = False,
    ) -> None:
        """Have something done, in place of what was asked on the same channel before; see `Request`."""
        request = Request(channel, work, background, urgent, long)
        self.waiting[channel] = (request, answer)
        self._worker.send(request)

    def expect(self) -> None:
        """Have the worker let a change of the experiment pass, which is on its way."""
        self._worker.expect()

    def forget(self, channel: str) -> None:
        """Forget an answer that nobody wants any more."""
        self.waiting.pop(channel, None)

    def _answer(self, returned: Returned) -> None:
        request, answer = self.waiting.get(returned.request.channel, (None, None))
        if request is returned.request and answer is not None:
            del self.waiting[request.channel]
            answer(returned.value, returned.error)
