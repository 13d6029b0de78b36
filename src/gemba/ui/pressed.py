"""Which button is being pressed, so that the deed it starts holds it until it has ended: no deed is started twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, Slot


class Holdable(Protocol):
    """A button that hears no click while a deed holds it."""

    once: bool
    """Writes hold it, too, and not errands only."""

    def hold(self) -> None:
        """Hear no more clicks."""

    def let_go(self) -> None:
        """Hear them again, once nothing else holds it."""


class Hold:
    """What one deed does to the button that started it.

    Args:
        button: that is held at once, unless it is gone; none, nothing is held.
    """

    def __init__(self, button: Holdable | None = None) -> None:
        self._button = button if button is not None and shiboken6.isValid(button) else None
        if self._button is not None:
            self._button.hold()

    @property
    def button(self) -> Holdable | None:
        """The button, as long as it is held."""
        return self._button

    def let_go(self) -> None:
        """The deed has ended, or was called off; a second time changes nothing."""
        button, self._button = self._button, None
        if button is not None and shiboken6.isValid(button):
            button.let_go()


class Once(QObject):
    """What is called, unless it is under way: held as a button is by the deed that it started.

    Args:
        run: called without arguments; a bound method.
        parent: the owner: an action, a field.
        once: writes hold it, too, and not errands only.
    """

    def __init__(self, run: Callable[[], object], parent: QObject, *, once: bool = True) -> None:
        super().__init__(parent)
        self._run, self.once = run, once
        self._holds = 0

    def hold(self) -> None:
        """A deed is under way."""
        self._holds += 1

    def let_go(self) -> None:
        """It has ended."""
        self._holds -= 1

    @Slot()
    def run(self) -> None:
        """Do it, unless it is being done."""
        if not self._holds:
            with going_on(self):
                self._run()


class _Pressed:
    """GUI thread only."""

    button: Holdable | None = None


def take(button: Holdable | None) -> Holdable | None:
    """What is started from now on was started by this button; gives the one before, to be taken again after."""
    before, _Pressed.button = _Pressed.button, button
    return before


def now() -> Holdable | None:
    """The button that is being pressed."""
    return _Pressed.button


@contextmanager
def going_on(button: Holdable | None) -> Iterator[None]:
    """What is started here goes on with what a button began."""
    before = take(button)
    try:
        yield
    finally:
        take(before)


def hold_for(*, write: bool) -> Hold:
    """Hold the button that is being pressed, if there is one and such a deed holds it."""
    button = _Pressed.button
    return Hold(button if button is not None and (button.once or not write) else None)
