"""The card of a complaint that leads to its cause and to the checks of its file."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.assessments import Assessment
from gemba.domain.causes import CauseAnalysis
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.domain.people import Person
from gemba.ui import terms
from gemba.ui.complaints.facts import ComplaintFacts
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.analyse_cause import About
from gemba.work.analyse_cause import begin as begin_analysis
from gemba.work.cause_words import sort_title
from gemba.work.check_file import Agreement, agreement, checks_of
from gemba.work.check_file import begin as begin_check
from gemba.work.cluster_numbers import share

_TOPICS = frozenset({"cause_analysis", "assessment", "conclusion"})
_LONGEST = 160


class Behind(msgspec.Struct, frozen=True):
    """What is known of a complaint's cause and file."""

    analyses: tuple[CauseAnalysis, ...]
    checks: tuple[Assessment, ...]
    people: dict[str, str]
    agreement: Agreement | None


def behind_card(services: Services, facts: ComplaintFacts) -> QWidget:
    """The card, for the detail of a complaint."""
    return BehindCard(services, facts.complaint)


class BehindCard(Card):
    """Analyses of the cause, and checks of the file.

    Args:
        services: of the window.
        complaint: whose they are.
        parent: the owner.
    """

    def __init__(self, services: Services, complaint: Complaint, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Cause and file"), look="inset", parent=parent)
        self._services, self._complaint = services, complaint
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        buttons = QWidget(self)
        flow = Flow(buttons)
        flow.addWidget(
            Button(
                wording.text("Look for the cause"),
                name="complaints.analyse",
                icon="git-fork",
                look="quiet",
                run=self.analyse,
                parent=self,
            )
        )
        flow.addWidget(
            Button(
                wording.text("Check the file"),
                name="complaints.check_file",
                icon="clipboard-check",
                look="quiet",
                run=self.check,
                parent=self,
            )
        )
        self.body.addWidget(buttons)
        services.changed.made.connect(self.hear)
        self._ask()

    @Slot()
    def analyse(self) -> None:
        """Begin to look for the cause, and go there."""
        one = self._complaint
        said = " ".join((one.summary or one.redacted_words or one.number).split())
        about = About(complaint=one.uid)
        self._services.jobs.write(begin_analysis, said[:_LONGEST], about, done=self._begun)

    @Slot()
    def check(self) -> None:
        """Begin a check of the file, and open it."""
        self._services.jobs.write(begin_check, self._complaint.uid, done=self._checking)

    @Slot(object)
    def hear(self, change: Change) -> None:
        """Read again what has changed."""
        if change.topics & _TOPICS:
            self._ask()

    def _ask(self) -> None:
        self._services.jobs.ask(_read, self._services.desk, self._complaint.uid, done=self._came)

    def _begun(self, change: Change) -> None:
        self._services.go("reviews", change.uid)

    def _checking(self, change: Change) -> None:
        self._services.go("conduct", change.uid)

    def _came(self, found: Behind) -> None:
        clear(self._rows)
        for each in found.analyses:
            state = "done" if each.finished_at else "draft"
            self._link(each.problem, f"{each.number} · {sort_title(each.sort)}", state, ("reviews", each.uid))
        for check in found.checks:
            under = " · ".join(part for part in (check.number, found.people.get(check.person, "")) if part)
            self._link(check.title, under, check.state, ("walks", check.uid))
        if found.agreement is not None:
            words = wording.text(
                "Reviewers of this file agree on {share} of the items{alpha}.",
                share=share(found.agreement.percent),
                alpha="" if found.agreement.alpha is None else f" (alpha {found.agreement.alpha:.2f})",
            )
            self._rows.addWidget(Words(words, wrap=True, parent=self))

    def _link(self, text: str, under: str, state: str, to: tuple[str, str]) -> None:
        icon = "git-fork" if to[0] == "reviews" else "clipboard-check"
        self._rows.addWidget(
            LinkRow(
                text,
                under,
                name=f"complaints.behind.{to[1]}",
                icon=icon,
                badge=(terms.state(state), terms.state_tone(state)),
                go=self._services.go,
                to=to,
                parent=self,
            )
        )


def _read(desk: Any, uid: str) -> Behind:
    """What is known of it; on a job's thread."""
    with desk.reader() as reader:
        return Behind(
            tuple(reader.find(CauseAnalysis, complaint=uid)),
            tuple(checks_of(reader, [uid]).get(uid, [])),
            {person.uid: person.name for person in reader.find(Person)},
            agreement(desk, reader, [uid]),
        )
