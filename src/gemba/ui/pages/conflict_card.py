"""One record in conflict: every side beside the others, a reason, and the decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from gemba import wording
from gemba.store.conflicts import Disputed, Side
from gemba.ui import conflict_words, terms
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words, own_direction
from gemba.work.conflict_facts import ConflictFacts
from gemba.work.settle_conflict import Choice, take_side

Settle = Callable[[ConflictFacts, dict[str, Choice], str], None]


class ConflictCard(Card):
    """Shows one record in conflict; nothing is chosen beforehand, not even what is shown now.

    Args:
        facts: the record and its sides.
        settle: called with the choices and the reason.
        parent: the owner.
    """

    def __init__(self, facts: ConflictFacts, settle: Settle, parent: QWidget | None = None) -> None:
        one = facts.conflict
        title = f"{conflict_words.noun(one.noun)}: {facts.title}"
        super().__init__(parent=parent)
        self.setAccessibleName(title)
        self.body.addWidget(Words(title, scale="heading", wrap=True))
        self.facts, self._settle = facts, settle
        self.name = f"conflict.{one.entity}"
        self.setObjectName(self.name)
        if facts.where:
            self.body.addWidget(Words(facts.where, tone="muted", scale="small", wrap=True))
        self._groups: dict[str, QButtonGroup] = {}
        for disputed in one.fields:
            self.body.addLayout(self._field(disputed))
        self.body.addLayout(self._laptops())
        self.reason = QLineEdit()
        self.reason.setObjectName(f"{self.name}.reason")
        self._reason = Field(wording.text("Why it is decided so"), self.reason)
        self.body.addWidget(self._reason)
        self._missing = Words(wording.text("Choose a side first."), tone="poor", scale="small", wrap=True)
        self._missing.hide()
        self.body.addWidget(self._missing)
        self._button = Button(
            wording.text("Settle"), name=f"{self.name}.settle", icon="check", run=self.settle, once=True
        )
        on_enter(self._button, self.reason)
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def choices(self) -> dict[str, Choice]:
        """What is chosen so far, by field."""
        chosen = {field: group.checkedButton() for field, group in self._groups.items()}
        return {field: str(button.property("operation")) for field, button in chosen.items() if button is not None}

    @Slot()
    def settle(self) -> None:
        """Settle what is chosen; what is missing is said beside it."""
        self._missing.setVisible(not self.choices)
        if not self.choices:
            next(iter(self._groups.values())).buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.reason.text().strip():
            self._reason.say_problem(wording.text("Say why; the reason stays beside the record."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._reason.say_problem("")
            self._button.setEnabled(False)
            self._settle(self.facts, self.choices, self.reason.text())

    def let_try_again(self) -> None:
        """Settling failed; the choice stands as it was."""
        self._button.setEnabled(True)

    def take(self, device: str) -> None:
        """Choose what one laptop says, wherever it has a say."""
        for field, choice in take_side(self.facts.conflict, device).items():
            for button in self._groups[field].buttons():
                if button.property("operation") == choice:
                    button.setChecked(True)

    def _field(self, disputed: Disputed) -> QVBoxLayout:
        group = self._groups[disputed.field] = QButtonGroup(self)
        group.buttonToggled.connect(self._chose)
        rows = QVBoxLayout()
        rows.setSpacing(2)
        title = conflict_words.field(disputed.field)
        rows.addWidget(Words(title, strong=True))
        for side in disputed.sides:
            rows.addLayout(self._side(group, disputed.field, title, side))
        return rows

    def _side(self, group: QButtonGroup, field: str, title: str, side: Side) -> QHBoxLayout:
        said = conflict_words.value(self.facts.conflict.noun, field, side.value, self.facts.names)
        laptop = conflict_words.laptop(side.device_name)
        who = " · ".join(own_direction(part) for part in (side.person_name, laptop, terms.moment(side.at)) if part)
        button = QRadioButton()
        button.setObjectName(f"{self.name}.{field}.{side.operation}")
        button.setAccessibleName(f"{title}: {said}. {who}")
        button.setProperty("operation", side.operation)
        group.addButton(button)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.setContentsMargins(0, 4, 0, 8)
        words.addWidget(_Pressed(said, button))
        words.addWidget(Words(who, tone="muted", scale="small", wrap=True))
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        if side.shown:
            across.addWidget(Badge(wording.text("shown now"), "plain"), 0, Qt.AlignmentFlag.AlignTop)
        return across

    def _laptops(self) -> Flow:
        """A button for each laptop that has a say in more than one field."""
        flow = Flow()
        fields = self.facts.conflict.fields
        named = {side.device: side.device_name for one in fields for side in one.sides}
        if len(fields) > 1:
            for device, name in sorted(named.items()):
                button = Button(
                    wording.text("Take all from {laptop}", laptop=conflict_words.laptop(name)),
                    name=f"{self.name}.all.{device}",
                    look="quiet",
                )
                button.setProperty("device", device)
                button.clicked.connect(self._take_pressed)
                flow.addWidget(button)
        return flow

    @Slot()
    def _chose(self) -> None:
        """With a side chosen, settling is the way on."""
        self._missing.hide()
        self._button.take_look("primary")

    @Slot()
    def _take_pressed(self) -> None:
        self.take(str(self.sender().property("device")))


class _Pressed(Words):
    """Words beside a button, as long as they are; a click on them is one on the button."""

    def __init__(self, text: str, button: QRadioButton) -> None:
        super().__init__(text, wrap=True)
        self._button = button

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Press the button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._button.click()
