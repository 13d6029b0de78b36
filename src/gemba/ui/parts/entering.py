"""Enter in a field does what the form's button does, and is held by the deed as the button is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from gemba.ui.parts.buttons import Button
from gemba.ui.pressed import Once


def on_enter(does: Button | Callable[[], object], *fields: QLineEdit) -> None:
    """Let Enter in a field start a deed, and not a second time while the deed is under way.

    Args:
        does: the button that it presses, so that Enter and a click hold each other off, too; or, where there is no
            button, what is called: a bound method.
        *fields: in which Enter does it.
    """
    for field in fields:
        if isinstance(does, Button):
            field.returnPressed.connect(does.click)
        else:
            field.returnPressed.connect(Once(does, field).run)
