"""The editor of a cause analysis: whys, Ishikawa, where it lies, 8D-light."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.causes import CauseAnalysis, CauseDomain, CauseSort
from gemba.domain.change import Change
from gemba.domain.vocabularies import Facet
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.reviews.growing_rows import GrowingRows
from gemba.ui.services import Services
from gemba.work.analyse_cause import HEADS, STEPS, finish, revise
from gemba.work.cause_words import domain_title, head_title, sort_title, step_title
from gemba.work.person_words import ends_on_person

_HIGH = 64
_LEAST = 120
"""Pixels; a field that insisted on more would be cut off beside a list."""


class CauseEditor(QWidget):
    """All that an analysis says, to be changed until it is finished.

    Args:
        services: of the window.
        analysis: as it is kept.
        codes: codes with titles, of steps and causes.
        typed: what was typed already and is not kept yet.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        analysis: CauseAnalysis,
        codes: dict[Facet, list[tuple[str, str]]],
        typed: CauseAnalysis | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._kept_analysis = services, analysis
        self._analysis = typed or analysis
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(14)
        self.problem = self._text("problem", wording.text("&What is wrong"), analysis.problem, self._rows)
        self.problem.setToolTip(wording.text("What, where, since when, how much; what it is and what it is not."))
        self.contained = self._text("contained", wording.text("What was done at once"), analysis.contained, self._rows)
        self._put_codes(codes)
        self._put_whys()
        self.heads = self._many(
            wording.text("Ishikawa: what was found by head"), "head", HEADS, head_title, analysis.heads
        )
        self._put_place_of_cause()
        self.steps = self._many(wording.text("8D-light"), "8d", STEPS, step_title, analysis.steps)
        self._put_buttons()
        self._ask_on()

    @property
    def uid(self) -> str:
        """Of the analysis."""
        return self._analysis.uid

    @property
    def typed(self) -> CauseAnalysis | None:
        """The analysis as it stands in the editor; `None` when nothing differs from what is kept."""
        said = self.said
        stands = msgspec.structs.replace(
            self._kept_analysis,
            **{
                **said,
                "heads": _filled(said["heads"]),
                "steps": _filled(said["steps"]),
                "domain": CauseDomain(said["domain"]),
                "sort": CauseSort(said["sort"]),
            },
        )
        return None if stands == self._kept_analysis else stands

    @property
    def said(self) -> dict[str, Any]:
        """The fields as they stand in the editor."""
        return {
            "problem": self.problem.toPlainText(),
            "contained": self.contained.toPlainText(),
            "step": self.codes[Facet.STEP].value,
            "cause": self.codes[Facet.CAUSE].value,
            "whys": self.whys.said,
            "ends_on_person": self.on_person.isChecked(),
            "heads": {head: field.text() for head, field in self.heads.items()},
            "domain": self.domain.value,
            "sort": self.sort.value,
            "escape": self.escape.toPlainText(),
            "steps": {step: field.text() for step, field in self.steps.items()},
        }

    @Slot()
    def keep(self) -> None:
        """Keep what stands here."""
        self._problem("")
        self._services.jobs.write(
            partial(_revise, said=self.said), self._analysis.uid, done=self._kept, failed=self._refused
        )

    @Slot()
    def finish(self) -> None:
        """Keep it, and finish the analysis."""
        self._problem("")
        ended = partial(_finish, said=self.said, are_no_names=self.no_names.isChecked())
        self._services.jobs.write(ended, self._analysis.uid, done=self._finished, failed=self._refused)

    def _text(self, name: str, title: str, words: str, into: QVBoxLayout) -> QPlainTextEdit:
        made = QPlainTextEdit(words, self)
        made.setObjectName(f"cause.{name}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(_HIGH)
        made.setMinimumWidth(_LEAST)
        into.addWidget(Field(title, made, parent=self))
        return made

    def _put_codes(self, codes: dict[Facet, list[tuple[str, str]]]) -> None:
        titles = {Facet.STEP: wording.text("Process step"), Facet.CAUSE: wording.text("Cause")}
        self.codes: dict[Facet, Choice] = {}
        for facet, title in titles.items():
            before = getattr(self._analysis, facet.value)
            known = [("", wording.text("Not said yet")), *codes[facet]]
            known += [(before, before)] if before and before not in dict(known) else []
            self.codes[facet] = Choice(known, name=f"cause.{facet}", parent=self)
            self.codes[facet].choose(before)
            self._rows.addWidget(Field(title, self.codes[facet], parent=self))

    def _put_whys(self) -> None:
        card = Card(wording.text("Why? And why that?"), look="inset", parent=self)
        self.whys = GrowingRows(name="cause.why", parent=card)
        self.whys.put(self._analysis.whys)
        self.on_person = QCheckBox(wording.text("The last why is a person's error"), card)
        self.on_person.setObjectName("cause.on_person")
        self.on_person.setChecked(self._analysis.ends_on_person)
        self.ask_on = Words(
            wording.text("This ends on a person. What let it happen, or kept it from being caught? Answer once more."),
            tone="poor",
            wrap=True,
            parent=card,
        )
        self.ask_on.setObjectName("cause.ask_on")
        for widget in (self.whys, self.on_person, self.ask_on):
            card.body.addWidget(widget)
        self.whys.changed.connect(self._ask_on)
        self.on_person.toggled.connect(self._ask_on)
        self._rows.addWidget(card)

    def _many(
        self, heading: str, name: str, codes: tuple[str, ...], title: Any, words: dict[str, str]
    ) -> dict[str, QLineEdit]:
        card = Card(heading, look="inset", parent=self)
        fields: dict[str, QLineEdit] = {}
        for code in codes:
            fields[code] = QLineEdit(words.get(code, ""), card)
            fields[code].setObjectName(f"cause.{name}.{code}")
            fields[code].setMinimumWidth(_LEAST)
            card.body.addWidget(Field(title(code), fields[code], parent=card))
        self._rows.addWidget(card)
        return fields

    def _put_place_of_cause(self) -> None:
        self.domain = Choice([(one, domain_title(one)) for one in CauseDomain], name="cause.domain", parent=self)
        self.domain.choose(self._analysis.domain)
        self.sort = Choice([(one, sort_title(one)) for one in CauseSort], name="cause.sort", parent=self)
        self.sort.choose(self._analysis.sort)
        self._rows.addWidget(Field(wording.text("Where the cause lies"), self.domain, parent=self))
        self._rows.addWidget(Field(wording.text("What it is"), self.sort, parent=self))
        self.escape = self._text(
            "escape",
            wording.text("Why it was not caught"),
            self._analysis.escape,
            self._rows,
        )

    def _put_buttons(self) -> None:
        self.said_problem = Words("", tone="poor", wrap=True, parent=self)
        self.said_problem.setObjectName("cause.problem_said")
        self.said_problem.hide()
        self.no_names = QCheckBox(wording.text("These are no names of people"), self)
        self.no_names.setObjectName("cause.no_names")
        self.no_names.hide()
        self._rows.addWidget(self.said_problem)
        self._rows.addWidget(self.no_names)
        buttons = QWidget(self)
        flow = Flow(buttons)
        flow.addWidget(Button(wording.text("Keep"), name="cause.keep", icon="save", run=self.keep, parent=self))
        flow.addWidget(
            Button(wording.text("Finish the analysis"), name="cause.finish", icon="check", run=self.finish, parent=self)
        )
        self._rows.addWidget(buttons)

    @Slot()
    def _ask_on(self) -> None:
        """Ask once more where the last why ends on a person."""
        said = self.whys.said
        self.ask_on.setVisible(self.on_person.isChecked() or bool(said and ends_on_person(said[-1])))

    def _problem(self, words: str) -> None:
        self.said_problem.setText(words)
        self.said_problem.setVisible(bool(words))

    def _kept(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The analysis is kept."))

    def _finished(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The analysis is finished."))

    def _refused(self, error: GembaError) -> None:
        self._problem(wording.sentence(error))
        self.no_names.setVisible(error.code == "work.may_name_people")
        if error.code == "work.why_ends_on_person":
            self.whys.rows[-1].setFocus(Qt.FocusReason.OtherFocusReason)


def _filled(words: dict[str, str]) -> dict[str, str]:
    return {name: said.strip() for name, said in words.items() if said.strip()}


def _revise(desk: Any, uid: str, *, said: dict[str, Any]) -> Change:
    return revise(desk, uid, **said)


def _finish(desk: Any, uid: str, *, said: dict[str, Any], are_no_names: bool) -> Change:
    """Keep what was written, whether or not it can be finished."""
    revise(desk, uid, **said)
    return finish(desk, uid, are_no_names=are_no_names)
