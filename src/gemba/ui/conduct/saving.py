"""Whether what was given is on disk yet: saving, saved, or not saved and why.

Every field (the answer or the note of a question, a photo) has its newest version, and is saved when that one is.
What could not be written stays here, is shown with the reason, and is tried again: when a person asks, and, if it was
the world that failed and no rule, as soon as something else could be written.

What gives other fields new paths (repeats that are moved or taken out) is kept in order: it begins when everything
before it is saved, and everything after it waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
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


class Writing(msgspec.Struct, eq=False):
    """The newest version of one field on its way to the store."""

    field: Field
    write: Callable[..., None]
    state: State = State.SAVING
    error: Exception | None = None
    in_order: bool = False
    """Begins when everything before it is saved; everything after it waits for it."""
    begun: bool = False
    """It is with the writer, or was."""


class Saving(QObject):
    """Follows every field to the store. Lives on the GUI thread; the writing itself is done elsewhere."""

    moved = Signal(object)
    """A field whose state is another now."""
    settled = Signal()
    """Nothing is on its way any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[Field, Writing] = {}

    def keep(self, field: Field, write: Callable[..., None], *, in_order: bool = False) -> None:
        """Write a new version of a field.

        Args:
            field: what is written.
            write: starts the writing; called with `done=` and `failed=`, now and at every new attempt.
            in_order: it begins when everything before it is saved, and everything after it waits for it.
        """
        before = self._fields.get(field)
        if before is not None and before.begun and before.state is not State.SAVED and self._is_held():
            self._set_apart(before)
        self._fields[field] = writing = Writing(field, write, in_order=in_order)
        if self._may_begin(writing):
            self._start(writing)
        else:
            self.moved.emit(field)

    def retry(self) -> None:
        """Try everything again that could not be written."""
        for field in self.failures():
            self._try_again(self._fields[field])

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
        return any(writing.state is State.SAVING and writing.begun for writing in self._fields.values())

    def rename(self, new_key: Callable[[str], str | None], sorts: Collection[str]) -> None:
        """Fields have other keys now, because repeats have other numbers; `None` for those that are gone.

        What is not saved yet was given under its old key, and is still written under it: before the repeats are.
        """
        for writing in list(self._fields.values()):
            sort, key = writing.field
            renamed = new_key(key) if sort in sorts else key
            if renamed != key and writing.state is not State.SAVED:
                self._set_apart(writing)
            elif renamed is None:
                writing.field = (sort, "")
            else:
                writing.field = (sort, renamed)
        self._fields = {writing.field: writing for writing in self._fields.values() if writing.field[1]}

    def forget(self, field: Field) -> None:
        """A person let go of what could not be written."""
        self._fields.pop(field, None)

    def give_up(self, error: Exception) -> None:
        """Whatever is still on its way will not arrive."""
        for writing in list(self._fields.values()):
            if writing.state is State.SAVING and writing.begun:
                self._move(writing, State.FAILED, error)

    def _is_held(self) -> bool:
        """True while something that is kept in order is not saved yet."""
        return any(writing.in_order and writing.state is not State.SAVED for writing in self._fields.values())

    def _may_begin(self, writing: Writing) -> bool:
        for other in self._fields.values():
            if other is writing:
                return True
            if other.state is not State.SAVED and (other.in_order or writing.in_order):
                return False
        return True

    def _set_apart(self, writing: Writing) -> None:
        """Go on with a writing under a key of its own, in its place: its field is another one from here on."""
        sort, key = writing.field
        writing.field = (sort, f"{key}\0{len(self._fields)}")
        self._fields = {each.field: each for each in self._fields.values()}

    def _begin_what_waited(self) -> None:
        for writing in list(self._fields.values()):
            if writing.state is State.SAVING and not writing.begun and self._may_begin(writing):
                self._start(writing)

    def _try_again(self, writing: Writing) -> None:
        if self._may_begin(writing):
            self._start(writing)
        else:
            writing.state, writing.error, writing.begun = State.SAVING, None, False

    def _start(self, writing: Writing) -> None:
        writing.state, writing.error, writing.begun = State.SAVING, None, True
        self.moved.emit(writing.field)
        writing.write(done=partial(self._done, writing), failed=partial(self._failed, writing))

    def _done(self, writing: Writing, _result: Any = None) -> None:
        if not self._newest(writing):
            return
        self._move(writing, State.SAVED, None)
        for other in self.failures():
            if not isinstance(self.error(other), Refusal):
                self._try_again(self._fields[other])

    def _failed(self, writing: Writing, error: Exception) -> None:
        if self._newest(writing):
            self._move(writing, State.FAILED, error)

    def _newest(self, writing: Writing) -> bool:
        return self._fields.get(writing.field) is writing

    def _move(self, writing: Writing, state: State, error: Exception | None) -> None:
        writing.state, writing.error = state, error
        if state is State.SAVED:
            self._begin_what_waited()
        self.moved.emit(writing.field)
        if not self.busy():
            self.settled.emit()
