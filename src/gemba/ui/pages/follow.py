"""Actions: who does what until when, and the proof that it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.actions import Action, ActionState
from gemba.domain.change import Change
from gemba.domain.effects import EffectCheck
from gemba.domain.people import Person
from gemba.errors import GembaError
from gemba.store.lines import ActionLine
from gemba.store.lists import ACTIONS
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.board.steer_card import SteerCard, SteerFacts, read_steer
from gemba.ui.board.ways import ListOrBoard, board_actions
from gemba.ui.escalations.escalate_row import EscalateRow
from gemba.ui.findings.pairs_card import PairsCard, ShownProofs, read_proofs
from gemba.ui.pages.action_list import TOPICS, shape
from gemba.ui.pages.effect_card import EffectCard
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Field
from gemba.ui.parts.links import LinkRow
from gemba.ui.services import Services
from gemba.work.action_rules import left_on
from gemba.work.action_states import NEEDS_EFFECT
from gemba.work.effect_checks import checks_of
from gemba.work.follow_action import done, reopen
from gemba.work.photo_pairs import finding_of
from gemba.work.similar_elsewhere import Elsewhere, places_like


class ActionFacts(msgspec.Struct, frozen=True):
    """What the detail of an action shows."""

    line: ActionLine
    proof: str
    action: Action
    checks: tuple[EffectCheck, ...]
    proofs: ShownProofs
    """Photos of before and after, and files that show what was done."""
    places: tuple[Elsewhere, ...]
    left: date | None
    """When the owner of an open action left."""
    steer: SteerFacts | None
    """Its rank and rest on the board, and others like it."""


class ActionsPage(ListPage):
    """List and detail of actions."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "actions", wording.text("Actions"), parent)
        self.names = PlaceNames(services.desk)
        self.proof: QPlainTextEdit | None = None
        self._typed_for = ""
        self._proof_field: Field | None = None
        self.effect: EffectCard | None = None
        self.steer: SteerCard | None = None
        findings = Button(
            wording.text("Go to the findings"),
            name="actions.empty.findings",
            icon="flag",
            look="primary",
            run=self.to_findings,
        )
        empty = EmptyState(
            "list-checks",
            wording.text("No action yet"),
            wording.text("Give a finding an action with an owner and a day; it is followed here until it is done."),
            findings,
        )
        self.put_list(
            shape(self.names),
            ACTIONS,
            read=read_action,
            topics=TOPICS | {"evidence", "go_and_see", "person"},
            empty=empty,
            nothing=EmptyState(
                "list-checks", wording.text("No action chosen"), wording.text("Choose one to say that it is done.")
            ),
        )
        self.ways = ListOrBoard(self)

    def arrive(self) -> None:
        """Read the way of looking that is shown."""
        super().arrive()
        self.ways.arrive()

    def take_focus(self) -> None:
        """The keyboard begins in the list, or at the first card."""
        if not self.ways.take_focus():
            super().take_focus()

    def show_uid(self, uid: str) -> None:
        """Show an action in the list, or the board (`board`, `board:uid`)."""
        if not self.ways.show_uid(uid):
            super().show_uid(uid)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What else there is to see."""
        return self.ways.sights()

    def actions_offered(self) -> list[ActionSpec]:
        """Say that it is done; on the board set limits, and print it."""
        return [
            *board_actions(self),
            ActionSpec(
                "actions.done", wording.text("Mark as done"), "Ctrl+D", "actions", "check", self.mark_done, "primary"
            ),
            self.search_action(),
        ]

    @Slot()
    def to_findings(self) -> None:
        """Actions begin with a finding."""
        self.services.go("findings")

    @Slot()
    def mark_done(self) -> None:
        """Keep the proof; without one, ask for it."""
        if self.ways.mark_done():
            return
        if self.proof is None:
            self.services.messages.info(wording.text("Choose an open action first."))
            return
        words = self.proof.toPlainText()
        if not words.strip():
            self.proof.setFocus(Qt.FocusReason.OtherFocusReason)
        self.services.jobs.write(done, self.detail.uid, words, done=self._done, failed=self._refused)

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self.proof = None

    def _done(self, change: Change) -> None:
        self.services.messages.info(
            wording.text("The action is done."), undo=partial(self.services.jobs.write, reopen, change.uid)
        )

    def _refused(self, error: GembaError) -> None:
        if self._proof_field is not None and error.code == "work.action_without_proof":
            self._proof_field.say_problem(wording.sentence(error))
        else:
            self.services.messages.trouble(error)

    def draw(self, facts: ActionFacts) -> None:
        """Show the action, and the entry that says it is done."""
        line, body = facts.line, self.detail.body
        self.head(
            line.text,
            (terms.state(line.state), terms.state_tone(line.state)),
            (terms.action_sort(line.sort), "plain"),
            (wording.text("The owner left"), "poor") if facts.left is not None else ("", ""),
            number=line.number,
        )
        body.addWidget(
            Facts(
                (wording.text("Owner"), line.owner),
                (wording.text("Due"), terms.day(line.due)),
                (wording.text("Place"), line.place),
                (wording.text("Done"), terms.moment(line.done_at)),
                (wording.text("Proof"), facts.proof),
            )
        )
        if line.finding:
            body.addWidget(
                LinkRow(
                    line.finding_text,
                    wording.text("The finding that it is for"),
                    name="actions.detail.finding",
                    icon="flag",
                    go=self.services.go,
                    to=("findings", line.finding),
                )
            )
        elif line.analysis:
            body.addWidget(
                LinkRow(
                    line.finding_text,
                    wording.text("The cause analysis that it follows from"),
                    name="actions.detail.analysis",
                    icon="git-compare-arrows",
                    go=self.services.go,
                    to=("reviews", line.analysis),
                )
            )
        body.addWidget(PairsCard(self.services, facts.action, facts.proofs))
        if facts.steer is not None:
            self.steer = SteerCard(self.services, facts.steer, name="actions.steer")
            body.addWidget(self.steer)
        body.addWidget(EscalateRow(self.services, "action", line.uid, name="actions.detail"))
        self.effect = None
        if (
            facts.checks
            or facts.action.reopened
            or (line.state == ActionState.DONE and facts.action.sort in NEEDS_EFFECT)
        ):
            self.effect = EffectCard(self.services, facts.action, facts.checks, facts.places)
            body.addWidget(self.effect)
        typed = self.proof.toPlainText() if self.proof is not None and self._typed_for == line.uid else ""
        self.proof = self._proof_field = None
        if line.state == ActionState.DONE:
            reopen_it = Button(
                wording.text("Open it again"),
                name="actions.detail.reopen",
                icon="undo-2",
                look="quiet",
                run=self._reopen,
            )
            body.addWidget(reopen_it, 0, Qt.AlignmentFlag.AlignLeft)
            return
        self.proof = QPlainTextEdit()
        self.proof.setObjectName("actions.detail.proof")
        self.proof.setPlainText(typed)  # a photo that came meanwhile takes away no words
        self._typed_for = line.uid
        self.proof.setTabChangesFocus(True)
        self.proof.setFixedHeight(92)
        self._proof_field = Field(
            wording.text("What &shows that it is done?"),
            self.proof,
            hint=wording.text("A sentence that somebody else could check."),
        )
        body.addWidget(self._proof_field)

    @Slot()
    def _reopen(self) -> None:
        self.services.jobs.write(reopen, self.detail.uid)


def read_action(desk: Any, uid: str) -> ActionFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        action = reader.get(Action, uid)
        if action is None:
            return None
        line = ACTIONS.lines(reader, [ACTIONS.key(reader, uid)])[0]
        finding = finding_of(reader, action)
        proofs = read_proofs(desk, reader, action)
        places = places_like(reader, finding) if finding is not None else ()
        left = left_on(reader.find(Person), action.owner, desk.clock().date())
        checks = tuple(checks_of(reader, action))
    is_open = action.state is ActionState.OPEN
    steer = read_steer(desk, uid)
    return ActionFacts(line, action.proof, action, checks, proofs, places, left if is_open else None, steer)
