"""Findings: what was found, with its evidence and what is done about it."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gemba import wording
from gemba.domain.actions import Action, usual_sort
from gemba.domain.evidence import Evidence
from gemba.domain.findings import NEEDS_ACTION, Finding, FindingGrade
from gemba.store.lines import FindingLine
from gemba.store.lists import FINDINGS
from gemba.store.photos import THUMBNAIL
from gemba.store.shown import shown as shown_picture
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.escalations.escalate_row import EscalateRow
from gemba.ui.findings.code_facts import read_seen_again
from gemba.ui.findings.containment_card import ContainmentCard
from gemba.ui.findings.recurrence_box import RecurrenceBox
from gemba.ui.findings.similar_card import SimilarCard
from gemba.ui.pages.add_action import AddAction
from gemba.ui.pages.finding_list import TOPICS, shape
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.playbook.answers_row import AnswersRow
from gemba.ui.services import Services
from gemba.work.action_states import waits_for_answer
from gemba.work.contain_finding import lacks_containment
from gemba.work.pattern_answers import Codes
from gemba.work.seen_before import SeenBefore
from gemba.work.similar_elsewhere import Elsewhere, places_like

_PHOTO = QSize(220, 165)


class FindingFacts(msgspec.Struct, frozen=True):
    """What the detail of a finding shows."""

    line: FindingLine
    finding: Finding
    actions: tuple[Action, ...]
    photos: tuple[tuple[str, QImage], ...]
    seen: SeenBefore
    places: tuple[Elsewhere, ...]
    waits: bool
    """Only the question "similar elsewhere?" keeps it open."""


class FindingsPage(ListPage):
    """List and detail of findings."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "findings", wording.text("Findings"), parent)
        self.names = PlaceNames(services.desk)
        self.form: AddAction | None = None
        walks = Button(
            wording.text("Go to the walks"),
            name="findings.empty.walks",
            icon="footprints",
            look="primary",
            run=self.to_walks,
        )
        empty = EmptyState(
            "flag",
            wording.text("No finding yet"),
            wording.text("Findings are raised while you walk: from an answer, with what you saw as evidence."),
            walks,
        )
        self.put_list(
            shape(self.names),
            FINDINGS,
            read=read_finding,
            topics=TOPICS | {"go_and_see"},
            empty=empty,
            nothing=EmptyState(
                "flag", wording.text("No finding chosen"), wording.text("Choose one to see evidence and actions.")
            ),
        )

    def actions_offered(self) -> list[ActionSpec]:
        """Give an action, go to the walk."""
        return [
            ActionSpec(
                "findings.act", wording.text("Add an action"), "Ctrl+N", "findings", "plus", self.add_action, "primary"
            ),
            self.search_action(),
        ]

    @Slot()
    def to_walks(self) -> None:
        """Findings begin with a walk."""
        self.services.go("walks")

    @Slot()
    def add_action(self) -> None:
        """Open the entry of a new action below the finding."""
        if self.form is None:
            self.services.messages.info(wording.text("Choose the finding that the action is for."))
        else:
            self.form.begin()

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self.form = None

    def draw(self, facts: FindingFacts) -> None:
        """Show the finding, its evidence, and what is done about it."""
        line, body = facts.line, self.detail.body
        self.head(
            line.text,
            (terms.finding_grade(line.grade), terms.finding_grade_tone(line.grade)),
            (terms.state(line.state), terms.state_tone(line.state)),
            (wording.text("Not contained"), "poor") if lacks_containment(facts.finding) else ("", ""),
            number=line.number,
        )
        body.addWidget(
            Facts(
                (wording.text("Should have been"), line.criterion),
                (wording.text("Place"), line.place),
                (wording.text("Raised"), terms.moment(line.raised_at)),
                (wording.text("By"), line.person),
            )
        )
        body.addWidget(ContainmentCard(self.services, facts.finding))
        if facts.photos:
            body.addWidget(_photos(facts.photos))
        body.addWidget(
            LinkRow(
                line.assessment_title,
                wording.text("The walk that it was raised in"),
                name="findings.detail.walk",
                icon="footprints",
                go=self.services.go,
                to=("walks", line.assessment),
            )
        )
        seen = RecurrenceBox(self.services, name="findings.recurrence")
        body.addWidget(seen)
        seen.show_seen(facts.seen)
        codes = Codes(facts.finding.step, facts.finding.cause, facts.finding.place)
        body.addWidget(AnswersRow(self.services, codes, name="findings.detail"))
        body.addWidget(self._actions_card(facts))
        if facts.finding.grade in NEEDS_ACTION or facts.finding.similar:
            body.addWidget(SimilarCard(self.services, facts.finding, facts.places, waits=facts.waits))
        body.addWidget(EscalateRow(self.services, "finding", line.uid, name="findings.detail"))

    def _actions_card(self, facts: FindingFacts) -> Card:
        card = Card(wording.text("Actions"), look="inset")
        for action in facts.actions:
            due = wording.text("due {day}", day=terms.day(action.due))
            card.body.addWidget(
                LinkRow(
                    action.text,
                    f"{action.owner} · {due}",
                    badge=(terms.state(action.state), terms.state_tone(action.state)),
                    name=f"findings.action.{action.uid}",
                    go=self.services.go,
                    to=("actions", action.uid),
                )
            )
        if not facts.actions:
            card.body.addWidget(Words(wording.text("Nobody has been asked to act on it yet."), tone="muted", wrap=True))
        usually = usual_sort(FindingGrade(facts.line.grade))
        self.form = AddAction(self.services, facts.line.uid, parent=card, usually=usually)
        card.body.addWidget(self.form)
        return card


def read_finding(desk: Any, uid: str) -> FindingFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        finding = reader.get(Finding, uid)
        if finding is None:
            return None
        line = FINDINGS.lines(reader, [FINDINGS.key(reader, uid)])[0]
        actions = tuple(reader.find(Action, finding=uid))
        evidence = [item for item in reader.find(Evidence, finding=uid) if not item.removed]
        seen, places = read_seen_again(reader, finding), places_like(reader, finding)
        waits = waits_for_answer(reader, finding)
    photos = []
    for item in evidence:
        jpeg = shown_picture(desk.store.evidence, item, THUMBNAIL)
        if jpeg is not None:
            photos.append((item.name, QImage.fromData(jpeg)))
    return FindingFacts(line, finding, actions, tuple(photos), seen, places, waits)


def _photos(photos: tuple[tuple[str, QImage], ...]) -> QWidget:
    shown = QWidget()
    flow = Flow(shown)
    for name, image in photos:
        label = QLabel()
        label.setAccessibleName(wording.text("Photo {name}", name=name))
        label.setToolTip(name)
        label.setPixmap(
            QPixmap.fromImage(image).scaled(
                _PHOTO, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        flow.addWidget(label)
    return shown
