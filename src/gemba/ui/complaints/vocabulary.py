"""The vocabulary of a facet, edited as a small table and released as a new version."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import GembaError
from gemba.store import vocabularies as kept
from gemba.ui import terms
from gemba.ui.complaints import names as said
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.starter_vocabularies import starter, to_begin_with
from gemba.work.vocabularies import Words as Terms
from gemba.work.vocabularies import release
from gemba.work.vocabulary_files import crosswalk_of, file_of, words_of


class _Read(msgspec.Struct, frozen=True):
    facet: Facet
    versions: tuple[Vocabulary, ...]
    first: Terms | None
    """What a first version may begin with."""


class VocabularyCard(Card):
    """Codes as lines `code, title, parent, domain`, as a spreadsheet gives them; released as a whole.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Vocabularies"), parent=parent)
        self._services = services
        self._first: Terms | None = None
        note = wording.text(
            "Complaints are tagged with these codes. A released version never changes; a code that is in use can only "
            "be taken away if another takes its place."
        )
        self.body.addWidget(Words(note, tone="muted", wrap=True, parent=self))
        self.facet = Choice(
            [(each.value, said.facet(each.value)) for each in Facet], name="complaints.vocabulary.facet", parent=self
        )
        self.codes = self._text("codes", 240)
        self.heirs = self._text("heirs", 76)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("complaints.vocabulary.reason")
        hint = wording.text(
            "One code a line: code, title, code above it, domain (process, policy, people, technology)."
        )
        self._codes_field = Field(wording.text("&Codes"), self.codes, hint=hint, parent=self)
        heirs = wording.text("One a line: old code, new code. Two old ones with the same new one are merged.")
        self._heirs_field = Field(wording.text("What takes the place of codes that are &gone"), self.heirs, hint=heirs)
        self.history = Card(wording.text("Versions"), look="inset", parent=self)
        self._versions: QWidget = QWidget()
        for widget in (
            Field(wording.text("What is &tagged"), self.facet, parent=self),
            self._codes_field,
            self._heirs_field,
            Field(wording.text("Wh&y"), self.reason, parent=self),
        ):
            self.body.addWidget(widget)
        across = Flow()
        self.begin = Button(
            wording.text("Begin with the words of a service"),
            name="complaints.vocabulary.starter",
            icon="book-open-check",
            run=self.take_starter,
            parent=self,
        )
        across.addWidget(
            Button(
                wording.text("Release this version"),
                name="complaints.vocabulary.release",
                icon="check",
                run=self.release,
                once=True,
                parent=self,
            )
        )
        across.addWidget(self.begin)
        self.body.addLayout(across)
        self.body.addWidget(self.history)
        self.facet.currentIndexChanged.connect(self.read)

    @Slot()
    def read(self) -> None:
        """Read the versions of the facet."""
        self._services.jobs.ask(_read, self._services.desk, Facet(self.facet.value), done=self._show)

    @Slot()
    def take_starter(self) -> None:
        """Put words to begin with into the form; nothing is released yet."""
        if self._first is not None:
            self._write(self._first)

    @Slot()
    def release(self) -> None:
        """Release what the form says."""
        self._codes_field.say_problem("")
        self._heirs_field.say_problem("")
        args = (Facet(self.facet.value), self.codes.toPlainText(), self.heirs.toPlainText(), self.reason.text())
        self._services.jobs.write(_release, *args, done=self._released, failed=self._refused)

    def _show(self, read: _Read) -> None:
        if read.facet != self.facet.value:
            return
        self._codes_field.say_problem("")
        if read.versions:
            self._write(read.versions[-1])
        else:
            self.codes.clear()
        self.heirs.clear()
        self._first = read.first
        self.begin.setText(
            wording.text("Begin with the codes in use")
            if starter(read.facet) is None
            else wording.text("Begin with the words of a service")
        )
        self.begin.setVisible(read.first is not None)
        self.history.setVisible(bool(read.versions))
        rows = [(wording.text("Version {n}", n=one.version), _version_words(one)) for one in reversed(read.versions)]
        self._versions.deleteLater()
        self._versions = Facts(*rows, parent=self.history)
        self.history.body.addWidget(self._versions)

    def _write(self, words: Terms | Vocabulary) -> None:
        lines = file_of(words).decode("utf-8-sig").splitlines()[1:]
        self.codes.setPlainText("\n".join(line.rstrip(",") for line in lines))

    def _released(self, _made: Change) -> None:
        self.reason.clear()
        self._services.messages.info(
            wording.text("The new version is released; complaints are tagged with it from now on.")
        )
        self.read()

    def _refused(self, error: GembaError) -> None:
        beside = self._heirs_field if error.code in {"work.vocabulary_loses", "work.vocabulary_still_there"} else None
        (beside or self._codes_field).say_problem(wording.sentence(error))

    def _text(self, name: str, height: int) -> QPlainTextEdit:
        made = QPlainTextEdit(self)
        made.setObjectName(f"complaints.vocabulary.{name}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(height)
        return made


def _version_words(one: Vocabulary) -> str:
    codes = wording.plural("{n} code", "{n} codes", len(one.terms))
    heirs = ", ".join(f"{before} → {after}" for before, after in one.crosswalk.items())
    return "\n".join(filter(None, (f"{terms.day(one.released_at)} · {codes}", heirs, one.reason)))


def _read(desk: Any, facet: Facet) -> _Read:
    with desk.reader() as reader:
        versions = tuple(kept.versions(reader, facet))
        return _Read(facet, versions, None if versions else to_begin_with(reader, facet))


def _release(desk: Any, facet: Facet, codes: str, heirs: str, reason: str) -> Change:
    words = words_of(f"code,title,parent,domain\n{codes}".encode())
    return release(desk, facet, words, crosswalk=crosswalk_of(f"old,new\n{heirs}".encode()), reason=reason)
