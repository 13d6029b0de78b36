"""The checklist as a whole: its title, id, version and kind, and its languages."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import kinds, wording
from gemba.forms.editing import languages
from gemba.forms.editing.changing import change_form
from gemba.forms.editing.columns import cell, default_language, languages_of
from gemba.forms.editing.naming import from_words
from gemba.ui import terms
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.editor.entries import Line
from gemba.ui.editor.session import Session
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.words import Words


class FormCard(Card):
    """Title, id, version, kind."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("The checklist"), parent=parent)
        self._session = session
        self.fields = {
            "title": self._field("title", wording.text("Title"), ""),
            "form_id": self._field("form_id", wording.text("Id"), wording.text("Its versions are known by it.")),
            "version": self._field("version", wording.text("Version"), ""),
        }
        offered = [("", terms.kind("checklist"))]
        offered += [(code, terms.kind(code)) for code in kinds.ALL if code != "checklist"]
        self.kind = Choice(offered, name="editor.form.kind", parent=self)
        self.kind.activated.connect(self._choose_kind)
        self.body.addWidget(Field(wording.text("Kind of assessment"), self.kind, parent=self))

    def refresh(self) -> None:
        """Show what the draft says."""
        for name, line in self.fields.items():
            line.put(self._said(name))
        self.kind.choose(self._said("kind"))

    def _said(self, name: str) -> str:
        settings = self._session.book.settings
        return cell(settings, 0, name) if settings.rows else ""

    def _field(self, name: str, words: str, hint: str) -> Line:
        line = Line(f"editor.form.{name}", words, parent=self)
        line.typed.connect(partial(self._say, name))
        self.body.addWidget(Field(words, line, hint=hint, parent=self))
        return line

    def _say(self, name: str, text: str) -> None:
        what, values = wording.text("the checklist"), {name: text}
        if name == "title" and self._said("form_id") in {"", _id_of(self._said("title"))}:
            values["form_id"] = _id_of(text)  # an id that was never chosen follows the title
        self._session.do(what, partial(change_form, values=values), f"form {name}", stay=True)

    @Slot()
    def _choose_kind(self) -> None:
        if self.kind.value != self._said("kind"):
            self._say("kind", self.kind.value)


def _id_of(title: str) -> str:
    return from_words(title, ()) if title.strip() else ""


class LanguagesCard(Card):
    """The languages: one more, one less, the one shown first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Languages"), parent=parent)
        self._session = session
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        across = QHBoxLayout()
        self.new = Choice([(each, each) for each in languages.OFFERED], name="editor.languages.new", parent=self)
        self.new.setEditable(True)
        self.new.setAccessibleName(wording.text("Another language"))
        self._add = Button(
            wording.text("Add"),
            name="editor.languages.add",
            icon="languages",
            run=self._add_it,
            parent=self,
        )
        across.addWidget(self.new, 1)
        across.addWidget(self._add)
        self.body.addLayout(across)
        self._shown: tuple[tuple[str, ...], str] = ((), "")

    def refresh(self) -> None:
        """Show what there is."""
        book = self._session.book
        now = (languages_of(book), default_language(book))
        if now == self._shown:
            return
        self._shown = now
        clear(self._lines)
        for number, language in enumerate(now[0]):
            self._lines.addWidget(self._line(number, language, first=language == now[1]))
        left = languages.still_offered(now[0])
        self.new.offer([(each, each) for each in left])
        self.new.setCurrentIndex(0)

    def _line(self, number: int, language: str, *, first: bool) -> QWidget:
        made = QWidget(self)
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        name = Words(language or wording.text("No language named"), parent=made)
        begin_lines(name)
        across.addWidget(name, 1)
        if first:
            across.addWidget(Badge(wording.text("Shown first"), "accent", made))
        else:
            across.addWidget(
                IconButton(
                    "star",
                    wording.text("Show {language} first", language=language),
                    name=f"editor.language.{number}.first",
                    run=partial(self._make_first, language),
                    parent=made,
                )
            )
        fill = partial(self._fill, language)
        if not first:
            across.addWidget(
                IconButton(
                    "copy",
                    wording.text("Fill what is empty with the words of the first language"),
                    name=f"editor.language.{number}.fill",
                    run=fill,
                    parent=made,
                )
            )
        drop = IconButton(
            "trash-2",
            wording.text("Take {language} out", language=language),
            name=f"editor.language.{number}.drop",
            run=partial(self._drop, language),
            parent=made,
        )
        drop.setEnabled(len(self._shown[0]) > 1)
        across.addWidget(drop)
        return made

    @Slot()
    def _add_it(self) -> None:
        language = self.new.currentText()
        self._session.do(wording.text("a language"), partial(languages.add_language, language=language), stay=True)

    def _make_first(self, language: str) -> None:
        operation = partial(change_form, values={"default_language": language})
        self._session.do(wording.text("a language"), operation, stay=True)

    def _fill(self, language: str) -> None:
        source = default_language(self._session.book)
        operation = partial(languages.copy_language, source=source, target=language)
        self._session.do(wording.text("a language"), operation, stay=True)

    def _drop(self, language: str) -> None:
        self._session.do(wording.text("a language"), partial(languages.remove_language, language=language), stay=True)
