"""A dict that cannot be changed."""

from __future__ import annotations

from typing import Any, NoReturn


class FrozenDict(dict[str, Any]):
    """A dict that cannot be changed, and so can be part of something that cannot; it copies and pickles as dicts do."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the values of an Entry cannot be changed: make another Entry")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self),)
