"""A small piece of work that is asked for, and what it returned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gdsim.errors import GdsimError
from gdsim.objectives.interruption import InterruptedWorkError


@dataclass(frozen=True, eq=False)
class Request:
    """Something small to do; one that is waiting is forgotten for another of its channel.

    One that is done in the `background` is done when no race waits; for an `urgent` one a surface is left. One that is
    `long` lets others have their turn, and is not begun in the midst of another or of a map, which would wait for it.
    """

    channel: str
    work: Callable[[], Any]
    background: bool = False
    urgent: bool = False
    long: bool = False


@dataclass(frozen=True, eq=False)
class Returned:
    """Answer to a request, or what is wrong."""

    request: Request
    value: Any
    error: GdsimError | None


def done(request: Request) -> Returned:
    """Do what is asked for; a defect is an answer, too."""
    try:
        return Returned(request, request.work(), None)
    except InterruptedWorkError:
        raise
    except GdsimError as error:
        return Returned(request, None, error)
    except Exception as error:
        return Returned(request, None, as_error(error))


def as_error(defect: Exception) -> GdsimError:
    """Return an error that tells of a defect as of what is wrong with what was asked."""
    return GdsimError("{kind}: {reason}", kind=type(defect).__name__, reason=str(defect))
