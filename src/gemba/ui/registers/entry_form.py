"""The form of an entry, made from its register's declaration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.follow_through import RegisterEntry
from gemba.errors import GembaError
from gemba.kinds.registers.model import FieldSort, Register, RegisterField
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.registers.ways import noun_title
from gemba.ui.services import Services
from gemba.work import registers as work

Links = Mapping[str, tuple[tuple[str, str], ...]]
"""What a link may name: (`noun:uid`, title) by noun."""


class EntryForm(QWidget):
    """Asks for what a register asks for.

    Args:
        services: of the window.
        register: whose entry it is.
        entry: the one that is changed; `None` for a new one.
        places: uid and name of every place.
        links: what link fields may name.
        draft: what a new entry begins with.
        parent: the owner.
    """

    kept = Signal(str)
    """An entry was kept; carries its uid."""
    left = Signal()
    """It was called off."""

    def __init__(
        self,
        services: Services,
        register: Register,
        entry: RegisterEntry | None,
        *,
        places: tuple[tuple[str, str], ...],
        links: Links,
        draft: work.EntryDraft | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._register, self._entry, self._draft = services, register, entry, draft
        begun = entry or draft
        self._said = begun.fields if begun else {}
        self.title = self._line("entry.title", begun.title if begun else "")
        self.owner = self._line("entry.owner", begun.owner if begun else "")
        self.place = Choice([("", wording.text("No place")), *places], name="entry.place", search=True, parent=self)
        self.place.choose((begun.place if begun else "") or "")
        self.review_by = DayField(name="entry.review_by", parent=self)
        self.review_by.put(begun.review_by if begun else None)
        self.inputs = {field.code: self._input(field, links) for field in register.fields}
        self.why = self._line("entry.why", "")
        self.fields = {
            "title": Field(wording.text(register.titled) + " *", self.title, parent=self),
            **{field.code: self._field(field) for field in register.fields},
            "why": Field(
                wording.text("Why it is defined anew"),
                self.why,
                hint=wording.text("Needed when the definition changes: its charts then ask for a new baseline."),
                parent=self,
            ),
        }
        self.title.setAccessibleName(wording.text(register.titled))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for field in self.fields.values():
            rows.addWidget(field)
        self.fields["why"].setVisible(entry is not None and bool(register.defines))
        for label, widget in (
            (wording.text("Owner"), self.owner),
            (wording.text("Place"), self.place),
            (wording.text("Review by"), self.review_by),
        ):
            rows.addWidget(Field(label, widget, parent=self))
        rows.addLayout(self._buttons())

    def begin(self) -> None:
        """Ready to type."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Keep what stands in the form."""
        for field in self.fields.values():
            field.say_problem("")
        said = {code: _said(widget) for code, widget in self.inputs.items()}
        others: dict[str, object] = {
            "title": self.title.text().strip(),
            "owner": self.owner.text().strip(),
            "place": self.place.value or None,
            "review_by": self.review_by.day,
        }
        if self._draft is not None:
            others |= {"links": self._draft.links, "step": self._draft.step}
        uid = self._entry.uid if self._entry else ""
        what = (self._register.code, uid, said, others, self.why.text())
        self._services.jobs.write(keep_entry, what, done=self._done, failed=self._refused)

    def _done(self, change: Change) -> None:
        self._services.messages.info(wording.text("The entry is kept."))
        self.kept.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        """Say it beside the field that it is about."""
        by_code = {"work.entry_without_title": "title", "work.entry_redefined": "why"}
        titles = {wording.text(field.title): field.code for field in self._register.fields}
        code = by_code.get(error.code) or titles.get(str(error.facts.get("field", "")))
        if code is None:
            self._services.messages.trouble(error)
            return
        self.fields[code].say_problem(wording.sentence(error))
        self.fields[code].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> QHBoxLayout:
        across = QHBoxLayout()
        across.addStretch(1)
        for button in (
            Button(wording.text("Cancel"), name="entry.cancel", look="quiet", run=self.left.emit, parent=self),
            Button(wording.text("Keep"), name="entry.keep", icon="check", run=self.keep, once=True, parent=self),
        ):
            across.addWidget(button)
        return across

    def _field(self, field: RegisterField) -> Field:
        title = wording.text(field.title) + (" *" if field.required else "")
        shown = Field(title, self.inputs[field.code], hint=wording.text(field.help) if field.help else "", parent=self)
        self.inputs[field.code].setAccessibleName(wording.text(field.title))
        return shown

    def _input(self, field: RegisterField, links: Links) -> QWidget:
        name, value = f"entry.{field.code}", self._said.get(field.code, "")
        if field.sort is FieldSort.LONG:
            words = QPlainTextEdit(self)
            words.setObjectName(name)
            words.setTabChangesFocus(True)
            words.setFixedHeight(76)
            words.setPlainText(value)
            return words
        if field.sort is FieldSort.DATE:
            day = DayField(name=name, parent=self)
            day.put(date.fromisoformat(value) if value else None)
            return day
        if field.sort in {FieldSort.CHOICE, FieldSort.LINK} or links.get(field.facet):
            offered = [("", wording.text("Not said"))]
            offered += [(option.code, wording.text(option.title)) for option in field.options]
            offered += [_named(noun, pair, field) for noun in field.nouns for pair in links.get(noun, ())]
            offered += links.get(field.facet, ())
            if value and value not in {code for code, _ in offered}:
                offered.append((value, value))
            choice = Choice(offered, name=name, search=field.sort is not FieldSort.CHOICE, parent=self)
            choice.choose(value)
            return choice
        return self._line(name, value)

    def _line(self, name: str, value: str) -> QLineEdit:
        line = QLineEdit(value, self)
        line.setObjectName(name)
        return line


def keep_entry(desk: object, what: tuple[str, str, dict[str, str], dict[str, object], str]) -> Change:
    """Add an entry, or change the one that is named; on the thread that writes."""
    register, uid, fields, others, why = what
    if uid:
        return work.change(desk, uid, fields=fields, why=why, **others)  # type: ignore[arg-type]
    return work.add(desk, register, work.EntryDraft(fields=fields, **others))  # type: ignore[arg-type]


def _named(noun: str, pair: tuple[str, str], field: RegisterField) -> tuple[str, str]:
    """A record that a link may name; where several nouns are offered, its noun is told, too."""
    code, title = pair
    return (code, f"{noun_title(noun)}: {title}") if len(field.nouns) > 1 else pair


def _said(widget: QWidget) -> str:
    """What stands in an input, as text."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, DayField):
        return widget.day.isoformat() if widget.day else ""
    if isinstance(widget, Choice):
        return widget.value
    return widget.text() if isinstance(widget, QLineEdit) else ""
