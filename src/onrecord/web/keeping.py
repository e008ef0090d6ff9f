"""What was worked out already and may be asked for again: shared by all threads, and never more than was agreed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Kept:
    """The last answers, shared by all threads; those not used for longest go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, weight: int | Callable[[T], int], make: Callable[[], T]) -> T:
        """What is kept under a key, made now if it is not there: by one thread, while others that want it wait.

        `weight` may be told by what was made. What cannot be made is nobody's: each who asks tries again.
        """
        with self._lock:
            if key in self._held:
                return cast(T, self._found(key))
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._held:
                    return cast(T, self._found(key))
            try:
                made = make()
                self._put(key, weight if isinstance(weight, int) else weight(made), made)
            finally:  # only now: who came between would find neither what was made nor who makes it
                with self._lock:
                    self._making.pop(key, None)
        return made

    def peek(self, key: Hashable) -> Any:
        """What is kept under a key, or None."""
        with self._lock:
            return self._found(key) if key in self._held else None

    def _found(self, key: Hashable) -> Any:
        self._held.move_to_end(key)
        return self._held[key][0]

    def _put(self, key: Hashable, weight: int, made: Any) -> None:
        with self._lock:
            self._weight += weight - self._held.pop(key, (None, 0))[1]
            self._held[key] = made, weight
            while self._weight > self._most and len(self._held) > 1:
                self._weight -= self._held.popitem(last=False)[1][1]
