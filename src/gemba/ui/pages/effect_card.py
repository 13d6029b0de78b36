"""Whether an action that is done helped, and whether its change still holds: asked, kept, shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.actions import Action, ActionState, Effect
from gemba.domain.change import Change
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.findings.similar_fields import SimilarFields
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.action_states import NEEDS_EFFECT
from gemba.work.effect_checks import begin, look
from gemba.work.effect_words import result_title
from gemba.work.similar_elsewhere import Elsewhere, similar_words
from gemba.work.verify_action import Verified, verify

_HIGH = 64
_TONES = {
    EffectResult.DUE: "plain",
    EffectResult.HOLDS: "good",
    EffectResult.PARTLY: "fair",
    EffectResult.REGRESSED: "poor",
}


class EffectCard(Card):
    """What was seen of the effect; or, while nobody has looked, the questions.

    Args:
        services: of the window.
        action: that it is about.
        checks: its checks, the earliest first.
        places: at which the like may be found.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        action: Action,
        checks: Sequence[EffectCheck],
        places: Sequence[Elsewhere] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.text("Effect"), look="inset", parent=parent)
        self._services, self._action = services, action
        self.fields: dict[str, Field] = {}
        self.notes: dict[str, QPlainTextEdit] = {}
        if action.reopened:
            often = wording.plural("Opened again {n} time.", "Opened again {n} times.", action.reopened)
            self.body.addWidget(Words(f"{often} {action.reopened_because}".strip(), tone="fair", wrap=True))
        if action.effect is not Effect.UNKNOWN:
            self.body.addWidget(
                Facts(
                    (wording.text("Seen to help"), terms.moment(action.verified_at)),
                    (wording.text("How it was seen"), action.verification),
                    (wording.text("Similar elsewhere?"), self._similar()),
                )
            )
            self._offer_pattern()
        elif action.state is ActionState.DONE and action.sort in NEEDS_EFFECT:
            self._ask(places)
        for check in checks:
            self._show(check)

    @Slot()
    def keep(self) -> None:
        """Keep what was seen of the effect."""
        for field in self.fields.values():
            field.say_problem("")
        self.similar.say_problem("")
        answer = self.similar.answer()
        said = Verified(
            effect=Effect(self._choice("effect")),
            how=self._words("how"),
            similar=answer.similar,
            similar_note=answer.note,
            places=answer.places,
        )
        self._services.jobs.write(verify, self._action.uid, said, done=self._kept, failed=self._refused)

    def _ask(self, places: Sequence[Elsewhere]) -> None:
        helped = [
            ("", wording.text("Not said yet")),
            (Effect.EFFECTIVE.value, wording.text("It helped")),
            (Effect.NOT_EFFECTIVE.value, wording.text("It did not help: open it again")),
        ]
        self._put("effect", wording.text("What was seen of the &effect?"), Choice(helped, name="effect.effect"))
        self._put("how", wording.text("&How was it seen?"), self._entry("how"))
        self.similar = SimilarFields(name="effect", places=places, parent=self)
        self.body.addWidget(self.similar)
        keep = Button(
            wording.text("Keep the effect"), name="effect.keep", icon="check", run=self.keep, once=True, parent=self
        )
        self.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeading)

    def _show(self, check: EffectCheck) -> None:
        head = Flow()
        days = wording.text("After {days} days", days=check.days)
        when = check.due if check.looked_at is None else check.looked_at
        head.addWidget(Words(days, strong=True))
        head.addWidget(Badge(result_title(check.result), _TONES[check.result]))
        head.addWidget(Words(terms.day(when), tone="muted"))
        self.body.addLayout(head)
        if check.result is not EffectResult.DUE:
            if check.note:
                self.body.addWidget(Words(check.note, wrap=True))
            return
        if self._action.state is ActionState.DONE:
            self._ask_check(check, days)

    def _ask_check(self, check: EffectCheck, days: str) -> None:
        note = self._entry(f"note.{check.days}")
        note.setAccessibleName(wording.text("{days}: what was seen", days=days))
        note.setPlaceholderText(wording.text("What was seen, and how"))
        self.notes[check.uid] = note
        self.body.addWidget(note)
        row = Flow()
        titles = {
            EffectResult.HOLDS: wording.text("It holds"),
            EffectResult.PARTLY: wording.text("It holds in part"),
            EffectResult.REGRESSED: wording.text("It is as before: open again"),
        }
        for result, title in titles.items():
            run = partial(self._look, check.uid, result)
            row.addWidget(Button(title, name=f"effect.{check.days}.{result.value}", look="quiet", run=run))
        run = partial(self._conduct, check.uid)
        title = wording.text("Conduct the checklist")
        row.addWidget(Button(title, name=f"effect.{check.days}.conduct", icon="list-checks", look="quiet", run=run))
        self.body.addLayout(row)

    def _look(self, check: str, result: EffectResult) -> None:
        words = self.notes[check].toPlainText()
        self._services.jobs.write(look, check, result, words, done=self._kept, failed=self._services.messages.trouble)

    def _conduct(self, check: str) -> None:
        self._services.jobs.write(begin, check, done=self._begun)

    def _begun(self, change: Change) -> None:
        self._services.go("conduct", change.uid)

    def _kept(self, _change: Change) -> None:
        self._services.messages.info(wording.text("What was seen is kept."))

    def _refused(self, error: GembaError) -> None:
        if error.code == "work.similar_unanswered":
            self.similar.say_problem(wording.sentence(error))
            return
        field = {"work.verified_without_words": "how", "work.verified_without_effect": "effect"}.get(error.code, "")
        if field in self.fields:
            self.fields[field].say_problem(wording.sentence(error))
            self.fields[field].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._services.messages.trouble(error)

    def _offer_pattern(self) -> None:
        """What helped here may help others."""
        if self._action.effect is Effect.EFFECTIVE:
            title = wording.text("Write it down for others")
            under = wording.text("A pattern of the playbook, with this as its proof")
            to = ("playbook", f"patterns:from:{self._action.uid}")
            row = LinkRow(title, under, name="effect.pattern", icon="lightbulb", go=self._services.go, to=to)
            self.body.addWidget(row)

    def _similar(self) -> str:
        return similar_words(self._action.similar, self._action.similar_note)

    def _put(self, name: str, title: str, widget: QWidget) -> None:
        self.fields[name] = Field(title, widget, parent=self)
        self.body.addWidget(self.fields[name])

    def _entry(self, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit(self)
        made.setObjectName(f"effect.{name}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(_HIGH)
        return made

    def _choice(self, name: str) -> str:
        widget = self.fields[name].widget
        return widget.value if isinstance(widget, Choice) else ""

    def _words(self, name: str) -> str:
        widget = self.fields[name].widget
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""
