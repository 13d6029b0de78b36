"""Let nothing wait for ever: calls that know no deadline of their own get one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

CONNECT = 15.0
"""Seconds until a server must have answered at first."""
ANSWER = 60.0
"""Seconds within which something must have gone over the line."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """What a call gives; whoever waits is let go when it takes too long, the call itself may go on.

    Raises:
        TimeoutError: the deadline has passed.
    """
    answer: list[Any] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(call())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
            failure.append(error)

    worker = threading.Thread(target=run, daemon=True, name="carrier")
    worker.start()
    worker.join(seconds)
    if failure:
        raise failure[0]
    if not answer:
        raise TimeoutError
    result: T = answer[0]
    return result
