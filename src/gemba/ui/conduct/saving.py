"""Whether what was given is on disk yet: saving, saved, or not saved and why.

Every field (the answer or the note of a question, a photo) counts its versions. A field is saved when its newest one
is; what could not be written stays here, is shown with the reason, and is tried again: when a person asks, and, if it
was the world that failed and no rule, as soon as something else could be written.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from gemba.errors import Refusal

Field = tuple[str, str]
"""What is kept: the sort of field (`answer`, `note`, `photo`) and the path or key that it belongs to."""


class State(StrEnum):
    """How far a field has come."""

    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"


class Writing(msgspec.Struct):
    """The newest version of one field on its way to the store."""

    write: Callable[..., None]
    version: int = 1
    state: State = State.SAVING
    error: Exception | None = None


class Saving(QObject):
    """Follows every field to the store. Lives on the GUI thread; the writing itself is done elsewhere."""

    moved = Signal(object)
    """A field whose state is another now."""
    settled = Signal()
    """Nothing is on its way any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[Field, Writing] = {}

    def keep(self, field: Field, write: Callable[..., None]) -> None:
        """Write a new version of a field.

        Args:
            field: what is written.
            write: starts the writing; called with `done=` and `failed=`, now and at every new attempt.
        """
        version = self._fields[field].version + 1 if field in self._fields else 1
        self._fields[field] = Writing(write, version)
        self._start(field)

    def retry(self) -> None:
        """Try everything again that could not be written."""
        for field in self.failures():
            self._start(field)

    def state(self, field: Field) -> State | None:
        """How far a field has come; `None` when nothing was given for it since the page was opened."""
        found = self._fields.get(field)
        return found.state if found else None

    def error(self, field: Field) -> Exception | None:
        """Why a field is not saved."""
        found = self._fields.get(field)
        return found.error if found else None

    def failures(self) -> list[Field]:
        """The fields that could not be written, oldest first."""
        return [field for field, writing in self._fields.items() if writing.state is State.FAILED]

    def busy(self) -> bool:
        """True while something is on its way."""
        return any(writing.state is State.SAVING for writing in self._fields.values())

    def forget(self, field: Field) -> None:
        """A person let go of what could not be written."""
        self._fields.pop(field, None)

    def give_up(self, error: Exception) -> None:
        """Whatever is still on its way will not arrive."""
        for field, writing in list(self._fields.items()):
            if writing.state is State.SAVING:
                self._move(field, State.FAILED, error)

    def _start(self, field: Field) -> None:
        writing = self._fields[field]
        writing.state, writing.error = State.SAVING, None
        self.moved.emit(field)
        number = writing.version
        writing.write(done=partial(self._done, field, number), failed=partial(self._failed, field, number))

    def _done(self, field: Field, version: int, _result: Any = None) -> None:
        if not self._newest(field, version):
            return
        self._move(field, State.SAVED, None)
        for other in self.failures():
            if not isinstance(self.error(other), Refusal):
                self._start(other)

    def _failed(self, field: Field, version: int, error: Exception) -> None:
        if self._newest(field, version):
            self._move(field, State.FAILED, error)

    def _newest(self, field: Field, version: int) -> bool:
        return field in self._fields and self._fields[field].version == version

    def _move(self, field: Field, state: State, error: Exception | None) -> None:
        self._fields[field].state, self._fields[field].error = state, error
        self.moved.emit(field)
        if not self.busy():
            self.settled.emit()
