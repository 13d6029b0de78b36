"""One question: its words, what one answers with, and how things stand with the answer."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.forms.views import View, Why
from gemba.ui.conduct.editors.base import Asked, Editor
from gemba.ui.conduct.editors.keys import digit_of
from gemba.ui.conduct.editors.making import FEW, MANY, make_editor
from gemba.ui.conduct.frame import RowFrame, begin_lines, breakable
from gemba.ui.conduct.media_line import MediaLine
from gemba.ui.conduct.remarks import Failure, Guidance, Problem, State, Status, extras_of
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.words import Words
from gemba.ui.theme.current import look

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class QuestionRow(RowFrame):
    """A question as a generous row.

    Args:
        sheet: the open assessment.
        path: of the question.
        visited: whether the question was left before, so that a missing answer may be named.
        parent: the ribbon's viewport.
    """

    photo_wanted = Signal(str)
    onward = Signal()
    """The answer is complete: on to the next question."""
    resized = Signal(str)
    """Something in it unfolded or folded."""

    def __init__(self, sheet: OpenSheet, path: str, visited: Callable[[str], bool], parent: QWidget) -> None:
        super().__init__(path, parent)
        self._sheet, self._visited = sheet, visited
        self._star = ""
        """The colour of the star of a required question, as it was drawn last."""
        view = sheet.view(path)
        self._shape = _shape(view)
        self._status = Status(self)
        self._critical = Badge(wording.text("Critical"), "poor", self)
        self._hint = Words(tone="muted", wrap=True, parent=self)
        self._problem: Problem | None = None
        self._failure: Failure | None = None
        self._extras: Words | None = None
        self._guidance: Guidance | None = None
        self._media: MediaLine | None = None
        self._rows = QVBoxLayout(self)
        self._below = QVBoxLayout()
        self._below.setSpacing(6)
        self.editor = self._make_editor(view)
        self._label = self._build()
        self._show(view)

    def refresh(self) -> None:
        """Show what the form says now: words, choices, answer, what is wrong, how far it is saved."""
        view = self._sheet.view(self.path)
        if _shape(view) != self._shape:
            self._change_editor(view)
        self._show(view)

    def show_state(self) -> bool:
        """Show how far the answer is saved; True when the row grew or shrank by that."""
        before = self.has_failure()
        state = self._sheet.state(self.path)
        self._status.say(state)
        error = self._sheet.error(self.path) if state is State.FAILED else None
        if error is not None and self._failure is None:
            self._failure = Failure(self._sheet.saving.retry, self)
            self._below.addWidget(self._failure)
        if self._failure is not None:
            self._failure.setVisible(error is not None)
            self._failure.say(wording.sentence(error) if isinstance(error, GembaError) else "")
        return self.has_failure() != before

    def dress(self) -> None:
        """The star of a required question has the colour of the look."""
        if self._star not in {"", look().poor}:
            self._show_words(self._sheet.view(self.path))

    def has_failure(self) -> bool:
        """True while the row says why something is not saved."""
        return self._failure is not None and not self._failure.isHidden()

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.editor.settle()

    def stops(self) -> Sequence[QWidget]:
        """Those of the editor."""
        return self.editor.stops()

    def take_focus(self) -> None:
        """Put the keyboard into the editor."""
        target = self.editor.focus_widget()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits choose, arrows move over choices, Delete takes the answer back."""
        if self._take_key(event):
            event.accept()
        else:
            event.ignore()

    def _take_key(self, event: QKeyEvent) -> bool:
        number = digit_of(event)
        if number is not None and not self._locked(self._sheet.view(self.path)):
            return self.editor.digit(number)
        if event.modifiers() not in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            by = _STEPS[key]
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            return self.editor.step(-by if mirrored and key in {Qt.Key.Key_Left, Qt.Key.Key_Right} else by)
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not self._locked(self._sheet.view(self.path)):
            self.editor.clear()
            return True
        return False

    # How it is drawn

    def _build(self) -> Words:
        """Lay out the row; gives the label."""
        label = Words(scale="heading", wrap=True, parent=self)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label, 1)
        marks = QVBoxLayout()
        marks.setSpacing(2)
        marks.addWidget(self._critical, 0, Qt.AlignmentFlag.AlignRight)
        marks.addWidget(self._status)
        marks.addStretch()
        line.addLayout(marks)
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self._words.addWidget(self._hint)
        self._rows.setContentsMargins(22, 16, 18, 16)
        self._rows.setSpacing(8)
        self._rows.addLayout(line)
        self._rows.addLayout(self._words)
        self._rows.addWidget(self.editor)
        self._rows.addLayout(self._below)
        return label

    def _show(self, view: View) -> None:
        self._show_words(view)
        self.editor.show_view(view, locked=self._locked(view))
        self._show_problem(view)
        self._show_extras()
        self.show_state()
        self.update()

    def _show_words(self, view: View) -> None:
        begin_lines(self._label, self._hint)
        self._star = look().poor if view.required else ""
        if self._star:
            star = f'&nbsp;<span style="color:{self._star}">*</span>'
            self._label.setTextFormat(Qt.TextFormat.RichText)
            self._label.setText(html.escape(breakable(view.label)).replace("\n", "<br>") + star)
        else:
            self._label.setTextFormat(Qt.TextFormat.PlainText)
            self._label.setText(breakable(view.label))
        self._critical.setVisible(view.critical)
        self._hint.setText(breakable(view.hint))
        self._hint.setVisible(bool(view.hint))
        self._show_guidance(view)
        marks = [view.label]
        marks += [wording.text("required")] if view.required else []
        marks += [wording.text("critical")] if view.critical else []
        self.setAccessibleName(", ".join(marks))
        self.setAccessibleDescription(view.hint)

    def _show_problem(self, view: View) -> None:
        named = view.problem in {"constraint", "type"} or (view.problem == "required" and self._visited(self.path))
        self.wrong = named and not self._sheet.frozen
        if self.wrong and self._problem is None:
            self._problem = Problem(self._why, self.explain, self)
            self._below.addWidget(self._problem)
        if self._problem is not None:
            self._problem.setVisible(self.wrong)
            self._problem.say(view.message or _plain_problem(view.problem))

    def explain(self) -> bool:
        """Unfold in words why the answer is not valid, or fold it again; true when there is something to say."""
        if self._problem is None or self._problem.isHidden():
            return False
        self._problem.turn()
        self._resized()
        return True

    def _why(self) -> Why:
        return self._sheet.fill.why_invalid(self.path)

    def _show_guidance(self, view: View) -> None:
        if view.guidance and self._guidance is None:
            self._guidance = Guidance(self._resized, self)
            self._words.addWidget(self._guidance)
        if self._guidance is not None:
            self._guidance.say(view.guidance)
        if view.media and self._media is None:
            self._media = MediaLine(self._sheet, self._resized, self)
            self._words.insertWidget(0, self._media)
        if self._media is not None:
            self._media.show_media(view.media)

    def _resized(self) -> None:
        for part in (self._problem, self._guidance, self._media, self.editor):
            if part is not None:
                part.updateGeometry()  # else the row counts with the height that it had
        self.resized.emit(self.path)

    def _show_extras(self) -> None:
        words = extras_of(self._sheet, self.path)
        if words and self._extras is None:
            self._extras = Words(scale="small", tone="muted", wrap=True, parent=self)
            self._extras.setObjectName("extras")
            self._below.insertWidget(0, self._extras)
        if self._extras is not None:
            begin_lines(self._extras)
            self._extras.setText(words)
            self._extras.setVisible(bool(words))

    def _locked(self, view: View) -> bool:
        return self._sheet.frozen or view.read_only

    def _make_editor(self, view: View) -> Editor:
        editor = make_editor(view, self, Asked(self._sheet.now, self._sheet, self.path))
        self._connect(editor)
        return editor

    def _connect(self, editor: Editor) -> None:
        editor.setObjectName(f"answer:{self.path}")
        editor.given.connect(self._give)
        editor.wanted.connect(self._want_photo)
        editor.onward.connect(self._go_on)
        editor.resized.connect(self._resized)

    def _change_editor(self, view: View) -> None:
        self._shape = _shape(view)
        self.editor.settle()
        old, self.editor = self.editor, self._make_editor(view)
        self._put_in_place(old)
        old.hide()
        old.deleteLater()
        self.editor.show()

    def _put_in_place(self, old: Editor) -> None:
        self._rows.replaceWidget(old, self.editor)

    def _give(self, value: str) -> None:
        self._sheet.give(self.path, value)

    def _want_photo(self) -> None:
        self.photo_wanted.emit(self.path)

    def _go_on(self) -> None:
        self.onward.emit()


def _shape(view: View) -> tuple[str, str, bool]:
    """What decides which editor a question gets."""
    return view.kind, view.appearance, len(view.choices) > (MANY if view.kind == "select_multiple" else FEW)


def _plain_problem(problem: str) -> str:
    return {
        "required": wording.text("An answer is required here."),
        "constraint": wording.text("This answer breaks a rule of the checklist."),
        "type": wording.text("This does not fit the question. It is kept as you typed it; please correct it."),
    }.get(problem, "")
