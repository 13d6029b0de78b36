"""A form that is declared by what it asks for; what is refused is said beside the field that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gemba.domain.change import Change
from gemba.ui.alignment.form import Form
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.services import Services

Said = dict[str, Any]
_MANY = 8
"""Choices that are typed rather than looked through."""


class Ask(msgspec.Struct, frozen=True):
    """One thing that is asked for."""

    code: str
    title: str
    sort: str = "line"
    """`line`, `lines`, `day`, or `choice`."""
    hint: str = ""
    value: Any = ""
    choices: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    """Codes of refusals that are about it, without their room."""


class AskForm(Form):
    """What one deed asks for.

    Args:
        services: of the window.
        name: beginning of its object names.
        title: what is done.
        asks: the fields in order.
        run: does it: `run(desk, said)`, on the thread that writes.
        keep: words of the button.
        told: what is said once it is done.
        beside: fields that stand beside each other.
        parent: the owner.
    """

    def __init__(  # noqa: PLR0913 - a form is declared in one go
        self,
        services: Services,
        name: str,
        *,
        title: str,
        asks: Sequence[Ask],
        run: Callable[[Any, Said], Change],
        keep: str,
        told: str,
        beside: Sequence[tuple[str, ...]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(services, name, parent=parent)
        self.title.setText(title)
        self._run, self._told = run, told
        self._asks = {ask.code: ask for ask in asks}
        for ask in asks:
            self.put_field(ask.code, ask.title, self._entry(ask), ask.hint)
        for codes in beside:
            self.put_row(*codes)
        self.put_buttons(keep)

    def begin(self) -> None:
        """The keyboard begins in the first field."""
        first = next(iter(self.fields.values()), None)
        self.open_at(first.widget if first is not None else self)

    @Slot()
    def keep(self) -> None:
        """Do it."""
        self.write(self._run, {code: self.value(code) for code in self.fields})

    def value(self, code: str) -> str | date | None:
        """What is entered in a field."""
        entry = self.fields[code].widget
        if isinstance(entry, DayField):
            return entry.day
        if isinstance(entry, Choice):
            return entry.value
        if isinstance(entry, QPlainTextEdit):
            return entry.toPlainText()
        assert isinstance(entry, QLineEdit)
        return entry.text()

    def about(self) -> Mapping[str, str]:
        """By code of a refusal, the field that it is about."""
        return {f"work.{each}": ask.code for ask in self._asks.values() for each in ask.about}

    def said(self) -> str:
        """What is said once it is kept."""
        return self._told

    def _entry(self, ask: Ask) -> QWidget:
        if ask.sort == "day":
            day = DayField(name=f"{self.name}.{ask.code}", parent=self)
            day.put(ask.value or None)
            return day
        if ask.sort == "choice":
            search = len(ask.choices) > _MANY
            choice = Choice(ask.choices, name=f"{self.name}.{ask.code}", search=search, parent=self)
            choice.choose(ask.value)
            return choice
        if ask.sort == "lines":
            lines = self.lines(ask.code)
            lines.setPlainText(ask.value)
            return lines
        line = self.line(ask.code)
        line.setText(ask.value)
        return line
