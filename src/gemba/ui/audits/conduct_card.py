"""How far the conduct of an audit is: opened, written down, judged, handed in."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Audit, AuditState
from gemba.ui.parts.bars import ShareBar
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.audit_scene import AuditScene
from gemba.work.blind import has_handed_in
from gemba.work.open_audit import open_audit
from gemba.work.to_judge import Progress, progress_of, said_by


class ConductFacts(msgspec.Struct, frozen=True):
    """How far it is."""

    is_auditor: bool
    progress: Progress | None
    """Of whoever looks, where they judge; else `None`."""
    lacks: int
    """Answers that the conduct still lacks."""
    lead_in: bool
    second_in: bool | None
    """`None` where one judges alone."""
    has_sample: bool


class ConductCard(Card):
    """Opens the audit, leads to its conduct and to the judging.

    Args:
        frame: the tab.
        audit: that is shown.
        facts: as read.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, facts: ConductFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Conduct"), look="inset", parent=parent)
        self._frame, self._audit = frame, audit
        self.body.addWidget(Facts(*_lines(audit, facts)))
        done = facts.progress
        if done is not None and done.owed:
            said = wording.text("{judged} of {owed} judged", judged=done.judged, owed=done.owed)
            self.body.addWidget(Words(said, strong=True, parent=self))
            self.body.addWidget(ShareBar(100 * done.judged / done.owed, name=said, parent=self))
        flow = Flow()
        for button in self._buttons(audit, facts):
            flow.addWidget(button)
        self.body.addLayout(flow)

    @staticmethod
    def read(desk: Any, audit: Audit) -> ConductFacts | None:
        """What the card shows; on a job's thread."""
        if audit.state is AuditState.CANCELLED:
            return None
        with desk.reader() as reader:
            scene = AuditScene(desk, reader, audit.uid)
            viewer = desk.person.uid
            is_auditor = viewer in (audit.auditor, audit.second)
            judges = scene.cases if viewer == audit.auditor else scene.double
            is_open = audit.state is AuditState.OPEN
            return ConductFacts(
                is_auditor=is_auditor,
                progress=progress_of(judges, said_by(reader, audit.uid, viewer)) if is_auditor else None,
                lacks=len(scene.outlook.missing) if is_open and scene.outlook else 0,
                lead_in=has_handed_in(reader, audit.uid, audit.auditor),
                second_in=has_handed_in(reader, audit.uid, audit.second) if audit.second and scene.double else None,
                has_sample=scene.sample is not None,
            )

    def _buttons(self, audit: Audit, facts: ConductFacts) -> list[Button]:
        if audit.state is AuditState.PLANNED:
            if not facts.is_auditor:
                return []
            words = wording.text("Open the audit")
            return [Button(words, name="audit.open", icon="door-open", run=self.open_audit, parent=self)]
        is_open = audit.state is AuditState.OPEN
        words = wording.text("Meetings, documents, interviews") if is_open else wording.text("Read the conduct")
        found = [Button(words, name="audit.conduct", icon="notebook-pen", run=self.to_conduct, parent=self)]
        if facts.is_auditor and facts.has_sample:
            words = wording.text("Judge the decisions") if is_open else wording.text("See what was judged")
            found.append(Button(words, name="audit.judge", icon="scale", run=self.to_judging, parent=self))
        return found

    @Slot()
    def open_audit(self) -> None:
        """Open it."""
        self._frame.services.jobs.write(open_audit, self._audit.uid, done=self._opened)

    @Slot()
    def to_conduct(self) -> None:
        """Show the sheet of its meetings, documents and interviews."""
        if self._audit.assessment:
            self._frame.services.go("conduct", self._audit.assessment)

    @Slot()
    def to_judging(self) -> None:
        """Show the room in which one judges."""
        self._frame.enter("judging", self._audit.uid)

    def _opened(self, _change: Change) -> None:
        self._frame.services.messages.info(wording.text("The audit is open. Begin with the opening meeting."))


def _lines(audit: Audit, facts: ConductFacts) -> list[tuple[str, str]]:
    if audit.state is AuditState.PLANNED:
        return [(wording.text("State"), wording.text("Not opened; an auditor opens it with the opening meeting."))]
    done, waits = wording.text("handed in"), wording.text("not handed in")
    lacks = wording.plural("{n} answer is missing", "{n} answers are missing", facts.lacks) if facts.lacks else ""
    second = "" if facts.second_in is None else (done if facts.second_in else waits)
    return [
        (wording.text("Meetings, documents, interviews"), lacks or wording.text("written down")),
        (wording.text("Sample"), "" if facts.has_sample else wording.text("not drawn yet")),
        (wording.text("Lead auditor"), done if facts.lead_in else waits),
        (wording.text("Second auditor"), second),
    ]
