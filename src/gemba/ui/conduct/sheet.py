"""The open assessment: what the form says now, and every answer on its way to the store.

An answer is set in the form on the GUI thread (a few milliseconds), echoed, and written by the writer thread. Nothing
that was typed is ever dropped: form and store keep it as it was typed, and the form says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gemba.domain.assessments import AssessmentState
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.errors import Trouble
from gemba.forms.views import Effect, View
from gemba.ui.conduct.media import Media
from gemba.ui.conduct.records import Records, read_records, renamed
from gemba.ui.conduct.renaming import Gone, Renaming, defaults_in, gone_from, put_back, values_in
from gemba.ui.conduct.saving import Field, Saving, State
from gemba.work import attach_evidence, conduct, rearrange
from gemba.work.conclude import Outlook, outlook_of

if TYPE_CHECKING:
    from gemba.forms.filling import Fill
    from gemba.ui.services import Services
    from gemba.work.conduct import Sheet

_BESIDE = frozenset(
    {"evidence", "finding", "action", "conclusion", "assessment", "go_and_see", "observation", "route_stop"}
)


class Photo(msgspec.Struct, frozen=True):
    """A photo or file on its way into the store."""

    key: str
    path: str
    name: str
    data: bytes | Path
    """Its bytes; or where it lies, when it is no picture."""


class OpenSheet(QObject):
    """One assessment while it is on the screen.

    Args:
        services: of the window.
        sheet: the form, filled with the answers that the store holds.
        records: evidence, findings and actions.
        parent: the page.
    """

    changed = Signal(object)
    """Paths whose rows may show something else now."""
    reshaped = Signal()
    """Questions appeared or went."""
    renumbered = Signal(object)
    """Repeats have other numbers: a `Renaming` from paths before to paths after."""
    recorded = Signal()
    """Evidence, findings, actions or the conclusion are others now."""

    def __init__(self, services: Services, sheet: Sheet, records: Records, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._sheet = services, sheet
        self.records = records
        self.notes = dict(sheet.notes)
        self.saving = Saving(self)
        self.photos: dict[str, Photo] = {}
        self._photo_number = 0
        self._turns = 0
        self._then: list[Callable[[], None]] = []
        self.counted: dict[str, tuple[int, int]] = {}
        """Answered questions and questions of each section and repeat, a moment behind."""
        self.media = Media(services, sheet.template.files, self)
        services.changed.made.connect(self._hear)
        services.jobs.busy.connect(self._look_for_lost)

    # What there is

    @property
    def services(self) -> Services:
        """Of the window, for editors that keep files."""
        return self._services

    @property
    def uid(self) -> Uid:
        """Of the assessment."""
        return self._sheet.assessment.uid

    @property
    def fill(self) -> Fill:
        """The form with its answers."""
        return self._sheet.fill

    @property
    def sheet(self) -> Sheet:
        """Assessment, template and place."""
        return self._sheet

    @property
    def frozen(self) -> bool:
        """True once it is concluded: readable, and never changed again."""
        return self.records.assessment.state is not AssessmentState.DRAFT

    def view(self, path: str) -> View:
        """What the form says of a question now."""
        return self.fill.view(path)

    def now(self) -> datetime:
        """The time at the place of the assessment."""
        try:
            zone = ZoneInfo(self._sheet.place.zone)
        except (ZoneInfoNotFoundError, ValueError):
            return self._services.desk.clock()
        return self._services.desk.clock().astimezone(zone)

    def state(self, path: str) -> State | None:
        """How far the answer and the note of a question have come."""
        states = [self.saving.state(("answer", path)), self.saving.state(("note", path))]
        return next((each for each in (State.FAILED, State.SAVING, State.SAVED) if each in states), None)

    def error(self, path: str) -> Exception | None:
        """Why a question's answer or note is not saved."""
        return self.saving.error(("answer", path)) or self.saving.error(("note", path))

    def outlook(self) -> Outlook:
        """What the assessment would come to if it were concluded now."""
        standing = msgspec.structs.replace(
            self._sheet,
            assessment=self.records.assessment,
            notes=self.notes,
            evidence=self.records.evidence,
            findings=self.records.findings,
        )
        return outlook_of(standing)

    def photos_of(self, path: str) -> list[Photo]:
        """The photos of a question that are not in the store yet."""
        return [photo for photo in self.photos.values() if photo.path == path]

    # What a person gives

    def give(self, path: str, value: str) -> None:
        """Take an answer: the form now, the store right after."""
        if self.frozen:
            return
        effect = self.fill.set(path, value)
        self._keep(("answer", path), conduct.answer, self.uid, path, value)
        self._take_effect(effect, path)

    def set_note(self, path: str, words: str) -> None:
        """Take a note beside a question."""
        if self.frozen or self.notes.get(path, "") == words:
            return
        self.notes[path] = words
        self._keep(("note", path), conduct.note, self.uid, path, words)
        self.changed.emit(frozenset({path}))

    def add_photo(self, path: str, data: bytes | Path, name: str) -> None:
        """Take a photo or file as evidence of a question."""
        if self.frozen:
            return
        self._photo_number += 1
        photo = Photo(str(self._photo_number), path, name, data)
        self.photos[photo.key] = photo
        attach = partial(attach_evidence.attach, path=path)
        self.saving.keep(("photo", photo.key), self._writer(attach, self.uid, data, name))
        self.recorded.emit()
        self.changed.emit(frozenset({path}))
        if self.fill.view(path).kind in {"image", "file", "audio", "video"}:
            self.give(path, name)

    def drop_photo(self, key: str) -> None:
        """Let go of a photo that could not be saved."""
        photo = self.photos.pop(key, None)
        self.saving.forget(("photo", key))
        if photo is not None:
            self.recorded.emit()
            self.changed.emit(frozenset({photo.path}))

    def add_repeat(self, repeat: str, at: int | None = None) -> str:
        """One more of a repeat, last or as number `at`; returns the path of the new one."""
        count = self.fill.repeats(repeat)
        number = at or count + 1
        effect = self.fill.add_repeat(repeat, at)
        if number <= count:
            self._renumber(repeat, lambda old: old + (old >= number))
        path = f"{repeat}[{number}]"
        self._rearrange(rearrange.add, repeat, number, defaults_in(self.fill, path))
        self._take_effect(effect)
        return path

    def copy_repeat(self, repeat: str, number: int) -> str:
        """A copy of one of a repeat, right after it; returns its path."""
        effect = self.fill.copy_repeat(repeat, number)
        self._renumber(repeat, lambda old: old + (old > number))
        path = f"{repeat}[{number + 1}]"
        self._rearrange(rearrange.add, repeat, number + 1, values_in(self.fill, path))
        self._take_effect(effect)
        return path

    def move_repeat(self, repeat: str, number: int, to: int) -> None:
        """Make one of a repeat the number `to`; those between give way."""
        effect = self.fill.move_repeat(repeat, number, to)
        self._renumber(repeat, partial(rearrange.moved_number, number, to))
        self._rearrange(rearrange.move, repeat, number, to)
        self._take_effect(effect)

    def take_out(self, repeat: str, number: int) -> Gone:
        """Take one of a repeat out, with all that stands in it; what `bring_back` needs comes back."""
        gone = gone_from(self.fill, self.notes, repeat, number, token=self._services.desk.ids())
        effect = self.fill.remove_repeat(repeat, number)
        self._renumber(repeat, lambda old: None if old == number else old - (old > number))
        self._rearrange(partial(rearrange.take_out, token=gone.token), repeat, number)
        self._take_effect(effect)
        return gone

    def bring_back(self, gone: Gone) -> str:
        """Put back what was taken out, at its old number; returns its path."""
        effects = put_back(self.fill, gone)
        self._renumber(gone.repeat, lambda old: old + (old >= gone.number))
        self.notes.update(gone.notes)
        self._rearrange(partial(rearrange.bring_back, token=gone.token))
        changed = frozenset[str]().union(*(effect.changed for effect in effects))
        self._take_effect(Effect(changed, structure=True))
        return gone.path

    def speak(self, language: str) -> None:
        """Show the form in another of its languages."""
        self.fill.language = language

    def read_again(self, then: Callable[[], None] | None = None) -> None:
        """Read evidence, findings and actions from the store."""
        if then is not None:
            self._then.append(then)  # also when something newer is asked for before this is read
        self._services.jobs.ask(read_records, self._services.desk, self.uid, done=self._take_records)

    # How it reaches the store

    def _rearrange(self, verb: Callable[..., Any], *args: Any) -> None:
        """Everything before it is written first, and everything after it later: paths are others from here on."""
        self._turns += 1
        self.saving.keep(("repeat", str(self._turns)), self._writer(verb, self.uid, *args), in_order=True)

    def _renumber(self, repeat: str, new_number: Callable[[int], int | None]) -> None:
        """Notes, photos, findings and states follow the repeats that they belong to."""
        rename = Renaming(repeat, new_number)
        self.saving.rename(rename, {"answer", "note"})
        self.notes = {new: words for path, words in self.notes.items() if (new := rename(path)) is not None}
        for key, photo in self.photos.items():
            self.photos[key] = msgspec.structs.replace(photo, path=rename(photo.path) or "")
        self.records = renamed(self.records, rename)
        self.counted.clear()
        self.renumbered.emit(rename)

    def _take_effect(self, effect: Effect, *paths: str) -> None:
        if effect.structure:
            self.reshaped.emit()
        self.changed.emit(effect.changed | set(paths))

    def _keep(self, field: Field, verb: Callable[..., Any], *args: Any) -> None:
        self.saving.keep(field, self._writer(verb, *args))

    def _writer(self, verb: Callable[..., Any], *args: Any) -> Callable[..., None]:
        def write(**callbacks: Any) -> None:
            self._services.jobs.write(verb, *args, **callbacks)

        return write

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.uid in change.uids or change.topics & _BESIDE:
            if change.topics <= {"answer"}:
                return
            self.read_again()

    @Slot(bool)
    def _look_for_lost(self, busy: bool) -> None:  # noqa: FBT001 - Qt's signal carries it
        """A writing that ended by a bug calls nobody back: once nothing is under way, it counts as not saved."""
        if not busy:
            QTimer.singleShot(0, self, self._count_lost)

    @Slot()
    def _count_lost(self) -> None:
        if self._services.jobs.idle:
            self.saving.give_up(Trouble("conduct.not_saved"))

    def _take_records(self, records: Records) -> None:
        self.records = records
        for key in [key for key in self.photos if self.saving.state(("photo", key)) is State.SAVED]:
            del self.photos[key]
        self.recorded.emit()
        waited, self._then = self._then, []
        for then in waited:
            then()
