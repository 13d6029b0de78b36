"""Judging: the sampled decisions one after the other, each against the goals that held for it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.audits.judging_head import JudgingHead
from gemba.ui.audits.judging_panes import JudgingPanes
from gemba.ui.audits.judging_session import JudgingFacts, JudgingSession, Key, read_judging
from gemba.ui.audits.judging_words import case_row, goal_row
from gemba.ui.services import Services
from gemba.work.judge import hand_in, judge, take_back
from gemba.work.judgement_rules import Said
from gemba.work.open_audit import sheet_for

_PAUSE_MS = 900
"""After so long without a key what is whole is kept."""


class JudgingRoom(QWidget):
    """One auditor's judgements of one audit; what is whole is kept as one goes on.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.session: JudgingSession | None = None
        self._uid = ""
        self._shown: Key | None = None
        self.head = JudgingHead(self)
        self.panes = JudgingPanes(services, self)
        self.decisions, self.goals = self.panes.decisions, self.panes.goals
        self.form, self.files = self.panes.form, self.panes.files
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.head)
        rows.addWidget(self.panes, 1)
        self._listen()

    def open(self, uid: str) -> None:
        """Show what the person judges in an audit."""
        self._keep()
        if uid != self._uid:
            self.session = None
        self._uid = uid
        self.services.jobs.ask(read_judging, self.services.desk, uid, done=self._came)

    def refresh(self) -> None:
        """Read again what may have come from elsewhere, and stay where one is."""
        if self._uid:
            self.open(self._uid)

    def may_leave(self) -> bool:
        """Keep what is whole; what is not stays as it was written."""
        self._keep()
        return True

    @Slot()
    def leave(self) -> None:
        """Back to the audit."""
        self._keep()
        self.services.changed.tell(Change(topics=frozenset({"audit"}), uids=frozenset({self._uid})))
        self.left.emit()

    @Slot()
    def next(self) -> None:
        """Keep it and go to the next goal; say what is lacking and stay when it is not whole."""
        if self.session is None or not self._keep(demanding=True):
            return
        self.session.step(1)
        self._show()
        self.form.verdict.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def onward(self) -> None:
        """To the next goal, whole or not."""
        self._go(1)

    @Slot()
    def back(self) -> None:
        """To the goal before."""
        self._go(-1)

    @Slot()
    def undo(self) -> None:
        """Undo the last judgement that was kept in this sitting."""
        last = self.session.undo() if self.session is not None and self.session.can_undo else None
        if self.session is None or last is None:
            return
        self._pause.stop()
        key, before = last
        if before is None:
            self.services.jobs.write(take_back, self._uid, *key, failed=self._refused)
        else:
            self.services.jobs.write(judge, self._uid, *key, before, failed=self._refused)
        self.session.put(key, before)
        self.session.go_to(key)
        self._show()

    @Slot()
    def as_before(self) -> None:
        """Take over the evidence that was written for the goal before."""
        before = self.session.before_this() if self.session is not None else None
        if before is not None and self.session is not None and self.session.is_open:
            self.form.take_words(before)

    @Slot()
    def hand_in(self) -> None:
        """Let go of all judgements."""
        self._keep()
        self.services.jobs.write(hand_in, self._uid, done=self._handed_in, failed=self._refused)

    @Slot()
    def open_sheet(self) -> None:
        """Begin a sheet of one's own on this decision, as help for judging it."""
        if self.session is not None and self.session.case is not None:
            uid = self.session.case.decision.uid
            self.services.jobs.write(sheet_for, self._uid, uid, done=self._sheet_begun)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1 to 4 are verdicts wherever one does not write."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and self.session is not None and self.session.is_open and self.form.verdict.press(event.text()):
            return
        super().keyPressEvent(event)

    # What is read and shown

    def _came(self, facts: JudgingFacts) -> None:
        if facts.audit.uid != self._uid:
            return
        before = self.session
        self.session = JudgingSession(facts)
        if before is not None:
            self.session.take_over(before)
        self.form.offer_causes(facts.causes)
        self._show(anew=True)

    def _show(self, *, anew: bool = False) -> None:
        session = self.session
        if session is None:
            return
        case = session.case
        if anew:
            self.decisions.show_rows([case_row(session, one) for one in session.facts.cases], session.case_at)
        elif case is not None:
            with QSignalBlocker(self.decisions):
                self.decisions.setCurrentRow(session.case_at)
        goals = [goal_row(session, case, goal) for goal in case.goals] if case is not None else []
        self.goals.show_rows(goals, session.goal_at)
        self.head.show_session(session)
        if anew or self._shown != session.key:
            self._show_judgement(session)

    def _show_judgement(self, session: JudgingSession) -> None:
        self._pause.stop()
        self._shown = session.key
        self.panes.show_about(session)
        self.form.show_said(session.now)
        self.form.set_open(session.is_open)
        self.form.setVisible(session.key is not None)
        self.files.setVisible(session.key is not None)
        audit = session.facts.audit
        self.files.show_files(audit.assessment or "", session.judgement_uid, session.files_now, is_open=session.is_open)

    # What is kept

    def _keep(self, *, demanding: bool = False) -> bool:
        """Keep what is entered if it is whole; else as a draft. False when something is lacking."""
        self._pause.stop()
        session, key, said = self.session, self._shown, self.form.said
        if session is None or key is None or not session.is_open or session.key != key:
            return True
        if said is None:
            self.form.say_problem(wording.text("Choose a verdict: 1 to 4.") if demanding else "")
            return not demanding
        if said == session.said.get(key) and key not in session.drafts:
            return True
        lacks = session.lacks(said)
        if lacks is not None:
            session.drafts[key] = said
            self.form.say_problem(wording.sentence(lacks) if demanding else "")
            self._mark(session)
            return False
        self.form.say_problem("")
        done, failed = partial(self._kept, key), partial(self._not_kept, key, said)
        self.services.jobs.write(judge, self._uid, *key, said, done=done, failed=failed)
        session.keep(key, said)
        self._mark(session)
        return True

    def _mark(self, session: JudgingSession) -> None:
        """Show the rows of what was just kept anew, and how far one is."""
        case, goal = session.case, session.goal
        if case is not None and goal is not None:
            self.decisions.show_row(session.case_at, case_row(session, case))
            self.goals.show_row(session.goal_at, goal_row(session, case, goal))
        self.head.show_session(session)

    def _go(self, by: int) -> None:
        if self.session is not None:
            self._keep()
            self.session.step(by)
            self._show()

    def _kept(self, key: Key, _change: Change) -> None:
        if self.session is not None:
            self.session.on_the_way.discard(key)

    def _not_kept(self, key: Key, said: Said, error: GembaError) -> None:
        """A rule said no after all: what was entered stays as a draft."""
        if self.session is not None:
            self.session.on_the_way.discard(key)
            self.session.put(key, self.session.undo_of(key))
            self.session.drafts[key] = said
            self._show(anew=True)
        self._refused(error)

    def _refused(self, error: GembaError) -> None:
        self.services.messages.trouble(error)

    def _handed_in(self, _change: Change) -> None:
        self.services.messages.info(wording.text("Your judgements are handed in; they change no more."))
        self.open(self._uid)

    def _sheet_begun(self, change: Change) -> None:
        self.services.go("conduct", change.uid)

    @Slot(int)
    def _chose_case(self, row: int) -> None:
        if self.session is not None and row >= 0:
            self._keep()
            self.session.move(row, self.session.first_left(row))
            self._show()

    @Slot(int)
    def _chose_goal(self, row: int) -> None:
        if self.session is not None and row >= 0:
            self._keep()
            self.session.move(self.session.case_at, row)
            self._show()

    @Slot()
    def _edited(self) -> None:
        self.form.say_problem("")
        self._pause.start()

    # How it is made

    def _listen(self) -> None:
        self.decisions.currentRowChanged.connect(self._chose_case)
        self.goals.currentRowChanged.connect(self._chose_goal)
        self.form.edited.connect(self._edited)
        self.files.kept.connect(self.refresh)
        self._pause.timeout.connect(self._keep_quietly)
        head = self.head
        for signal, run in (
            (head.left, self.leave),
            (head.undone, self.undo),
            (head.handed_in, self.hand_in),
            (head.copied, self.as_before),
            (head.sheet, self.open_sheet),
            (head.stepped_back, self.back),
            (head.stepped, self.next),
        ):
            signal.connect(run)
        keys: dict[str, Any] = {
            "Ctrl+Return": self.next,
            "Ctrl+Enter": self.next,
            "Alt+Down": self.onward,
            "Alt+Up": self.back,
            "Ctrl+Shift+Z": self.undo,
            "Ctrl+D": self.as_before,
        }
        keys |= {f"Ctrl+{n}": partial(self._verdict, str(n)) for n in range(1, 5)}
        for key, run in keys.items():
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(run)

    @Slot()
    def _keep_quietly(self) -> None:
        self._keep()

    def _verdict(self, key: str) -> None:
        if self.session is not None and self.session.is_open:
            self.form.verdict.press(key)
